//! "Did you mean": the known word nearest to the one that was written.

/// The candidate with the fewest edits from `word`, if it is near enough to be meant.
///
/// Near enough is a third of the word's letters, at least one.
/// Of two equally near, the first in the order given wins, so sort for a stable answer.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A cap keeps the search linear in the number of candidates on hostile input.
    const LETTERS_MAX: usize = 100;
    if word.chars().count() > LETTERS_MAX {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(word.chars().count()) > allowed {
            continue;
        }
        let distance = edits(word, candidate);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Insertions, deletions and replacements between two words (Levenshtein distance).
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut left_cell = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left_cell;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(&right) {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = *cell;
            left_cell = replaced.min(*cell + 1).min(left_cell + 1);
            *cell = left_cell;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_slip_of_a_finger_and_refuses_a_stranger() {
        let known = ["presumed refugee", "presumed child", "detained"];
        assert_eq!(nearest("presumd refugee", known), Some("presumed refugee"));
        assert_eq!(nearest("detaned", known), Some("detained"));
        assert_eq!(nearest("citizenship", known), None);
    }

    #[test]
    fn counts_edits() {
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("same", "same"), 0);
    }
}
