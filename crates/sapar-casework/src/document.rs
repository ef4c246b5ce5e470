//! Kept documents: what is known of them. The bytes are kept, sealed, by the store.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::classes::Classes;
use crate::ids::PersonId;
use crate::person::{not_too_long, words as check_words};
use crate::personal::{Personal, Text, sealed_in};
use crate::refusal::Refusal;
use crate::stamp::{Aggregate, Fold, Stamp};

/// Largest document, in bytes: 20 MB.
pub const DOCUMENT_BYTES_MAX: usize = 20_000_000;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// Copy of a travel document.
    TravelDocument,
    /// Another paper of identity: birth certificate, military card.
    IdentityPaper,
    /// Photograph of the person.
    Photograph,
    /// Medical paper.
    Medical,
    /// An application the person made.
    Application,
    /// A decision of an authority or court.
    Decision,
    /// A record of an interview.
    InterviewRecord,
    /// A signed consent.
    Consent,
    /// Evidence of an offence.
    Evidence,
    /// Another.
    Other,
}

/// Media types that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MediaType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// WebP.
    #[serde(rename = "image/webp")]
    WebP,
}

impl MediaType {
    /// Every media type that is kept.
    pub const ALL: [MediaType; 4] = [
        MediaType::Pdf,
        MediaType::Jpeg,
        MediaType::Png,
        MediaType::WebP,
    ];

    /// The name by which it is served.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MediaType::Pdf => "application/pdf",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::WebP => "image/webp",
        }
    }

    /// The media type by the first bytes; `None` for anything that is not kept.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        match bytes {
            _ if bytes.starts_with(b"%PDF-") => Some(MediaType::Pdf),
            _ if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) => Some(MediaType::Jpeg),
            _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some(MediaType::Png),
            _ if webp => Some(MediaType::WebP),
            _ => None,
        }
    }
}

/// A file whose kind and size were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedFile {
    media: MediaType,
    bytes: u64,
    hash: [u8; 32],
}

impl CheckedFile {
    /// Checks a file by its bytes; what it was declared to be counts only where it disagrees.
    ///
    /// # Errors
    /// If it is empty, larger than [`DOCUMENT_BYTES_MAX`], of a kind that is not kept, or not what it was declared to be.
    pub fn check(declared: Option<&str>, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.is_empty() {
            return Err(Refusal::FileEmpty);
        }
        if bytes.len() > DOCUMENT_BYTES_MAX {
            return Err(Refusal::FileTooLarge);
        }
        let media = MediaType::of_bytes(bytes).ok_or(Refusal::FileKindNotAllowed)?;
        if declared.is_some_and(|declared| !declared.eq_ignore_ascii_case(media.name())) {
            return Err(Refusal::FileKindDiffers);
        }
        Ok(Self {
            media,
            bytes: bytes.len() as u64,
            hash: Sha256::digest(bytes).into(),
        })
    }

    /// Its media type.
    #[must_use]
    pub fn media(&self) -> MediaType {
        self.media
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of its bytes.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }
}

/// What is personal of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentDetails {
    /// What it is called.
    pub title: Text,
    /// SHA-256 of its bytes: whoever has the same file could recognise the person by it.
    pub hash: Hash,
}

/// SHA-256, as 64 hexadecimal digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hash(withheld)")
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const NOT_HASH: &str = "not 64 hexadecimal digits";
        let mut hash = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NOT_HASH);
        }
        for (place, byte) in hash.iter_mut().enumerate() {
            let digits = text.get(2 * place..2 * place + 2).ok_or(NOT_HASH)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NOT_HASH)?;
        }
        Ok(Self(hash))
    }
}

/// What somebody wants of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentCommand {
    /// Keep it.
    Keep {
        /// Whose.
        person: PersonId,
        /// What it is.
        kind: DocumentKind,
        /// The checked file.
        file: CheckedFile,
        /// What it tells of the person.
        classes: Classes,
        /// What it is called.
        title: Text,
    },
    /// It was found to tell more.
    AddClasses {
        /// The further classes.
        classes: Classes,
    },
    /// Not to be used any more.
    Withdraw {
        /// Why.
        words: Text,
    },
}

/// What happened to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DocumentEvent {
    /// Kept.
    Kept {
        /// Whose.
        person: PersonId,
        /// What it is.
        kind: DocumentKind,
        /// Its media type.
        media: MediaType,
        /// Its size.
        bytes: u64,
        /// What it tells of the person.
        classes: Classes,
        /// Title and hash.
        #[serde(skip)]
        personal: Personal<DocumentDetails>,
    },
    /// It tells more.
    ClassesAdded {
        /// The further classes.
        classes: Classes,
    },
    /// Withdrawn.
    Withdrawn {
        /// Why.
        #[serde(skip)]
        personal: Personal<Text>,
    },
}

sealed_in!(DocumentEvent: Kept Withdrawn);

