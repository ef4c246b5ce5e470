//! Documents and notes: kept sealed, shown only with all their classes.

use jiff::Timestamp;
use sapar_access::Action;
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::{CheckedFile, Document, DocumentCommand, DocumentKind, MediaType};
use sapar_casework::event::{Body, Stream};
use sapar_casework::ids::{CaseId, DocumentId, NoteId, PersonId};
use sapar_casework::note::{Note, NoteCommand};
use sapar_casework::personal::Text;
use sapar_casework::stamp::Aggregate;
use sapar_sealing::Bound;
use sapar_store::File;
use uuid::Uuid;

use crate::Operations;
use crate::audit::Looked;
use crate::caller::Caller;
use crate::error::OperationError;
use crate::log::{Loaded, Writing};
use crate::projection::lists;
use crate::relations::{Standing, id};

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Which.
    pub id: DocumentId,
    /// What kind.
    pub kind: DocumentKind,
    /// Its title; nothing where it was erased.
    pub title: Option<String>,
    /// What the file is.
    pub media: MediaType,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// When it was kept.
    pub at: Timestamp,
    /// By which user.
    pub user: Uuid,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteView {
    /// Which.
    pub id: NoteId,
    /// Its words as they stand now; nothing where they were erased.
    pub words: Option<String>,
    /// What it tells of the person.
    pub classes: Classes,
    /// When it was written.
    pub at: Timestamp,
    /// By which user.
    pub user: Uuid,
    /// How often it was corrected.
    pub corrections: usize,
}

/// A document to be kept.
pub struct NewDocument<'b> {
    /// What kind.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// What else than the kind it tells of the person.
    pub classes: Classes,
    /// The media type that the sender claims.
    pub declared: Option<String>,
    /// The file.
    pub bytes: &'b [u8],
}

/// What a document of a kind tells of a person at least.
fn classes_of_kind(kind: DocumentKind) -> Classes {
    let identity = Classes::one(DataClass::Identity);
    match kind {
        DocumentKind::TravelDocument => identity.with(DataClass::Travel),
        DocumentKind::IdentityPaper | DocumentKind::Photograph | DocumentKind::Other => identity,
        DocumentKind::Medical => identity.with(DataClass::Health),
        // Applications, decisions and records of interviews may be of an asylum procedure; whoever knows better cannot say so,
        // since a class is added and never taken away.
        DocumentKind::Application | DocumentKind::Decision | DocumentKind::InterviewRecord => {
            identity.with(DataClass::Asylum)
        }
        DocumentKind::Consent => identity,
        DocumentKind::Evidence => identity.with(DataClass::Investigation),
    }
}

