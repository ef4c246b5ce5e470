//! Interview, answers, the traveller's view and the outcome.

use jiff::civil::date;
use sapar_messages::Language;
use sapar_pages::answers::AnswerLine;
use sapar_pages::interview::{Because, Question, QuestionKind};
use sapar_pages::outcome::{
    Article, Change, Checked, Conflict, Deciding, Force, Limit, Position, Reason, Undecided,
    Verification,
};
use sapar_pages::{Choice, Due, Form, Prose, Text, answers, interview, outcome, traveller};

use super::{Sample, Sampler, people, sample};

pub fn all(s: &Sampler) -> Vec<Sample> {
    let frame = s.officer("/screenings/0193");
    let mut all = Vec::new();
    for (name, view) in [
        ("yes-no", yes_no(s)),
        ("one-of", one_of(s)),
        ("many-of", many_of(s)),
        ("number", number(s)),
        ("number-refused", number_refused(s)),
        ("date", day(s)),
        ("correct", correct(s)),
        ("nothing-more", nothing_more(s)),
    ] {
        all.push(sample(
            &format!("interview-{name}"),
            interview::page(&frame, &view),
        ));
    }
    for (name, question) in [
        ("yes-no", yes_no(s).question),
        ("one-of", one_of(s).question),
        ("number", number(s).question),
    ] {
        let view = traveller::View {
            screening: s.id(32),
            // Turned to somebody who reads another language than the officer.
            language: if s.language == Language::Russian {
                Language::Kazakh
            } else {
                Language::Russian
            },
            question: question.unwrap_or_default(),
            form: Form::default(),
        };
        all.push(sample(
            &format!("traveller-{name}"),
            traveller::page(&frame, &view),
        ));
    }
    all.push(sample("answers", answers::page(&frame, &given(s))));
    all.push(sample("outcome", outcome::page(&frame, &outcome(s))));
    all.push(sample(
        "outcome-partial",
        outcome::page(&frame, &partial(s)),
    ));
    all
}

fn view(s: &Sampler, question: Question) -> interview::View {
    interview::View {
        screening: s.id(32),
        person: s.bek(),
        question: Some(question),
        form: Form::default(),
        answered: 6,
        answers: given(s).answers,
        may_go_back: true,
        left_to: interview::LeftTo::Nobody,
        take_over_as: Text::key("role-specialist"),
        correcting: false,
    }
}

fn seen() -> Verification {
    Verification::Seen {
        source: "adilet.zan.kz".to_owned(),
        on: date(2026, 11, 20),
    }
}

fn articles(s: &Sampler) -> Vec<Article> {
    vec![
        Article {
            citation: s
                .said(
                    "Convention relating to the Status of Refugees, Article 33(1)",
                    "Конвенция о статусе беженцев, статья 33(1)",
                    "Босқындар мәртебесі туралы конвенция, 33(1)-бап",
                )
                .into(),
            link: "/law/international/refugee-convention".to_owned(),
            verification: match seen() {
                Verification::Seen { source, on } => Verification::Seen {
                    source: s.name(&source),
                    on,
                },
                other => other,
            },
        },
        Article {
            citation: Prose::in_language(s.name("Закон РК «О беженцах», статья 18"), "ru"),
            link: String::new(),
            verification: Verification::Memory,
        },
    ]
}

fn yes_no(s: &Sampler) -> interview::View {
    view(
        s,
        Question {
            fact: s.name("papers held by another"),
            words: s
                .said(
                    "Does another person keep the documents of this person?",
                    "Документы этого человека находятся у кого-то другого?",
                    "Бұл адамның құжаттары басқа біреуде ме?",
                )
                .into(),
            kind: QuestionKind::YesNo,
            how: "observed".to_owned(),
            hows: vec![
                "observed".to_owned(),
                "asked".to_owned(),
                "document".to_owned(),
            ],
            suggestion: Text::default(),
            care: Text::key("interview-care-quiet"),
            because: vec![Because {
                position: s
                    .said(
                        "identify the person as a victim of trafficking",
                        "идентифицировать человека как жертву торговли людьми",
                        "адамды адам саудасының құрбаны ретінде анықтау",
                    )
                    .into(),
                articles: articles(s),
            }],
        },
    )
}

