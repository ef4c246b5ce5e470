//! Nothing here: the targets are in `tests/`.

// An engine that watches which code runs instruments this crate too, and its test links only with the engine.
#[cfg(all(test, fuzzing))]
use bolero as _;
