//! Sign-in, desk, problems and help.

use jiff::civil::date;
use sapar_pages::problem::Problem;
use sapar_pages::{
    Due, Form, Frame, PersonMet, Stage, TaskActions, TaskLine, TaskState, Text, desk, help,
    problem, sign_in,
};

use super::{Sample, Sampler, sample};

pub fn all(s: &Sampler) -> Vec<Sample> {
    let mut all = vec![
        sample(
            "sign-in",
            sign_in::page(&s.outside("/sign-in"), &sign_in(s)),
        ),
        sample(
            "sign-in-refused",
            sign_in::page(&s.outside("/sign-in"), &refused(s)),
        ),
        sample("desk", desk::page(&desk_frame(s), &desk(s))),
        sample(
            "desk-empty",
            desk::page(&s.officer("/"), &desk::View::default()),
        ),
        sample("help", help::page(&s.officer("/help"), &help(s))),
    ];
    for problem in Problem::ALL {
        let view = problem::View {
            problem,
            about: if problem == Problem::Conflict {
                Text::key("refusal-handover-offered")
            } else {
                Text::default()
            },
            reference: if problem.status() >= 500 {
                s.name("7F3A-19C2")
            } else {
                String::new()
            },
            retry_after_seconds: if problem == Problem::TooMany { 31 } else { 0 },
        };
        all.push(sample(
            &format!("problem-{}", problem.status()),
            problem::page(&s.officer("/"), &view),
        ));
    }
    all
}

fn sign_in(s: &Sampler) -> sign_in::View {
    let user = |name: &str, called: &str, role: Text, agency: Text| sign_in::DemonstrationUser {
        name: s.name(name),
        called: s.name(called),
        role,
        agency,
    };
    sign_in::View {
        form: Form::default(),
        passkeys: s.name("https://post.example"),
        demonstration_password: s.name("steppe-and-sand"),
        single_sign_on: String::new(),
        demonstration: vec![
            user(
                "aizhan",
                "Айжан Бекова",
                s.tell(
                    "Second-line officer",
                    "Сотрудник второй линии",
                    "Екінші желі қызметкері",
                ),
                s.tell(
                    "Border Service, Korgas post",
                    "Пограничная служба, пост «Қорғас»",
                    "Шекара қызметі, «Қорғас» бекеті",
                ),
            ),
            user(
                "daniyar",
                "Данияр Оспанов",
                s.tell(
                    "First-line officer",
                    "Сотрудник первой линии",
                    "Бірінші желі қызметкері",
                ),
                s.tell(
                    "Border Service, Aktau sea port",
                    "Пограничная служба, морской порт Актау",
                    "Шекара қызметі, Ақтау теңіз порты",
                ),
            ),
            user(
                "saule",
                "Сәуле Нұрланқызы",
                s.tell(
                    "Agency caseworker",
                    "Специалист по работе с делами",
                    "Ведомствоның іс маманы",
                ),
                s.tell(
                    "Guardianship authority of Panfilov district",
                    "Орган опеки Панфиловского района",
                    "Панфилов ауданының қорғаншылық органы",
                ),
            ),
            user(
                "yerlan",
                "Ерлан Садықов",
                s.tell("Supervisor", "Руководитель", "Басшы"),
                s.tell(
                    "Border Service, headquarters",
                    "Пограничная служба, центральный аппарат",
                    "Шекара қызметі, орталық аппарат",
                ),
            ),
        ],
    }
}

fn refused(s: &Sampler) -> sign_in::View {
    let mut view = sign_in(s);
    view.demonstration.clear();
    view.single_sign_on = s.name("/sign-in/headquarters");
    view.form = Form::default().with("name", s.name("aizhan"));
    view.form.refuse("name", Text::key("sign-in-wrong"));
    view
}

fn desk_frame(s: &Sampler) -> Frame {
    Frame {
        notice: Some(Text::key("stage-registered")),
        ..s.officer("/")
    }
}

