//! The repository as the checks see it: its files, their text, and what cargo knows of its crates.
//!
//! Files are the ones git tracks or would track, so build output and local scratch files are never judged.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// Why a check could not be made; a finding is not a failure.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{path}: {source}")]
    Read {
        path: String,
        source: std::io::Error,
    },
    #[error("cargo metadata: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    #[error("git ls-files: {0}")]
    Git(String),
    #[error("{0}")]
    Advisories(String),
    #[error("{0}")]
    Command(String),
}

/// The root, the list of files, and cargo's metadata, read once.
pub struct Repository {
    root: PathBuf,
    files: Vec<String>,
    metadata: OnceCell<Metadata>,
}

impl Repository {
    /// Opens the repository this crate was built from.
    pub fn open() -> Result<Self, Failure> {
        // Cargo names the manifest's folder, `<root>/xtask`, at run time; what was true when this was
        // compiled may be another checkout that shares the target folder.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().unwrap_or(&manifest).to_path_buf();
        let listing = Command::new("git")
            .args([
                "-c",
                "core.quotepath=off",
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(&root)
            .output()
            .map_err(|error| Failure::Git(error.to_string()))?;
        if !listing.status.success() {
            return Err(Failure::Git(
                String::from_utf8_lossy(&listing.stderr).into_owned(),
            ));
        }
        let mut files: Vec<String> = String::from_utf8_lossy(&listing.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
            // A file removed from the work tree and not yet from the index is nobody's to judge.
            .filter(|path| root.join(path).is_file())
            .map(str::to_owned)
            .collect();
        files.sort();
        files.dedup();
        Ok(Self {
            root,
            files,
            metadata: OnceCell::new(),
        })
    }

    /// The folder everything else is relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file, relative to the root, with `/` between folders.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The files whose name ends in `.extension`.
    pub fn files_with_extension<'a>(
        &'a self,
        extension: &'a str,
    ) -> impl Iterator<Item = &'a str> + 'a {
        self.files
            .iter()
            .map(String::as_str)
            .filter(move |path| Path::new(path).extension().is_some_and(|e| e == extension))
    }

    /// Whether there is a file or a folder of this name, relative to the root.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty()
            || self.files.iter().any(|file| {
                file == path
                    || file
                        .strip_prefix(path)
                        .is_some_and(|rest| rest.starts_with('/'))
            })
    }

    /// The text of a file that must be text.
    pub fn read(&self, path: &str) -> Result<String, Failure> {
        std::fs::read_to_string(self.root.join(path)).map_err(|source| Failure::Read {
            path: path.to_owned(),
            source,
        })
    }

    /// Replaces the text of a file.
    pub fn write(&self, path: &str, text: &str) -> Result<(), Failure> {
        std::fs::write(self.root.join(path), text).map_err(|source| Failure::Read {
            path: path.to_owned(),
            source,
        })
    }

    /// The text of a file, or nothing where the file is not UTF-8 text.
    pub fn read_if_text(&self, path: &str) -> Result<Option<String>, Failure> {
        let bytes = std::fs::read(self.root.join(path)).map_err(|source| Failure::Read {
            path: path.to_owned(),
            source,
        })?;
        Ok(String::from_utf8(bytes).ok())
    }

    /// What cargo knows of the workspace and everything it locks.
    pub fn metadata(&self) -> Result<&Metadata, Failure> {
        if let Some(metadata) = self.metadata.get() {
            return Ok(metadata);
        }
        let metadata = MetadataCommand::new().current_dir(&self.root).exec()?;
        Ok(self.metadata.get_or_init(|| metadata))
    }

    /// The packages of the workspace, sorted by name.
    pub fn members(&self) -> Result<Vec<&Package>, Failure> {
        let mut members = self.metadata()?.workspace_packages();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(members)
    }

    /// A path of cargo's, relative to the root.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    }
}
