//! The law that is measured, compiled.

use std::sync::Arc;

use jiff::civil::date;
use sapar_batch::Program;
use sapar_law::{Engine, LawFile, Library};

use crate::law::{Norm, OUTCOMES};
use crate::sapar;

/// Where the law and the cases come from; the law is that of `peers`.
pub const SEED: u64 = 0x5a_9a_20_26;

/// The limit of each norm, in days.
pub fn limit_days(norm: usize) -> u32 {
    1 + (norm as u32 * 7) % 30
}

/// The law of `peers`, with a limit on each norm.
pub fn engine(law: &[Norm]) -> Result<Engine, Box<dyn std::error::Error>> {
    let mut statute = String::new();
    for (place, part) in sapar::statute(law).split("  memory\n").enumerate() {
        if place > 0 {
            statute += &format!(
                "  within {} days from start\n  memory\n",
                limit_days(place - 1)
            );
        }
        statute += part;
    }
    let vocabulary = sapar::vocabulary().replace(
        "actor state",
        "event start\n  label en \"start\" ru \"начало\" kk \"басталу\"\n\nactor state",
    );
    let files = [
        ("vocabulary/words.md", vocabulary),
        ("bench/law.md", statute),
    ]
    .map(|(path, text)| LawFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    });
    let read = Library::read(files);
    if read.has_errors() {
        let style = sapar_diagnostics::Style::Plain;
        return Err(sapar_diagnostics::render_all(&read.sources, &read.problems, style).into());
    }
    let library = Arc::new(read.library);
    let order = library.order_named("bench").ok_or("the order is missing")?;
    Ok(Engine::new(library, order, date(2026, 11, 24))?)
}

/// The outcome of each position.
pub fn outcomes(program: &Program) -> Result<Vec<usize>, Box<dyn std::error::Error>> {
    let library = program.engine().library();
    program
        .engine()
        .positions()
        .iter()
        .map(|position| {
            (0..OUTCOMES)
                .find(|outcome| {
                    library.act_named(&format!("do act {}", outcome + 1)) == Some(position.act)
                })
                .ok_or_else(|| "unknown act".into())
        })
        .collect()
}
