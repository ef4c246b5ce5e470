//! Which law, on which day, from which packages.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use sapar_batch::Program;
use sapar_law::{Engine, Library};

use crate::clock;
use crate::ending::{Ending, Failure};
use crate::law::packages::Packages;
use crate::progress;

/// The packages in a folder, or those inside this program, without errors.
pub fn library(folder: Option<&Path>) -> Result<Arc<Library>, Failure> {
    let packages = Packages::read(folder)?;
    let read = progress::during("reading the laws", || packages.unchecked());
    if read.has_errors() {
        return Err(Failure::new(
            Ending::BadInput,
            "the laws have errors, so nothing was evaluated; `sapar law check FOLDER` names them",
        ));
    }
    Ok(Arc::new(read.library))
}

/// The program of `kazakhstan` or `kazakhstan@2016-06-06`; today where no day is given.
pub fn program(library: &Arc<Library>, law: &str) -> Result<Program, Failure> {
    let (name, day) = match law.split_once('@') {
        None => (law, clock::today()),
        Some((name, day)) => (name, self::day(day)?),
    };
    let Some(order) = library.order_named(name) else {
        let known: Vec<&str> = library
            .orders()
            .map(|(_, order)| order.id.as_str())
            .collect();
        return Err(Failure::new(
            Ending::Usage,
            format!(
                "no legal order is called `{name}`; there are: {}",
                known.join(", ")
            ),
        ));
    };
    let program = progress::during("compiling the law", || {
        Engine::new(Arc::clone(library), order, day)
            .and_then(|engine| Program::new(Arc::new(engine)))
    });
    program.map_err(|error| Failure::new(Ending::BadInput, error.to_string()))
}

fn day(text: &str) -> Result<Date, Failure> {
    clock::date(text).map_err(|error| {
        Failure::new(
            Ending::Usage,
            format!("the day after @ is not one: {error}"),
        )
    })
}
