//! What holds for every text and every zone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use proptest::prelude::*;
use sapar_identity::{
    Iin,
    mrz::{CheckResult, Draft, Expiry, Format, Mrz, PartialDate, Reading, Sex, check_digit},
};

fn formats() -> impl Strategy<Value = Format> {
    prop_oneof![
        Just(Format::Td1),
        Just(Format::Td2),
        Just(Format::Td3),
        Just(Format::MrvA),
        Just(Format::MrvB)
    ]
}

fn dates() -> impl Strategy<Value = PartialDate> {
    (
        proptest::option::weighted(0.9, 0u8..100),
        proptest::option::weighted(0.9, 1u8..=12),
        proptest::option::weighted(0.9, 1u8..=31),
    )
        .prop_filter_map("a date", |(year, month, day)| {
            PartialDate::new(year, month, day)
        })
}

fn states() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("KAZ"),
        Just("KGZ"),
        Just("UZB"),
        Just("TJK"),
        Just("RUS"),
        Just("DEU"),
        Just("XXA"),
        Just("XXB"),
        Just("XXX")
    ]
    .prop_map(str::to_owned)
}

/// Zones that can be written; only the lengths are kept to what each format has room for.
fn drafts() -> impl Strategy<Value = Draft> {
    let words = |max| proptest::collection::vec("[A-Z]{2,12}", 0..max);
    let people = (
        "[A-Z]{2,12}",
        words(2),
        words(4),
        dates(),
        dates(),
        0usize..3,
    );
    let documents = (
        formats(),
        "[A-Z0-9]{3,9}",
        "[A-Z0-9]{0,4}",
        "[A-Z0-9]{0,6}",
        "[A-Z0-9]{0,11}",
    );
    (people, documents, states(), states()).prop_map(
        |(
            (surname, more, secondary, birth, expiry, sex),
            (format, number, tail, data, second),
            issuer,
            nationality,
        )| {
            let card = matches!(format, Format::Td1 | Format::Td2);
            let long = card && number.len() == 9 && !tail.is_empty();
            let room = match format {
                Format::Td2 if long => 7usize.saturating_sub(tail.len() + 2),
                Format::Td1 if long => 15usize.saturating_sub(tail.len() + 2),
                _ => 6,
            };
            let unknown = PartialDate::new(None, None, None);
            Draft {
                format,
                document_code: match format {
                    Format::Td1 | Format::Td2 => "ID",
                    Format::Td3 => "P",
                    Format::MrvA | Format::MrvB => "V",
                }
                .to_owned(),
                issuer,
                primary: std::iter::once(surname).chain(more).collect(),
                secondary,
                number: if long {
                    format!("{number}{tail}")
                } else {
                    number
                },
                nationality,
                birth,
                sex: [Sex::Male, Sex::Female, Sex::Unspecified][sex],
                expiry: if Some(expiry) == unknown {
                    Expiry::NotStated
                } else {
                    Expiry::Stated(expiry)
                },
                optional_data: data.chars().take(room).collect(),
                second_optional_data: if format == Format::Td1 {
                    second
                } else {
                    String::new()
                },
            }
        },
    )
}

