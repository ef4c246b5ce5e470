//! Columns of text.

/// Rows in columns: the first column to the left, the others, which are numbers, to the right.
pub fn numbers(rows: &[Vec<String>]) -> String {
    columns(rows, |column| column > 0)
}

/// Rows in columns, all to the left.
pub fn words(rows: &[Vec<String>]) -> String {
    columns(rows, |_| false)
}

/// Rows in columns: the first so many to the left, the others, which are numbers, to the right.
pub fn words_then_numbers(rows: &[Vec<String>], words: usize) -> String {
    columns(rows, |column| column >= words)
}

fn columns(rows: &[Vec<String>], right: impl Fn(usize) -> bool) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                if right(column) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_under_each_other() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(
            numbers(&[row(["Қазақстан", "7"]), row(["a", "104"])]),
            "Қазақстан    7\na          104\n"
        );
    }
}
