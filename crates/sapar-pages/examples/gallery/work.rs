//! Referrals, tasks, cases, search, overview, administration, reviews, law and account.

use jiff::civil::date;
use sapar_pages::dashboard::Figure;
use sapar_pages::dashboard::chart::{Bar, Bars};
use sapar_pages::outcome::{Force, Verification};
use sapar_pages::{
    CaseState, Choice, Due, Form, Prose, ReferralState, RefusedForm, TaskLine, Text, account,
    administration, case, cases, dashboard, law, referral, referral_new, referrals, reviews,
    search, tasks,
};

use super::{Sample, Sampler, people, sample, start};

pub fn all(s: &Sampler) -> Vec<Sample> {
    let frame = s.officer("/work");
    let chief = s.supervisor("/work");
    let mut all = vec![
        sample("referrals", referrals::page(&frame, &inbox(s))),
        sample("referral-new", referral_new::page(&frame, &referral_new(s))),
        sample(
            "referral-new-refused",
            referral_new::page(&frame, &referral_new_refused(s)),
        ),
        sample("referral", referral::page(&frame, &referral(s))),
        sample(
            "referral-decline-refused",
            referral::page(&frame, &decline_refused(s)),
        ),
        sample("tasks", tasks::page(&frame, &board(s))),
        sample("tasks-empty", tasks::page(&frame, &tasks::View::default())),
        sample("cases", cases::page(&frame, &case_list(s))),
        sample("case", case::page(&frame, &case(s))),
        sample(
            "case-closure-refused",
            case::page(&frame, &closure_refused(s)),
        ),
        sample("case-offered", case::page(&frame, &case_offered(s))),
        sample("case-declined", case::page(&frame, &case_declined(s))),
        sample(
            "referral-consent-lost",
            referral::page(&frame, &consent_lost(s)),
        ),
        sample("search", search::page(&frame, &search::View::default())),
        sample("search-found", search::page(&frame, &found(s))),
        sample(
            "search-nothing",
            search::page(
                &frame,
                &search::View {
                    found: Some(Vec::new()),
                    ..found(s)
                },
            ),
        ),
        sample("dashboard", dashboard::page(&chief, &overview(s))),
        sample(
            "dashboard-empty",
            dashboard::page(&chief, &dashboard::View::default()),
        ),
        sample(
            "administration",
            administration::page(&chief, &administration(s)),
        ),
        sample("reviews", reviews::page(&chief, &reviews(s))),
        sample("law", law::page(&frame, &laws(s))),
        sample(
            "law-instrument",
            law::instrument_page(&frame, &instrument(s)),
        ),
        sample("account", account::page(&frame, &account(s))),
        sample(
            "account-refused",
            account::page(&frame, &account_refused(s)),
        ),
    ];
    for (name, what) in [
        ("new-user", administration::What::NewUser),
        ("user", administration::What::User { id: s.id(90) }),
        ("new-agency", administration::What::NewAgency),
        ("agency", administration::What::Agency { id: s.id(76) }),
        ("new-post", administration::What::NewPost),
        ("new-team", administration::What::NewTeam),
    ] {
        all.push(sample(
            &format!("administration-{name}"),
            administration::edit_page(&chief, &edit(s, what)),
        ));
    }
    all
}

fn inbox(s: &Sampler) -> referrals::View {
    let lines = people::referrals(s, true);
    referrals::View {
        inbox: lines.clone(),
        sent: lines.iter().take(1).cloned().collect(),
        ended: lines
            .into_iter()
            .zip([ReferralState::Completed, ReferralState::Declined])
            .map(|(line, state)| sapar_pages::ReferralLine {
                state,
                reply: Due::NoEnd,
                ..line
            })
            .collect(),
    }
}

fn agencies(s: &Sampler) -> Vec<Choice> {
    vec![
        Choice::new(
            s.id(70),
            s.said(
                "Guardianship authority",
                "Орган опеки",
                "Қорғаншылық органы",
            ),
        ),
        Choice::new(
            s.id(71),
            s.said(
                "“Bereke” crisis centre",
                "Кризисный центр «Береке»",
                "«Береке» дағдарыс орталығы",
            ),
        ),
    ]
}

