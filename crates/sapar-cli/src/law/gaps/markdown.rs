//! The register as a table for a page of documentation.

use std::fmt::Write;

use super::Shown;
use super::text;

/// The summary and a line a gap.
pub fn register(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut page = String::new();
    if shown.entries.is_empty() {
        let _ = writeln!(page, "{}", messages.text("gaps-none"));
        return page;
    }
    let count = [("count", shown.entries.len().into())];
    let _ = writeln!(page, "{}\n", messages.text_with("gaps-count", &count));
    table(&mut page, &text::summary(shown));
    page.push('\n');
    table(&mut page, &text::rows(shown));
    let _ = writeln!(page, "\n{}", messages.text("gaps-encoded"));
    page
}

/// The first row is the heading.
fn table(page: &mut String, rows: &[Vec<String>]) {
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
        if number == 0 {
            let _ = writeln!(page, "|{}", "---|".repeat(row.len()));
        }
    }
}

/// A cell in which nothing is taken for a mark.
fn escaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for letter in cell.chars() {
        match letter {
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#' => {
                text.push('\\');
                text.push(letter);
            }
            '\n' => text.push_str("; "),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell() {
        assert_eq!(escaped("a | b\n*c*"), "a \\| b; \\*c\\*");
    }

    #[test]
    fn the_first_row_is_the_heading() {
        let mut page = String::new();
        table(
            &mut page,
            &[
                vec!["a".to_owned(), "b".to_owned()],
                vec!["1".to_owned(), "2".to_owned()],
            ],
        );
        assert_eq!(page, "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}
