//! The law and casework in the views and the language of a reader.

use jiff::Timestamp;
use sapar_calendar::{Deadline, DeadlineError};
use sapar_casework::birth::BirthDate;
use sapar_casework::person::{Details, Nationality, Papers, Script, Sex, TravelDocument};
use sapar_casework::tasks::{Due as LimitDue, Source, Task, TaskLimit, TaskState};
use sapar_law::{Library, LimitDef, NormId, VerificationDef, explain};
use sapar_messages::{Language, Messages};
use sapar_operations::LawBook;
use sapar_operations::directory::Directory;
use sapar_operations::people::{Moment, PersonLine as Line, ViewLine};
use sapar_operations::referrals::ReferralLineView;
use sapar_operations::tasks::TaskView;
use sapar_pages as pages;
use sapar_pages::{
    Choice, Due, Entry, Frame, Look, PersonLine, Prose, TaskActions, TaskLine, Text, Tone,
};
use serde::Serialize;
use uuid::Uuid;

/// What turning something into words needs.
pub(crate) struct Words<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) law: &'a LawBook,
    pub(crate) library: &'a Library,
    pub(crate) directory: &'a Directory,
}

impl<'a> Words<'a> {
    pub(crate) fn messages(&self) -> Messages {
        Messages::new(self.frame.language)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.frame.language.code()
    }

    /// A person in a line.
    pub(crate) fn person(&self, line: &Line) -> PersonLine {
        let Some(details) = &line.details else {
            return PersonLine {
                id: line.id.to_string(),
                erased: line.erased,
                ..PersonLine::default()
            };
        };
        PersonLine {
            id: line.id.to_string(),
            name: name(details, self.frame.language),
            birth: self.birth(details.birth),
            nationality: nationality(details),
            child: is_child(details.birth, self.frame),
            erased: line.erased,
            ..PersonLine::default()
        }
    }

    /// A birth date as far as it is known.
    pub(crate) fn birth(&self, birth: BirthDate) -> Text {
        match (birth.year(), birth.month(), birth.day()) {
            (Some(year), Some(month), Some(day)) => jiff::civil::Date::new(year, month, day)
                .map_or_else(|_| Text::default(), |date| self.frame.date(date).into()),
            (Some(year), Some(month), None) => format!("{month:02}.{year}").into(),
            (Some(year), None, _) => year.to_string().into(),
            (None, ..) => Text::default(),
        }
    }

