//! Completion scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::ending::Report;

/// For which shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar completions bash > ~/.local/share/bash-completion/completions/sapar
  sapar completions zsh > ~/.zfunc/_sapar
  sapar completions fish > ~/.config/fish/completions/sapar.fish")]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// The script.
pub fn run(arguments: &Arguments) -> Report {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut crate::Arguments::command(),
        "sapar",
        &mut script,
    );
    Report::fine(String::from_utf8_lossy(&script))
}
