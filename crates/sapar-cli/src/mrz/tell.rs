//! A reading in the officer's language, or as JSON.

use jiff::civil::Date;
use sapar_identity::mrz::{
    Adjustment, CheckResult, DocumentKind, Evidence, Expiry, PartialDate, Reading, Sex, State,
    StateKind, Suggestion,
};
use sapar_messages::Messages;
use serde_json::{Value, json};

/// Majority in every law this program carries; the law itself decides what follows.
const CHILD_UNDER_YEARS: i16 = 18;

/// Field by field, then what is wrong, what may be meant and what to look at.
pub fn text(reading: &Reading, today: Date, messages: Messages) -> String {
    let teller = Teller {
        reading,
        today,
        messages,
    };
    let mut lines = vec![messages.text_with(
        "mrz-document",
        &[
            ("kind", teller.kind().into()),
            ("format", reading.format().name().into()),
        ],
    )];
    lines.extend(teller.fields());
    lines.push(String::new());
    let problems = reading.problems();
    if problems.is_empty() {
        lines.push(messages.text("mrz-sound"));
    } else {
        lines.push(messages.text_with("mrz-problems", &[("count", problems.len().into())]));
        for problem in problems {
            let field = messages.text(problem.field.label_key());
            lines.push(format!(
                "  {}",
                messages.text_with(problem.message_key(), &[("field", field.into())])
            ));
        }
        lines.extend(
            reading
                .suggestions()
                .iter()
                .flat_map(|suggestion| teller.suggestion(suggestion)),
        );
    }
    lines.extend(teller.notes());
    lines.join("\n")
}

/// The same for a script; a field that cannot be read is null.
pub fn json(reading: &Reading, today: Date, messages: Messages) -> String {
    let teller = Teller {
        reading,
        today,
        messages,
    };
    let checks = reading.checks();
    let state = |state: Option<&State>| {
        state.map(|state| json!({ "code": state.code(), "kind": state_kind(state) }))
    };
    let problems: Vec<Value> = reading
        .problems()
        .iter()
        .map(|problem| {
            let field = messages.text(problem.field.label_key());
            json!({
                "field": problem.field.key(),
                "kind": problem.message_key(),
                "text": messages.text_with(problem.message_key(), &[("field", field.into())]),
            })
        })
        .collect();
    let suggestions: Vec<Value> = reading.suggestions().iter().map(suggestion_json).collect();
    let value = json!({
        "sound": reading.problems().is_empty(),
        "format": reading.format().name(),
        "document_code": reading.document_code(),
        "issuer": state(reading.issuer()),
        "surname": reading.name().surname(),
        "given_names": reading.name().given_names(),
        "name_may_be_truncated": reading.name().may_be_truncated(),
        "number": reading.number().value(),
        "nationality": state(reading.nationality()),
        "birth": reading.birth().map(|birth| json!({
            "year_of_century": birth.year_of_century(),
            "month": birth.month(),
            "day": birth.day(),
            "possible_years": reading.possible_birth_years(today),
        })),
        "may_be_under_18": teller.may_be_child(),
        "sex": reading.sex().map(|sex| match sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Unspecified => "unspecified",
        }),
        "expiry": reading.expiry().map(|expiry| json!({
            "last_day": expiry.last_day(today).map(|day| day.to_string()),
            "is_over": expiry.is_over(today),
        })),
        "optional_data": reading.optional_data(),
        "second_optional_data": reading.second_optional_data(),
        "checks": {
            "number": check_name(checks.number),
            "birth": check_name(checks.birth),
            "expiry": check_name(checks.expiry),
            "optional_data": checks.optional_data.map(check_name),
            "composite": checks.composite.map(check_name),
        },
        "problems": problems,
        "suggestions": suggestions,
        "adjustments": teller.adjustments(),
        "today": today.to_string(),
    });
    format!("{value:#}")
}

struct Teller<'a> {
    reading: &'a Reading,
    today: Date,
    messages: Messages,
}

