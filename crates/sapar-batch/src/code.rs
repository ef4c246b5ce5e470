//! A net of gates as a list of steps over wide registers, and the loop that runs it.
//!
//! A register holds one bit a row of a block of [`BLOCK_ROWS`] rows.
//! The first registers are the planes that were loaded; the others are used again as soon as nobody reads them,
//! so that a law's work stays in the nearest cache.

use crate::bits::{self, Collect, Wide};
use crate::gates::{Gate, Gates, Signal};

/// Rows of a block: what one step of a program works on.
pub const BLOCK_ROWS: usize = BLOCK_WORDS * 64;
/// Words of a register.
pub const BLOCK_WORDS: usize = LANES * CHUNKS;

/// Words in the widest vector of a processor.
const LANES: usize = 8;
/// Vectors of a register; few enough that the registers of a law fit the nearest cache, and enough that the choice of the step is cheap beside it.
const CHUNKS: usize = 4;

/// One bit a row of a block.
pub type Register = [[u64; LANES]; CHUNKS];

/// A register of noes.
pub const EMPTY: Register = [[0; LANES]; CHUNKS];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    And,
    AndNot,
    Or,
    Xor,
    /// `a | (b & c)`
    OrAnd,
    /// `a & (b | c)`
    AndOr,
    /// `a & !(b & c)`
    AndNotBoth,
    /// `a & b & c`
    AndAnd,
    /// `a | b | c`
    OrOr,
    Not,
    Never,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    operation: Operation,
    into: u32,
    a: u32,
    b: u32,
    c: u32,
}

/// Steps that fill output registers from input registers.
#[derive(Debug, Clone, Default)]
pub struct Code {
    steps: Vec<Step>,
    outputs: Vec<u32>,
    registers: usize,
}

impl Code {
    /// Steps for these outputs; the planes numbered under `inputs` keep the registers of their numbers.
    pub fn new(gates: &Gates, outputs: &[Signal], inputs: usize) -> Self {
        Lowering::new(gates, outputs, inputs).lower(outputs)
    }

    /// Number of steps.
    pub fn step_count(&self) -> usize {
        self.steps.len()
    }

    /// Registers needed, the inputs counted in.
    pub fn register_count(&self) -> usize {
        self.registers
    }

    /// The register of each output, in the order they were asked for.
    pub fn outputs(&self) -> &[u32] {
        &self.outputs
    }

    /// Runs all steps with the widest vectors this processor has.
    pub fn run(&self, registers: &mut [Register]) {
        let steps = &self.steps[..];
        // The vector code is chosen when the program runs, so that one binary serves every processor.
        bits::widest(Running { steps, registers });
    }
}

/// Steps to be run. A closure would be called through a function without vectors of its own.
struct Running<'a> {
    steps: &'a [Step],
    registers: &'a mut [Register],
}

impl Wide for Running<'_> {
    type Output = ();

    #[inline(always)]
    fn run<C: Collect>(self, _: C) {
        execute(self.steps, self.registers);
    }
}

#[inline(always)]
#[expect(
    clippy::indexing_slicing,
    reason = "every register of a step was given out by `Lowering`, and the caller sizes the file by `register_count`; a check for each word would cost more than the work"
)]
fn execute(steps: &[Step], registers: &mut [Register]) {
    for step in steps {
        let (into, a, b, c) = (
            step.into as usize,
            step.a as usize,
            step.b as usize,
            step.c as usize,
        );
        match step.operation {
            Operation::And => two(registers, into, a, b, |a, b| a & b),
            Operation::AndNot => two(registers, into, a, b, |a, b| a & !b),
            Operation::Or => two(registers, into, a, b, |a, b| a | b),
            Operation::Xor => two(registers, into, a, b, |a, b| a ^ b),
            Operation::OrAnd => three(registers, into, a, b, c, |a, b, c| a | (b & c)),
            Operation::AndOr => three(registers, into, a, b, c, |a, b, c| a & (b | c)),
            Operation::AndNotBoth => three(registers, into, a, b, c, |a, b, c| a & !(b & c)),
            Operation::AndAnd => three(registers, into, a, b, c, |a, b, c| a & b & c),
            Operation::OrOr => three(registers, into, a, b, c, |a, b, c| a | b | c),
            Operation::Not => two(registers, into, a, a, |a, _| !a),
            Operation::Never => registers[into] = EMPTY,
        }
    }
}

