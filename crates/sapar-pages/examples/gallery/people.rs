//! Encounters, registration and people.

use sapar_pages::person::{Actions, ConsentLine, Offers, OutcomeInShort, ScreeningLine};
use sapar_pages::registration::{Candidate, ZoneLine};
use sapar_pages::{
    CaseLine, CaseState, Choice, DocumentLine, Entry, Form, LinkLine, Look, NoteLine, PersonMet,
    Prose, ReferralLine, ReferralState, RefusedForm, Stage, StartScreening, Text, Tone, encounter,
    encounter_new, person, registration,
};

use super::{Sample, Sampler, sample, start};

pub fn all(s: &Sampler) -> Vec<Sample> {
    let place = "/encounters/new";
    vec![
        sample(
            "encounter-new",
            encounter_new::page(&s.officer(place), &new(s)),
        ),
        sample(
            "encounter-new-refused",
            encounter_new::page(&s.officer(place), &new_refused(s)),
        ),
        sample(
            "encounter",
            encounter::page(&s.officer("/encounters/0193"), &encounter(s)),
        ),
        sample(
            "registration",
            registration::page(&s.officer(place), &registration(s)),
        ),
        sample(
            "registration-refused",
            registration::page(&s.officer(place), &registration_refused(s)),
        ),
        sample(
            "registration-duplicates",
            registration::page(&s.officer(place), &duplicates(s)),
        ),
        sample(
            "person",
            person::page(&s.officer("/people/0193"), &person(s)),
        ),
        sample(
            "person-note-refused",
            person::page(&s.officer("/people/0193"), &note_refused(s)),
        ),
        sample(
            "person-erased",
            person::page(&s.officer("/people/0193"), &erased(s)),
        ),
    ]
}

fn new(s: &Sampler) -> encounter_new::View {
    encounter_new::View {
        form: Form::default()
            .with("place_kind", "post")
            .with("post", s.id(50)),
        posts: posts(s),
    }
}

/// The posts of the demonstration.
pub fn posts(s: &Sampler) -> Vec<Choice> {
    vec![
        Choice::new(s.id(50), s.said("Korgas", "Қорғас", "Қорғас")),
        Choice::new(
            s.id(51),
            s.said("Aktau sea port", "Морской порт Актау", "Ақтау теңіз порты"),
        ),
        Choice::new(
            s.id(52),
            s.said("Almaty airport", "Аэропорт Алматы", "Алматы әуежайы"),
        ),
    ]
}

fn new_refused(s: &Sampler) -> encounter_new::View {
    let mut view = new(s);
    view.form = Form::default()
        .with("place_kind", "green-border")
        .with("place", s.name("sector №7 by the river"))
        .with(
            "words",
            s.said(
                "Four people at a fire.",
                "Четыре человека у костра.",
                "От басында төрт адам.",
            ),
        );
    view.form
        .refuse("place", Text::key("refusal-sector-not-code"));
    view.form.refuse("beginning", Text::key("form-required"));
    view
}

fn start_here(s: &Sampler) -> StartScreening {
    StartScreening {
        encounter: s.id(40),
        role: "second-line".to_owned(),
    }
}

fn encounter(s: &Sampler) -> encounter::View {
    let met = |person, stage, minutes, screening: Option<u32>| PersonMet {
        person,
        stage,
        screening: screening.map(|number| s.id(number)).unwrap_or_default(),
        at: s.minutes(minutes),
        start: start_here(s),
    };
    encounter::View {
        id: s.id(40),
        place: s.tell(
            "Korgas post, hall 2",
            "Пост «Қорғас», зал 2",
            "«Қорғас» бекеті, 2-зал",
        ),
        beginning: Text::key("beginning-voluntary-approach"),
        at: s.minutes(-50),
        ended: None,
        words: s.said(
            "Came off the bus from Ürümqi; the girl asked for help by signs.",
            "Сошли с автобуса из Урумчи; девочка знаками попросила о помощи.",
            "Үрімжіден келген автобустан түсті; қыз ыммен көмек сұрады.",
        ),
        people: vec![
            met(s.zahra(), Stage::Finished, -12, Some(31)),
            met(s.bek(), Stage::Running, -35, Some(32)),
            met(s.unnamed(), Stage::Registered, -44, None),
        ],
        groups: vec![vec![s.zahra(), s.unnamed()]],
        ungrouped: vec![
            Choice::new(s.id(2), s.name("TOSHMATOV Bekzod")),
            Choice::new(s.id(3), s.name("KARIMI Farid")),
        ],
        refused: None,
        links: links(s, true),
        may_register: true,
        may_end: true,
    }
}