fn referral_new(s: &Sampler) -> referral_new::View {
    let mut classes = people::classes(s);
    for class in &mut classes {
        class.hint = s.tell(
            "name, birth date, nationality",
            "имя, дата рождения, гражданство",
            "аты, туған күні, азаматтығы",
        );
    }
    referral_new::View {
        person: s.zahra(),
        form: Form::default().with("purpose", "child-care"),
        agencies: agencies(s),
        purposes: Choice::words("purpose", ["child-care", "protection", "health"]),
        consents: vec![s.choice(
            "1",
            "Care of a child, given today",
            "Забота о ребёнке, дано сегодня",
            "Балаға қамқорлық, бүгін берілді",
        )],
        legal_bases: vec![s.choice(
            "2",
            "Law on the Rights of the Child, Article 10",
            "Закон о правах ребёнка, статья 10",
            "Бала құқықтары туралы заң, 10-бап",
        )],
        classes,
    }
}

fn referral_new_refused(s: &Sampler) -> referral_new::View {
    let mut view = referral_new(s);
    view.form = view.form.with(
        "words",
        s.said("Speaks Dari.", "Говорит на дари.", "Дари тілінде сөйлейді."),
    );
    view.form.refuse("agency", Text::key("form-required"));
    view.form
        .refuse("purpose", Text::key("refusal-more-than-needed"));
    view.form
        .refuse("consent", Text::key("refusal-consent-needed"));
    view
}

fn referral(s: &Sampler) -> referral::View {
    referral::View {
        id: s.id(60),
        person: s.zahra(),
        from: s.tell(
            "Border Service, Korgas post",
            "Пограничная служба, пост «Қорғас»",
            "Шекара қызметі, «Қорғас» бекеті",
        ),
        to: s.tell(
            "Guardianship authority of Panfilov district",
            "Орган опеки Панфиловского района",
            "Панфилов ауданының қорғаншылық органы",
        ),
        purpose: Text::key("purpose-child-care"),
        state: ReferralState::Offered,
        ended_how: Text::default(),
        at: s.minutes(-95),
        reply: s.due(25),
        words: s.said(
            "Alone, 16, speaks Dari. Has eaten. Needs a bed tonight.",
            "Одна, 16 лет, говорит на дари. Накормлена. Нужен ночлег.",
            "Жалғыз, 16 жаста, дари тілінде сөйлейді. Тамақтанды. Бүгін түнейтін жер керек.",
        ),
        permission: s.tell(
            "Law on the Rights of the Child, Article 10",
            "Закон о правах ребёнка, статья 10",
            "Бала құқықтары туралы заң, 10-бап",
        ),
        consent_lost: false,
        discloses: people::classes(s)
            .into_iter()
            .take(3)
            .map(|class| class.label)
            .collect(),
        received: vec![
            (Text::key("field-surname"), s.name("RAHIMI").into()),
            (Text::key("field-birth"), s.name("2010").into()),
        ],
        timeline: people::timeline(s).into_iter().skip(3).collect(),
        forms: vec![
            Choice::new("kk", s.name("Қазақша")),
            Choice::new("ru", s.name("Русский")),
        ],
        may: referral::Actions {
            answer: true,
            arrival: true,
            complete: true,
            withdraw: true,
        },
        refused: None,
    }
}

fn decline_refused(s: &Sampler) -> referral::View {
    let mut form = Form::default().with("words", s.said("No bed.", "Нет места.", "Орын жоқ."));
    form.refuse("reason", Text::key("form-required"));
    form.refuse("words", Text::key("refusal-text-too-long"));
    referral::View {
        refused: Some(RefusedForm {
            action: "refusal".to_owned(),
            form,
        }),
        ..referral(s)
    }
}

fn board(s: &Sampler) -> tasks::View {
    let mut open = start::tasks(s);
    let overdue: Vec<TaskLine> = open.drain(..1).collect();
    let mut ended = start::tasks_ended(s);
    let waiting: Vec<TaskLine> = ended.drain(3..).collect();
    tasks::View {
        overdue,
        open,
        waiting,
        ended,
        more: true,
        agencies: agencies(s),
        agency: s.id(70),
        state: "open".to_owned(),
        feed: s.name("https://sapar.example/tasks.ics?key=4f1c"),
    }
}

fn case_list(s: &Sampler) -> cases::View {
    let mut lines = people::cases(s, true);
    let closed = lines.split_off(2);
    let offered = lines.split_off(1);
    cases::View {
        open: lines,
        offered,
        closed,
    }
}

