//! Each word of casework that a page may show has its sentence.
//!
//! Read from the source of `sapar-casework`, since a floor-7 crate of pages does not depend on it:
//! a variant added there fails here until it is told in three languages.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sapar_messages::keys;

const LISTS: [(&str, &str, &str); 20] = [
    ("case.rs", "CaseKind", "case-kind"),
    ("case.rs", "CaseOutcome", "case-outcome"),
    ("document.rs", "DocumentKind", "document-type"),
    ("encounter.rs", "Beginning", "beginning"),
    ("encounter.rs", "Place", "place-kind"),
    ("person.rs", "Sex", "sex"),
    ("person.rs", "TravelDocumentKind", "travel-document-kind"),
    ("person.rs", "NoDocument", "no-document"),
    ("person.rs", "LinkKind", "link-kind"),
    ("person.rs", "Basis", "basis"),
    ("person.rs", "Claim", "claim"),
    ("person.rs", "ConsentAnswer", "consent-answer"),
    ("person.rs", "ConsentState", "consent"),
    ("purpose.rs", "Purpose", "purpose"),
    ("referral.rs", "DeclineReason", "decline-reason"),
    ("referral.rs", "Completion", "completion"),
    ("referral.rs", "ReferralState", "referral-state"),
    ("screening.rs", "HowLearned", "how"),
    ("screening.rs", "StopReason", "stop-reason"),
    ("tasks.rs", "WaiveReason", "waive-reason"),
];

/// The variants of an enum in the source of casework, in the order in which they stand.
fn variants(file: &str, name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../sapar-casework/src")
        .join(file);
    let source = fs::read_to_string(path).unwrap();
    let (_, body) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    body.lines()
        // Four spaces: a variant, and not a field of one.
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| {
            line.chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        })
        .collect()
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

#[test]
fn every_word_of_casework_has_its_sentence() {
    let known: BTreeSet<&str> = keys().into_iter().collect();
    let mut missing = Vec::new();
    for (file, name, list) in LISTS {
        let variants = variants(file, name);
        assert!(variants.len() > 1, "{file} has no {name}");
        for variant in variants {
            let key = format!("{list}-{}", kebab(&variant));
            // A referral that was not offered yet is shown nowhere.
            if !known.contains(key.as_str()) && key != "referral-state-none" {
                missing.push(key);
            }
        }
    }
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}
