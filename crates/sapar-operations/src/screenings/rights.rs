//! What a notice of rights may tell.
//!
//! The notice is handed to the person and is seen by whoever stands beside them, who may be the one they fear.
//! So it tells less than the outcome does, whoever prints it:
//!
//! * it is computed from facts that anybody present sees or hears anyway; protection sought, trafficking, health and
//!   what an investigation knows become unknown before the law is asked, so that no line can depend on them;
//! * of what then holds, only acts that are listed here by name are told: an act that a law brings anew is told only
//!   once somebody has thought about it;
//! * nothing that permits to hold or to send away somebody is told, and no duty to do so: such acts are told as prohibitions alone;
//! * whatever names asylum, trafficking or smuggling, in the act, the office, the event or the title of the law, is left out.
//!   What everybody must hear of that stands on every notice in the same words.

use super::*;
use sapar_casework::classes::DataClass;
use sapar_casework::encounter::Place;
use sapar_law::{LimitDef, NormId, Words};
use sapar_screening::Entry;

/// Classes of facts that everybody beside the person knows anyway.
const PLAIN: Classes = Classes::one(DataClass::Identity)
    .with(DataClass::Contact)
    .with(DataClass::Travel)
    .with(DataClass::Child);

/// Facts of other classes that everybody beside the person sees too: whoever is held is seen to be held.
const PLAIN_FACTS: [&str; 2] = ["detained", "detained by administration"];

/// What the authorities must not do.
const NOT_TO_BE_DONE: [&str; 15] = [
    "subject to ill-treatment",
    "detain arbitrarily",
    "detain",
    "extend detention",
    "hold in prison",
    "restrict movement",
    "impose administrative arrest",
    "separate child from parents",
    "discriminate",
    "use force for biometrics",
    "return to danger",
    "refuse entry",
    "expel",
    "remove",
    "extradite",
];

/// What the authorities must do for the person.
const TO_BE_DONE: [&str; 57] = [
    "make best interests primary",
    "assess best interests",
    "hear child",
    "call guardianship authority",
    "appoint guardian",
    "assign temporary representative",
    "give child special protection",
    "place child in care",
    "use trained staff for child",
    "give child education",
    "trace family",
    "keep family together",
    "recognise family unity",
    "register birth",
    "respect child's identity",
    "establish child's identity",
    "separate child from adults in detention",
    "give family own accommodation in detention",
    "protect privacy",
    "get consent before sharing",
    "consider alternatives to detention",
    "use detention only as last resort",
    "hold apart from prisoners",
    "treat humanely",
    "release",
    "order detention in writing",
    "record detention",
    "inform of reasons for detention",
    "bring before judge",
    "decide on lawfulness of detention",
    "review detention",
    "notify relatives of detention",
    "inform of consular rights",
    "allow consular contact",
    "allow family contact",
    "give legal assistance in detention",
    "compensate unlawful detention",
    "give urgent medical care",
    "protect from violence",
    "ensure physical safety",
    "meet basic needs",
    "respect dignity",
    "take special needs into account",
    "inform of rights",
    "inform of check",
    "inform of help",
    "give interpreter",
    "give legal counselling",
    "give legal assistance",
    "give access to courts",
    "give reasoned decision",
    "give contact points for help",
    "give effective remedy",
    "suspend decision during appeal",
    "give redress",
    "avoid repeated interviews",
    "give medical help",
];

/// What the person has a right to.
const OWN_RIGHTS: [&str; 1] = ["appeal"];

/// What the person must do.
const OWN_DUTIES: [&str; 2] = ["give fingerprints", "register stay"];

/// The one whom the notice is for, in the vocabulary.
const PERSON: &str = "person";

/// Beginnings of words that tell of a protected class, in the three languages of the law packages.
const TELLING: [&str; 19] = [
    "asylum",
    "refugee",
    "traffick",
    "smuggl",
    "exploit",
    "убежищ",
    "беженц",
    "торговл",
    "незаконным ввозом",
    "незаконного ввоза",
    "эксплуат",
    // The word alone also means a roof over one's head.
    "баспана беру",
    "баспана алу",
    "баспана сұра",
    "баспана туралы",
    "баспана рәсім",
    "босқын",
    "саудасы",
    "қанау",
];

