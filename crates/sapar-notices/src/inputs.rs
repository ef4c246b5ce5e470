//! What a template is given: texts of the catalogue and texts of the paper, all of them plain values.

mod printable;

use sapar_messages::{Language, Messages};
use typst::foundations::{Array, Datetime, Dict, IntoValue, Value};

use crate::{Basis, Day, Entry, LETTERS_MAX, Notice, NoticeError, ReferralForm};
use printable::printable;

/// Collects the values of a paper and counts what was inserted.
struct Given {
    messages: Messages,
    values: Dict,
    letters: usize,
}

impl Given {
    fn new(
        language: Language,
        title: &str,
        reference: &str,
        made: Day,
        invented: bool,
    ) -> Result<Self, NoticeError> {
        // Years past these bounds fit no date of a PDF.
        let made = Some(made)
            .filter(|day| (1..=9999).contains(&day.year))
            .and_then(|day| Datetime::from_ymd(day.year, day.month, day.day))
            .ok_or(NoticeError::NoSuchDay)?;
        let mut given = Self {
            messages: Messages::new(language),
            values: Dict::new(),
            letters: 0,
        };
        let reference = given.shown(reference);
        given.put("reference", reference);
        given.put("language", language.code());
        given.put("made", made);
        given.word("title", title);
        let invented = if invented {
            given.messages.text("paper-invented")
        } else {
            String::new()
        };
        given.put("invented", invented);
        Ok(given)
    }

    fn put(&mut self, name: &str, value: impl IntoValue) {
        self.values.insert(name.into(), value.into_value());
    }

    /// A sentence of the catalogue.
    fn word(&mut self, name: &str, key: &str) {
        let words = self.messages.text(key);
        self.put(name, words);
    }

    /// A text as it can be printed.
    fn shown(&mut self, text: &str) -> Value {
        self.letters = self.letters.saturating_add(text.chars().count());
        if self.letters > LETTERS_MAX {
            // The paper is refused at the end; until then no work is done for it.
            return Value::Str("".into());
        }
        printable(text).into_value()
    }

    fn list<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>) -> Array {
        texts.into_iter().map(|text| self.shown(text)).collect()
    }

    fn row(&mut self, label: &str, value: &str) -> Value {
        let mut row = Dict::new();
        row.insert("label".into(), self.shown(label));
        row.insert("value".into(), self.shown(value));
        row.into_value()
    }

    /// Rows of a label of the catalogue and a value; what is not known is left out.
    fn rows(&mut self, name: &str, rows: &[(&str, Option<&str>)]) {
        let mut all = Array::new();
        for (key, value) in rows {
            let Some(value) = value.filter(|value| !value.is_empty()) else {
                continue;
            };
            let label = self.messages.text(key);
            let row = self.row(&label, value);
            all.push(row);
        }
        self.put(name, all);
    }

    fn entries(&mut self, name: &str, entries: &[Entry]) {
        let mut all = Array::new();
        for entry in entries {
            let mut one = Dict::new();
            one.insert("words".into(), self.shown(&entry.words));
            let limits: Vec<String> = entry
                .limits
                .iter()
                .map(|limit| {
                    self.messages
                        .text_with("notice-due", &[("due", limit.as_str().into())])
                })
                .collect();
            one.insert("limits".into(), self.list(&limits).into_value());
            one.insert("articles".into(), self.list(&entry.articles).into_value());
            all.push(one.into_value());
        }
        self.put(name, all);
    }

    fn done(self) -> Result<Dict, NoticeError> {
        if self.letters > LETTERS_MAX {
            return Err(NoticeError::TooLong);
        }
        Ok(self.values)
    }
}

/// What every notice says of whom to ask, the same for every person, so that it tells of none.
const SAID_TO_ALL: [&str; 6] = [
    "notice-say-afraid",
    "notice-say-alone",
    "notice-say-interpreter",
    "notice-say-lawyer",
    "notice-say-consulate",
    "notice-say-needs",
];

