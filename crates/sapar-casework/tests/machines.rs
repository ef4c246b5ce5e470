//! Every state of each machine against every command, as a table; what is not in a table does not happen.

#[path = "shared/support.rs"]
mod support;

use std::collections::BTreeSet;

use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::{CheckedFile, Document, DocumentCommand, DocumentKind};
use sapar_casework::encounter::{Beginning, Encounter, EncounterCommand, Place};
use sapar_casework::note::{Note, NoteCommand};
use sapar_casework::person::*;
use sapar_casework::purpose::Purpose;
use sapar_casework::refusal::Refusal::{self, *};
use sapar_casework::screening::{Screening, ScreeningCommand, StopReason};
use sapar_casework::stamp::{Aggregate, Fold};
use sapar_casework::tasks::{TaskCommand, Tasks, WaiveReason};
use sapar_law::Role;
use support::*;

#[test]
fn person() {
    let unregistered = Person::default();
    let registered = registered();
    let mut linked = registered.clone();
    let claim = || PersonCommand::ClaimLink {
        link: link(1),
        other: support::person(2),
        kind: LinkKind::ParentOf,
        basis: Basis::Said,
        words: text(""),
    };
    linked.carry_out(claim(), &at(1)).unwrap();
    let answer = || PersonCommand::AnswerConsent {
        consent: consent(1),
        purpose: Purpose::Health,
        agency: None,
        answer: ConsentAnswer::Given,
    };
    linked.carry_out(answer(), &at(1)).unwrap();
    let mut settled = linked.clone();
    let settle = || PersonCommand::SettleLink {
        link: link(1),
        holds: true,
        basis: Basis::Document,
    };
    settled.carry_out(settle(), &at(2)).unwrap();
    settled
        .carry_out(
            PersonCommand::WithdrawConsent {
                consent: consent(1),
            },
            &at(2),
        )
        .unwrap();
    for basis in [Basis::Said, Basis::SaidByOther] {
        let confirm = |holds| PersonCommand::SettleLink {
            link: link(1),
            holds,
            basis,
        };
        assert_eq!(linked.decide(confirm(true), &at(2)), Err(EvidenceNeeded));
        linked.decide(confirm(false), &at(2)).unwrap();
    }
    assert_eq!(settled.links[&link(1)].basis, Basis::Document);
    let mut erased = settled.clone();
    erased.carry_out(PersonCommand::Erase, &at(3)).unwrap();
    let states = [&unregistered, &registered, &linked, &settled, &erased];
    let check =
        |name: &str, command: &dyn Fn() -> PersonCommand, expected: [Result<(), Refusal>; 5]| {
            row(&states, command, &expected, 1, name);
        };
    let ok = Ok(());
    let (none, gone, twice) = (Err(NotThere), Err(Erased), Err(ExistsAlready));
    let register = || PersonCommand::Register {
        person: support::person(1),
        details: details(),
    };
    check("register", &register, [ok, twice, twice, twice, gone]);
    let correct = || PersonCommand::Correct {
        details: details(),
        reason: text("misread"),
    };
    check("correct", &correct, [none, ok, ok, ok, gone]);
    check("claim", &claim, [none, ok, twice, twice, gone]);
    check("settle", &settle, [none, none, ok, Err(LinkSettled), gone]);
    let take_back = || PersonCommand::WithdrawLink { link: link(1) };
    check(
        "take back",
        &take_back,
        [none, none, ok, Err(LinkSettled), gone],
    );
    check("consent", &answer, [none, ok, twice, twice, gone]);
    let withdraw = || PersonCommand::WithdrawConsent {
        consent: consent(1),
    };
    check(
        "withdraw",
        &withdraw,
        [none, Err(ConsentNotGiven), ok, Err(ConsentNotGiven), gone],
    );
    check("erase", &|| PersonCommand::Erase, [none, ok, ok, ok, gone]);
    // What is gone is gone in every version, and the counts are not.
    assert_eq!(erased.versions.len(), settled.versions.len());
    assert!(
        erased.details().is_none() && erased.versions.iter().all(|one| !one.details.is_known())
    );
    // A withdrawn consent is neither refused nor never asked for.
    assert_eq!(
        settled.consent(Purpose::Health, agency(9)),
        ConsentState::Withdrawn(consent(1))
    );
    assert_eq!(
        linked.consent(Purpose::Health, agency(9)),
        ConsentState::Given(consent(1))
    );
    assert_eq!(
        linked.consent(Purpose::Return, agency(9)),
        ConsentState::NotAsked
    );
}

