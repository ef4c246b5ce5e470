//! `sapar law gaps`.

use serde_json::Value;

use crate::sapar;

const GUARDIAN: [&str; 7] = [
    "law",
    "gaps",
    "--national",
    "kazakhstan@2016-06-06",
    "--standard",
    "international",
    "--own-law",
];

fn gaps(more: &[&str]) -> crate::Run {
    let mut arguments = GUARDIAN.to_vec();
    arguments.extend(["--act", "appoint guardian,place child in care,hear child"]);
    arguments.extend(more);
    sapar(&arguments)
}

#[test]
fn the_register_is_a_table_and_the_same_every_time() {
    let one = gaps(&[]);
    assert_eq!(one.code, 1, "{}", one.err);
    assert!(
        one.out
            .starts_with("Gaps: Kazakhstan beside International standards\n")
    );
    assert!(one.out.contains("severity"));
    assert!(one.out.contains("child-convention-1989/"));
    assert_eq!(gaps(&[]).out, one.out);
}

#[test]
fn every_form_tells_the_same_gaps() {
    let json: Value = serde_json::from_str(&gaps(&["--format", "json"]).out).expect("JSON");
    let list = json["gaps"].as_array().expect("a list");
    assert!(!list.is_empty());
    let csv = gaps(&["--format", "csv"]).out;
    let html = gaps(&["--format", "html", "--matrix"]).out;
    let text = gaps(&[]).out;
    for gap in list {
        let name = gap["gap"].as_str().expect("a name");
        assert!(csv.contains(&format!("\"{name}\"")), "{name}");
        assert!(html.contains(&format!("id=\"{name}\"")), "{name}");
        assert!(text.contains(name), "{name}");
        assert!(!gap["when"].as_array().expect("a list").is_empty());
    }
    assert!(!html.contains("<script") && !html.contains("http"));
}

#[test]
fn one_gap_is_told_as_a_story_in_every_language() {
    let json: Value = serde_json::from_str(&gaps(&["--format", "json"]).out).expect("JSON");
    let name = json["gaps"][0]["gap"].as_str().expect("a name");
    for (language, heading) in [("en", "The person"), ("ru", "Человек"), ("kk", "Адам")]
    {
        let run = gaps(&["--gap", name, "--lang", language]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out.contains(&format!("\n{heading}\n")), "{}", run.out);
        assert!(!run.out.contains("gaps-"), "{}", run.out);
    }
}

#[test]
fn what_is_unknown_is_named_with_a_remedy() {
    for (more, hint) in [
        (&["--gap", "no/such/gap"][..], "no gap of this comparison"),
        (
            &["--act", "appoint gardian"],
            "did you mean `appoint guardian`?",
        ),
        (&["--comparators", "latvija"], "did you mean `latvia`?"),
    ] {
        let run = gaps(more);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains(hint), "{}", run.err);
    }
    let bound = gaps(&["--nodes-max", "100"]);
    assert_eq!(bound.code, 65);
    assert!(bound.err.contains("--nodes-max"), "{}", bound.err);
    assert_eq!(gaps(&["--prior", "no-such-file"]).code, 66);
}
