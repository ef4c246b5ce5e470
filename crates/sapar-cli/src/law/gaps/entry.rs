//! One gap in the words of one language, whatever form it is printed in.

use sapar_analysis::{
    Cover, Gap, Gives, Kind, Share, conjunction_words, kind_key, part_key, story,
};
use sapar_law::explain::{citation, limit_words};
use sapar_law::{Library, Modality, NormId, Stake, VerificationDef};
use sapar_messages::Messages;

/// A gap in words.
pub struct Entry {
    pub id: String,
    pub kind: Kind,
    pub kind_words: String,
    pub kind_means: String,
    pub stake: Stake,
    pub stake_words: String,
    /// The norm of the standard.
    pub standard: NormWords,
    /// National norms, each with what it has to do with the gap.
    pub national: Vec<(String, NormWords)>,
    /// When it happens: conditions that hold together, a line each.
    pub when: Vec<String>,
    /// The same as the law language writes it.
    pub conditions: Vec<String>,
    pub person: String,
    pub share: Share,
    pub comparators: Vec<Beside>,
    pub gap: Gap,
}

/// What another order gives there.
pub struct Beside {
    pub order: String,
    pub gives: String,
    /// Where it does not, a line for each conjunction.
    pub not_when: Vec<String>,
    pub norms: Vec<NormWords>,
}

/// A norm in words.
pub struct NormWords {
    /// Who must do what, within which limits.
    pub sentence: String,
    pub citation: String,
    /// `instrument/norm`.
    pub name: String,
    /// What a reader must know of how far it was checked: nothing where its source was read.
    pub caution: Option<String>,
}

impl Entry {
    pub fn new(library: &Library, gap: &Gap, messages: &Messages) -> Self {
        let text = |cover: &Cover| -> Vec<String> {
            cover
                .conjunctions
                .iter()
                .map(|one| conjunction_words(library, one, messages))
                .collect()
        };
        Self {
            id: gap.id.to_string(),
            kind: gap.kind,
            kind_words: messages.text(&kind_key(gap.kind)),
            kind_means: messages.text(&means_key(gap.kind)),
            stake: gap.stake,
            stake_words: stake_words(gap.stake, messages),
            standard: NormWords::new(library, gap.standard, messages),
            national: gap
                .involved
                .iter()
                .map(|involved| {
                    (
                        messages.text(part_key(involved.part)),
                        NormWords::new(library, involved.norm, messages),
                    )
                })
                .collect(),
            when: text(&gap.cover),
            conditions: gap
                .cover
                .conjunctions
                .iter()
                .map(|one| one.text(library))
                .collect(),
            person: story(library, &gap.example, messages),
            share: gap.share.clone(),
            comparators: gap
                .comparators
                .iter()
                .map(|answer| {
                    let order = library.order(answer.comparator.order);
                    let name = order.label.get(messages.language().code()).to_owned();
                    let (gives, not_when) = match &answer.gives {
                        Gives::Everywhere => (messages.text("gaps-gives-everywhere"), Vec::new()),
                        Gives::Nowhere => (messages.text("gaps-gives-nowhere"), Vec::new()),
                        Gives::InPart(not) => (messages.text("gaps-gives-in-part"), text(not)),
                    };
                    let norms = answer
                        .norms
                        .iter()
                        .map(|norm| NormWords::new(library, *norm, messages))
                        .collect();
                    Beside {
                        order: name,
                        gives,
                        not_when,
                        norms,
                    }
                })
                .collect(),
            gap: gap.clone(),
        }
    }

    /// "0.93% of the situations that can occur (186 of 20 000)".
    pub fn share_words(&self, messages: &Messages) -> String {
        messages.text_with(
            "gaps-share-of",
            &[
                ("share", percent(self.share.counted()).into()),
                (
                    "situations",
                    grouped(&self.share.situations.to_string()).into(),
                ),
                ("possible", grouped(&self.share.possible.to_string()).into()),
            ],
        )
    }

    pub fn likely_words(&self, messages: &Messages) -> String {
        messages.text_with(
            "gaps-likely-of",
            &[("likely", percent(self.share.likely).into())],
        )
    }
}

impl NormWords {
    pub fn new(library: &Library, id: NormId, messages: &Messages) -> Self {
        let norm = library.norm(id);
        let language = messages.language().code();
        let key = match norm.modality {
            Modality::Must => "must",
            Modality::MustNot => "must-not",
            Modality::Should => "should",
            Modality::ShouldNot => "should-not",
            Modality::May => "may",
        };
        let mut sentence = messages.text_with(
            key,
            &[
                (
                    "bearer",
                    library.actor(norm.bearer).label.get(language).into(),
                ),
                ("act", library.act(norm.act).label.get(language).into()),
            ],
        );
        for limit in &norm.limits {
            sentence += ", ";
            sentence += &limit_words(library, *limit, messages);
        }
        Self {
            sentence,
            citation: citation(library, id, messages),
            name: format!("{}/{}", library.instrument(norm.instrument).id, norm.id),
            caution: (norm.verification == VerificationDef::Memory)
                .then(|| messages.text("verification-memory")),
        }
    }
}

pub fn means_key(kind: Kind) -> String {
    format!("gaps-means-{}", kind.slug())
}

pub fn stake_words(stake: Stake, messages: &Messages) -> String {
    messages.text(match stake {
        Stake::Life => "gaps-stake-life",
        Stake::Liberty => "gaps-stake-liberty",
        Stake::Child => "gaps-stake-child",
        Stake::Procedure => "gaps-stake-procedure",
        Stake::Data => "gaps-stake-data",
        Stake::Other => "gaps-stake-other",
    })
}

/// A share from 0 to 1 with two significant digits, and never rounded to nothing.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 {
        String::from("0%")
    } else if percent < 0.0001 {
        String::from("<0.0001%")
    } else if percent >= 9.95 {
        format!("{percent:.0}%")
    } else {
        let digits = (1.0 - percent.log10().floor()).clamp(1.0, 5.0) as usize;
        format!("{percent:.digits$}%")
    }
}

/// Digits in groups of three; very long numbers as a power of ten.
fn grouped(digits: &str) -> String {
    const DIGITS_MAX: usize = 15;
    if digits.len() > DIGITS_MAX {
        let (first, rest) = digits.split_at(1);
        let second = rest.get(..1).unwrap_or("0");
        return format!("{first}.{second} × 10^{}", rest.len());
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_is_not_nothing() {
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.1249), "12%");
        assert_eq!(percent(0.0093), "0.93%");
        assert_eq!(percent(0.000_012), "0.0012%");
        assert_eq!(percent(0.000_000_01), "<0.0001%");
    }

    #[test]
    fn long_numbers_can_be_read() {
        assert_eq!(grouped("1234567"), "1\u{a0}234\u{a0}567");
        assert_eq!(grouped("12345678901234567890"), "1.2 × 10^19");
    }
}
