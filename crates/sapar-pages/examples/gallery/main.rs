//! Writes every page in three languages, with invented data, and the styles and script beside them.
//!
//! ```console
//! $ cargo run -p sapar-pages --example gallery -- DIR
//! ```

// By its path, so that its own modules are found in the same place when the tests use it.
#[path = "samples.rs"]
mod samples;

use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, io, process};

use samples::{Mode, Sampler};
use sapar_messages::Language;
use sapar_pages::{SCRIPT, STYLE, script_path, style_path};

fn main() {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("Name the folder to write to: cargo run -p sapar-pages --example gallery -- DIR");
        process::exit(2);
    };
    if let Err(error) = write(Path::new(&folder)) {
        eprintln!("{folder} could not be written: {error}");
        process::exit(1);
    }
}

fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("style.css"), STYLE)?;
    fs::write(folder.join("script.js"), SCRIPT)?;
    let mut largest = (0, String::new());
    let mut count = 0_u32;
    let mut making = Duration::ZERO;
    for language in Language::ALL {
        let folder = folder.join(language.code());
        fs::create_dir_all(&folder)?;
        // Once before the clock runs: the catalogue of a language is read when it is first asked for.
        samples::all(&Sampler::new(language, Mode::Plain));
        let started = Instant::now();
        let pages = samples::all(&Sampler::new(language, Mode::Plain));
        making += started.elapsed();
        for (name, page) in pages {
            count += 1;
            if page.len() > largest.0 {
                largest = (page.len(), format!("{language}/{name}"));
            }
            // Opened from a folder and not from a server, the page finds its styles beside it.
            let page = page
                .replace(&style_path(), "../style.css")
                .replace(&script_path(), "../script.js");
            fs::write(folder.join(format!("{name}.html")), page)?;
        }
    }
    println!(
        "{count} pages, {} µs each; style {} bytes, script {} bytes, largest page {} with {} bytes",
        making.as_micros() / u128::from(count.max(1)),
        STYLE.len(),
        SCRIPT.len(),
        largest.1,
        largest.0,
    );
    Ok(())
}
