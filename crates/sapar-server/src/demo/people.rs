//! Who the invented people are.

use sapar_casework::birth::BirthDate;
use sapar_casework::person::{
    Details, Name, Nationality, NoDocument, Papers, Script, Sex, TravelDocument, TravelDocumentKind,
};
use sapar_casework::personal::Text;

/// Numbers from a seed: SplitMix64, the same on every machine.
pub(super) struct Seed(pub(super) u64);

impl Seed {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn one_of<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        let place = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all.get(place)
    }

    /// Whether something of so many in a hundred happens.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// What somebody's journey is about, and how often in a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Journey {
    /// Comes to work, with everything in order.
    Worker,
    /// Comes to visit or study.
    Visitor,
    /// Stayed too long.
    Overstayer,
    /// Seeks protection.
    SeeksProtection,
    /// A child alone who seeks protection.
    ChildAlone,
    /// Was exploited at work.
    Exploited,
    /// Was smuggled.
    Smuggled,
    /// No state considers them its national.
    Stateless,
    /// Needs a doctor at once.
    Sick,
    /// Is to be returned.
    Returned,
}

pub(super) const JOURNEYS: [(Journey, u64); 10] = [
    (Journey::Worker, 30),
    (Journey::Visitor, 16),
    (Journey::Overstayer, 10),
    (Journey::SeeksProtection, 13),
    (Journey::ChildAlone, 6),
    (Journey::Exploited, 8),
    (Journey::Smuggled, 5),
    (Journey::Stateless, 3),
    (Journey::Sick, 4),
    (Journey::Returned, 5),
];

pub(super) fn journey(seed: &mut Seed) -> Journey {
    let mut drawn = seed.below(JOURNEYS.iter().map(|(_, weight)| weight).sum());
    for (journey, weight) in JOURNEYS {
        if drawn < weight {
            return journey;
        }
        drawn -= weight;
    }
    Journey::Worker
}

/// Names as a document of the country writes them, in Latin and in Cyrillic letters.
struct Names {
    country: &'static str,
    surnames: &'static [(&'static str, &'static str)],
    women: &'static [(&'static str, &'static str)],
    men: &'static [(&'static str, &'static str)],
}

const UZBEK: Names = Names {
    country: "UZB",
    surnames: &[
        ("Karimov", "Каримов"),
        ("Yusupov", "Юсупов"),
        ("Rahimov", "Рахимов"),
        ("Tursunov", "Турсунов"),
        ("Ergashev", "Эргашев"),
        ("Nazarov", "Назаров"),
        ("Saidov", "Саидов"),
        ("Abdullaev", "Абдуллаев"),
    ],
    women: &[
        ("Dilnoza", "Дилноза"),
        ("Nilufar", "Нилуфар"),
        ("Gulchehra", "Гулчехра"),
        ("Zuhra", "Зухра"),
    ],
    men: &[
        ("Jasur", "Жасур"),
        ("Otabek", "Отабек"),
        ("Sherzod", "Шерзод"),
        ("Bobur", "Бобур"),
        ("Anvar", "Анвар"),
    ],
};
const KYRGYZ: Names = Names {
    country: "KGZ",
    surnames: &[
        ("Asanov", "Асанов"),
        ("Bekov", "Беков"),
        ("Toktogulov", "Токтогулов"),
        ("Mamytov", "Мамытов"),
        ("Sydykov", "Сыдыков"),
        ("Osmonov", "Осмонов"),
    ],
    women: &[
        ("Aizada", "Айзада"),
        ("Cholpon", "Чолпон"),
        ("Nurgul", "Нургүл"),
    ],
    men: &[
        ("Azamat", "Азамат"),
        ("Ulan", "Улан"),
        ("Bakyt", "Бакыт"),
        ("Nurlan", "Нурлан"),
    ],
};
const TAJIK: Names = Names {
    country: "TJK",
    surnames: &[
        ("Rahmonov", "Раҳмонов"),
        ("Nazarov", "Назаров"),
        ("Sharipov", "Шарипов"),
        ("Davlatov", "Давлатов"),
        ("Safarov", "Сафаров"),
    ],
    women: &[
        ("Zarina", "Зарина"),
        ("Manizha", "Манижа"),
        ("Farzona", "Фарзона"),
    ],
    men: &[
        ("Firuz", "Фируз"),
        ("Jamshed", "Ҷамшед"),
        ("Rustam", "Рустам"),
        ("Daler", "Далер"),
    ],
};
const AFGHAN: Names = Names {
    country: "AFG",
    surnames: &[
        ("Ahmadi", "Ахмади"),
        ("Karimi", "Карими"),
        ("Hosseini", "Хоссейни"),
        ("Noori", "Нури"),
        ("Rahimi", "Рахими"),
    ],
    women: &[
        ("Zahra", "Захра"),
        ("Fatima", "Фатима"),
        ("Maryam", "Марьям"),
    ],
    men: &[
        ("Farid", "Фарид"),
        ("Hamid", "Хамид"),
        ("Mustafa", "Мустафа"),
        ("Reza", "Реза"),
    ],
};
const RUSSIAN: Names = Names {
    country: "RUS",
    surnames: &[
        ("Ivanov", "Иванов"),
        ("Smirnov", "Смирнов"),
        ("Kuznetsov", "Кузнецов"),
        ("Popov", "Попов"),
    ],
    women: &[("Elena", "Елена"), ("Anna", "Анна")],
    men: &[
        ("Aleksei", "Алексей"),
        ("Dmitrii", "Дмитрий"),
        ("Ivan", "Иван"),
    ],
};

