//! The whole of what is permitted as one page that a lawyer can read and a review can compare.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use crate::break_glass::BreakGlassReason;
use crate::decide::{Access, Profile};
use crate::word::Word;
use crate::words::{
    Action, AgencyKind, DataClass, DataClasses, Protection, Purpose, Relation, Relations, Role,
};

/// The page `docs/access.md`, in Markdown: for every purpose, who may do what with which class of data.
///
/// Agencies have the usual mandates of their kinds, and records are ones that reveal nothing about protection;
/// who learns less of the others is listed at the end.
#[must_use]
pub fn table(access: &Arc<Access>) -> String {
    let mut page = String::from(OPENING);
    legend(&mut page);
    mandates(&mut page);
    for purpose in Purpose::ALL {
        of_purpose(access, *purpose, &mut page);
    }
    revealing(access, &mut page);
    page.push_str(RETURN);
    page
}

const OPENING: &str = "\
# Who may do what

This page is made from the policies in `crates/sapar-access/policies/` and compared with them by a test; it is not edited by hand.
`UPDATE_ACCESS_TABLE=1 cargo test -p sapar-access --test table` writes it anew.

What is not listed is denied.
Each policy names what it rests on. Those articles were written from memory and have not been compared with their texts, nor has a lawyer reviewed a policy.
Each row is a role at kinds of agencies and how the user stands to the record; each cell holds a letter for every action permitted with that class of data.
";

/// What is released through the firewall, and how a person comes to the other side of it.
const RETURN: &str = "
## Return and the hold

Who acts for return, and everyone in an agency that does, meets a person only in a referral made to the agency or a case of the own team.
A referral for return or readmission is made only by somebody who may see data of class asylum, and only where the check of the law in casework finds no prohibition.
What is learned later may put a hold on the return case.
The hold has no reason: it is the same for trafficking, for a child, for health, for asylum, and while an outcome is computed anew.
That one bit passes the firewall on purpose, because the person's safety comes first.
So that nobody finds the reason by elimination, the same people do not see what was found of trafficking.
";

fn letter(action: Action) -> char {
    match action {
        Action::See => 's',
        Action::Search => 'f',
        Action::Count => 'c',
        Action::Export => 'x',
        Action::Record => 'r',
        Action::Refer => 'p',
        Action::Accept => 'a',
        Action::Decide => 'd',
        Action::Administer => 'm',
        Action::Audit => 'u',
        Action::BreakGlass => 'b',
    }
}

fn meaning(action: Action) -> &'static str {
    match action {
        Action::See => "see",
        Action::Search => "find by it",
        Action::Count => "count",
        Action::Export => "take out of the system",
        Action::Record => "record or correct",
        Action::Refer => "pass on to another agency, which gets no more than it may see itself",
        Action::Accept => "accept or decline a referral",
        Action::Decide => "conclude, waive or close",
        Action::Administer => "set up users, teams and posts",
        Action::Audit => "read who looked at it",
        Action::BreakGlass => "see in an emergency, with a reason, an alert and a review",
    }
}

fn legend(page: &mut String) {
    page.push_str("\n| letter | action |\n|---|---|\n");
    for action in Action::ALL {
        put(
            page,
            format_args!("| {} | {} |\n", letter(*action), meaning(*action)),
        );
    }
}

fn mandates(page: &mut String) {
    page.push_str(
        "\n## Mandates\n\nThe purposes that an agency of a kind usually acts for; an agency's own mandate is entered with it.\n\
         A body that both returns people and protects or screens them is entered as two agencies, so that the asylum firewall runs through it.\n\n\
         | agency | purposes |\n|---|---|\n",
    );
    for kind in AgencyKind::ALL {
        let purposes: Vec<&str> = kind.usual_mandate().iter().map(Word::name).collect();
        put(
            page,
            format_args!("| {} | {} |\n", kind.name(), purposes.join(", ")),
        );
    }
}

/// What the classes of one row permit, class by class.
type Cells = Vec<String>;