#[test]
fn what_is_registered_is_checked() {
    let refused = |change: &dyn Fn(&mut Details)| {
        let mut details = details();
        change(&mut details);
        let command = PersonCommand::Register {
            person: support::person(1),
            details,
        };
        Person::default().decide(command, &at(0)).unwrap_err()
    };
    assert_eq!(
        refused(&|one| one.names[0] = Name {
            script: Script::Latin,
            surname: None,
            given: None
        }),
        NameNeeded
    );
    assert_eq!(
        refused(&|one| one.names[0].surname = Some(text("123"))),
        NameEmpty
    );
    assert_eq!(
        refused(&|one| one.names[0].surname = Some(text(&"я".repeat(300)))),
        TextTooLong
    );
    assert_eq!(
        refused(&|one| one.nationalities = vec![Nationality::Of("XQX".to_owned())]),
        CountryUnknown
    );
    assert_eq!(
        refused(&|one| one.papers = Papers::Held(Vec::new())),
        DocumentNeeded
    );
    let to_self = PersonCommand::ClaimLink {
        link: link(1),
        other: support::person(1),
        kind: LinkKind::Sibling,
        basis: Basis::Said,
        words: text(""),
    };
    assert_eq!(registered().decide(to_self, &at(0)), Err(LinkToSelf));
}

#[test]
fn encounter() {
    let open = || EncounterCommand::Open {
        place: Place::Post { post: post(1) },
        beginning: Beginning::Check,
        met: minute(0),
    };
    let add = |number| EncounterCommand::AddPerson {
        person: support::person(number),
    };
    let group = || EncounterCommand::FormGroup {
        group: group(1),
        persons: BTreeSet::from([support::person(1), support::person(2)]),
    };
    let none = Encounter::default();
    let mut opened = none.clone();
    opened.carry_out(open(), &at(0)).unwrap();
    let mut two = opened.clone();
    two.carry_out(add(1), &at(0)).unwrap();
    two.carry_out(add(2), &at(0)).unwrap();
    let mut grouped = two.clone();
    grouped.carry_out(group(), &at(0)).unwrap();
    let mut closed = grouped.clone();
    closed.carry_out(EncounterCommand::Close, &at(0)).unwrap();
    let states = [&none, &opened, &two, &grouped, &closed];
    let check =
        |name: &str, command: &dyn Fn() -> EncounterCommand, expected: [Result<(), Refusal>; 5]| {
            row(&states, command, &expected, 1, name);
        };
    let ok = Ok(());
    let (missing, over, twice) = (Err(NotThere), Err(EncounterClosed), Err(ExistsAlready));
    check("open", &open, [ok, twice, twice, twice, twice]);
    check(
        "add",
        &|| add(1),
        [missing, ok, Err(PresentAlready), Err(PresentAlready), over],
    );
    let remove = || EncounterCommand::RemovePerson {
        person: support::person(1),
    };
    check("remove", &remove, [missing, Err(NotPresent), ok, ok, over]);
    check("group", &group, [missing, Err(NotPresent), ok, twice, over]);
    let leave = || EncounterCommand::LeaveGroup {
        person: support::person(1),
    };
    let alone = Err(NotGrouped);
    check("leave", &leave, [missing, alone, alone, ok, over]);
    check(
        "close",
        &|| EncounterCommand::Close,
        [missing, ok, ok, ok, over],
    );
    let alone = EncounterCommand::FormGroup {
        group: support::group(2),
        persons: BTreeSet::from([support::person(1)]),
    };
    assert_eq!(two.decide(alone, &at(1)), Err(GroupTooSmall));
    // A group of one is none, whoever left, and the others may come into a new one.
    let mut left = grouped.clone();
    left.carry_out(leave(), &at(1)).unwrap();
    assert!(left.groups.is_empty() && left.persons.len() == 2);
    let again = EncounterCommand::FormGroup {
        group: support::group(2),
        persons: BTreeSet::from([support::person(1), support::person(2)]),
    };
    left.carry_out(again, &at(2)).unwrap();
    grouped.carry_out(remove(), &at(1)).unwrap();
    assert!(grouped.groups.is_empty());
    let words = EncounterCommand::Open {
        place: Place::Inland {
            sector: Some("house of Mr Ivanov".to_owned()),
        },
        beginning: Beginning::Check,
        met: minute(0),
    };
    assert_eq!(none.decide(words, &at(0)), Err(SectorNotCode));
    assert_eq!(none.decide(open(), &at(-1)), Err(InTheFuture));
}

