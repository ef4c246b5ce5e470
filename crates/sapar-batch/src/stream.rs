//! Inputs larger than memory, on all cores: read, answer, and count or write.
//!
//! The rows of an output stand in the order of the input, and an error is the same one every time:
//! that of the earliest part with one.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use arrow_array::RecordBatch;

use crate::columns::Columns;
use crate::counts::Counts;
use crate::error::BatchError;
use crate::files::{Batches, Input, Output, Part};
use crate::impact::{Impact, Side};
use crate::load::BadValue;
use crate::outcomes::Outcomes;
use crate::program::Program;
use crate::worker::Worker;

/// How far a reader may be ahead of the writer, in batches a thread.
const AHEAD: u64 = 4;

/// How a run is done.
pub struct Settings<'s> {
    /// Threads that read and answer; at least one.
    pub threads: usize,
    /// What becomes of values that are none.
    pub bad_value: BadValue,
    /// Called after each batch with the rows done so far.
    pub progress: &'s (dyn Fn(u64) + Sync),
}

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Rows read.
    pub rows: u64,
    /// Rows whose facts contradict each other; they are answered nowhere.
    pub contradictory: u64,
    /// Values that were none and counted as unknown.
    pub bad_values: u64,
}

/// A law and its columns in the input.
#[derive(Debug, Clone, Copy)]
pub struct Run<'r> {
    /// The law.
    pub program: &'r Program,
    /// Its columns.
    pub columns: &'r Columns,
}

/// Counts the rows of an input by position and by the texts of some columns.
///
/// # Errors
/// When the input cannot be read, a value is none, or there are too many groups.
pub fn count(
    run: Run<'_>,
    input: Input,
    by: &[String],
    settings: &Settings<'_>,
) -> Result<(Counts, Tally), BatchError> {
    let total = Mutex::new((Counts::new(run.program, by), Tally::default()));
    let make = || {
        let mut worker = Worker::new(run.program);
        let mut counts = Counts::new(run.program, by);
        let mut rows = 0;
        let total = &total;
        move |message: Message<'_>| -> Result<(), BatchError> {
            match message {
                Message::Batch(_, first_row, batch) => {
                    let groups = counts.groups_of(batch)?;
                    worker.run(run.columns, batch, first_row, settings.bad_value, |block| {
                        counts.add(block, &groups);
                    })?;
                    rows += batch.num_rows() as u64;
                }
                Message::End => {
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    total.0.merge(&counts)?;
                    total.1.rows += rows;
                    total.1.contradictory += worker.contradictory;
                    total.1.bad_values += worker.bad_values;
                }
            }
            Ok(())
        }
    };
    each_batch(input, settings, false, make)?;
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Compares two laws over the rows of an input; see [`Impact`].
///
/// # Errors
/// As [`count`].
pub fn impact(
    before: Run<'_>,
    after: Run<'_>,
    input: Input,
    by: &[String],
    id: Option<&str>,
    examples_max: usize,
    settings: &Settings<'_>,
) -> Result<(Impact, Tally), BatchError> {
    let total = Mutex::new((
        Impact::new(before.program, after.program, by, examples_max),
        Tally::default(),
    ));
    let make = || {
        let mut sides = [Side::new(before), Side::new(after)];
        let mut impact = Impact::new(before.program, after.program, by, examples_max);
        let mut rows = 0;
        let total = &total;
        move |message: Message<'_>| -> Result<(), BatchError> {
            match message {
                Message::Batch(_, first_row, batch) => {
                    impact.add(&mut sides, batch, first_row, id, settings.bad_value)?;
                    rows += batch.num_rows() as u64;
                }
                Message::End => {
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    total.0.merge(&impact)?;
                    total.1.rows += rows;
                    total.1.contradictory += impact.contradictory();
                    total.1.bad_values += sides.iter().map(Side::bad_values).max().unwrap_or(0);
                }
            }
            Ok(())
        }
    };
    each_batch(input, settings, false, make)?;
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Writes the answers for every row of an input, in its order.
///
/// # Errors
/// When the input cannot be read, the output not be written, or a value is none.
pub fn outcomes<W: Write + Send>(
    run: Run<'_>,
    input: Input,
    columns: &Outcomes,
    output: &mut Output<W>,
    settings: &Settings<'_>,
) -> Result<Tally, BatchError> {
    let total = Mutex::new(Tally::default());
    let desk = Desk::default();
    let ahead = AHEAD * settings.threads.max(1) as u64;
    let make = || {
        let mut worker = Worker::new(run.program);
        let mut rows = 0;
        let (desk, total) = (&desk, &total);
        move |message: Message<'_>| -> Result<(), BatchError> {
            match message {
                Message::Batch(number, first_row, batch) => {
                    let mut filling = columns.begin(batch.num_rows());
                    worker.run(run.columns, batch, first_row, settings.bad_value, |block| {
                        columns.add(&mut filling, block);
                    })?;
                    rows += batch.num_rows() as u64;
                    desk.put(number, columns.finish(filling, batch)?, ahead);
                }
                Message::End => {
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    total.rows += rows;
                    total.contradictory += worker.contradictory;
                    total.bad_values += worker.bad_values;
                }
            }
            Ok(())
        }
    };
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let result = each_batch(input, settings, true, make);
            desk.close();
            result
        });
        let mut written = Ok(());
        while let Some(batch) = desk.take() {
            written = output.write(&batch);
            if written.is_err() {
                desk.close();
                break;
            }
        }
        let read = reading
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // Rows after a mistake are not there, so the reader's mistake is the one to tell.
        read.and(written)
    })?;
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Finished batches on their way to the writer, who takes them in order.
#[derive(Default)]
struct Desk {
    state: Mutex<DeskState>,
    changed: Condvar,
}

