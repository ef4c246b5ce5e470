//! The asylum firewall: change only what is protected, and everything a returning officer sees stays the same, byte for byte.
//!
//! Two worlds are made from the same seed and lived through alike, except for answers of the class asylum.
//! Then every page, list, search, count, export and error of the migration police is written out and compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/support.rs"]
mod support;

use proptest::prelude::*;
use sapar_access::Purpose;
use sapar_casework::case::CaseKind;
use sapar_casework::classes::{Classes, DataClass, of_fact};
use sapar_casework::ids::{CaseId, PersonId, ReferralId, ScreeningId};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_operations::OperationError;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::tasks::Board;
use support::*;

/// One life: what is protected of it, and what is not.
#[derive(Debug, Clone)]
struct Life {
    /// Answers of the class asylum: fact and whether it is so.
    protected: Vec<(String, bool)>,
    /// Whether the person is referred for protection, and a note of it written.
    referred: bool,
}

struct Lived {
    world: World,
    person: PersonId,
    screening: ScreeningId,
    referral: ReferralId,
    case: CaseId,
}

/// Facts of the class asylum that a screening may ask for.
fn asylum_facts() -> Vec<String> {
    let library = library();
    library
        .facts()
        .filter(|(id, fact)| {
            of_fact(&library, *id) == Classes::one(DataClass::Asylum)
                && fact.kind == sapar_law::ValueKind::YesNo
        })
        .map(|(_, fact)| fact.name.clone())
        .collect()
}

async fn lived(seed: u64, life: &Life) -> Lived {
    let world = World::new(seed).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Usmonov", "Anvar", 1990, "UZB", "AB1234567"), 0)
        .await;
    // A whole screening that rules everything out, so that the return is referred lawfully.
    let screening = world
        .screened(
            "specialist",
            encounter,
            person,
            &[("travel document", "expired")],
            10,
        )
        .await;
    let officer = world.by("second", Purpose::Screening, 20);
    let new = NewReferral {
        to: world.agency("police"),
        purpose: ReferredFor::Return,
        ground: Ground::ConsentNow,
        words: "For return.".to_owned(),
        task: None,
    };
    let referral = operations.refer(&officer, person, new).await.unwrap();
    let police = world.by("police", Purpose::Return, 30);
    let case = operations.accept(&police, referral).await.unwrap().unwrap();

    // Afterwards the two worlds differ in protected things only.
    let specialist = world.by("specialist", Purpose::Screening, 40);
    for (fact, yes) in &life.protected {
        let given = AnswerGiven {
            fact: fact.clone(),
            given: Given::Known(Text::new(if *yes { "yes" } else { "no" })),
            how: HowLearned::Asked,
        };
        // What contradicts the rest is refused, and then nothing has changed.
        let _ = operations.answer(&specialist, screening, given).await;
    }
    let _ = operations.finish_screening(&specialist, screening).await;
    if life.referred {
        let new = NewReferral {
            to: world.agency("asylum"),
            purpose: ReferredFor::Protection,
            ground: Ground::ConsentNow,
            words: "Fears for his life.".to_owned(),
            task: None,
        };
        let officer = world.by("second", Purpose::Screening, 45);
        let protection = operations.refer(&officer, person, new).await.unwrap();
        let asylum = world.by("asylum", Purpose::Protection, 50);
        operations.accept(&asylum, protection).await.unwrap();
        operations
            .write_note(
                &world.by("second", Purpose::Screening, 51),
                person,
                None,
                Classes::one(DataClass::Asylum),
                "Asked for asylum in tears.",
            )
            .await
            .unwrap();
    }
    Lived {
        world,
        person,
        screening,
        referral,
        case,
    }
}

