//! Names of columns: made of the law's own words, short enough for every engine, and never two the same.

use std::collections::BTreeSet;

use sapar_law::{Engine, FactId, Library, Modality, PositionId};

/// PostgreSQL cuts identifiers after so many bytes.
pub const NAME_BYTES_MAX: usize = 63;

/// The column of a fact: its name with `_` for every space and hyphen.
///
/// The same rule names the columns of the Parquet files that the other tools of Sapar read and write.
#[must_use]
pub fn column_of_fact(library: &Library, fact: FactId) -> String {
    words(&library.fact(fact).name)
}

/// The name a position's column is made from, however long: who, how strongly, what.
#[must_use]
pub fn name_of_position(engine: &Engine, position: PositionId) -> String {
    let library = engine.library();
    let position = engine.position(position);
    let modality = match position.modality {
        Modality::MustNot => "must_not",
        Modality::Must => "must",
        Modality::ShouldNot => "should_not",
        Modality::Should => "should",
        Modality::May => "may",
    };
    format!(
        "{}_{modality}_{}",
        words(&library.actor(position.bearer).name),
        words(&library.act(position.act).name)
    )
}

/// A name with `_` for every space and hyphen.
pub fn words(name: &str) -> String {
    name.replace([' ', '-'], "_")
}

/// Names given so far.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Takes a name that must stay as it is, such as that of an existing column.
    pub fn keep(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// Gives a name: as wanted where that is short enough and free, else cut and told apart by a number
    /// worked out from the whole name, so that it stays the same from one statement to the next.
    pub fn give(&mut self, wanted: &str) -> String {
        if wanted.len() <= NAME_BYTES_MAX && self.taken.insert(wanted.to_lowercase()) {
            return wanted.to_owned();
        }
        let mut salt = 0u32;
        loop {
            let name = cut(wanted, salt);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            salt += 1;
        }
    }
}

fn cut(wanted: &str, salt: u32) -> String {
    // FNV-1a: a fixed rule, since a name must not depend on the program's version of a hasher.
    let mut hash: u32 = 0x811c_9dc5 ^ salt;
    for byte in wanted.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let mut head = String::new();
    for character in wanted.chars() {
        if head.len() + character.len_utf8() > NAME_BYTES_MAX - 9 {
            break;
        }
        head.push(character);
    }
    format!("{}_{hash:08x}", head.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let mut names = Names::default();
        let long = "a".repeat(80);
        let first = names.give(&format!("{long}_one"));
        let second = names.give(&format!("{long}_two"));
        assert_ne!(first, second);
        assert!(first.len() <= NAME_BYTES_MAX && second.len() <= NAME_BYTES_MAX);
        assert_eq!(first, Names::default().give(&format!("{long}_one")));
    }

    #[test]
    fn a_name_is_given_once_whatever_its_case() {
        let mut names = Names::default();
        names.keep("age");
        assert_ne!(names.give("Age"), "Age");
        assert_eq!(names.give("sex"), "sex");
        assert_ne!(names.give("sex"), "sex");
    }

    #[test]
    fn letters_of_several_bytes_are_not_split() {
        let name = Names::default().give(&"ж".repeat(60));
        assert!(name.len() <= NAME_BYTES_MAX);
        assert!(name.starts_with('ж'));
    }
}
