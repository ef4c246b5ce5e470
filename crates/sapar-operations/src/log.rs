//! Reading states from the log, and writing what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sapar_access::Word;
use sapar_casework::case::Case;
use sapar_casework::document::Document;
use sapar_casework::encounter::{Encounter, EncounterEvent};
use sapar_casework::event::{Body, Event, Parts, Stream};
use sapar_casework::ids::PersonId;
use sapar_casework::note::Note;
use sapar_casework::person::Person;
use sapar_casework::referral::Referral;
use sapar_casework::screening::Screening;
use sapar_casework::stamp::{Fold, Stamp};
use sapar_casework::tasks::Tasks;
use sapar_ledger::{Actor, Code, Command, Draft, EventName, Sealed, StreamId};
use sapar_sealing::{Bound, DataKey, Wrapped};
use sapar_store::{
    Appended, Batch, Change, Entry, File, KeyState, LIMIT_MAX, Order, Query, Recorded, StoreError,
};
use uuid::Uuid;

use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;
use crate::projection::{self, View};

/// How many lines of what is at its end are shown.
const ENDED_SHOWN: u32 = 200;

/// A state that the log keeps.
pub(crate) trait Kept: Fold<Event: Send + Sync> + Clone + Send + Sync + 'static {
    /// The event, if it is of this kind of state.
    fn event(body: &Body) -> Option<&Self::Event>;
}

macro_rules! kept {
    ($($name:ident $variant:ident;)*) => { $(
        impl Kept for $name {
            fn event(body: &Body) -> Option<&Self::Event> {
                match body {
                    Body::$variant(_, event) => Some(event),
                    _ => None,
                }
            }
        }
    )* };
}

kept! {
    Person Person;
    Encounter Encounter;
    Screening Screening;
    Tasks Tasks;
    Referral Referral;
    Case Case;
    Document Document;
    Note Note;
}

/// A state, how many events made it, and these.
#[derive(Debug, Clone)]
pub(crate) struct Loaded<T> {
    pub(crate) state: T,
    pub(crate) version: u64,
    pub(crate) events: Vec<Event>,
    pub(crate) stream: Stream,
}

/// A state to be read, shared with whoever else reads it.
pub(crate) struct State<T>(Arc<Loaded<T>>);

impl<T> State<T> {
    /// How many events made it.
    pub(crate) fn version(&self) -> u64 {
        self.0.version
    }
}

impl<T> std::ops::Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.state
    }
}

impl<T> Loaded<T> {
    /// Whose key seals what is personal in it.
    pub(crate) fn about(&self) -> Option<PersonId> {
        self.events.iter().find_map(|event| event.about)
    }

    pub(crate) fn expected(&self) -> (StreamId, u64) {
        (stream_id(self.stream), self.version)
    }
}

pub(crate) fn stream_id(stream: Stream) -> StreamId {
    StreamId::new(stream.prefix(), stream.uuid())
}

/// Everything one step writes.
#[derive(Default)]
pub(crate) struct Writing {
    pub(crate) expected: Vec<(StreamId, u64)>,
    pub(crate) events: Vec<Event>,
    /// Events that are not casework's: who looked, what was administered.
    pub(crate) others: Vec<Other>,
    pub(crate) new_keys: Vec<(Uuid, Wrapped)>,
    pub(crate) files: Vec<File>,
    pub(crate) destroyed: Vec<Uuid>,
    pub(crate) changes: Vec<Change>,
}

/// An event that is not casework's.
pub(crate) struct Other {
    pub(crate) id: sapar_ledger::EventId,
    pub(crate) name: &'static str,
    pub(crate) stream: Uuid,
    pub(crate) about: Option<Uuid>,
    pub(crate) open: serde_json::Value,
    /// What is sealed with the person's key.
    pub(crate) personal: Option<serde_json::Value>,
}

impl Operations {
    /// The state of a stream; the default where nothing was recorded.
    pub(crate) async fn load<T: Kept>(&self, stream: Stream) -> Result<Loaded<T>, OperationError> {
        Ok(Loaded::clone(&*self.read_state(stream).await?))
    }

    /// The same for whoever only reads it.
    pub(crate) async fn state<T: Kept>(&self, stream: Stream) -> Result<State<T>, OperationError> {
        Ok(State(self.read_state(stream).await?))
    }