fn one_of(s: &Sampler) -> interview::View {
    view(
        s,
        Question {
            fact: s.name("sex"),
            words: Prose::in_language(s.name("Where did the person cross the border?"), "en"),
            kind: QuestionKind::OneOf(vec![
                s.choice(
                    "post",
                    "At a crossing point",
                    "В пункте пропуска",
                    "Өткізу пунктінде",
                ),
                s.choice(
                    "green",
                    "Between crossing points",
                    "Вне пунктов пропуска",
                    "Өткізу пункттерінен тыс",
                ),
                s.choice("airport", "In an airport", "В аэропорту", "Әуежайда"),
            ]),
            how: "asked".to_owned(),
            hows: vec!["asked".to_owned()],
            ..Question::default()
        },
    )
}

fn many_of(s: &Sampler) -> interview::View {
    let mut view = view(
        s,
        Question {
            fact: s.name("reasons of fear"),
            words: s
                .said(
                    "What is the person afraid of, on return?",
                    "Чего человек боится в случае возвращения?",
                    "Қайтарылса, адам неден қорқады?",
                )
                .into(),
            kind: QuestionKind::ManyOf(vec![
                s.choice(
                    "race",
                    "Harm because of race or nation",
                    "Вред из-за расы или национальности",
                    "Нәсіліне не ұлтына байланысты зиян",
                ),
                s.choice(
                    "religion",
                    "Harm because of religion",
                    "Вред из-за религии",
                    "Дініне байланысты зиян",
                ),
                s.choice(
                    "war",
                    "War or violence against everybody",
                    "Война или насилие против всех",
                    "Соғыс немесе жаппай зорлық",
                ),
                s.choice("torture", "Torture", "Пытки", "Азаптау"),
            ]),
            how: "asked".to_owned(),
            hows: vec!["asked".to_owned(), "document".to_owned()],
            ..Question::default()
        },
    );
    view.form = Form::default()
        .with("values[]", "religion")
        .with("how", "document");
    view
}

fn number(s: &Sampler) -> interview::View {
    view(
        s,
        Question {
            fact: s.name("age in years"),
            words: s
                .said(
                    "How old is the person?",
                    "Сколько лет человеку?",
                    "Адам неше жаста?",
                )
                .into(),
            kind: QuestionKind::Number {
                least: 0,
                most: 120,
            },
            how: "document".to_owned(),
            hows: vec!["asked".to_owned(), "document".to_owned()],
            suggestion: Text::key("interview-suggested").with("value", s.name("28")),
            ..Question::default()
        },
    )
}

fn number_refused(s: &Sampler) -> interview::View {
    let mut view = number(s);
    view.form = Form::default().with("number", s.name("twenty"));
    view.form.refuse(
        "number",
        Text::key("interview-range")
            .with("least", 0)
            .with("most", 120),
    );
    view
}

fn day(s: &Sampler) -> interview::View {
    view(
        s,
        Question {
            fact: s.name("day of entry"),
            words: s
                .said(
                    "On which day did the person enter the country?",
                    "В какой день человек въехал в страну?",
                    "Адам елге қай күні кірді?",
                )
                .into(),
            kind: QuestionKind::Date,
            how: "asked".to_owned(),
            hows: vec![
                "asked".to_owned(),
                "document".to_owned(),
                "observed".to_owned(),
            ],
            ..Question::default()
        },
    )
}

fn correct(s: &Sampler) -> interview::View {
    interview::View {
        correcting: true,
        form: Form::default().with("value", "yes").with("how", "asked"),
        ..yes_no(s)
    }
}

fn nothing_more(s: &Sampler) -> interview::View {
    interview::View {
        question: None,
        ..yes_no(s)
    }
}

