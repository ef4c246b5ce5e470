//! Passwords: which are accepted, and how they are stored and checked.
//!
//! The rules are those of NIST SP 800-63B: length counts, composition does not, and what is known to attackers is refused.
//! Storing is Argon2id of RFC 9106 with parameters for a small server, and the whole check takes the same work for a user who does not exist.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use zeroize::Zeroizing;

/// The fewest characters of a password.
pub const CHARACTERS_MIN: usize = 12;
/// The most bytes of a password, so that nobody makes the server hash a book.
pub const BYTES_MAX: usize = 512;
/// The bytes of a salt, from a secure random source.
pub const SALT_BYTES: usize = 16;

/// Memory, passes and lanes of new hashes: 19 MiB, two passes, one lane, as OWASP advises for servers.
pub const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
pub const PASSES: u32 = 2;
/// Lanes in parallel.
pub const LANES: u32 = 1;

/// A stored hash may ask for at most this memory, so that a damaged database cannot exhaust the machine.
const MEMORY_KIB_MAX: u32 = 262_144;
const PASSES_MAX: u32 = 16;

/// A password as typed; wiped from memory when dropped, hidden from `Debug`.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes what was typed, unchanged.
    #[must_use]
    pub fn typed(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// Why a new password is not accepted; each is a field's error that the page tells in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer characters than [`CHARACTERS_MIN`].
    #[error(
        "use at least {CHARACTERS_MIN} characters; a few words of your own are easy to remember"
    )]
    TooShort,
    /// More bytes than [`BYTES_MAX`].
    #[error("use at most {BYTES_MAX} bytes")]
    TooLong,
    /// Few different characters, or a run such as `abcdefgh` or `12345678`.
    #[error("use a password that is not one character or one run repeated")]
    Repetitive,
    /// Holds the name of the user, the agency or the program.
    #[error("use a password without your name, your agency's name or the program's")]
    HoldsContext,
    /// Starts from a password that attackers try first.
    #[error("use a password that is not on the list of those that are tried first")]
    Common,
}

/// The starts of passwords that every list of leaked ones begins with, in Latin and as typed on a Russian keyboard.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfgh",
    "zxcvbn",
    "123456",
    "654321",
    "111111",
    "letmein",
    "welcome",
    "iloveyou",
    "admin",
    "changeme",
    "monkey",
    "dragon",
    "пароль",
    "йцукен",
    "фывапр",
    "ячсмит",
    "gfhjkm",
    "құпиясөз",
    "abcdef",
    "1q2w3e",
    "qazwsx",
];

/// How many characters must stand besides a common start for it to be no longer common.
const OWN_CHARACTERS_MIN: usize = 8;

/// Whether a new password is accepted; `context` is the user's name, sign-in name, agency and the like.
///
/// # Errors
/// The first weakness found.
pub fn check_new(password: &Password, context: &[&str]) -> Result<(), Weakness> {
    let text = password.0.as_str();
    if text.len() > BYTES_MAX {
        return Err(Weakness::TooLong);
    }
    let characters = text.chars().count();
    if characters < CHARACTERS_MIN {
        return Err(Weakness::TooShort);
    }
    let lower = Zeroizing::new(text.to_lowercase());
    if is_repetitive(&lower) {
        return Err(Weakness::Repetitive);
    }
    let is_common = COMMON.iter().any(|common| {
        lower.contains(common)
            && lower.chars().count() - common.chars().count() < OWN_CHARACTERS_MIN
    });
    if is_common {
        return Err(Weakness::Common);
    }
    let holds = context
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .chain(["sapar"])
        // Shorter words are in many a good password by chance.
        .filter(|word| word.chars().count() >= 4)
        .any(|word| lower.contains(&word.to_lowercase()));
    if holds {
        return Err(Weakness::HoldsContext);
    }
    Ok(())
}

/// Fewer than five different characters, or nearly all steps from one to the next alike.
fn is_repetitive(text: &str) -> bool {
    let characters: Zeroizing<Vec<u32>> = Zeroizing::new(text.chars().map(u32::from).collect());
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 {
        return true;
    }
    let steps = characters.windows(2).filter(|pair| match pair {
        [a, b] => a.abs_diff(*b) <= 1,
        _ => false,
    });
    steps.count() * 4 >= (characters.len() - 1) * 3
}

/// Hashing failed; with parameters of this module only for lack of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the password could not be hashed; try again, and if it stays so, look at the memory of the server"
)]
pub struct HashFailed;

/// A hash as it is stored: a PHC string with algorithm, parameters and salt. Hidden from `Debug`.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredHash(String);

impl StoredHash {
    /// Takes what the store kept.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The PHC string, for the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it was made with less than today's parameters, so that it is made anew at the next sign-in.
    #[must_use]
    pub fn needs_rehash(&self) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else {
            return true;
        };
        let Ok(params) = Params::try_from(&hash) else {
            return true;
        };
        hash.algorithm != Algorithm::Argon2id.ident()
            || hash.version != Some(Version::V0x13.into())
            || params.m_cost() < MEMORY_KIB
            || params.t_cost() < PASSES
    }
}

impl fmt::Debug for StoredHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredHash(hidden)")
    }
}

