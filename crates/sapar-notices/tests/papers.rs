//! What stands on a paper, read back from the PDF as a search or a screen reader would.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sapar_messages::{Language, Messages};
use sapar_notices::{
    Basis, Day, Entry, LETTERS_MAX, Notice, NoticeError, ReferralForm, can_print, notice_of_rights,
    referral_form,
};

const REFERENCE: &str = "019a0000-0000-7000-8000-00000000abcd";

fn notice() -> Notice {
    Notice {
        person: Some("Рахимова Сара".to_owned()),
        born: Some("3 May 2009".to_owned()),
        reference: REFERENCE.to_owned(),
        made: Day {
            year: 2026,
            month: 11,
            day: 25,
        },
        date: "25 November 2026".to_owned(),
        place: Some("Border crossing point".to_owned()),
        post: Some("Қорғас".to_owned()),
        agency: Some("Border Service".to_owned()),
        law: Some("Kazakhstan, as of 25 November 2026".to_owned()),
        must_not: vec![entry("The state must not subject the person to torture")],
        must: vec![Entry {
            limits: vec!["without delay from discovery of the child".to_owned()],
            ..entry("The state must call the guardianship authority")
        }],
        may: vec![entry("The person may appeal against the decision")],
        own: vec![entry("The person must register the stay")],
        ..Notice::default()
    }
}

fn entry(words: &str) -> Entry {
    Entry {
        words: words.to_owned(),
        articles: vec!["Law of the Republic, Article 16(1)".to_owned()],
        ..Entry::default()
    }
}

fn form() -> ReferralForm {
    ReferralForm {
        reference: REFERENCE.to_owned(),
        from: "Border Service".to_owned(),
        to: "Guardianship authority of the district".to_owned(),
        purpose: "Care for a child".to_owned(),
        made: Day::default(),
        date: "25 November 2026".to_owned(),
        offered: "25 November 2026, 14:05".to_owned(),
        reply_by: Some("26 November 2026, 14:05".to_owned()),
        person: vec![("Surname".to_owned(), "Rahimova".to_owned())],
        shared: vec!["Identity".to_owned(), "Children".to_owned()],
        basis: Basis::Article("Marriage and Family Code, Article 117(2)".to_owned()),
        message: "She waits in room 2.\nShe has eaten.".to_owned(),
        invented: false,
    }
}

/// The text without any space: where a line breaks, and how wide a gap a reader takes for one, is not looked at.
fn text(pdf: &[u8]) -> String {
    squeezed(&pdf_extract::extract_text_from_mem(pdf).unwrap())
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{200B}')
        .collect()
}

fn holds(text: &str, words: &str) -> bool {
    text.contains(&squeezed(words))
}

#[test]
fn a_notice_has_its_title_and_all_it_was_given_in_each_language() {
    for (language, title) in [
        (Language::English, "Your rights"),
        (Language::Russian, "Ваши права"),
        (Language::Kazakh, "Сіздің құқықтарыңыз"),
    ] {
        let pdf = notice_of_rights(language, &notice()).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        let text = text(&pdf);
        assert!(holds(&text, title), "{text}");
        for given in [
            "Рахимова Сара",
            "3 May 2009",
            REFERENCE,
            "25 November 2026",
            "Қорғас",
            "must not subject the person to torture",
            "without delay from discovery of the child",
            "may appeal against the decision",
            "must register the stay",
            "Article 16(1)",
        ] {
            assert!(holds(&text, given), "{language}: {given} in {text}");
        }
        let messages = Messages::new(language);
        for key in [
            "notice-must-not",
            "notice-must",
            "notice-may",
            "notice-own",
            "notice-say-afraid",
            "notice-say-alone",
            "notice-information",
            "notice-sign-interpreter",
            "notice-sign-interpreter-line",
        ] {
            let said = messages.text(key);
            assert!(holds(&text, &said), "{language}: {said} in {text}");
        }
        assert!(!holds(&text, &messages.text("notice-nothing-certain")));
        assert!(!holds(&text, &messages.text("paper-invented")));
    }
}