fn links(s: &Sampler, both: bool) -> Vec<LinkLine> {
    vec![LinkLine {
        id: s.id(52),
        may_settle: !both,
        person: both.then(|| s.unnamed()),
        kind: Text::key("link-kind-travels-with"),
        other: s.zahra(),
        basis: Text::key("basis-said"),
        claim: Text::key("claim-claimed"),
        words: s.said(
            "Says he is her uncle; she turns away.",
            "Говорит, что он её дядя; она отворачивается.",
            "Нағашысымын дейді; қыз теріс айналады.",
        ),
    }]
}

/// Some countries.
pub fn countries(s: &Sampler) -> Vec<Choice> {
    vec![
        s.choice(
            "none",
            "No nationality",
            "Нет гражданства",
            "Азаматтығы жоқ",
        ),
        s.choice("AFG", "Afghanistan", "Афганистан", "Ауғанстан"),
        s.choice("KAZ", "Kazakhstan", "Казахстан", "Қазақстан"),
        s.choice("UZB", "Uzbekistan", "Узбекистан", "Өзбекстан"),
    ]
}

fn registration(s: &Sampler) -> registration::View {
    registration::View {
        encounter: s.id(40),
        place: s.tell(
            "Korgas post, hall 2",
            "Пост «Қорғас», зал 2",
            "«Қорғас» бекеті, 2-зал",
        ),
        countries: countries(s),
        ..registration::View::default()
    }
}

const ZONE: &str =
    "P<UZBTOSHMATOV<<BEKZOD<<<<<<<<<<<<<<<<<<<<<<\nFA12345678UZB9805174M3105162<<<<<<<<<<<<<<04";

fn typed(s: &Sampler) -> Form {
    Form::default()
        .with("zone", s.name(ZONE))
        .with("surname", s.name("TOSHMATOV"))
        .with("given", s.name("Bekzod"))
        .with("birth", s.name("1998-05-17"))
        .with("nationality", "UZB")
        .with("sex", "male")
        .with("document_kind", "passport")
        .with("document_number", s.name("FA1234567"))
}

fn registration_refused(s: &Sampler) -> registration::View {
    let mut form = typed(s);
    form.refuse(
        "zone",
        Text::key("zone-bad").with(
            "reason",
            s.said(
                "the check digit of the birth date does not fit",
                "контрольная цифра даты рождения не сходится",
                "туған күннің бақылау цифры сәйкес келмейді",
            ),
        ),
    );
    form.refuse("birth", Text::key("refusal-birth-date-impossible"));
    registration::View {
        form,
        zone: vec![
            ZoneLine {
                words: s.tell("Number FA1234567", "Номер FA1234567", "Нөмірі FA1234567"),
                failed: false,
            },
            ZoneLine {
                words: s.tell(
                    "Birth date: check it",
                    "Дата рождения: проверьте",
                    "Туған күні: тексеріңіз",
                ),
                failed: true,
            },
        ],
        ..registration(s)
    }
}

