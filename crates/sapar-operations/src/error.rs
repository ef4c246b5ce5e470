//! Why an operation was not carried out.

use sapar_casework::event::PartsError;
use sapar_casework::refusal::Refusal;
use sapar_casework::screening::RebuildError;
use sapar_ledger::{CodeError, DraftError};
use sapar_sealing::OpenError;
use sapar_store::StoreError;

/// A field of a form that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, by the name it has in the form.
    pub field: &'static str,
    /// The key of the message that says what to do.
    pub key: &'static str,
}

/// Why an operation was not carried out. No text holds personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperationError {
    /// There is no such record, or it does not exist for this user; which of the two is not told.
    #[error("there is no such record; check the address, or ask the shift leader for access")]
    NotThere,
    /// The page exists for others, and everybody may know that.
    #[error("this is not among what your role does; ask the shift leader")]
    NotPermitted,
    /// Nobody is signed in, or not any more.
    #[error("sign in first")]
    SignedOut,
    /// The step does not fit.
    #[error("{0}")]
    Refused(Refusal),
    /// Something in a form cannot be taken.
    #[error("some fields need another look")]
    Fields(Vec<FieldError>),
    /// An answer contradicts others; these facts are involved, as far as the user may see them.
    #[error("this answer contradicts another one; correct the one that is wrong")]
    Contradiction(Vec<String>),
    /// Too many attempts to sign in.
    #[error("too many attempts; wait until the time shown")]
    Wait(jiff::Timestamp),
    /// The name or the password is wrong; which of the two is not told.
    #[error("the name or the password is wrong")]
    WrongSignIn,
    /// A ceremony of a passkey that was not finished; the page says the same for each, and the log says which it was.
    #[error("{0}")]
    Passkey(#[from] sapar_passkeys::Refused),
    /// The law loaded here does not have what a record names.
    #[error("the law packages loaded here do not have what this record names; load them")]
    LawMissing,
    /// The database.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Something stored cannot be read.
    #[error("{0}")]
    Parts(#[from] PartsError),
    /// Something sealed cannot be opened.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// A mistake of this program.
    #[error("the program made a mistake ({0}); report it to its maintainers")]
    Own(&'static str),
}

impl From<Refusal> for OperationError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<RebuildError> for OperationError {
    fn from(error: RebuildError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<CodeError> for OperationError {
    fn from(_: CodeError) -> Self {
        Self::Own("a code that is none")
    }
}

impl From<DraftError> for OperationError {
    fn from(_: DraftError) -> Self {
        Self::Own("an event that cannot be kept")
    }
}

impl From<serde_json::Error> for OperationError {
    fn from(_: serde_json::Error) -> Self {
        Self::Own("a record that cannot be written or read")
    }
}

impl OperationError {
    /// Fields that need another look.
    #[must_use]
    pub fn field(field: &'static str, key: &'static str) -> Self {
        Self::Fields(vec![FieldError { field, key }])
    }
}
