//! Every key an error can give is known: in the catalogue's list or among the sentences it needs.

use sapar_identity::{
    IinError,
    mrz::{Field, MrzError, Problem, ProblemKind, WriteError},
};

const README: &str = include_str!("../README.md");

#[test]
fn every_message_key_has_its_sentence() {
    let field = Field::Birth;
    let problems = [
        ProblemKind::CheckFailed,
        ProblemKind::CheckMissing,
        ProblemKind::CheckNotDigit,
        ProblemKind::NotDate,
        ProblemKind::ImpossibleDate,
        ProblemKind::NotLetters,
        ProblemKind::Empty,
        ProblemKind::UnknownSex,
    ];
    let zone = [
        MrzError::TooLong,
        MrzError::Empty,
        MrzError::LineCount { found: 1 },
        MrzError::LineLength {
            line: 1,
            found: 1,
            expected: 44,
        },
        MrzError::Character {
            line: 1,
            position: 1,
            character: '?',
        },
        MrzError::DocumentCode {
            lines: 2,
            length: 44,
        },
    ];
    let write = [
        WriteError::Characters { field },
        WriteError::Empty { field },
        WriteError::TooLong { field },
        WriteError::DocumentCode,
    ];
    let iin = [
        IinError::Length { found: 1 },
        IinError::NotDigit { position: 1 },
        IinError::Date,
        IinError::Century,
        IinError::CheckDigit,
    ];
    let mut keys: Vec<&str> = Vec::new();
    keys.extend(problems.map(|kind| Problem { field, kind }.message_key()));
    keys.extend(zone.iter().map(MrzError::message_key));
    keys.extend(write.map(WriteError::message_key));
    keys.extend(iin.map(IinError::message_key));
    for key in keys {
        let in_catalogue = README.contains(&format!("`{key}`"));
        let sentences = README.matches(&format!("\n{key} = ")).count();
        assert!(in_catalogue || sentences == 3, "{key}");
    }
}
