//! What a template is given: texts of the catalogue and texts of the paper, all of them plain values.

use sapar_messages::{Language, Messages};
use typst::foundations::{Array, Datetime, Dict, IntoValue, Value};

use crate::fonts::can_print;
use crate::{Basis, Day, Entry, Notice, NoticeError, ReferralForm};

/// More letters than this without a space would run over the edge of the page.
const LONGEST_UNBROKEN: usize = 30;

pub(crate) fn of_notice(language: Language, notice: &Notice) -> Result<Dict, NoticeError> {
    let messages = Messages::new(language);
    let mut inputs = shared(
        language,
        &messages.text("notice-title"),
        &notice.reference,
        notice.made,
    )?;
    let mut head = Array::new();
    if let Some(person) = &notice.person {
        head.push(row(&messages.text("notice-person"), person));
    }
    head.push(row(&messages.text("notice-reference"), &notice.reference));
    head.push(row(&messages.text("notice-date"), &notice.date));
    head.push(row(&messages.text("notice-place"), &notice.place));
    insert(&mut inputs, "head", head);

    for (name, title, list) in [
        (
            "must_not",
            messages.text("notice-must-not"),
            &notice.must_not,
        ),
        ("must", messages.text("notice-must"), &notice.must),
        ("may", messages.text("notice-may"), &notice.may),
    ] {
        insert(&mut inputs, &format!("{name}_title"), shown(&title));
        let entries: Array = list.iter().map(|it| entry(messages, it)).collect();
        insert(&mut inputs, name, entries);
    }
    insert(
        &mut inputs,
        "nothing_certain",
        messages.text("notice-nothing-certain"),
    );
    insert(&mut inputs, "ask_title", messages.text("notice-ask"));
    let ask: Array = if notice.ask.is_empty() {
        [messages.text("notice-ask-officer").into_value()]
            .into_iter()
            .collect()
    } else {
        notice.ask.iter().map(|line| shown(line)).collect()
    };
    insert(&mut inputs, "ask", ask);
    insert(
        &mut inputs,
        "information",
        messages.text("notice-information"),
    );
    Ok(inputs)
}

pub(crate) fn of_referral(language: Language, form: &ReferralForm) -> Result<Dict, NoticeError> {
    let messages = Messages::new(language);
    let mut inputs = shared(
        language,
        &messages.text("referral-form-title"),
        &form.reference,
        form.made,
    )?;
    let mut head = Array::new();
    head.push(row(&messages.text("notice-reference"), &form.reference));
    head.push(row(&messages.text("referral-form-from"), &form.from));
    head.push(row(&messages.text("referral-form-to"), &form.to));
    head.push(row(&messages.text("referral-form-purpose"), &form.purpose));
    head.push(row(&messages.text("notice-date"), &form.date));
    if let Some(reply_by) = &form.reply_by {
        head.push(row(&messages.text("referral-form-reply-by"), reply_by));
    }
    insert(&mut inputs, "head", head);

    let person: Array = form
        .person
        .iter()
        .map(|(label, value)| row(label, value))
        .collect();
    insert(&mut inputs, "person", person);
    let rests_on = match &form.basis {
        Basis::Consent(consent) => messages.text_with(
            "referral-form-consent",
            &[("consent", consent.as_str().into())],
        ),
        Basis::Article(citation) => messages.text_with(
            "referral-form-article",
            &[("citation", citation.as_str().into())],
        ),
    };
    insert(&mut inputs, "rests_on", shown(&rests_on));
    insert(&mut inputs, "message", shown(&form.message));
    let signatures: Array = if form.signatures.is_empty() {
        [
            messages.text("referral-form-handed-over").into_value(),
            messages.text("referral-form-received").into_value(),
        ]
        .into_iter()
        .collect()
    } else {
        form.signatures.iter().map(|who| shown(who)).collect()
    };
    insert(&mut inputs, "signatures", signatures);
    for (name, words) in [
        ("person_title", messages.text("referral-form-person")),
        (
            "nothing_shared",
            messages.text("referral-form-nothing-shared"),
        ),
        ("rests_on_title", messages.text("referral-form-rests-on")),
        ("message_title", messages.text("referral-form-message")),
        (
            "signatures_title",
            messages.text("referral-form-signatures"),
        ),
        ("sign_here", messages.text("referral-form-sign-here")),
        ("confidential", messages.text("referral-form-confidential")),
    ] {
        insert(&mut inputs, name, words);
    }
    Ok(inputs)
}

