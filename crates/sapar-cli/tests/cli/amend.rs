//! `sapar law amend`, `diff`, `inspect` and `propose`

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{folder, sapar};

const WORKED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../laws/kazakhstan/amendments/trafficked-persons-stay-safe.md"
);

fn json(arguments: &[&str]) -> (i32, Value) {
    let mut all = vec!["law"];
    all.extend(arguments);
    all.extend(["--format", "json"]);
    let run = sapar(&all);
    let value = serde_json::from_str(&run.out).expect("JSON");
    (run.code, value)
}

fn outcomes(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    value["gaps"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|gap| (text(&gap["standard"]), text(&gap["outcome"])))
        .collect()
}

#[test]
fn the_worked_amendment_closes_what_it_says_and_makes_nothing_worse() {
    let (code, value) = json(&["amend", "--check", WORKED]);
    assert_eq!(code, 0);
    assert_eq!(value["clean"], true);
    assert_eq!(value["on"], "2016-07-01");
    let outcomes = outcomes(&value);
    for norm in ["emergency-care", "no-removal-during-identification"] {
        let closed = (
            format!("coe-trafficking-convention-2005/{norm}"),
            "closed".to_owned(),
        );
        assert!(outcomes.contains(&closed), "{outcomes:?}");
    }
    assert_eq!(value["tests"]["own_passed"], 2);
    assert!(value["tests"]["kept"].as_u64().expect("a number") > 10);
    // A day later the law is the same; on the day before, the amendment is not in force and changes nothing.
    let (code, before) = json(&["amend", "--check", WORKED, "--at", "2016-06-30"]);
    assert_eq!(code, 0);
    for part in ["gaps", "conflicts", "positions"] {
        assert_eq!(before[part].as_array().expect("a list").len(), 0, "{part}");
    }
}

#[test]
fn the_report_is_told_in_every_language() {
    for (language, word) in [("en", "closed:"), ("ru", "закрыт:"), ("kk", "жабылды:")]
    {
        let run = sapar(&["--lang", language, "law", "amend", "--check", WORKED]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains(word), "{}", run.out);
        for key in ["amend-", "change-", "situations-", "inspect-", "gaps-"] {
            let line = run.out.lines().find(|line| line.trim().starts_with(key));
            assert_eq!(line, None, "a sentence is missing in {language}");
        }
    }
}

#[test]
fn the_consolidated_text_is_the_instrument_with_both_wordings() {
    let run = sapar(&["law", "amend", "--consolidate", WORKED]);
    assert_eq!(run.code, 0, "{}", run.err);
    for words in [
        "# Law on Migration of Population",
        "## Article 61-1. Persons who may be trafficked",
        "From 2016-07-01 on, by the amendment `trafficked-persons-stay-safe`:",
        "in force from 2016-07-01",
    ] {
        assert!(run.out.contains(words), "{words} is missing");
    }
    assert!(!run.out.contains("amendment trafficked-persons-stay-safe\n"));
}

fn draft(root: &Path, body: &str) -> PathBuf {
    let path = root.join("draft.md");
    let text = format!(
        "# Draft\n\n```law\namendment draft\n  title en \"x\" ru \"x\" kk \"x\"\n  amends migration-law-2011\n  in force from 2016-07-01\n```\n\n{body}"
    );
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn a_mistake_is_shown_in_the_draft_and_a_harmful_draft_is_found() {
    let root = folder();
    let path = draft(&root, "```law\nrepeal expell\n```\n");
    let name = path.to_str().expect("text");
    let run = sapar(&["law", "amend", "--check", name]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("error[L0603]"), "{}", run.out);
    assert!(run.out.contains("did you mean `expel`?"), "{}", run.out);
    assert!(run.out.contains("draft.md:11:8"), "{}", run.out);

    // Handing everybody over is forbidden by treaties, so this makes conflicts and opens gaps.
    let path = draft(
        &root,
        "## Article 60. Return\n\n```law\nnorm return-anyway at (9)\n  the state must return to danger\n  proposed\n```\n",
    );
    let name = path.to_str().expect("text");
    let (code, value) = json(&["amend", "--check", name]);
    assert_eq!(code, 1);
    assert_eq!(value["clean"], false);
    assert!(
        outcomes(&value)
            .iter()
            .any(|(_, outcome)| outcome == "opened")
    );
    let made = value["conflicts"].as_array().expect("a list");
    assert!(made.iter().any(|conflict| conflict["made"] == true));

    let run = sapar(&["law", "amend", "--check", "no-such-file.md"]);
    assert_eq!(run.code, 66, "{}", run.err);
    let run = sapar(&["law", "amend", name]);
    assert_eq!(run.code, 2, "what to do with it must be said");
}

#[test]
fn a_difference_and_findings_are_the_same_every_time() {
    let run = || {
        sapar(&[
            "law",
            "diff",
            "kazakhstan@2016-06-06",
            "kazakhstan@2026-11-24",
        ])
    };
    let (one, other) = (run(), run());
    assert_eq!(one.code, 1);
    assert_eq!(one.out, other.out);
    assert!(one.out.contains("ENDS:") && one.out.contains("begins:"));
    let same = sapar(&[
        "law",
        "diff",
        "kazakhstan@2016-06-06",
        "kazakhstan@2016-06-06",
    ]);
    assert_eq!(same.code, 0);
    assert!(same.out.contains("Every situation is treated alike."));

    let run = || sapar(&["law", "inspect", "kazakhstan@2016-06-06"]);
    let (one, other) = (run(), run());
    assert_eq!(one.code, 1);
    assert_eq!(one.out, other.out);
    let (_, value) = json(&["inspect", "kazakhstan@2016-06-06", "--act", "detain"]);
    let findings = value["findings"].as_array().expect("a list");
    assert!(
        findings.iter().any(|finding| {
            finding["finding"] == "conflict" && finding["preferred"] == "must not"
        })
    );

    let wrong = sapar(&["law", "inspect", "atlantis"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("kazakhstan"), "{}", wrong.err);
    let wrong = sapar(&["law", "diff", "latvia", "portugal", "--act", "detian"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
}

#[test]
fn a_proposal_is_written_and_confirmed() {
    let root = folder();
    let out = root.to_str().expect("text");
    let gap = "coe-trafficking-convention-2005/emergency-care/silent";
    let (code, value) = json(&[
        "propose",
        "--gap",
        gap,
        "--national",
        "kazakhstan@2016-06-06",
        "--out",
        out,
    ]);
    assert_eq!(code, 0);
    assert_eq!(value["not_legal_drafting"], true);
    let path = value["proposals"][0]["files"][0]["path"]
        .as_str()
        .expect("a path");
    let written = root.join(path);
    let (code, check) = json(&["amend", "--check", written.to_str().expect("text")]);
    assert_eq!(code, 0);
    let closed = (
        "coe-trafficking-convention-2005/emergency-care".to_owned(),
        "closed".to_owned(),
    );
    assert!(outcomes(&check).contains(&closed));

    let run = sapar(&["law", "propose", "--gap", "no/such/gap"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("sapar law gaps"), "{}", run.err);
}

#[test]
fn the_page_shows_what_the_program_prints() {
    let page = include_str!("../../../../docs/amendments.md");
    let shown = page
        .split("```text\n")
        .filter_map(|rest| rest.split("```").next())
        .find(|block| block.starts_with("Gaps\n"))
        .expect("the worked example");
    let run = sapar(&["law", "amend", "--check", WORKED]);
    for line in shown.lines() {
        assert!(
            run.out.lines().any(|printed| printed == line),
            "`{line}` is not printed:\n{}",
            run.out
        );
    }
}
