//! The one place where bytes are sealed: a nonce of 24 random bytes, then the sealed text with its tag of 16 bytes.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::Random;

/// A key of 32 bytes, wiped when dropped.
pub(crate) type KeyBytes = Zeroizing<[u8; 32]>;

pub(crate) const NONCE_BYTES: usize = 24;

pub(crate) fn random_key(random: &mut impl Random) -> KeyBytes {
    let mut key = Zeroizing::new([0; 32]);
    random.fill(key.as_mut_slice());
    key
}

pub(crate) fn seal(
    key: &KeyBytes,
    bound_to: &[u8],
    text: &[u8],
    random: &mut impl Random,
) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce);
    let payload = Payload {
        msg: text,
        aad: bound_to,
    };
    #[expect(
        clippy::expect_used,
        reason = "fails only past 256 GB, which no caller can hold in memory"
    )]
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("the text is shorter than 256 GB");
    [nonce.as_slice(), &sealed].concat()
}

/// `None` if anything at all does not fit: the cipher does not say what, and must not.
pub(crate) fn open(key: &KeyBytes, bound_to: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload {
        msg: text,
        aad: bound_to,
    };
    cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    let key: &Key = (&**key).into();
    XChaCha20Poly1305::new(key)
}
