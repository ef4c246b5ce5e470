//! How far a long run is: rows, rate and time left, on a terminal's standard error.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Shown at most so often.
const EVERY: Duration = Duration::from_secs(1);

/// The sign of a run; it takes its line away when dropped.
pub struct Rows {
    total: Option<u64>,
    begun: Instant,
    /// When it was last shown; `None` when nobody looks.
    shown: Option<Mutex<(Instant, bool)>>,
}

impl Rows {
    /// Begins; `total` is how many rows there are, if that is known.
    pub fn new(total: Option<u64>) -> Self {
        let begun = Instant::now();
        Self {
            total,
            begun,
            shown: std::io::stderr()
                .is_terminal()
                .then(|| Mutex::new((begun, false))),
        }
    }

    /// So many rows are done.
    pub fn done(&self, rows: u64) {
        let Some(shown) = &self.shown else {
            return;
        };
        // Whoever comes while another thread writes has nothing to add.
        let Ok(mut shown) = shown.try_lock() else {
            return;
        };
        if shown.0.elapsed() < EVERY {
            return;
        }
        *shown = (Instant::now(), true);
        let line = line(rows, self.total, self.begun.elapsed());
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
        let _ = std::io::stderr().flush();
    }
}

fn line(rows: u64, total: Option<u64>, since: Duration) -> String {
    let rate = rows as f64 / since.as_secs_f64().max(0.001);
    let left = total
        .filter(|_| rate > 0.0)
        .map(|total| total.saturating_sub(rows) as f64 / rate)
        .map_or_else(String::new, |left| format!(", {left:.0} s left"));
    format!("{rows} rows, {rate:.0} rows/s{left}")
}

impl Drop for Rows {
    fn drop(&mut self) {
        if let Some(shown) = &self.shown
            && shown.lock().is_ok_and(|shown| shown.1)
        {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_time_left_are_told() {
        assert_eq!(
            line(3000, Some(9000), Duration::from_secs(3)),
            "3000 rows, 1000 rows/s, 6 s left"
        );
        assert_eq!(
            line(3000, None, Duration::from_secs(3)),
            "3000 rows, 1000 rows/s"
        );
    }
}