    async fn read_state<T: Kept>(&self, stream: Stream) -> Result<Arc<Loaded<T>>, OperationError> {
        let mut known = self.states.get::<T>(stream);
        if let Some(person) = known.as_ref().and_then(|(known, _)| known.about())
            && self.store.key(person.uuid()).await? == KeyState::Destroyed
        {
            // Erased since it was read, by another program perhaps: nothing of before may be shown.
            self.forget_person(person);
            known = None;
        }
        let moment = self.states.moment();
        let after = known.as_ref().map_or(0, |(known, _)| known.version);
        let recorded = self.store.stream(stream_id(stream), after).await?;
        let (mut loaded, mut bytes) = match known {
            Some((known, _)) if recorded.is_empty() => return Ok(known),
            Some((known, bytes)) => (Loaded::clone(&*known), bytes),
            None => (
                Loaded {
                    state: T::default(),
                    version: 0,
                    events: Vec::with_capacity(recorded.len()),
                    stream,
                },
                0,
            ),
        };
        for one in recorded {
            let event = self.read_event(&one).await?;
            if let Some(what) = T::event(&event.body) {
                loaded.state.apply(what, &event.stamp);
            }
            let sealed = one.event.sealed.bytes().map_or(0, <[u8]>::len);
            bytes += (one.event.open.len() + sealed) as u64;
            loaded.version = one.version;
            loaded.events.push(event);
        }
        let loaded = Arc::new(loaded);
        if loaded.version > 0 {
            self.states.keep(moment, &loaded, bytes);
        }
        Ok(loaded)
    }

    /// Forgets whatever of an erased person is in memory.
    pub(crate) fn forget_person(&self, person: PersonId) {
        self.keys.forget(person.uuid());
        self.interviews.forget_person(person);
        self.states.forget_person(person);
    }

    pub(crate) async fn read_event(&self, recorded: &Recorded) -> Result<Event, OperationError> {
        let key = match (&recorded.event.sealed, recorded.event.subject) {
            (Sealed::Present(_), Some(person)) => self.keys.of(&*self.store, person).await?,
            _ => None,
        };
        open_event(recorded, key.as_deref())
    }

    /// Stores everything of a step, or nothing.
    pub(crate) async fn write(
        &self,
        caller: &Caller,
        mut writing: Writing,
    ) -> Result<Appended, OperationError> {
        let now = caller.now;
        self.retoken(&mut writing).await?;
        let wall_ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let command = Command {
            id: self.keys.command_id(now)?,
            actor: Actor::User(caller.user.uuid()),
            purpose: Code::new(caller.purpose.name())?,
        };
        let mut drafts = Vec::with_capacity(writing.events.len() + writing.others.len());
        for event in &writing.events {
            drafts.push(self.draft(event, &writing, now).await?);
        }
        for other in &writing.others {
            let sealed = match (&other.personal, other.about) {
                (Some(personal), Some(person)) => Some(
                    self.seal(person, &writing, other.id.uuid(), personal)
                        .await?,
                ),
                _ => None,
            };
            drafts.push(Draft {
                id: other.id,
                name: EventName::new(other.name)?,
                version: 1,
                stream: other.stream,
                subject: other.about,
                open: serde_json::to_vec(&other.open)?,
                sealed,
            });
        }
        let mut batch = Batch::new(command, wall_ms, drafts);
        batch.expected = writing.expected;
        batch.new_keys = writing.new_keys;
        batch.files = writing.files;
        batch.destroyed_keys = writing.destroyed;
        batch.changes = writing.changes;
        let appended = self.store.append(batch).await;
        if let Err(StoreError::Conflict { .. }) = &appended {
            self.states.forget();
        }
        let appended = appended?;
        self.clock.took(wall_ms.saturating_add(appended.behind_ms));
        Ok(appended)
    }

    /// Adds by what persons are found whose names or lists change.
    async fn retoken(&self, writing: &mut Writing) -> Result<(), OperationError> {
        let mut touched = projection::scope_persons(&writing.changes);
        touched.extend(writing.events.iter().filter_map(|event| match &event.body {
            Body::Person(id, _) => Some(id.uuid()),
            Body::Encounter(_, EncounterEvent::PersonRemoved { person }) => Some(person.uuid()),
            _ => None,
        }));
        for person in touched {
            let id = PersonId::new(person).map_err(|_| OperationError::Own("an identifier"))?;
            let mut state = self.load::<Person>(Stream::Person(id)).await?.state;
            for event in &writing.events {
                if let Body::Person(of, what) = &event.body
                    && *of == id
                {
                    state.apply(what, &event.stamp);
                }
            }
            let mut owners = self.owners(person).await?;
            projection::take_owners(person, &writing.changes, &mut owners);
            let scopes: BTreeSet<Uuid> = owners.into_values().collect();
            let tokens = projection::tokens_of(&self.index, &state, &scopes);
            writing.changes.push(Change::Tokens { person, tokens });
        }
        Ok(())
    }