#[test]
fn a_notice_without_entries_says_that_nothing_is_certain_yet() {
    let empty = Notice {
        reference: REFERENCE.to_owned(),
        invented: true,
        ..Notice::default()
    };
    for language in Language::ALL {
        let text = text(&notice_of_rights(language, &empty).unwrap());
        let messages = Messages::new(language);
        for key in ["notice-nothing-certain", "paper-invented", "notice-person"] {
            assert!(
                holds(&text, &messages.text(key)),
                "{language}: {key} in {text}"
            );
        }
        assert!(!holds(&text, &messages.text("notice-must-not")));
    }
}

#[test]
fn a_form_has_all_it_was_given_in_each_language() {
    for language in Language::ALL {
        let text = text(&referral_form(language, &form()).unwrap());
        for given in [
            "Guardianship authority of the district",
            "Care for a child",
            "25 November 2026, 14:05",
            "26 November 2026, 14:05",
            "Rahimova",
            "Children",
            "Article 117(2)",
            "She waits in room 2. She has eaten.",
            REFERENCE,
        ] {
            assert!(holds(&text, given), "{language}: {given} in {text}");
        }
        let messages = Messages::new(language);
        assert!(holds(&text, &messages.text("referral-form-title")));
        assert!(holds(&text, &messages.text("referral-form-confidential")));
        let consented = ReferralForm {
            basis: Basis::Consent,
            person: Vec::new(),
            ..form()
        };
        let text = self::text(&referral_form(language, &consented).unwrap());
        assert!(holds(&text, &messages.text("referral-form-consent")));
        assert!(holds(&text, &messages.text("referral-form-nothing-shared")));
    }
}

/// Text of users is a value: nothing of it runs, and nothing of it is lost.
#[test]
fn hostile_text_arrives_as_text() {
    let hostile = [
        "#eval(\"1+1\")",
        "#panic()",
        "#read(\"/etc/passwd\")",
        "#sys.inputs",
        "$ x^2 $",
        "\\u{41} \\ \\\\",
        "@reference",
        "*bold* _slanted_ `raw`",
        "= Heading",
        "- item",
        "<label>",
        "// comment",
        "/* open",
        "]]} ) {{[[",
        "\"quoted\" 'single'",
        "~ -- --- ...",
        "https://example.invalid/#a",
    ];
    for text_given in hostile {
        let given = Notice {
            person: Some(text_given.to_owned()),
            post: Some(text_given.to_owned()),
            must: vec![Entry {
                words: text_given.to_owned(),
                limits: vec![text_given.to_owned()],
                articles: vec![text_given.to_owned()],
            }],
            ask: vec![text_given.to_owned()],
            ..notice()
        };
        let text = text(&notice_of_rights(Language::English, &given).unwrap());
        let found = text.matches(&squeezed(text_given)).count();
        assert_eq!(found, 6, "{text_given} in {text}");
    }
}

#[test]
fn letters_that_turn_the_order_around_or_are_not_in_the_fonts_are_written_as_numbers() {
    let given = Notice {
        person: Some("a\u{202E}b 中 \u{0} \u{905}".to_owned()),
        ..notice()
    };
    let text = text(&notice_of_rights(Language::Kazakh, &given).unwrap());
    assert!(holds(&text, "aU+202Eb U+4E2D U+0000 U+0905"), "{text}");
}

/// A name in Arabic letters is set from right to left and can be found in the file.
#[test]
fn a_name_in_arabic_letters_is_printed() {
    let given = Notice {
        person: Some("سارة".to_owned()),
        ..notice()
    };
    let pdf = notice_of_rights(Language::Russian, &given).unwrap();
    let text = text(&pdf);
    let letters: String = text.chars().filter(|c| "سارة".contains(*c)).collect();
    let turned: String = letters.chars().rev().collect();
    assert!(letters == "سارة" || turned == "سارة", "{text}");
}

#[test]
fn a_very_long_text_is_set_on_more_pages_and_too_long_a_one_refused() {
    let mut long = String::new();
    for number in 0..2_000 {
        write!(long, "word{number} ").unwrap();
    }
    let unbroken = "x".repeat(5_000);
    let given = ReferralForm {
        message: format!("{long}\n{unbroken}"),
        ..form()
    };
    let pdf = referral_form(Language::English, &given).unwrap();
    let read = text(&pdf);
    assert!(holds(&read, "word0 word1 word2 ") && holds(&read, "word1998 word1999"));
    assert_eq!(read.matches('x').count(), 5_000 + form_letters('x'));
    let given = ReferralForm {
        message: "a ".repeat(LETTERS_MAX),
        ..form()
    };
    assert_eq!(
        referral_form(Language::English, &given),
        Err(NoticeError::TooLong)
    );
}

