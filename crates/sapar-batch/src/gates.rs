//! Formulas as a net of gates over whole columns of bits.
//!
//! Equal gates are made once, constants fold away, and a negation costs nothing: it is a mark on an edge.
//! What nobody reads is never turned into [`crate::code::Code`].

use std::collections::HashMap;

/// A gate or its negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signal(u32);

/// What a gate does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// No for every row.
    Never,
    /// A plane that is loaded.
    Input(u32),
    /// Both.
    And(Signal, Signal),
    /// One of two, not both.
    Xor(Signal, Signal),
}

impl Signal {
    /// No for every row.
    pub const NEVER: Signal = Signal(0);
    /// Yes for every row.
    pub const ALWAYS: Signal = Signal(1);

    /// The gate it comes from.
    pub fn gate(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it is the negation of its gate.
    pub fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    fn plain(self) -> Signal {
        Signal(self.0 & !1)
    }
}

impl std::ops::Not for Signal {
    type Output = Signal;

    fn not(self) -> Signal {
        Signal(self.0 ^ 1)
    }
}

/// A net of gates; what a gate reads stands before it.
#[derive(Debug, Clone)]
pub struct Gates {
    gates: Vec<Gate>,
    unique: HashMap<Gate, u32>,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            gates: vec![Gate::Never],
            unique: HashMap::new(),
        }
    }
}

impl Gates {
    /// All gates; a signal's gate is a place in this list.
    pub fn all(&self) -> &[Gate] {
        &self.gates
    }

    /// A plane that is loaded.
    pub fn input(&mut self, plane: u32) -> Signal {
        self.make(Gate::Input(plane))
    }

    /// Both.
    pub fn and(&mut self, left: Signal, right: Signal) -> Signal {
        let (left, right) = (left.min(right), left.max(right));
        if left == Signal::NEVER || left == !right {
            return Signal::NEVER;
        }
        if left == Signal::ALWAYS || left == right {
            return right;
        }
        self.make(Gate::And(left, right))
    }

    /// One or both.
    pub fn or(&mut self, left: Signal, right: Signal) -> Signal {
        !self.and(!left, !right)
    }

    /// One of two, not both.
    pub fn xor(&mut self, left: Signal, right: Signal) -> Signal {
        let negated = left.is_negated() != right.is_negated();
        let (left, right) = (left.plain(), right.plain());
        let (left, right) = (left.min(right), left.max(right));
        let plain = if left == right {
            Signal::NEVER
        } else if left == Signal::NEVER {
            right
        } else {
            self.make(Gate::Xor(left, right))
        };
        if negated { !plain } else { plain }
    }

    /// All of them.
    pub fn all_of(&mut self, parts: impl IntoIterator<Item = Signal>) -> Signal {
        parts
            .into_iter()
            .fold(Signal::ALWAYS, |all, part| self.and(all, part))
    }

    /// Any of them.
    pub fn any_of(&mut self, parts: impl IntoIterator<Item = Signal>) -> Signal {
        parts
            .into_iter()
            .fold(Signal::NEVER, |any, part| self.or(any, part))
    }

    /// At least so many of them.
    pub fn at_least(&mut self, least: usize, of: &[Signal]) -> Signal {
        if least == 0 {
            return Signal::ALWAYS;
        }
        if least > of.len() {
            return Signal::NEVER;
        }
        if least > of.len().div_ceil(2) {
            // At least five of six is the same as fewer than two that fail.
            let failing: Vec<Signal> = of.iter().map(|part| !*part).collect();
            return !self.at_least(of.len() - least + 1, &failing);
        }
        // One signal a number costs two gates a part and number; binary digits cost five gates a part.
        if least <= 2 {
            let mut reached = vec![Signal::NEVER; least];
            for part in of {
                for number in (0..least).rev() {
                    let before = match number.checked_sub(1) {
                        Some(below) => reached.get(below).copied().unwrap_or(Signal::NEVER),
                        None => Signal::ALWAYS,
                    };
                    let step = self.and(before, *part);
                    if let Some(slot) = reached.get_mut(number) {
                        *slot = self.or(*slot, step);
                    }
                }
            }
            return reached.last().copied().unwrap_or(Signal::ALWAYS);
        }
        let digits = self.sum(of);
        self.digits_at_least(&digits, least)
    }

