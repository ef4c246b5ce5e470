//! The browser of laws: what an article says, and beside it the norms that the program reads.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use sapar_law::{InstrumentId, Library, Modality, NormDef, explain};
use sapar_operations::OperationError;
use sapar_pages::outcome::Force;
use sapar_pages::{Frame, Markup, Prose, Text, law as view};

use super::{Day, day};
use crate::respond::page;
use crate::visit::Visit;
use crate::words::Words;

/// Every package with its instruments; for everybody, since the law is public.
pub(super) async fn packages(visit: Visit) -> Response {
    let library = visit.app.operations.law().library();
    let code = visit.frame.language.code();
    let mut packages: Vec<(String, view::Package)> = Vec::new();
    for (id, instrument) in library.instruments() {
        let line = view::InstrumentLine {
            link: format!("/law/{}/{}", instrument.package, instrument.id),
            title: instrument.title.get(code).into(),
            in_force: since(
                &visit.frame,
                instrument.period.from,
                instrument.period.until,
            ),
            norms: u32::try_from(norms_of(library, id).count()).unwrap_or(u32::MAX),
        };
        match packages
            .iter_mut()
            .find(|(name, _)| *name == instrument.package)
        {
            Some((_, package)) => package.instruments.push(line),
            None => packages.push((
                instrument.package.clone(),
                view::Package {
                    title: title(library, &instrument.package, code),
                    instruments: vec![line],
                },
            )),
        }
    }
    let view = view::View {
        packages: packages.into_iter().map(|(_, package)| package).collect(),
    };
    page(view::page(&visit.frame, &view))
}

fn title(library: &Library, package: &str, code: &str) -> Prose {
    library
        .orders()
        .find(|(_, order)| order.id == package)
        .map_or_else(
            || package.to_owned(),
            |(_, order)| order.label.get(code).to_owned(),
        )
        .into()
}

fn norms_of(library: &Library, instrument: InstrumentId) -> impl Iterator<Item = &NormDef> {
    library
        .norms()
        .map(|(_, norm)| norm)
        .filter(move |norm| norm.instrument == instrument)
}

fn since(frame: &Frame, from: Date, until: Option<Date>) -> Text {
    let text = Text::key(if until.is_some() {
        "law-in-force-between"
    } else {
        "law-in-force-since"
    })
    .with("from", frame.date(from));
    match until {
        Some(until) => text.with("until", frame.date(until)),
        None => text,
    }
}

/// One instrument on a day.
pub(super) async fn instrument(
    visit: Visit,
    Path((package, instrument)): Path<(String, String)>,
    query: Query<Day>,
) -> Response {
    match shown(&visit, &package, &instrument, day(&query)) {
        Ok(markup) => page(markup),
        Err(error) => crate::respond::fault(&visit.app, &visit.frame, &error),
    }
}

fn shown(
    visit: &Visit,
    package: &str,
    instrument: &str,
    on: Option<String>,
) -> Result<Markup, OperationError> {
    let law = visit.app.operations.law();
    let library = law.library();
    let (id, found) = library
        .instruments()
        .find(|(_, one)| one.package == package && one.id == instrument)
        .ok_or(OperationError::NotThere)?;
    let (day, wrong_day) = match on {
        Some(text) => match text.parse::<Date>() {
            Ok(day) => (Some(day), String::new()),
            Err(_) => (None, text),
        },
        None => (None, String::new()),
    };
    let directory = visit.app.operations.directory();
    let words = Words {
        frame: &visit.frame,
        law,
        library,
        directory: &directory,
    };
    let source = source(package, instrument).ok_or(OperationError::NotThere)?;
    let view = view::InstrumentView {
        link: format!("/law/{package}/{instrument}"),
        title: found.title.get(words.code()).into(),
        on: day,
        wrong_day,
        in_force: since(&visit.frame, found.period.from, found.period.until),
        articles: sections(&source)
            .into_iter()
            .map(|section| article(&words, id, &section, day))
            .filter(|article| !article.prose.is_empty() || !article.norms.is_empty())
            .collect(),
    };
    Ok(view::instrument_page(&visit.frame, &view))
}

