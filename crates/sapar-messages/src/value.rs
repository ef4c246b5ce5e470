//! What may stand in a sentence.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// A value to put into a sentence.
///
/// Whatever decides a plural form must be a number; a number given as text
/// would be told in the form for "other".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageValue<'a> {
    /// A label or any other text, shown as it is.
    Text(Cow<'a, str>),
    /// A whole number, shown in digits.
    Number(i64),
}

impl MessageValue<'_> {
    pub(crate) fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            MessageValue::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            MessageValue::Number(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for MessageValue<'a> {
    fn from(text: &'a str) -> Self {
        MessageValue::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for MessageValue<'a> {
    fn from(text: &'a String) -> Self {
        MessageValue::Text(Cow::Borrowed(text))
    }
}

impl From<String> for MessageValue<'_> {
    fn from(text: String) -> Self {
        MessageValue::Text(Cow::Owned(text))
    }
}

impl From<i64> for MessageValue<'_> {
    fn from(number: i64) -> Self {
        MessageValue::Number(number)
    }
}

impl From<i32> for MessageValue<'_> {
    fn from(number: i32) -> Self {
        MessageValue::Number(number.into())
    }
}

impl From<u32> for MessageValue<'_> {
    fn from(number: u32) -> Self {
        MessageValue::Number(number.into())
    }
}

impl From<usize> for MessageValue<'_> {
    /// A count too large for `i64` cannot occur in memory; it would be told as the largest number.
    fn from(number: usize) -> Self {
        MessageValue::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