fn duplicates(s: &Sampler) -> registration::View {
    registration::View {
        form: typed(s),
        candidates: vec![
            Candidate {
                person: s.bek(),
                signs: vec![
                    Text::key("duplicate-same-document"),
                    Text::key("duplicate-similar-name").with("percent", 96),
                ],
                last_met: Some(s.minutes(-3 * 24 * 60)),
            },
            Candidate {
                person: sapar_pages::PersonLine {
                    id: s.id(4),
                    name: Some(s.name("ТАШМАТОВ Бекзад")),
                    ..s.bek()
                },
                signs: vec![
                    Text::key("duplicate-similar-name").with("percent", 88),
                    Text::key("duplicate-birth-fits"),
                ],
                last_met: None,
            },
        ],
        ..registration(s)
    }
}

fn details(s: &Sampler) -> Vec<(Text, Text)> {
    vec![
        (Text::key("field-surname"), s.name("RAHIMI").into()),
        (Text::key("field-given"), s.name("Zahra").into()),
        (Text::key("field-surname-cyrillic"), s.name("Рахими").into()),
        (Text::key("field-birth"), s.name("2010").into()),
        (
            Text::key("field-nationality"),
            s.tell("Afghanistan", "Афганистан", "Ауғанстан"),
        ),
        (
            Text::key("field-no-document"),
            Text::key("no-document-held-by-another"),
        ),
    ]
}

/// What must not be done.
pub fn forbidden(s: &Sampler) -> Vec<Prose> {
    vec![
        s.said(
            "return the person to a place of danger",
            "вернуть человека туда, где ему грозит опасность",
            "адамды қауіп төнетін жерге қайтару",
        )
        .into(),
        s.said(
            "detain a child",
            "содержать ребёнка под стражей",
            "баланы қамауда ұстау",
        )
        .into(),
        s.said(
            "penalise the person for irregular entry",
            "наказывать человека за незаконный въезд",
            "адамды заңсыз кіргені үшін жазалау",
        )
        .into(),
    ]
}

/// Referrals of several people.
pub fn referrals(s: &Sampler, with_people: bool) -> Vec<ReferralLine> {
    vec![
        ReferralLine {
            id: s.id(60),
            person: with_people.then(|| s.zahra()),
            agency: s.tell(
                "Guardianship authority of Panfilov district",
                "Орган опеки Панфиловского района",
                "Панфилов ауданының қорғаншылық органы",
            ),
            purpose: Text::key("purpose-child-care"),
            state: ReferralState::Offered,
            at: s.minutes(-95),
            reply: s.due(25),
        },
        ReferralLine {
            id: s.id(61),
            person: with_people.then(|| s.bek()),
            agency: s.tell(
                "“Bereke” crisis centre",
                "Кризисный центр «Береке»",
                "«Береке» дағдарыс орталығы",
            ),
            purpose: Text::key("purpose-trafficking-help"),
            state: ReferralState::Arrived,
            at: s.minutes(-2000),
            reply: sapar_pages::Due::NoEnd,
        },
    ]
}

/// What happened.
pub fn timeline(s: &Sampler) -> Vec<Entry> {
    let who = s.tell(
        "Aizhan Bekova, Border Service",
        "Айжан Бекова, Пограничная служба",
        "Айжан Бекова, Шекара қызметі",
    );
    vec![
        Entry {
            at: s.minutes(-12),
            what: s.tell(
                "Interview finished",
                "Опрос закончен",
                "Сұрақ-жауап аяқталды",
            ),
            who: who.clone(),
            link: "/screenings/31/outcome".to_owned(),
            tone: Tone::Done,
            ..Entry::default()
        },
        Entry {
            at: s.minutes(-190),
            what: s.tell(
                "Overdue: tell the guardianship authority",
                "Просрочено: сообщить органу опеки",
                "Мерзімі өтті: қорғаншылық органына хабарлау",
            ),
            tone: Tone::Late,
            ..Entry::default()
        },
        Entry {
            at: s.minutes(-1300),
            what: s.tell("Note", "Заметка", "Ескертпе"),
            who: who.clone(),
            words: s.said(
                "Ate and slept. Speaks Dari, some Russian.",
                "Поела и поспала. Говорит на дари, немного по-русски.",
                "Тамақтанып, ұйықтады. Дари тілінде, аздап орысша сөйлейді.",
            ),
            ..Entry::default()
        },
        Entry {
            at: s.minutes(-1440),
            what: s.tell("Registered", "Регистрация", "Тіркелді"),
            who,
            tone: Tone::Start,
            ..Entry::default()
        },
    ]
}

