//! Who may do what with which data, for which purpose.
//!
//! Agencies, teams, posts and users; the words of roles, purposes, actions and classes of data;
//! and one function, [`Access::decide`], that answers by policies in `policies/*.cedar`, text that a lawyer can read.
//! What no policy permits is denied, what any policy forbids is denied, and a policy that fails to evaluate denies.
//! The asylum firewall is a policy among them, and nothing passes it, not even by breaking glass.
//!
//! The crate keeps no session, reads no clock and stores nothing: `sapar-sign-in` knows who a user is, and operations ask here before they fetch.
//! A denial is for the audit log; to the user, what may not be seen does not exist.
//! The whole table of what is permitted is `docs/access.md`.
//!
//! ```
//! use sapar_access::{Access, Action, AgencyKind, DataClass, Profile, Protection, Purpose, Relation, Relations, Role};
//!
//! let access = Access::new()?;
//! let officer = Profile::usual(AgencyKind::BorderService, Role::FirstLine);
//! let permits = access.permits(officer, Purpose::Screening);
//! let seen = permits.classes(Action::See, Relations::one(Relation::OwnPost), Protection::NotKnown);
//! assert!(seen.has(DataClass::Asylum));
//!
//! let returns = Profile::usual(AgencyKind::MigrationPolice, Role::CaseOfficer);
//! let permits = access.permits(returns, Purpose::Return);
//! let own_case = Relations::one(Relation::OwnTeamCase);
//! assert!(permits.classes(Action::See, own_case, Protection::NotKnown).is_empty());
//! # Ok::<(), sapar_access::PolicyFault>(())
//! ```

mod agency;
mod break_glass;
mod decide;
mod permits;
mod policies;
mod table;
mod word;
mod words;

pub use agency::{
    Agency, AgencyId, NotVersion7, Post, PostId, Team, TeamId, TimeZoneName, UnknownTimeZone, User,
    UserId, UserState,
};
pub use break_glass::{
    BreakGlassReason, FollowUp, NoReason, REASON_CHARACTERS_MAX, REASON_CHARACTERS_MIN,
};
pub use decide::{Access, Decision, Profile, Request, Verdict};
pub use permits::Permits;
pub use policies::{PolicyFault, SCHEMA, policy_files};
pub use table::table;
pub use word::{Word, Words};
pub use words::{
    Action, AgencyKind, DataClass, DataClasses, Protection, Purpose, Purposes, Relation, Relations,
    Role,
};