#[test]
fn task_states() {
    let add = |number| TaskCommand::Add {
        task: task(number),
        bearer: "police".to_owned(),
        due: Some(minute(60)),
        classes: Classes::NONE,
        words: text("call the hospital"),
    };
    let complete = || TaskCommand::Complete {
        task: task(1),
        at: minute(20),
        next: None,
    };
    let waive = || TaskCommand::Waive {
        task: task(1),
        reason: WaiveReason::PersonGone,
        words: text(""),
    };
    let none = Tasks::default();
    let mut open = none.clone();
    open.carry_out(add(1), calendar(), &at(0)).unwrap();
    let step = |command| {
        let mut next = open.clone();
        next.carry_out(command, calendar(), &at(30)).unwrap();
        next
    };
    let (done, waived) = (step(complete()), step(waive()));
    let mut replaced = open.clone();
    let replace = sapar_casework::tasks::TaskEvent::Replaced {
        task: task(1),
        by: None,
        classes: Classes::NONE,
    };
    replaced.apply(&replace, &at(30));
    let states = [&none, &open, &done, &waived, &replaced];
    let ok = Ok(());
    let (missing, over, twice) = (Err(NotThere), Err(TaskEnded), Err(ExistsAlready));
    type Row<'r> = (
        &'r str,
        &'r dyn Fn() -> TaskCommand,
        [Result<(), Refusal>; 5],
    );
    let rows: [Row<'_>; 3] = [
        ("add", &|| add(1), [ok, twice, twice, twice, twice]),
        ("complete", &complete, [missing, ok, over, over, over]),
        ("waive", &waive, [missing, ok, over, over, over]),
    ];
    for (name, command, expected) in rows {
        for (number, (state, expected)) in states.iter().zip(expected).enumerate() {
            let decided = state.decide(command(), calendar(), &at(30)).map(|_| ());
            assert_eq!(decided, expected, "{name} in state {number}");
        }
    }
    // Done at the due time is late, a minute before is not; later than now is refused.
    let late = |minutes| {
        let mut tasks = open.clone();
        let complete = TaskCommand::Complete {
            task: task(1),
            at: minute(minutes),
            next: None,
        };
        tasks.carry_out(complete, calendar(), &at(90)).map(|_| {
            matches!(
                tasks.tasks[&task(1)].state,
                sapar_casework::tasks::TaskState::Done { late: true, .. }
            )
        })
    };
    assert_eq!(
        [late(59), late(60), late(91)],
        [Ok(false), Ok(true), Err(InTheFuture)]
    );
    // What another post sends afterwards does not undo what was done.
    let mut after = done.clone();
    after.apply(&replace, &at(40));
    assert_eq!(after, done);
    let other = TaskCommand::Waive {
        task: task(1),
        reason: WaiveReason::Other,
        words: text(" "),
    };
    assert_eq!(open.decide(other, calendar(), &at(30)), Err(WordsNeeded));
}

#[test]
fn an_event_has_one_time_until_it_is_corrected_with_a_reason() {
    let mut tasks = Tasks::default();
    let happened = |minutes, correction: Option<&str>| TaskCommand::Happened {
        event: "start of detention".to_owned(),
        at: minute(minutes),
        correction: correction.map(text),
    };
    assert_eq!(
        tasks
            .carry_out(happened(0, None), calendar(), &at(1))
            .map(|events| events.len()),
        Ok(1)
    );
    assert_eq!(
        tasks.carry_out(happened(0, None), calendar(), &at(1)),
        Ok(vec![])
    );
    assert_eq!(
        tasks.carry_out(happened(-5, None), calendar(), &at(1)),
        Err(EventKnownOtherwise)
    );
    assert_eq!(
        tasks.carry_out(happened(-5, Some("")), calendar(), &at(1)),
        Err(WordsNeeded)
    );
    assert!(
        tasks
            .carry_out(happened(-5, Some("the log says so")), calendar(), &at(1))
            .is_ok()
    );
    assert_eq!(
        tasks.carry_out(happened(5, Some("x")), calendar(), &at(1)),
        Err(InTheFuture)
    );
    assert_eq!(tasks.happened.get("start of detention"), Some(&minute(-5)));
}

