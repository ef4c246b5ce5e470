//! Who looked, who broke glass, and who changed the directory: events of their own in the same chain.

use jiff::Timestamp;
use sapar_access::Purposes;
use sapar_casework::stamp::Stamp;
use sapar_ledger::Event;
use sapar_store::{Change, Entry};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::projection::{code, lists};

/// Somebody looked at a person.
pub(crate) const VIEWED: &str = "view.seen";
/// Somebody broke glass.
pub(crate) const BROKEN: &str = "glass.broken";
/// Somebody reviewed that.
pub(crate) const REVIEWED: &str = "glass.reviewed";
/// Users, agencies, teams or posts were changed.
pub(crate) const ADMINISTERED: &str = "directory.changed";

/// Somebody added a passkey to their own account.
pub(crate) const PASSKEY_ADDED: &str = "passkey.added";
/// A passkey was removed, by its user or by an administrator.
pub(crate) const PASSKEY_REMOVED: &str = "passkey.removed";
/// An administrator linked a user to somebody of headquarters' provider.
pub(crate) const IDENTITY_LINKED: &str = "identity.linked";
/// An administrator took such a link away.
pub(crate) const IDENTITY_UNLINKED: &str = "identity.unlinked";

/// All of them.
const NAMES: [&str; 8] = [
    VIEWED,
    BROKEN,
    REVIEWED,
    ADMINISTERED,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    IDENTITY_LINKED,
    IDENTITY_UNLINKED,
];

/// What somebody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Looked {
    /// The person's page.
    Person,
    /// A screening and its questions.
    Screening,
    /// What follows from a screening.
    Outcome,
    /// A referral.
    Referral,
    /// A case.
    Case,
    /// A kept document.
    Document,
    /// A form or notice to print.
    Print,
    /// The list of persons found.
    Search,
}

/// The open part of these events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Audited {
    pub(crate) stamp: Stamp,
    pub(crate) person: Option<Uuid>,
    pub(crate) what: Option<Looked>,
    pub(crate) purpose: String,
    /// What an agency might act for before and after a change of that, since it decides who sees what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mandate: Option<MandateChanged>,
}

/// What an agency may act for, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MandateChanged {
    pub(crate) before: Purposes,
    pub(crate) after: Purposes,
}

/// What lists show of such an event; nothing if it is not one of these.
pub(crate) fn project(event: &Event) -> Option<Vec<Change>> {
    let name = event.name.as_str();
    if !NAMES.contains(&name) {
        return None;
    }
    // A part that cannot be read shows nothing, and the chain still has it.
    let audited = serde_json::from_slice::<Audited>(&event.open).ok();
    Some(
        audited
            .map(|audited| changes(name, event.id.uuid(), event.stream, &audited))
            .unwrap_or_default(),
    )
}

/// What lists show of such an event.
pub(crate) fn changes(name: &str, event: Uuid, stream: Uuid, audited: &Audited) -> Vec<Change> {
    let entry = |list: &str, id: Uuid, owner: Uuid, state: &str| {
        vec![Change::Put(Entry {
            list: code(list),
            id,
            owner,
            person: audited.person,
            state: code(state),
            at_ms: at(audited.stamp.at),
            classes: 0,
            open: serde_json::to_vec(audited).unwrap_or_default(),
        })]
    };
    let (user, agency) = (audited.stamp.by.user.uuid(), audited.stamp.by.agency.uuid());
    match name {
        VIEWED => entry(lists::VIEWS, event, user, "seen"),
        BROKEN => entry(lists::GLASS, stream, agency, "open"),
        REVIEWED => entry(lists::GLASS, stream, agency, "reviewed"),
        _ => Vec::new(),
    }
}

fn at(time: Timestamp) -> Option<i64> {
    Some(time.as_millisecond())
}
