//! The days off of a country, worked out once from its table.

use std::collections::BTreeMap;

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
    tz::{TimeZone, TimeZoneDatabase},
};

use crate::easter::easter_sunday;
use crate::status::{Checked, DayStatus, LocalName, OffKind, OffReason};
use crate::table::{self, Table, Transfer, WeekdayName, Yearly};

/// The days off of one country over the years its table covers.
///
/// Guarantee: for every day between the first and the last year [`Calendar::status`] answers
/// working, off with reasons, or uncertain; outside it answers `None` and never "working".
///
/// ```
/// use sapar_calendar::{Calendar, civil::date};
///
/// let latvia = Calendar::latvia()?;
/// // 4 May 2025 was a Sunday, so Monday was free.
/// assert_eq!(latvia.status(date(2025, 5, 5)).and_then(|s| s.is_working()), Some(false));
/// assert_eq!(latvia.status(date(1990, 5, 5)), None);
/// # Ok::<(), sapar_calendar::CalendarError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    code: String,
    time_zone: TimeZone,
    weekend: Vec<Weekday>,
    weekend_source: (Checked, String),
    first_year: i16,
    last_year: i16,
    transfers_recorded_until: Option<i16>,
    days: BTreeMap<Date, DayStatus>,
}

/// Why a holiday table could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The text is no TOML, or has a key or value the table does not know.
    #[error("the holiday table cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A row names a day that does not exist, or that is outside the years of the table.
    #[error("the holiday table of {code} has no such day: {what}")]
    NoSuchDay {
        /// The country.
        code: String,
        /// What was written.
        what: String,
    },
    /// A holiday that every year has is missing for a year the table covers.
    #[error("the holiday table of {code} lacks {holiday} in {year}")]
    MissingYear {
        /// The country.
        code: String,
        /// The holiday in English.
        holiday: String,
        /// The year without a row.
        year: i16,
    },
    /// A holiday on a weekend would move to a day that is itself uncertain.
    #[error("the holiday table of {code} moves {holiday} to a day that is not certain")]
    UncertainMove {
        /// The country.
        code: String,
        /// The holiday that moves.
        holiday: Date,
    },
    /// The bundled database does not know the time zone.
    #[error("unknown time zone {0}")]
    UnknownTimeZone(String),
    /// No table for this country is built in.
    #[error("there is no holiday table for {0}")]
    UnknownCountry(String),
    /// The years of the table are in the wrong order or beyond what can be worked out.
    #[error("the years of the holiday table of {0} do not make sense")]
    BadYears(String),
}

/// Longest span of years a table may cover; keeps a mistyped year from costing memory.
const YEARS_MAX: i16 = 200;

impl Calendar {
    /// The five-day working week of Kazakhstan.
    ///
    /// # Errors
    /// Only if the built-in table were damaged; a test reads it.
    pub fn kazakhstan() -> Result<Self, CalendarError> {
        Self::parse(table::KAZAKHSTAN)
    }

    /// The five-day working week of Latvia, with the transfers that bind state institutions.
    ///
    /// # Errors
    /// Only if the built-in table were damaged; a test reads it.
    pub fn latvia() -> Result<Self, CalendarError> {
        Self::parse(table::LATVIA)
    }

    /// The five-day working week of mainland Portugal, mandatory holidays only.
    ///
    /// # Errors
    /// Only if the built-in table were damaged; a test reads it.
    pub fn portugal() -> Result<Self, CalendarError> {
        Self::parse(table::PORTUGAL)
    }

    /// The built-in calendar of a country, by its two letters.
    ///
    /// ```
    /// use sapar_calendar::{Calendar, CalendarError};
    /// assert_eq!(Calendar::of_country("KZ")?.code(), "KZ");
    /// assert!(matches!(Calendar::of_country("XX"), Err(CalendarError::UnknownCountry(_))));
    /// # Ok::<(), CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no table for the country; another country's is never taken in its place.
    pub fn of_country(code: &str) -> Result<Self, CalendarError> {
        match code {
            "KZ" => Self::kazakhstan(),
            "LV" => Self::latvia(),
            "PT" => Self::portugal(),
            _ => Err(CalendarError::UnknownCountry(code.to_owned())),
        }
    }

