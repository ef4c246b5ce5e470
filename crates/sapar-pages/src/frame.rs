//! What every page knows beside its own view: who reads it, in which language, at what time.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use sapar_messages::{Language, MessageValue, Messages};

use crate::text::{Argument, Choice, Text};

/// Who reads, in which language, when, and what the header offers.
#[derive(Clone)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Who is signed in; `None` before signing in.
    pub user: Option<SignedIn>,
    /// The purpose for which the user acts now, by its code; empty where none is chosen.
    pub purpose: String,
    /// The purposes that the user may choose.
    pub purposes: Vec<Choice>,
    /// The token that every form sends back.
    pub csrf: String,
    /// The path of this page, for the way back after a language or a purpose was chosen. It never holds personal data.
    pub path: String,
    /// The sections the user may enter, in the order of [`Section::ALL`]; others are not shown.
    pub navigation: Vec<Section>,
    /// Referrals that wait for this user's agency.
    pub unread: u32,
    /// Tasks that are past their due time and that the user may see.
    pub overdue: u32,
    /// Whether all people here are invented; a banner says so on every page.
    pub demonstration: bool,
    /// The time zone in which times are told: that of the reader's post.
    pub zone: TimeZone,
    /// What the zone is called, such as the post's name; shown at the foot of the page.
    pub zone_label: String,
    /// The time at which the page was made.
    pub now: Timestamp,
    /// What makes everything on the page doubtful, such as a clock that is wrong; shown on top of it.
    pub alarm: Option<Text>,
    /// What was just done, shown once on top of the page.
    pub notice: Option<Text>,
    /// Shows keys instead of sentences, so that a test finds text that is not in the catalogue.
    #[doc(hidden)]
    pub shows_keys: bool,
}

/// Who is signed in.
#[derive(Clone, Default)]
pub struct SignedIn {
    /// The name colleagues see.
    pub name: String,
    /// The role.
    pub role: Text,
    /// The agency, and the post or team.
    pub agency: Text,
}

impl Default for Frame {
    /// English, nobody signed in, at the beginning of time in UTC: a server sets what it knows.
    fn default() -> Self {
        Self {
            language: Language::English,
            user: None,
            purpose: String::new(),
            purposes: Vec::new(),
            csrf: String::new(),
            path: "/".to_owned(),
            navigation: Vec::new(),
            unread: 0,
            overdue: 0,
            demonstration: false,
            zone: TimeZone::UTC,
            zone_label: String::new(),
            now: Timestamp::UNIX_EPOCH,
            alarm: None,
            notice: None,
            shows_keys: false,
        }
    }
}

/// The places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The desk.
    Desk,
    /// A new encounter.
    NewEncounter,
    /// Search.
    Search,
    /// Tasks.
    Tasks,
    /// Referrals.
    Referrals,
    /// Cases.
    Cases,
    /// The supervisor's dashboard.
    Dashboard,
    /// Break-glass to review.
    Reviews,
    /// Users, agencies, teams and posts.
    Administration,
    /// The law browser.
    Law,
    /// Help.
    Help,
}

impl Section {
    /// Every place, in the order of the navigation.
    pub const ALL: [Section; 11] = [
        Section::Desk,
        Section::NewEncounter,
        Section::Search,
        Section::Tasks,
        Section::Referrals,
        Section::Cases,
        Section::Dashboard,
        Section::Reviews,
        Section::Administration,
        Section::Law,
        Section::Help,
    ];