/// Hashes a password for the store; every hash gets a new random salt.
///
/// # Errors
/// If there is not enough memory.
pub fn hash(password: &Password, salt: [u8; SALT_BYTES]) -> Result<StoredHash, HashFailed> {
    let hash = argon2()?
        .hash_password_with_salt(password.0.as_bytes(), &salt)
        .map_err(|_| HashFailed)?;
    Ok(StoredHash(hash.to_string()))
}

/// Whether a password is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// It is.
    Right,
    /// It is, and the hash is to be made anew with [`hash`].
    RightAndRehash,
    /// It is not, or there is no such user; the two are not told apart.
    Wrong,
}

/// Checks a password against the stored hash of the user, or against nothing where there is no such user.
///
/// Without a user, or with a hash that cannot be read, one hash of today's parameters is computed all the same, so that time tells nothing.
/// A password longer than [`BYTES_MAX`] is wrong for everybody and costs no work.
///
/// # Errors
/// If there is not enough memory.
pub fn check(password: &Password, stored: Option<&StoredHash>) -> Result<Check, HashFailed> {
    if password.0.len() > BYTES_MAX {
        return Ok(Check::Wrong);
    }
    let readable = stored.and_then(|stored| {
        let hash = PasswordHash::new(&stored.0).ok()?;
        let params = Params::try_from(&hash).ok()?;
        let is_bounded = params.m_cost() <= MEMORY_KIB_MAX && params.t_cost() <= PASSES_MAX;
        is_bounded.then_some((stored, hash))
    });
    let Some((stored, hash)) = readable else {
        // The salt needs not be random: nothing is kept.
        let mut unused = Zeroizing::new([0; 32]);
        argon2()?
            .hash_password_into(password.0.as_bytes(), &[0; SALT_BYTES], unused.as_mut())
            .map_err(|_| HashFailed)?;
        std::hint::black_box(&unused);
        return Ok(Check::Wrong);
    };
    let verified = argon2()?.verify_password(password.0.as_bytes(), &hash);
    Ok(match verified {
        Ok(()) if stored.needs_rehash() => Check::RightAndRehash,
        Ok(()) => Check::Right,
        Err(_) => Check::Wrong,
    })
}

fn argon2() -> Result<Argon2<'static>, HashFailed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(|_| HashFailed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::typed(text.to_owned())
    }

    #[test]
    fn weak_passwords_are_told_why() {
        let check = |text: &str| check_new(&password(text), &["Aigerim Seitova", "border service"]);
        assert_eq!(check("elevenchars"), Err(Weakness::TooShort));
        assert_eq!(check(&"ж".repeat(257)), Err(Weakness::TooLong));
        assert_eq!(check("aaaaaaaaaaaaaaa"), Err(Weakness::Repetitive));
        assert_eq!(check("abcdefghijklmno"), Err(Weakness::Repetitive));
        assert_eq!(check("Password2026!!"), Err(Weakness::Common));
        assert_eq!(check("йцукенгшщзхъ"), Err(Weakness::Common));
        assert_eq!(check("my-SEITOVA-horse"), Err(Weakness::HoldsContext));
        assert_eq!(check("sapar is lovely"), Err(Weakness::HoldsContext));
        assert_eq!(check("four tea cups steam"), Ok(()));
        assert_eq!(check("қызыл алма көп еді"), Ok(()));
    }

    #[test]
    fn a_hash_is_checked_and_says_how_it_was_made() {
        let right = password("four tea cups steam");
        let stored = hash(&right, [7; SALT_BYTES]).unwrap();
        assert!(
            stored
                .as_str()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        assert_eq!(check(&right, Some(&stored)), Ok(Check::Right));
        assert_eq!(
            check(&password("four tea cups stea"), Some(&stored)),
            Ok(Check::Wrong)
        );
        assert_eq!(check(&right, None), Ok(Check::Wrong));
        assert_ne!(stored, hash(&right, [8; SALT_BYTES]).unwrap());
    }

    #[test]
    fn a_weaker_hash_is_right_and_made_anew() {
        let right = password("four tea cups steam");
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(1_024, 1, 1, Some(32)).unwrap(),
        );
        let weak = weak
            .hash_password_with_salt(b"four tea cups steam", &[7; SALT_BYTES])
            .unwrap();
        let weak = StoredHash::stored(weak.to_string());
        assert_eq!(check(&right, Some(&weak)), Ok(Check::RightAndRehash));
        assert_eq!(
            check(&password("another one entirely"), Some(&weak)),
            Ok(Check::Wrong)
        );
    }

    #[test]
    fn a_damaged_hash_is_wrong_and_asks_for_no_more_memory_than_there_is() {
        let typed = password("four tea cups steam");
        for damaged in [
            "",
            "$argon2id$",
            "plain",
            "$argon2id$v=19$m=4194304,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            let stored = StoredHash::stored(damaged.to_owned());
            assert_eq!(check(&typed, Some(&stored)), Ok(Check::Wrong), "{damaged}");
        }
        assert!(StoredHash::stored(String::new()).needs_rehash());
    }

    #[test]
    fn secrets_do_not_show() {
        let secret = password("four tea cups steam");
        let stored = hash(&secret, [7; SALT_BYTES]).unwrap();
        assert_eq!(
            format!("{secret:?} {stored:?}"),
            "Password(hidden) StoredHash(hidden)"
        );
    }
}
