//! `sapar screen` as an officer and a script use it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{BufReader, Read, Write};
use std::process::{Command, Output, Stdio};

const SPECIMEN: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";

fn sapar(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sapar"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// An officer before the terminal: types the specimen passport, then answers each question as it is asked.
///
/// Enter takes what the document suggests; else yes where `is_yes` says so of the question, and no otherwise.
fn conversation(arguments: &[&str], is_yes: impl Fn(&str) -> bool) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sapar"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(SPECIMEN.as_bytes()).unwrap();
    let mut said = Vec::new();
    let mut answered = 0;
    let mut lines_of_document = SPECIMEN.lines().count();
    for byte in BufReader::new(child.stdout.take().unwrap()).bytes() {
        said.push(byte.unwrap());
        if !said.ends_with(b"> ") {
            continue;
        }
        if lines_of_document > 0 {
            lines_of_document -= 1;
            continue;
        }
        let question = String::from_utf8_lossy(said.get(answered..).unwrap()).into_owned();
        answered = said.len();
        let answer = if question.contains("\n  Enter = ") {
            "\n"
        } else if is_yes(&question) {
            "y\n"
        } else {
            "n\n"
        };
        // The program may have ended with its last sentence.
        let _ = keyboard.write_all(answer.as_bytes());
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(said).unwrap()
}

#[test]
fn a_person_is_taken_from_passport_to_outcome_in_every_language() {
    for (language, finished, forbidden) in [
        ("en", "The interview is finished.", "What is forbidden"),
        ("ru", "Опрос закончен.", "Что запрещено"),
        ("kk", "Сұрақ-жауап аяқталды.", "Не істеуге тыйым салынады"),
    ] {
        let text = conversation(
            &["--lang", language, "screen", "--at", "2016-06-06"],
            |_| false,
        );
        assert!(text.contains(finished), "{text}");
        assert!(text.contains(forbidden), "{language}: {text}");
        assert!(text.contains("ERIKSSON"), "{text}");
    }
}

#[test]
fn an_asylum_seeker_may_not_be_returned_and_the_application_must_be_taken() {
    let text = conversation(
        &["--lang", "en", "screen", "--at", "2016-06-06"],
        |question| {
            question.contains("official crossing point")
                || question.contains("asked for protection or shown fear")
        },
    );
    let (_, outcome) = text.split_once("The interview is finished.").unwrap();
    let (certain, _) = outcome.split_once("Not decided yet").unwrap();
    for words in [
        "The state must not return the person to a place of danger",
        "The state must not refuse the person entry",
        "The Border Service must accept the asylum application",
        "Article 18(2)",
    ] {
        assert!(certain.contains(words), "{words}: {text}");
    }
    assert!(
        text.contains("This is not a decision; the officer decides."),
        "{text}"
    );
}

#[test]
fn the_end_of_the_input_stops_early_and_says_so() {
    let output = sapar(&["screen"], &format!("{SPECIMEN}y\n"));
    let text = text(&output);
    assert!(output.status.success());
    assert!(text.contains("The interview was stopped early."), "{text}");
    assert!(
        text.contains("The state must not return the person to a place of danger"),
        "an open prohibition is shown: {text}"
    );
}

#[test]
fn back_asks_the_question_before_again() {
    let output = sapar(&["screen"], "\ny\nb\nn\nq\n");
    let text = text(&output);
    assert_eq!(text.matches("Question 1 ").count(), 2, "{text}");
}

#[test]
fn a_script_gets_json_with_articles_and_the_next_question() {
    let facts = "seeks protection: yes\nage: 15\nunaccompanied: yes\n";
    let output = sapar(
        &[
            "screen",
            "--facts",
            "-",
            "--json",
            "--law",
            "kazakhstan@2016-06-06",
        ],
        facts,
    );
    let json: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!(json["at"], "2016-06-06");
    assert_eq!(json["facts"]["age"], 15);
    let prohibitions = json["prohibitions"].as_array().unwrap();
    let return_to_danger = prohibitions
        .iter()
        .find(|entry| entry["act"] == "return to danger")
        .unwrap();
    assert_eq!(return_to_danger["modality"], "must not");
    assert!(!return_to_danger["norms"].as_array().unwrap().is_empty());
    assert!(
        !return_to_danger["because_of"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(
        json["next_question"]["question"]["kk"]
            .as_str()
            .unwrap()
            .len()
            > 5
    );
}

#[test]
fn bad_input_is_told_with_place_and_remedy_and_repeats_no_value() {
    for (arguments, input, code, expected) in [
        (
            vec!["screen", "--facts", "-", "--json"],
            "age: very old\n",
            65,
            "line 1: `age` takes a whole number",
        ),
        (
            vec!["screen", "--facts", "-", "--json"],
            "agee: 15\n",
            65,
            "did you mean `age`?",
        ),
        (
            vec!["screen", "--facts", "-", "--json"],
            "detained: yes\ndetained: no\n",
            65,
            "stands twice",
        ),
        (
            vec!["screen", "--facts", "-", "--json"],
            "{\"age\": [1]}",
            65,
            "must be a text, a number",
        ),
        (
            vec!["screen", "--facts", "-", "--json"],
            "at crossing point: yes\ninside territory: yes\n",
            65,
            "cannot all be true",
        ),
        (vec!["screen", "--law", "narnia"], "", 2, "there are:"),
        (
            vec!["screen", "--law", "kazakhstan@2016-02-30"],
            "",
            2,
            "does not exist",
        ),
        (vec!["screen", "--at", "2016-02-30"], "", 2, "2016-02-30"),
        (
            vec!["screen", "--facts", "no-such-file.json"],
            "",
            66,
            "no-such-file.json",
        ),
        (
            vec!["screen", "--mrz", "P<UTOERIKSSON"],
            "",
            65,
            "machine-readable zone",
        ),
    ] {
        let output = sapar(&arguments, input);
        let error = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!error.contains("very old"), "a value was repeated: {error}");
        assert!(
            !error.contains("ERIKSSON") || arguments.contains(&"--mrz=ERIKSSON"),
            "{error}"
        );
    }
}

/// The code lets the Border Service hold whoever entered irregularly, the Convention forbids to hold a child needlessly.
#[test]
fn a_permission_against_a_prohibition_is_told_once_with_the_side_that_the_order_prefers() {
    let facts = "age: 15\nirregular entry: yes\ndetention necessary: no\n";
    for (language, what, preferred, beside) in [
        (
            "en",
            "The law both allows and forbids this.",
            "The norm of higher rank says: The state must not detain the person",
            "the law contradicts itself here, see above",
        ),
        (
            "ru",
            "Закон одновременно разрешает и запрещает это.",
            "Норма высшей силы говорит: ",
            "здесь закон противоречит сам себе, см. выше",
        ),
        (
            "kk",
            "Заң бұған бір мезгілде рұқсат береді әрі тыйым салады.",
            "Күші жоғары норма былай дейді: ",
            "мұнда заң өзіне-өзі қайшы келеді, жоғарыдан қараңыз",
        ),
    ] {
        let arguments = [
            "--lang",
            language,
            "screen",
            "--facts",
            "-",
            "--no-questions",
        ];
        let text = text(&sapar(&arguments, facts));
        for words in [what, preferred, beside] {
            assert_eq!(text.matches(words).count(), 1, "{words}: {text}");
        }
    }
    let output = sapar(&["screen", "--facts", "-", "--json"], facts);
    let outcome: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let conflict = &outcome["conflicts"][0];
    assert_eq!(conflict["kind"], "permission");
    assert_eq!(conflict["against"]["words"], conflict["preferred"]["words"]);
    assert_eq!(conflict["preferred_by"], "rank");
}

#[test]
fn a_conflict_of_which_one_side_is_open_is_possible() {
    let facts = "age: 15\nirregular entry: yes\n";
    let output = sapar(&["screen", "--facts", "-", "--json"], facts);
    let outcome: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(outcome["conflicts"], serde_json::json!([]));
    assert_eq!(outcome["possible_conflicts"][0]["kind"], "permission");
    assert_eq!(
        outcome["possible_conflicts"][0]["preferred"],
        serde_json::Value::Null
    );
}
