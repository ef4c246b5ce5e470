//! Standard output and error: written once, in colour only where a person looks.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use sapar_diagnostics::Style;

use crate::ending::{Ending, Failure, Report};

/// Prints what a command returned and gives its exit code.
pub fn finish(result: Result<Report, Failure>) -> ExitCode {
    match result {
        Ok(report) => {
            let mut text = report.text;
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let mut stdout = std::io::stdout().lock();
            match stdout
                .write_all(text.as_bytes())
                .and_then(|()| stdout.flush())
            {
                Ok(()) => report.ending.into(),
                // The reader has seen enough, as with `| head`; what was found stays found.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                    report.ending.into()
                }
                Err(error) => {
                    say(&format!(
                        "sapar: the output could not be written ({error}); check the disk or the pipe"
                    ));
                    Ending::Fault.into()
                }
            }
        }
        Err(failure) => {
            say(&format!("sapar: {}", failure.message));
            failure.ending.into()
        }
    }
}

/// Says something on standard error; a closed standard error is nobody to tell.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// How diagnostics on standard output are drawn.
pub fn style() -> Style {
    if std::io::stdout().is_terminal() && wants_colour(|name| std::env::var(name).ok()) {
        Style::Coloured
    } else {
        Style::Plain
    }
}

fn wants_colour(variable: impl Fn(&str) -> Option<String>) -> bool {
    let refused = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && variable("TERM").as_deref() != Some("dumb")
}

/// Lets a fault of ours say where, and never what was being worked on: that may be a person's data.
pub fn keep_faults_short() {
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map_or_else(String::new, |place| {
            format!(" at {}:{}", place.file(), place.line())
        });
        say(&format!(
            "sapar: a fault of this program{place}; please report this line and what you did, without personal data"
        ));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_refused_by_the_environment() {
        let with = |name: &'static str, value: &'static str| {
            wants_colour(move |asked| (asked == name).then(|| value.to_owned()))
        };
        assert!(wants_colour(|_| None));
        assert!(with("NO_COLOR", ""));
        assert!(!with("NO_COLOR", "1"));
        assert!(!with("TERM", "dumb"));
    }
}