/// Everything the migration police can get, and whether the return is on hold. Identifiers that are drawn anew are taken out.
async fn seen(lived: &Lived) -> (String, bool) {
    let operations = &lived.world.operations;
    let mut text = String::new();
    let mut held = false;
    for purpose in [
        Purpose::Return,
        Purpose::Readmission,
        Purpose::DetentionReview,
        Purpose::Referral,
    ] {
        let police = lived.world.by("police", purpose, 100);
        let mut say =
            |what: &str, shown: String| text.push_str(&format!("{purpose:?} {what}: {shown}\n"));
        match operations.person(&police, lived.person).await {
            Ok(mut page) => {
                held |= page.return_hold;
                page.return_hold = false;
                say("person", format!("{page:?}"));
            }
            Err(error) => say("person", format!("{error:?}")),
        }
        match operations.outcome(&police, lived.screening).await {
            Ok(outcome) => say(
                "outcome",
                format!(
                    "{:?} {:?} {:?} {:?}",
                    outcome.outcome, outcome.happened, outcome.history, outcome.answered
                ),
            ),
            Err(error) => say("outcome", format!("{error:?}")),
        }
        match operations.notice_of_rights(&police, lived.screening).await {
            Ok(notice) => say(
                "notice",
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?}",
                    notice.must_not,
                    notice.must,
                    notice.may,
                    notice.own,
                    notice.happened,
                    notice.place
                ),
            ),
            Err(error) => say("notice", format!("{error:?}")),
        }
        say(
            "screening",
            format!(
                "{:?}",
                operations.screening(&police, lived.screening).await.err()
            ),
        );
        match operations.case(&police, lived.case).await {
            Ok(mut case) => {
                held |= case.hold;
                case.hold = false;
                say("case", format!("{case:?}"));
            }
            Err(error) => say("case", format!("{error:?}")),
        }
        match operations.referral(&police, lived.referral).await {
            Ok(mut referral) => {
                held |= referral.hold;
                // Whether there is a form to print is that one bit again, and the form tells no more than the page.
                match operations.referral_form(&police, lived.referral).await {
                    Ok(form) => {
                        assert!(!referral.hold);
                        assert_eq!(form.line, referral.line);
                    }
                    Err(error) => {
                        assert!(referral.hold && matches!(error, OperationError::NotThere));
                    }
                }
                referral.hold = false;
                say("referral", format!("{referral:?}"));
            }
            Err(error) => say("referral", format!("{error:?}")),
        }
        for board in [Board::Own, Board::Here, Board::Ended] {
            say(
                "board",
                format!("{:?}", operations.board(&police, board, 500).await),
            );
        }
        say("inbox", format!("{:?}", operations.inbox(&police).await));
        say("sent", format!("{:?}", operations.sent(&police).await));
        say("cases", format!("{:?}", operations.cases(&police).await));
        say(
            "search",
            format!("{:?}", operations.search(&police, "Usmonov").await),
        );
        say("desk", format!("{:?}", operations.desk(&police).await));
        say("waits", format!("{:?}", operations.waits(&police).await));
        say(
            "awaited",
            format!("{:?}", operations.awaited(&police, lived.person).await),
        );
        say(
            "dashboard",
            format!("{:?}", operations.dashboard(&police).await),
        );
        say(
            "receivers",
            format!("{:?}", operations.receivers(&police, lived.person).await),
        );
        say(
            "grounds",
            format!("{:?}", operations.grounds(&police, lived.person).await),
        );
        say(
            "open",
            format!(
                "{:?}",
                operations
                    .open_case(&police, lived.person, CaseKind::AsylumReferral)
                    .await
                    .err()
            ),
        );
        say(
            "short",
            format!(
                "{:?}",
                operations.outcome_in_short(&police, lived.screening).await
            ),
        );
    }
    (text, held)
}

/// Debug text shows withheld personal data as withheld, so the names are compared through the views; this is what is left to strip.
fn first_difference(left: &str, right: &str) -> Option<(String, String)> {
    left.lines()
        .zip(right.lines())
        .find(|(left, right)| left != right)
        .map(|(left, right)| {
            let at = left
                .bytes()
                .zip(right.bytes())
                .position(|(left, right)| left != right)
                .unwrap_or(0);
            let from = at.saturating_sub(200);
            let cut = |text: &str| text.chars().skip(from).take(500).collect::<String>();
            (cut(left), cut(right))
        })
}

fn life() -> impl Strategy<Value = Life> {
    let facts = asylum_facts();
    let answer =
        (0..facts.len(), any::<bool>()).prop_map(move |(place, yes)| (facts[place].clone(), yes));
    (prop::collection::vec(answer, 0..5), any::<bool>()).prop_map(|(protected, referred)| Life {
        protected,
        referred,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_returning_officer_sees_the_same_whatever_is_protected(one in life(), other in life()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let (left, right) = runtime.block_on(async {
            let left = seen(&lived(7, &one).await).await;
            let right = seen(&lived(7, &other).await).await;
            (left, right)
        });
        prop_assert_eq!(first_difference(&left.0, &right.0), None);
        prop_assert_eq!(left.0.len(), right.0.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hold_is_the_one_bit_that_is_released_and_looks_alike_for_every_reason() {
    let nothing = Life {
        protected: Vec::new(),
        referred: false,
    };
    let fears = Life {
        protected: vec![("seeks protection".to_owned(), true)],
        referred: false,
    };
    let referred = Life {
        protected: vec![("seeks protection".to_owned(), true)],
        referred: true,
    };
    let free = seen(&lived(9, &nothing).await).await;
    assert!(!free.1, "nothing bars this return");
    for life in [fears, referred] {
        let (text, held) = seen(&lived(9, &life).await).await;
        assert!(held, "a return stops when protection is sought");
        assert_eq!(first_difference(&free.0, &text), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_comparison_would_notice() {
    // A fact that is not protected changes what is seen, so that the comparison above can fail.
    let world = |number: &'static str| async move {
        let world = World::new(3).await;
        let (encounter, person) = world
            .met(details("Usmonov", "Anvar", 1990, "UZB", number), 0)
            .await;
        world
            .screened("specialist", encounter, person, &[], 10)
            .await;
        let officer = world.by("second", Purpose::Screening, 20);
        let new = NewReferral {
            to: world.agency("police"),
            purpose: ReferredFor::Return,
            ground: Ground::ConsentNow,
            words: String::new(),
            task: None,
        };
        world.operations.refer(&officer, person, new).await.unwrap();
        let police = world.by("police", Purpose::Return, 30);
        let page = world.operations.person(&police, person).await.unwrap();
        let Some(sapar_casework::person::Papers::Held(papers)) =
            page.person.details.map(|details| details.papers)
        else {
            panic!("the police sees papers of a person referred to it")
        };
        papers[0].number.as_str().to_owned()
    };
    assert_ne!(world("AB1234567").await, world("AB7654321").await);
}