fn given(s: &Sampler) -> answers::View {
    let line = |question: String, answer: Text, how: &str, minutes, corrected| AnswerLine {
        fact: s.name("in hands of others"),
        question: question.into(),
        answer,
        how: Text::word("how", how),
        who: s.tell("Aizhan Bekova", "Айжан Бекова", "Айжан Бекова"),
        at: s.minutes(minutes),
        corrected,
        may_correct: true,
    };
    answers::View {
        screening: s.id(32),
        person: s.bek(),
        running: true,
        answers: vec![
            line(
                s.said(
                    "Is the person afraid to go back?",
                    "Боится ли человек возвращаться?",
                    "Адам қайтуға қорқа ма?",
                ),
                Text::key("does-not-want-to-say"),
                "asked",
                -4,
                false,
            ),
            line(
                s.said(
                    "Does the person need a doctor now?",
                    "Нужен ли человеку врач сейчас?",
                    "Адамға қазір дәрігер керек пе?",
                ),
                Text::key("yes"),
                "observed",
                -6,
                true,
            ),
            line(
                s.said("Is the person a child?", "Это ребёнок?", "Бұл бала ма?"),
                Text::key("no"),
                "document",
                -9,
                false,
            ),
        ],
    }
}

fn reasons(s: &Sampler) -> Vec<Reason> {
    vec![Reason {
        words: s
            .said(
                "“Danger on return” is met, because:",
                "«Опасность при возвращении» имеет место, потому что:",
                "«Қайтарғандағы қауіп» бар, себебі:",
            )
            .into(),
        parts: vec![
            Reason {
                words: s
                    .said(
                        "afraid to go back: yes",
                        "боится возвращаться: да",
                        "қайтуға қорқады: иә",
                    )
                    .into(),
                parts: Vec::new(),
            },
            Reason {
                words: s
                    .said(
                        "afraid because of religion: yes",
                        "боится из-за религии: да",
                        "дініне байланысты қорқады: иә",
                    )
                    .into(),
                parts: Vec::new(),
            },
        ],
    }]
}

fn position(s: &Sampler, force: Force, act: Prose) -> Position {
    Position {
        force,
        act,
        bearer: s.said("the state", "государство", "мемлекет").into(),
        articles: articles(s),
        why: reasons(s),
        ..Position::default()
    }
}