    /// The number of those that hold, as binary digits, the lowest first: full adders, three signals in, two out.
    fn sum(&mut self, of: &[Signal]) -> Vec<Signal> {
        let mut columns: Vec<Vec<Signal>> = vec![of.to_vec()];
        let mut digits = Vec::new();
        let mut at = 0;
        while let Some(mut column) = columns.get_mut(at).map(std::mem::take) {
            let mut carries = Vec::new();
            while column.len() > 1 {
                let (a, b) = (
                    column.pop().unwrap_or(Signal::NEVER),
                    column.pop().unwrap_or(Signal::NEVER),
                );
                let c = column.pop().unwrap_or(Signal::NEVER);
                let half = self.xor(a, b);
                let digit = self.xor(half, c);
                let both = self.and(a, b);
                let through = self.and(half, c);
                carries.push(self.or(both, through));
                column.insert(0, digit);
            }
            digits.push(column.first().copied().unwrap_or(Signal::NEVER));
            if !carries.is_empty() {
                columns.push(carries);
            }
            at += 1;
        }
        digits
    }

    fn digits_at_least(&mut self, digits: &[Signal], least: usize) -> Signal {
        // From the lowest digit up: whether the digits so far reach those of `least`.
        let mut reached = Signal::ALWAYS;
        for (place, digit) in digits.iter().enumerate() {
            reached = if least >> place & 1 == 1 {
                self.and(*digit, reached)
            } else {
                self.or(*digit, reached)
            };
        }
        if least >> digits.len() == 0 {
            reached
        } else {
            Signal::NEVER
        }
    }

    fn make(&mut self, gate: Gate) -> Signal {
        let next = u32::try_from(self.gates.len()).unwrap_or(u32::MAX >> 1);
        let place = *self.unique.entry(gate).or_insert(next);
        if place == next {
            self.gates.push(gate);
        }
        Signal(place << 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of a signal when the inputs are the bits of `inputs`.
    fn value(gates: &Gates, signal: Signal, inputs: u64) -> bool {
        let plain = match gates.gates[signal.gate()] {
            Gate::Never => false,
            Gate::Input(plane) => inputs >> plane & 1 == 1,
            Gate::And(a, b) => value(gates, a, inputs) && value(gates, b, inputs),
            Gate::Xor(a, b) => value(gates, a, inputs) != value(gates, b, inputs),
        };
        plain != signal.is_negated()
    }

    #[test]
    fn counts_are_right_for_every_number_and_every_input() {
        for size in 0..=9 {
            for least in 0..=size + 1 {
                let mut gates = Gates::default();
                let inputs: Vec<Signal> = (0..size).map(|plane| gates.input(plane)).collect();
                let counted = gates.at_least(least as usize, &inputs);
                for bits in 0..1u64 << size {
                    assert_eq!(
                        value(&gates, counted, bits),
                        bits.count_ones() >= least,
                        "at least {least} of {size}: {bits:b}"
                    );
                }
            }
        }
    }

    #[test]
    fn constants_and_doubles_fold_away() {
        let mut gates = Gates::default();
        let (a, b) = (gates.input(0), gates.input(1));
        let once = gates.and(a, b);
        assert_eq!(once, gates.and(b, a));
        assert_eq!(gates.and(a, !a), Signal::NEVER);
        assert_eq!(gates.or(a, !a), Signal::ALWAYS);
        assert_eq!(gates.xor(a, a), Signal::NEVER);
        assert_eq!(gates.xor(a, !a), Signal::ALWAYS);
        assert_eq!(gates.xor(!a, b), !gates.xor(a, b));
        assert_eq!(gates.xor(a, Signal::ALWAYS), !a);
    }
}