fn case(s: &Sampler) -> case::View {
    case::View {
        id: s.id(80),
        kind: Text::key("case-kind-unaccompanied-child"),
        person: s.zahra(),
        owner: s.tell("Saule Nurlankyzy", "Сауле Нурланкызы", "Сәуле Нұрланқызы"),
        team: s.tell(
            "Guardianship authority, child team",
            "Орган опеки, детская группа",
            "Қорғаншылық органы, балалар тобы",
        ),
        state: CaseState::Handover,
        opened: s.minutes(-300),
        outcome: Text::default(),
        words: String::new(),
        offered_to: s.tell(
            "Akimat, family team",
            "Акимат, семейная группа",
            "Әкімдік, отбасы тобы",
        ),
        tasks: start::tasks(s)
            .into_iter()
            .take(2)
            .map(|task| TaskLine {
                person: None,
                ..task
            })
            .collect(),
        declined: None,
        timeline: people::timeline(s),
        notes: people::notes(s),
        documents: people::documents(s),
        people: vec![s.unnamed()],
        looks: people::looks(s),
        may: case::Actions {
            note: true,
            link: true,
            hand_over: true,
            answer: false,
            cancel: false,
            close: true,
            reopen: true,
        },
        offers: case::Offers {
            people: vec![Choice::new(s.id(2), s.name("TOSHMATOV Bekzod"))],
            teams: vec![Choice::new(
                s.id(75),
                s.said("Family team", "Семейная группа", "Отбасы тобы"),
            )],
            outcomes: Choice::words(
                "case-outcome",
                ["in-care", "found-adult", "person-gone", "mistake"],
            ),
            classes: people::classes(s),
        },
        refused: None,
    }
}

fn case_offered(s: &Sampler) -> case::View {
    let mut form = Form::default().with("answer", "decline");
    form.refuse("words", Text::key("refusal-words-needed"));
    case::View {
        may: case::Actions {
            answer: true,
            ..case::Actions::default()
        },
        refused: Some(RefusedForm {
            action: "handover".to_owned(),
            form,
        }),
        ..case(s)
    }
}

fn case_declined(s: &Sampler) -> case::View {
    case::View {
        declined: Some(case::Declined {
            at: s.minutes(-20),
            who: s.tell("Saule Nurlankyzy", "Сауле Нурланкызы", "Сәуле Нұрланқызы"),
            words: s.said("Nobody is free.", "Никто не свободен.", "Бос адам жоқ."),
        }),
        may: case::Actions {
            cancel: true,
            ..case::Actions::default()
        },
        ..case(s)
    }
}

fn consent_lost(s: &Sampler) -> referral::View {
    referral::View {
        consent_lost: true,
        ..referral(s)
    }
}

fn closure_refused(s: &Sampler) -> case::View {
    let mut form = Form::default().with(
        "words",
        s.said(
            "Lives with her aunt.",
            "Живёт у тёти.",
            "Тәтесінің үйінде тұрады.",
        ),
    );
    form.refuse("outcome", Text::key("refusal-outcome-not-of-kind"));
    case::View {
        refused: Some(RefusedForm {
            action: "closure".to_owned(),
            form,
        }),
        ..case(s)
    }
}

fn found(s: &Sampler) -> search::View {
    search::View {
        form: Form::default().with("q", s.name("Тошматов")),
        found: Some(vec![s.bek(), s.zahra()]),
        more: true,
    }
}

fn overview(s: &Sampler) -> dashboard::View {
    let bars = |lines: Vec<(Text, u32, bool)>| Bars {
        bars: lines
            .into_iter()
            .map(|(label, value, attention)| Bar {
                label,
                value,
                attention,
            })
            .collect(),
    };
    dashboard::View {
        escalated: start::tasks(s).into_iter().take(1).collect(),
        escalated_more: 0,
        from: Some(date(2026, 11, 18)),
        until: Some(date(2026, 11, 25)),
        figures: vec![
            Figure {
                label: s.tell("people met", "людей встречено", "адам кездесті"),
                count: 312,
                attention: false,
            },
            Figure {
                label: s.tell(
                    "interviews finished",
                    "опросов закончено",
                    "сұрақ-жауап аяқталды",
                ),
                count: 287,
                attention: false,
            },
            Figure {
                label: s.tell(
                    "tasks overdue",
                    "задач просрочено",
                    "тапсырманың мерзімі өтті",
                ),
                count: 9,
                attention: true,
            },
        ],
        people_by_outcome: bars(vec![
            (
                s.tell(
                    "may not be returned",
                    "возвращать нельзя",
                    "қайтаруға болмайды",
                ),
                64,
                false,
            ),
            (
                s.tell("child alone", "ребёнок без сопровождения", "жалғыз бала"),
                11,
                false,
            ),
            (
                s.tell(
                    "perhaps trafficked",
                    "возможна торговля людьми",
                    "адам саудасы болуы мүмкін",
                ),
                23,
                false,
            ),
            (
                s.tell("labour migrant", "трудовой мигрант", "еңбек мигранты"),
                171,
                false,
            ),
            (
                s.tell(
                    "return is possible",
                    "возвращение возможно",
                    "қайтаруға болады",
                ),
                18,
                false,
            ),
        ]),
        time_to_referral: bars(vec![
            (
                s.tell(
                    "Guardianship authority",
                    "Орган опеки",
                    "Қорғаншылық органы",
                ),
                2,
                false,
            ),
            (
                s.tell(
                    "Asylum authority",
                    "Орган по вопросам убежища",
                    "Баспана мәселелері жөніндегі орган",
                ),
                19,
                false,
            ),
            (
                s.tell(
                    "“Bereke” crisis centre",
                    "Кризисный центр «Береке»",
                    "«Береке» дағдарыс орталығы",
                ),
                31,
                true,
            ),
        ]),
        overdue_by_agency: bars(vec![
            (
                s.tell("Border Service", "Пограничная служба", "Шекара қызметі"),
                2,
                false,
            ),
            (
                s.tell(
                    "Migration police",
                    "Миграционная полиция",
                    "Көші-қон полициясы",
                ),
                7,
                true,
            ),
            (
                s.tell(
                    "Guardianship authority",
                    "Орган опеки",
                    "Қорғаншылық органы",
                ),
                0,
                false,
            ),
        ]),
    }
}

