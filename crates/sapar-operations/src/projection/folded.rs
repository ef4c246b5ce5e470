//! The state of one stream of any kind.

use super::*;

macro_rules! folded {
    ($($name:ident)*) => {
        /// The state of a stream of any kind, and with it what the stream means for lists.
        pub(crate) enum Folded {
            $($name(Box<$name>),)*
        }

        impl Folded {
            /// The state before anything was recorded.
            pub(crate) fn new(stream: Stream) -> Self {
                match stream {
                    $(Stream::$name(_) => Folded::$name(Box::default()),)*
                }
            }

            /// Takes in an event of the stream; one of another kind changes nothing.
            pub(crate) fn apply(&mut self, event: &Event) {
                match (self, &event.body) {
                    $((Folded::$name(state), Body::$name(_, what)) => state.apply(what, &event.stamp),)*
                    _ => {}
                }
            }

            /// Everything that the state means for lists.
            pub(crate) fn changes(&self, tables: &Tables, stream: Stream, into: &mut Vec<Change>) {
                let view = match self {
                    $(Folded::$name(state) => View::from(&**state),)*
                };
                changes(tables, stream, view, into);
            }
        }
    };
}

folded! { Person Encounter Screening Tasks Referral Case Document Note }

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_casework::encounter::{Beginning, EncounterEvent};
    use sapar_casework::ids::{AgencyId, EncounterId, PostId, UserId};
    use sapar_casework::stamp::Actor;

    fn v7(number: u128) -> Uuid {
        Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
    }

    /// No operation takes somebody off an encounter yet; a program that does must not leave them on its list.
    #[test]
    fn who_was_recorded_as_present_by_mistake_is_off_the_list() {
        let (post, person) = (PostId::new(v7(3)).unwrap(), PersonId::new(v7(4)).unwrap());
        let stream = Stream::Encounter(EncounterId::new(v7(5)).unwrap());
        let by = Actor {
            user: UserId::new(v7(1)).unwrap(),
            agency: AgencyId::new(v7(2)).unwrap(),
            team: None,
            post: Some(post),
        };
        let stamp = Stamp {
            at: Timestamp::UNIX_EPOCH,
            by,
        };
        let tables = Tables {
            directory: Arc::default(),
            index: Arc::new(IndexKey::make(&mut |bytes: &mut [u8]| bytes.fill(7))),
        };
        let mut state = Folded::new(stream);
        let mut lines: BTreeMap<(Code, Uuid), Entry> = BTreeMap::new();
        let mut met = Vec::new();
        for what in [
            EncounterEvent::Opened {
                place: Place::Post { post },
                beginning: Beginning::Check,
                met: stamp.at,
            },
            EncounterEvent::PersonAdded { person },
            EncounterEvent::PersonRemoved { person },
            EncounterEvent::PersonAdded { person },
        ] {
            let Stream::Encounter(id) = stream else {
                unreachable!()
            };
            state.apply(&Event {
                about: None,
                stamp,
                body: Body::Encounter(id, what),
            });
            let mut made = Vec::new();
            state.changes(&tables, stream, &mut made);
            for change in made {
                match change {
                    Change::Put(entry) => {
                        lines.insert((entry.list.clone(), entry.id), entry);
                    }
                    Change::Remove { list, id } => {
                        lines.remove(&(list, id));
                    }
                    Change::Tokens { .. } => {}
                }
            }
            let persons = lines.values().filter(|line| line.person.is_some());
            met.push(persons.count());
        }
        assert_eq!(met, [0, 1, 0, 1]);
    }
}
