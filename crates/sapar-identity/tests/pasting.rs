//! Text as it is pasted or scanned: what is accepted and reported, what is refused and how,
//! what is suggested and never applied unasked.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use sapar_identity::mrz::{Adjustment, Evidence, Field, INPUT_BYTES_MAX, Mrz, MrzError, Reading};

const LINE_1: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const LINE_2: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

#[track_caller]
fn adjusted(text: &str, expected: &[Adjustment]) {
    let mrz = Mrz::parse(text).unwrap();
    assert_eq!(mrz.reading().lines(), [LINE_1, LINE_2]);
    assert_eq!(mrz.reading().adjustments(), expected);
}

#[track_caller]
fn refused(text: &str, expected: &MrzError, message: &str) {
    let error = Mrz::parse(text).unwrap_err();
    assert_eq!(&error, expected);
    assert_eq!(error.to_string(), message);
    assert!(error.message_key().starts_with("document-"));
}

#[test]
fn line_ends_of_every_kind() {
    for end in ["\n", "\r\n", "\r", "\u{2028}", "\n\n"] {
        adjusted(&format!("{LINE_1}{end}{LINE_2}{end}"), &[]);
    }
}

#[test]
fn white_space_is_passed_over_and_reported() {
    let text = format!("  {LINE_1}\t\n L898902C3 6UTO 7408122F1204159ZE184226B<<<<<10\u{a0}");
    adjusted(&text, &[Adjustment::WhiteSpace { count: 7 }]);
    adjusted(
        &format!("\u{feff}{LINE_1}\n{LINE_2}"),
        &[Adjustment::WhiteSpace { count: 1 }],
    );
}

#[test]
fn small_letters_are_read_and_reported() {
    let text = format!("{LINE_1}\n{}", LINE_2.to_lowercase());
    adjusted(&text, &[Adjustment::LowerCase { count: 9 }]);
}

#[test]
fn one_long_line_is_cut_and_reported() {
    adjusted(
        &format!("{LINE_1}{LINE_2}"),
        &[Adjustment::CutIntoLines { lines: 2 }],
    );
}

#[test]
fn a_wrong_length_says_which_line_and_what_is_expected() {
    refused(
        &format!("{LINE_1}\n{}", &LINE_2[..43]),
        &MrzError::LineLength {
            line: 2,
            found: 43,
            expected: 44,
        },
        "line 2 has 43 characters, and 44 are expected",
    );
    refused(
        &format!("{LINE_1}<\n{LINE_2}"),
        &MrzError::LineLength {
            line: 1,
            found: 45,
            expected: 44,
        },
        "line 1 has 45 characters, and 44 are expected",
    );
    refused(
        &format!("{}\n{}", &LINE_1[..37], &LINE_2[..35]),
        &MrzError::LineLength {
            line: 1,
            found: 37,
            expected: 36,
        },
        "line 1 has 37 characters, and 36 are expected",
    );
    refused(
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA",
        &MrzError::LineLength {
            line: 3,
            found: 20,
            expected: 30,
        },
        "line 3 has 20 characters, and 30 are expected",
    );
}

#[test]
fn what_is_no_zone_is_refused() {
    refused("", &MrzError::Empty, "the machine readable zone is empty");
    refused(
        " \n\t\r\n",
        &MrzError::Empty,
        "the machine readable zone is empty",
    );
    refused(
        "A\nB\nC\nD",
        &MrzError::LineCount { found: 4 },
        "a machine readable zone has 2 or 3 lines, and 4 were given",
    );
    refused(
        "HELLO",
        &MrzError::LineCount { found: 1 },
        "a machine readable zone has 2 or 3 lines, and 1 were given",
    );
    refused(
        &"<".repeat(INPUT_BYTES_MAX + 1),
        &MrzError::TooLong,
        "the text is longer than 2000 bytes and cannot be a machine readable zone",
    );
    refused(
        &format!(
            "{}\n{LINE_2}",
            LINE_1.replace('X', "ß").replacen('K', "И", 1)
        ),
        &MrzError::Character {
            line: 1,
            position: 9,
            character: 'И',
        },
        "character 9 of line 1 is not a letter A to Z, a digit or <",
    );
    refused(
        &format!("{}\n{LINE_2}", LINE_1.replacen('P', "Q", 1)),
        &MrzError::DocumentCode {
            lines: 2,
            length: 44,
        },
        "no document of this shape (2 lines of 44) begins with this letter",
    );
}