#[test]
fn screening_states() {
    let engine = engine();
    let start = || ScreeningCommand::Start {
        person: support::person(1),
        encounter: None,
        role: Role::SecondLine,
        known: Vec::new(),
    };
    let none = Screening::default();
    let step = |from: &Screening, command| {
        let mut next = from.clone();
        next.carry_out(&engine, command, &at(1)).unwrap();
        next
    };
    let stop = || ScreeningCommand::Stop {
        reason: StopReason::PersonStopped,
    };
    let answer = || ScreeningCommand::Answer(known("age", "30"));
    let running = step(&none, start());
    let answered = step(&running, answer());
    let stopped = step(&answered, stop());
    let finished = step(&answered, ScreeningCommand::Finish);
    assert_eq!(
        stopped.outcomes.len(),
        1,
        "a stopped screening still says what is certain"
    );
    let states = [&none, &running, &answered, &stopped, &finished];
    let ok = Ok(());
    let (missing, over, twice) = (Err(NotThere), Err(ScreeningEnded), Err(ExistsAlready));
    let hand_over = |role| ScreeningCommand::HandOver { role };
    type Row<'r> = (
        &'r str,
        &'r dyn Fn() -> ScreeningCommand,
        [Result<(), Refusal>; 5],
    );
    let rows: [Row<'_>; 10] = [
        ("start", &start, [ok, twice, twice, twice, twice]),
        ("answer", &answer, [missing, ok, ok, over, over]),
        (
            "back",
            &|| ScreeningCommand::TakeBack,
            [missing, Err(NothingToTakeBack), ok, over, over],
        ),
        (
            "hand up",
            &|| hand_over(Role::Specialist),
            [missing, ok, ok, over, over],
        ),
        (
            "hand down",
            &|| hand_over(Role::FirstLine),
            [missing, Err(RoleNotHigher), Err(RoleNotHigher), over, over],
        ),
        (
            "evaluate",
            &|| ScreeningCommand::Evaluate,
            [missing, ok, ok, ok, ok],
        ),
        (
            "follow",
            &|| ScreeningCommand::FollowLaw,
            [missing, ok, ok, ok, ok],
        ),
        ("stop", &stop, [missing, ok, ok, over, over]),
        (
            "finish",
            &|| ScreeningCommand::Finish,
            [missing, ok, ok, over, over],
        ),
        (
            "resume",
            &|| ScreeningCommand::Resume,
            [missing, Err(ScreeningRuns), Err(ScreeningRuns), ok, ok],
        ),
    ];
    for (name, command, expected) in rows {
        for (number, (state, expected)) in states.iter().zip(expected).enumerate() {
            let decided = state.decide(&engine, command(), &at(2)).map(|_| ());
            assert_eq!(decided, expected, "{name} in state {number}");
        }
    }
}

#[test]
fn documents_and_notes() {
    let file = CheckedFile::check(None, b"%PDF-1.7").unwrap();
    let child = Classes::one(DataClass::Child);
    let keep = || DocumentCommand::Keep {
        person: support::person(1),
        kind: DocumentKind::Medical,
        file,
        classes: child,
        title: text("X-ray"),
    };
    let none = Document::default();
    let mut kept = none.clone();
    kept.carry_out(keep(), &at(0)).unwrap();
    let withdraw = || DocumentCommand::Withdraw {
        words: text("of somebody else"),
    };
    let mut withdrawn = kept.clone();
    withdrawn.carry_out(withdraw(), &at(1)).unwrap();
    let states = [&none, &kept, &withdrawn];
    let gone = Err(DocumentWithdrawn);
    row(
        &states,
        keep,
        &[Ok(()), Err(ExistsAlready), Err(ExistsAlready)],
        1,
        "keep",
    );
    row(
        &states,
        withdraw,
        &[Err(NotThere), Ok(()), gone],
        1,
        "withdraw",
    );
    let add = || DocumentCommand::AddClasses {
        classes: Classes::one(DataClass::Health),
    };
    row(&states, add, &[Err(NotThere), Ok(()), gone], 1, "add");

    let write = || NoteCommand::Write {
        person: support::person(1),
        case: None,
        classes: child,
        words: text("shy"),
    };
    let correct = |classes| NoteCommand::Correct {
        classes,
        words: text("very shy"),
    };
    let none = Note::default();
    let mut written = none.clone();
    written.carry_out(write(), &at(0)).unwrap();
    row(
        &[&none, &written],
        write,
        &[Ok(()), Err(ExistsAlready)],
        1,
        "write",
    );
    row(
        &[&none, &written],
        || correct(child),
        &[Err(NotThere), Ok(())],
        1,
        "correct",
    );
    assert_eq!(
        written.decide(correct(Classes::NONE), &at(1)),
        Err(ClassNotLowered)
    );
    written.carry_out(correct(Classes::ALL), &at(1)).unwrap();
    assert_eq!((written.texts.len(), written.classes), (2, Classes::ALL));
}