#[inline(always)]
#[expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "as for `execute`; the registers may be the same, so no iterator can hold two of them"
)]
fn two(
    registers: &mut [Register],
    into: usize,
    a: usize,
    b: usize,
    f: impl Fn(u64, u64) -> u64 + Copy,
) {
    for chunk in 0..CHUNKS {
        let (a, b) = (registers[a][chunk], registers[b][chunk]);
        let mut result = [0; LANES];
        for lane in 0..LANES {
            result[lane] = f(a[lane], b[lane]);
        }
        registers[into][chunk] = result;
    }
}

#[inline(always)]
#[expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "as for `execute`; the registers may be the same, so no iterator can hold two of them"
)]
fn three(
    registers: &mut [Register],
    into: usize,
    a: usize,
    b: usize,
    c: usize,
    f: impl Fn(u64, u64, u64) -> u64 + Copy,
) {
    for chunk in 0..CHUNKS {
        let (a, b, c) = (
            registers[a][chunk],
            registers[b][chunk],
            registers[c][chunk],
        );
        let mut result = [0; LANES];
        for lane in 0..LANES {
            result[lane] = f(a[lane], b[lane], c[lane]);
        }
        registers[into][chunk] = result;
    }
}

/// How a gate is worked out: the step's operation over signals without negation, and whether the result is negated.
#[derive(Debug, Clone, Copy)]
struct Plan {
    operation: Operation,
    /// Gates read; unused ones are `None`.
    reads: [Option<usize>; 3],
    negated: bool,
}

struct Lowering<'g> {
    gates: &'g Gates,
    inputs: usize,
    /// How often each gate is read by gates that are needed.
    uses: Vec<u32>,
    /// Whether the register of a gate holds its negation; known once the gate is planned.
    negated: Vec<bool>,
    steps: Vec<(usize, Plan)>,
}

#[expect(
    clippy::indexing_slicing,
    reason = "all lists have one entry a gate of the same net"
)]
impl<'g> Lowering<'g> {
    fn new(gates: &'g Gates, outputs: &[Signal], inputs: usize) -> Self {
        let mut uses = vec![0u32; gates.all().len()];
        for output in outputs {
            uses[output.gate()] += 1;
        }
        // What a gate reads stands before it, so one pass from the end finds all that is needed.
        for place in (0..uses.len()).rev() {
            if uses[place] > 0
                && let Gate::And(a, b) | Gate::Xor(a, b) = gates.all()[place]
            {
                uses[a.gate()] += 1;
                uses[b.gate()] += 1;
            }
        }
        Self {
            gates,
            inputs,
            negated: vec![false; uses.len()],
            uses,
            steps: Vec::new(),
        }
    }

    fn lower(mut self, outputs: &[Signal]) -> Code {
        let mut done = vec![false; self.uses.len()];
        for output in outputs {
            self.order(output.gate(), &mut done);
        }
        self.allocate(outputs)
    }

    /// Puts the gate's step behind the steps of all it reads, each close to where it is read.
    fn order(&mut self, root: usize, done: &mut [bool]) {
        let mut todo = vec![(root, false)];
        while let Some((gate, expanded)) = todo.pop() {
            if done[gate] {
                continue;
            }
            if matches!(self.gates.all()[gate], Gate::Input(_)) {
                done[gate] = true;
                continue;
            }
            todo.push((gate, true));
            let before = todo.len();
            let reads = if expanded {
                match self.plan(gate, done) {
                    Some(plan) => {
                        todo.pop();
                        done[gate] = true;
                        self.negated[gate] = plan.negated;
                        self.steps.push((gate, plan));
                        continue;
                    }
                    // What was to be folded in has signs that no operation fits, so it gets a step of its own.
                    None => match self.gates.all()[gate] {
                        Gate::And(a, b) => [Some(a.gate()), Some(b.gate()), None],
                        _ => [None; 3],
                    },
                }
            } else {
                self.reads(gate, done)
            };
            todo.extend(
                reads
                    .into_iter()
                    .flatten()
                    .filter(|read| !done[*read])
                    .map(|read| (read, false)),
            );
            debug_assert!(!expanded || todo.len() > before, "a step waits for nothing");
        }
    }

    /// An `and` that only this gate reads can be folded into its step.
    fn folded(&self, signal: Signal, done: &[bool]) -> Option<(Signal, Signal)> {
        match self.gates.all()[signal.gate()] {
            Gate::And(a, b) if self.uses[signal.gate()] == 1 && !done[signal.gate()] => {
                Some((a, b))
            }
            _ => None,
        }
    }

