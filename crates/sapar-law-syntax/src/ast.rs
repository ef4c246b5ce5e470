//! What a law file says, with the place of every word.

use jiff::civil::Date;
use sapar_diagnostics::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value at its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A name: lower-case words, single spaces, no leading article.
pub type Name = Spanned<String>;

/// Text in the three languages; a missing one is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Translations {
    /// English.
    pub en: Option<Spanned<String>>,
    /// Russian.
    pub ru: Option<Spanned<String>>,
    /// Kazakh.
    pub kk: Option<Spanned<String>>,
}

/// First and last day of validity, both counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// First day in force.
    pub from: Spanned<Date>,
    /// Last day in force.
    pub until: Option<Spanned<Date>>,
}

/// One item of a law block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The statute, treaty or guideline a file encodes.
    Instrument(Instrument),
    /// A norm.
    Norm(Norm),
    /// A fact of the vocabulary.
    Fact(Fact),
    /// A named formula.
    Term(Term),
    /// Who can bear a duty.
    Actor(Actor),
    /// What can be demanded.
    Act(Act),
    /// What a limit runs from.
    Event(Event),
    /// A combination that cannot occur.
    Never(Never),
    /// Instruments read together.
    Order(Order),
    /// A situation with expected positions.
    Test(Test),
    /// A norm that was left out, and why.
    Todo(Todo),
    /// What a file of edits changes, and from when.
    Amendment(Amendment),
    /// A norm that an amendment ends.
    Repeal(Repeal),
}

/// The statute, treaty or guideline a file encodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Identifier.
    pub id: Name,
    /// Title.
    pub title: Translations,
    /// Official identifier.
    pub number: Option<Spanned<String>>,
    /// Whose law it is.
    pub jurisdiction: Name,
    /// Its rank.
    pub rank: Spanned<Rank>,
    /// Where the text was read.
    pub source: Option<Spanned<String>>,
    /// When it is in force.
    pub validity: Validity,
}

/// Rank of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rank {
    /// Constitution.
    Constitution,
    /// Treaty.
    Treaty,
    /// Regulation of the European Union.
    Regulation,
    /// Directive of the European Union.
    Directive,
    /// Code.
    Code,
    /// Statute.
    Law,
    /// Decree of president or government.
    Decree,
    /// Order of a ministry.
    Order,
    /// Guidance without binding force.
    Guidance,
}

impl Rank {
    /// Every rank with its word.
    pub const WORDS: [(&'static str, Rank); 9] = [
        ("constitution", Rank::Constitution),
        ("treaty", Rank::Treaty),
        ("regulation", Rank::Regulation),
        ("directive", Rank::Directive),
        ("code", Rank::Code),
        ("law", Rank::Law),
        ("decree", Rank::Decree),
        ("order", Rank::Order),
        ("guidance", Rank::Guidance),
    ];

    /// The word the language uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, rank)| *rank == self)
            .map_or("", |(word, _)| word)
    }
}

/// A norm: who must, should or may do what, when, unless, within.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// Identifier within its instrument.
    pub id: Name,
    /// `Article 33(1)`: from the heading above and `at`.
    pub provision: Spanned<String>,
    /// Who bears it.
    pub bearer: Name,
    /// How strongly, and which way.
    pub modality: Spanned<Modality>,
    /// What is demanded, forbidden or allowed.
    pub act: Name,
    /// When; `None` is always.
    pub condition: Option<Condition>,
    /// Exceptions; any of them takes the norm away.
    pub exceptions: Vec<Condition>,
    /// Limits in time.
    pub limits: Vec<Limit>,
    /// Norms it overrides: `norm` or `instrument/norm`.
    pub overrides: Vec<Name>,
    /// Norms of the amended instrument whose place it takes; only in an amendment.
    pub replaces: Vec<Name>,
    /// When it is in force, if not as its instrument.
    pub validity: Option<Validity>,
    /// How far it was verified.
    pub verification: Option<Verification>,
    /// What a reader should know.
    pub note: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// How strongly a norm speaks, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// Prohibition.
    MustNot,
    /// Duty.
    Must,
    /// Recommendation against.
    ShouldNot,
    /// Recommendation.
    Should,
    /// Permission.
    May,
}

impl Modality {
    /// The words of the language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Modality::MustNot => "must not",
            Modality::Must => "must",
            Modality::ShouldNot => "should not",
            Modality::Should => "should",
            Modality::May => "may",
        }
    }
}

/// A limit in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What kind, and how long.
    pub kind: LimitKind,
    /// What it runs from, or until what.
    pub event: Name,
    /// The clause.
    pub span: Span,
}

