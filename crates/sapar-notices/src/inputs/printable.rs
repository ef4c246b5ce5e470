//! Texts as a paper can show them.

use crate::fonts::can_print;

/// More letters than this without a place to break would run over the edge of the page.
const LONGEST_UNBROKEN: usize = 30;

/// A place where a line may break, unseen.
const MAY_BREAK: char = '\u{200B}';

/// Nothing is left out: what cannot be shown, or would turn the order of the letters around, is written as its number.
pub(super) fn printable(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut unbroken = 0;
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\n' => told.push('\n'),
            '\t' => told.push(' '),
            _ if may_stand(letter) => told.push(letter),
            _ => told.push_str(&format!("U+{:04X}", u32::from(letter))),
        }
        if letter.is_whitespace() || letter == '-' {
            unbroken = 0;
        } else {
            unbroken += 1;
        }
        if unbroken == LONGEST_UNBROKEN {
            told.push(MAY_BREAK);
            unbroken = 0;
        }
    }
    told
}

fn may_stand(letter: char) -> bool {
    let turns_around = matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    letter == ' ' || (!letter.is_control() && !turns_around && can_print(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_written_as_its_number() {
        assert_eq!(printable("Сара"), "Сара");
        assert_eq!(printable("a\tb\r\nc"), "a b\nc");
        assert_eq!(printable("\u{0}"), "U+0000");
        assert_eq!(printable("x\u{202E}y"), "xU+202Ey");
        assert_eq!(printable("中"), "U+4E2D");
    }

    #[test]
    fn every_letter_of_the_three_languages_and_some_neighbours_can_be_shown() {
        let kazakh = "ӘәҒғҚқҢңӨөҰұҮүҺһІі";
        let russian = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ";
        let neighbours = "—«»№’…Її Ўўҳӣşğıżłõāģķļņŗšūžçãئغي";
        for letter in kazakh
            .chars()
            .chain(russian.chars())
            .chain(neighbours.chars())
        {
            assert!(can_print(letter), "{letter}");
        }
        assert!(!can_print('中'));
    }

    #[test]
    fn a_long_word_may_break() {
        let told = printable(&"a".repeat(100));
        assert_eq!(told.matches(MAY_BREAK).count(), 3);
        assert_eq!(told.replace(MAY_BREAK, ""), "a".repeat(100));
        // What breaks by itself is left as it is, so that it can be copied.
        let reference = "019a0000-0000-7000-8000-000000000001";
        assert_eq!(printable(reference), reference);
    }
}
