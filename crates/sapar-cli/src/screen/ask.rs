//! The conversation: language, questions, answers, back and why.

use std::io::Write;

use sapar_law::{
    Answer, FactId, Interview, Knowledge, Learned, Question, ValueKind, country, explain,
};
use sapar_messages::{Language, MessageValue, Messages};

use super::{Screen, Stop};

/// What a line of input means.
enum Reply {
    Answer(Answer),
    Back,
    Why,
    Quit,
    NotUnderstood,
}

impl Screen<'_> {
    pub(super) fn choose_language(&mut self) -> Result<(), Stop> {
        for (number, language) in (1..).zip(Language::ALL) {
            writeln!(self.output, "  {number}  {}", language.own_name())?;
        }
        loop {
            write!(
                self.output,
                "{} [{}] ",
                self.messages.text("interview-choose-language"),
                self.messages.language().own_name()
            )?;
            let Some(line) = self.line()? else {
                return Ok(());
            };
            if line.is_empty() {
                return Ok(());
            }
            let chosen = line
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1))
                .and_then(|index| Language::ALL.get(index).copied());
            match chosen.or_else(|| line.parse::<Language>().ok()) {
                Some(language) => {
                    self.messages = Messages::new(language);
                    return Ok(());
                }
                None => writeln!(
                    self.output,
                    "{}",
                    self.messages.text("screen-invalid-choice")
                )?,
            }
        }
    }

    /// Asks until nothing more can matter, or until the officer stops; whether it ended by itself.
    pub(super) fn ask_all(
        &mut self,
        interview: &mut Interview,
        suggested: &[(FactId, Knowledge)],
    ) -> Result<bool, Stop> {
        let hint = self.messages.text("interview-hint-always");
        writeln!(self.output, "\n{}", self.dim(&hint))?;
        let host = super::print::country_of(
            &interview
                .engine()
                .library()
                .order(interview.engine().order())
                .id,
        );
        while let Some(question) = interview.next() {
            if let Some(known) = derivable(interview, host, question.fact)
                && interview
                    .answer(question.fact, Answer::Known(known))
                    .is_ok()
            {
                continue;
            }
            let suggestion = suggested
                .iter()
                .find(|(fact, _)| *fact == question.fact)
                .map(|(_, knowledge)| *knowledge);
            self.put_question(interview, &question, suggestion)?;
            loop {
                write!(self.output, "> ")?;
                let Some(line) = self.line()? else {
                    return Ok(false);
                };
                match understand(interview, question.fact, &line, suggestion) {
                    Reply::Answer(answer) => match interview.answer(question.fact, answer) {
                        Ok(()) => break,
                        Err(error) => {
                            let text = self
                                .contradiction(&interview.engine().clone(), &error.contradiction);
                            writeln!(self.output, "{text}")?;
                        }
                    },
                    Reply::Back => {
                        let mut last = interview.back();
                        // What was derived would be derived again at once; go back to what was asked.
                        while last.is_some_and(|fact| derivable(interview, host, fact).is_some()) {
                            last = interview.back();
                        }
                        if last.is_some() {
                            break;
                        }
                        writeln!(
                            self.output,
                            "{}",
                            self.messages.text("interview-at-first-question")
                        )?;
                    }
                    Reply::Why => self.why(interview, &question)?,
                    Reply::Quit => return Ok(false),
                    Reply::NotUnderstood => {
                        let text = self.not_understood(interview, question.fact);
                        writeln!(self.output, "{text}")?;
                    }
                }
            }
        }
        Ok(true)
    }

    fn put_question(
        &mut self,
        interview: &Interview,
        question: &Question,
        suggestion: Option<Knowledge>,
    ) -> Result<(), Stop> {
        let library = interview.engine().library().clone();
        let language = self.messages.language().code();
        let fact = library.fact(question.fact);
        let number = interview.answered().len() + 1;
        let heading = self.messages.text_with(
            "interview-question",
            &[(
                "number",
                MessageValue::from(i64::try_from(number).unwrap_or(i64::MAX)),
            )],
        );
        let learned = self.messages.text(match fact.learned {
            Learned::Observing => "learned-observing",
            Learned::Document => "learned-document",
            Learned::Asking => "learned-asking",
            Learned::Specialist => "learned-specialist",
            Learned::Deriving => "learned-deriving",
        });
        writeln!(
            self.output,
            "\n{}",
            self.dim(&format!("{heading} · {learned}"))
        )?;
        writeln!(self.output, "{}", self.bold(fact.question.get(language)))?;
        match &fact.kind {
            ValueKind::YesNo => writeln!(
                self.output,
                "  {}",
                self.messages.text("interview-hint-yes-no")
            )?,
            ValueKind::OneOf(values) => {
                for (number, (_, label)) in (1..).zip(values) {
                    writeln!(self.output, "  {number}  {}", label.get(language))?;
                }
            }
            ValueKind::Number { from, to, .. } => {
                let (from, to) = (i64::from(*from), i64::from(*to));
                writeln!(
                    self.output,
                    "  {}",
                    self.messages.text_with(
                        "interview-hint-number",
                        &[("least", from.into()), ("most", to.into())]
                    )
                )?;
            }
            ValueKind::Country => writeln!(
                self.output,
                "  {}",
                self.messages.text("interview-hint-country")
            )?,
        }
        if let Some(known) = suggestion {
            let value = explain::value_words(&library, question.fact, known, &self.messages);
            writeln!(
                self.output,
                "  {}",
                self.messages
                    .text_with("screen-suggested", &[("value", value.as_str().into())])
            )?;
        }
        Ok(())
    }

    /// The articles behind a question: a few, the gravest first.
    fn why(&mut self, interview: &Interview, question: &Question) -> Result<(), Stop> {
        const POSITIONS_SHOWN: usize = 5;
        let engine = interview.engine();
        let library = engine.library();
        for position in question.decides.iter().take(POSITIONS_SHOWN) {
            let position = engine.position(*position);
            let articles: Vec<String> = position
                .norms
                .iter()
                .take(2)
                .map(|norm| explain::citation(library, *norm, &self.messages))
                .collect();
            let words = explain::position_words(library, position, &self.messages);
            let why = self.messages.text_with(
                "interview-why",
                &[("articles", articles.join("; ").as_str().into())],
            );
            writeln!(self.output, "  {words}\n    {}", self.dim(&why))?;
        }
        Ok(())
    }

    fn not_understood(&self, interview: &Interview, fact: FactId) -> String {
        let number = |number: u32| MessageValue::from(i64::from(number));
        match &interview.engine().library().fact(fact).kind {
            ValueKind::YesNo => self.messages.text("interview-bad-answer-yes-no"),
            ValueKind::OneOf(values) => {
                let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
                self.messages
                    .text_with("interview-bad-answer-choice", &[("count", number(count))])
            }
            ValueKind::Number { from, to, .. } => self.messages.text_with(
                "interview-bad-answer-number",
                &[("least", number(*from)), ("most", number(*to))],
            ),
            ValueKind::Country => self.messages.text("interview-bad-answer-country"),
        }
    }
}