pub(super) struct Invented {
    pub(super) journey: Journey,
    pub(super) details: Details,
}

pub(super) fn person(seed: &mut Seed, year_now: i16) -> Option<Invented> {
    let journey = journey(seed);
    let all = match journey {
        Journey::SeeksProtection | Journey::ChildAlone => [AFGHAN, TAJIK, AFGHAN, UZBEK],
        Journey::Stateless | Journey::Smuggled => [AFGHAN, TAJIK, UZBEK, KYRGYZ],
        _ => [UZBEK, KYRGYZ, TAJIK, RUSSIAN],
    };
    let names = seed.one_of(&all)?;
    let woman = seed.percent(38);
    let given = seed.one_of(if woman { names.women } else { names.men })?;
    let surname = seed.one_of(names.surnames)?;
    let ending = if woman && surname.0.ends_with('v') {
        ("a", "а")
    } else {
        ("", "")
    };
    let child = journey == Journey::ChildAlone;
    let age = if child {
        12 + seed.below(6)
    } else {
        19 + seed.below(40)
    };
    let age = i16::try_from(age).unwrap_or(30);
    let (month, day) = (1 + seed.below(12), 1 + seed.below(28));
    let small = |part: u64| i8::try_from(part).ok();
    let birth = BirthDate::new(Some(year_now - age - 1), small(month), small(day)).ok()?;
    let number = format!(
        "{}{:07}",
        seed.one_of(&["AA", "AC", "FA", "KA", "P0"])?,
        seed.below(10_000_000)
    );
    let without = match journey {
        Journey::ChildAlone | Journey::Smuggled => 70,
        Journey::SeeksProtection | Journey::Stateless => 50,
        Journey::Exploited => 40,
        _ => 2,
    };
    let papers = if seed.percent(without) {
        Papers::Absent(match journey {
            Journey::Exploited => NoDocument::HeldByAnother,
            Journey::Stateless | Journey::ChildAlone => NoDocument::NeverHad,
            _ => NoDocument::Lost,
        })
    } else {
        Papers::Held(vec![TravelDocument {
            kind: TravelDocumentKind::Passport,
            number: Text::new(&number),
            issuer: Some(Text::new(names.country)),
            zone_read: true,
        }])
    };
    let written = |script: Script, surname: String, given: &str| Name {
        script,
        surname: Some(Text::new(&surname)),
        given: Some(Text::new(given)),
    };
    Some(Invented {
        journey,
        details: Details {
            names: vec![
                written(Script::Latin, format!("{}{}", surname.0, ending.0), given.0),
                written(
                    Script::Cyrillic,
                    format!("{}{}", surname.1, ending.1),
                    given.1,
                ),
            ],
            birth,
            nationalities: match journey {
                Journey::Stateless => vec![Nationality::None],
                _ => vec![Nationality::Of(names.country.to_owned())],
            },
            sex: Some(if woman { Sex::Female } else { Sex::Male }),
            papers,
        },
    })
}