fn form_letters(letter: char) -> usize {
    let plain = ReferralForm {
        message: String::new(),
        ..form()
    };
    text(&referral_form(Language::English, &plain).unwrap())
        .matches(letter)
        .count()
}

#[test]
fn a_day_that_does_not_exist_is_refused_and_no_error_holds_what_was_given() {
    let given = Notice {
        made: Day {
            year: 2026,
            month: 2,
            day: 30,
        },
        ..notice()
    };
    let error = notice_of_rights(Language::English, &given).unwrap_err();
    assert_eq!(error, NoticeError::NoSuchDay);
    assert_eq!(format!("{given:?}"), "Notice(..)");
    assert_eq!(format!("{:?}", form()), "ReferralForm(..)");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_does_not() {
    let first = notice_of_rights(Language::Kazakh, &notice()).unwrap();
    let form_between = referral_form(Language::Russian, &form()).unwrap();
    assert_eq!(
        first,
        notice_of_rights(Language::Kazakh, &notice()).unwrap()
    );
    assert_eq!(
        form_between,
        referral_form(Language::Russian, &form()).unwrap()
    );
    let other = Notice {
        person: Some("Рахимова Лейла".to_owned()),
        ..notice()
    };
    assert_ne!(first, notice_of_rights(Language::Kazakh, &other).unwrap());
}

/// Each letter that the fonts are said to have, set in one paper: none is missing, or the file would not be written.
#[test]
fn every_letter_that_can_be_printed_is_written() {
    let letters: String = ('!'..='\u{2FFF}').filter(|c| can_print(*c)).collect();
    assert!(letters.chars().count() > 2_000);
    let given = Notice {
        ask: vec![letters.clone()],
        ..notice()
    };
    notice_of_rights(Language::Kazakh, &given).unwrap();
}

/// Every sentence of the catalogue is in letters that the fonts have.
#[test]
fn every_sentence_of_the_catalogue_can_be_printed() {
    let mut looked_at = 0;
    for language in Language::ALL {
        let (_, source) = sapar_messages::files(language)
            .iter()
            .find(|(file, _)| *file == "notices.ftl")
            .unwrap();
        for letter in source.chars().filter(|c| !c.is_whitespace()) {
            assert!(can_print(letter), "{language}: {letter}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 1_000);
}

/// Tagged, with a language and a title for screen readers, and marked as such.
#[test]
fn a_paper_is_tagged_and_says_its_language_and_standard() {
    let pdf = notice_of_rights(Language::Kazakh, &notice()).unwrap();
    let has = |wanted: &str| {
        pdf.windows(wanted.len())
            .any(|part| part == wanted.as_bytes())
    };
    for wanted in [
        "/StructTreeRoot",
        "/Lang",
        "pdfuaid:part",
        "pdfaid:part",
        "/MarkInfo",
    ] {
        assert!(has(wanted), "{wanted}");
    }
}

/// A bound that notices a mistake of a hundred times; the figure itself is printed.
#[test]
fn a_paper_is_set_quickly() {
    notice_of_rights(Language::Kazakh, &notice()).unwrap();
    let started = Instant::now();
    for _ in 0..5 {
        notice_of_rights(Language::Kazakh, &notice()).unwrap();
    }
    let each = started.elapsed() / 5;
    println!("a notice takes {each:?}");
    assert!(each < Duration::from_secs(10), "{each:?}");
}

/// Writes a paper of each kind and language into the folder named, to be looked at.
#[test]
#[ignore = "for eyes: SAPAR_PAPERS=folder cargo test -p sapar-notices -- --ignored"]
fn papers_to_look_at() {
    let folder = std::env::var("SAPAR_PAPERS").unwrap();
    for language in Language::ALL {
        let paper = |kind: &str| format!("{folder}/{kind}-{language}.pdf");
        std::fs::write(
            paper("notice"),
            notice_of_rights(language, &notice()).unwrap(),
        )
        .unwrap();
        std::fs::write(paper("referral"), referral_form(language, &form()).unwrap()).unwrap();
    }
}
