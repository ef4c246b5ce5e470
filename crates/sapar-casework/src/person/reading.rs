//! A registration that starts from the machine-readable zone of a document.

use jiff::civil::Date;
use sapar_identity::mrz::{self, DocumentKind, Field, Reading, StateKind};
use sapar_law::country;

use super::{Details, Name, Nationality, Papers, Script, Sex, TravelDocument, TravelDocumentKind};
use crate::birth::BirthDate;
use crate::personal::Text;

impl Details {
    /// What a zone says of its holder on the day it is read, for a person to confirm.
    ///
    /// A field whose check failed is left out, never guessed. The year of birth is known only where one century is possible;
    /// the zone of a refugee's document states no nationality, and that of a stateless person states that there is none.
    #[must_use]
    pub fn of_reading(reading: &Reading, today: Date) -> Self {
        let problems = reading.problems();
        let sound = |field: Field| problems.iter().all(|problem| problem.field != field);
        // A failed composite digit leaves open which of the fields it covers is wrong.
        let whole = sound(Field::Composite);
        let written = |text: String| (!text.is_empty()).then(|| Text::new(&text));
        let name = Name {
            script: Script::Latin,
            surname: written(reading.name().surname()),
            given: written(reading.name().given_names()),
        };
        let named = sound(Field::Name) && (name.surname.is_some() || name.given.is_some());
        let birth = reading
            .birth()
            .filter(|_| sound(Field::Birth) && whole)
            .and_then(|birth| {
                let year = match reading.possible_birth_years(today).as_slice() {
                    [year] => Some(*year),
                    _ => None,
                };
                let part = |part: Option<u8>| part.and_then(|part| i8::try_from(part).ok());
                BirthDate::new(year, part(birth.month()), part(birth.day())).ok()
            });
        let nationality = reading.nationality().filter(|_| sound(Field::Nationality));
        let nationalities = match nationality.map(|state| (state.kind(), state.code())) {
            Some((StateKind::Stateless, _)) => vec![Nationality::None],
            Some((StateKind::Refugee | StateKind::OtherRefugee, _)) | None => Vec::new(),
            Some((_, code)) if country::index_of(code).is_some() => {
                vec![Nationality::Of(code.to_owned())]
            }
            Some(_) => Vec::new(),
        };
        let number = reading.number().value();
        let papers = if sound(Field::Number) && whole && !number.is_empty() {
            Papers::Held(vec![TravelDocument {
                kind: kind(reading),
                number: Text::new(number),
                issuer: reading
                    .issuer()
                    .filter(|_| sound(Field::Issuer))
                    .map(|state| Text::new(state.code())),
                zone_read: problems.is_empty(),
            }])
        } else {
            Papers::NotAsked
        };
        Self {
            names: named.then_some(name).into_iter().collect(),
            birth: birth.unwrap_or(BirthDate::UNKNOWN),
            nationalities,
            sex: reading
                .sex()
                .filter(|_| sound(Field::Sex))
                .map(|sex| match sex {
                    mrz::Sex::Female => Sex::Female,
                    mrz::Sex::Male => Sex::Male,
                    _ => Sex::Unspecified,
                }),
            papers,
        }
    }
}

fn kind(reading: &Reading) -> TravelDocumentKind {
    let holder = reading.nationality().map(|state| state.kind());
    match reading.document_kind() {
        _ if matches!(
            holder,
            Some(StateKind::Stateless | StateKind::Refugee | StateKind::OtherRefugee)
        ) =>
        {
            TravelDocumentKind::ConventionDocument
        }
        DocumentKind::RefugeeTravelDocument | DocumentKind::AliensPassport => {
            TravelDocumentKind::ConventionDocument
        }
        DocumentKind::Passport
        | DocumentKind::DiplomaticPassport
        | DocumentKind::OfficialPassport
        | DocumentKind::EmergencyPassport => TravelDocumentKind::Passport,
        DocumentKind::PassportCard | DocumentKind::TravelCard => TravelDocumentKind::IdentityCard,
        DocumentKind::Visa => TravelDocumentKind::Permit,
        _ => TravelDocumentKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SPECIMEN: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

    #[test]
    fn the_specimen_is_read_whole() {
        let details = Details::of_reading(&Reading::read(SPECIMEN).unwrap(), date(2026, 11, 25));
        assert_eq!(details.names[0].surname, Some(Text::new("ERIKSSON")));
        assert_eq!(details.names[0].given, Some(Text::new("ANNA MARIA")));
        assert_eq!(
            details.birth,
            BirthDate::new(Some(1974), Some(8), Some(12)).unwrap()
        );
        assert_eq!(details.sex, Some(Sex::Female));
        let Papers::Held(documents) = &details.papers else {
            unreachable!()
        };
        assert_eq!(documents[0].number, Text::new("L898902C3"));
        assert!(documents[0].zone_read && details.check().is_ok());
    }

    #[test]
    fn a_refugees_document_is_of_the_class_asylum() {
        use crate::classes::{Classes, DataClass};
        let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
        let papers = |details: &Details| details.field_classes()[4].1.visible_to(seen);
        let plain = Details::of_reading(&Reading::read(SPECIMEN).unwrap(), date(2026, 11, 25));
        let zone = SPECIMEN.replace("L898902C36UTO", "L898902C36XXB");
        let refugee = Details::of_reading(&Reading::read(&zone).unwrap(), date(2026, 11, 25));
        assert!(papers(&plain) && !papers(&refugee));
        assert!(refugee.nationalities.is_empty());
    }

    #[test]
    fn a_field_whose_check_failed_is_unknown() {
        // The birth date's own digit is wrong.
        let zone = SPECIMEN.replace("7408122", "7408123");
        let details = Details::of_reading(&Reading::read(&zone).unwrap(), date(2026, 11, 25));
        assert_eq!(details.birth, BirthDate::UNKNOWN);
        assert_eq!(details.names.len(), 1);
    }
}
