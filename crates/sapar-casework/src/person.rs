//! A person: registered, corrected, linked by claims, consenting, erased.

use std::collections::BTreeMap;
use std::fmt;

use sapar_law::country;
use serde::{Deserialize, Serialize};

use crate::birth::BirthDate;
use crate::classes::{Classes, DataClass};
use crate::ids::{AgencyId, ConsentId, LinkId, PersonId};
use crate::personal::{Personal, Text, sealed_in};
use crate::purpose::Purpose;
use crate::refusal::Refusal;
use crate::stamp::Stamp;

mod decide;
mod reading;

/// Longest name and document number, in bytes.
const NAME_BYTES_MAX: usize = 400;
/// Longest free text, in bytes.
pub const TEXT_BYTES_MAX: usize = 20_000;

/// In which letters a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Any other, as the person writes it.
    Original,
}

/// A name as it is written somewhere. `Debug` does not show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Its letters.
    pub script: Script,
    /// Family name; `None` where the person has none or it is not known.
    pub surname: Option<Text>,
    /// Given names, patronymic included.
    pub given: Option<Text>,
}

/// Sex as a document or the person states it; not known is `None` where this stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// The document says neither.
    Unspecified,
}

/// Whose national a person is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nationality {
    /// A country, by its three letters.
    Of(String),
    /// No state considers the person its national: an answer, not its absence.
    None,
}

impl fmt::Debug for Nationality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nationality(withheld)")
    }
}

/// A travel document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelDocument {
    /// What it is.
    pub kind: TravelDocumentKind,
    /// Number, as printed.
    pub number: Text,
    /// Three letters of the issuer, where known.
    pub issuer: Option<Text>,
    /// Whether a machine-readable zone was read and all its checks held.
    pub zone_read: bool,
}

/// Kinds of travel documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TravelDocumentKind {
    /// Passport.
    Passport,
    /// Identity card.
    IdentityCard,
    /// Travel document of a refugee or stateless person.
    ConventionDocument,
    /// Certificate of return.
    ReturnCertificate,
    /// Visa or residence permit.
    Permit,
    /// Another.
    Other,
}

/// Why there is no travel document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoDocument {
    /// Never had one.
    NeverHad,
    /// Lost.
    Lost,
    /// Stolen.
    Stolen,
    /// Another person keeps it: an indicator of trafficking.
    HeldByAnother,
    /// Destroyed.
    Destroyed,
    /// Does not want to show one.
    NotShown,
    /// The reason is not known.
    NotKnown,
}

/// Travel documents, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Papers {
    /// Nobody has asked yet.
    NotAsked,
    /// These.
    Held(Vec<TravelDocument>),
    /// None.
    Absent(NoDocument),
}

/// What is registered of a person. `Debug` shows nothing that identifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// Names as written; empty only where no name is known.
    pub names: Vec<Name>,
    /// Birth date.
    pub birth: BirthDate,
    /// Nationalities; empty where none is known.
    pub nationalities: Vec<Nationality>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Travel documents.
    pub papers: Papers,
}

