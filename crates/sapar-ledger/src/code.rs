//! Short names that identify nobody: purposes, types of events, programs.

/// The longest name, in bytes.
pub const NAME_BYTES_MAX: usize = 64;

/// A name is not one that may stand in the open.
///
/// The text never repeats the name: somebody may have put a person's name where a code belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Empty or longer than [`NAME_BYTES_MAX`].
    #[error("a code has {bytes} bytes; it must have 1 to {NAME_BYTES_MAX}")]
    Length {
        /// How many it has.
        bytes: usize,
    },
    /// Holds something else than small Latin letters, digits, `-`, `_` and `.`, or does not begin with a letter.
    #[error(
        "a code must begin with a small Latin letter and hold only small Latin letters, digits, `-`, `_` and `.`"
    )]
    Letters,
    /// An event's name without its two words.
    #[error("the name of an event must be two words joined by one point, as `person.registered`")]
    TwoWords,
}

/// A short name of small Latin letters, digits, `-`, `_` and `.`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(Box<str>);

impl Code {
    /// Takes a name.
    ///
    /// # Errors
    /// If it is too long or holds another letter.
    pub fn new(name: &str) -> Result<Self, CodeError> {
        if name.is_empty() || name.len() > NAME_BYTES_MAX {
            return Err(CodeError::Length { bytes: name.len() });
        }
        let fits =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.bytes().all(fits) {
            return Err(CodeError::Letters);
        }
        Ok(Self(name.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The type of an event: the kind of thing it happened to and what happened, as `person.registered`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventName(Code);

impl EventName {
    /// Takes a name of two words.
    ///
    /// # Errors
    /// If it is no [`Code`], or not two words joined by one point.
    pub fn new(name: &str) -> Result<Self, CodeError> {
        let code = Code::new(name)?;
        match name.split_once('.') {
            Some((kind, what)) if !kind.is_empty() && !what.is_empty() && !what.contains('.') => {
                Ok(Self(code))
            }
            _ => Err(CodeError::TwoWords),
        }
    }

    /// The kind of thing it happened to: `person`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.as_str().split_once('.').map_or("", |(kind, _)| kind)
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl std::fmt::Display for EventName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_no_name_of_a_person() {
        assert_eq!(Code::new("Айгуль"), Err(CodeError::Letters));
        assert_eq!(Code::new("Aigul"), Err(CodeError::Letters));
        assert_eq!(Code::new(""), Err(CodeError::Length { bytes: 0 }));
        assert_eq!(
            Code::new(&"a".repeat(65)),
            Err(CodeError::Length { bytes: 65 })
        );
        assert!(Code::new("border-check").is_ok());
        assert!(!CodeError::Letters.to_string().contains("Aigul"));
    }

    #[test]
    fn an_event_is_named_by_kind_and_what_happened() {
        assert_eq!(
            EventName::new("person.registered").unwrap().kind(),
            "person"
        );
        for wrong in ["person", "person.", "a.b.c", "person..b"] {
            assert_eq!(EventName::new(wrong), Err(CodeError::TwoWords), "{wrong}");
        }
        assert_eq!(EventName::new(".person"), Err(CodeError::Letters));
    }
}