impl Operations {
    /// Keeps a document, sealed with the person's key.
    ///
    /// # Errors
    /// If the file is empty, too large or of another kind than allowed or said, or the caller may not record it.
    pub async fn keep_document(
        &self,
        caller: &Caller,
        person: PersonId,
        new: NewDocument<'_>,
    ) -> Result<DocumentId, OperationError> {
        let classes = classes_of_kind(new.kind).and(new.classes);
        let file = CheckedFile::check(new.declared.as_deref(), new.bytes)?;
        self.may_record(caller, person, classes).await?;
        let document: DocumentId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Document::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Document(document),
        };
        let command = DocumentCommand::Keep {
            person,
            kind: new.kind,
            file,
            classes,
            title: Text::new(&new.title),
        };
        let events = loaded.state.decide(command, &caller.stamp())?;
        let key = self
            .keys
            .of(&*self.store, person.uuid())
            .await?
            .ok_or(OperationError::NotThere)?;
        let sealed = self.keys.with_random(|random| {
            key.seal(
                Bound::File(document.uuid()),
                new.bytes,
                &mut |bytes: &mut [u8]| random(bytes),
            )
        });
        let mut writing = Writing {
            files: vec![File {
                id: document.uuid(),
                subject: person.uuid(),
                sealed,
            }],
            ..Writing::default()
        };
        self.add(
            &mut writing,
            caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Document(document, event),
        )?;
        self.write(caller, writing).await?;
        Ok(document)
    }

    /// A kept document and its bytes. That somebody opened it is recorded first.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where it does not exist for the caller, was withdrawn or erased.
    pub async fn open_document(
        &self,
        caller: &Caller,
        document: DocumentId,
    ) -> Result<(DocumentLine, Vec<u8>), OperationError> {
        let state: Document = self.state(Stream::Document(document)).await?;
        let kept = state.kept.as_ref().ok_or(OperationError::NotThere)?;
        let standing = self.standing(caller, kept.person).await?;
        let line = self
            .document_line(caller, standing, document, &state)
            .filter(|line| !line.withdrawn)
            .ok_or(OperationError::NotThere)?;
        self.look(caller, kept.person, Looked::Document).await?;
        let sealed = self
            .store
            .file(document.uuid())
            .await?
            .ok_or(OperationError::NotThere)?;
        let key = self
            .keys
            .of(&*self.store, kept.person.uuid())
            .await?
            .ok_or(OperationError::NotThere)?;
        let opened = key.open(Bound::File(document.uuid()), &sealed)?;
        Ok((line, opened.to_vec()))
    }

    /// Documents of a person, as far as the caller may see them.
    pub(crate) async fn documents_of(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Vec<DocumentLine>, OperationError> {
        let mut found = Vec::new();
        for entry in self.entries_of(lists::DOCUMENTS, person).await? {
            let document: DocumentId = id(entry.id)?;
            let state: Document = self.state(Stream::Document(document)).await?;
            found.extend(self.document_line(caller, standing, document, &state));
        }
        Ok(found)
    }

    fn document_line(
        &self,
        caller: &Caller,
        standing: Standing,
        document: DocumentId,
        state: &Document,
    ) -> Option<DocumentLine> {
        let kept = state.kept.as_ref()?;
        let sight = standing.sight(self, caller, Action::See, kept.classes);
        (sight.work && kept.classes.visible_to(sight.classes)).then(|| DocumentLine {
            id: document,
            kind: kept.kind,
            title: kept
                .details
                .get()
                .map(|details| details.title.as_str().to_owned()),
            media: kept.media,
            bytes: kept.bytes,
            at: kept.stamp.at,
            user: kept.stamp.by.user.uuid(),
            withdrawn: kept.withdrawn.is_some(),
        })
    }

    /// Writes a note.
    ///
    /// # Errors
    /// If it is empty or the caller may not record data of these classes.
    pub async fn write_note(
        &self,
        caller: &Caller,
        person: PersonId,
        case: Option<CaseId>,
        classes: Classes,
        words: &str,
    ) -> Result<NoteId, OperationError> {
        self.may_record(caller, person, classes).await?;
        let note: NoteId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Note::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Note(note),
        };
        let command = NoteCommand::Write {
            person,
            case,
            classes,
            words: Text::new(words),
        };
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Note(note, event)
        })
        .await?;
        Ok(note)
    }

    /// Notes of a person, as far as the caller may see them.
    pub(crate) async fn notes_of(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Vec<NoteView>, OperationError> {
        let mut found = Vec::new();
        for entry in self.entries_of(lists::NOTES, person).await? {
            let note: NoteId = id(entry.id)?;
            let state: Note = self.state(Stream::Note(note)).await?;
            let sight = standing.sight(self, caller, Action::See, state.classes);
            let (Some(first), Some(last)) = (state.texts.first(), state.texts.last()) else {
                continue;
            };
            if sight.work && state.classes.visible_to(sight.classes) {
                found.push(NoteView {
                    id: note,
                    words: last.words.get().map(|words| words.as_str().to_owned()),
                    classes: state.classes,
                    at: first.stamp.at,
                    user: first.stamp.by.user.uuid(),
                    corrections: state.texts.len() - 1,
                });
            }
        }
        Ok(found)
    }
}
