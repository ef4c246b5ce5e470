//! The law that screenings are held under.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use sapar_calendar::Calendar;
use sapar_casework::outcome::{Law, NormKey};
use sapar_law::{Engine, Library, NormId};

use crate::error::OperationError;

/// How many engines are kept: today's, and those of screenings that run since other days.
const ENGINES_MAX: usize = 12;

/// The law packages, ready to answer.
pub struct LawBook {
    library: Arc<Library>,
    order: String,
    calendar: Calendar,
    host: &'static str,
    /// Norms by the names that records write.
    norms: HashMap<String, NormId>,
    /// The last asked last.
    engines: Mutex<Vec<Arc<Engine>>>,
}

/// Legal orders a post can work under: the beginning of the order's name, the calendar, and the country as documents write it.
const COUNTRIES: [(&str, &str, &str); 3] = [
    ("kazakhstan", "KZ", "KAZ"),
    ("latvia", "LV", "LVA"),
    ("portugal", "PT", "PRT"),
];

impl LawBook {
    /// The book of a legal order, such as `kazakhstan-screening`.
    ///
    /// # Errors
    /// If the library has no such order or there is no calendar for its country.
    pub fn new(library: Arc<Library>, order: &str) -> Result<Self, OperationError> {
        library
            .order_named(order)
            .ok_or(OperationError::LawMissing)?;
        let (_, calendar, host) = COUNTRIES
            .into_iter()
            .find(|(name, ..)| order.split('-').next() == Some(*name))
            .ok_or(OperationError::LawMissing)?;
        let norms = library
            .norms()
            .map(|(id, _)| (NormKey::of(&library, id).as_str().to_owned(), id))
            .collect();
        Ok(Self {
            norms,
            library,
            order: order.to_owned(),
            calendar: Calendar::of_country(calendar).map_err(|_| OperationError::LawMissing)?,
            host,
            engines: Mutex::new(Vec::new()),
        })
    }

    /// The packages.
    #[must_use]
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The norm that a record names, if the packages have it.
    #[must_use]
    pub fn norm_named(&self, norm: &NormKey) -> Option<NormId> {
        self.norms.get(norm.as_str()).copied()
    }

    /// The order that new screenings run under.
    #[must_use]
    pub fn order(&self) -> &str {
        &self.order
    }

    /// The calendar on which its limits are counted.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The country whose border it is, by its three letters.
    #[must_use]
    pub fn host(&self) -> &'static str {
        self.host
    }

    /// The engine of the own order on a day.
    ///
    /// # Errors
    /// If the order cannot be made into one, which checking the packages excludes.
    pub fn engine_on(&self, day: Date) -> Result<Arc<Engine>, OperationError> {
        self.engine(&self.order, day)
    }

    /// The engine of the law that a record names.
    ///
    /// # Errors
    /// If the packages do not have that order.
    pub fn engine_of(&self, law: &Law) -> Result<Arc<Engine>, OperationError> {
        self.engine(&law.order, law.on)
    }

    fn engine(&self, order: &str, day: Date) -> Result<Arc<Engine>, OperationError> {
        let order = self
            .library
            .order_named(order)
            .ok_or(OperationError::LawMissing)?;
        // Held while an engine is made, so that ten officers in the morning do not make ten.
        let mut engines = self.engines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = engines
            .iter()
            .position(|engine| engine.order() == order && engine.on() == day)
        {
            let engine = engines.remove(place);
            engines.push(Arc::clone(&engine));
            return Ok(engine);
        }
        let engine = Engine::new(Arc::clone(&self.library), order, day)
            .map_err(|_| OperationError::LawMissing)?;
        let engine = Arc::new(engine);
        if engines.len() >= ENGINES_MAX {
            engines.remove(0);
        }
        engines.push(Arc::clone(&engine));
        Ok(engine)
    }
}