fn shared(
    language: Language,
    title: &str,
    reference: &str,
    made: Day,
) -> Result<Dict, NoticeError> {
    // Years past these bounds fit no date of a PDF.
    let made = Some(made)
        .filter(|day| (1..=9999).contains(&day.year))
        .and_then(|day| Datetime::from_ymd(day.year, day.month, day.day))
        .ok_or(NoticeError::NoSuchDay)?;
    let mut inputs = Dict::new();
    insert(&mut inputs, "title", title);
    insert(&mut inputs, "language", language.code());
    insert(&mut inputs, "made", made);
    insert(&mut inputs, "reference", shown(reference));
    Ok(inputs)
}

fn entry(messages: Messages, entry: &Entry) -> Value {
    let mut given = Dict::new();
    insert(&mut given, "words", shown(&entry.words));
    let due = entry.due.as_ref().map_or_else(String::new, |due| {
        messages.text_with("notice-due", &[("due", due.as_str().into())])
    });
    insert(&mut given, "due", shown(&due));
    let citations: Array = entry
        .citations
        .iter()
        .map(|citation| {
            shown(&messages.text_with("notice-basis", &[("citation", citation.as_str().into())]))
        })
        .collect();
    insert(&mut given, "citations", citations);
    given.into_value()
}

fn row(label: &str, value: &str) -> Value {
    let mut given = Dict::new();
    insert(&mut given, "label", shown(label));
    insert(&mut given, "value", shown(value));
    given.into_value()
}

fn insert(dict: &mut Dict, name: &str, value: impl IntoValue) {
    dict.insert(name.into(), value.into_value());
}

/// The text as it can be printed.
fn shown(text: &str) -> Value {
    printable(text).into_value()
}

/// Nothing is left out: what cannot be shown, or would turn the order of the letters around, is written as its number.
fn printable(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut unbroken = 0;
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\n' => told.push('\n'),
            '\t' => told.push(' '),
            _ if may_stand(letter) => told.push(letter),
            _ => told.push_str(&format!("U+{:04X}", u32::from(letter))),
        }
        if letter.is_whitespace() {
            unbroken = 0;
        } else {
            unbroken += 1;
        }
        if unbroken == LONGEST_UNBROKEN {
            // Where a line may break, unseen.
            told.push('\u{200B}');
            unbroken = 0;
        }
    }
    told
}

fn may_stand(letter: char) -> bool {
    let turns_around = matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    letter == ' ' || (!letter.is_control() && !turns_around && can_print(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_written_as_its_number() {
        assert_eq!(printable("Сара"), "Сара");
        assert_eq!(printable("a\tb\r\nc"), "a b\nc");
        assert_eq!(printable("\u{0}"), "U+0000");
        assert_eq!(printable("x\u{202E}y"), "xU+202Ey");
        assert_eq!(printable("中"), "U+4E2D");
    }

    #[test]
    fn every_letter_of_the_three_languages_and_some_neighbours_can_be_shown() {
        for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІёЁйЙ—«»№’…Їїўҳӣўşğıżłõāģķļņŗšūžçãغيოქ".chars()
        {
            assert!(can_print(letter), "{letter}");
        }
    }

    #[test]
    fn a_long_word_may_break() {
        let told = printable(&"a".repeat(100));
        assert_eq!(told.matches('\u{200B}').count(), 3);
        assert_eq!(told.replace('\u{200B}', ""), "a".repeat(100));
    }
}
