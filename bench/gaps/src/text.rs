//! Two laws of the same words, written in Sapar's language.

use std::fmt::Write;

use sapar_law::{LawFile, Library};

use crate::law::{Condition, DOCUMENTS, NUMBERS, Norm};

/// The name of a yes/no fact.
pub fn circumstance(place: usize) -> String {
    format!("circumstance {}", place + 1)
}

/// Both laws as one library: order `first` and order `second`.
pub fn library(laws: [&[Norm]; 2], circumstances: usize, outcomes: usize) -> Library {
    let mut files = vec![LawFile {
        path: String::from("vocabulary/words.md"),
        bytes: vocabulary(circumstances, outcomes).into_bytes(),
    }];
    for (name, law) in ["first", "second"].into_iter().zip(laws) {
        files.push(LawFile {
            path: format!("{name}/law.md"),
            bytes: statute(name, law).into_bytes(),
        });
    }
    let read = Library::read_unchecked(files);
    assert!(!read.has_errors(), "{:?}", read.problems.first());
    read.library
}

fn vocabulary(circumstances: usize, outcomes: usize) -> String {
    let mut text = String::from("# Words\n\n```law\n");
    let fact = |name: &str, kind: &str, values: &str| {
        format!(
            "fact {name}\n  {kind}\n  group person\n  learned by asking\n  role first line\n  step 10\n  sensitivity identity\n  \
             label en \"{name}\" ru \"{name}\" kk \"{name}\"\n  question en \"{name}?\" ru \"{name}?\" kk \"{name}?\"\n{values}\n"
        )
    };
    for place in 0..circumstances {
        text += &fact(&circumstance(place), "yes or no", "");
    }
    for (name, unit, most) in NUMBERS {
        text += &fact(name, &format!("whole number of {unit} from 0 to {most}"), "");
    }
    let values: String = DOCUMENTS
        .iter()
        .map(|value| format!("  value {value} en \"{value}\" ru \"{value}\" kk \"{value}\"\n"))
        .collect();
    text += &fact("travel document", &format!("one of ({})", DOCUMENTS.join(", ")), &values);
    text += "actor state\n  label en \"state\" ru \"государство\" kk \"мемлекет\"\n\n";
    for outcome in 0..outcomes {
        let name = format!("do act {}", outcome + 1);
        let _ = writeln!(text, "act {name}\n  severity other\n  label en \"{name}\" ru \"{name}\" kk \"{name}\"\n");
    }
    text + "```\n"
}

fn statute(name: &str, law: &[Norm]) -> String {
    let mut text = format!(
        "# A law made for measuring\n\n```law\ninstrument {name}-law\n  title en \"Law\" ru \"Закон\" kk \"Заң\"\n  number \"1\"\n  \
         jurisdiction international\n  rank law\n  source \"made from a seed\"\n  in force from 2000-01-01\n\n\
         order {name}\n  label en \"{name}\" ru \"{name}\" kk \"{name}\"\n  includes {name}\n  priority law\n```\n"
    );
    let mut overrides: Vec<Vec<usize>> = vec![Vec::new(); law.len()];
    for (place, norm) in law.iter().enumerate() {
        for over in &norm.overridden_by {
            overrides[*over].push(place);
        }
    }
    for (place, norm) in law.iter().enumerate() {
        let modality = ["must", "must not", "should", "must"][norm.outcome % 4];
        let _ = write!(
            text,
            "\n## Article {0}. Measured\n```law\nnorm norm-{0}\n  the state {modality} do act {1}\n  when {2}\n",
            place + 1,
            norm.outcome + 1,
            words(&norm.condition),
        );
        if let Some(exception) = &norm.exception {
            let _ = writeln!(text, "  unless {}", words(exception));
        }
        for over in &overrides[place] {
            let _ = writeln!(text, "  overrides norm-{}", over + 1);
        }
        text += "  memory\n```\n";
    }
    text
}

fn words(condition: &Condition) -> String {
    let list = |parts: &[Condition], between: &str| parts.iter().map(words).collect::<Vec<_>>().join(between);
    match condition {
        Condition::Yes(fact) => circumstance(*fact),
        Condition::No(fact) => format!("not {}", circumstance(*fact)),
        Condition::AtLeast(number, least) => format!("{} is at least {least}", NUMBERS[*number].0),
        Condition::Under(number, bound) => format!("{} is under {bound}", NUMBERS[*number].0),
        Condition::Document(values) => match values.as_slice() {
            [only] => format!("travel document is {}", DOCUMENTS[*only]),
            several => {
                let names: Vec<_> = several.iter().map(|value| DOCUMENTS[*value]).collect();
                format!("travel document is one of ({})", names.join(", "))
            }
        },
        Condition::All(parts) => list(parts, " and "),
        Condition::Any(parts) => format!("({})", list(parts, " or ")),
        Condition::Count(least, facts) => {
            let names: Vec<_> = facts.iter().map(|fact| circumstance(*fact)).collect();
            format!("at least {least} of ({})", names.join(", "))
        }
    }
}
