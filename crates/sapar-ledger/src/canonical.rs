//! An event as bytes, one way only.
//!
//! # What is hashed
//!
//! The sixteen bytes `sapar event v001`, then these fields in this order, each as its length in bytes (four bytes, big-endian) and its bytes:
//!
//! | field | bytes |
//! |---|---|
//! | event | 16, the UUID |
//! | node | 16 |
//! | sequence | 8, big-endian |
//! | clock | 8, big-endian, packed as [`crate::Clock::packed`] |
//! | command | 16 |
//! | part, parts | 2 each, big-endian |
//! | actor | one byte `u` and the UUID, or one byte `p` and the program's code |
//! | purpose | the code in UTF-8 |
//! | name | the name in UTF-8 |
//! | version | 2, big-endian |
//! | stream | 16 |
//! | subject | empty, or 16 |
//! | open | as they are; JSON is never written anew, so that spaces or the order of keys cannot matter |
//! | digest of the sealed part | empty, or the 32 bytes of its SHA-256 |
//! | previous | 32 |
//!
//! Every field has its length before it, so that no two events have the same bytes.
//! The hash of an event is the SHA-256 of all that.
//!
//! # What is handed on
//!
//! [`encode`] writes the same with two more fields: the sealed part (one byte `n`, none; `w`, withheld; or `p` and the bytes) and the hash.
//! [`decode`] takes back exactly that, reads nothing past the bounds of an event, and refuses bytes left over.

use uuid::Uuid;

use crate::clock::Clock;
use crate::code::{Code, EventName, NAME_BYTES_MAX};
use crate::event::{Actor, Command, Event, Hash, OPEN_BYTES_MAX, SEALED_BYTES_MAX, Sealed};
use crate::id::{CommandId, EventId, NodeId};

const MAGIC: &[u8; 16] = b"sapar event v001";

/// Bytes are not an event. No text repeats them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// They do not begin as an event does.
    #[error("these bytes are not an event of this version of the format")]
    NotAnEvent,
    /// They end too early.
    #[error("the bytes of an event end in the middle of `{field}`")]
    Short {
        /// Where.
        field: &'static str,
    },
    /// A field is not what it must be.
    #[error("the field `{field}` of an event cannot be read")]
    Field {
        /// Which.
        field: &'static str,
    },
    /// More follows.
    #[error("{bytes} bytes follow the end of an event")]
    LeftOver {
        /// How many.
        bytes: usize,
    },
}

/// The bytes that an event's hash is taken of.
#[must_use]
pub fn hashed_bytes(event: &Event) -> Vec<u8> {
    let mut out = Vec::with_capacity(320 + event.open.len());
    out.extend_from_slice(MAGIC);
    put(&mut out, event.id.uuid().as_bytes());
    put(&mut out, event.node.uuid().as_bytes());
    put(&mut out, &event.sequence.to_be_bytes());
    put(&mut out, &event.clock.packed().to_be_bytes());
    put(&mut out, event.command.id.uuid().as_bytes());
    put(&mut out, &event.part.to_be_bytes());
    put(&mut out, &event.parts.to_be_bytes());
    put(&mut out, &actor_bytes(&event.command.actor));
    put(&mut out, event.command.purpose.as_str().as_bytes());
    put(&mut out, event.name.as_str().as_bytes());
    put(&mut out, &event.version.to_be_bytes());
    put(&mut out, event.stream.as_bytes());
    put(
        &mut out,
        event
            .subject
            .as_ref()
            .map_or(&[], |subject| subject.as_bytes()),
    );
    put(&mut out, &event.open);
    let digest = event.sealed.digest();
    put(&mut out, digest.as_ref().map_or(&[], |digest| &digest.0));
    put(&mut out, &event.previous.0);
    out
}

/// An event with everything it has, to hand on.
#[must_use]
pub fn encode(event: &Event) -> Vec<u8> {
    let mut out = hashed_bytes(event);
    match &event.sealed {
        Sealed::None => put(&mut out, b"n"),
        Sealed::Withheld(_) => put(&mut out, b"w"),
        Sealed::Present(bytes) => {
            let mut tagged = Vec::with_capacity(bytes.len() + 1);
            tagged.push(b'p');
            tagged.extend_from_slice(bytes);
            put(&mut out, &tagged);
        }
    }
    put(&mut out, &event.hash.0);
    out
}

