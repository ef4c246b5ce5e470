//! Limits and counts as people say them.

use sapar_messages::{Language, Messages};

fn limit(language: Language, key: &str, amount: i64, unit: &str, event: &str) -> String {
    Messages::new(language).text_with(
        key,
        &[
            ("amount", amount.into()),
            ("unit", unit.into()),
            ("event", event.into()),
        ],
    )
}

/// What stands before the event for 1, 2, 5 and 21 of the unit.
fn told(language: Language, key: &str, unit: &str) -> [String; 4] {
    [1, 2, 5, 21].map(|amount| {
        let whole = limit(language, key, amount, unit, "§");
        whole.split(" (").next().unwrap_or_default().to_owned()
    })
}

#[test]
fn russian_within_takes_the_genitive() {
    let within = |unit| told(Language::Russian, "limit-within", unit);
    assert_eq!(
        within("hours"),
        [
            "в течение 1 часа",
            "в течение 2 часов",
            "в течение 5 часов",
            "в течение 21 часа"
        ]
    );
    assert_eq!(
        within("days"),
        [
            "в течение 1 дня",
            "в течение 2 дней",
            "в течение 5 дней",
            "в течение 21 дня"
        ]
    );
    assert_eq!(
        within("working days"),
        [
            "в течение 1 рабочего дня",
            "в течение 2 рабочих дней",
            "в течение 5 рабочих дней",
            "в течение 21 рабочего дня",
        ]
    );
    assert_eq!(
        within("months"),
        [
            "в течение 1 месяца",
            "в течение 2 месяцев",
            "в течение 5 месяцев",
            "в течение 21 месяца"
        ]
    );
    assert_eq!(
        within("years"),
        [
            "в течение 1 года",
            "в течение 2 лет",
            "в течение 5 лет",
            "в течение 21 года"
        ]
    );
    assert_eq!(
        limit(
            Language::Russian,
            "limit-within",
            3,
            "working days",
            "прибытие"
        ),
        "в течение 3 рабочих дней (начало отсчёта: прибытие)"
    );
    assert_eq!(
        limit(Language::Russian, "limit-at-least", 11, "days", "прибытие"),
        "не менее 11 дней (начало отсчёта: прибытие)"
    );
}

#[test]
fn russian_every_takes_the_accusative() {
    let every = |unit| told(Language::Russian, "limit-every", unit);
    assert_eq!(
        every("hours"),
        [
            "раз в 1 час",
            "раз в 2 часа",
            "раз в 5 часов",
            "раз в 21 час"
        ]
    );
    assert_eq!(
        every("weeks"),
        [
            "раз в 1 неделю",
            "раз в 2 недели",
            "раз в 5 недель",
            "раз в 21 неделю"
        ]
    );
    assert_eq!(
        every("months"),
        [
            "раз в 1 месяц",
            "раз в 2 месяца",
            "раз в 5 месяцев",
            "раз в 21 месяц"
        ]
    );
}

#[test]
fn russian_by_itself_takes_the_nominative() {
    let alone = |unit| told(Language::Russian, "duration", unit);
    assert_eq!(alone("hours"), ["1 час", "2 часа", "5 часов", "21 час"]);
    assert_eq!(alone("days"), ["1 день", "2 дня", "5 дней", "21 день"]);
    assert_eq!(
        alone("working days"),
        [
            "1 рабочий день",
            "2 рабочих дня",
            "5 рабочих дней",
            "21 рабочий день"
        ]
    );
    assert_eq!(
        alone("weeks"),
        ["1 неделя", "2 недели", "5 недель", "21 неделя"]
    );
    assert_eq!(
        alone("months"),
        ["1 месяц", "2 месяца", "5 месяцев", "21 месяц"]
    );
    assert_eq!(alone("years"), ["1 год", "2 года", "5 лет", "21 год"]);
}