    /// Every line of a query, however many; the query's limit does not matter.
    pub(crate) async fn all_entries(&self, mut query: Query) -> Result<Vec<Entry>, OperationError> {
        query.limit = LIMIT_MAX;
        let mut found = Vec::new();
        loop {
            let page = self.store.entries(query.clone()).await?;
            found.extend(page.entries);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(found),
            }
        }
    }

    /// What goes on, all of it and the longest waiting first, and then the latest of what is at its end.
    ///
    /// What ended must never push out what somebody waits for.
    pub(crate) async fn going_on_first(
        &self,
        list: &str,
        owner: Uuid,
        going_on: &[&str],
        ended: &[&str],
    ) -> Result<Vec<Entry>, OperationError> {
        let of = |states: &[&str]| {
            let mut query = Query::new(projection::code(list), u32::MAX);
            query.owners = vec![owner];
            query.states = states.iter().map(|state| projection::code(state)).collect();
            query
        };
        let mut found = self.all_entries(of(going_on)).await?;
        let mut latest = of(ended);
        latest.order = Order::LatestFirst;
        latest.limit = ENDED_SHOWN;
        found.extend(self.store.entries(latest).await?.entries);
        Ok(found)
    }

    /// Whose lists a person stands in.
    async fn owners(&self, person: Uuid) -> Result<BTreeMap<(String, Uuid), Uuid>, OperationError> {
        let mut owners = BTreeMap::new();
        for list in projection::SCOPE_LISTS {
            let mut query = Query::new(projection::code(list), u32::MAX);
            query.person = Some(person);
            query.limit = LIMIT_MAX;
            for entry in self.store.entries(query).await?.entries {
                owners.insert((list.to_owned(), entry.id), entry.owner);
            }
        }
        Ok(owners)
    }

    async fn draft(
        &self,
        event: &Event,
        writing: &Writing,
        now: jiff::Timestamp,
    ) -> Result<Draft, OperationError> {
        let parts = event.parts()?;
        let id = self.keys.event_id(now)?;
        let sealed = match (parts.personal, event.about) {
            (Some(personal), Some(person)) => Some(
                self.seal(person.uuid(), writing, id.uuid(), &personal)
                    .await?,
            ),
            _ => None,
        };
        Ok(Draft {
            id,
            name: EventName::new(&parts.type_name)?,
            version: parts.version,
            stream: parts.stream,
            subject: event.about.map(PersonId::uuid),
            open: serde_json::to_vec(&parts.open)?,
            sealed,
        })
    }

    async fn seal(
        &self,
        person: Uuid,
        writing: &Writing,
        event: Uuid,
        personal: &serde_json::Value,
    ) -> Result<Vec<u8>, OperationError> {
        let key = match writing.new_keys.iter().find(|(of, _)| *of == person) {
            Some((_, wrapped)) => Arc::new(DataKey::unwrap(wrapped, person, self.keys.node_key())?),
            None => self
                .keys
                .of(&*self.store, person)
                .await?
                .ok_or(OperationError::Refused(
                    sapar_casework::refusal::Refusal::Erased,
                ))?,
        };
        let text = zeroize::Zeroizing::new(serde_json::to_vec(personal)?);
        Ok(self.keys.with_random(|random| {
            key.seal(Bound::Event(event), &text, &mut |bytes: &mut [u8]| {
                random(bytes)
            })
        }))
    }

    /// Writes events of one state and what follows for lists and search.
    pub(crate) async fn record<T: Kept + Clone>(
        &self,
        caller: &Caller,
        loaded: &mut Loaded<T>,
        about: Option<PersonId>,
        events: Vec<T::Event>,
        wrap: impl Fn(T::Event) -> Body,
    ) -> Result<(), OperationError>
    where
        for<'s> View<'s>: From<&'s T>,
    {
        let mut writing = Writing::default();
        self.add(&mut writing, caller, loaded, about, events, wrap)?;
        if writing.events.is_empty() {
            return Ok(());
        }
        self.write(caller, writing).await?;
        Ok(())
    }

    /// Adds events of one state to what a step writes, and takes them in.
    pub(crate) fn add<T: Kept + Clone>(
        &self,
        writing: &mut Writing,
        caller: &Caller,
        loaded: &mut Loaded<T>,
        about: Option<PersonId>,
        events: Vec<T::Event>,
        wrap: impl Fn(T::Event) -> Body,
    ) -> Result<(), OperationError>
    where
        for<'s> View<'s>: From<&'s T>,
    {
        if events.is_empty() {
            return Ok(());
        }
        let stamp: Stamp = caller.stamp();
        writing.expected.push(loaded.expected());
        for event in events {
            loaded.state.apply(&event, &stamp);
            loaded.version += 1;
            let event = Event {
                about,
                stamp,
                body: wrap(event),
            };
            loaded.events.push(event.clone());
            writing.events.push(event);
        }
        if !crate::screenings::shows_in_lists(&writing.events) {
            return Ok(());
        }
        let tables = self.tables();
        projection::changes(
            &tables,
            loaded.stream,
            View::from(&loaded.state),
            &mut writing.changes,
        );
        Ok(())
    }
}

/// An event of casework as it was stored; without its personal part where the key is gone.
pub(crate) fn open_event(
    recorded: &Recorded,
    key: Option<&DataKey>,
) -> Result<Event, OperationError> {
    let event = &recorded.event;
    let personal = match (event.sealed.bytes(), key) {
        (Some(sealed), Some(key)) => {
            let opened = key.open(Bound::Event(event.id.uuid()), sealed)?;
            Some(serde_json::from_slice(&opened)?)
        }
        _ => None,
    };
    Ok(Event::from_parts(Parts {
        type_name: event.name.as_str().to_owned(),
        version: event.version,
        stream: event.stream,
        open: serde_json::from_slice(&event.open)?,
        personal,
    })?)
}