impl Details {
    /// The classes of each field.
    ///
    /// A refugee's or stateless person's travel document tells of protection, so papers with one are of the class asylum too.
    #[must_use]
    pub fn field_classes(&self) -> [(&'static str, Classes); 5] {
        let identity = Classes::one(DataClass::Identity);
        let convention = matches!(&self.papers, Papers::Held(documents)
            if documents.iter().any(|one| one.kind == TravelDocumentKind::ConventionDocument));
        let papers = identity.with(DataClass::Travel);
        [
            ("names", identity),
            ("birth", identity),
            ("nationalities", identity),
            ("sex", identity),
            (
                "papers",
                if convention {
                    papers.with(DataClass::Asylum)
                } else {
                    papers
                },
            ),
        ]
    }

    /// # Errors
    /// Says which part cannot be taken and what to do.
    fn check(&self) -> Result<(), Refusal> {
        for name in &self.names {
            let parts = [&name.surname, &name.given];
            if parts.iter().all(|part| part.is_none()) {
                return Err(Refusal::NameNeeded);
            }
            for part in parts.into_iter().flatten() {
                if !part.as_str().chars().any(char::is_alphabetic) {
                    return Err(Refusal::NameEmpty);
                }
                if part.len() > NAME_BYTES_MAX {
                    return Err(Refusal::TextTooLong);
                }
            }
        }
        for nationality in &self.nationalities {
            if let Nationality::Of(code) = nationality
                && country::index_of(code).is_none()
            {
                return Err(Refusal::CountryUnknown);
            }
        }
        if let Papers::Held(documents) = &self.papers {
            if documents.is_empty() {
                return Err(Refusal::DocumentNeeded);
            }
            for document in documents {
                if !document.number.as_str().chars().any(char::is_alphanumeric) {
                    return Err(Refusal::DocumentNumberNeeded);
                }
                if document.number.len() > NAME_BYTES_MAX {
                    return Err(Refusal::TextTooLong);
                }
            }
        }
        Ok(())
    }
}

/// What one person is said to be to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Husband or wife.
    Spouse,
    /// Parent of the other.
    ParentOf,
    /// Child of the other.
    ChildOf,
    /// Brother or sister.
    Sibling,
    /// Another relative.
    OtherRelative,
    /// Guardian of the other.
    GuardianOf,
    /// Under guardianship of the other.
    WardOf,
    /// Travelling together.
    TravelsWith,
}

/// What a claim rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The person says so.
    Said,
    /// Another says so.
    SaidByOther,
    /// A document.
    Document,
    /// An officer saw it.
    Observed,
    /// Another authority.
    Authority,
}

/// Whether a claim was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// Claimed, and neither confirmed nor refuted.
    Claimed,
    /// Confirmed.
    Confirmed,
    /// Refuted.
    Refuted,
    /// Taken back by who said it, or recorded by mistake: nothing is claimed any more.
    Withdrawn,
}

/// A claimed link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// To whom.
    pub other: PersonId,
    /// What this person is said to be to the other.
    pub kind: LinkKind,
    /// What it rests on.
    pub basis: Basis,
    /// Whether it was settled.
    pub claim: Claim,
    /// What was said.
    pub words: Personal<Text>,
}

/// An answer to a request for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentAnswer {
    /// Given.
    Given,
    /// Refused.
    Refused,
}

/// Where a consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConsentState {
    /// Nobody asked: not a refusal.
    NotAsked,
    /// Given and not withdrawn.
    Given(ConsentId),
    /// Refused.
    Refused(ConsentId),
    /// Given, then withdrawn.
    Withdrawn(ConsentId),
}

/// One answer, and whether it was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// For what.
    pub purpose: Purpose,
    /// Towards whom; `None` is any agency acting for the purpose.
    pub agency: Option<AgencyId>,
    /// What was answered.
    pub answer: ConsentAnswer,
    /// When and to whom.
    pub stamp: Stamp,
    /// When it was withdrawn.
    pub withdrawn: Option<Stamp>,
}

/// What somebody wants of a person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonCommand {
    /// Register.
    Register {
        /// Who.
        person: PersonId,
        /// What is known.
        details: Details,
    },
    /// Replace what is known; the earlier stays.
    Correct {
        /// What is known now.
        details: Details,
        /// Why.
        reason: Text,
    },
    /// Claim a link.
    ClaimLink {
        /// The claim.
        link: LinkId,
        /// To whom.
        other: PersonId,
        /// What this person is to the other.
        kind: LinkKind,
        /// On what it rests.
        basis: Basis,
        /// What was said.
        words: Text,
    },
    /// Settle a claim.
    SettleLink {
        /// The claim.
        link: LinkId,
        /// Whether it holds.
        holds: bool,
        /// On what that rests.
        basis: Basis,
    },
    /// Take back a claim that was not settled.
    WithdrawLink {
        /// The claim.
        link: LinkId,
    },
    /// Record an answer to a request for consent.
    AnswerConsent {
        /// The answer's id.
        consent: ConsentId,
        /// For what.
        purpose: Purpose,
        /// Towards whom.
        agency: Option<AgencyId>,
        /// The answer.
        answer: ConsentAnswer,
    },
    /// Withdraw a consent.
    WithdrawConsent {
        /// Which.
        consent: ConsentId,
    },
    /// Erase the personal parts; the key is destroyed by whoever keeps it.
    Erase,
}