fn outcome(s: &Sampler) -> outcome::View {
    let act = |en: &str, ru: &str, kk: &str| Prose::from(s.said(en, ru, kk));
    let mut duties = vec![
        Position {
            bearer: act("Border Service", "Пограничная служба", "Шекара қызметі"),
            limits: vec![Limit {
                words: act(
                    "within 3 hours from finding the child",
                    "в течение 3 часов с момента выявления ребёнка",
                    "бала анықталғаннан кейін 3 сағат ішінде",
                ),
                due: s.due(-190),
            }],
            ..position(
                s,
                Force::Duty,
                act(
                    "tell the guardianship authority of a child alone",
                    "сообщить органу опеки о ребёнке без сопровождения",
                    "жалғыз бала туралы қорғаншылық органына хабарлау",
                ),
            )
        },
        Position {
            bearer: act("Border Service", "Пограничная служба", "Шекара қызметі"),
            limits: vec![Limit {
                words: act(
                    "within 24 hours from the application",
                    "в течение 24 часов с момента обращения",
                    "өтініш берілгеннен кейін 24 сағат ішінде",
                ),
                due: s.due(21 * 60),
            }],
            ..position(
                s,
                Force::Duty,
                act(
                    "pass the application for asylum to the asylum authority",
                    "передать ходатайство об убежище уполномоченному органу",
                    "баспана туралы өтінішті уәкілетті органға беру",
                ),
            )
        },
        Position {
            limits: vec![Limit {
                words: act("at once", "немедленно", "дереу"),
                due: Due::Promptly {
                    since: s.minutes(-12),
                },
            }],
            ..position(
                s,
                Force::Duty,
                act(
                    "give the person an interpreter",
                    "предоставить человеку переводчика",
                    "адамға аудармашы беру",
                ),
            )
        },
    ];
    duties.push(Position {
        barred_by: vec![act(
            "return the person to a place of danger",
            "вернуть человека туда, где ему грозит опасность",
            "адамды қауіп төнетін жерге қайтару",
        )],
        ..position(
            s,
            Force::Duty,
            act(
                "remove the person from the territory",
                "выдворить человека с территории государства",
                "адамды мемлекет аумағынан шығару",
            ),
        )
    });
    let open = |force, act: Prose, link: &str| Undecided {
        force,
        act,
        bearer: s.said("the state", "государство", "мемлекет").into(),
        questions: vec![
            Deciding {
                words: s
                    .said("afraid of torture", "боится пыток", "азаптаудан қорқады")
                    .into(),
                link: link.to_owned(),
            },
            Deciding {
                words: s
                    .said(
                        "has family in Kazakhstan",
                        "есть семья в Казахстане",
                        "Қазақстанда отбасы бар",
                    )
                    .into(),
                link: String::new(),
            },
        ],
        asker: s.tell(
            "second-line officer",
            "сотрудник второй линии",
            "екінші желі қызметкері",
        ),
        articles: articles(s),
    };
    outcome::View {
        screening: s.id(31),
        person: s.zahra(),
        order: act(
            "Kazakhstan and its treaties",
            "Казахстан и его договоры",
            "Қазақстан және оның шарттары",
        ),
        law_as_of: Some(date(2026, 11, 25)),
        take_over_as: Text::key("role-specialist"),
        may_follow_law: Some(date(2026, 11, 25)),
        refused: None,
        stopped: Text::default(),
        prohibitions: people::forbidden(s)
            .into_iter()
            .map(|act| position(s, Force::Prohibition, act))
            .collect(),
        duties,
        recommendations: vec![
            position(
                s,
                Force::AdviceAgainst,
                act(
                    "question the child more than once",
                    "опрашивать ребёнка больше одного раза",
                    "баладан бірнеше рет сұрау",
                ),
            ),
            position(
                s,
                Force::Advice,
                act(
                    "let the person rest before the interview",
                    "дать человеку отдохнуть до опроса",
                    "сұрақ-жауап алдында адамға демалыс беру",
                ),
            ),
        ],
        rights: vec![Position {
            bearer: act("the person", "человек", "адам"),
            ..position(
                s,
                Force::Right,
                act(
                    "apply for asylum",
                    "обратиться за убежищем",
                    "баспана сұрау",
                ),
            )
        }],
        undecided: vec![
            open(
                Force::Prohibition,
                act(
                    "extradite the person",
                    "выдать человека другому государству",
                    "адамды басқа мемлекетке ұстап беру",
                ),
                "/screenings/31/answers/afraid",
            ),
            open(
                Force::Duty,
                act(
                    "reunite the child with the family",
                    "воссоединить ребёнка с семьёй",
                    "баланы отбасымен қосу",
                ),
                "/screenings/31/answers/afraid",
            ),
            open(
                Force::Right,
                act(
                    "stay until the decision",
                    "оставаться до принятия решения",
                    "шешім шыққанша қалу",
                ),
                "",
            ),
        ],
        conflicts: vec![Conflict {
            asks: act(
                "Code on Administrative Offences, Article 518: expel",
                "КоАП, статья 518: выдворить",
                "ӘҚБтК, 518-бап: шығарып жіберу",
            ),
            forbids: act(
                "Convention, Article 33: do not return",
                "Конвенция, статья 33: не возвращать",
                "Конвенция, 33-бап: қайтармау",
            ),
            preferred: act("do not return", "не возвращать", "қайтармау"),
        }],
        changes: vec![
            Change {
                begins: true,
                force: Force::Prohibition,
                act: act(
                    "detain a child",
                    "содержать ребёнка под стражей",
                    "баланы қамауда ұстау",
                ),
            },
            Change {
                begins: false,
                force: Force::Right,
                act: act("refuse entry", "отказать во въезде", "кіргізбеу"),
            },
        ],
        checked: Checked {
            seen: 17,
            memory: 6,
            reviewed: 2,
        },
        notices: ["en", "ru", "kk"]
            .iter()
            .zip(Language::ALL)
            .map(|(code, language)| Choice::new(*code, s.name(language.own_name())))
            .collect(),
        may_go_on: false,
    }
}

fn partial(s: &Sampler) -> outcome::View {
    outcome::View {
        stopped: Text::key("stop-reason-no-interpreter"),
        prohibitions: Vec::new(),
        duties: Vec::new(),
        conflicts: Vec::new(),
        changes: Vec::new(),
        may_go_on: true,
        ..outcome(s)
    }
}
