//! The bytes of an event that its hash is made of.
//!
//! In this order, each number with its highest byte first:
//! [`FORMAT`]; event, node and stream, 16 bytes each; sequence (8); milliseconds (8) and count (4); actor (16);
//! the person, as 1 and 16 bytes or as 0; purpose and type, each as its length (4) and its UTF-8; version (2);
//! the open part as its length (8) and its bytes; the sealed part, as 1, its length (8) and its bytes or as 0;
//! the previous hash (32).
//!
//! Every part of changing length is told with its length, so no two events have the same bytes.

use sha2::{Digest, Sha256};

use crate::{Event, Hash};

/// Says what follows, and in which version of this order.
pub const FORMAT: &[u8; 16] = b"sapar event v001";

/// The hash that an event must have.
pub fn hash_of(event: &Event) -> Hash {
    let draft = &event.draft;
    let mut hasher = Sha256::new();
    hasher.update(FORMAT);
    hasher.update(draft.id.as_bytes());
    hasher.update(event.node.0.as_bytes());
    hasher.update(draft.stream.as_bytes());
    hasher.update(event.sequence.to_be_bytes());
    hasher.update(event.moment.millis.to_be_bytes());
    hasher.update(event.moment.count.to_be_bytes());
    hasher.update(draft.actor.as_bytes());
    match draft.about {
        Some(person) => {
            hasher.update([1]);
            hasher.update(person.as_bytes());
        }
        None => hasher.update([0]),
    }
    for text in [&draft.purpose, &draft.type_name] {
        // Longer texts than 4 GB are refused before they get here.
        hasher.update(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(draft.version.to_be_bytes());
    hasher.update((draft.open.len() as u64).to_be_bytes());
    hasher.update(&draft.open);
    match &draft.sealed {
        Some(sealed) => {
            hasher.update([1]);
            hasher.update((sealed.len() as u64).to_be_bytes());
            hasher.update(sealed);
        }
        None => hasher.update([0]),
    }
    hasher.update(event.previous.0);
    Hash(hasher.finalize().into())
}