    /// What is known of a person, as label and value.
    pub(crate) fn details(&self, details: &Details) -> Vec<(Text, Text)> {
        let mut lines = Vec::new();
        let mut add = |key: &'static str, value: Text| {
            if !value.is_empty() {
                lines.push((Text::key(key), value));
            }
        };
        for one in &details.names {
            let (surname, given) = match one.script {
                Script::Cyrillic => ("field-surname-cyrillic", "field-given-cyrillic"),
                Script::Latin | Script::Original => ("field-surname", "field-given"),
            };
            let part = |part: &Option<sapar_casework::personal::Text>| {
                part.as_ref()
                    .map_or_else(Text::default, |part| part.as_str().into())
            };
            add(surname, part(&one.surname));
            add(given, part(&one.given));
        }
        add("field-birth", self.birth(details.birth));
        add("field-nationality", nationality(details));
        if let Some(sex) = details.sex {
            add("field-sex", word("sex", &sex));
        }
        match &details.papers {
            Papers::NotAsked => {}
            Papers::Absent(reason) => add("field-no-document", word("no-document", reason)),
            Papers::Held(documents) => {
                for document in documents {
                    add(
                        "field-document-kind",
                        word("travel-document-kind", &document.kind),
                    );
                    add("field-document-number", number(document));
                }
            }
        }
        lines
    }

    /// A task in a line. Its identifier names the person too, since tasks are kept with persons.
    pub(crate) fn task(&self, view: &TaskView, with_person: bool) -> TaskLine {
        let task = &view.task;
        TaskLine {
            id: format!("{}.{}", view.person.id, view.id),
            what: self.task_words(task),
            bearer: self.bearer(view),
            person: with_person.then(|| self.person(&view.person)),
            due: self.due(task),
            state: match task.state {
                TaskState::Open => pages::TaskState::Open,
                TaskState::Done { at, late, .. } => pages::TaskState::Done { at, late },
                TaskState::Waived { reason, .. } => pages::TaskState::Waived {
                    reason: word("waive-reason", &reason),
                },
                TaskState::Replaced { .. } => pages::TaskState::Replaced,
            },
            escalated: view.escalation > 1,
            late_since: view
                .late_from
                .filter(|from| *from <= self.frame.now && task.is_open()),
            article: self.task_article(task),
            actions: TaskActions {
                complete: view.may_complete,
                waive: view.may_waive,
            },
        }
    }

    fn task_words(&self, task: &Task) -> Prose {
        match &task.source {
            Source::Law(duty) => self
                .library
                .act_named(&duty.position.act)
                .map_or_else(
                    || duty.position.act.clone(),
                    |act| self.library.act(act).label.get(self.code()).to_owned(),
                )
                .into(),
            Source::User { words } => words
                .get()
                .map_or_else(String::new, |words| words.as_str().to_owned())
                .into(),
        }
    }

    fn bearer(&self, view: &TaskView) -> Text {
        let actor = self.library.actor_named(&view.task.bearer).map_or_else(
            || view.task.bearer.clone(),
            |actor| self.library.actor(actor).label.get(self.code()).to_owned(),
        );
        match view.agency.map(|agency| self.directory.name(agency)) {
            Some(agency) if !agency.is_empty() => format!("{actor} ({agency})").into(),
            _ => actor.into(),
        }
    }

    fn task_article(&self, task: &Task) -> Prose {
        task.duty()
            .and_then(|duty| duty.norms.first())
            .and_then(|norm| self.law.norm_named(&norm.norm))
            .map_or_else(Prose::default, |norm| self.citation(norm))
    }

    pub(crate) fn citation(&self, norm: NormId) -> Prose {
        explain::citation(self.library, norm, &self.messages()).into()
    }

    /// The limit of a task that ends first, or what it waits for.
    pub(crate) fn due(&self, task: &Task) -> Due {
        let rank = |limit: &&TaskLimit| match &limit.due {
            LimitDue::At { ends } | LimitDue::By { ends, .. } | LimitDue::Between { ends, .. } => {
                (0, ends.as_millisecond())
            }
            LimitDue::Promptly { since } | LimitDue::NotCounted { since } => {
                (1, since.as_millisecond())
            }
            LimitDue::Waits {} => (2, 0),
            LimitDue::NoEnd {} => (3, 0),
        };
        let Some(limit) = task.limits.iter().min_by_key(rank) else {
            return Due::NoEnd;
        };
        match &limit.due {
            LimitDue::At { ends } | LimitDue::By { ends, .. } => Due::By { ends: *ends },
            LimitDue::Between {
                ends,
                earliest,
                latest,
            } => Due::Between {
                ends: *ends,
                earliest: *earliest,
                latest: *latest,
            },
            LimitDue::Promptly { since } => Due::Promptly { since: *since },
            LimitDue::NotCounted { since } => Due::NotCounted { since: *since },
            LimitDue::Waits {} => Due::Waits {
                event: limit
                    .law
                    .as_ref()
                    .map_or_else(Prose::default, |law| self.event(&law.event)),
            },
            LimitDue::NoEnd {} => Due::NoEnd,
        }
    }

    /// When a limit's event happened, and what the calendar says of its end where it has a number; nothing where it waits.
    pub(crate) fn counted(
        &self,
        library: &Library,
        happened: &[(String, Timestamp)],
        limit: LimitDef,
    ) -> Option<(Timestamp, Option<Result<Deadline, DeadlineError>>)> {
        let event = library.event(limit.event);
        let (_, since) = happened.iter().find(|(name, _)| *name == event.name)?;
        let calendar = self.law.calendar();
        let local = since
            .to_zoned_datetime(calendar.time_zone().clone())
            .datetime();
        Some((*since, sapar_screening::due(limit, local, calendar)))
    }

    /// An event of the vocabulary.
    pub(crate) fn event(&self, name: &str) -> Prose {
        self.library
            .norms()
            .flat_map(|(_, norm)| &norm.limits)
            .map(|limit| self.library.event(limit.event))
            .find(|event| event.name == name)
            .map_or_else(
                || name.to_owned(),
                |event| event.label.get(self.code()).to_owned(),
            )
            .into()
    }

    /// How far a norm was verified.
    pub(crate) fn verification(&self, norm: NormId) -> pages::outcome::Verification {
        use pages::outcome::Verification;
        match &self.library.norm(norm).verification {
            VerificationDef::Memory => Verification::Memory,
            VerificationDef::Proposed => Verification::Proposed,
            VerificationDef::Seen { source, on } => match on {
                Some(on) => Verification::Seen {
                    source: source.clone(),
                    on: *on,
                },
                None => Verification::Memory,
            },
            VerificationDef::Reviewed { by, on } => match on {
                Some(on) => Verification::Reviewed {
                    by: by.clone(),
                    on: *on,
                },
                None => Verification::Memory,
            },
        }
    }

    /// An article behind something, with the page of the law where it stands.
    pub(crate) fn article(&self, norm: NormId) -> pages::outcome::Article {
        let instrument = self.library.instrument(self.library.norm(norm).instrument);
        pages::outcome::Article {
            citation: self.citation(norm),
            link: format!("/law/{}/{}", instrument.package, instrument.id),
            verification: self.verification(norm),
        }
    }

    /// A user and the agency.
    pub(crate) fn who(&self, user: Uuid, agency: Uuid) -> Text {
        let (user, agency) = (self.directory.name(user), self.directory.name(agency));
        match (user.is_empty(), agency.is_empty()) {
            (true, true) => Text::default(),
            (true, false) => agency.into(),
            (false, true) => user.into(),
            (false, false) => format!("{user}, {agency}").into(),
        }
    }

    pub(crate) fn timeline(&self, moments: &[Moment]) -> Vec<Entry> {
        moments
            .iter()
            .map(|moment| Entry {
                at: moment.at,
                what: Text::key(format!("event-{}", moment.what.replace('.', "-"))),
                who: self.who(moment.user, moment.agency),
                words: String::new(),
                link: link(&moment.what, moment.thing),
                tone: tone(&moment.what),
            })
            .collect()
    }

    pub(crate) fn looks(&self, views: &[ViewLine]) -> Vec<Look> {
        views
            .iter()
            .map(|view| Look {
                at: view.at,
                who: self.who(view.user, view.agency),
                purpose: Text::key(format!("access-purpose-{}", view.purpose)),
                what: view
                    .what
                    .map_or_else(Text::default, |what| word("looked", &what)),
                broke_glass: false,
            })
            .collect()
    }

    pub(crate) fn referral(
        &self,
        line: &ReferralLineView,
        inbox: bool,
        with_person: bool,
    ) -> pages::ReferralLine {
        use pages::ReferralState as S;
        let other = if inbox { line.from } else { line.to };
        pages::ReferralLine {
            id: line.id.to_string(),
            person: with_person.then(|| self.person(&line.person)),
            agency: self.directory.name(other).into(),
            purpose: word("purpose", &line.purpose),
            state: match line.state.as_str() {
                "accepted" => S::Accepted,
                "declined" => S::Declined,
                "arrived" => S::Arrived,
                "completed" => S::Completed,
                "withdrawn" => S::Withdrawn,
                _ => S::Offered,
            },
            at: line.offered,
            reply: match (line.state.as_str(), line.reply_by) {
                ("offered", Some(by)) => Due::By { ends: by },
                _ => Due::NoEnd,
            },
        }
    }

    pub(crate) fn case(
        &self,
        line: &sapar_operations::cases::CaseLineView,
        with_person: bool,
    ) -> pages::CaseLine {
        pages::CaseLine {
            id: line.id.to_string(),
            kind: word("case-kind", &line.kind),
            person: with_person.then(|| self.person(&line.person)),
            team: self.directory.name(line.team).into(),
            state: match line.state.as_str() {
                "closed" => pages::CaseState::Closed,
                "offered" | "handover" => pages::CaseState::Handover,
                _ => pages::CaseState::Open,
            },
            at: line.opened,
            overdue: 0,
        }
    }

    pub(crate) fn document(
        &self,
        line: &sapar_operations::papers::DocumentLine,
    ) -> pages::DocumentLine {
        pages::DocumentLine {
            kind: word("document-type", &line.kind),
            link: format!("/documents/{}", line.id),
            bytes: line.bytes,
            words: line.title.clone().unwrap_or_default(),
            at: line.at,
            who: self.directory.name(line.user).into(),
            withdrawn: line.withdrawn,
        }
    }

    pub(crate) fn note(&self, note: &sapar_operations::papers::NoteView) -> pages::NoteLine {
        pages::NoteLine {
            at: note.at,
            who: self.directory.name(note.user).into(),
            words: note.words.clone().unwrap_or_default(),
            classes: note
                .classes
                .iter()
                .map(|class| Text::key(format!("access-class-{}", class.name())))
                .collect(),
        }
    }

    pub(crate) fn link(&self, link: &sapar_operations::people::LinkLine) -> pages::LinkLine {
        pages::LinkLine {
            id: link.id.to_string(),
            may_settle: false,
            person: None,
            kind: word("link-kind", &link.kind),
            other: link
                .other
                .as_ref()
                .map(|other| self.person(other))
                .unwrap_or_default(),
            basis: word("basis", &link.basis),
            claim: word("claim", &link.claim),
            words: link.words.clone(),
        }
    }
}