/// Which characters a check digit covers, as line and column from zero.
fn covered(format: Format) -> Vec<(usize, usize)> {
    let run = |line, first: usize, last: usize| (first - 1..last).map(move |column| (line, column));
    match format {
        Format::Td1 => run(0, 6, 30)
            .chain(run(1, 1, 7))
            .chain(run(1, 9, 15))
            .chain(run(1, 19, 30))
            .collect(),
        Format::Td2 => run(1, 1, 10)
            .chain(run(1, 14, 20))
            .chain(run(1, 22, 36))
            .collect(),
        Format::Td3 => run(1, 1, 10)
            .chain(run(1, 14, 20))
            .chain(run(1, 22, 44))
            .collect(),
        Format::MrvA | Format::MrvB => run(1, 1, 10)
            .chain(run(1, 14, 20))
            .chain(run(1, 22, 28))
            .collect(),
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(reading) = Reading::read(&text) {
            let _ = reading.accept(&reading.suggestions());
        }
        let _ = Iin::parse(&text);
    }

    #[test]
    fn no_text_in_the_shape_of_a_zone_panics(
        initial in "[ACIPVX]",
        filling in proptest::collection::vec("[A-Z0-9<]{90}", 3),
        shape in 0usize..6,
    ) {
        let (lines, length) = [(3, 30), (2, 36), (2, 44), (1, 88), (1, 90), (2, 43)][shape];
        let text: Vec<&str> = filling.iter().take(lines).map(|line| &line[..length.min(90)]).collect();
        let text = format!("{initial}{}", &text.join("\n")[1..]);
        if let Ok(reading) = Reading::read(&text) {
            let today = jiff::civil::date(2026, 11, 24);
            let _ = (reading.holder_may_be_under(18, today), reading.iin(), reading.suggestions());
            let accepted = reading.accept(&reading.suggestions());
            if let Ok(mrz) = Mrz::of(accepted) {
                let _ = mrz.to_draft().write();
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(draft in drafts()) {
        let zone = draft.write().unwrap_or_else(|error| panic!("{error}"));
        let mrz = Mrz::parse(&zone).unwrap_or_else(|error| panic!("{error}\n{zone}"));
        let read = mrz.to_draft();
        if mrz.reading().name().may_be_truncated() {
            // Shortened or just full: then the words are beginnings of those written.
            let whole = draft.primary.iter().chain(&draft.secondary);
            let kept = read.primary.iter().chain(&read.secondary);
            prop_assert!(whole.zip(kept).all(|(whole, kept)| whole.starts_with(kept.as_str())));
        } else {
            prop_assert!(read == draft, "{}", zone);
        }
        // Reading and writing again changes nothing more.
        prop_assert_eq!(read.write().unwrap(), zone);
    }

    #[test]
    fn one_wrong_character_is_found(
        draft in drafts(),
        place in any::<proptest::sample::Index>(),
        replacement in "[A-Z0-9<]",
    ) {
        let zone = draft.write().unwrap();
        let (line, column) = *place.get(&covered(draft.format));
        let mut lines: Vec<String> = zone.lines().map(str::to_owned).collect();
        let before = lines[line][column..=column].to_owned();
        // Two characters of equal value are the same to a check digit; in dates and check
        // digits the kind of the character tells them apart, elsewhere nothing does.
        if check_digit(&before) == check_digit(&replacement) {
            return Ok(());
        }
        lines[line].replace_range(column..=column, &replacement);
        prop_assert!(Mrz::parse(&lines.join("\n")).is_err(), "{before} to {replacement} in\n{zone}");
    }

    #[test]
    fn a_letter_in_a_date_is_always_found(draft in drafts(), column in 0usize..6, letter in "[A-Z]") {
        let zone = draft.write().unwrap();
        let mut lines: Vec<String> = zone.lines().map(str::to_owned).collect();
        let start = if draft.format == Format::Td1 { 0 } else { 13 };
        lines[1].replace_range(start + column..=start + column, &letter);
        prop_assert!(Mrz::parse(&lines.join("\n")).is_err());
    }

    #[test]
    fn a_second_implementation_agrees(
        draft in drafts(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), "[0-9]"), 0..3),
    ) {
        let zone = draft.write().unwrap();
        let mut lines: Vec<String> = zone.lines().map(str::to_owned).collect();
        for (place, digit) in &changes {
            let (line, column) = *place.get(&covered(draft.format));
            lines[line].replace_range(column..=column, digit);
        }
        let reading = Reading::read(&lines.join("\n")).unwrap();
        // Where a long number is broken the two recover it differently.
        prop_assume!(changes.is_empty() || draft.number.len() <= 9);
        let theirs = match draft.format {
            Format::Td1 => mrz::parse_td1(&lines[0], &lines[1], &lines[2]),
            Format::Td2 => mrz::parse_td2(&lines[0], &lines[1]),
            Format::Td3 => mrz::parse_td3(&lines[0], &lines[1]),
            Format::MrvA => mrz::parse_mrv_a(&lines[0], &lines[1]),
            Format::MrvB => mrz::parse_mrv_b(&lines[0], &lines[1]),
        }
        .unwrap();
        let passed = |check: CheckResult| Some(check == CheckResult::Passed);
        let ours = reading.checks();
        prop_assert_eq!(theirs.checks.document_number, passed(ours.number), "{:?}", lines);
        prop_assert_eq!(theirs.checks.date_of_birth, passed(ours.birth), "{:?}", lines);
        prop_assert_eq!(theirs.checks.date_of_expiry, passed(ours.expiry), "{:?}", lines);
        prop_assert_eq!(theirs.checks.composite, ours.composite.and_then(passed), "{:?}", lines);
        if draft.format == Format::Td3 {
            prop_assert_eq!(theirs.checks.personal_number, ours.optional_data.and_then(passed), "{:?}", lines);
        }
    }

    #[test]
    fn unknown_is_never_adult(birth in dates(), year in 2020i16..2040, years in 1i16..25) {
        let today = jiff::civil::date(year, 6, 15);
        let under = birth.may_be_under(years, today);
        if birth.year_of_century().is_none() {
            prop_assert!(under);
        }
        if !under {
            prop_assert!(birth.possible_ages(today).is_some_and(|ages| *ages.start() >= years));
        }
    }
}
