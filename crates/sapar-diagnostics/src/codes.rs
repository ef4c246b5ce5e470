//! The codes, each with its page.
//!
//! A code is never reused for another meaning.

use crate::Severity;

/// A kind of mistake: stable name, title, severity and page.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `L0123`.
    pub name: &'static str,
    /// The kind in a few words.
    pub title: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The page in Markdown: what it means, an example, the remedy.
    pub page: &'static str,
}

macro_rules! codes {
    ($($name:ident $severity:ident $title:literal)*) => {
        pub mod constants {
            use super::{Code, Severity};
            $(
                #[doc = $title]
                pub static $name: Code = Code {
                    name: stringify!($name),
                    title: $title,
                    severity: Severity::$severity,
                    page: include_str!(concat!("../codes/", stringify!($name), ".md")),
                };
            )*
        }
        static ALL: &[&Code] = &[$(&constants::$name),*];
    };
}

codes! {
    L0001 Error "the file is not UTF-8 text"
    L0002 Error "the file is too large"
    L0003 Error "parentheses nest too deeply"
    L0004 Error "the law has too many items"
    L0101 Error "unknown kind of item"
    L0102 Error "this clause does not belong here"
    L0103 Error "something else was expected"
    L0104 Error "a parenthesis is not closed"
    L0105 Error "`and` and `or` are mixed"
    L0106 Error "a text is not closed"
    L0107 Error "no such date"
    L0108 Error "a clause stands twice"
    L0109 Error "a clause is missing"
    L0110 Error "a norm stands outside an article"
    L0111 Error "not a usable number"
    L0112 Error "a line belongs to no item"
    L0113 Error "a character that the language does not use"
    L0114 Error "a limit without its event"
    L0201 Error "unknown fact or term"
    L0202 Error "unknown act"
    L0203 Error "unknown actor"
    L0204 Error "unknown event"
    L0205 Error "unknown instrument"
    L0206 Error "unknown norm"
    L0207 Error "a name is defined twice"
    L0208 Error "unknown value"
    L0209 Error "a fact of another type"
    L0210 Error "unknown package"
    L0211 Error "unknown country"
    L0212 Error "unknown legal order"
    L0213 Error "a number outside the fact's bounds"
    L0301 Error "the condition can never hold"
    L0302 Error "the norm can never apply"
    L0303 Error "norms override each other in a circle"
    L0304 Error "terms are defined by each other in a circle"
    L0305 Error "an actor is part of itself"
    L0306 Error "a translation is missing"
    L0307 Error "the dates do not nest"
    L0308 Error "no situation satisfies the invariants"
    L0309 Error "the count can never be reached or always is"
    L0310 Error "the file has norms but no instrument"
    L0311 Error "the verification is missing"
    L0312 Warning "the exception never matters"
    L0313 Error "a clause keeps nobody from asking"
    L0314 Error "who may ask depends on the answer"
    L0315 Error "only a yes/no fact can fail to apply"
    L0401 Error "the decision diagram grows too large"
    L0501 Error "a test's position is not as expected"
    L0502 Error "a test's provision does not support the position"
    L0503 Error "a test's situation contradicts itself"
    L0601 Error "an item that an amendment cannot hold"
    L0602 Error "an edit outside an amendment"
    L0603 Error "the amended instrument has no such norm"
    L0604 Error "the norm is not in force when the edit begins"
    L0605 Error "an edit that begins before its amendment"
    L0606 Error "a norm is edited twice"
    L0607 Error "a new norm under the identifier of an old one"
    L0608 Warning "the amendment changes nothing"
}

/// Every code, in the order of their names.
#[must_use]
pub fn all_codes() -> &'static [&'static Code] {
    ALL
}

/// The code of that name, in any case of letters.
#[must_use]
pub fn code_named(name: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|code| code.name.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_opens_with_its_code_and_says_what_to_do() {
        for code in all_codes() {
            assert!(
                code.page.starts_with(&format!("# {}", code.name)),
                "{} has another heading",
                code.name
            );
            assert!(
                code.page.contains("## What to do"),
                "{} does not say what to do",
                code.name
            );
        }
        assert!(code_named("l0101").is_some());
        assert!(code_named("L9999").is_none());
    }
}
