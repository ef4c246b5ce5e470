//! What holds whatever the policies permit: the firewall, denial by default, and that looking comes before using.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::sync::Arc;

use sapar_access::{
    Access, Action, AgencyKind, BreakGlassReason, DataClass, DataClasses, Profile, Protection,
    Purpose, Purposes, Relation, Relations, Request, Role, SCHEMA, UserState, Word,
};

fn reason() -> BreakGlassReason {
    BreakGlassReason::parse("the person is in danger").unwrap()
}

/// What the action permits, breaking glass included.
fn classes(
    access: &Arc<Access>,
    who: Profile,
    purpose: Purpose,
    action: Action,
    relations: Relations,
    protection: Protection,
) -> DataClasses {
    let permits = access.permits(who, purpose);
    match action {
        Action::BreakGlass => permits.break_glass(&reason(), relations, protection).0,
        _ => permits.classes(action, relations, protection),
    }
}

/// Mandates with return or readmission in them, as wide as can be and as usual.
fn mandates_of_return(kind: AgencyKind) -> [Purposes; 2] {
    let all_but_return = Purpose::ALL
        .iter()
        .copied()
        .filter(|purpose| *purpose != Purpose::Return)
        .collect();
    [kind.usual_mandate().with(Purpose::Return), all_but_return]
}

#[test]
fn nothing_of_protection_passes_the_firewall() {
    let access = Access::new().unwrap();
    let mut asked = 0;
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            for mandate in mandates_of_return(*kind) {
                let who = Profile {
                    mandate,
                    ..Profile::usual(*kind, *role)
                };
                // Outside its mandate an agency does nothing, which a test of its own shows.
                for purpose in mandate.iter() {
                    for action in Action::ALL {
                        // Being without relation permits more to no action but an administrator's.
                        let standings = match action {
                            Action::Administer | Action::See => {
                                vec![Relations::NONE, Relations::all()]
                            }
                            _ => vec![Relations::all()],
                        };
                        for relations in standings {
                            asked += 1;
                            let of = |protection| {
                                classes(&access, who, purpose, *action, relations, protection)
                            };
                            assert_eq!(of(Protection::Revealed), DataClasses::NONE);
                            assert_eq!(of(Protection::NotKnown), DataClasses::NONE);
                            // Asylum data is denied also where somebody says that the record reveals nothing.
                            let decision = access.decide(&Request {
                                who,
                                purpose,
                                action: *action,
                                class: DataClass::Asylum,
                                relations,
                                protection: Protection::NotRevealed,
                                reason_given: true,
                            });
                            assert!(!decision.is_allowed(), "{who:?} {purpose:?} {action:?}");
                        }
                    }
                }
            }
        }
    }
    let purposes: usize = AgencyKind::ALL
        .iter()
        .flat_map(|kind| mandates_of_return(*kind))
        .map(|mandate| mandate.iter().count())
        .sum();
    assert_eq!(asked, purposes * Role::ALL.len() * (11 + 2));
}

#[test]
fn a_purpose_of_return_is_enough_whatever_the_mandate_says() {
    let access = Access::new().unwrap();
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            let who = Profile::usual(*kind, *role);
            for purpose in Purpose::OF_RETURN {
                for action in Action::ALL {
                    let seen = classes(
                        &access,
                        who,
                        purpose,
                        *action,
                        Relations::all(),
                        Protection::NotRevealed,
                    );
                    assert!(!seen.has(DataClass::Asylum));
                    let seen = classes(
                        &access,
                        who,
                        purpose,
                        *action,
                        Relations::all(),
                        Protection::NotKnown,
                    );
                    assert!(seen.is_empty());
                }
            }
        }
    }
}

#[test]
fn who_uses_data_may_see_it_and_relations_only_add() {
    let access = Access::new().unwrap();
    let using = [
        Action::Search,
        Action::Export,
        Action::Record,
        Action::Refer,
        Action::Decide,
    ];
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            let who = Profile::usual(*kind, *role);
            for purpose in kind.usual_mandate().iter() {
                let of = |action, relations| {
                    classes(
                        &access,
                        who,
                        purpose,
                        action,
                        relations,
                        Protection::NotRevealed,
                    )
                };
                let seen = of(Action::See, Relations::all());
                for action in using {
                    assert!(
                        of(action, Relations::all()).within(seen),
                        "{who:?} {purpose:?} {action:?}"
                    );
                }
                for action in Action::ALL {
                    let one_by_one = Relation::ALL
                        .iter()
                        .map(|relation| of(*action, Relations::one(*relation)))
                        .fold(of(*action, Relations::NONE), DataClasses::or);
                    // An administrator's own matters are no records, and have no relation.
                    if *role != Role::Administrator {
                        assert_eq!(
                            of(*action, Relations::all()),
                            one_by_one,
                            "{who:?} {purpose:?} {action:?}"
                        );
                    }
                }
            }
        }
    }
}