impl Teller<'_> {
    fn kind(&self) -> String {
        self.messages.text(match self.reading.document_kind() {
            DocumentKind::Passport => "document-kind-passport",
            DocumentKind::DiplomaticPassport => "mrz-kind-diplomatic",
            DocumentKind::OfficialPassport => "mrz-kind-official",
            DocumentKind::EmergencyPassport => "mrz-kind-emergency",
            DocumentKind::RefugeeTravelDocument => "mrz-kind-refugee",
            DocumentKind::AliensPassport => "mrz-kind-alien",
            DocumentKind::LaissezPasser => "mrz-kind-laissez-passer",
            DocumentKind::CrewCertificate => "mrz-kind-crew",
            DocumentKind::PassportCard => "mrz-kind-passport-card",
            DocumentKind::TravelCard => "document-kind-card",
            DocumentKind::Visa => "document-kind-visa",
            _ => "document-kind-unknown",
        })
    }

    fn fields(&self) -> Vec<String> {
        let reading = self.reading;
        let checks = reading.checks();
        let sex = reading.sex().map(|sex| {
            self.messages.text(match sex {
                Sex::Female => "document-sex-female",
                Sex::Male => "document-sex-male",
                Sex::Unspecified => "document-sex-unspecified",
            })
        });
        let mut rows = vec![
            ("document-issuing-state", self.state(reading.issuer()), None),
            (
                "document-surname",
                self.filled(&reading.name().surname()),
                None,
            ),
            (
                "document-given-names",
                self.filled(&reading.name().given_names()),
                None,
            ),
            (
                "mrz-number",
                self.filled(reading.number().value()),
                Some(checks.number),
            ),
            (
                "document-nationality",
                self.state(reading.nationality()),
                None,
            ),
            (
                "document-birth-date",
                self.readable(reading.birth().map(|birth| self.birth(birth))),
                Some(checks.birth),
            ),
            ("document-sex", self.readable(sex), None),
            (
                "document-expiry",
                self.readable(reading.expiry().map(|expiry| self.expiry(expiry))),
                Some(checks.expiry),
            ),
            (
                "mrz-optional-data",
                self.filled(reading.optional_data()),
                checks.optional_data,
            ),
        ];
        if !reading.second_optional_data().is_empty() {
            rows.push((
                "mrz-second-optional-data",
                reading.second_optional_data().to_owned(),
                None,
            ));
        }
        let mut lines: Vec<String> = rows
            .into_iter()
            .map(|(label, value, check)| {
                let check = self
                    .messages
                    .text(check.map_or("mrz-check-none", check_key));
                format!("  {}: {value} [{check}]", self.messages.text(label))
            })
            .collect();
        if let Some(composite) = checks.composite {
            let check = self.messages.text(check_key(composite));
            lines.push(format!(
                "  {}: {check}",
                self.messages.text("mrz-composite")
            ));
        }
        lines
    }

    fn filled(&self, value: &str) -> String {
        if value.is_empty() {
            self.messages.text("mrz-nothing")
        } else {
            value.to_owned()
        }
    }

    fn readable(&self, value: Option<String>) -> String {
        value.unwrap_or_else(|| self.messages.text("mrz-not-readable"))
    }

    fn state(&self, state: Option<&State>) -> String {
        let Some(state) = state else {
            return self.readable(None);
        };
        let key = match state.kind() {
            StateKind::Stateless => "mrz-code-stateless",
            StateKind::Refugee | StateKind::OtherRefugee => "mrz-code-refugee",
            StateKind::Unspecified => "mrz-code-unspecified",
            StateKind::Specimen => "mrz-code-specimen",
            StateKind::Unlisted => "mrz-code-unlisted",
            _ => return state.code().to_owned(),
        };
        self.messages
            .text_with(key, &[("code", state.code().into())])
    }

    fn birth(&self, birth: PartialDate) -> String {
        let years = self.reading.possible_birth_years(self.today);
        match (years.as_slice(), birth.month(), birth.day()) {
            ([year], Some(month), Some(day)) => self.date(*year, month, day),
            ([latest, ..], Some(month), Some(day)) => {
                let all: Vec<String> = years.iter().map(ToString::to_string).collect();
                let date = self.date(*latest, month, day);
                self.messages.text_with(
                    "mrz-birth-one-of",
                    &[("date", date.into()), ("years", all.join(", ").into())],
                )
            }
            _ => self.parts(birth),
        }
    }

    /// A date with parts left out, or that fits no year.
    fn parts(&self, date: PartialDate) -> String {
        let part =
            |part: Option<u8>| part.map_or_else(|| "??".to_owned(), |part| format!("{part:02}"));
        self.messages.text_with(
            "mrz-birth-parts",
            &[
                ("year", part(date.year_of_century()).into()),
                ("month", part(date.month()).into()),
                ("day", part(date.day()).into()),
            ],
        )
    }

    fn expiry(&self, expiry: Expiry) -> String {
        match (expiry, expiry.last_day(self.today)) {
            (_, Some(day)) => self.day(day),
            (Expiry::Stated(date), None) => self.parts(date),
            (Expiry::NotStated, None) => self.messages.text("mrz-nothing"),
        }
    }

    fn suggestion(&self, suggestion: &Suggestion) -> Vec<String> {
        let key = match suggestion.evidence() {
            Evidence::CheckDigit => "mrz-suggestion-checked",
            Evidence::FieldKind => "mrz-suggestion-unchecked",
        };
        suggestion
            .changes()
            .iter()
            .map(|change| {
                let values = [
                    ("line", change.line.into()),
                    ("position", change.position.into()),
                    ("found", change.read.to_string().into()),
                    ("suggested", change.suggested.to_string().into()),
                ];
                format!("  {}", self.messages.text_with(key, &values))
            })
            .collect()
    }

    /// What the officer should look at, besides the mistakes.
    fn notes(&self) -> Vec<String> {
        let reading = self.reading;
        let mut notes = self.adjustments();
        if self.may_be_child() {
            notes.push(self.messages.text("mrz-may-be-child"));
        }
        if reading.birth().is_some_and(|birth| !birth.is_complete()) {
            notes.push(self.messages.text("document-birth-date-incomplete"));
        }
        if let Some(expiry) = reading.expiry() {
            notes.push(
                match (expiry.is_over(self.today), expiry.last_day(self.today)) {
                    (Some(true), Some(day)) => self
                        .messages
                        .text_with("document-expired", &[("date", self.day(day).into())]),
                    (_, Some(day)) => self
                        .messages
                        .text_with("document-expires", &[("date", self.day(day).into())]),
                    (_, None) => self.messages.text("document-no-expiry"),
                },
            );
        }
        if reading.name().may_be_truncated() {
            notes.push(self.messages.text("document-name-truncated"));
        }
        notes.push(self.messages.text("document-not-protected"));
        notes
    }

    /// A failed digit over the whole zone leaves open which field is wrong, the date of birth included.
    fn may_be_child(&self) -> bool {
        let whole = self.reading.checks().composite;
        whole.is_some_and(|whole| whole != CheckResult::Passed)
            || self
                .reading
                .holder_may_be_under(CHILD_UNDER_YEARS, self.today)
    }

    fn adjustments(&self) -> Vec<String> {
        self.reading
            .adjustments()
            .iter()
            .filter_map(|adjustment| match adjustment {
                Adjustment::LowerCase { count } => Some(("mrz-adjusted-case", *count)),
                Adjustment::WhiteSpace { count } => Some(("mrz-adjusted-space", *count)),
                Adjustment::CutIntoLines { lines } => Some(("mrz-adjusted-cut", *lines)),
                _ => None,
            })
            .map(|(key, count)| self.messages.text_with(key, &[("count", count.into())]))
            .collect()
    }

    fn day(&self, day: Date) -> String {
        self.date(
            day.year(),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        )
    }

    fn date(&self, year: i16, month: u8, day: u8) -> String {
        let number = |number: u8| u32::from(number);
        self.messages.text_with(
            "date",
            &[
                ("year", i32::from(year).into()),
                ("month", number(month).into()),
                ("day", number(day).into()),
            ],
        )
    }
}