/// Who looked.
pub fn looks(s: &Sampler) -> Vec<Look> {
    vec![
        Look {
            at: s.minutes(-3),
            who: s.tell(
                "Aizhan Bekova, Border Service",
                "Айжан Бекова, Пограничная служба",
                "Айжан Бекова, Шекара қызметі",
            ),
            purpose: s.tell("Screening", "Первичная проверка", "Бастапқы тексеру"),
            what: s.tell("person's page", "страница человека", "адам беті"),
            broke_glass: false,
        },
        Look {
            at: s.minutes(-700),
            who: s.tell(
                "Daniyar Ospanov, Border Service",
                "Данияр Оспанов, Пограничная служба",
                "Данияр Оспанов, Шекара қызметі",
            ),
            purpose: s.tell("Border check", "Пограничная проверка", "Шекарадағы тексеру"),
            what: s.tell("health data", "сведения о здоровье", "денсаулық деректері"),
            broke_glass: true,
        },
    ]
}

fn offers(s: &Sampler) -> Offers {
    Offers {
        screening: start_here(s),
        people: vec![Choice::new(s.id(3), s.name("TOSHMATOV Bekzod"))],
        countries: countries(s),
        agencies: vec![Choice::new(
            s.id(70),
            s.said(
                "Guardianship authority",
                "Орган опеки",
                "Қорғаншылық органы",
            ),
        )],
        purposes: Choice::words(
            "purpose",
            ["protection", "child-care", "family-tracing", "legal-help"],
        ),
        classes: classes(s),
        case_kinds: Choice::words("case-kind", ["unaccompanied-child", "asylum-referral"]),
    }
}

/// Classes of data.
pub fn classes(s: &Sampler) -> Vec<Choice> {
    vec![
        s.choice("identity", "Identity", "Личность", "Жеке басы"),
        s.choice("health", "Health", "Здоровье", "Денсаулық"),
        s.choice(
            "child",
            "Childhood and care",
            "Детство и опека",
            "Балалық және қамқорлық",
        ),
        s.choice(
            "asylum",
            "Asylum and protection",
            "Убежище и защита",
            "Баспана және қорғау",
        ),
    ]
}

/// A case of a child.
pub fn cases(s: &Sampler, with_people: bool) -> Vec<CaseLine> {
    let team = s.tell(
        "Guardianship authority, child team",
        "Орган опеки, детская группа",
        "Қорғаншылық органы, балалар тобы",
    );
    vec![
        CaseLine {
            id: s.id(80),
            kind: Text::key("case-kind-unaccompanied-child"),
            person: with_people.then(|| s.zahra()),
            team: team.clone(),
            state: CaseState::Open,
            at: s.minutes(-60),
            overdue: 1,
        },
        CaseLine {
            id: s.id(81),
            kind: Text::key("case-kind-asylum-referral"),
            person: with_people.then(|| s.zahra()),
            team: team.clone(),
            state: CaseState::Handover,
            at: s.minutes(-400),
            overdue: 0,
        },
        CaseLine {
            id: s.id(82),
            kind: Text::key("case-kind-trafficking-victim"),
            person: with_people.then(|| s.bek()),
            team,
            state: CaseState::Closed,
            at: s.minutes(-9000),
            overdue: 0,
        },
    ]
}

