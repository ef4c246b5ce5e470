//! A legal order and a day: `kazakhstan@2016-06-06`, or `kazakhstan` for today.

use jiff::civil::Date;
use sapar_analysis::AnalysisError;
use sapar_law::{ActId, Library, OrderId};

use crate::clock;
use crate::ending::{Ending, Failure};

/// An order as an argument names it.
#[derive(Debug, Clone)]
pub struct OrderAt {
    order: String,
    on: Option<Date>,
}

/// Reads `ORDER` or `ORDER@DATE`.
pub fn order_at(text: &str) -> Result<OrderAt, String> {
    let (order, on) = match text.split_once('@') {
        Some((order, on)) => (order, Some(clock::date(on)?)),
        None => (text, None),
    };
    if order.is_empty() {
        return Err("write an order and a day, for example kazakhstan@2016-06-06".to_owned());
    }
    Ok(OrderAt {
        order: order.to_owned(),
        on,
    })
}

impl OrderAt {
    /// The order in a library.
    pub fn order(&self, library: &Library) -> Result<OrderId, Failure> {
        library.order_named(&self.order).ok_or_else(|| {
            let known: Vec<&str> = library
                .orders()
                .map(|(_, order)| order.id.as_str())
                .collect();
            Failure::new(
                Ending::Usage,
                format!(
                    "no legal order is called `{}`; the orders are: {}",
                    self.order,
                    known.join(", ")
                ),
            )
        })
    }

    /// The order as it was named.
    pub fn name(&self) -> &str {
        &self.order
    }

    /// Its day; `otherwise` where none was named.
    pub fn on(&self, otherwise: Date) -> Date {
        self.on.unwrap_or(otherwise)
    }

    /// Its day; today where none was named.
    pub fn on_or_today(&self) -> Date {
        self.on.unwrap_or_else(clock::today)
    }
}

/// Acts by name.
pub fn acts(library: &Library, names: &[String]) -> Result<Vec<ActId>, Failure> {
    names
        .iter()
        .map(|name| {
            library.act_named(name).ok_or_else(|| {
                Failure::new(
                    Ending::Usage,
                    format!("no act is called `{name}`; `sapar law show acts` lists them"),
                )
            })
        })
        .collect()
}

/// What could not be analysed, and what to do.
pub fn analysis_failure(library: &Library, error: &AnalysisError) -> Failure {
    Failure::new(Ending::BadInput, error.words(library))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_with_or_without_its_day() {
        let read = order_at("kazakhstan@2016-06-06").map(|read| (read.order, read.on));
        assert_eq!(
            read,
            Ok(("kazakhstan".to_owned(), Some(jiff::civil::date(2016, 6, 6))))
        );
        assert!(order_at("kazakhstan").is_ok_and(|read| read.on.is_none()));
        assert!(order_at("kazakhstan@2016-02-30").is_err());
        assert!(order_at("@2016-02-03").is_err());
    }
}