/// Kinds of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LimitKind {
    /// At the latest so long after the event; shorter is stronger.
    Within(Duration),
    /// At least so long; longer is stronger.
    AtLeast(Duration),
    /// At most so long; shorter is stronger.
    AtMost(Duration),
    /// Again and again, so far apart; shorter is stronger.
    Every(Duration),
    /// At once.
    AtOnce,
    /// Without delay.
    WithoutDelay,
    /// As soon as possible.
    AsSoonAsPossible,
    /// Until the event.
    Until,
}

/// An amount of a unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// How many, from 1.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Working days.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// Plural words of the language.
    pub const WORDS: [(&'static str, Unit); 6] = [
        ("hours", Unit::Hours),
        ("days", Unit::Days),
        ("working days", Unit::WorkingDays),
        ("weeks", Unit::Weeks),
        ("months", Unit::Months),
        ("years", Unit::Years),
    ];
}

/// How far a norm was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Its source was read.
    Seen {
        /// What was read.
        source: Spanned<String>,
        /// When.
        on: Option<Spanned<Date>>,
    },
    /// Written from memory and not checked.
    Memory,
    /// Checked by a named person.
    Reviewed {
        /// Who.
        by: Spanned<String>,
        /// When.
        on: Option<Spanned<Date>>,
    },
    /// Drafted and adopted by nobody: no source can say it yet.
    Proposed,
}

/// A condition over facts and terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A yes/no fact or a term.
    Name(Name),
    /// `age is under 18`.
    Number {
        /// The fact.
        fact: Name,
        /// The comparison.
        comparison: Comparison,
        /// The number.
        value: Spanned<u32>,
    },
    /// `sex is female`, `citizenship is one of (KAZ, RUS)`.
    Value {
        /// The fact.
        fact: Name,
        /// Any of these.
        values: Vec<Name>,
        /// `is not`.
        negated: bool,
    },
    /// `not X`.
    Not(Box<Condition>, Span),
    /// `A and B`.
    And(Vec<Condition>),
    /// `A or B`.
    Or(Vec<Condition>),
    /// `at least 2 of (a, b, c)`.
    Count {
        /// How many.
        count: Count,
        /// Of which.
        of: Vec<Condition>,
        /// The whole.
        span: Span,
    },
}

impl Condition {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Condition::Name(name) => name.span,
            Condition::Number { fact, value, .. } => fact.span.to(value.span),
            Condition::Value { fact, values, .. } => values
                .last()
                .map_or(fact.span, |last| fact.span.to(last.span)),
            Condition::Not(_, span) | Condition::Count { span, .. } => *span,
            Condition::And(parts) | Condition::Or(parts) => {
                match (parts.first(), parts.last()) {
                    (Some(first), Some(last)) => first.span().to(last.span()),
                    // The parser never makes an empty list; a test law may.
                    _ => Span {
                        source: sapar_diagnostics::SourceId(u32::MAX),
                        start: 0,
                        end: 0,
                    },
                }
            }
        }
    }
}

/// Comparison of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `is under`.
    Under,
    /// `is at most`.
    AtMost,
    /// `is`.
    Is,
    /// `is at least`.
    AtLeast,
    /// `is over`.
    Over,
}

/// How many of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// `any of`.
    Any,
    /// `all of`.
    All,
    /// `none of`.
    None,
    /// `at least N of`.
    AtLeast(u32),
    /// `at most N of`.
    AtMost(u32),
    /// `exactly N of`.
    Exactly(u32),
}

/// A fact of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: Name,
    /// Which values it can have.
    pub kind: FactKind,
    /// Group of the screening.
    pub group: Name,
    /// How it is learned.
    pub learned: Spanned<Learned>,
    /// The lowest role that may learn it.
    pub role: Spanned<Role>,
    /// Where only a higher role may learn it.
    pub only: Vec<Only>,
    /// Place in the safe order.
    pub step: u32,
    /// Class of data.
    pub sensitivity: Name,
    /// Where it does not hold the fact is not applicable.
    pub applies: Option<Condition>,
    /// Label.
    pub label: Translations,
    /// Question.
    pub question: Translations,
}

/// Where only a higher role may learn a fact: `only specialist when presumed child`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// The lowest role that may learn it there.
    pub role: Spanned<Role>,
    /// Where.
    pub condition: Condition,
    /// The clause.
    pub span: Span,
}

/// Which values a fact can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// One of a list, each with its label.
    OneOf(Vec<(Name, Translations)>),
    /// A whole number within bounds, both counted in.
    Number {
        /// Unit in words.
        unit: Name,
        /// Least.
        from: u32,
        /// Most.
        to: u32,
    },
    /// A country by its code in travel documents.
    Country,
}

