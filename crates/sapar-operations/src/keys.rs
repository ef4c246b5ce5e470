//! Keys of persons while the program runs, and random bytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sapar_ledger::{CommandId, EventId};
use sapar_sealing::{DataKey, NodeKey};
use sapar_store::{KeyState, Store};
use uuid::Uuid;

use crate::error::OperationError;

/// Random bytes of the operating system, from whoever runs this.
pub type RandomBytes = Box<dyn FnMut(&mut [u8]) + Send>;

/// How many keys are kept in memory.
const KEYS_MAX: usize = 4_096;

pub(crate) struct Keys {
    node_key: NodeKey,
    random: Mutex<RandomBytes>,
    kept: Mutex<HashMap<Uuid, Arc<DataKey>>>,
}

impl Keys {
    pub(crate) fn new(node_key: NodeKey, random: RandomBytes) -> Self {
        Self {
            node_key,
            random: Mutex::new(random),
            kept: Mutex::new(HashMap::new()),
        }
    }

    pub(crate) fn node_key(&self) -> &NodeKey {
        &self.node_key
    }

    /// With the random source in hand.
    pub(crate) fn with_random<T>(&self, work: impl FnOnce(&mut dyn FnMut(&mut [u8])) -> T) -> T {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut **random)
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with_random(|random| random(&mut bytes));
        bytes
    }

    /// A new identifier, made at this moment.
    pub(crate) fn id(&self, now: Timestamp) -> Uuid {
        let ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &self.bytes()).into_uuid()
    }

    pub(crate) fn event_id(&self, now: Timestamp) -> Result<EventId, OperationError> {
        EventId::new(self.id(now)).map_err(|_| OperationError::Own("an identifier"))
    }

    pub(crate) fn command_id(&self, now: Timestamp) -> Result<CommandId, OperationError> {
        CommandId::new(self.id(now)).map_err(|_| OperationError::Own("an identifier"))
    }

    pub(crate) fn make(&self, person: Uuid) -> (Arc<DataKey>, sapar_sealing::Wrapped) {
        let (key, wrapped) = self.with_random(|random| {
            let mut random = |bytes: &mut [u8]| random(bytes);
            let key = DataKey::make(person, &mut random);
            let wrapped = key.wrap(&self.node_key, &mut random);
            (key, wrapped)
        });
        (Arc::new(key), wrapped)
    }

    pub(crate) fn keep(&self, person: Uuid, key: &Arc<DataKey>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEYS_MAX {
            kept.clear();
        }
        kept.insert(person, Arc::clone(key));
    }

    pub(crate) fn forget(&self, person: Uuid) {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&person);
    }

    /// A person's key; `None` if there is none, or it was destroyed.
    pub(crate) async fn of(
        &self,
        store: &dyn Store,
        person: Uuid,
    ) -> Result<Option<Arc<DataKey>>, OperationError> {
        let known = self
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&person)
            .cloned();
        if known.is_some() {
            return Ok(known);
        }
        match store.key(person).await? {
            KeyState::Wrapped(wrapped) => {
                let key = Arc::new(DataKey::unwrap(&wrapped, person, &self.node_key)?);
                self.keep(person, &key);
                Ok(Some(key))
            }
            KeyState::Never | KeyState::Destroyed => Ok(None),
        }
    }
}
