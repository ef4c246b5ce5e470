//! What waits for an answer from a browser: kept in memory, for a short time, and taken out once.
//!
//! Whoever is not signed in can begin, and must not be able to fill the database or the memory by it, nor to shut the others out.
//! A restart loses what waits, and people start again.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

/// Things that wait, at most one of each key.
pub struct Waiting<K, T> {
    patience: SignedDuration,
    most: usize,
    begun: HashMap<K, (Timestamp, T)>,
}

impl<K: Eq + Hash + Clone, T> Waiting<K, T> {
    /// Nothing waits yet; each thing so long, and so many at once. One more pushes the oldest out.
    #[must_use]
    pub fn new(patience: SignedDuration, most: usize) -> Self {
        Self {
            patience,
            most: most.max(1),
            begun: HashMap::new(),
        }
    }

    /// Keeps one, in the place of what the same key began before.
    pub fn keep(&mut self, key: K, one: T, now: Timestamp) {
        if self.begun.len() >= self.most {
            let patience = self.patience;
            self.begun
                .retain(|_, (since, _)| !is_late(*since, now, patience));
        }
        if self.begun.len() >= self.most
            && let Some(oldest) = self
                .begun
                .iter()
                .min_by_key(|(_, (since, _))| *since)
                .map(|(key, _)| key.clone())
        {
            self.begun.remove(&oldest);
        }
        self.begun.insert(key, (now, one));
    }

    /// Takes it out; a second time there is nothing, and nothing where it waited too long.
    pub fn take<Q: Eq + Hash + ?Sized>(&mut self, key: &Q, now: Timestamp) -> Option<T>
    where
        K: Borrow<Q>,
    {
        self.begun
            .remove(key)
            .filter(|(since, _)| !is_late(*since, now, self.patience))
            .map(|(_, one)| one)
    }
}

/// Also where the clock was set back: then nobody knows how long it waited.
fn is_late(since: Timestamp, now: Timestamp, patience: SignedDuration) -> bool {
    now.duration_since(since).abs() >= patience
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_600_000 + seconds).unwrap()
    }

    fn waiting<T>(most: usize) -> Waiting<String, T> {
        Waiting::new(SignedDuration::from_mins(5), most)
    }

    #[test]
    fn what_waits_is_taken_once_by_who_began_it_and_in_time() {
        let mut waiting = waiting(10);
        waiting.keep("one".to_owned(), "first", at(0));
        waiting.keep("one".to_owned(), "second", at(1));
        assert_eq!(waiting.take("other", at(2)), None);
        assert_eq!(waiting.take("one", at(2)), Some("second"));
        assert_eq!(waiting.take("one", at(2)), None);
        waiting.keep("one".to_owned(), "in time", at(0));
        assert_eq!(waiting.take("one", at(299)), Some("in time"));
        waiting.keep("one".to_owned(), "late", at(0));
        assert_eq!(waiting.take("one", at(300)), None);
        waiting.keep("one".to_owned(), "clock set back", at(400));
        assert_eq!(waiting.take("one", at(0)), None);
    }

    #[test]
    fn beginning_many_fills_no_memory_and_pushes_out_the_oldest_only() {
        let most = 1_000;
        let mut waiting = waiting(most);
        for number in 0..=most {
            let now = at(i64::try_from(number).unwrap() / 100);
            waiting.keep(number.to_string(), number, now);
        }
        assert_eq!(waiting.begun.len(), most);
        assert_eq!(waiting.take(&most.to_string(), at(60)), Some(most));
        let gone = (0..100).filter(|number| waiting.take(&number.to_string(), at(60)).is_none());
        assert_eq!(gone.count(), 1);
    }

    #[test]
    fn what_nobody_came_back_for_makes_room_first() {
        let mut waiting = waiting(2);
        waiting.keep("abandoned".to_owned(), 1, at(0));
        waiting.keep("lives".to_owned(), 2, at(200));
        waiting.keep("new".to_owned(), 3, at(310));
        assert_eq!(waiting.take("lives", at(311)), Some(2));
        assert_eq!(waiting.take("new", at(311)), Some(3));
    }
}