/// Acting for return, or in an agency that does; what counts, sets up and audits has a test of its own.
fn those_who_return() -> Vec<(Profile, Purpose)> {
    let apart = [Purpose::Statistics, Purpose::Administration, Purpose::Audit];
    let mut asking = Vec::new();
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            let usual = Profile::usual(*kind, *role);
            let [_, wide] = mandates_of_return(*kind);
            let mut whos = vec![Profile {
                mandate: wide,
                ..usual
            }];
            if usual.mandate.has(Purpose::Return) {
                whos.push(usual);
            }
            for who in whos {
                asking.extend(
                    who.mandate
                        .iter()
                        .filter(|purpose| !apart.contains(purpose))
                        .map(|purpose| (who, purpose)),
                );
            }
        }
    }
    asking
}

#[test]
fn who_returns_people_meets_them_by_referral_or_case_only() {
    let access = Access::new().unwrap();
    let mut seen_in_own = 0;
    for (who, purpose) in those_who_return() {
        for action in Action::ALL {
            for relations in [Relations::NONE, Relations::one(Relation::OwnPost)] {
                for class in [DataClass::Work, DataClass::Identity, DataClass::Health] {
                    let decision = access.decide(&Request {
                        who,
                        purpose,
                        action: *action,
                        class,
                        relations,
                        protection: Protection::OF_PERSON_OR_SCREENING,
                        reason_given: true,
                    });
                    assert!(!decision.is_allowed(), "{who:?} {purpose:?} {action:?}");
                }
            }
        }
        let permits = access.permits(who, purpose);
        for relation in [Relation::OwnAgencyReferral, Relation::OwnTeamCase] {
            let seen = permits
                .visible_classes(Relations::one(relation), Protection::OF_PERSON_OR_SCREENING);
            seen_in_own += usize::from(seen.has(DataClass::Identity));
        }
    }
    // Their own people they do meet.
    assert!(seen_in_own > 100, "{seen_in_own}");
    for role in [Role::CaseOfficer, Role::Supervisor] {
        let who = Profile::usual(AgencyKind::MigrationPolice, role);
        let permits = access.permits(who, Purpose::Return);
        for relation in [Relation::OwnAgencyReferral, Relation::OwnTeamCase] {
            let seen = permits
                .visible_classes(Relations::one(relation), Protection::OF_PERSON_OR_SCREENING);
            let needed = [
                DataClass::Work,
                DataClass::Identity,
                DataClass::Contact,
                DataClass::Travel,
                DataClass::Child,
            ];
            assert_eq!(seen, needed.into_iter().collect());
        }
    }
}

#[test]
fn a_hold_is_seen_and_its_reason_is_not() {
    let access = Access::new().unwrap();
    let who = Profile::usual(AgencyKind::MigrationPolice, Role::CaseOfficer);
    let case = Relations::one(Relation::OwnTeamCase);
    let permits = access.permits(who, Purpose::Return);
    // The case of return with its hold: work that identifies nobody, in a record without asylum data.
    let record = Protection::of_classes(Some(
        DataClasses::one(DataClass::Work).with(DataClass::Identity),
    ));
    assert!(permits.visible_classes(case, record).has(DataClass::Work));
    // The task, case or referral behind a hold for asylum does not exist for them.
    let behind = Protection::of_classes(Some(
        DataClasses::one(DataClass::Work).with(DataClass::Asylum),
    ));
    assert!(permits.visible_classes(case, behind).is_empty());
    // What was found of trafficking is not seen either, in no record and by no action, or the reason were found by elimination.
    for (who, purpose) in those_who_return() {
        for action in Action::ALL {
            let decision = access.decide(&Request {
                who,
                purpose,
                action: *action,
                class: DataClass::Trafficking,
                relations: Relations::all(),
                protection: Protection::of_classes(Some(DataClasses::one(DataClass::Trafficking))),
                reason_given: true,
            });
            assert!(!decision.is_allowed(), "{who:?} {purpose:?} {action:?}");
        }
    }
}

