//! How a comparison grows with the laws: time and nodes for pairs of 100, 300, 1000 and 3000 norms.
//!
//! A law is made of chapters of 40 norms, as statutes are. A chapter has 20 facts of its own, and all chapters share
//! 15 (10 yes/no, 4 numbers, 1 list), so a law of n norms has 15 + 20 × ⌈n / 40⌉ facts. A chapter speaks of 25 acts.
//! Three norms of ten are overridden by an earlier norm of their chapter.
//! Both laws of a pair have the same facts and acts and are made from different seeds.
//!
//! Prints a table, and writes the plot to the path given as the first argument.

#[allow(dead_code, reason = "shared with the comparison of rule engines")]
#[path = "../../src/law.rs"]
mod law;
mod text;

use std::fmt::Write;
use std::time::Instant;

use jiff::civil::date;
use law::{Condition, Norm, Random};
use sapar_analysis::{Bounds, Comparison, Request};

const SIZES: [usize; 4] = [100, 300, 1000, 3000];
const CHAPTER: usize = 40;
const ACTS: usize = 25;
const SHARED: usize = 10;
const OWN: usize = 20;

struct Measured {
    norms: usize,
    facts: usize,
    gaps: usize,
    seconds: f64,
    nodes: usize,
    conjunctions: usize,
}

fn main() {
    println!("{:>6} {:>6} {:>6} {:>12} {:>10} {:>12}", "norms", "facts", "gaps", "conjunctions", "seconds", "nodes");
    let measured: Vec<Measured> = SIZES.iter().map(|norms| measure(*norms)).collect();
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(&path, plot(&measured)).expect("the plot can be written");
    }
}

fn measure(norms: usize) -> Measured {
    let chapters = norms.div_ceil(CHAPTER);
    let circumstances = SHARED + OWN * chapters;
    let laws = [1, 2].map(|seed| make(&mut Random(seed), norms));
    let library = text::library([&laws[0], &laws[1]], circumstances, ACTS * chapters);
    let on = date(2026, 11, 24);
    let order = |name: &str| (library.order_named(name).expect("the order is there"), on);
    let mut request = Request::new(order("first"), order("second"));
    request.bounds = Bounds { nodes_max: 1 << 24 };
    let begun = Instant::now();
    let comparison = Comparison::new(&library, &request).unwrap_or_else(|error| panic!("{}", error.words(&library)));
    let seconds = begun.elapsed().as_secs_f64();
    let nodes = comparison.gaps().iter().map(|gap| {
        use oxidd_nodes::Nodes;
        gap.region.nodes()
    }).sum();
    let measured = Measured {
        norms,
        facts: circumstances + 5,
        gaps: comparison.gaps().len(),
        conjunctions: comparison.gaps().iter().map(|gap| gap.cover.conjunctions.len()).sum(),
        seconds,
        nodes,
    };
    println!(
        "{:>6} {:>6} {:>6} {:>12} {:>10.2} {:>12}",
        measured.norms, measured.facts, measured.gaps, measured.conjunctions, measured.seconds, measured.nodes
    );
    measured
}

/// The size of a diagram.
mod oxidd_nodes {
    use oxidd::Function;
    pub trait Nodes {
        fn nodes(&self) -> usize;
    }
    impl Nodes for oxidd::bdd::BDDFunction {
        fn nodes(&self) -> usize {
            self.node_count()
        }
    }
}

fn make(random: &mut Random, norms: usize) -> Vec<Norm> {
    (0..norms)
        .map(|place| {
            let chapter = place / CHAPTER;
            let within = place % CHAPTER;
            let act = if within < ACTS { within } else { random.below(ACTS) };
            let exception = (random.below(10) < 4).then(|| simple(random, chapter));
            let overridden_by = if within > 0 && random.below(10) < 3 {
                vec![chapter * CHAPTER + random.below(within)]
            } else {
                Vec::new()
            };
            Norm {
                outcome: chapter * ACTS + act,
                condition: Condition::All((0..=random.below(3)).map(|_| part(random, chapter)).collect()),
                exception,
                overridden_by,
            }
        })
        .collect()
}

