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