fn of_purpose(access: &Arc<Access>, purpose: Purpose, page: &mut String) {
    put(page, format_args!("\n## {}\n\n", purpose.name()));
    // Agencies whose rows are alike share them.
    let mut rows: BTreeMap<(usize, usize, Cells), Vec<&'static str>> = BTreeMap::new();
    for kind in AgencyKind::ALL {
        if !kind.usual_mandate().has(purpose) {
            continue;
        }
        for role in Role::ALL {
            for (place, (_, relations)) in standings().into_iter().enumerate() {
                let cells = cells(
                    access,
                    Profile::usual(*kind, *role),
                    purpose,
                    relations,
                    Protection::NotRevealed,
                );
                if cells.iter().any(|cell| !cell.is_empty()) {
                    rows.entry((role.index(), place, cells))
                        .or_default()
                        .push(kind.name());
                }
            }
        }
    }
    let classes: Vec<&str> = DataClass::ALL.iter().map(|class| class.name()).collect();
    put(
        page,
        format_args!("| role | record | {} | agencies |\n", classes.join(" | ")),
    );
    put(
        page,
        format_args!("|---|---|{}---|\n", "---|".repeat(classes.len())),
    );
    for ((role, place, cells), kinds) in rows {
        let role = Role::ALL.get(role).map_or("", |role| role.name());
        let record = standings()
            .into_iter()
            .nth(place)
            .map_or("", |(name, _)| name);
        let kinds = if kinds.len() == AgencyKind::ALL.len() {
            "all".to_owned()
        } else {
            kinds.join(", ")
        };
        put(
            page,
            format_args!("| {role} | {record} | {} | {kinds} |\n", cells.join(" | ")),
        );
    }
}

fn revealing(access: &Arc<Access>, page: &mut String) {
    page.push_str(
        "\n## Records that reveal, or may reveal, that protection was sought\n\n\
         For these users such a record does not exist; for all others nothing changes.\n\n\
         | record | reveals protection |\n|---|---|\n\
         | a person's own record, a screening | no: it exists for many reasons, and each field and position is shown by its classes |\n\
         | a referral, case, task, document or note | where asylum is among its classes |\n\
         | the same, when its content cannot be read | not known, which counts as yes |\n\
         | an entry of the log of who looked | where the purpose was protection, the agency decides on asylum, or asylum data was seen |\n\n\
         | agency | role | purpose |\n|---|---|---|\n",
    );
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            for purpose in kind.usual_mandate().iter() {
                let who = Profile::usual(*kind, *role);
                let differs = standings().into_iter().any(|(_, relations)| {
                    cells(access, who, purpose, relations, Protection::NotRevealed)
                        != cells(access, who, purpose, relations, Protection::Revealed)
                });
                if differs {
                    put(
                        page,
                        format_args!(
                            "| {} | {} | {} |\n",
                            kind.name(),
                            role.name(),
                            purpose.name()
                        ),
                    );
                }
            }
        }
    }
}

/// How a user can stand to a record, one way at a time; several ways permit what each of them does.
fn standings() -> Vec<(&'static str, Relations)> {
    std::iter::once(("any", Relations::NONE))
        .chain(
            Relation::ALL
                .iter()
                .map(|relation| (relation.name(), Relations::one(*relation))),
        )
        .collect()
}

fn cells(
    access: &Arc<Access>,
    who: Profile,
    purpose: Purpose,
    relations: Relations,
    protection: Protection,
) -> Cells {
    let permits = access.permits(who, purpose);
    let answers: Vec<(Action, DataClasses)> = Action::ALL
        .iter()
        .map(|action| {
            let classes = match (action, BreakGlassReason::parse("the table of permits")) {
                (Action::BreakGlass, Ok(reason)) => {
                    permits.break_glass(&reason, relations, protection).0
                }
                _ => permits.classes(*action, relations, protection),
            };
            (*action, classes)
        })
        .collect();
    DataClass::ALL
        .iter()
        .map(|class| {
            answers
                .iter()
                .filter(|(_, classes)| classes.has(*class))
                .map(|(action, _)| letter(*action))
                .collect()
        })
        .collect()
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}
