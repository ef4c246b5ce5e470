//! Works an amendment into the items of the law, and says which of its edits make no sense.

use jiff::civil::Date;
use sapar_diagnostics::{Diagnostic, Span, code, nearest};
use sapar_law_syntax::ast::{self, Item, Name, Spanned, Validity};

use super::{AmendmentDef, Edit};
use crate::library::{ParsedFile, Texts};
use crate::model::{Period, Words};

/// An applied amendment, and the validity that each ended norm had before.
pub type Applied = (AmendmentDef, Vec<(String, Period)>);

/// Applies amendments one after the other; mistakes go to the problems of the texts.
pub fn apply(amendments: &[ParsedFile], texts: &mut Texts) -> Vec<Applied> {
    amendments
        .iter()
        .filter_map(|file| apply_one(file, texts))
        .collect()
}

fn apply_one(file: &ParsedFile, texts: &mut Texts) -> Option<Applied> {
    let amendment = header(file, texts)?;
    let Some((at, outer)) = instrument(texts, &amendment.amends.value) else {
        let problem = unknown_instrument(texts, &amendment.amends);
        texts.problems.push(problem);
        return None;
    };
    let mut work = Work {
        texts,
        at,
        outer,
        amendment,
        seen: Vec::new(),
        periods: Vec::new(),
        edits: Vec::new(),
    };
    let mut tests = Vec::new();
    for item in &file.items {
        match item {
            Item::Norm(norm) => work.norm(norm),
            Item::Repeal(repeal) => work.repeal(repeal),
            Item::Test(test) => tests.push(Item::Test(test.clone())),
            _ => {}
        }
    }
    let (edits, periods) = (work.edits, work.periods);
    if edits.is_empty() && !texts.has_problem_in(file.source) {
        texts.problems.push(
            Diagnostic::new(
                &code::L0608,
                amendment.id.span,
                format!("`{}` has no edit", amendment.id.value),
            )
            .help("add a norm under an article's heading, or a `repeal` of one"),
        );
    }
    // Its tests are read as a package of their own, so that a report can tell them from those of the law.
    texts.files.push(ParsedFile {
        package: format!("amendment {}", amendment.id.value),
        source: file.source,
        items: tests,
    });
    let definition = AmendmentDef {
        id: amendment.id.value.clone(),
        title: title(amendment, &mut texts.problems),
        amends: amendment.amends.value.clone(),
        from: amendment.from.value,
        note: amendment
            .note
            .as_ref()
            .map_or(String::new(), |note| note.value.clone()),
        edits,
        source: file.source,
        span: amendment.id.span,
    };
    Some((definition, periods))
}

/// The one `amendment` item of the file; whatever has no place beside it is reported.
fn header<'f>(file: &'f ParsedFile, texts: &mut Texts) -> Option<&'f ast::Amendment> {
    let mut found: Option<&ast::Amendment> = None;
    let before = texts.problems.len();
    for item in &file.items {
        match item {
            Item::Amendment(amendment) => match found {
                None => found = Some(amendment),
                Some(first) => texts.problems.push(
                    Diagnostic::new(
                        &code::L0601,
                        amendment.id.span,
                        "a file holds one amendment, and this is the second",
                    )
                    .related(first.id.span, "the first")
                    .help("put each amendment into a file of its own"),
                ),
            },
            Item::Norm(_) | Item::Repeal(_) | Item::Test(_) => {}
            other => {
                let (word, span) = word_and_place(other);
                texts.problems.push(
                    Diagnostic::new(
                        &code::L0601,
                        span,
                        format!("an amendment cannot hold the item `{word}`"),
                    )
                    .help("an amendment holds norms, repeals and tests; new words belong to the vocabulary, a new instrument to a file of its package"),
                );
            }
        }
    }
    if found.is_none() && !texts.has_problem_in(file.source) {
        texts.problems.push(
            Diagnostic::new(
                &code::L0602,
                Span {
                    source: file.source,
                    start: 0,
                    end: 0,
                },
                "this file holds no `amendment` item",
            )
            .help("add `amendment` with its identifier under the title, and below it `title`, `amends` and `in force from`"),
        );
    }
    found.filter(|_| texts.problems.len() == before)
}

fn word_and_place(item: &Item) -> (&'static str, Span) {
    match item {
        Item::Instrument(instrument) => ("instrument", instrument.id.span),
        Item::Fact(fact) => ("fact", fact.name.span),
        Item::Term(term) => ("term", term.name.span),
        Item::Actor(actor) => ("actor", actor.name.span),
        Item::Act(act) => ("act", act.name.span),
        Item::Event(event) => ("event", event.name.span),
        Item::Never(never) => ("never", never.span),
        Item::Order(order) => ("order", order.id.span),
        Item::Todo(todo) => ("todo", todo.provision.span),
        Item::Norm(norm) => ("norm", norm.id.span),
        Item::Test(test) => ("test", test.span),
        Item::Amendment(amendment) => ("amendment", amendment.id.span),
        Item::Repeal(repeal) => ("repeal", repeal.span),
    }
}

