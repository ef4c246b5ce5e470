//! Columns of text.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Wider than any table of this program: what may be broken has bounds of its own.
const WIDTH_MAX: u16 = 400;

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

/// A table whose cells wrap: for each column the most it may be wide, or `None` where it is never broken.
///
/// The first row is the heading.
pub fn wrapped(rows: &[Vec<String>], widths: &[Option<u16>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(WIDTH_MAX);
    let mut rows = rows.iter();
    if let Some(heading) = rows.next() {
        table.set_header(heading);
    }
    for row in rows {
        table.add_row(row);
    }
    for (column, width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(match width {
            // Two more for the space on both sides.
            Some(width) => ColumnConstraint::UpperBoundary(Width::Fixed(width + 2)),
            None => ColumnConstraint::ContentWidth,
        });
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
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

    #[test]
    fn long_cells_wrap_and_names_do_not() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let table = wrapped(
            &[
                row(["what", "name"]),
                row(["бірінші екінші үшінші", "a-long-name/never-broken"]),
            ],
            &[Some(8), None],
        );
        assert_eq!(
            table,
            "\
| what     | name                     |
|----------|--------------------------|
| бірінші  | a-long-name/never-broken |
| екінші   |                          |
| үшінші   |                          |
"
        );
    }
}
