//! Vocabulary, instruments, norms and orders after every name has found its meaning.

use jiff::civil::Date;
use sapar_diagnostics::Span;
use sapar_law_syntax::ast::{Learned, LimitKind, Modality, Rank, Role, Stake};

use crate::Formula;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u32);
        impl $name {
            /// Place in the library's list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A fact of the vocabulary.
    FactId
    /// A term: of the vocabulary, or an instrument's own.
    TermId
    /// An actor.
    ActorId
    /// An act.
    ActId
    /// An event.
    EventId
    /// An instrument.
    InstrumentId
    /// A norm.
    NormId
    /// A legal order.
    OrderId
}

/// A text in English, Russian and Kazakh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// English.
    pub en: String,
    /// Russian.
    pub ru: String,
    /// Kazakh.
    pub kk: String,
}

impl Words {
    /// The text in a language named `en`, `ru` or `kk`; English for any other.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        match language {
            "ru" => &self.ru,
            "kk" => &self.kk,
            _ => &self.en,
        }
    }
}

/// Days a norm, an instrument or an inclusion is in force, both ends counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

impl Period {
    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What may be known of a situation.
#[derive(Debug, Clone)]
pub struct FactDef {
    /// Name.
    pub name: String,
    /// Which values it can have.
    pub kind: ValueKind,
    /// Group of the screening.
    pub group: String,
    /// How it is learned.
    pub learned: Learned,
    /// The lowest role that may learn it.
    pub role: Role,
    /// Where only a higher role may learn it.
    pub only: Vec<OnlyDef>,
    /// Place in the safe order.
    pub step: u32,
    /// Class of data.
    pub sensitivity: String,
    /// Where it does not hold, the fact is not applicable.
    pub applies: Option<Formula>,
    /// Label.
    pub label: Words,
    /// Question.
    pub question: Words,
    /// Where it is defined.
    pub span: Span,
}

/// Where only a higher role may learn a fact.
///
/// As long as the condition may hold, nobody below the role asks: unknown is never no.
#[derive(Debug, Clone)]
pub struct OnlyDef {
    /// The lowest role that may learn it there.
    pub role: Role,
    /// Where.
    pub condition: Formula,
    /// The clause.
    pub span: Span,
}

/// Which values a fact can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// Yes or no.
    YesNo,
    /// One of a list: name and label.
    OneOf(Vec<(String, Words)>),
    /// A whole number, bounds counted in.
    Number {
        /// Unit in words.
        unit: String,
        /// Least.
        from: u32,
        /// Most.
        to: u32,
    },
    /// A country: index in [`crate::country::CODES`].
    Country,
}

/// A named formula.
#[derive(Debug, Clone)]
pub struct TermDef {
    /// Name.
    pub name: String,
    /// The instrument whose own meaning it is; `None` for the vocabulary's.
    pub instrument: Option<InstrumentId>,
    /// Meaning.
    pub means: Formula,
    /// Label.
    pub label: Words,
    /// Where it is defined.
    pub span: Span,
}

/// Who can bear a duty.
#[derive(Debug, Clone)]
pub struct ActorDef {
    /// Name.
    pub name: String,
    /// The actor it is part of.
    pub part_of: Option<ActorId>,
    /// Label.
    pub label: Words,
    /// Where it is defined.
    pub span: Span,
}

/// What can be demanded, forbidden or allowed.
#[derive(Debug, Clone)]
pub struct ActDef {
    /// Name.
    pub name: String,
    /// What is at stake.
    pub stake: Stake,
    /// Label: an infinitive phrase.
    pub label: Words,
}

/// What a limit runs from.
#[derive(Debug, Clone)]
pub struct EventDef {
    /// Name.
    pub name: String,
    /// Label.
    pub label: Words,
}

/// A combination of facts that cannot occur.
#[derive(Debug, Clone)]
pub struct NeverDef {
    /// The combination.
    pub formula: Formula,
    /// Why, in the encoder's words.
    pub because: String,
    /// Where it is defined.
    pub span: Span,
}

/// A statute, treaty or guideline.
#[derive(Debug, Clone)]
pub struct InstrumentDef {
    /// Identifier.
    pub id: String,
    /// The package that holds it.
    pub package: String,
    /// Title.
    pub title: Words,
    /// Official identifier.
    pub number: String,
    /// Whose law it is.
    pub jurisdiction: String,
    /// Rank.
    pub rank: Rank,
    /// Where its text was read.
    pub source: String,
    /// When it is in force.
    pub period: Period,
    /// Where it is defined.
    pub span: Span,
}

/// A norm.
#[derive(Debug, Clone)]
pub struct NormDef {
    /// Identifier within its instrument.
    pub id: String,
    /// Its instrument.
    pub instrument: InstrumentId,
    /// `Article 33(1)`.
    pub provision: String,
    /// Who bears it.
    pub bearer: ActorId,
    /// How strongly, and which way.
    pub modality: Modality,
    /// What.
    pub act: ActId,
    /// When; `None` is always.
    pub condition: Option<Formula>,
    /// Exceptions.
    pub exceptions: Vec<Formula>,
    /// Limits.
    pub limits: Vec<LimitDef>,
    /// Norms it overrides.
    pub overrides: Vec<NormId>,
    /// When it is in force.
    pub period: Period,
    /// How far it was verified.
    pub verification: VerificationDef,
    /// What a reader should know.
    pub note: String,
    /// The whole item.
    pub span: Span,
    /// The condition, for diagnostics.
    pub condition_span: Span,
    /// The exceptions, for diagnostics.
    pub exception_spans: Vec<Span>,
}

/// A limit in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitDef {
    /// Kind and length.
    pub kind: LimitKind,
    /// What it runs from, or until what.
    pub event: EventId,
}

/// How far a norm was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerificationDef {
    /// Its source was read.
    Seen {
        /// What was read.
        source: String,
        /// When.
        on: Option<Date>,
    },
    /// From memory, unchecked.
    Memory,
    /// Checked by a person.
    Reviewed {
        /// Who.
        by: String,
        /// When.
        on: Option<Date>,
    },
    /// Drafted, adopted by nobody.
    Proposed,
}

/// Instruments read together.
#[derive(Debug, Clone)]
pub struct OrderDef {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: Words,
    /// Instruments, each with the days it binds here.
    pub instruments: Vec<(InstrumentId, Option<Date>, Option<Date>)>,
    /// Ranks, highest first.
    pub priority: Vec<Rank>,
    /// Where it is defined.
    pub span: Span,
}

/// A test of the law.
#[derive(Debug, Clone)]
pub struct TestDef {
    /// Its story in a line.
    pub name: String,
    /// The package it belongs to.
    pub package: String,
    /// The order.
    pub order: OrderId,
    /// The day.
    pub on: Date,
    /// What is known.
    pub given: Vec<(FactId, crate::Knowledge, Span)>,
    /// What must come out.
    pub expects: Vec<ExpectDef>,
    /// The whole item.
    pub span: Span,
}

/// One expected position.
#[derive(Debug, Clone)]
pub struct ExpectDef {
    /// Expected status.
    pub status: crate::Status,
    /// Who.
    pub bearer: ActorId,
    /// How.
    pub modality: Modality,
    /// What.
    pub act: ActId,
    /// Provisions that must support it.
    pub by: Vec<(InstrumentId, String, Span)>,
    /// The clause.
    pub span: Span,
}

/// A provision left out of a package.
#[derive(Debug, Clone)]
pub struct TodoDef {
    /// The package.
    pub package: String,
    /// Which provision.
    pub provision: String,
    /// Why.
    pub because: String,
}