/// How a fact is learned, in the order in which asking is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Learned {
    /// By looking.
    Observing,
    /// From a document.
    Document,
    /// Computed from other data.
    Deriving,
    /// By asking the person.
    Asking,
    /// Only by a specialist.
    Specialist,
}

impl Learned {
    /// Each way with its word.
    pub const WORDS: [(&'static str, Learned); 5] = [
        ("observing", Learned::Observing),
        ("document", Learned::Document),
        ("asking", Learned::Asking),
        ("specialist", Learned::Specialist),
        ("deriving", Learned::Deriving),
    ];
}

/// Who asks; a higher role may also do what a lower one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// First line: the booth.
    FirstLine,
    /// Second line: the room behind it.
    SecondLine,
    /// A trained specialist.
    Specialist,
}

impl Role {
    /// Each role with its words.
    pub const WORDS: [(&'static str, Role); 3] = [
        ("first line", Role::FirstLine),
        ("second line", Role::SecondLine),
        ("specialist", Role::Specialist),
    ];
}

/// A named formula over facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name.
    pub name: Name,
    /// Its meaning.
    pub means: Condition,
    /// Label.
    pub label: Translations,
}

/// Who can bear a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its name.
    pub name: Name,
    /// The actor it is part of.
    pub part_of: Option<Name>,
    /// Label.
    pub label: Translations,
}

/// What can be demanded, forbidden or allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its name.
    pub name: Name,
    /// What is at stake.
    pub severity: Spanned<Stake>,
    /// Label: an infinitive phrase.
    pub label: Translations,
}

/// What is at stake in an act, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stake {
    /// Life.
    Life,
    /// Liberty.
    Liberty,
    /// A child.
    Child,
    /// Procedure.
    Procedure,
    /// Data.
    Data,
    /// Anything else.
    Other,
}

impl Stake {
    /// Each stake with its word.
    pub const WORDS: [(&'static str, Stake); 6] = [
        ("life", Stake::Life),
        ("liberty", Stake::Liberty),
        ("child", Stake::Child),
        ("procedure", Stake::Procedure),
        ("data", Stake::Data),
        ("other", Stake::Other),
    ];
}

/// What a limit runs from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub name: Name,
    /// Label.
    pub label: Translations,
}

/// A combination of facts that cannot occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// The combination.
    pub condition: Condition,
    /// Why.
    pub because: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// Instruments read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Identifier.
    pub id: Name,
    /// Label.
    pub label: Translations,
    /// What is read.
    pub includes: Vec<Include>,
    /// Ranks, highest first.
    pub priority: Vec<Spanned<Rank>>,
}

/// A package or an instrument of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// `package` or `package/instrument`.
    pub path: Name,
    /// Since when it binds, if later than its own entry into force.
    pub from: Option<Spanned<Date>>,
    /// Last day it binds.
    pub until: Option<Spanned<Date>>,
}

/// A situation with expected positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Its story in one line.
    pub name: Spanned<String>,
    /// The legal order.
    pub under: Name,
    /// The day.
    pub on: Spanned<Date>,
    /// What is known.
    pub given: Vec<Condition>,
    /// What must come out.
    pub expects: Vec<Expectation>,
    /// The whole item.
    pub span: Span,
}

/// One expected position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Certain, open or excluded.
    pub status: Spanned<ExpectedStatus>,
    /// Who.
    pub bearer: Name,
    /// How.
    pub modality: Spanned<Modality>,
    /// What.
    pub act: Name,
    /// Provisions that must support it: instrument and provision.
    pub by: Vec<(Name, Spanned<String>)>,
    /// The clause.
    pub span: Span,
}

/// Status a test expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExpectedStatus {
    /// In every completion.
    Certain,
    /// In none.
    Excluded,
    /// In some.
    Open,
}

/// A norm that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// Which provision.
    pub provision: Spanned<String>,
    /// Why.
    pub because: Spanned<String>,
}

/// What a file of edits changes, and from when.
///
/// The file's other items are its edits: a norm is inserted, a norm with `replaces` takes the place of others,
/// a `repeal` ends a norm. Nothing is applied unless it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Identifier.
    pub id: Name,
    /// Title.
    pub title: Translations,
    /// The instrument it changes.
    pub amends: Name,
    /// The first day of the changes.
    pub from: Spanned<Date>,
    /// Where the draft was read.
    pub source: Option<Spanned<String>>,
    /// What a reader should know.
    pub note: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// A norm that an amendment ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeal {
    /// The norm of the amended instrument.
    pub norm: Name,
    /// The first day without it, if later than the amendment's.
    pub from: Option<Spanned<Date>>,
    /// Why.
    pub because: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}
