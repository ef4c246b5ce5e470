//! Believable invented data for every page, for the gallery and for the tests.

#![allow(
    dead_code,
    reason = "the gallery and the tests each use a part of this"
)]

mod people;
mod screening;
mod start;
mod work;

use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan};
use sapar_messages::Language;
use sapar_pages::{Choice, Due, Frame, PersonLine, Section, SignedIn, Text};

/// A page's name and its HTML.
pub type Sample = (String, String);

/// How what stands in a view is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As a reader would see it.
    Plain,
    /// Between brackets, and keys instead of sentences: whatever letter is in no bracket stands in a template.
    Keys,
    /// With a script in each text: none may come out as it went in.
    Hostile,
}

/// What a hostile text holds.
pub const HOSTILE: &str = "\"'><script>alert(1)</script>";

/// Makes views in one language.
#[derive(Clone, Copy)]
pub struct Sampler {
    /// The language of the reader.
    pub language: Language,
    /// How texts are written.
    pub mode: Mode,
}

impl Sampler {
    /// Views in this language.
    pub fn new(language: Language, mode: Mode) -> Self {
        Self { language, mode }
    }

    /// A text in three languages.
    pub fn said(&self, en: &str, ru: &str, kk: &str) -> String {
        self.name(match self.language {
            Language::English => en,
            Language::Russian => ru,
            Language::Kazakh => kk,
        })
    }

    /// A text of a view.
    pub fn tell(&self, en: &str, ru: &str, kk: &str) -> Text {
        self.said(en, ru, kk).into()
    }

    /// A name or a number, the same in every language.
    pub fn name(&self, name: &str) -> String {
        match self.mode {
            Mode::Plain => name.to_owned(),
            Mode::Keys => format!("⟪{name}⟫"),
            Mode::Hostile => format!("{name}{HOSTILE}"),
        }
    }

    /// An identifier.
    pub fn id(&self, number: u32) -> String {
        let id = format!("0193f0a2-7c1e-7b3d-9a10-{number:012x}");
        match self.mode {
            Mode::Hostile => format!("{id}{HOSTILE}"),
            _ => id,
        }
    }

    /// The time of all pages.
    pub fn now(&self) -> Timestamp {
        // 2026-11-25T08:40:00Z
        Timestamp::constant(1_795_596_000, 0)
    }

    /// So many minutes from now; negative for earlier.
    pub fn minutes(&self, minutes: i64) -> Timestamp {
        self.now() + minutes.minutes()
    }

    /// Due in so many minutes.
    pub fn due(&self, minutes: i64) -> Due {
        Due::By {
            ends: self.minutes(minutes),
        }
    }

    /// A choice with a label in three languages.
    pub fn choice(&self, value: &str, en: &str, ru: &str, kk: &str) -> Choice {
        Choice::new(value, self.said(en, ru, kk))
    }

    /// A frame without a user.
    pub fn outside(&self, path: &str) -> Frame {
        Frame {
            language: self.language,
            csrf: "f3c1".to_owned(),
            path: self.name(path),
            demonstration: true,
            zone: TimeZone::fixed(offset(5)),
            zone_label: self.said("Korgas post", "пост «Қорғас»", "«Қорғас» бекеті"),
            now: self.now(),
            shows_keys: self.mode == Mode::Keys,
            ..Frame::default()
        }
    }

    /// The frame of an officer of the second line.
    pub fn officer(&self, path: &str) -> Frame {
        Frame {
            user: Some(SignedIn {
                name: self.said("Aizhan Bekova", "Айжан Бекова", "Айжан Бекова"),
                role: self.tell(
                    "Second-line officer",
                    "Сотрудник второй линии",
                    "Екінші желі қызметкері",
                ),
                agency: self.tell(
                    "Border Service, Korgas post",
                    "Пограничная служба, пост «Қорғас»",
                    "Шекара қызметі, «Қорғас» бекеті",
                ),
            }),
            purpose: "screening".to_owned(),
            purposes: self.purposes(),
            navigation: vec![
                Section::Desk,
                Section::NewEncounter,
                Section::Search,
                Section::Tasks,
                Section::Referrals,
                Section::Cases,
                Section::Law,
                Section::Help,
            ],
            unread: 1,
            overdue: 2,
            ..self.outside(path)
        }
    }

    /// The frame of a supervisor, who sees every section.
    pub fn supervisor(&self, path: &str) -> Frame {
        Frame {
            user: Some(SignedIn {
                name: self.said("Yerlan Sadykov", "Ерлан Садыков", "Ерлан Садықов"),
                role: self.tell(
                    "Supervisor",
                    "Руководитель смены или группы",
                    "Ауысым немесе топ басшысы",
                ),
                agency: self.tell(
                    "Border Service, headquarters",
                    "Пограничная служба, центральный аппарат",
                    "Шекара қызметі, орталық аппарат",
                ),
            }),
            navigation: Section::ALL.to_vec(),
            ..self.officer(path)
        }
    }

    /// The purposes to choose from.
    pub fn purposes(&self) -> Vec<Choice> {
        vec![
            self.choice(
                "border-check",
                "Border check",
                "Пограничная проверка",
                "Шекарадағы тексеру",
            ),
            self.choice(
                "screening",
                "Screening",
                "Первичная проверка",
                "Бастапқы тексеру",
            ),
            self.choice("referral", "Referral", "Перенаправление", "Қайта бағыттау"),
        ]
    }

    /// A girl of sixteen who is alone.
    pub fn zahra(&self) -> PersonLine {
        PersonLine {
            id: self.id(1),
            name: Some(self.name("RAHIMI Zahra")),
            birth: self.tell("born 2010", "род. 2010", "2010 ж. т."),
            nationality: self.tell("Afghanistan", "Афганистан", "Ауғанстан"),
            child: true,
            ..PersonLine::default()
        }
    }

    /// A worker whose papers others keep.
    pub fn bek(&self) -> PersonLine {
        PersonLine {
            id: self.id(2),
            name: Some(self.name("TOSHMATOV Bekzod")),
            birth: self.tell("born 1998", "род. 1998", "1998 ж. т."),
            nationality: self.tell("Uzbekistan", "Узбекистан", "Өзбекстан"),
            ..PersonLine::default()
        }
    }

    /// A man whose name nobody knows yet.
    pub fn unnamed(&self) -> PersonLine {
        PersonLine {
            id: self.id(3),
            about: self.tell(
                "man, about 30",
                "мужчина, около 30 лет",
                "ер адам, шамамен 30 жаста",
            ),
            ..PersonLine::default()
        }
    }

    /// Somebody whose data was erased.
    pub fn erased(&self) -> PersonLine {
        PersonLine {
            erased: true,
            ..PersonLine::default()
        }
    }
}

/// Every page.
pub fn all(sampler: &Sampler) -> Vec<Sample> {
    let mut all = Vec::new();
    all.extend(start::all(sampler));
    all.extend(people::all(sampler));
    all.extend(screening::all(sampler));
    all.extend(work::all(sampler));
    all
}

/// A named page.
pub fn sample(name: &str, page: sapar_pages::Markup) -> Sample {
    (name.to_owned(), page.into_string())
}