/// Tasks of several people.
pub fn tasks(s: &Sampler) -> Vec<TaskLine> {
    let may = TaskActions {
        complete: true,
        waive: true,
    };
    let border = s.tell("Border Service", "Пограничная служба", "Шекара қызметі");
    vec![
        TaskLine {
            id: s.id(21),
            what: s
                .said(
                    "tell the guardianship authority of a child alone",
                    "сообщить органу опеки о ребёнке без сопровождения",
                    "жалғыз бала туралы қорғаншылық органына хабарлау",
                )
                .into(),
            bearer: border.clone(),
            person: Some(s.zahra()),
            due: s.due(-190),
            escalated: true,
            late_since: Some(s.minutes(-1_600)),
            article: s
                .said(
                    "Law on the Rights of the Child, Article 10",
                    "Закон о правах ребёнка, статья 10",
                    "Бала құқықтары туралы заң, 10-бап",
                )
                .into(),
            actions: may,
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(22),
            what: s
                .said(
                    "pass the application for asylum to the asylum authority",
                    "передать ходатайство об убежище уполномоченному органу",
                    "баспана туралы өтінішті уәкілетті органға беру",
                )
                .into(),
            bearer: border.clone(),
            person: Some(s.zahra()),
            due: s.due(21 * 60),
            article: s
                .said(
                    "Law on Refugees, Article 11",
                    "Закон о беженцах, статья 11",
                    "Босқындар туралы заң, 11-бап",
                )
                .into(),
            actions: may,
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(23),
            what: s
                .said(
                    "give the person an interpreter",
                    "предоставить человеку переводчика",
                    "адамға аудармашы беру",
                )
                .into(),
            bearer: border.clone(),
            person: Some(s.bek()),
            due: Due::Promptly {
                since: s.minutes(-35),
            },
            article: s
                .said(
                    "ICCPR, Article 14",
                    "МПГПП, статья 14",
                    "Азаматтық және саяси құқықтар туралы пакт, 14-бап",
                )
                .into(),
            actions: TaskActions {
                complete: true,
                waive: false,
            },
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(24),
            what: s
                .said(
                    "decide on identification as a victim",
                    "решить об идентификации как жертвы",
                    "құрбан ретінде сәйкестендіру туралы шешім қабылдау",
                )
                .into(),
            bearer: s.tell("Social services", "Социальная служба", "Әлеуметтік қызмет"),
            person: Some(s.bek()),
            due: Due::Between {
                ends: s.minutes(9 * 24 * 60),
                earliest: date(2026, 12, 4),
                latest: date(2026, 12, 7),
            },
            article: s
                .said(
                    "Law on Trafficking, Article 18",
                    "Закон о торговле людьми, статья 18",
                    "Адам саудасы туралы заң, 18-бап",
                )
                .into(),
            ..TaskLine::default()
        },
    ]
}

/// Tasks that have ended or wait.
pub fn tasks_ended(s: &Sampler) -> Vec<TaskLine> {
    let bearer = s.tell("Border Service", "Пограничная служба", "Шекара қызметі");
    let what = |en: &str, ru: &str, kk: &str| s.said(en, ru, kk).into();
    vec![
        TaskLine {
            id: s.id(25),
            what: what(
                "record the person's account",
                "записать рассказ человека",
                "адамның айтқанын жазып алу",
            ),
            bearer: bearer.clone(),
            state: TaskState::Done {
                at: s.minutes(-1500),
                late: true,
            },
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(26),
            what: what(
                "tell the consulate",
                "сообщить консульству",
                "консулдыққа хабарлау",
            ),
            bearer: bearer.clone(),
            state: TaskState::Waived {
                reason: Text::key("waive-reason-person-refuses"),
            },
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(27),
            what: what("call a doctor", "вызвать врача", "дәрігер шақыру"),
            bearer: bearer.clone(),
            state: TaskState::Replaced,
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(28),
            what: what(
                "bring the case before a court",
                "передать дело в суд",
                "істі сотқа беру",
            ),
            bearer,
            due: Due::Waits {
                event: s
                    .said(
                        "detention begins",
                        "начало содержания под стражей",
                        "қамаудың басталуы",
                    )
                    .into(),
            },
            ..TaskLine::default()
        },
        TaskLine {
            id: s.id(29),
            what: what(
                "review the detention",
                "пересмотреть содержание под стражей",
                "қамауда ұстауды қайта қарау",
            ),
            bearer: s.tell("Prosecutor", "Прокурор", "Прокурор"),
            due: Due::NotCounted {
                since: s.minutes(-4000),
            },
            ..TaskLine::default()
        },
    ]
}

fn desk(s: &Sampler) -> desk::View {
    let today = |person, stage, screening: u32, minutes| PersonMet {
        person,
        stage,
        screening: s.id(screening),
        at: s.minutes(minutes),
        ..PersonMet::default()
    };
    desk::View {
        escalated: tasks(s).into_iter().take(1).collect(),
        escalated_more: 2,
        tasks: tasks(s),
        tasks_more: 3,
        may_start: true,
        encounters: vec![desk::OpenEncounter {
            id: s.id(40),
            place: s.tell(
                "Korgas post, hall 2",
                "Пост «Қорғас», зал 2",
                "«Қорғас» бекеті, 2-зал",
            ),
            beginning: Text::key("beginning-voluntary-approach"),
            at: s.minutes(-50),
            people: 3,
        }],
        people: vec![
            today(s.zahra(), Stage::Finished, 31, -12),
            today(s.bek(), Stage::Running, 32, -35),
            today(s.unnamed(), Stage::Registered, 33, -44),
            today(s.erased(), Stage::Stopped, 34, -130),
        ],
    }
}

fn help(s: &Sampler) -> help::View {
    help::View {
        version: s.name("0.1.0"),
        contacts: vec![
            help::Contact {
                matter: s.tell("A child alone", "Ребёнок без сопровождения", "Жалғыз бала"),
                name: s.said(
                    "Guardianship authority, duty officer",
                    "Орган опеки, дежурный",
                    "Қорғаншылық органы, кезекші",
                ),
                telephone: s.name("+7 700 000 00 01"),
            },
            help::Contact {
                matter: s.tell(
                    "The program does not work",
                    "Программа не работает",
                    "Бағдарлама істемей тұр",
                ),
                name: s.said("Support", "Поддержка", "Қолдау қызметі"),
                telephone: s.name("+7 700 000 00 02"),
            },
        ],
    }
}
