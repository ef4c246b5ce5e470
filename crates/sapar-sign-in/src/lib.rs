//! The pure parts of signing in: passwords, sessions, attempts and the protection of forms.
//!
//! Nothing here reads a clock, makes randomness or stores anything: the instant, the salt, the token and the key are passed in,
//! so that every rule is a function of its inputs and is tested as one.
//! What a user may do once signed in is `sapar-access`'s; cookies and headers are the server's.
//! Passkeys are `sapar-passkeys`', OpenID Connect is `sapar-openid`'s.
//!
//! | to | use |
//! |---|---|
//! | accept a new password, store and check it | [`password`] |
//! | slow down and lock out guessing | [`attempts`] |
//! | know whether a session still holds | [`session`] |
//! | tell a form of ours from a forged one | [`csrf`] |
//! | wait for a browser to come back | [`waiting`] |

pub mod attempts;
pub mod csrf;
pub mod password;
pub mod session;
pub mod waiting;