#[test]
fn nothing_of_the_document_is_in_errors_or_debug_text() {
    let wrong = format!("{LINE_1}\n{}", LINE_2.replace("7408122", "7408123"));
    let error = Mrz::parse(&wrong).unwrap_err();
    let reading = Reading::read(&wrong).unwrap();
    let sound = Mrz::parse(&format!("{LINE_1}\n{LINE_2}")).unwrap();
    let texts = [
        error.to_string(),
        format!("{error:?}"),
        format!("{reading:?}"),
        format!("{sound:?}"),
        format!("{:?}", sound.to_draft()),
        format!("{:?}", reading.suggestions()),
    ];
    for text in texts {
        for secret in [
            "ERIKSSON",
            "ANNA",
            "L898902C",
            "7408",
            "74",
            "UTO",
            "ZE184226B",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    assert_eq!(
        error.to_string(),
        "the machine readable zone does not check: date of birth: the check digit does not match; \
         line as a whole: the check digit does not match"
    );
    assert_eq!(error.field(), Field::Birth);
}

#[track_caller]
fn suggested(text: &str, fields: &[(Field, Evidence)]) {
    let reading = Reading::read(text).unwrap();
    let suggestions = reading.suggestions();
    let found: Vec<(Field, Evidence)> = suggestions
        .iter()
        .map(|suggestion| (suggestion.field(), suggestion.evidence()))
        .collect();
    assert_eq!(found, fields);
    // Nothing is applied until a person accepts it, and then the reading says so.
    assert_eq!(reading.lines().concat(), text.replace('\n', ""));
    let accepted = reading.accept(&suggestions);
    assert_eq!(accepted.lines(), [LINE_1, LINE_2]);
    assert!(accepted.problems().is_empty());
    let characters = suggestions
        .iter()
        .map(|suggestion| suggestion.changes().len())
        .sum();
    assert_eq!(
        accepted.adjustments(),
        [Adjustment::SuggestionAccepted { characters }]
    );
}

#[test]
fn letters_read_for_digits_are_suggested_where_a_check_digit_confirms() {
    let line_2 = |from, to| format!("{LINE_1}\n{}", LINE_2.replacen(from, to, 1));
    suggested(
        &line_2("740812", "74O8I2"),
        &[(Field::Birth, Evidence::CheckDigit)],
    );
    suggested(
        &line_2("7408122F", "740812ZF"),
        &[(Field::Birth, Evidence::CheckDigit)],
    );
    suggested(
        &line_2("120415", "IZ04IS"),
        &[(Field::Expiry, Evidence::CheckDigit)],
    );
    suggested(
        &line_2("C36U", "C3GU"),
        &[(Field::Number, Evidence::CheckDigit)],
    );
    suggested(
        &line_2("<10", "<IO"),
        &[
            (Field::OptionalData, Evidence::CheckDigit),
            (Field::Composite, Evidence::CheckDigit),
        ],
    );
}

#[test]
fn digits_read_for_letters_are_suggested_with_less_evidence() {
    let text = format!(
        "{}\n{}",
        LINE_1.replace("ERIKSSON", "ER1K55ON"),
        LINE_2.replace("UTO", "UT0")
    );
    suggested(
        &text,
        &[
            (Field::Name, Evidence::FieldKind),
            (Field::Nationality, Evidence::FieldKind),
        ],
    );
}

#[test]
fn what_no_check_digit_confirms_is_not_suggested() {
    // With zeros for the letters the date is one, but the check digit says another.
    let text = format!("{LINE_1}\n{}", LINE_2.replace("7408122", "7O08122"));
    assert!(Reading::read(&text).unwrap().suggestions().is_empty());
    // In a number letters and digits are both possible.
    let text = format!("{LINE_1}\n{}", LINE_2.replace("L898902C3", "L8989O2C3"));
    assert!(Reading::read(&text).unwrap().suggestions().is_empty());
    // No state is called so, whatever the digit stands for.
    let text = format!("{LINE_1}\n{}", LINE_2.replace("UTO", "QQ0"));
    assert!(Reading::read(&text).unwrap().suggestions().is_empty());
}

#[test]
fn a_suggestion_for_another_document_changes_nothing() {
    let misread = format!("{LINE_1}\n{}", LINE_2.replace("740812", "74O812"));
    let suggestions = Reading::read(&misread).unwrap().suggestions();
    let other = Reading::read(&format!("{LINE_1}\n{LINE_2}")).unwrap();
    assert_eq!(other.accept(&suggestions), other);
}