    /// The gates a step reads: those of the gate, or of the `and` folded into it.
    fn reads(&self, gate: usize, done: &[bool]) -> [Option<usize>; 3] {
        match self.gates.all()[gate] {
            Gate::And(a, b) => match self.choose_fold(a, b, done) {
                Some((other, (x, y), _)) => [Some(other.gate()), Some(x.gate()), Some(y.gate())],
                None => [Some(a.gate()), Some(b.gate()), None],
            },
            Gate::Xor(a, b) => [Some(a.gate()), Some(b.gate()), None],
            Gate::Never | Gate::Input(_) => [None; 3],
        }
    }

    /// The other signal, the folded pair, and the folded signal.
    fn choose_fold(
        &self,
        a: Signal,
        b: Signal,
        done: &[bool],
    ) -> Option<(Signal, (Signal, Signal), Signal)> {
        if let Some(pair) = self.folded(b, done) {
            return Some((a, pair, b));
        }
        self.folded(a, done).map(|pair| (b, pair, a))
    }

    /// The step of a gate, if all it reads is done.
    fn plan(&self, gate: usize, done: &[bool]) -> Option<Plan> {
        // A signal over its register: negated or not.
        let over = |signal: Signal| signal.is_negated() != self.negated[signal.gate()];
        let step = |operation, reads: &[Signal], negated| {
            let mut places = [None; 3];
            for (slot, read) in places.iter_mut().zip(reads) {
                if !done[read.gate()] {
                    return None;
                }
                *slot = Some(read.gate());
            }
            Some(Plan {
                operation,
                reads: places,
                negated,
            })
        };
        match self.gates.all()[gate] {
            Gate::Never | Gate::Input(_) => step(Operation::Never, &[], false),
            Gate::Xor(a, b) => step(Operation::Xor, &[a, b], over(a) != over(b)),
            Gate::And(a, b) => {
                if let Some((other, (x, y), folded)) = self.choose_fold(a, b, done) {
                    let fitting = match (over(other), over(x), over(y), folded.is_negated()) {
                        (false, false, false, true) => Some((Operation::AndNotBoth, false)),
                        (true, false, false, true) => Some((Operation::OrAnd, true)),
                        (false, true, true, true) => Some((Operation::AndOr, false)),
                        (false, false, false, false) => Some((Operation::AndAnd, false)),
                        (true, true, true, false) => Some((Operation::OrOr, true)),
                        _ => None,
                    };
                    return fitting
                        .and_then(|(operation, negated)| step(operation, &[other, x, y], negated));
                }
                match (over(a), over(b)) {
                    (false, false) => step(Operation::And, &[a, b], false),
                    (false, true) => step(Operation::AndNot, &[a, b], false),
                    (true, false) => step(Operation::AndNot, &[b, a], false),
                    (true, true) => step(Operation::Or, &[a, b], true),
                }
            }
        }
    }

    fn allocate(self, outputs: &[Signal]) -> Code {
        let mut code = Code {
            registers: self.inputs,
            ..Code::default()
        };
        let mut left = vec![0u32; self.uses.len()];
        for read in self.steps.iter().flat_map(|(_, plan)| plan.reads).flatten() {
            left[read] += 1;
        }
        for output in outputs {
            left[output.gate()] += 1;
        }
        let mut register_of: Vec<Option<u32>> = vec![None; self.uses.len()];
        for (place, gate) in self.gates.all().iter().enumerate() {
            if let Gate::Input(plane) = gate {
                register_of[place] = Some(*plane);
            }
        }
        let mut free: Vec<u32> = Vec::new();
        let inputs = u32::try_from(self.inputs).unwrap_or(u32::MAX);
        for (gate, plan) in &self.steps {
            let [a, b, c] = plan
                .reads
                .map(|read| read.and_then(|read| register_of[read]).unwrap_or(0));
            for read in plan.reads.into_iter().flatten() {
                left[read] -= 1;
                if left[read] == 0
                    && let Some(register) = register_of[read]
                    && register >= inputs
                {
                    free.push(register);
                }
            }
            let into = free.pop().unwrap_or_else(|| code.take_register());
            register_of[*gate] = Some(into);
            code.steps.push(Step {
                operation: plan.operation,
                into,
                a,
                b,
                c,
            });
        }
        // An output that is a negation, or a plane itself, gets a register of its own.
        for output in outputs {
            let register = register_of[output.gate()].unwrap_or(0);
            let negated = output.is_negated() != self.negated[output.gate()];
            let output = if negated {
                let into = code.take_register();
                code.steps.push(Step {
                    operation: Operation::Not,
                    into,
                    a: register,
                    b: register,
                    c: register,
                });
                into
            } else {
                register
            };
            code.outputs.push(output);
        }
        code
    }
}

impl Code {
    fn take_register(&mut self) -> u32 {
        let register = u32::try_from(self.registers).unwrap_or(u32::MAX);
        self.registers += 1;
        register
    }
}