/// Documents.
pub fn documents(s: &Sampler) -> Vec<DocumentLine> {
    let who = s.tell("Aizhan Bekova", "Айжан Бекова", "Айжан Бекова");
    vec![
        DocumentLine {
            kind: Text::key("document-type-photograph"),
            link: "/people/1/documents/1".to_owned(),
            bytes: 181_234,
            words: String::new(),
            at: s.minutes(-90),
            who: who.clone(),
            withdrawn: false,
        },
        DocumentLine {
            kind: Text::key("document-type-medical"),
            link: String::new(),
            bytes: 2_400_000,
            words: s.said("From the feldsher.", "От фельдшера.", "Фельдшерден."),
            at: s.minutes(-80),
            who,
            withdrawn: true,
        },
    ]
}

/// Notes.
pub fn notes(s: &Sampler) -> Vec<NoteLine> {
    vec![NoteLine {
        at: s.minutes(-1300),
        who: s.tell("Aizhan Bekova", "Айжан Бекова", "Айжан Бекова"),
        words: s.said(
            "Ate and slept.\nSpeaks Dari, some Russian.",
            "Поела и поспала.\nГоворит на дари, немного по-русски.",
            "Тамақтанып, ұйықтады.\nДари тілінде, аздап орысша сөйлейді.",
        ),
        classes: vec![s.tell(
            "Childhood and care",
            "Детство и опека",
            "Балалық және қамқорлық",
        )],
    }]
}

fn person(s: &Sampler) -> person::View {
    person::View {
        awaited: vec![Choice::word("purpose", "protection")],
        person: s.zahra(),
        details: details(s),
        outcome: Some(OutcomeInShort {
            screening: s.id(31),
            prohibitions: forbidden(s),
            duties: 14,
            open: 3,
            next_due: s.due(21 * 60),
        }),
        screenings: vec![
            ScreeningLine {
                id: s.id(31),
                at: s.minutes(-40),
                role: s.tell("Second line", "Вторая линия", "Екінші желі"),
                ended: true,
                stopped: Text::default(),
            },
            ScreeningLine {
                id: s.id(35),
                at: s.minutes(-1400),
                role: s.tell("First line", "Первая линия", "Бірінші желі"),
                ended: true,
                stopped: Text::key("stop-reason-no-interpreter"),
            },
        ],
        tasks: start::tasks(s)
            .into_iter()
            .take(2)
            .map(|task| sapar_pages::TaskLine {
                person: None,
                ..task
            })
            .collect(),
        referrals: referrals(s, false),
        cases: cases(s, false),
        documents: documents(s),
        notes: notes(s),
        links: links(s, false),
        consents: vec![ConsentLine {
            id: s.id(53),
            may_withdraw: true,
            withdrawn: false,
            resting: referrals(s, false),
            purpose: Text::key("purpose-child-care"),
            agency: s.tell(
                "Guardianship authority",
                "Орган опеки",
                "Қорғаншылық органы",
            ),
            state: Text::key("consent-given"),
            at: s.minutes(-100),
        }],
        timeline: timeline(s),
        looks: looks(s),
        may: Actions {
            correct: true,
            link: true,
            consent: true,
            note: true,
            document: true,
            refer: true,
            open_case: true,
            break_glass: true,
            erase: true,
        },
        offers: offers(s),
        details_form: Form::default()
            .with("surname", s.name("RAHIMI"))
            .with("given", s.name("Zahra"))
            .with("birth", s.name("2010")),
        refused: None,
    }
}

fn note_refused(s: &Sampler) -> person::View {
    let mut form = Form::default().with(
        "words",
        s.said("Her uncle called.", "Звонил дядя.", "Нағашысы хабарласты."),
    );
    form.refuse("classes[]", Text::key("form-required"));
    form.refuse("words", Text::key("refusal-text-too-long"));
    person::View {
        refused: Some(RefusedForm {
            action: "notes".to_owned(),
            form,
        }),
        ..person(s)
    }
}

fn erased(s: &Sampler) -> person::View {
    person::View {
        person: s.erased(),
        timeline: timeline(s)
            .into_iter()
            .map(|entry| Entry {
                words: String::new(),
                ..entry
            })
            .collect(),
        looks: looks(s),
        ..person::View::default()
    }
}