/// The place of an instrument's file, and when the instrument is in force.
fn instrument(texts: &Texts, id: &str) -> Option<(usize, Period)> {
    texts.files.iter().enumerate().find_map(|(at, file)| {
        file.items.iter().find_map(|item| match item {
            Item::Instrument(instrument) if instrument.id.value == id => {
                Some((at, period_of(&instrument.validity)))
            }
            _ => None,
        })
    })
}

fn period_of(validity: &Validity) -> Period {
    Period {
        from: validity.from.value,
        until: validity.until.as_ref().map(|until| until.value),
    }
}

fn unknown_instrument(texts: &Texts, name: &Name) -> Diagnostic {
    let known = texts
        .files
        .iter()
        .flat_map(|file| &file.items)
        .filter_map(|item| match item {
            Item::Instrument(instrument) => Some(instrument.id.value.as_str()),
            _ => None,
        });
    let help = nearest(&name.value, known).map_or_else(
        || "`sapar law show instruments` lists the identifiers of all instruments".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::new(
        &code::L0205,
        name.span,
        format!("no instrument is called `{}`", name.value),
    )
    .help(help)
}

/// Titles in all languages, as instruments have them.
fn title(amendment: &ast::Amendment, problems: &mut Vec<Diagnostic>) -> Words {
    crate::resolve::words(
        &amendment.title,
        "title",
        &amendment.id.value,
        amendment.id.span,
        problems,
    )
}

/// One amendment being worked in.
struct Work<'w> {
    texts: &'w mut Texts,
    /// Place of the amended instrument's file.
    at: usize,
    /// When that instrument is in force.
    outer: Period,
    amendment: &'w ast::Amendment,
    /// Norms edited so far.
    seen: Vec<Name>,
    periods: Vec<(String, Period)>,
    edits: Vec<Edit>,
}