/// A word of a list of casework, by the code that its events write.
pub(crate) fn word(list: &str, code: &impl Serialize) -> Text {
    match code_of(code) {
        Some(code) => Text::word(list, &code),
        None => Text::default(),
    }
}

/// The code that events write for a word.
pub(crate) fn code_of(code: &impl Serialize) -> Option<String> {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(code)) => Some(code),
        // A variant with fields is written as an object with one name.
        Ok(serde_json::Value::Object(object)) => object.keys().next().cloned(),
        _ => None,
    }
}

/// The word that a form's code names.
pub(crate) fn named<T: serde::de::DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(code.to_owned())).ok()
}

/// The name in the letters that the reader's language uses, where the person's name was written so.
pub(crate) fn name(details: &Details, language: Language) -> Option<String> {
    let wished = match language {
        Language::English => Script::Latin,
        Language::Russian | Language::Kazakh => Script::Cyrillic,
    };
    let name = details
        .names
        .iter()
        .find(|name| name.script == wished)
        .or(details.names.first())?;
    let parts: Vec<&str> = [&name.surname, &name.given]
        .into_iter()
        .flatten()
        .map(|part| part.as_str())
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn nationality(details: &Details) -> Text {
    match details.nationalities.as_slice() {
        [] => Text::default(),
        [Nationality::None] => Text::key("nationality-none"),
        several => several
            .iter()
            .filter_map(|one| match one {
                Nationality::Of(code) => Some(code.as_str()),
                Nationality::None => None,
            })
            .collect::<Vec<_>>()
            .join(", ")
            .into(),
    }
}

fn number(document: &TravelDocument) -> Text {
    let number = document.number.as_str();
    match &document.issuer {
        Some(issuer) => format!("{number}, {}", issuer.as_str()).into(),
        None => number.into(),
    }
}

/// Whether a person is, or by an incomplete birth date may be, under eighteen.
fn is_child(birth: BirthDate, frame: &Frame) -> bool {
    let today = frame.day_of(frame.now);
    let Some(year) = birth.year() else {
        return false;
    };
    let years = i32::from(today.year()) - i32::from(year);
    let had_birthday = match (birth.month(), birth.day()) {
        (Some(month), Some(day)) => (month, day) <= (today.month(), today.day()),
        (Some(month), None) => month < today.month(),
        (None, _) => false,
    };
    years - i32::from(!had_birthday) < 18
}

/// The sex, for forms.
pub(crate) fn sex_code(sex: Option<Sex>) -> String {
    sex.and_then(|sex| code_of(&sex)).unwrap_or_default()
}

fn link(what: &str, thing: Uuid) -> String {
    match what.split('.').next() {
        Some("screening") => format!("/screenings/{thing}/outcome"),
        Some("referral") => format!("/referrals/{thing}"),
        Some("case") => format!("/cases/{thing}"),
        _ => String::new(),
    }
}

fn tone(what: &str) -> Tone {
    match what {
        "person.registered" | "screening.started" | "case.opened" | "referral.offered"
        | "task.made" => Tone::Start,
        "screening.finished" | "task.done" | "referral.completed" | "case.closed" => Tone::Done,
        "referral.declined" | "screening.stopped" => Tone::Late,
        _ => Tone::Plain,
    }
}

/// Countries to choose from, by their three letters.
pub(crate) fn countries() -> Vec<Choice> {
    sapar_law::country::CODES
        .iter()
        .map(|code| Choice::new(*code, *code))
        .collect()
}

/// The instant a form's local date and time mean in a zone.
pub(crate) fn moment_in(frame: &Frame, text: &str) -> Option<Timestamp> {
    let local: jiff::civil::DateTime = text.parse().ok()?;
    frame
        .zone
        .to_zoned_datetime(local)
        .ok()
        .map(|zoned| zoned.timestamp())
}