#[test]
fn a_return_is_referred_only_by_who_may_see_asylum_data() {
    let access = Access::new().unwrap();
    let record = Protection::OF_PERSON_OR_SCREENING;
    let (mut refused, mut made) = (0, 0);
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            for purpose in kind.usual_mandate().iter() {
                let sender = access.permits(Profile::usual(*kind, *role), purpose);
                for relation in Relation::ALL {
                    let relations = Relations::one(*relation);
                    for receiving in Purpose::OF_RETURN {
                        let receiver = access.permits(
                            Profile::usual(AgencyKind::MigrationPolice, Role::CaseOfficer),
                            receiving,
                        );
                        let sent = sender.referable_classes(relations, record, &receiver);
                        let knows = sender
                            .visible_classes(relations, record)
                            .has(DataClass::Asylum);
                        if !knows {
                            assert!(sent.is_empty(), "{kind:?} {role:?} {purpose:?} {sent:?}");
                            assert!(!sender.may_refer_for_return(relations));
                            let may = sender.classes(Action::Refer, relations, record);
                            refused += usize::from(!may.is_empty());
                        } else if sender.may_refer_for_return(relations) {
                            made += usize::from(!sent.is_empty());
                        }
                        assert!(!sent.has(DataClass::Asylum) && !sent.has(DataClass::Trafficking));
                    }
                }
            }
        }
    }
    assert!(refused > 0 && made > 0, "{refused} {made}");
}

#[test]
fn how_the_protection_of_a_record_is_set() {
    for class in DataClass::ALL {
        let reveals = Protection::of_classes(Some(DataClasses::one(*class)));
        assert_eq!(reveals == Protection::Revealed, *class == DataClass::Asylum);
        assert_ne!(reveals, Protection::NotKnown);
    }
    assert_eq!(
        Protection::of_classes(Some(DataClasses::all())),
        Protection::Revealed
    );
    assert_eq!(Protection::of_classes(None), Protection::NotKnown);
    let look = Protection::of_look;
    let work = Some(DataClasses::one(DataClass::Work));
    assert_eq!(
        look(Purpose::Screening, AgencyKind::BorderService, work),
        Protection::NotRevealed
    );
    assert_eq!(
        look(Purpose::Screening, AgencyKind::BorderService, None),
        Protection::NotKnown
    );
    assert_eq!(
        look(Purpose::Protection, AgencyKind::Ngo, work),
        Protection::Revealed
    );
    assert_eq!(
        look(Purpose::Referral, AgencyKind::AsylumAuthority, work),
        Protection::Revealed
    );
}