fn derivable(interview: &Interview, host: Option<&str>, fact: FactId) -> Option<Knowledge> {
    sapar_screening::derived(
        interview.engine().library(),
        host?,
        interview.situation(),
        fact,
    )
}

fn understand(
    interview: &Interview,
    fact: FactId,
    line: &str,
    suggestion: Option<Knowledge>,
) -> Reply {
    let library = interview.engine().library();
    let known = |knowledge| Reply::Answer(Answer::Known(knowledge));
    match line.to_lowercase().as_str() {
        "" => return suggestion.map_or(Reply::NotUnderstood, known),
        "u" => return Reply::Answer(Answer::DoesNotKnow),
        "r" => return Reply::Answer(Answer::DoesNotWantToSay),
        "b" => return Reply::Back,
        "?" => return Reply::Why,
        "q" => return Reply::Quit,
        _ => {}
    }
    match &library.fact(fact).kind {
        ValueKind::YesNo => match line.to_lowercase().as_str() {
            "y" | "yes" | "да" | "иә" => known(Knowledge::YesNo(true)),
            "n" | "no" | "нет" | "жоқ" => known(Knowledge::YesNo(false)),
            _ => Reply::NotUnderstood,
        },
        ValueKind::OneOf(values) => match line.parse::<u32>() {
            Ok(number) if number >= 1 && number as usize <= values.len() => {
                known(Knowledge::Value(number - 1))
            }
            _ => Reply::NotUnderstood,
        },
        ValueKind::Country => match country::index_of(&line.to_uppercase()) {
            Some(index) => known(Knowledge::Value(index)),
            None => Reply::NotUnderstood,
        },
        ValueKind::Number { .. } => match library.value_from_text(fact, line) {
            Ok(Knowledge::Unknown) | Err(_) => Reply::NotUnderstood,
            Ok(knowledge) => known(knowledge),
        },
    }
}
