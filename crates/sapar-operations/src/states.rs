//! States of streams that were read lately, so that a page does not fold the same events again and again.
//!
//! A state is never shown as it was: each time only the events after it are asked for, and taken in.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sapar_casework::event::Stream;
use sapar_casework::ids::PersonId;

use crate::log::Loaded;

/// How much is kept, in bytes as they stand in the log; in memory a state takes some times as much.
const BYTES_MAX: u64 = 3 << 20;

/// About how much one state takes in the log.
const BYTES_OF_ONE: u64 = 4 << 10;

#[derive(Clone)]
struct Remembered {
    state: Arc<dyn Any + Send + Sync>,
    about: Option<PersonId>,
    bytes: u64,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Stream, Remembered> for ByBytes {
    fn weight(&self, _: &Stream, remembered: &Remembered) -> u64 {
        remembered.bytes.saturating_add(256)
    }
}

/// States that were read lately.
pub(crate) struct States {
    remembered: Cache<Stream, Remembered, ByBytes>,
    /// Grows when somebody is erased, so that nothing read before that is remembered after it.
    forgotten: AtomicU64,
}

impl Default for States {
    fn default() -> Self {
        let items = usize::try_from(BYTES_MAX / BYTES_OF_ONE).unwrap_or(1_024);
        Self {
            remembered: Cache::with_weighter(items, BYTES_MAX, ByBytes),
            forgotten: AtomicU64::new(0),
        }
    }
}

impl States {
    /// The state as it was read last, and how many bytes of the log made it.
    pub(crate) fn get<T: Send + Sync + 'static>(
        &self,
        stream: Stream,
    ) -> Option<(Arc<Loaded<T>>, u64)> {
        let Remembered { state, bytes, .. } = self.remembered.get(&stream)?;
        Some((state.downcast().ok()?, bytes))
    }

    /// What [`States::keep`] must be told, to be asked before the database is.
    pub(crate) fn moment(&self) -> u64 {
        self.forgotten.load(Ordering::Acquire)
    }

    /// Remembers a state, unless somebody was erased since the moment given.
    pub(crate) fn keep<T: Send + Sync + 'static>(
        &self,
        moment: u64,
        state: &Arc<Loaded<T>>,
        bytes: u64,
    ) {
        if self.moment() != moment {
            return;
        }
        let remembered = Remembered {
            state: Arc::clone(state) as Arc<dyn Any + Send + Sync>,
            about: state.about(),
            bytes,
        };
        self.remembered.insert(state.stream, remembered);
        // Between the two somebody may have been erased.
        if self.moment() != moment {
            self.remembered.remove(&state.stream);
        }
    }

    /// Forgets everything: what is in the database is not what was read, as after a backup was put back.
    pub(crate) fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.remembered.clear();
    }

    /// Forgets everything about a person who was erased.
    pub(crate) fn forget_person(&self, person: PersonId) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.remembered
            .retain(|_, remembered| remembered.about != Some(person));
    }
}