fn check_key(check: CheckResult) -> &'static str {
    match check {
        CheckResult::Passed => "mrz-check-passed",
        CheckResult::Failed => "mrz-check-failed",
        CheckResult::Missing => "mrz-check-missing",
        CheckResult::NotDigit => "mrz-check-not-digit",
    }
}

fn check_name(check: CheckResult) -> &'static str {
    match check {
        CheckResult::Passed => "passed",
        CheckResult::Failed => "failed",
        CheckResult::Missing => "missing",
        CheckResult::NotDigit => "not-digit",
    }
}

fn state_kind(state: &State) -> &'static str {
    match state.kind() {
        StateKind::Country => "country",
        StateKind::Stateless => "stateless",
        StateKind::Refugee => "refugee",
        StateKind::OtherRefugee => "other-refugee",
        StateKind::Unspecified => "unspecified",
        StateKind::BritishOther => "british-other",
        StateKind::Kosovo => "kosovo",
        StateKind::Organisation => "organisation",
        StateKind::Specimen => "specimen",
        _ => "unlisted",
    }
}

fn suggestion_json(suggestion: &Suggestion) -> Value {
    let changes: Vec<Value> = suggestion
        .changes()
        .iter()
        .map(|change| {
            json!({
                "line": change.line,
                "position": change.position,
                "read": change.read.to_string(),
                "suggested": change.suggested.to_string(),
            })
        })
        .collect();
    let evidence = match suggestion.evidence() {
        Evidence::CheckDigit => "check-digit",
        Evidence::FieldKind => "field-kind",
    };
    json!({ "field": suggestion.field().key(), "evidence": evidence, "changes": changes })
}
