//! What SQLite answers, in the words of a store.

use rusqlite::{Error, ErrorCode};
use sapar_store::StoreError;

/// Never takes the text of the error over: SQLite repeats parts of statements and paths there.
pub(crate) fn failure(error: &Error) -> StoreError {
    let Error::SqliteFailure(failure, _) = error else {
        return match error {
            // A column does not hold what this program put there.
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..) => StoreError::Corrupt,
            _ => StoreError::Failed {
                code: "of the driver".into(),
            },
        };
    };
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::DatabaseCorrupt => StoreError::Corrupt,
        ErrorCode::NotADatabase => StoreError::OtherDatabase,
        ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            StoreError::NotPermitted
        }
        ErrorCode::SystemIoFailure => StoreError::Disk,
        ErrorCode::ConstraintViolation => StoreError::IdTaken,
        _ => StoreError::Failed {
            code: failure.extended_code.to_string().into(),
        },
    }
}

/// The same for files handled without SQLite.
pub(crate) fn file_failure(error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        std::io::ErrorKind::NotFound
        | std::io::ErrorKind::PermissionDenied
        | std::io::ErrorKind::ReadOnlyFilesystem => StoreError::NotPermitted,
        _ => StoreError::Disk,
    }
}

/// Results of SQLite as results of a store.
pub(crate) trait OrFailure<T> {
    fn or_failure(self) -> Result<T, StoreError>;
}

impl<T> OrFailure<T> for Result<T, Error> {
    fn or_failure(self) -> Result<T, StoreError> {
        self.map_err(|error| failure(&error))
    }
}

impl<T> OrFailure<T> for Result<T, std::io::Error> {
    fn or_failure(self) -> Result<T, StoreError> {
        self.map_err(|error| file_failure(&error))
    }
}