/// What a notice of rights says, the same whatever is protected.
pub struct RightsView {
    /// Which screening.
    pub screening: ScreeningId,
    /// Of whom.
    pub person: PersonLine,
    /// The law.
    pub engine: Arc<Engine>,
    /// Where the person was met, if that was at the caller's own post.
    pub place: Option<Place>,
    /// What the authorities must not do.
    pub must_not: Vec<Entry>,
    /// What the authorities must do.
    pub must: Vec<Entry>,
    /// What the person has a right to.
    pub may: Vec<Entry>,
    /// What the person must do.
    pub own: Vec<Entry>,
    /// When events happened that clocks run from, of those that happen to anyone at a border.
    pub happened: Vec<(String, Timestamp)>,
}

/// The lines of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rights {
    must_not: Vec<Entry>,
    must: Vec<Entry>,
    may: Vec<Entry>,
    own: Vec<Entry>,
}

impl Operations {
    /// What a notice of rights for this person says; recorded as printed.
    ///
    /// # Errors
    /// As [`Operations::outcome`]: whoever may not see the outcome prints no notice.
    pub async fn notice_of_rights(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<RightsView, OperationError> {
        let held = self.hold_any(caller, screening).await?;
        let (person, _, sight) = self.of_screening(caller, &held).await?;
        self.look(caller, person.id, Looked::Print).await?;
        let engine = Arc::clone(&held.engine);
        let whole = held.loaded.state.situation(&engine)?;
        let met = held.loaded.state.encounter;
        let rights = Rights::of(&engine, &whole, sight.classes)?;
        let tasks = self.state::<Tasks>(Stream::Tasks(person.id)).await?;
        let happened = tasks
            .happened
            .iter()
            .filter(|(event, _)| PLAIN_EVENTS.contains(&event.as_str()))
            .map(|(event, at)| (event.clone(), *at))
            .collect();
        let place = match met {
            Some(encounter) => self
                .own_encounter(caller, encounter)
                .await
                .ok()
                .and_then(|met| met.state.opening.map(|opening| opening.place)),
            None => None,
        };
        self.interviews.put(screening, held);
        Ok(RightsView {
            screening,
            person,
            engine,
            place,
            must_not: rights.must_not,
            must: rights.must,
            may: rights.may,
            own: rights.own,
            happened,
        })
    }
}

impl Rights {
    /// What may be told of a situation, as far as somebody who sees these classes may tell it.
    pub(crate) fn of(
        engine: &Engine,
        whole: &Situation,
        seen: Classes,
    ) -> Result<Self, OperationError> {
        let library = engine.library();
        let mut plain = Situation::new();
        for (fact, knowledge) in whole.known() {
            let classes = classes::of_fact(library, fact);
            let held = PLAIN_FACTS.contains(&library.fact(fact).name.as_str());
            if classes.visible_to(seen) && (classes.visible_to(PLAIN) || held) {
                plain.set(fact, knowledge);
            }
        }
        let outcome = Outcome::without_deciding_facts(engine, &plain)
            .map_err(|_| OperationError::Refused(Refusal::Contradiction))?;
        let list = |entries: Vec<Entry>, own: bool, acts: &[&str]| -> Vec<Entry> {
            entries
                .into_iter()
                .filter(|entry| entry.barred_by.is_empty())
                .filter(|entry| {
                    let position = engine.position(entry.position);
                    let bears = library.actor(position.bearer).name == PERSON;
                    bears == own && acts.contains(&library.act(position.act).name.as_str())
                })
                .filter_map(|entry| told(engine, entry))
                .collect()
        };
        Ok(Self {
            must_not: list(outcome.prohibitions, false, &NOT_TO_BE_DONE),
            must: list(outcome.duties.clone(), false, &TO_BE_DONE),
            may: list(outcome.permissions, true, &OWN_RIGHTS),
            own: list(outcome.duties, true, &OWN_DUTIES),
        })
    }
}

/// The entry without norms and limits whose words would tell of a protected class; nothing where none is left.
fn told(engine: &Engine, mut entry: Entry) -> Option<Entry> {
    let library = engine.library();
    let position = engine.position(entry.position);
    let speaks =
        tells(&library.act(position.act).label) || tells(&library.actor(position.bearer).label);
    if speaks {
        return None;
    }
    let plain = |norm: NormId| !tells(&library.instrument(library.norm(norm).instrument).title);
    entry.norms.retain(|norm| plain(*norm));
    let dated = |limit: LimitDef| !tells(&library.event(limit.event).label);
    entry
        .limits
        .retain(|(limit, norm)| plain(*norm) && dated(*limit));
    (!entry.norms.is_empty()).then_some(entry)
}

/// Whether any of the languages names a protected class.
fn tells(words: &Words) -> bool {
    ["en", "ru", "kk"].iter().any(|language| {
        let words = words.get(language).to_lowercase();
        TELLING.iter().any(|beginning| words.contains(beginning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_law::ValueKind;

    fn engine() -> Engine {
        let library = Arc::new(sapar_packages::library().library);
        let order = library.order_named("kazakhstan-screening").unwrap();
        Engine::new(library, order, jiff::civil::date(2026, 11, 25)).unwrap()
    }

    fn set(engine: &Engine, situation: &mut Situation, fact: &str, value: &str) {
        let library = engine.library();
        let fact = library.fact_named(fact).unwrap();
        let given = AnswerGiven {
            fact: library.fact(fact).name.clone(),
            given: sapar_casework::screening::Given::Known(sapar_casework::personal::Text::new(
                value,
            )),
            how: HowLearned::Asked,
        };
        match given.read(library).unwrap() {
            (fact, Answer::Known(known)) => {
                situation.set(fact, known);
            }
            other => unreachable!("{other:?}"),
        }
    }

    fn acts(engine: &Engine, entries: &[Entry]) -> Vec<String> {
        entries
            .iter()
            .map(|entry| {
                let act = engine.position(entry.position).act;
                engine.library().act(act).name.clone()
            })
            .collect()
    }

    #[test]
    fn every_act_told_is_in_the_vocabulary_and_names_nothing_protected() {
        let engine = engine();
        let library = engine.library();
        let all = NOT_TO_BE_DONE
            .iter()
            .chain(&TO_BE_DONE)
            .chain(&OWN_RIGHTS)
            .chain(&OWN_DUTIES);
        for act in all {
            let found = library.act_named(act);
            let found = found.unwrap_or_else(|| panic!("`{act}` is no act of the vocabulary"));
            assert!(!tells(&library.act(found).label), "{act}");
        }
        for fact in PLAIN_FACTS {
            assert!(library.fact_named(fact).is_some(), "{fact}");
        }
        assert!(library.actor_named(PERSON).is_some());
        // The beginnings find what they are for, in each language.
        for act in ["apply for asylum", "refer for trafficking identification"] {
            let label = &library.act(library.act_named(act).unwrap()).label;
            for language in ["en", "ru", "kk"] {
                let words = label.get(language).to_lowercase();
                assert!(
                    TELLING.iter().any(|beginning| words.contains(beginning)),
                    "{language}: {words}"
                );
            }
        }
    }

    #[test]
    fn what_sends_away_or_holds_is_told_as_a_prohibition_alone() {
        for act in [
            "detain",
            "expel",
            "remove",
            "refuse entry",
            "return to danger",
            "extradite",
        ] {
            assert!(NOT_TO_BE_DONE.contains(&act));
            assert!(!TO_BE_DONE.contains(&act) && !OWN_RIGHTS.contains(&act));
        }
        assert!(!OWN_DUTIES.contains(&"leave territory"));
        let engine = engine();
        let mut returned = Situation::new();
        for (fact, value) in [
            ("age", "30"),
            ("citizenship", "UZB"),
            ("return decision", "yes"),
            ("being returned", "yes"),
        ] {
            set(&engine, &mut returned, fact, value);
        }
        let whole = Outcome::without_deciding_facts(&engine, &returned).unwrap();
        // The law permits and demands such things here, so the test would notice.
        assert!(acts(&engine, &whole.duties).contains(&"impose entry ban".to_owned()));
        let rights = Rights::of(&engine, &returned, Classes::ALL).unwrap();
        for list in [&rights.must, &rights.may, &rights.own] {
            for act in acts(&engine, list) {
                assert!(
                    ![
                        "impose entry ban",
                        "detain",
                        "expel",
                        "hand over to neighbouring state"
                    ]
                    .contains(&act.as_str()),
                    "{act}"
                );
            }
        }
        assert_eq!(acts(&engine, &rights.may), ["appeal"]);
    }

    #[test]
    fn a_child_alone_reads_of_a_guardian_and_everybody_of_dignity() {
        let engine = engine();
        let mut child = Situation::new();
        for (fact, value) in [
            ("age", "15"),
            ("citizenship", "AFG"),
            ("unaccompanied", "yes"),
        ] {
            set(&engine, &mut child, fact, value);
        }
        let rights = Rights::of(&engine, &child, Classes::ALL).unwrap();
        let must = acts(&engine, &rights.must);
        for act in [
            "appoint guardian",
            "make best interests primary",
            "respect dignity",
        ] {
            assert!(must.contains(&act.to_owned()), "{act} in {must:?}");
        }
        assert!(acts(&engine, &rights.must_not).contains(&"subject to ill-treatment".to_owned()));
        // Whoever may not see that somebody is a child prints nothing of it.
        let less = Rights::of(&engine, &child, Classes::one(DataClass::Identity)).unwrap();
        assert!(!acts(&engine, &less.must).contains(&"appoint guardian".to_owned()));
    }

    #[test]
    fn whoever_is_held_reads_of_reasons_court_and_family() {
        let engine = engine();
        let mut held = Situation::new();
        set(&engine, &mut held, "detained", "yes");
        set(&engine, &mut held, "detained by administration", "yes");
        let must = acts(
            &engine,
            &Rights::of(&engine, &held, Classes::ALL).unwrap().must,
        );
        for act in [
            "inform of reasons for detention",
            "decide on lawfulness of detention",
            "notify relatives of detention",
        ] {
            assert!(must.contains(&act.to_owned()), "{act} in {must:?}");
        }
    }

    /// Any one protected fact with any of its values changes nothing, whatever else is known.
    #[test]
    fn the_notice_is_the_same_whatever_is_protected() {
        let engine = engine();
        let library = engine.library();
        let mut bases = Vec::new();
        for known in [
            &[("age", "30"), ("citizenship", "AFG")][..],
            &[
                ("age", "15"),
                ("citizenship", "UZB"),
                ("unaccompanied", "yes"),
            ][..],
            &[("detained", "yes"), ("citizenship", "SYR")][..],
        ] {
            let mut base = Situation::new();
            for (fact, value) in known {
                set(&engine, &mut base, fact, value);
            }
            bases.push(base);
        }
        let (mut changed, mut outcomes_changed) = (0, 0);
        for base in &bases {
            let told = Rights::of(&engine, base, Classes::ALL).unwrap();
            let follows = Outcome::without_deciding_facts(&engine, base).unwrap();
            for (fact, def) in library.facts() {
                let plain = classes::of_fact(library, fact).visible_to(PLAIN)
                    || PLAIN_FACTS.contains(&def.name.as_str());
                if plain || !matches!(def.kind, ValueKind::YesNo) {
                    continue;
                }
                for value in [true, false] {
                    let mut more = base.clone();
                    more.set(fact, Knowledge::YesNo(value));
                    // What cannot all be true is no case.
                    let Ok(outcome) = Outcome::without_deciding_facts(&engine, &more) else {
                        continue;
                    };
                    changed += 1;
                    outcomes_changed += usize::from(outcome != follows);
                    let now = Rights::of(&engine, &more, Classes::ALL).unwrap();
                    assert_eq!(now, told, "{} = {value}", def.name);
                }
            }
        }
        assert!(changed > 100, "{changed}");
        assert!(outcomes_changed > 50, "{outcomes_changed}");
    }
}
