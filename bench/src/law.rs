//! The law that all engines are given, as data, and the cases they decide.
//!
//! It is made from a seed, so that no engine can be favoured by hand:
//! 35 facts (30 yes/no, 4 whole numbers, 1 of a list of four), 40 norms, 25 outcomes.

/// Yes/no facts.
pub const CIRCUMSTANCES: usize = 30;
/// Norms.
pub const NORMS: usize = 40;
/// What the norms are about; each is supported by at least one.
pub const OUTCOMES: usize = 25;
/// Whole numbers: name, unit and greatest value.
pub const NUMBERS: [(&str, &str, u32); 4] = [
    ("age", "years", 120),
    ("days of stay", "days", 400),
    ("earlier stays", "stays", 20),
    ("family size", "persons", 12),
];
/// What the travel document can be.
pub const DOCUMENTS: [&str; 4] = ["valid", "expired", "false", "none"];

/// What must hold.
#[derive(Debug, Clone)]
pub enum Condition {
    /// A yes/no fact is yes.
    Yes(usize),
    /// A yes/no fact is no.
    No(usize),
    /// A number is at least so much.
    AtLeast(usize, u32),
    /// A number is under so much.
    Under(usize, u32),
    /// The travel document is one of these.
    Document(Vec<usize>),
    /// All of them; not within another.
    All(Vec<Condition>),
    /// Any of them, none of which has parts.
    Any(Vec<Condition>),
    /// At least so many of these yes/no facts are yes.
    Count(usize, Vec<usize>),
}

/// A norm: the outcome follows when the condition holds, unless the exception does or an overriding norm applies.
#[derive(Debug, Clone)]
pub struct Norm {
    /// What follows.
    pub outcome: usize,
    /// When.
    pub condition: Condition,
    /// Unless.
    pub exception: Option<Condition>,
    /// Norms that override it; all stand before it.
    pub overridden_by: Vec<usize>,
}

/// One complete situation.
#[derive(Debug, Clone)]
pub struct Case {
    /// Yes/no facts.
    pub yes: Vec<bool>,
    /// Numbers, as in [`NUMBERS`].
    pub numbers: [u32; 4],
    /// Place in [`DOCUMENTS`].
    pub document: usize,
}

/// Outcomes as bits: the first is the lowest.
pub type Answer = u32;

/// Makes the law.
pub fn make_law(random: &mut Random) -> Vec<Norm> {
    let mut deck = Deck {
        random,
        facts: Vec::new(),
    };
    let mut norms: Vec<Norm> = Vec::new();
    for place in 0..NORMS {
        let outcome = if place < OUTCOMES {
            place
        } else {
            deck.random.below(OUTCOMES)
        };
        let exception = (deck.random.below(10) < 4).then(|| match deck.random.below(2) {
            0 => deck.simple(),
            _ => Condition::All(vec![deck.simple(), deck.simple()]),
        });
        let mut overridden_by = Vec::new();
        if place > 0 && deck.random.below(10) < 3 {
            overridden_by.push(deck.random.below(place));
        }
        let condition = Condition::All((0..=deck.random.below(3)).map(|_| deck.part()).collect());
        norms.push(Norm {
            outcome,
            condition,
            exception,
            overridden_by,
        });
    }
    norms
}

/// Makes the cases.
pub fn make_cases(random: &mut Random, count: usize) -> Vec<Case> {
    (0..count)
        .map(|_| Case {
            yes: (0..CIRCUMSTANCES).map(|_| random.below(2) == 1).collect(),
            numbers: NUMBERS.map(|(_, _, most)| random.below(most as usize + 1) as u32),
            document: random.below(DOCUMENTS.len()),
        })
        .collect()
}

/// What the law means, plainly: the answer that every engine must give.
pub fn meaning(law: &[Norm], case: &Case) -> Answer {
    let mut applies = [false; NORMS];
    let mut answer = 0;
    for (place, norm) in law.iter().enumerate() {
        applies[place] = holds(&norm.condition, case)
            && !norm
                .exception
                .as_ref()
                .is_some_and(|exception| holds(exception, case))
            && !norm.overridden_by.iter().any(|over| applies[*over]);
        if applies[place] {
            answer |= 1 << norm.outcome;
        }
    }
    answer
}

fn holds(condition: &Condition, case: &Case) -> bool {
    match condition {
        Condition::Yes(fact) => case.yes[*fact],
        Condition::No(fact) => !case.yes[*fact],
        Condition::AtLeast(number, least) => case.numbers[*number] >= *least,
        Condition::Under(number, bound) => case.numbers[*number] < *bound,
        Condition::Document(values) => values.contains(&case.document),
        Condition::All(parts) => parts.iter().all(|part| holds(part, case)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, case)),
        Condition::Count(least, facts) => {
            facts.iter().filter(|fact| case.yes[**fact]).count() >= *least
        }
    }
}

/// Deals every fact before it deals one again, so that the law uses all of them.
struct Deck<'r> {
    random: &'r mut Random,
    facts: Vec<usize>,
}

impl Deck<'_> {
    fn part(&mut self) -> Condition {
        match self.random.below(10) {
            0..6 => self.simple(),
            6..8 => Condition::Any(
                (0..2 + self.random.below(2))
                    .map(|_| self.simple())
                    .collect(),
            ),
            _ => {
                let facts = (0..3 + self.random.below(2))
                    .map(|_| self.circumstance())
                    .collect();
                Condition::Count(2, facts)
            }
        }
    }

    fn simple(&mut self) -> Condition {
        let fact = self.deal();
        if fact < CIRCUMSTANCES {
            return if self.random.below(3) == 0 {
                Condition::No(fact)
            } else {
                Condition::Yes(fact)
            };
        }
        if let Some((_, _, most)) = NUMBERS.get(fact - CIRCUMSTANCES) {
            let bound = 1 + self.random.below(*most as usize) as u32;
            let number = fact - CIRCUMSTANCES;
            return if self.random.below(2) == 0 {
                Condition::AtLeast(number, bound)
            } else {
                Condition::Under(number, bound)
            };
        }
        let first = self.random.below(DOCUMENTS.len());
        let second = (first + 1 + self.random.below(DOCUMENTS.len() - 1)) % DOCUMENTS.len();
        Condition::Document(if self.random.below(2) == 0 {
            vec![first]
        } else {
            vec![first, second]
        })
    }

    fn circumstance(&mut self) -> usize {
        loop {
            let fact = self.deal();
            if fact < CIRCUMSTANCES {
                return fact;
            }
        }
    }

    fn deal(&mut self) -> usize {
        if self.facts.is_empty() {
            self.facts = (0..CIRCUMSTANCES + NUMBERS.len() + 1).collect();
        }
        let place = self.random.below(self.facts.len());
        self.facts.swap_remove(place)
    }
}

/// SplitMix64: a few lines, the same everywhere, and good enough for cases.
pub struct Random(pub u64);

impl Random {
    /// A number under `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}
