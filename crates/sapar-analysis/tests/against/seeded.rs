//! Random laws from a seed that is printed: the same in every run unless `SAPAR_SEED` says otherwise,
//! so that a test which counts what it met does not fail by chance.

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const SEED: u64 = 20_261_125;

/// A runner of so many cases.
pub fn runner(cases: u32) -> TestRunner {
    let seed = std::env::var("SAPAR_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    println!("seed {seed} (SAPAR_SEED)");
    let mut bytes = [0; 32];
    for (slot, byte) in bytes.iter_mut().zip(u64::to_le_bytes(seed)) {
        *slot = byte;
    }
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