impl Work<'_> {
    fn norm(&mut self, norm: &ast::Norm) {
        let from = norm
            .validity
            .as_ref()
            .map_or(&self.amendment.from, |validity| &validity.from);
        let before = self.texts.problems.len();
        self.not_too_early(from);
        if let Some(first) = self.standing(&norm.id.value) {
            let place = first.id.span;
            self.texts.problems.push(
                Diagnostic::new(
                    &code::L0607,
                    norm.id.span,
                    format!(
                        "`{}` has a norm `{}` already",
                        self.amendment.amends.value, norm.id.value
                    ),
                )
                .related(place, "here")
                .help("the old norm stays in the text for the days it was in force; give the new one an identifier of its own, such as one that ends in the year"),
            );
        }
        let mut ended = Vec::new();
        for old in &norm.replaces {
            if let Some(period) = self.ends(old, from.value) {
                ended.push((old.value.clone(), period));
            }
        }
        // A change of which a part was not understood would be another change: it is left out as a whole.
        if self.texts.problems.len() > before {
            return;
        }
        let old: Vec<String> = ended.iter().map(|(id, _)| id.clone()).collect();
        for (id, period) in ended {
            self.end(&id, period, from);
            self.override_too(&id, &norm.id);
        }
        let mut new = norm.clone();
        new.replaces.clear();
        let until = match &norm.validity {
            Some(validity) => validity.until.clone(),
            None => self
                .outer
                .until
                .map(|until| Spanned::new(until, norm.id.span)),
        };
        new.validity = Some(Validity {
            from: from.clone(),
            until,
        });
        if let Some(file) = self.texts.files.get_mut(self.at) {
            file.items.push(Item::Norm(new));
        }
        let (norm, from) = (norm.id.value.clone(), from.value);
        self.edits.push(if old.is_empty() {
            Edit::Insert { norm, from }
        } else {
            Edit::Replace { old, norm, from }
        });
    }

    fn repeal(&mut self, repeal: &ast::Repeal) {
        let from = repeal.from.as_ref().unwrap_or(&self.amendment.from);
        let before = self.texts.problems.len();
        self.not_too_early(from);
        let period = self.ends(&repeal.norm, from.value);
        let Some(period) = period.filter(|_| self.texts.problems.len() == before) else {
            return;
        };
        self.end(&repeal.norm.value, period, from);
        self.edits.push(Edit::Repeal {
            norm: repeal.norm.value.clone(),
            from: from.value,
        });
    }

    fn not_too_early(&mut self, from: &Spanned<Date>) {
        let begin = &self.amendment.from;
        if from.value >= begin.value {
            return;
        }
        self.texts.problems.push(
            Diagnostic::new(
                &code::L0605,
                from.span,
                format!(
                    "this begins before its amendment, which is in force from {}",
                    begin.value
                ),
            )
            .related(begin.span, "the amendment begins here")
            .help("an edit begins with its amendment or later: move one of the two dates"),
        );
    }

    fn standing(&self, id: &str) -> Option<&ast::Norm> {
        let file = self.texts.files.get(self.at)?;
        file.items.iter().find_map(|item| match item {
            Item::Norm(norm) if norm.id.value == id => Some(norm),
            _ => None,
        })
    }

    /// The validity of a norm that can end the day before `from`; what stands against it is reported.
    fn ends(&mut self, name: &Name, from: Date) -> Option<Period> {
        let Some(norm) = self.standing(&name.value) else {
            let problem = self.unknown(name);
            self.texts.problems.push(problem);
            return None;
        };
        let period = norm.validity.as_ref().map_or(self.outer, period_of);
        let place = norm.id.span;
        // A norm that the same amendment has ended already would be found too short-lived, which is not the mistake.
        if let Some(first) = self.seen.iter().find(|seen| seen.value == name.value) {
            let problem = Diagnostic::new(
                &code::L0606,
                name.span,
                format!("`{}` is edited twice", name.value),
            )
            .related(first.span, "first here")
            .help("a norm ends once: keep one of the two edits");
            self.texts.problems.push(problem);
            return None;
        }
        let last = match (period.until, self.outer.until) {
            (Some(own), Some(outer)) => Some(own.min(outer)),
            (own, outer) => own.or(outer),
        };
        let why = if from <= period.from {
            Some(format!("it begins on {}", period.from))
        } else {
            last.filter(|last| *last < from)
                .map(|last| format!("its last day is {last}"))
        };
        if let Some(why) = why {
            self.texts.problems.push(
                Diagnostic::new(
                    &code::L0604,
                    name.span,
                    format!("`{}` cannot end on the day before {from}: {why}", name.value),
                )
                .related(place, "the norm")
                .help("choose a date on which the norm is in force and was in force the day before, or another norm"),
            );
            return None;
        }
        self.seen.push(name.clone());
        Some(period)
    }

    fn unknown(&self, name: &Name) -> Diagnostic {
        let known = self
            .texts
            .files
            .get(self.at)
            .into_iter()
            .flat_map(|file| &file.items)
            .filter_map(|item| match item {
                Item::Norm(norm) => Some(norm.id.value.as_str()),
                _ => None,
            });
        let amends = &self.amendment.amends.value;
        let help = match nearest(&name.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("`sapar law show {amends}` lists its norms"),
        };
        Diagnostic::new(
            &code::L0603,
            name.span,
            format!("`{amends}` has no norm `{}`", name.value),
        )
        .help(help)
    }

    fn end(&mut self, id: &str, period: Period, from: &Spanned<Date>) {
        self.periods.push((id.to_owned(), period));
        // Only the first day of the calendar has no day before, and no norm was in force on a day before that.
        let Ok(last) = from.value.yesterday() else {
            return;
        };
        for item in self
            .texts
            .files
            .get_mut(self.at)
            .into_iter()
            .flat_map(|file| &mut file.items)
        {
            if let Item::Norm(norm) = item
                && norm.id.value == id
            {
                norm.validity = Some(Validity {
                    from: Spanned::new(period.from, norm.id.span),
                    until: Some(Spanned::new(last, from.span)),
                });
            }
        }
    }

    /// Whoever overrides the old norm overrides the new one.
    fn override_too(&mut self, old: &str, new: &Name) {
        let amends = &self.amendment.amends.value;
        let full_old = format!("{amends}/{old}");
        for (at, file) in self.texts.files.iter_mut().enumerate() {
            for item in &mut file.items {
                let Item::Norm(norm) = item else { continue };
                let overrides = norm
                    .overrides
                    .iter()
                    .any(|over| over.value == full_old || (at == self.at && over.value == old));
                if overrides {
                    norm.overrides
                        .push(Spanned::new(format!("{amends}/{}", new.value), new.span));
                }
            }
        }
    }
}

/// Edits in files that hold no amendment.
pub fn stray_edits(texts: &mut Texts) {
    let mut found = Vec::new();
    for file in &texts.files {
        // An `amendment` item with a mistake was reported; its edits are not at fault.
        if texts.has_problem_in(file.source) {
            continue;
        }
        for item in &file.items {
            let (span, what) = match item {
                Item::Repeal(repeal) => (repeal.span, "a `repeal`"),
                Item::Norm(norm) => match norm.replaces.first() {
                    Some(old) => (old.span, "`replaces`"),
                    None => continue,
                },
                _ => continue,
            };
            found.push(
                Diagnostic::new(
                    &code::L0602,
                    span,
                    format!("{what} stands in a file that holds no amendment"),
                )
                .help("put it into a file with an `amendment` item; in the law itself, end the old norm with `in force from … until …`"),
            );
        }
    }
    texts.problems.extend(found);
}