    /// Reads a table of the same form as the built-in ones, so that a country or a year can be
    /// added without a new version of the program.
    ///
    /// # Errors
    /// Says what is wrong with the table; a table is used whole or not at all.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let table: Table = toml::from_str(text)?;
        let years = i32::from(table.last_year) - i32::from(table.first_year);
        let in_range = (1..=9998).contains(&table.first_year) && table.last_year <= 9998;
        if !in_range || years < 0 || years > i32::from(YEARS_MAX) {
            return Err(CalendarError::BadYears(table.code));
        }
        let mut calendar = Self {
            time_zone: time_zone(&table.time_zone)?,
            weekend: table.weekend.iter().map(|&day| weekday(day)).collect(),
            weekend_source: (table.checked, table.source.clone()),
            first_year: table.first_year,
            last_year: table.last_year,
            transfers_recorded_until: table.transfers_recorded_until,
            days: BTreeMap::new(),
            code: table.code.clone(),
        };
        let mut moving = calendar.add_rules(&table)?;
        for yearly in &table.yearly {
            moving.extend(calendar.add_yearly(yearly)?);
        }
        moving.sort_by_key(|holiday| holiday.0);
        for (holiday, reason) in moving {
            calendar.move_from_weekend(holiday, reason)?;
        }
        // Last, because a decree may move a day that is free only in place of a holiday.
        for transfer in &table.transfer {
            calendar.add_transfer(transfer)?;
        }
        Ok(calendar)
    }

    /// The same country with another time zone, for a post that lives in one.
    ///
    /// # Errors
    /// If the bundled database does not know the name.
    pub fn with_time_zone(mut self, name: &str) -> Result<Self, CalendarError> {
        self.time_zone = time_zone(name)?;
        Ok(self)
    }

    /// The country's two letters.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The time zone in which days begin and end and hours are counted.
    #[must_use]
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// The first and the last day the table covers.
    #[must_use]
    pub fn covers(&self) -> (Date, Date) {
        // Both years were checked when the table was read, so the fallbacks are never taken.
        let first = Date::new(self.first_year, 1, 1).unwrap_or(Date::MIN);
        let last = Date::new(self.last_year, 12, 31).unwrap_or(Date::MIN);
        (first, last)
    }

    /// Whether the decrees that move days off are recorded for a year; always true for a country
    /// that moves none.
    #[must_use]
    pub fn transfers_recorded(&self, year: i16) -> bool {
        self.transfers_recorded_until
            .is_none_or(|until| year <= until)
    }

    /// What the table says of a day; `None` where it does not cover the day.
    #[must_use]
    pub fn status(&self, day: Date) -> Option<DayStatus> {
        let (first, last) = self.covers();
        if day < first || day > last {
            return None;
        }
        Some(match self.days.get(&day) {
            Some(DayStatus::Off(reasons)) if self.is_weekend(day) => {
                // A holiday on a Saturday is off for two reasons, and both explain it.
                let mut all = vec![self.weekend_reason()];
                all.extend(reasons.iter().cloned());
                DayStatus::Off(all)
            }
            Some(DayStatus::Uncertain(_)) | None if self.is_weekend(day) => {
                DayStatus::Off(vec![self.weekend_reason()])
            }
            Some(status) => status.clone(),
            None => DayStatus::Working,
        })
    }

    fn is_weekend(&self, day: Date) -> bool {
        self.weekend.contains(&day.weekday())
    }

    fn weekend_reason(&self) -> OffReason {
        let (checked, source) = self.weekend_source.clone();
        OffReason {
            kind: OffKind::Weekend,
            name: None,
            source,
            checked,
        }
    }

    /// Enters the days that a rule gives; returns those that move off a weekend.
    fn add_rules(&mut self, table: &Table) -> Result<Vec<(Date, OffReason)>, CalendarError> {
        let mut moving = Vec::new();
        for year in self.first_year..=self.last_year {
            let holds = |from: Option<i16>, until: Option<i16>| {
                from.is_none_or(|from| year >= from) && until.is_none_or(|until| year <= until)
            };
            for row in table.fixed.iter().filter(|row| holds(row.from, row.until)) {
                let day = Date::new(year, row.month, row.day)
                    .map_err(|_| self.no_such_day(&format!("{}-{}", row.month, row.day)))?;
                moving.extend(self.add_holiday(
                    day,
                    &row.name,
                    row.moves,
                    row.checked,
                    &row.source,
                ));
            }
            for row in table.easter.iter().filter(|row| holds(row.from, row.until)) {
                let day = easter_sunday(year)
                    .and_then(|easter| easter.checked_add(row.offset_days.days()).ok())
                    .ok_or_else(|| self.no_such_day(&row.name.en))?;
                moving.extend(self.add_holiday(
                    day,
                    &row.name,
                    row.moves,
                    row.checked,
                    &row.source,
                ));
            }
            for row in table
                .nth_weekday
                .iter()
                .filter(|row| holds(row.from, row.until))
            {
                let day = Date::new(year, row.month, 1)
                    .and_then(|first| first.nth_weekday_of_month(row.nth, weekday(row.weekday)))
                    .map_err(|_| self.no_such_day(&row.name.en))?;
                moving.extend(self.add_holiday(
                    day,
                    &row.name,
                    row.moves,
                    row.checked,
                    &row.source,
                ));
            }
        }
        Ok(moving)
    }

    /// Enters the days written down year by year, and the windows of years not announced yet.
    fn add_yearly(&mut self, row: &Yearly) -> Result<Vec<(Date, OffReason)>, CalendarError> {
        let mut moving = Vec::new();
        let mut known = Vec::new();
        for entry in &row.date {
            let day = self.read_day(&entry.date)?;
            known.push(day.year());
            moving.extend(self.add_holiday(
                day,
                &row.name,
                row.moves,
                entry.checked,
                &entry.source,
            ));
        }
        for window in &row.expected {
            let (first, last) = (self.read_day(&window.first)?, self.read_day(&window.last)?);
            if last < first || first.year() != last.year() {
                return Err(self.no_such_day(&window.last));
            }
            known.push(first.year());
            for day in first.series(1.day()).take_while(|&day| day <= last) {
                let reason = OffReason {
                    kind: OffKind::Holiday,
                    name: Some(row.name.clone()),
                    source: window.source.clone(),
                    checked: window.checked,
                };
                self.days.entry(day).or_insert(DayStatus::Uncertain(reason));
            }
        }
        let missing = (self.first_year..=self.last_year).find(|year| !known.contains(year));
        match missing {
            Some(year) if row.every_year => Err(CalendarError::MissingYear {
                code: self.code.clone(),
                holiday: row.name.en.clone(),
                year,
            }),
            _ => Ok(moving),
        }
    }

    fn add_holiday(
        &mut self,
        day: Date,
        name: &LocalName,
        moves: bool,
        checked: Checked,
        source: &str,
    ) -> Option<(Date, OffReason)> {
        let reason = OffReason {
            kind: OffKind::Holiday,
            name: Some(name.clone()),
            source: source.to_owned(),
            checked,
        };
        self.add_off(day, reason.clone());
        (moves && self.is_weekend(day)).then_some((day, reason))
    }

    fn add_off(&mut self, day: Date, reason: OffReason) {
        match self
            .days
            .entry(day)
            .or_insert_with(|| DayStatus::Off(Vec::new()))
        {
            DayStatus::Off(reasons) => reasons.push(reason),
            // A certain day off outranks what was only expected or moved.
            other => *other = DayStatus::Off(vec![reason]),
        }
    }

    /// Makes the first working day after a holiday on a weekend free in its place.
    fn move_from_weekend(&mut self, holiday: Date, reason: OffReason) -> Result<(), CalendarError> {
        let (_, last) = self.covers();
        let mut day = holiday;
        loop {
            day = day
                .tomorrow()
                .map_err(|_| self.no_such_day("the day after the last"))?;
            if day > last {
                // The free day lies in a year the table does not cover.
                return Ok(());
            }
            match self.status(day).and_then(|status| status.is_working()) {
                Some(true) => {
                    let kind = OffKind::InsteadOfHoliday { holiday };
                    self.add_off(day, OffReason { kind, ..reason });
                    return Ok(());
                }
                Some(false) => {}
                None => {
                    let code = self.code.clone();
                    return Err(CalendarError::UncertainMove { code, holiday });
                }
            }
        }
    }

    fn add_transfer(&mut self, row: &Transfer) -> Result<(), CalendarError> {
        let (day_off, worked) = (self.read_day(&row.day_off)?, self.read_day(&row.worked)?);
        let is_worked = |day| self.status(day).and_then(|status| status.is_working());
        // A row that moves a day off which is none is a slip of the pen, and would shift deadlines.
        if is_worked(day_off) != Some(true) || is_worked(worked) != Some(false) {
            return Err(self.no_such_day(&format!("transfer {day_off} against {worked}")));
        }
        let reason = OffReason {
            kind: OffKind::Transferred { worked },
            name: None,
            source: row.source.clone(),
            checked: row.checked,
        };
        self.add_off(day_off, reason);
        let status = DayStatus::WorkedInsteadOf {
            day_off,
            source: row.source.clone(),
            checked: row.checked,
        };
        self.days.insert(worked, status);
        Ok(())
    }

    fn read_day(&self, text: &str) -> Result<Date, CalendarError> {
        let day: Date = text.parse().map_err(|_| self.no_such_day(text))?;
        let (first, last) = self.covers();
        if day < first || day > last {
            Err(self.no_such_day(text))
        } else {
            Ok(day)
        }
    }

    fn no_such_day(&self, what: &str) -> CalendarError {
        CalendarError::NoSuchDay {
            code: self.code.clone(),
            what: what.to_owned(),
        }
    }
}

fn time_zone(name: &str) -> Result<TimeZone, CalendarError> {
    // The bundled database, so that two posts with different systems compute the same deadline.
    TimeZoneDatabase::bundled()
        .get(name)
        .map_err(|_| CalendarError::UnknownTimeZone(name.to_owned()))
}

fn weekday(name: WeekdayName) -> Weekday {
    match name {
        WeekdayName::Monday => Weekday::Monday,
        WeekdayName::Tuesday => Weekday::Tuesday,
        WeekdayName::Wednesday => Weekday::Wednesday,
        WeekdayName::Thursday => Weekday::Thursday,
        WeekdayName::Friday => Weekday::Friday,
        WeekdayName::Saturday => Weekday::Saturday,
        WeekdayName::Sunday => Weekday::Sunday,
    }
}