#[derive(Default)]
struct DeskState {
    next: u64,
    waiting: BTreeMap<u64, RecordBatch>,
    closed: bool,
}

impl Desk {
    /// Waits while the writer is too far behind; whoever holds the next number never waits.
    fn put(&self, number: u64, batch: RecordBatch, ahead: u64) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self
            .changed
            .wait_while(state, |state| !state.closed && number >= state.next + ahead)
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(number, batch);
        drop(state);
        self.changed.notify_all();
    }

    fn take(&self) -> Option<RecordBatch> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self
            .changed
            .wait_while(state, |state| {
                !state.closed && !state.waiting.contains_key(&state.next)
            })
            .unwrap_or_else(PoisonError::into_inner);
        let number = state.next;
        let batch = state.waiting.remove(&number)?;
        state.next += 1;
        drop(state);
        self.changed.notify_all();
        Some(batch)
    }

    /// Nothing more will be put, or taken.
    fn close(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closed = true;
        self.changed.notify_all();
    }
}

enum Message<'b> {
    /// Number of the batch, number of its first row, and the batch.
    Batch(u64, u64, &'b RecordBatch),
    End,
}

/// What is left to be read.
struct Feed {
    parts: VecDeque<Part>,
    open: Option<Batches>,
    next_number: u64,
    next_row: u64,
}

/// Hands every batch to one of the threads' tasks.
///
/// Where the input has parts for every thread and their order does not matter, each thread reads its own;
/// else one reads while the others work.
fn each_batch<F: FnMut(Message<'_>) -> Result<(), BatchError>>(
    input: Input,
    settings: &Settings<'_>,
    in_order: bool,
    make: impl Fn() -> F + Sync,
) -> Result<(), BatchError> {
    let threads = settings.threads.max(1);
    let apart = !in_order && input.parts.len() >= threads;
    let feed = Mutex::new(Feed {
        parts: input.parts,
        open: None,
        next_number: 0,
        next_row: 0,
    });
    let done = AtomicU64::new(0);
    // Work past this number is given up: something before it failed.
    let failed_at = AtomicU64::new(u64::MAX);
    let failure: Mutex<Option<(u64, BatchError)>> = Mutex::new(None);
    let fail = |number: u64, error: BatchError| {
        failed_at.fetch_min(number, Ordering::SeqCst);
        let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
        if failure.as_ref().is_none_or(|(known, _)| number < *known) {
            *failure = Some((number, error));
        }
    };
    let work = || {
        let mut task = make();
        let mut own: Option<(u64, u64, Batches)> = None;
        loop {
            let next = if apart {
                next_apart(&feed, &mut own)
            } else {
                next_shared(&feed)
            };
            let (number, first_row, batch) = match next {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err((number, error)) => {
                    fail(number, error);
                    break;
                }
            };
            if number > failed_at.load(Ordering::SeqCst) {
                break;
            }
            if let Err(error) = task(Message::Batch(number, first_row, &batch)) {
                fail(number, error);
                break;
            }
            let rows = batch.num_rows() as u64;
            (settings.progress)(done.fetch_add(rows, Ordering::Relaxed) + rows);
        }
        if let Err(error) = task(Message::End) {
            fail(u64::MAX, error);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

type Next = Result<Option<(u64, u64, RecordBatch)>, (u64, BatchError)>;

fn next_shared(feed: &Mutex<Feed>) -> Next {
    let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let number = feed.next_number;
        if let Some(open) = &mut feed.open {
            match open.next() {
                Some(Ok(batch)) => {
                    let first_row = feed.next_row;
                    feed.next_number += 1;
                    feed.next_row += batch.num_rows() as u64;
                    return Ok(Some((number, first_row, batch)));
                }
                Some(Err(error)) => {
                    feed.open = None;
                    feed.parts.clear();
                    return Err((number, error));
                }
                None => feed.open = None,
            }
        }
        let Some(part) = feed.parts.pop_front() else {
            return Ok(None);
        };
        match part.open() {
            Ok(batches) => feed.open = Some(batches),
            Err(error) => {
                feed.parts.clear();
                return Err((number, error));
            }
        }
    }
}

/// As above, with the parts' numbers as those of their batches.
fn next_apart(feed: &Mutex<Feed>, own: &mut Option<(u64, u64, Batches)>) -> Next {
    loop {
        if let Some((number, next_row, batches)) = own {
            match batches.next() {
                Some(Ok(batch)) => {
                    let first_row = *next_row;
                    *next_row += batch.num_rows() as u64;
                    return Ok(Some((*number, first_row, batch)));
                }
                Some(Err(error)) => return Err((*number, error)),
                None => *own = None,
            }
        }
        let (number, part) = {
            let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(part) = feed.parts.pop_front() else {
                return Ok(None);
            };
            feed.next_number += 1;
            (feed.next_number - 1, part)
        };
        let first_row = part.first_row;
        match part.open() {
            Ok(batches) => *own = Some((number, first_row, batches)),
            Err(error) => return Err((number, error)),
        }
    }
}
