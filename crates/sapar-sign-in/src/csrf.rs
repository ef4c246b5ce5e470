//! Telling a form of ours from one that another site made the browser send.
//!
//! The token of a form is a keyed hash of the session's identifier: nothing is stored, and no other session's token fits.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::session::SessionId;

/// The bytes of the server's key for forms, from a secure random source.
pub const KEY_BYTES: usize = 32;

/// Keeps these hashes apart from any other made with the same key.
const CONTEXT: &[u8] = b"sapar form token v1\0";

/// The server's key for forms; wiped when dropped, hidden from `Debug`.
pub struct FormKey(Zeroizing<[u8; KEY_BYTES]>);

impl FormKey {
    /// Takes random bytes.
    #[must_use]
    pub fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The token that stands in each form of that session, as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn token(&self, session: &SessionId) -> String {
        hex(&self.mac(session))
    }

    /// Whether a form came with the token of that session; takes the same time wherever it differs.
    #[must_use]
    pub fn is_token(&self, session: &SessionId, token: &str) -> bool {
        self.token(session)
            .as_bytes()
            .ct_eq(token.as_bytes())
            .into()
    }

    fn mac(&self, session: &SessionId) -> [u8; 32] {
        // `KeyInit::new` takes a key of the hash's block; shorter ones are padded with zeros, as HMAC does.
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(self.0.iter()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
        mac.update(CONTEXT);
        mac.update(session.bytes());
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for FormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormKey(hidden)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
