//! Making lists and search again from the log.

use super::*;

/// Makes lists and search again from the log, with one state at a time.
///
/// That the last state of a stream tells its lines is what [`changes`] promises: whatever line a state no longer has, it removes.
/// Only who looked, and when glass was broken, are lines of single events.
pub(crate) struct Rebuilder {
    tables: Tables,
    node_key: NodeKey,
    /// The key that was needed last: most events of a stream are sealed with the same.
    key: Option<(Uuid, DataKey)>,
    /// The stream that is being read; nothing before its first event, and where it is not casework's.
    stream: Option<(Stream, Folded)>,
}

impl Rebuilder {
    pub(crate) const fn new(tables: Tables, node_key: NodeKey) -> Self {
        Self {
            tables,
            node_key,
            key: None,
            stream: None,
        }
    }

    fn opened(&mut self, event: &Recorded, key: Option<&Wrapped>) -> Result<Event, OperationError> {
        let (Some(wrapped), Some(person)) = (key, event.event.subject) else {
            return open_event(event, None);
        };
        if self.key.as_ref().is_none_or(|(of, _)| *of != person) {
            let key = DataKey::unwrap(wrapped, person, &self.node_key)?;
            self.key = Some((person, key));
        }
        open_event(event, self.key.as_ref().map(|(_, key)| key))
    }
}

impl Projector for Rebuilder {
    fn persons(&self) -> Persons {
        Persons {
            kind: code(PERSONS),
            lists: SCOPE_LISTS.map(code).to_vec(),
        }
    }

    fn event(&mut self, event: &Recorded, key: Option<&Wrapped>) -> Result<Vec<Entry>, String> {
        if let Some(changes) = crate::audit::project(&event.event) {
            return Ok(lines(changes));
        }
        let opened = self.opened(event, key).map_err(|error| error.to_string())?;
        let stream = opened.body.stream();
        let (_, state) = self
            .stream
            .get_or_insert_with(|| (stream, Folded::new(stream)));
        state.apply(&opened);
        Ok(Vec::new())
    }

    fn ended(&mut self) -> Result<Vec<Entry>, String> {
        let mut made = Vec::new();
        if let Some((stream, state)) = self.stream.take() {
            state.changes(&self.tables, stream, &mut made);
        }
        Ok(lines(made))
    }

    fn found_by(&mut self, owners: &BTreeSet<Uuid>) -> Result<Vec<Token>, String> {
        match self.stream.take() {
            Some((_, Folded::Person(state))) => Ok(tokens_of(&self.tables.index, &state, owners)),
            _ => Ok(Vec::new()),
        }
    }
}

/// The lines that are put; where nothing stands, nothing is to be removed.
fn lines(changes: Vec<Change>) -> Vec<Entry> {
    let put = |change| match change {
        Change::Put(entry) => Some(entry),
        Change::Remove { .. } | Change::Tokens { .. } => None,
    };
    changes.into_iter().filter_map(put).collect()
}