/// What happened to a person's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PersonEvent {
    /// Registered.
    Registered {
        /// Who.
        person: PersonId,
        /// What is known.
        #[serde(skip)]
        personal: Personal<Details>,
    },
    /// Corrected.
    Corrected {
        /// What is known now, and why.
        #[serde(skip)]
        personal: Personal<CorrectedDetails>,
    },
    /// A link was claimed.
    LinkClaimed {
        /// The claim.
        link: LinkId,
        /// To whom.
        other: PersonId,
        /// What this person is to the other.
        kind: LinkKind,
        /// On what it rests.
        basis: Basis,
        /// What was said.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// A claim was settled.
    LinkSettled {
        /// The claim.
        link: LinkId,
        /// Whether it holds.
        holds: bool,
        /// On what that rests.
        basis: Basis,
    },
    /// A claim was taken back before it was settled.
    LinkWithdrawn {
        /// The claim.
        link: LinkId,
    },
    /// Consent was given or refused.
    ConsentAnswered {
        /// The answer's id.
        consent: ConsentId,
        /// For what.
        purpose: Purpose,
        /// Towards whom.
        agency: Option<AgencyId>,
        /// The answer.
        answer: ConsentAnswer,
    },
    /// Consent was withdrawn.
    ConsentWithdrawn {
        /// Which.
        consent: ConsentId,
    },
    /// The personal parts are gone.
    Erased {},
}

sealed_in!(PersonEvent: Registered Corrected LinkClaimed);

/// A correction's personal part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedDetails {
    /// What is known now.
    pub details: Details,
    /// Why.
    pub reason: Text,
}

/// One state of a person's details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Who recorded it, when.
    pub stamp: Stamp,
    /// What was known then.
    pub details: Personal<Details>,
    /// Why it was changed; nothing for the first.
    pub reason: Personal<Text>,
}

/// Where a person's record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonState {
    /// Nothing was recorded.
    #[default]
    Unregistered,
    /// Registered.
    Registered,
    /// Erased.
    Erased,
}

/// A person's record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Whose it is, once registered.
    pub id: Option<PersonId>,
    /// Where it stands.
    pub state: PersonState,
    /// Every version, the first registered first.
    pub versions: Vec<Version>,
    /// Claimed links.
    pub links: BTreeMap<LinkId, Link>,
    /// Answers to requests for consent, by id.
    pub consents: BTreeMap<ConsentId, Consent>,
}

impl Person {
    /// What is known now; `None` if nothing is recorded or the data is gone.
    #[must_use]
    pub fn details(&self) -> Option<&Details> {
        self.versions
            .last()
            .and_then(|version| version.details.get())
    }

    /// Where consent for a purpose towards an agency stands: the last answer that covers it.
    #[must_use]
    pub fn consent(&self, purpose: Purpose, agency: AgencyId) -> ConsentState {
        self.consents
            .iter()
            .filter(|(_, consent)| consent.purpose == purpose)
            .filter(|(_, consent)| consent.agency.is_none_or(|other| other == agency))
            .max_by_key(|(id, consent)| (consent.stamp.at, **id))
            .map_or(ConsentState::NotAsked, |(id, consent)| {
                match (consent.answer, consent.withdrawn) {
                    (ConsentAnswer::Refused, _) => ConsentState::Refused(*id),
                    (ConsentAnswer::Given, Some(_)) => ConsentState::Withdrawn(*id),
                    (ConsentAnswer::Given, None) => ConsentState::Given(*id),
                }
            })
    }

    fn registered(&self) -> Result<(), Refusal> {
        match self.state {
            PersonState::Unregistered => Err(Refusal::NotThere),
            PersonState::Registered => Ok(()),
            PersonState::Erased => Err(Refusal::Erased),
        }
    }
}

/// Words that must be there and not too many.
pub(crate) fn words(text: &Text) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(Refusal::WordsNeeded);
    }
    not_too_long(text)
}

/// Words that may be missing.
pub(crate) fn not_too_long(text: &Text) -> Result<(), Refusal> {
    if text.len() > TEXT_BYTES_MAX {
        Err(Refusal::TextTooLong)
    } else {
        Ok(())
    }
}