fn administration(s: &Sampler) -> administration::View {
    let border = s.tell("Border Service", "Пограничная служба", "Шекара қызметі");
    administration::View {
        users: vec![
            administration::UserLine {
                id: s.id(90),
                name: s.said("Aizhan Bekova", "Айжан Бекова", "Айжан Бекова"),
                role: s.tell(
                    "Second-line officer",
                    "Сотрудник второй линии",
                    "Екінші желі қызметкері",
                ),
                agency: border.clone(),
                closed: false,
            },
            administration::UserLine {
                id: s.id(91),
                name: s.said("Daniyar Ospanov", "Данияр Оспанов", "Данияр Оспанов"),
                role: s.tell(
                    "First-line officer",
                    "Сотрудник первой линии",
                    "Бірінші желі қызметкері",
                ),
                agency: border.clone(),
                closed: true,
            },
        ],
        agencies: vec![administration::Line {
            link: format!("/administration/agencies/{}", s.id(76)),
            name: border.clone(),
            about: vec![s.tell(
                "screening, referral",
                "проверка, перенаправление",
                "тексеру, қайта бағыттау",
            )],
        }],
        posts: vec![administration::Line {
            link: String::new(),
            name: s.tell("Korgas", "Қорғас", "Қорғас"),
            about: vec![border, s.name("Asia/Almaty").into()],
        }],
        teams: Vec::new(),
    }
}

fn edit(s: &Sampler, what: administration::What) -> administration::EditView {
    administration::EditView {
        form: if matches!(what, administration::What::User { .. }) {
            Form::default()
                .with("name", s.name("Айжан Бекова"))
                .with("role", "second-line")
                .with("agency", s.id(70))
        } else {
            Form::default()
        },
        what,
        passkeys: account(s).passkeys,
        identity: Some(Form::default().with("issuer", s.name("https://directory.example"))),
        roles: vec![s.choice(
            "second-line",
            "Second-line officer",
            "Сотрудник второй линии",
            "Екінші желі қызметкері",
        )],
        kinds: vec![s.choice(
            "ngo",
            "Non-governmental organisation",
            "Неправительственная организация",
            "Үкіметтік емес ұйым",
        )],
        purposes: s.purposes(),
        agencies: agencies(s),
        teams: Vec::new(),
        posts: people::posts(s),
    }
}

fn reviews(s: &Sampler) -> reviews::View {
    let access = reviews::Access {
        id: s.id(95),
        at: s.minutes(-700),
        who: s.tell(
            "Daniyar Ospanov, Border Service",
            "Данияр Оспанов, Пограничная служба",
            "Данияр Оспанов, Шекара қызметі",
        ),
        person: s.bek(),
        reason: s.said(
            "Fainted in the queue; the doctor asked for his medicines.",
            "Потерял сознание в очереди; врач спросил о лекарствах.",
            "Кезекте есінен танды; дәрігер дәрілерін сұрады.",
        ),
        due: s.due(2 * 24 * 60),
        verdict: None,
    };
    let mut form = Form::default().with("verdict", "rightful");
    form.refuse("words", Text::key("refusal-words-needed"));
    reviews::View {
        reviewed: vec![reviews::Access {
            id: s.id(96),
            verdict: Some(reviews::Verdict {
                rightful: false,
                by: s.tell("Auditor", "Аудитор", "Тексеруші"),
                words: s.said(
                    "No danger is described.",
                    "Угроза не описана.",
                    "Қауіп сипатталмаған.",
                ),
            }),
            ..access.clone()
        }],
        refused: Some(RefusedForm {
            action: s.id(95),
            form,
        }),
        waiting: vec![access],
    }
}

