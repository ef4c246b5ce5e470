//! Hashes of passwords, which take long on purpose, away from the threads that answer requests.

use std::sync::Arc;

use sapar_sign_in::password::{Check, Password, SALT_BYTES, StoredHash, check, hash};
use tokio::sync::Semaphore;

use crate::error::OperationError;

/// So many are computed at a time: each takes memory, and a wave of sign-ins must leave room for everybody else.
const AT_A_TIME: usize = 2;

/// Computes hashes of passwords, a few at a time.
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

impl Hashing {
    /// Compares a password with a stored hash; as long where there is none.
    pub(crate) async fn check(
        &self,
        password: Password,
        stored: Option<StoredHash>,
    ) -> Result<Check, OperationError> {
        self.turn(move || check(&password, stored.as_ref()).map_err(|_| failed()))
            .await?
    }

    /// The hash of a password.
    pub(crate) async fn hash(
        &self,
        password: Password,
        salt: [u8; SALT_BYTES],
    ) -> Result<StoredHash, OperationError> {
        self.turn(move || hash(&password, salt).map_err(|_| failed()))
            .await?
    }

    async fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, OperationError> {
        let turn = Arc::clone(&self.0).acquire_owned().await;
        let turn = turn.map_err(|_| failed())?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            // Held until here, also where whoever asked has gone.
            drop(turn);
            done
        });
        done.await.map_err(|_| failed())
    }
}

fn failed() -> OperationError {
    OperationError::Own("a password hash")
}
