//! Seeing in an emergency what one has no relation to: with a reason, and with what must follow.

use std::fmt;

/// The fewest characters of a reason; shorter ones say nothing to who reviews it.
pub const REASON_CHARACTERS_MIN: usize = 10;
/// The most characters of a reason.
pub const REASON_CHARACTERS_MAX: usize = 2_000;

/// Why glass was broken, as the user wrote it; it may name a person, so `Debug` hides it and it is kept sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct BreakGlassReason(String);

/// A text that is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "write why this cannot wait, in {REASON_CHARACTERS_MIN} to {REASON_CHARACTERS_MAX} characters"
)]
pub struct NoReason;

impl BreakGlassReason {
    /// Takes a reason without the white space around it.
    ///
    /// # Errors
    /// If it is shorter or longer than the limits, white space not counted, or has no letter.
    pub fn parse(text: &str) -> Result<Self, NoReason> {
        let text = text.trim();
        let written = text.chars().filter(|c| !c.is_whitespace()).count();
        if written < REASON_CHARACTERS_MIN
            || text.chars().count() > REASON_CHARACTERS_MAX
            || !text.chars().any(char::is_alphabetic)
        {
            return Err(NoReason);
        }
        Ok(Self(text.to_owned()))
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for BreakGlassReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BreakGlassReason(hidden)")
    }
}

/// What must follow an access by break-glass; the operation records each before it shows anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FollowUp {
    /// The supervisors of the user and of who has the record learn of it at once.
    AlertSupervisors,
    /// The reason, who, what and when are kept in the audit log.
    RecordReason,
    /// An auditor says whether it was rightful, within so many days.
    ReviewWithinDays(u16),
}

impl FollowUp {
    /// All that follows every access by break-glass.
    pub const OF_BREAK_GLASS: &'static [FollowUp] = &[
        FollowUp::AlertSupervisors,
        FollowUp::RecordReason,
        FollowUp::ReviewWithinDays(3),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        for empty in [
            "",
            "   ",
            "urgent",
            "1234567890",
            "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}x",
        ] {
            assert_eq!(BreakGlassReason::parse(empty), Err(NoReason), "{empty:?}");
        }
        assert_eq!(BreakGlassReason::parse(&"я".repeat(2_001)), Err(NoReason));
        let reason = BreakGlassReason::parse("  Қанды құсып жатыр, дәрігер керек ").unwrap();
        assert_eq!(reason.text(), "Қанды құсып жатыр, дәрігер керек");
        assert!(!format!("{reason:?}").contains("дәрігер"));
    }
}