/// The file of an instrument: the one that declares it.
fn source(package: &str, instrument: &str) -> Option<String> {
    let declares = format!("instrument {instrument}\n");
    sapar_packages::files().into_iter().find_map(|file| {
        let text = String::from_utf8(file.bytes).ok()?;
        (file.path.starts_with(&format!("{package}/")) && text.contains(&declares)).then_some(text)
    })
}

/// A heading with the paragraphs and law blocks under it.
#[derive(Default)]
struct Section {
    heading: String,
    prose: Vec<String>,
    law: String,
}

/// The sections of a law file: its headings, prose, and what stands in fences of law.
fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut in_law = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_law = line.starts_with("```law");
            continue;
        }
        if !in_law && let Some(heading) = line.strip_prefix("## ") {
            sections.push(Section {
                heading: heading.trim().to_owned(),
                ..Section::default()
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        if in_law {
            section.law.push_str(line);
            section.law.push('\n');
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            section.prose.push(line.trim().to_owned());
        }
    }
    sections
}

fn article(
    words: &Words<'_>,
    instrument: InstrumentId,
    section: &Section,
    day: Option<Date>,
) -> view::ArticleView {
    let norms = section
        .law
        .lines()
        .filter_map(|line| line.strip_prefix("norm "))
        .filter_map(|line| line.split_whitespace().next())
        .filter_map(|name| {
            words
                .library
                .norms()
                .find(|(_, norm)| norm.instrument == instrument && norm.id == name)
        })
        .filter(|(_, norm)| day.is_none_or(|day| norm.period.contains(day)))
        .map(|(id, norm)| norm_view(words, id, norm, &section.law))
        .collect();
    let number = section
        .heading
        .split('.')
        .next()
        .unwrap_or("")
        .to_lowercase()
        .replace(' ', "-");
    view::ArticleView {
        anchor: number,
        heading: Prose::in_language(section.heading.as_str(), "en"),
        prose: section
            .prose
            .iter()
            .map(|paragraph| Prose::in_language(paragraph.as_str(), "en"))
            .collect(),
        norms,
    }
}

fn norm_view(
    words: &Words<'_>,
    id: sapar_law::NormId,
    norm: &NormDef,
    law: &str,
) -> view::NormView {
    let library = words.library;
    let code = words.code();
    let messages = words.messages();
    let clauses = clauses(law, &norm.id);
    let of = |keyword: &str| -> Vec<Prose> {
        clauses
            .iter()
            .filter_map(|clause| clause.strip_prefix(keyword))
            .map(|clause| Prose::in_language(clause.trim(), "en"))
            .collect()
    };
    let key = match norm.modality {
        Modality::Must => "must",
        Modality::MustNot => "must-not",
        Modality::Should => "should",
        Modality::ShouldNot => "should-not",
        Modality::May => "may",
    };
    let bearer = library.actor(norm.bearer).label.get(code);
    let act = library.act(norm.act).label.get(code);
    view::NormView {
        name: format!("{} {}", norm.id, norm.provision),
        force: match norm.modality {
            Modality::Must => Force::Duty,
            Modality::MustNot => Force::Prohibition,
            Modality::Should => Force::Advice,
            Modality::ShouldNot => Force::AdviceAgainst,
            Modality::May => Force::Right,
        },
        says: messages
            .text_with(key, &[("bearer", bearer.into()), ("act", act.into())])
            .into(),
        condition: of("when ").into_iter().next().unwrap_or_default(),
        limits: norm
            .limits
            .iter()
            .map(|limit| explain::limit_words(library, *limit, &messages).into())
            .collect(),
        exceptions: of("unless "),
        verification: words.verification(id),
        in_force: since(words.frame, norm.period.from, norm.period.until),
    }
}

/// The clauses of a norm, a line each, with lines that go on joined.
fn clauses(law: &str, norm: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    let mut inside = false;
    for line in law.lines() {
        if !line.starts_with(' ') {
            inside = line
                .strip_prefix("norm ")
                .is_some_and(|rest| rest.split_whitespace().next() == Some(norm));
            continue;
        }
        if !inside {
            continue;
        }
        match (line.strip_prefix("      "), clauses.last_mut()) {
            (Some(more), Some(last)) => {
                last.push(' ');
                last.push_str(more.trim());
            }
            _ => clauses.push(line.trim().to_owned()),
        }
    }
    clauses
}
