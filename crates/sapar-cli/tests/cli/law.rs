//! `sapar law`

use std::fs::{self, File};
use std::path::Path;

use serde_json::Value;

use crate::{folder, laws, sapar};

/// A package that needs nothing but itself.
const VOCABULARY: &str = "# V\n\n```law\nactor state\n  label en \"State\" ru \"Государство\" kk \"Мемлекет\"\n\nact help\n  severity other\n  label en \"help\" ru \"помочь\" kk \"көмектесу\"\n\nfact hungry\n  yes or no\n  group person\n  learned by asking\n  role first line\n  step 1\n  sensitivity health\n  label en \"hungry\" ru \"голоден\" kk \"аш\"\n  question en \"Hungry?\" ru \"Голоден?\" kk \"Ашсыз ба?\"\n```\n";
const LAW: &str = "# Law\n\nA law.\n\n```law\ninstrument test-law\n  title en \"Law\" ru \"Закон\" kk \"Заң\"\n  number \"1\"\n  jurisdiction testland\n  rank law\n  source \"test\"\n  in force from 2020-01-01\n```\n\n## Article 1. Help\n\nHelp.\n\n```law\nnorm help-hungry\n  the state must help\n  when hungry\n  memory\n```\n";
const ORDER: &str = "# Orders\n\n```law\norder testland\n  label en \"Testland\" ru \"Тестландия\" kk \"Тестландия\"\n  includes testland\n  priority constitution, treaty, code, law\n```\n";

fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// Packages without a mistake.
fn packages() -> std::path::PathBuf {
    let root = folder();
    write(&root, "vocabulary/words.md", VOCABULARY);
    write(&root, "testland/law.md", LAW);
    write(&root, "testland/orders.md", ORDER);
    root
}

fn law(arguments: &[&str]) -> crate::Run {
    let mut all = vec!["law"];
    all.extend(arguments);
    sapar(&all)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

#[test]
fn the_carried_laws_are_sound_and_counted() {
    let run = law(&["check"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out.contains("kazakhstan") && run.out.contains("0 errors"),
        "{}",
        run.out
    );
    let run = law(&["check", "--json"]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    let total = &value["total"];
    let number = |name: &str| total[name].as_u64().expect("a number");
    assert_eq!(
        number("norms"),
        number("seen") + number("memory") + number("reviewed")
    );
    assert!(number("norms") > 100);
}

#[test]
fn a_small_package_of_ones_own() {
    let root = packages();
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 0, "{}", run.out);
    let run = law(&[
        "show",
        "testland",
        "--in",
        text(&root),
        "--at",
        "2026-01-01",
    ]);
    assert!(run.out.contains("state must help"), "{}", run.out);
    let run = law(&[
        "show",
        "testland",
        "--in",
        text(&root),
        "--at",
        "2019-12-31",
    ]);
    assert!(run.out.contains("0 instruments in force"), "{}", run.out);
}

#[test]
fn one_package_of_the_repository_is_checked_with_the_carried_ones() {
    let run = law(&["check", &format!("{}/latvia", laws())]);
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn every_mistake_has_its_place_and_code() {
    let root = packages();
    write(
        &root,
        "testland/law.md",
        LAW.replace("when hungry", "when hungri"),
    );
    write(
        &root,
        "testland/orders.md",
        ORDER.replace(
            "includes testland",
            "includes testland/test-law from 2020-02-30",
        ),
    );
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 1);
    for part in [
        "L0201",
        "hungri",
        "did you mean",
        "L0107",
        "testland/law.md",
    ] {
        assert!(run.out.contains(part), "{part} is missing in {}", run.out);
    }
    let run = law(&["check", text(&root), "--json"]);
    assert_eq!(run.code, 1);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    let unknown = value["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|diagnostic| diagnostic["code"] == "L0201")
        .expect("the unknown fact");
    assert_eq!(unknown["path"], "testland/law.md");
    assert_eq!(unknown["severity"], "error");
    assert!(unknown["line"].as_u64() > Some(1) && unknown["column"].as_u64() > Some(1));
    assert!(
        unknown["help"].is_string()
            && unknown["related"].is_array()
            && unknown["message"].is_string()
    );
    assert_eq!(law(&["test", text(&root)]).code, 1);
}

#[test]
fn a_file_of_100_megabytes_is_refused_unread() {
    let root = packages();
    let huge = root.join("vocabulary/words.md");
    File::create(&huge)
        .and_then(|file| file.set_len(100 * 1024 * 1024))
        .expect("a sparse file");
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("L0002") && run.out.contains("104857600 bytes"),
        "{}",
        run.out
    );
    // The words it would have defined are not reported one by one.
    assert!(
        !run.out.contains("L0201") && !run.out.contains("L0202"),
        "{}",
        run.out
    );
    let run = law(&["fmt", text(&huge)]);
    assert_eq!(run.code, 65);
    assert!(run.err.contains("cut it"), "{}", run.err);
}

#[test]
fn bytes_that_are_no_text() {
    let root = packages();
    write(&root, "testland/law.md", b"# Law\n\nZak\xff\n");
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("L0001") && run.out.contains("UTF-8"),
        "{}",
        run.out
    );
    let run = law(&["fmt", text(&root)]);
    assert_eq!(run.code, 65);
    assert!(run.err.contains("byte 10"), "{}", run.err);
}

#[test]
fn deep_nesting_is_refused() {
    let root = packages();
    let deep = format!("when {}hungry{}", "(".repeat(100_000), ")".repeat(100_000));
    write(&root, "testland/law.md", LAW.replace("when hungry", &deep));
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains("L0003"),
        "{}",
        &run.out[..run.out.len().min(2000)]
    );
}

