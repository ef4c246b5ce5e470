//! What a role may ask for: at once, after other answers, or never.
//!
//! A fact can be for a higher role where a condition holds ("of a child only a specialist asks").
//! As long as the condition may hold, it is not asked for; where answers to permitted questions
//! can rule the condition out, those questions open it. No question is asked for its own sake here:
//! the interview asks what opens a fact only when the fact matters.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sapar_law_syntax::ast::Role;

use crate::diagram::Classes;
use crate::engine::{Bar, Engine};
use crate::evaluate::StatusFunction;

/// What a role may ask for, by place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Permitted {
    /// May be asked for at once or after other answers.
    askable: Vec<bool>,
    /// Those that may be asked for only after other answers, and what opens them: each is itself
    /// askable at once, or opened by what came into this list before it.
    opened_by: BTreeMap<u32, BTreeSet<u32>>,
}

impl Permitted {
    /// `open`: for each place, whether its fact is not answered and, leaving conditions aside, for this role.
    pub fn new(engine: &Engine, role: Role, allowed: &[Classes], open: Vec<bool>) -> Self {
        let mut permitted = Self {
            askable: open,
            opened_by: BTreeMap::new(),
        };
        let mut seen = rustc_hash::FxHashMap::default();
        let mut waiting: Vec<(u32, Bar)> = Vec::new();
        for ((place, askable), bars) in (0u32..).zip(&mut permitted.askable).zip(&engine.bars) {
            if *askable
                && let Some(bar) = bars.of(role)
                && engine.table.can_reach(bar.yes, allowed, &mut seen)
            {
                *askable = false;
                waiting.push((place, bar));
            }
        }
        if waiting.is_empty() {
            return permitted;
        }
        // What was opened can open more; each round counts on the questions of the rounds before.
        loop {
            let mut opened: Vec<(u32, BTreeSet<u32>)> = Vec::new();
            let mut status = StatusFunction::new(engine, allowed, &permitted.askable);
            // Facts that share a condition share the answer.
            let mut known: HashMap<(u32, u32), Option<BTreeSet<u32>>> = HashMap::new();
            waiting.retain(|(place, bar)| {
                let opens = known.entry((bar.yes, bar.no)).or_insert_with(|| {
                    status
                        .can_be_excluded(bar.holds, bar.yes, bar.no)
                        .then(|| status.support(bar.holds, bar.yes, bar.no))
                        .filter(|opens| !opens.is_empty())
                });
                if let Some(opens) = opens {
                    opened.push((*place, opens.clone()));
                }
                opens.is_none()
            });
            if opened.is_empty() {
                return permitted;
            }
            for (place, opens) in opened {
                if let Some(askable) = permitted.askable.get_mut(place as usize) {
                    *askable = true;
                }
                permitted.opened_by.insert(place, opens);
            }
        }
    }

    /// For each place, whether it may be asked for at once or after other answers.
    pub fn askable(&self) -> &[bool] {
        &self.askable
    }

    /// Whether a place may be asked for at once or after other answers.
    pub fn is_askable(&self, place: u32) -> bool {
        self.askable.get(place as usize).copied().unwrap_or(false)
    }

    /// What may be asked for at once on the way to a fact: the fact itself, or what opens it.
    pub fn asked_for(&self, place: u32) -> BTreeSet<u32> {
        let mut first = BTreeSet::new();
        let mut todo = vec![place];
        // What opens a place came before it, so this ends.
        while let Some(place) = todo.pop() {
            match self.opened_by.get(&place) {
                Some(opens) => todo.extend(opens),
                None => {
                    first.insert(place);
                }
            }
        }
        first
    }
}