/// Takes back what [`encode`] wrote; whether to believe it is for a [`crate::Verifier`].
///
/// # Errors
/// If the bytes are not exactly one event.
pub fn decode(bytes: &[u8]) -> Result<Event, DecodeError> {
    let rest = bytes
        .strip_prefix(MAGIC.as_slice())
        .ok_or(DecodeError::NotAnEvent)?;
    let mut fields = Fields { rest };
    let id =
        EventId::new(fields.uuid("event")?).map_err(|_| DecodeError::Field { field: "event" })?;
    let node =
        NodeId::new(fields.uuid("node")?).map_err(|_| DecodeError::Field { field: "node" })?;
    let sequence = u64::from_be_bytes(fields.array("sequence")?);
    let clock = Clock::from_packed(u64::from_be_bytes(fields.array("clock")?))
        .map_err(|_| DecodeError::Field { field: "clock" })?;
    let command_id = CommandId::new(fields.uuid("command")?)
        .map_err(|_| DecodeError::Field { field: "command" })?;
    let part = u16::from_be_bytes(fields.array("part")?);
    let parts = u16::from_be_bytes(fields.array("parts")?);
    let actor = read_actor(fields.take("actor", NAME_BYTES_MAX + 1)?)?;
    let purpose =
        Code::new(fields.text("purpose")?).map_err(|_| DecodeError::Field { field: "purpose" })?;
    let name =
        EventName::new(fields.text("name")?).map_err(|_| DecodeError::Field { field: "name" })?;
    let version = u16::from_be_bytes(fields.array("version")?);
    let stream = fields.uuid("stream")?;
    let subject = match fields.take("subject", 16)? {
        [] => None,
        bytes => {
            Some(Uuid::from_slice(bytes).map_err(|_| DecodeError::Field { field: "subject" })?)
        }
    };
    let open = fields.take("open", OPEN_BYTES_MAX)?.to_vec();
    let digest = match fields.take("digest", 32)? {
        [] => None,
        bytes => Some(Hash(
            bytes
                .try_into()
                .map_err(|_| DecodeError::Field { field: "digest" })?,
        )),
    };
    let previous = Hash(fields.array("previous")?);
    let sealed = match (
        fields.take("sealed", SEALED_BYTES_MAX + 1)?.split_first(),
        digest,
    ) {
        (Some((b'n', [])), None) => Sealed::None,
        (Some((b'w', [])), Some(digest)) => Sealed::Withheld(digest),
        // The digest is worked out anew, so bytes that do not fit it change the event's hash.
        (Some((b'p', bytes)), Some(digest)) if Hash::of(bytes) == digest => {
            Sealed::Present(bytes.to_vec())
        }
        _ => return Err(DecodeError::Field { field: "sealed" }),
    };
    let hash = Hash(fields.array("hash")?);
    if !fields.rest.is_empty() {
        return Err(DecodeError::LeftOver {
            bytes: fields.rest.len(),
        });
    }
    let command = Command {
        id: command_id,
        actor,
        purpose,
    };
    Ok(Event {
        id,
        node,
        sequence,
        clock,
        command,
        part,
        parts,
        name,
        version,
        stream,
        subject,
        open,
        sealed,
        previous,
        hash,
    })
}

fn put(out: &mut Vec<u8>, field: &[u8]) {
    // No field is longer than the bounds of an event, far below four gigabytes; a longer one would be our own mistake, and
    // a length that does not fit is then seen as such by every reader.
    let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(field);
}

fn actor_bytes(actor: &Actor) -> Vec<u8> {
    match actor {
        Actor::User(id) => [b"u".as_slice(), id.as_bytes()].concat(),
        Actor::Program(code) => [b"p", code.as_str().as_bytes()].concat(),
    }
}

fn read_actor(bytes: &[u8]) -> Result<Actor, DecodeError> {
    let wrong = DecodeError::Field { field: "actor" };
    match bytes.split_first() {
        Some((b'u', id)) => Uuid::from_slice(id).map(Actor::User).map_err(|_| wrong),
        Some((b'p', code)) => std::str::from_utf8(code)
            .ok()
            .and_then(|code| Code::new(code).ok())
            .map(Actor::Program)
            .ok_or(wrong),
        _ => Err(wrong),
    }
}

struct Fields<'b> {
    rest: &'b [u8],
}

impl<'b> Fields<'b> {
    fn take(&mut self, field: &'static str, bytes_max: usize) -> Result<&'b [u8], DecodeError> {
        let (length, rest) = self
            .rest
            .split_first_chunk::<4>()
            .ok_or(DecodeError::Short { field })?;
        let length = usize::try_from(u32::from_be_bytes(*length))
            .map_err(|_| DecodeError::Field { field })?;
        if length > bytes_max {
            return Err(DecodeError::Field { field });
        }
        let (bytes, rest) = rest
            .split_at_checked(length)
            .ok_or(DecodeError::Short { field })?;
        self.rest = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], DecodeError> {
        self.take(field, N)?
            .try_into()
            .map_err(|_| DecodeError::Field { field })
    }

    fn uuid(&mut self, field: &'static str) -> Result<Uuid, DecodeError> {
        self.array(field).map(Uuid::from_bytes)
    }

    fn text(&mut self, field: &'static str) -> Result<&'b str, DecodeError> {
        std::str::from_utf8(self.take(field, NAME_BYTES_MAX)?)
            .map_err(|_| DecodeError::Field { field })
    }
}
