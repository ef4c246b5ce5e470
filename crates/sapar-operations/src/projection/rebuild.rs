//! Making lists and search again from the log.

use super::*;

/// A state while the tables are made again.
enum Folded {
    Person(Person),
    Encounter(Encounter),
    Screening(Screening),
    Tasks(Tasks),
    Referral(Referral),
    Case(Case),
    Document(Document),
    Note(Note),
}

/// Makes lists and search again from the log.
pub(crate) struct Rebuilder {
    tables: Tables,
    node_key: NodeKey,
    states: HashMap<Stream, Folded>,
    /// Of each person, whose lists it stands in: list and entry, and the owner.
    owners: HashMap<Uuid, BTreeMap<(String, Uuid), Uuid>>,
}

impl Rebuilder {
    pub(crate) fn new(tables: Tables, node_key: NodeKey) -> Self {
        Self {
            tables,
            node_key,
            states: HashMap::new(),
            owners: HashMap::new(),
        }
    }

    fn tokens(&self, person: Uuid, into: &mut Vec<Change>) {
        let Ok(id) = PersonId::new(person) else {
            return;
        };
        let Some(Folded::Person(state)) = self.states.get(&Stream::Person(id)) else {
            return;
        };
        let scopes = self
            .owners
            .get(&person)
            .map(|owners| owners.values().copied().collect())
            .unwrap_or_default();
        into.push(tokens_of(&self.tables.index, person, state, &scopes));
    }
}

macro_rules! fold {
    ($states:expr, $stream:expr, $stamp:expr, $event:expr, $variant:ident) => {{
        let state = $states
            .entry($stream)
            .or_insert_with(|| Folded::$variant(Default::default()));
        match state {
            Folded::$variant(state) => {
                state.apply($event, $stamp);
                Some(View::$variant(state))
            }
            _ => None,
        }
    }};
}

impl Projector for Rebuilder {
    fn project(&mut self, event: &Recorded, key: Option<&Wrapped>) -> Result<Vec<Change>, String> {
        let mut into = Vec::new();
        if let Some(change) = crate::audit::project(&event.event) {
            return Ok(change);
        }
        let key = match (key, event.event.subject) {
            (Some(wrapped), Some(person)) => Some(
                DataKey::unwrap(wrapped, person, &self.node_key)
                    .map_err(|error| error.to_string())?,
            ),
            _ => None,
        };
        let read = open_event(event, key.as_ref()).map_err(|error| error.to_string())?;
        let (stream, stamp) = (read.body.stream(), &read.stamp);
        let states = &mut self.states;
        let view = match &read.body {
            Body::Person(_, one) => {
                let state = states
                    .entry(stream)
                    .or_insert_with(|| Folded::Person(Person::default()));
                if let Folded::Person(state) = state {
                    state.apply(one, stamp);
                }
                None
            }
            Body::Encounter(_, one) => fold!(states, stream, stamp, one, Encounter),
            Body::Screening(_, one) => fold!(states, stream, stamp, one, Screening),
            Body::Tasks(_, one) => fold!(states, stream, stamp, one, Tasks),
            Body::Referral(_, one) => fold!(states, stream, stamp, one, Referral),
            Body::Case(_, one) => fold!(states, stream, stamp, one, Case),
            Body::Document(_, one) => fold!(states, stream, stamp, one, Document),
            Body::Note(_, one) => fold!(states, stream, stamp, one, Note),
        };
        if let Some(view) = view {
            changes(&self.tables, stream, view, &mut into);
        }
        let mut touched = scope_persons(&into);
        for person in &touched {
            take_owners(*person, &into, self.owners.entry(*person).or_default());
        }
        if let Body::Person(id, _) = &read.body {
            touched.insert(id.uuid());
        }
        for person in touched {
            self.tokens(person, &mut into);
        }
        Ok(into)
    }
}
