//! A sign of life for work that lasts longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const QUIET: Duration = Duration::from_secs(1);

/// Runs the work; after a second says on a terminal's standard error what is going on and how long.
pub fn during<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let _sign = Sign::new(what);
    work()
}

/// Takes its line away when dropped, also when the work fails.
struct Sign {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sign {
    fn new(what: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self {
                stop: None,
                thread: None,
            };
        }
        let (stop, stopped) = channel();
        let thread = std::thread::spawn(move || {
            let begun = Instant::now();
            let mut shown = false;
            while stopped.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(
                    std::io::stderr(),
                    "\r{what} … {} s",
                    begun.elapsed().as_secs()
                );
                let _ = std::io::stderr().flush();
                shown = true;
            }
            if shown {
                let _ = write!(std::io::stderr(), "\r\u{1b}[K");
            }
        });
        Self {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Sign {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
