//! Writes the law as a bit-sliced Rust program, as somebody would who knows the law and tunes nothing:
//! 64 cases a word, each norm its own expression, limits by the norm that is strongest.

use std::fmt::Write as _;

use crate::law::{CIRCUMSTANCES, Condition, Norm, OUTCOMES};
use crate::engine::limit_days;

pub fn source(law: &[Norm]) -> String {
    let mut text = String::from(
        "//! The law as a bit-sliced program. Written by `batch --write-bitsliced`; do not edit.\n\n\
         use crate::cases::Cases;\n\n\
         /// Rows in which each outcome holds, and the sum of their limits.\n\
         pub fn run(cases: &Cases) -> Vec<(u64, u64)> {\n    \
         let mut totals = vec![(0u64, 0u64); 25];\n    \
         for word in 0..cases.rows / 64 {\n        block(cases, word, !0, &mut totals);\n    }\n    \
         if cases.rows % 64 > 0 {\n        block(cases, cases.rows / 64, (1 << (cases.rows % 64)) - 1, &mut totals);\n    }\n    \
         totals\n}\n\n\
         fn at_least<N: Copy + PartialOrd>(numbers: &[N], word: usize, bound: N) -> u64 {\n    \
         let rest = &numbers[word * 64..];\n    let rest = &rest[..rest.len().min(64)];\n    \
         let mut bits = 0;\n    for (place, number) in rest.iter().enumerate() {\n        bits |= u64::from(*number >= bound) << place;\n    }\n    bits\n}\n\n\
         fn is(codes: &[i8], word: usize, wanted: i8) -> u64 {\n    \
         let rest = &codes[word * 64..];\n    let rest = &rest[..rest.len().min(64)];\n    \
         let mut bits = 0;\n    for (place, code) in rest.iter().enumerate() {\n        bits |= u64::from(*code == wanted) << place;\n    }\n    bits\n}\n\n\
         fn block(cases: &Cases, word: usize, exists: u64, totals: &mut [(u64, u64)]) {\n",
    );
    for fact in 0..CIRCUMSTANCES {
        let _ = writeln!(text, "    let c{fact} = cases.yes[{fact}][word];");
    }
    for (place, norm) in law.iter().enumerate() {
        let mut applies = format!("exists & {}", words(&norm.condition));
        if let Some(exception) = &norm.exception {
            let _ = write!(applies, " & !{}", words(exception));
        }
        for over in &norm.overridden_by {
            let _ = write!(applies, " & !n{over}");
        }
        let _ = writeln!(text, "    let n{place} = {applies};");
    }
    for outcome in 0..OUTCOMES {
        let mut norms: Vec<usize> = (0..law.len())
            .filter(|place| law[*place].outcome == outcome)
            .collect();
        norms.sort_by_key(|place| limit_days(*place));
        let _ = writeln!(text, "    let mut seen = 0u64;");
        for norm in norms {
            let _ = writeln!(
                text,
                "    totals[{outcome}].1 += u64::from((n{norm} & !seen).count_ones()) * {};\n    seen |= n{norm};",
                limit_days(norm)
            );
        }
        let _ = writeln!(
            text,
            "    totals[{outcome}].0 += u64::from(seen.count_ones());"
        );
    }
    text + "}\n"
}

fn words(condition: &Condition) -> String {
    let number = |number: &usize| ["age", "days", "stays", "family"][*number];
    let list = |parts: &[Condition], between: &str| {
        let parts: Vec<String> = parts.iter().map(words).collect();
        format!("({})", parts.join(between))
    };
    match condition {
        Condition::Yes(fact) => format!("c{fact}"),
        Condition::No(fact) => format!("!c{fact}"),
        Condition::AtLeast(fact, least) => {
            format!("at_least(&cases.{}, word, {least})", number(fact))
        }
        Condition::Under(fact, bound) => {
            format!("!at_least(&cases.{}, word, {bound})", number(fact))
        }
        Condition::Document(values) => {
            let parts: Vec<String> = values
                .iter()
                .map(|value| format!("is(&cases.document, word, {value})"))
                .collect();
            format!("({})", parts.join(" | "))
        }
        Condition::All(parts) => list(parts, " & "),
        Condition::Any(parts) => list(parts, " | "),
        Condition::Count(least, facts) => {
            assert_eq!(*least, 2, "the law counts to two");
            let mut pairs = Vec::new();
            for (place, fact) in facts.iter().enumerate() {
                for other in &facts[place + 1..] {
                    pairs.push(format!("c{fact} & c{other}"));
                }
            }
            format!("({})", pairs.join(" | "))
        }
    }
}