fn laws(s: &Sampler) -> law::View {
    let line = |title: Prose, norms| law::InstrumentLine {
        link: "/law/international/refugee-convention".to_owned(),
        title,
        in_force: Text::key("in-force-from").with("date", date(1999, 4, 15)),
        norms,
    };
    law::View {
        packages: vec![
            law::Package {
                title: s
                    .said("International", "Международное право", "Халықаралық құқық")
                    .into(),
                instruments: vec![
                    line(
                        s.said(
                            "Convention relating to the Status of Refugees",
                            "Конвенция о статусе беженцев",
                            "Босқындар мәртебесі туралы конвенция",
                        )
                        .into(),
                        21,
                    ),
                    line(
                        s.said(
                            "Convention on the Rights of the Child",
                            "Конвенция о правах ребёнка",
                            "Бала құқықтары туралы конвенция",
                        )
                        .into(),
                        34,
                    ),
                ],
            },
            law::Package {
                title: s.said("Kazakhstan", "Казахстан", "Қазақстан").into(),
                instruments: vec![line(
                    Prose::in_language(s.name("Закон РК «О беженцах»"), "ru"),
                    47,
                )],
            },
        ],
    }
}

fn instrument(s: &Sampler) -> law::InstrumentView {
    let norm = |name: &str, force, says: Prose, verification| law::NormView {
        name: s.name(name),
        force,
        says,
        condition: s
            .said(
                "danger on return",
                "опасность при возвращении",
                "қайтарғанда қауіп бар",
            )
            .into(),
        limits: vec![s.said("at once", "немедленно", "дереу").into()],
        exceptions: vec![
            s.said(
                "a danger to the country's security",
                "угроза безопасности страны",
                "ел қауіпсіздігіне қатер",
            )
            .into(),
        ],
        verification,
        in_force: Text::default(),
    };
    law::InstrumentView {
        link: "/law/international/refugee-convention".to_owned(),
        title: s.said("Convention relating to the Status of Refugees", "Конвенция о статусе беженцев", "Босқындар мәртебесі туралы конвенция").into(),
        on: Some(date(2026, 11, 25)),
        wrong_day: String::new(),
        in_force: Text::key("in-force-from").with("date", date(1999, 4, 15)),
        articles: vec![
            law::ArticleView {
                anchor: "article-33".to_owned(),
                heading: s.said("Article 33. Prohibition of return", "Статья 33. Запрет возвращения", "33-бап. Қайтаруға тыйым").into(),
                prose: vec![
                    Prose::in_language(s.name("No state shall expel or return a refugee in any manner to where life or freedom would be threatened."), "en"),
                    Prose::in_language(s.name("The benefit may not be claimed by whoever is a danger to the security of the country."), "en"),
                ],
                norms: vec![
                    norm("no-return", Force::Prohibition, s.said("The state must not return the person to a place of danger", "Государство — запрещается: вернуть человека туда, где ему грозит опасность", "Мемлекет — тыйым салынады: адамды қауіп төнетін жерге қайтару").into(), Verification::Seen { source: s.name("UNHCR"), on: date(2026, 11, 20) }),
                    norm("assess", Force::Duty, s.said("The state must assess the danger", "Государство — обязательно: оценить опасность", "Мемлекет — міндетті: қауіпті бағалау").into(), Verification::Memory),
                ],
            },
            law::ArticleView {
                anchor: "article-34".to_owned(),
                heading: s.said("Article 34. Naturalisation", "Статья 34. Натурализация", "34-бап. Азаматтық алу").into(),
                prose: vec![Prose::in_language(s.name("States facilitate naturalisation."), "en")],
                norms: Vec::new(),
            },
        ],
    }
}

fn account(s: &Sampler) -> account::View {
    account::View {
        form: Form::default(),
        passkey_form: Form::default(),
        passkeys_at: s.name("https://post.example"),
        passkeys: vec![account::Passkey {
            id: "a2V5".to_owned(),
            name: s.said("Key on the ring", "Ключ на связке", "Бау кілті"),
            added: s.minutes(-90_000),
            used: Some(s.minutes(-600)),
        }],
        feed: String::new(),
    }
}

fn account_refused(s: &Sampler) -> account::View {
    let mut view = account(s);
    view.form.refuse("old", Text::key("sign-in-wrong"));
    view
}
