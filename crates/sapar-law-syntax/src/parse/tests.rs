use super::*;
use crate::ast::{LimitKind, Modality};
use sapar_diagnostics::Sources;

fn read(text: &str) -> (Vec<Item>, Vec<String>) {
    let mut sources = Sources::new();
    let source = sources.add("law.md", text);
    let parsed = parse(source, text);
    let problems = parsed
        .problems
        .iter()
        .map(|problem| {
            let (line, column) = sources.line_column(problem.span());
            format!("{line}:{column} {}", problem.code().name)
        })
        .collect();
    (parsed.items, problems)
}

const NORM: &str = "# T\n\n## Article 33. Return\n\n```law\nnorm non-refoulement at (1)\n  the state must not return to danger\n  when presumed refugee and (age is under 18 or sex is not female)\n  unless security danger\n  within 3 working days from arrival  # soon\n  seen \"text\" on 2026-11-24\n```\n";

#[test]
fn reads_a_norm() {
    let (items, problems) = read(NORM);
    assert_eq!(problems, Vec::<String>::new());
    let [Item::Norm(norm)] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(norm.provision.value, "Article 33(1)");
    assert_eq!(norm.bearer.value, "state");
    assert_eq!(norm.modality.value, Modality::MustNot);
    assert_eq!(norm.act.value, "return to danger");
    assert!(matches!(norm.condition, Some(Condition::And(_))));
    assert_eq!(norm.exceptions.len(), 1);
    assert!(matches!(norm.limits[0].kind, LimitKind::Within(_)));
}

#[test]
fn one_mistake_makes_one_message_and_all_are_reported() {
    let text = "## Article 1. A\n\n```law\nnorm a\n  the state must act\n  when x and y or z\n  memory\n\nnorm b\n  the state mst act\n  memory\n\nnorn c\n  the state must act\n\nnorm d\n  the state must act\n  within 3 days\n  memory\n\nnorm e\n  the state must act\n  when (x\n  memory\n\nnorm f\n  the state may not act\n  memory\n\nnorm g\n  the state must act\n```\n";
    let (items, problems) = read(text);
    assert!(items.is_empty());
    assert_eq!(
        problems,
        [
            "6:16 L0105",
            "10:17 L0103",
            "13:1 L0101",
            "18:3 L0114",
            "23:8 L0104",
            "27:13 L0103",
            "30:1 L0311"
        ]
    );
}

#[test]
fn formatting_is_stable_keeps_comments_and_meaning() {
    let text = "## Article 1. A\n\nProse  stays   as it is.\n\n```law\n# about a\nnorm   a   at (1)(b)\n     the  state must   act\n  # why\n     when x   and (y\n        or z)   # tail\n     memory\n# end\n```\n";
    let once = crate::format_text(text);
    assert_eq!(crate::format_text(&once), once);
    assert_eq!(
        once,
        "## Article 1. A\n\nProse  stays   as it is.\n\n```law\n# about a\nnorm a at (1)(b)\n  the state must act\n  # why\n  when x and (y or z)  # tail\n  memory\n\n# end\n```\n"
    );
    let strip =
        |text: &str| format!("{:?}", read(text).0).replace(|c: char| c.is_ascii_digit(), "");
    assert_eq!(strip(text), strip(&once));
}