fn circumstance(random: &mut Random, chapter: usize) -> usize {
    let fact = random.below(SHARED + OWN);
    if fact < SHARED { fact } else { chapter * OWN + fact }
}

fn simple(random: &mut Random, chapter: usize) -> Condition {
    match random.below(35) {
        0..30 => {
            let fact = circumstance(random, chapter);
            if random.below(3) == 0 { Condition::No(fact) } else { Condition::Yes(fact) }
        }
        30..34 => {
            let number = random.below(law::NUMBERS.len());
            let bound = 1 + random.below(8) as u32 * (law::NUMBERS[number].2 / 8);
            if random.below(2) == 0 { Condition::AtLeast(number, bound) } else { Condition::Under(number, bound) }
        }
        _ => Condition::Document(vec![random.below(law::DOCUMENTS.len())]),
    }
}

fn part(random: &mut Random, chapter: usize) -> Condition {
    match random.below(10) {
        0..6 => simple(random, chapter),
        6..8 => Condition::Any((0..2 + random.below(2)).map(|_| simple(random, chapter)).collect()),
        _ => {
            let mut facts: Vec<usize> = (0..3 + random.below(2)).map(|_| circumstance(random, chapter)).collect();
            facts.sort_unstable();
            facts.dedup();
            Condition::Count(2.min(facts.len()), facts)
        }
    }
}

/// Two panels with logarithmic scales: seconds and nodes by norms.
fn plot(measured: &[Measured]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 400\" role=\"img\" aria-label=\"Time and diagram size of a comparison by the number of norms\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <rect width=\"880\" height=\"400\" fill=\"#fff\"/>\n",
    );
    let panels: [(&str, &str, fn(&Measured) -> f64); 2] = [
        ("Seconds for all gaps", "#0b4f8a", |one| one.seconds),
        ("Nodes of all regions", "#a4161a", |one| one.nodes as f64),
    ];
    for (index, (title, colour, value)) in panels.into_iter().enumerate() {
        let left = 70.0 + 430.0 * index as f64;
        let (top, width, height) = (60.0, 330.0, 270.0);
        let values: Vec<f64> = measured.iter().map(|one| value(one).max(1e-9)).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min).log10().floor();
        let high = values.iter().copied().fold(0.0, f64::max).log10().ceil();
        let x = |norms: usize| left + width * ((norms as f64).log10() - 2.0) / (SIZES[3] as f64 / 100.0).log10();
        let y = |value: f64| top + height * (high - value.log10()) / (high - low).max(1.0);
        let _ = writeln!(svg, "<text x=\"{left}\" y=\"35\" font-weight=\"600\" font-size=\"16\">{title}</text>");
        let mut tick = low;
        while tick <= high {
            let at = y(10f64.powf(tick));
            let label = if tick < 0.0 { format!("{:.*}", -tick as usize, 10f64.powf(tick)) } else { format!("{}", 10f64.powf(tick)) };
            let _ = writeln!(svg, "<path d=\"M{left} {at}h{width}\" stroke=\"#d5dbe3\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#566172\">{label}</text>", left - 8.0, at + 4.0);
            tick += 1.0;
        }
        let mut path = String::new();
        for (one, value) in measured.iter().zip(&values) {
            let (at_x, at_y) = (x(one.norms), y(*value));
            let _ = write!(path, "{}{at_x:.1} {at_y:.1}", if path.is_empty() { "M" } else { "L" });
            let shown = if *value < 100.0 { format!("{value:.2}") } else { format!("{value:.0}") };
            let _ = writeln!(svg, "<circle cx=\"{at_x:.1}\" cy=\"{at_y:.1}\" r=\"4.5\" fill=\"{colour}\"/><text x=\"{at_x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\">{shown}</text><text x=\"{at_x:.1}\" y=\"350\" text-anchor=\"middle\">{}</text>", at_y - 10.0, one.norms);
        }
        let _ = writeln!(svg, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{}\" y=\"375\" text-anchor=\"middle\" fill=\"#566172\">norms in each law</text>", left + width / 2.0);
    }
    svg + "</svg>\n"
}
