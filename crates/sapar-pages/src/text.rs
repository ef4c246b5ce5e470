//! What stands in a view where a person reads: a sentence of the catalogue, or words already in the reader's language.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

/// Something to read.
///
/// A label that is ours is a [`Text::key`]; a label of the law, a name or what somebody wrote is a `String`.
/// Whatever it holds is escaped when it is put into a page.
///
/// ```
/// use sapar_pages::Text;
/// let ours = Text::key("nav-overdue").with("count", 3);
/// let theirs: Text = "Law on Refugees".into();
/// # let _ = (ours, theirs);
/// ```
#[derive(Clone, PartialEq)]
pub enum Text {
    /// A sentence of the catalogue, with what stands in it.
    Key(Cow<'static, str>, Vec<(&'static str, Argument)>),
    /// Words already in the reader's language.
    Said(String),
}

/// What stands in a sentence of the catalogue.
#[derive(Clone, PartialEq)]
pub enum Argument {
    /// A count, which chooses the plural form.
    Number(i64),
    /// Another text.
    Text(Text),
    /// A date, told as people write it.
    Date(Date),
    /// An instant, told in the time zone of the frame.
    Moment(Timestamp),
}

impl Text {
    /// The sentence of that key.
    #[must_use]
    pub fn key(key: impl Into<Cow<'static, str>>) -> Self {
        Self::Key(key.into(), Vec::new())
    }

    /// The word of a list, such as `case-kind` and `protection`; the key is both with a hyphen between.
    ///
    /// The codes are those that `sapar-casework` writes into events.
    #[must_use]
    pub fn word(list: &str, code: &str) -> Self {
        Self::key(format!("{list}-{code}"))
    }

    /// The same with a value for one variable of the sentence; without effect on words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        if let Self::Key(_, values) = &mut self {
            values.push((name, value.into()));
        }
        self
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Said(words) if words.is_empty())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Said(String::new())
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::Said(words.to_owned())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::Said(words)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Argument {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Argument {
    /// A count too large for `i64` cannot occur in memory; it would be told as the largest number.
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Argument {
    fn from(words: String) -> Self {
        Self::Text(Text::Said(words))
    }
}

impl From<&str> for Argument {
    fn from(words: &str) -> Self {
        Self::Text(words.into())
    }
}

impl From<Date> for Argument {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Timestamp> for Argument {
    fn from(at: Timestamp) -> Self {
        Self::Moment(at)
    }
}

/// Words of the law or of a person, with their language where it is not the reader's.
#[derive(Clone, Default, PartialEq)]
pub struct Prose {
    /// The words.
    pub words: String,
    /// The language of the words as in `lang` of HTML; `None` where it is the reader's.
    pub language: Option<String>,
}

impl Prose {
    /// Words in another language than the page's.
    #[must_use]
    pub fn in_language(words: impl Into<String>, language: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            language: Some(language.into()),
        }
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl From<&str> for Prose {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl From<String> for Prose {
    fn from(words: String) -> Self {
        Self {
            words,
            language: None,
        }
    }
}

impl maud::Render for Prose {
    fn render(&self) -> maud::Markup {
        match &self.language {
            Some(language) => maud::html! { span lang=(language) { (self.words) } },
            None => maud::html! { (self.words) },
        }
    }
}

/// One of several things to choose from: what the form sends, and what is read.
#[derive(Clone, Default, PartialEq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What is read.
    pub label: Text,
    /// What is read below the label, if anything.
    pub hint: Text,
}

impl Choice {
    /// A choice without a hint.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: Text::default(),
        }
    }

    /// A choice of a list whose words are in the catalogue, as [`Text::word`].
    #[must_use]
    pub fn word(list: &str, code: &str) -> Self {
        Self::new(code, Text::word(list, code))
    }

    /// The choices of these codes, in this order.
    #[must_use]
    pub fn words<'c>(list: &str, codes: impl IntoIterator<Item = &'c str>) -> Vec<Self> {
        codes
            .into_iter()
            .map(|code| Self::word(list, code))
            .collect()
    }
}