#[test]
fn folders_that_hold_no_law() {
    let empty = folder();
    for command in ["check", "test", "fmt"] {
        let run = law(&[command, text(&empty)]);
        assert_eq!(run.code, 66, "{command}");
        assert!(run.err.contains("holds no law file"), "{}", run.err);
        let run = law(&[command, text(&empty.join("missing"))]);
        assert_eq!(run.code, 66, "{command}");
        assert!(run.err.contains("does not exist"), "{}", run.err);
    }
    let root = packages();
    let file = root.join("testland/law.md");
    assert_eq!(law(&["check", text(&file)]).code, 66);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_pipes_do_not_hold_it_up() {
    let root = packages();
    std::os::unix::fs::symlink(&root, root.join("testland/again")).expect("a link");
    std::os::unix::fs::symlink(root.join("nowhere"), root.join("testland/gone.md"))
        .expect("a link");
    let made = std::process::Command::new("mkfifo")
        .arg(root.join("testland/pipe.md"))
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "no pipe could be made"
    );
    let run = law(&["check", text(&root)]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn tidying_keeps_comments_and_is_done_once() {
    let root = packages();
    let untidy = LAW.replace(
        "  when hungry",
        "      when    hungry   # the test's comment",
    );
    write(&root, "testland/law.md", &untidy);
    let file = root.join("testland/law.md");
    let run = law(&["fmt", "--check", text(&file)]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("law.md") && run.out.contains("1 of 1 files to tidy"),
        "{}",
        run.out
    );
    assert_eq!(fs::read_to_string(&file).expect("read"), untidy);
    let run = law(&["fmt", text(&file)]);
    assert_eq!(run.code, 0, "{}", run.err);
    let tidy = fs::read_to_string(&file).expect("read");
    assert!(
        tidy.contains("  when hungry  # the test's comment"),
        "{tidy}"
    );
    assert_eq!(law(&["fmt", "--check", text(&file)]).code, 0);
    assert_eq!(law(&["check", text(&root)]).code, 0);
    let left = fs::read_dir(root.join("testland"))
        .expect("a folder")
        .count();
    assert_eq!(left, 2, "something was left beside the file");
    assert_eq!(law(&["fmt"]).code, 2);
}

#[test]
fn one_unreadable_file_leaves_all_as_they_were() {
    let root = packages();
    let untidy = LAW.replace("  when hungry", "      when    hungry");
    write(&root, "testland/a.md", &untidy);
    write(&root, "testland/z.md", b"\xff");
    assert_eq!(law(&["fmt", text(&root)]).code, 65);
    assert_eq!(
        fs::read_to_string(root.join("testland/a.md")).expect("read"),
        untidy
    );
}

#[test]
fn tests_beside_the_laws() {
    let run = law(&["test"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out.trim_end().ends_with(" passed, 0 failed"),
        "{}",
        run.out
    );

    let root = packages();
    let test = "# T\n\n```law\ntest \"Nobody is hungry\"\n  under testland on 2026-01-01\n  given not hungry\n  certain the state must help\n\ntest \"Somebody is hungry\"\n  under testland on 2026-01-01\n  given hungry\n  certain the state must help\n    by test-law Article 1\n```\n";
    write(&root, "testland/tests/test.md", test);
    let run = law(&["test", text(&root)]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("FAILED testland: Nobody is hungry"),
        "{}",
        run.out
    );
    assert!(run.out.contains("L0501"), "{}", run.out);
    assert!(
        run.out.trim_end().ends_with("1 passed, 1 failed"),
        "{}",
        run.out
    );
    let run = law(&["test", text(&root), "--json"]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["tests"].as_array().expect("a list").len(), 2);
}

#[test]
fn every_list_and_every_kind_of_thing_is_shown() {
    for (name, holds) in [
        (&[][..], "instruments"),
        (&["facts"], "seeks protection"),
        (&["terms"], "presumed refugee"),
        (&["acts"], "return to danger"),
        (&["actors"], "border service"),
        (&["events"], "detention"),
        (&["orders"], "kazakhstan"),
        (&["instruments"], "refugee-convention-1951"),
        (&["todo"], "provisions left out"),
        (&["kazakhstan", "--at", "2016-06-06"], "on 2016-06-06"),
        (&["refugee-convention-1951"], "Article 33(1)"),
        (
            &["refugee-convention-1951/non-refoulement"],
            "the state must not return to danger",
        ),
        (&["seeks", "protection"], "presumed refugee"),
        (&["presumed refugee"], "non-refoulement"),
        (&["return to danger"], "refugee-convention-1951"),
        (&["border service"], "part of: state"),
    ] {
        let mut arguments = vec!["show"];
        arguments.extend(name);
        let run = law(&arguments);
        assert_eq!(run.code, 0, "{name:?}: {}", run.err);
        assert!(
            run.out.contains(holds),
            "{name:?} does not show {holds}: {}",
            run.out
        );
    }
}

#[test]
fn a_name_that_nothing_has() {
    let run = law(&["show", "seeks protecton"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("did you mean `seeks protection`"),
        "{}",
        run.err
    );
    let run = law(&["show", "kazakhstan", "--at", "2016-02-30"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("existing day"), "{}", run.err);
}

#[test]
fn pages_of_codes() {
    let run = law(&["explain-error", "l0201"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("# L0201"), "{}", run.out);
    let run = law(&["explain-error"]);
    assert!(
        run.out.contains("L0001") && run.out.contains("L0503"),
        "{}",
        run.out
    );
    let run = law(&["explain-error", "L021"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("lists all codes"), "{}", run.err);
}

#[test]
fn a_file_of_nothing_but_mistakes_is_cut_short_and_counted() {
    let root = folder();
    write(
        &root,
        "testland/law.md",
        format!(
            "# A\n\n## Article 1. A\n\n```law\n{}```\n",
            "norm a\n".repeat(3000)
        ),
    );
    let run = law(&["check", text(&root), "--json"]);
    assert_eq!(run.code, 1);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["diagnostics"].as_array().expect("a list").len(), 1000);
    assert!(value["errors"].as_u64() >= Some(3000));
}
