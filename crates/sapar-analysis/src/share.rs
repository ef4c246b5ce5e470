//! Which share of the situations a region holds: counted exactly, and under a prior.

use num_bigint::BigUint;

/// Which share of the situations a region holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Situations of the region, over the facts it depends on.
    pub situations: BigUint,
    /// Situations over the same facts that can occur.
    pub possible: BigUint,
    /// How likely the region is under the prior, given that a situation can occur; from 0 to 1.
    pub likely: f64,
}

impl Share {
    /// The counted share in parts of a million, rounded down.
    #[must_use]
    pub fn parts_per_million(&self) -> u32 {
        if self.possible == BigUint::default() {
            return 0;
        }
        let parts = &self.situations * 1_000_000u32 / &self.possible;
        u32::try_from(&parts).unwrap_or(1_000_000)
    }

    /// The counted share, from 0 to 1, to a millionth.
    #[must_use]
    pub fn counted(&self) -> f64 {
        f64::from(self.parts_per_million()) / 1_000_000.0
    }
}
