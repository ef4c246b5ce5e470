//! The part of an event that is about the person, and may be gone.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Personal data that is there, or was erased, or cannot be opened here.
///
/// `Debug` never shows what it holds, so that no log line can.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T>(Option<T>);

impl<T> Personal<T> {
    /// Data that is there.
    #[must_use]
    pub const fn known(data: T) -> Self {
        Self(Some(data))
    }

    /// Data that is not there any more.
    #[must_use]
    pub const fn erased() -> Self {
        Self(None)
    }

    /// The data, if it is there.
    #[must_use]
    pub const fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Whether it is there.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// Forgets it.
    pub fn erase(&mut self) {
        self.0 = None;
    }
}

/// Erased: the value an event has before its personal part is filled in.
impl<T> Default for Personal<T> {
    fn default() -> Self {
        Self::erased()
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_known() {
            "Personal(withheld)"
        } else {
            "Personal(erased)"
        })
    }
}

/// Free text about a person. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Wraps what somebody wrote, without space at either end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// What was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(withheld)")
    }
}

/// How the parts of an event reach its personal data, whatever its type.
pub(crate) trait Part {
    fn to_json(&self) -> Result<Option<serde_json::Value>, serde_json::Error>;
    fn fill(&mut self, json: serde_json::Value) -> Result<(), serde_json::Error>;
}

impl<T: Serialize + DeserializeOwned> Part for Personal<T> {
    fn to_json(&self) -> Result<Option<serde_json::Value>, serde_json::Error> {
        self.0.as_ref().map(serde_json::to_value).transpose()
    }

    fn fill(&mut self, json: serde_json::Value) -> Result<(), serde_json::Error> {
        self.0 = Some(serde_json::from_value(json)?);
        Ok(())
    }
}

/// Says which variants of an event have a field `personal`.
///
/// A variant that is left out would lose its personal part; the test of the parts tries every variant.
macro_rules! sealed_in {
    ($event:ident: $($variant:ident)*) => {
        impl $event {
            #[allow(unreachable_patterns, reason = "some events are personal in every variant")]
            pub(crate) fn sealed(&self) -> Option<&dyn crate::personal::Part> {
                match self {
                    $(Self::$variant { personal, .. } => Some(personal),)*
                    _ => None,
                }
            }

            #[allow(unreachable_patterns, reason = "some events are personal in every variant")]
            pub(crate) fn sealed_mut(&mut self) -> Option<&mut dyn crate::personal::Part> {
                match self {
                    $(Self::$variant { personal, .. } => Some(personal),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use sealed_in;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_what_is_held() {
        let mut text = Personal::known(Text::new(" Aigul "));
        assert_eq!(text.get().map(Text::as_str), Some("Aigul"));
        assert!(!format!("{text:?} {:?}", text.get()).contains("Aigul"));
        text.erase();
        assert_eq!(format!("{text:?}"), "Personal(erased)");
    }
}