/// What is known of a kept document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDocument {
    /// Whose.
    pub person: PersonId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its media type.
    pub media: MediaType,
    /// Its size.
    pub bytes: u64,
    /// What it tells of the person.
    pub classes: Classes,
    /// Title and hash.
    pub details: Personal<DocumentDetails>,
    /// Who kept it, when.
    pub stamp: Stamp,
    /// Who withdrew it, when.
    pub withdrawn: Option<Stamp>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What is known of it; `None` before it was kept.
    pub kept: Option<KeptDocument>,
}

impl Aggregate for Document {
    type Command = DocumentCommand;

    fn decide(&self, command: DocumentCommand, _: &Stamp) -> Result<Vec<DocumentEvent>, Refusal> {
        if let DocumentCommand::Keep {
            person,
            kind,
            file,
            classes,
            title,
        } = command
        {
            if self.kept.is_some() {
                return Err(Refusal::ExistsAlready);
            }
            check_words(&title)?;
            let details = DocumentDetails {
                title,
                hash: Hash(file.hash()),
            };
            return Ok(vec![DocumentEvent::Kept {
                person,
                kind,
                media: file.media(),
                bytes: file.bytes(),
                classes,
                personal: Personal::known(details),
            }]);
        }
        let kept = self.kept.as_ref().ok_or(Refusal::NotThere)?;
        if kept.withdrawn.is_some() {
            return Err(Refusal::DocumentWithdrawn);
        }
        Ok(match command {
            DocumentCommand::AddClasses { classes } if classes.visible_to(kept.classes) => {
                Vec::new()
            }
            DocumentCommand::AddClasses { classes } => {
                vec![DocumentEvent::ClassesAdded { classes }]
            }
            DocumentCommand::Withdraw { words } => {
                check_words(&words)?;
                not_too_long(&words)?;
                vec![DocumentEvent::Withdrawn {
                    personal: Personal::known(words),
                }]
            }
            DocumentCommand::Keep { .. } => Vec::new(),
        })
    }
}

impl Fold for Document {
    type Event = DocumentEvent;

    fn apply(&mut self, event: &DocumentEvent, stamp: &Stamp) {
        match event {
            DocumentEvent::Kept {
                person,
                kind,
                media,
                bytes,
                classes,
                personal,
            } => {
                self.kept.get_or_insert_with(|| KeptDocument {
                    person: *person,
                    kind: *kind,
                    media: *media,
                    bytes: *bytes,
                    classes: *classes,
                    details: personal.clone(),
                    stamp: *stamp,
                    withdrawn: None,
                });
            }
            DocumentEvent::ClassesAdded { classes } => {
                if let Some(kept) = &mut self.kept {
                    kept.classes = kept.classes.and(*classes);
                }
            }
            DocumentEvent::Withdrawn { .. } => {
                if let Some(kept) = &mut self.kept {
                    kept.withdrawn.get_or_insert(*stamp);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let png = b"\x89PNG\r\n\x1a\nrest";
        assert_eq!(
            CheckedFile::check(Some("image/png"), png).unwrap().media(),
            MediaType::Png
        );
        assert_eq!(
            CheckedFile::check(Some("image/jpeg"), png),
            Err(Refusal::FileKindDiffers)
        );
        assert_eq!(CheckedFile::check(None, b""), Err(Refusal::FileEmpty));
        for foreign in [
            &b"MZ\x90"[..],
            b"<html>",
            b"PK\x03\x04",
            b"RIFF____AVI ",
            b"%PD",
            b"GIF89a",
        ] {
            assert_eq!(
                CheckedFile::check(None, foreign),
                Err(Refusal::FileKindNotAllowed)
            );
        }
        assert_eq!(
            MediaType::of_bytes(b"RIFF____WEBPVP8 "),
            Some(MediaType::WebP)
        );
        assert_eq!(MediaType::of_bytes(b"%PDF-1.7"), Some(MediaType::Pdf));
        assert_eq!(
            MediaType::of_bytes(&[0xFF, 0xD8, 0xFF, 0xE0]),
            Some(MediaType::Jpeg)
        );
    }

    #[test]
    fn twenty_megabytes_and_no_byte_more() {
        let mut file = b"%PDF-".to_vec();
        file.resize(DOCUMENT_BYTES_MAX, 0);
        assert_eq!(CheckedFile::check(None, &file).unwrap().bytes(), 20_000_000);
        file.push(0);
        assert_eq!(CheckedFile::check(None, &file), Err(Refusal::FileTooLarge));
    }

    #[test]
    fn the_hash_is_sha_256_and_round_trips() {
        let file = CheckedFile::check(None, b"%PDF-").unwrap();
        let text = String::from(Hash(file.hash()));
        // Computed with `printf '%%PDF-' | sha256sum`.
        assert_eq!(
            text,
            "38523c087796e5d5dd1cf9bad1fb026781a838dd9dd2cf8af58b9f6502a46778"
        );
        assert_eq!(Hash::try_from(text).unwrap().0, file.hash());
        assert!(Hash::try_from("é".repeat(32)).is_err());
    }
}