#[test]
fn kazakh_nouns_stay_in_the_singular() {
    let within = |unit| told(Language::Kazakh, "limit-within", unit);
    assert_eq!(
        within("hours"),
        [
            "1 сағат ішінде",
            "2 сағат ішінде",
            "5 сағат ішінде",
            "21 сағат ішінде"
        ]
    );
    assert_eq!(
        within("days"),
        [
            "1 күн ішінде",
            "2 күн ішінде",
            "5 күн ішінде",
            "21 күн ішінде"
        ]
    );
    assert_eq!(
        within("working days"),
        [
            "1 жұмыс күні ішінде",
            "2 жұмыс күні ішінде",
            "5 жұмыс күні ішінде",
            "21 жұмыс күні ішінде"
        ]
    );
    assert_eq!(
        within("months"),
        ["1 ай ішінде", "2 ай ішінде", "5 ай ішінде", "21 ай ішінде"]
    );
    assert_eq!(
        limit(
            Language::Kazakh,
            "limit-every",
            6,
            "months",
            "қамаудың басталуы"
        ),
        "әр 6 ай сайын (мерзім басы: қамаудың басталуы)"
    );
}

#[test]
fn english_has_one_and_many() {
    assert_eq!(
        limit(Language::English, "limit-within", 1, "hours", "arrest"),
        "within 1 hour from arrest"
    );
    assert_eq!(
        limit(
            Language::English,
            "limit-within",
            21,
            "working days",
            "arrival"
        ),
        "within 21 working days from arrival"
    );
    assert_eq!(
        limit(
            Language::English,
            "limit-at-most",
            2,
            "years",
            "return decision"
        ),
        "for at most 2 years from return decision"
    );
}

#[test]
fn a_count_of_questions_is_told_in_the_right_form() {
    let told = |language, count: usize| {
        Messages::new(language).text_with("interview-progress", &[("count", count.into())])
    };
    assert_eq!(told(Language::English, 1), "1 question answered");
    assert_eq!(told(Language::English, 0), "0 questions answered");
    assert_eq!(told(Language::Russian, 1), "Отвечено на 1 вопрос");
    assert_eq!(told(Language::Russian, 12), "Отвечено на 12 вопросов");
    assert_eq!(told(Language::Russian, 22), "Отвечено на 22 вопроса");
    assert_eq!(told(Language::Kazakh, 1), "1 сұраққа жауап берілді");
}

#[test]
fn a_norm_is_told_without_bending_its_bearer() {
    let told = |language, key, bearer: &'static str, act: &'static str| {
        Messages::new(language).text_with(key, &[("bearer", bearer.into()), ("act", act.into())])
    };
    assert_eq!(
        told(
            Language::English,
            "must",
            "Border Service",
            "refer the person to the asylum authority"
        ),
        "The Border Service must refer the person to the asylum authority"
    );
    assert_eq!(
        told(
            Language::English,
            "must-not",
            "the state",
            "return the person to a place of danger"
        ),
        "The state must not return the person to a place of danger"
    );
    assert_eq!(
        told(
            Language::Russian,
            "must-not",
            "государство",
            "вернуть человека туда, где ему грозит опасность"
        ),
        "Государство — запрещается: вернуть человека туда, где ему грозит опасность"
    );
    assert_eq!(
        told(
            Language::Kazakh,
            "must",
            "әлеуметтік қызмет",
            "адамға аудармашы беру"
        ),
        "Әлеуметтік қызмет — міндетті: адамға аудармашы беру"
    );
}

#[test]
fn a_date_is_told_as_people_write_it() {
    let told = |language| {
        Messages::new(language).text_with(
            "date",
            &[
                ("year", 2026.into()),
                ("month", 11.into()),
                ("day", 24.into()),
            ],
        )
    };
    assert_eq!(told(Language::English), "24 November 2026");
    assert_eq!(told(Language::Russian), "24 ноября 2026 года");
    assert_eq!(told(Language::Kazakh), "2026 жылғы 24 қараша");
}
