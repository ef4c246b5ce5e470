//! What users can do: each operation authorises, decides, stores and records who did it.
//!
//! No handler of a server queries a store; it calls an operation here, and an operation fetches through what the caller may see.
//! What a caller may not see does not exist for them: it is not in lists, counts, search, exports or errors.
//!
//! # The road through this crate
//!
//! * [`Operations::open`] takes a store, the node key, the policies, the law and a source of random bytes.
//! * [`sign_in`] turns a name and a password into a [`Caller`], whom every other operation takes;
//!   [`passkeys`] and [`identities`] are the other ways in.
//! * [`encounters`], [`people`], [`screenings`], [`tasks`], [`referrals`], [`cases`] and [`papers`] are the day's work;
//!   [`desk`], [`search`] and [`dashboard`] show it.
//! * [`reviews`] is what follows when glass is broken; [`directory`] is administration.
//!
//! # Rules that hold everywhere
//!
//! * **Asylum firewall.** Who acts for return or readmission, or for an agency whose mandate has it, sees positions, tasks,
//!   referrals, cases, notes and documents only as far as they tell nothing of asylum, and outcomes computed without such facts.
//!   One bit is released on purpose: that a return is on hold, with the same words whatever the reason is (docs/adr/0020).
//! * The clock and random bytes are passed in.
//! * No error and no log line holds personal data.

mod audit;
mod caller;
pub mod cases;
mod clock;
pub mod dashboard;
pub mod desk;
pub mod directory;
mod each;
pub mod encounters;
mod error;
mod hashing;
pub mod identities;
mod keys;
mod law;
mod log;
pub mod papers;
pub mod passkeys;
pub mod people;
mod projection;
pub mod referrals;
mod relations;
pub mod reviews;
pub mod screenings;
pub mod search;
pub mod sign_in;
mod states;
pub mod tasks;
mod whole;

use std::sync::{Arc, RwLock};

use jiff::Timestamp;
use sapar_access::Access;
use sapar_ledger::Code;
use sapar_sealing::{IndexKey, NodeKey, Wrapped};
use sapar_sign_in::csrf::FormKey;
use sapar_store::{Expected, Rebuilt, Store};

pub use audit::Looked;
pub use caller::{Caller, Sight};
pub use error::{FieldError, OperationError};
pub use keys::RandomBytes;
pub use law::LawBook;
pub use projection::FINDINGS;

use directory::Directory;
use hashing::Hashing;
use keys::Keys;
use projection::Tables;
use screenings::Interviews;

/// Everything operations need from outside.
pub struct Parts {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The key that wraps all others.
    pub node_key: NodeKey,
    /// The policies.
    pub access: Arc<Access>,
    /// The law.
    pub law: LawBook,
    /// Random bytes of the operating system.
    pub random: RandomBytes,
}

/// What users can do.
pub struct Operations {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) keys: Keys,
    pub(crate) index: Arc<IndexKey>,
    pub(crate) access: Arc<Access>,
    pub(crate) law: LawBook,
    pub(crate) directory: RwLock<Arc<Directory>>,
    pub(crate) interviews: Interviews,
    pub(crate) states: states::States,
    pub(crate) form_key: FormKey,
    pub(crate) ceremonies: passkeys::Ceremonies,
    pub(crate) hashing: Hashing,
    pub(crate) clock: clock::NewestTime,
}

const SETTINGS: &str = "settings";

/// The setting that marks a demonstration.
const INVENTED: &[u8] = b"invented";

impl Operations {
    /// Takes the parts, and reads or makes what belongs to the database: the key of search and the directory.
    ///
    /// # Errors
    /// If the database fails, or its keys were wrapped by another node key.
    pub async fn open(parts: Parts, now: Timestamp) -> Result<Self, OperationError> {
        let keys = Keys::new(parts.node_key, parts.random);
        let store = parts.store;
        let index = index_key(&*store, &keys, now).await?;
        let clock = clock::NewestTime::default();
        for head in store.heads().await? {
            clock.took(head.clock.ms());
        }
        Ok(Self {
            directory: RwLock::new(Arc::new(Directory::read(&*store).await?)),
            store,
            index: Arc::new(index),
            access: parts.access,
            law: parts.law,
            interviews: Interviews::default(),
            states: states::States::default(),
            // From the node key, so that a form that was being typed survives a restart.
            form_key: FormKey::new(*keys.node_key().derive("form token")),
            ceremonies: passkeys::Ceremonies::default(),
            hashing: Hashing::default(),
            clock,
            keys,
        })
    }

    /// The time of the newest record, where the machine's clock is more than a minute behind it.
    ///
    /// Then the clock was set back, or ran ahead before. Records stay in their order, but due times are wrong until somebody sets it.
    #[must_use]
    pub fn clock_went_back(&self, now: Timestamp) -> Option<Timestamp> {
        self.clock.later_than(now)
    }

    /// The law that screenings are held under.
    #[must_use]
    pub fn law(&self) -> &LawBook {
        &self.law
    }

    /// The key for the form of signing in, which belongs to no session yet; the same after a restart.
    #[must_use]
    pub fn guest_form_key(&self) -> FormKey {
        FormKey::new(*self.keys.node_key().derive("form token of a guest"))
    }

    /// The database, for whoever keeps it: backups, proofs, health.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Whether everybody in the database is invented.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_invented(&self) -> Result<bool, OperationError> {
        let marked = self
            .store
            .record(Code::new(SETTINGS)?, INVENTED.to_vec(), 0)
            .await?;
        Ok(marked.is_some())
    }

    /// Marks an empty database as one of invented people, for good.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn mark_invented(&self) -> Result<(), OperationError> {
        self.store
            .put_record(
                Code::new(SETTINGS)?,
                INVENTED.to_vec(),
                b"yes".to_vec(),
                None,
                Expected::Any,
            )
            .await?;
        Ok(())
    }

    /// Makes lists and search again from the log.
    ///
    /// # Errors
    /// If an event cannot be read or the database fails; lists and search are then as they were.
    pub async fn rebuild(&self, node_key: NodeKey) -> Result<Rebuilt, OperationError> {
        let rebuilder = projection::Rebuilder::new(self.tables(), node_key);
        Ok(self.store.rebuild(Box::new(rebuilder)).await?)
    }

    pub(crate) fn tables(&self) -> Tables {
        Tables {
            directory: self.directory(),
            index: Arc::clone(&self.index),
        }
    }
}

async fn index_key(
    store: &dyn Store,
    keys: &Keys,
    now: Timestamp,
) -> Result<IndexKey, OperationError> {
    let (space, key) = (Code::new(SETTINGS)?, b"index-key".to_vec());
    let now_ms = now.as_millisecond();
    if let Some(record) = store.record(space.clone(), key.clone(), now_ms).await? {
        let wrapped = Wrapped::from_bytes(record.value)?;
        return Ok(IndexKey::unwrap(&wrapped, keys.node_key())?);
    }
    let (made, wrapped) = keys.with_random(|random| {
        let mut random = |bytes: &mut [u8]| random(bytes);
        let made = IndexKey::make(&mut random);
        let wrapped = made.wrap(keys.node_key(), &mut random);
        (made, wrapped)
    });
    // If another program made one meanwhile, this is refused and opening again takes that.
    store
        .put_record(space, key, wrapped.as_bytes().to_vec(), None, Expected::New)
        .await?;
    Ok(made)
}
