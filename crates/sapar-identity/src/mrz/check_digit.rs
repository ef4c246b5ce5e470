//! The check digit of Doc 9303: weights seven, three, one, modulo ten.

/// The check digit over characters of the zone; `None` if one is not `A`-`Z`, `0`-`9` or `<`.
///
/// Digits count as themselves, letters as 10 to 35, the filler as zero.
///
/// ```
/// use sapar_identity::mrz::check_digit;
/// assert_eq!(check_digit("520727"), Some(3));
/// assert_eq!(check_digit("AB2134<<<"), Some(5));
/// assert_eq!(check_digit("ab"), None);
/// ```
#[must_use]
pub fn check_digit(characters: &str) -> Option<u8> {
    let mut sum = 0u64;
    for (character, weight) in characters.chars().zip([7, 3, 1].into_iter().cycle()) {
        sum += value(character)? * weight;
    }
    u8::try_from(sum % 10).ok()
}

fn value(character: char) -> Option<u64> {
    match character {
        '<' => Some(0),
        '0'..='9' | 'A'..='Z' => character.to_digit(36).map(u64::from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        for (text, digit) in [
            ("520727", 3),
            ("AB2134<<<", 5),
            ("HA672242<658022549601086<<<<<<<<<<<<<<0", 8),
            ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", 2),
            ("75<<<<", 4),
            ("7505<<", 9),
            ("<<<<<<", 0),
            ("", 0),
            ("600001795015", 2),
            ("000590696101", 5),
            ("007777779ZZ9", 2),
        ] {
            assert_eq!(check_digit(text), Some(digit), "{text}");
        }
    }
}