#[test]
fn closed_accounts_and_purposes_outside_the_mandate_permit_nothing() {
    let access = Access::new().unwrap();
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            let usual = Profile::usual(*kind, *role);
            let closed = Profile {
                state: UserState::Closed,
                ..usual
            };
            for purpose in Purpose::ALL {
                // Outside the mandate an open account is refused; within it, a closed one.
                let who = if usual.mandate.has(*purpose) {
                    closed
                } else {
                    usual
                };
                for action in Action::ALL {
                    let standings = match action {
                        Action::Administer | Action::See | Action::Count => {
                            vec![Relations::NONE, Relations::all()]
                        }
                        _ => vec![Relations::all()],
                    };
                    for relations in standings {
                        let protection = Protection::NotRevealed;
                        let seen = classes(&access, who, *purpose, *action, relations, protection);
                        assert!(seen.is_empty(), "{who:?} {purpose:?} {action:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn who_counts_sets_up_or_audits_sees_no_person() {
    let access = Access::new().unwrap();
    let work = DataClasses::one(DataClass::Work);
    for kind in AgencyKind::ALL {
        for role in [Role::Analyst, Role::Administrator, Role::Auditor] {
            let who = Profile {
                mandate: Purposes::all(),
                ..Profile::usual(*kind, role)
            };
            // A mandate without return, so that not the firewall alone keeps them out.
            let no_return = Purpose::ALL
                .iter()
                .copied()
                .filter(|purpose| !Purpose::OF_RETURN.contains(purpose))
                .collect();
            for mandate in [who.mandate, no_return] {
                for purpose in Purpose::ALL {
                    for action in Action::ALL
                        .iter()
                        .filter(|action| !matches!(action, Action::Count | Action::Audit))
                    {
                        for relations in [Relations::NONE, Relations::all()] {
                            let who = Profile { mandate, ..who };
                            let seen = classes(
                                &access,
                                who,
                                *purpose,
                                *action,
                                relations,
                                Protection::NotRevealed,
                            );
                            assert!(seen.within(work), "{who:?} {purpose:?} {action:?} {seen:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn without_a_policy_everything_is_denied_and_one_that_forbids_wins() {
    let none = Access::with_policies(&[]).unwrap();
    let both = Access::with_policies(&[
        (
            "permit.cedar",
            "@id(\"all\") permit (principal, action, resource);",
        ),
        (
            "forbid.cedar",
            "@id(\"none\") forbid (principal, action == Action::\"see\", resource);",
        ),
    ])
    .unwrap();
    let who = Profile::usual(AgencyKind::AsylumAuthority, Role::Supervisor);
    for purpose in Purpose::ALL {
        for action in Action::ALL {
            let of = |access| {
                classes(
                    access,
                    who,
                    *purpose,
                    *action,
                    Relations::all(),
                    Protection::NotRevealed,
                )
            };
            assert!(of(&none).is_empty());
            assert_eq!(of(&both).is_empty(), *action == Action::See);
        }
    }
}

#[test]
fn glass_is_not_broken_by_asking_for_classes_alone() {
    let access = Access::new().unwrap();
    let who = Profile::usual(AgencyKind::AsylumAuthority, Role::Supervisor);
    let permits = access.permits(who, Purpose::Protection);
    assert!(
        permits
            .classes(
                Action::BreakGlass,
                Relations::all(),
                Protection::NotRevealed
            )
            .is_empty()
    );
    let (classes, follow_ups) =
        permits.break_glass(&reason(), Relations::NONE, Protection::NotKnown);
    assert!(classes.has(DataClass::Asylum));
    assert!(!follow_ups.is_empty());
    assert!(
        permits
            .visible_classes(Relations::NONE, Protection::NotKnown)
            .is_empty()
    );
}

#[test]
fn a_referral_carries_no_more_than_the_receiver_may_see() {
    let access = Access::new().unwrap();
    let officer = access.permits(
        Profile::usual(AgencyKind::BorderService, Role::SecondLine),
        Purpose::Referral,
    );
    let of = |kind, role, purpose, protection| {
        let receiver = access.permits(Profile::usual(kind, role), purpose);
        officer.referable_classes(Relations::one(Relation::OwnPost), protection, &receiver)
    };
    let authority = of(
        AgencyKind::AsylumAuthority,
        Role::AgencyCaseworker,
        Purpose::Protection,
        Protection::Revealed,
    );
    assert!(authority.has(DataClass::Asylum) && !authority.has(DataClass::Investigation));
    let ngo = of(
        AgencyKind::Ngo,
        Role::AgencyCaseworker,
        Purpose::TraffickingAssistance,
        Protection::Revealed,
    );
    assert!(ngo.has(DataClass::Trafficking) && !ngo.has(DataClass::Asylum));
    let police = of(
        AgencyKind::MigrationPolice,
        Role::CaseOfficer,
        Purpose::Return,
        Protection::NotKnown,
    );
    assert!(police.is_empty());
    let police = of(
        AgencyKind::MigrationPolice,
        Role::CaseOfficer,
        Purpose::Return,
        Protection::NotRevealed,
    );
    assert!(police.has(DataClass::Identity) && !police.has(DataClass::Trafficking));
}

#[test]
fn the_schema_has_exactly_the_words_of_the_types() {
    fn check<T: Word>() {
        let words: Vec<String> = T::ALL
            .iter()
            .map(|word| format!("{:?}", word.name()))
            .collect();
        let line = format!("entity {} enum [{}];", T::TYPE, words.join(", "));
        assert!(SCHEMA.contains(&line), "the schema lacks: {line}");
    }
    check::<AgencyKind>();
    check::<Role>();
    check::<Purpose>();
    check::<DataClass>();
    check::<Relation>();
    let actions: Vec<String> = Action::ALL
        .iter()
        .map(|action| format!("{:?}", action.name()))
        .collect();
    assert!(SCHEMA.contains(&format!("action {}\n", actions.join(", "))));
}

#[test]
fn every_word_has_a_label_in_each_language() {
    fn check<T: Word>() {
        for language in sapar_messages::Language::ALL {
            let messages = sapar_messages::Messages::new(language);
            for word in T::ALL {
                assert!(
                    messages.has(&word.label_key()),
                    "{language:?} lacks {}",
                    word.label_key()
                );
            }
        }
    }
    check::<AgencyKind>();
    check::<Role>();
    check::<Purpose>();
    check::<Action>();
    check::<DataClass>();
    check::<Relation>();
}