    /// Its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Section::Desk => "/",
            Section::NewEncounter => "/encounters/new",
            Section::Search => "/search",
            Section::Tasks => "/tasks",
            Section::Referrals => "/referrals",
            Section::Cases => "/cases",
            Section::Dashboard => "/dashboard",
            Section::Reviews => "/reviews",
            Section::Administration => "/administration",
            Section::Law => "/law",
            Section::Help => "/help",
        }
    }

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Section::Desk => "nav-desk",
            Section::NewEncounter => "nav-new-encounter",
            Section::Search => "nav-search",
            Section::Tasks => "nav-tasks",
            Section::Referrals => "nav-referrals",
            Section::Cases => "nav-cases",
            Section::Dashboard => "nav-dashboard",
            Section::Reviews => "nav-reviews",
            Section::Administration => "nav-administration",
            Section::Law => "nav-law",
            Section::Help => "nav-help",
        }
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Frame {
    /// The sentence of that key.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The sentence of that key with these values in it.
    #[must_use]
    pub fn text_with(&self, key: &str, values: &[(&str, MessageValue<'_>)]) -> String {
        if !self.shows_keys {
            return Messages::new(self.language).text_with(key, values);
        }
        // Values of words are shown beside the key, so that a test can look at them too.
        let mut shown = format!("⟦{key}⟧");
        for (name, value) in values {
            if let MessageValue::Text(words) = value
                && *name != "unit"
            {
                shown.push_str(words);
            }
        }
        shown
    }

    /// A text in the language of the frame.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        match text {
            Text::Said(words) => words.clone(),
            Text::Key(key, values) => {
                let values: Vec<_> = values
                    .iter()
                    .map(|(name, value)| (*name, self.value(value)))
                    .collect();
                self.text_with(key, &values)
            }
        }
    }

    fn value(&self, argument: &Argument) -> MessageValue<'static> {
        match argument {
            Argument::Number(number) => (*number).into(),
            Argument::Text(text) => self.say(text).into(),
            Argument::Date(date) => self.date(*date).into(),
            Argument::Moment(at) => self.moment(*at).into(),
        }
    }

    /// A date as people write it.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        self.text_with(
            "date",
            &[
                ("year", i64::from(date.year()).into()),
                ("month", i64::from(date.month()).into()),
                ("day", i64::from(date.day()).into()),
            ],
        )
    }

    /// The date of an instant in the zone of the frame.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// An instant in the zone of the frame: its day and its time; today, yesterday and tomorrow by these words.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        let local = self.zone.to_datetime(at);
        let today = self.day_of(self.now);
        let date = local.date();
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        let key = if date == today {
            "moment-today"
        } else if today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            "moment-tomorrow"
        } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            "moment-yesterday"
        } else {
            let date = self.date(date);
            return self.text_with("moment", &[("date", date.into()), ("time", time.into())]);
        };
        self.text_with(key, &[("time", time.into())])
    }

    /// An instant as a `time` element.
    pub(crate) fn time(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) { (self.moment(at)) } }
    }

    /// How long until an instant, or since, as a `time` element; the script keeps it right while the page is open.
    pub(crate) fn relative(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) data-relative { (self.distance(at, "time-since")) } }
    }

    /// How long until an instant, or how long overdue. The script leaves it alone, since it has no words for it.
    pub(crate) fn until_due(&self, at: Timestamp) -> String {
        self.distance(at, "time-overdue")
    }

    fn distance(&self, at: Timestamp, past: &str) -> String {
        let seconds = at.as_second() - self.now.as_second();
        let size = seconds.abs();
        let (unit, length) = if size < 2 * HOUR {
            ("minutes", MINUTE)
        } else if size < 2 * DAY {
            ("hours", HOUR)
        } else {
            ("days", DAY)
        };
        // Rounded down in both directions: never more time than there is.
        let count = size / length;
        let key = if seconds < 0 { past } else { "time-until" };
        self.text_with(key, &[("count", count.into()), ("unit", unit.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn frame(language: Language) -> Frame {
        Frame {
            language,
            now: at("2026-11-25T08:00:00Z"),
            zone: TimeZone::fixed(jiff::tz::offset(5)),
            ..Frame::default()
        }
    }

    #[test]
    fn a_time_is_told_in_the_zone_of_the_post() {
        let english = frame(Language::English);
        assert_eq!(english.moment(at("2026-11-25T09:05:00Z")), "today, 14:05");
        assert_eq!(
            english.moment(at("2026-11-25T19:30:00Z")),
            "tomorrow, 00:30"
        );
        assert_eq!(
            english.moment(at("2026-12-01T19:30:00Z")),
            "2 December 2026, 00:30"
        );
        assert_eq!(
            frame(Language::Kazakh).moment(at("2026-12-01T08:30:00Z")),
            "2026 жылғы 1 желтоқсан, сағат 13:30"
        );
    }

    #[test]
    fn a_distance_never_promises_more_time_than_there_is() {
        let russian = frame(Language::Russian);
        assert_eq!(
            russian.until_due(at("2026-11-25T09:59:30Z")),
            "через 119 минут"
        );
        assert_eq!(
            russian.until_due(at("2026-11-26T05:00:00Z")),
            "через 21 час"
        );
        assert_eq!(
            russian.until_due(at("2026-11-22T07:00:00Z")),
            "просрочено на 3 дня"
        );
        assert_eq!(
            frame(Language::Kazakh).until_due(at("2026-11-22T07:00:00Z")),
            "3 күнге кешікті"
        );
        assert_eq!(
            frame(Language::English).until_due(at("2026-11-25T08:01:00Z")),
            "in 1 minute"
        );
    }
}