pub(crate) fn of_notice(language: Language, notice: &Notice) -> Result<Dict, NoticeError> {
    let mut given = Given::new(
        language,
        "notice-title",
        &notice.reference,
        notice.made,
        notice.invented,
    )?;
    given.rows(
        "head",
        &[
            ("notice-person", notice.person.as_deref()),
            ("notice-born", notice.born.as_deref()),
            ("notice-date", Some(&notice.date)),
            ("notice-place", notice.place.as_deref()),
            ("notice-post", notice.post.as_deref()),
            ("notice-agency", notice.agency.as_deref()),
            ("notice-law", notice.law.as_deref()),
        ],
    );
    // A name that is not known can be written by hand.
    let unnamed = notice.person.is_none();
    given.put("unnamed", unnamed);
    given.word("person_label", "notice-person");
    given.entries("must_not", &notice.must_not);
    given.entries("must", &notice.must);
    given.entries("may", &notice.may);
    given.entries("own", &notice.own);
    for (name, key) in [
        ("must_not_title", "notice-must-not"),
        ("must_title", "notice-must"),
        ("may_title", "notice-may"),
        ("own_title", "notice-own"),
        ("nothing_certain", "notice-nothing-certain"),
        ("ask_title", "notice-ask"),
        ("information", "notice-information"),
        ("signatures_title", "paper-signatures"),
        ("signing", "notice-signing"),
    ] {
        given.word(name, key);
    }
    let mut ask = given.list(&notice.ask);
    for key in SAID_TO_ALL {
        ask.push(given.messages.text(key).into_value());
    }
    given.put("ask", ask);
    let lines = [
        ("notice-sign-person", "notice-sign-person-line"),
        ("notice-sign-interpreter", "notice-sign-interpreter-line"),
        ("notice-sign-officer", "notice-sign-officer-line"),
    ];
    given.signatures(&lines);
    given.done()
}

pub(crate) fn of_referral(language: Language, form: &ReferralForm) -> Result<Dict, NoticeError> {
    let mut given = Given::new(
        language,
        "referral-form-title",
        &form.reference,
        form.made,
        form.invented,
    )?;
    given.rows(
        "head",
        &[
            ("referral-form-from", Some(&form.from)),
            ("referral-form-to", Some(&form.to)),
            ("referral-form-purpose", Some(&form.purpose)),
            ("referral-form-offered", Some(&form.offered)),
            ("referral-form-reply-by", form.reply_by.as_deref()),
            ("referral-form-printed", Some(&form.date)),
        ],
    );
    let mut person = Array::new();
    for (label, value) in &form.person {
        let row = given.row(label, value);
        person.push(row);
    }
    given.put("person", person);
    let shared = given.list(&form.shared);
    given.put("shared", shared);
    let rests_on = match &form.basis {
        Basis::Consent => given.messages.text("referral-form-consent"),
        Basis::Article(article) => given.messages.text_with(
            "referral-form-article",
            &[("citation", article.as_str().into())],
        ),
    };
    let rests_on = given.shown(&rests_on);
    given.put("rests_on", rests_on);
    let message = given.shown(&form.message);
    given.put("message", message);
    for (name, key) in [
        ("person_title", "referral-form-person"),
        ("nothing_shared", "referral-form-nothing-shared"),
        ("shared_title", "referral-form-shared"),
        ("rests_on_title", "referral-form-rests-on"),
        ("message_title", "referral-form-message"),
        ("signatures_title", "paper-signatures"),
        ("confidential", "referral-form-confidential"),
    ] {
        given.word(name, key);
    }
    given.signatures(&[
        ("referral-form-handed-over", "referral-form-sign-here"),
        ("referral-form-received", "referral-form-sign-here"),
    ]);
    given.done()
}

impl Given {
    /// Lines to sign on: who, and what to write.
    fn signatures(&mut self, lines: &[(&str, &str)]) {
        let mut all = Array::new();
        for (who, what) in lines {
            let (who, what) = (self.messages.text(who), self.messages.text(what));
            let row = self.row(&who, &what);
            all.push(row);
        }
        self.put("signatures", all);
    }
}
