//! What PostgreSQL answers, in the words of a store.

use sapar_store::StoreError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Never takes the text of the error over: PostgreSQL repeats values of rows there.
pub(crate) fn failure(error: &Error) -> StoreError {
    let Some(code) = error.code() else {
        let of_a_value = std::error::Error::source(error)
            .is_some_and(|source| source.is::<tokio_postgres::types::WrongType>());
        return if of_a_value {
            // A column does not hold what this program put there.
            StoreError::Corrupt
        } else {
            StoreError::Unreachable
        };
    };
    match code.code().get(..2).unwrap_or_default() {
        // Broken or refused connections; a server that starts, stops or recovers; a database that is not there.
        "08" | "57" | "3D" => StoreError::Unreachable,
        // Users and passwords.
        "28" => StoreError::NotPermitted,
        // Deadlocks and the like.
        "40" => StoreError::Busy,
        // Damage that the server found.
        "XX" if *code != SqlState::INTERNAL_ERROR => StoreError::Corrupt,
        _ => match *code {
            SqlState::DISK_FULL => StoreError::DiskFull,
            SqlState::LOCK_NOT_AVAILABLE | SqlState::TOO_MANY_CONNECTIONS => StoreError::Busy,
            SqlState::INSUFFICIENT_PRIVILEGE | SqlState::READ_ONLY_SQL_TRANSACTION => {
                StoreError::NotPermitted
            }
            SqlState::IO_ERROR => StoreError::Disk,
            SqlState::UNIQUE_VIOLATION => StoreError::IdTaken,
            _ => StoreError::Failed {
                code: code.code().into(),
            },
        },
    }
}

/// Results of PostgreSQL as results of a store.
pub(crate) trait OrFailure<T> {
    fn or_failure(self) -> Result<T, StoreError>;
}

impl<T> OrFailure<T> for Result<T, Error> {
    fn or_failure(self) -> Result<T, StoreError> {
        self.map_err(|error| failure(&error))
    }
}
