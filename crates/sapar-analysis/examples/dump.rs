//! Prints the register of gaps of the real laws, for a look while working.
use sapar_analysis::*;
use sapar_law::{LawFile, Library};
fn files(dir: &std::path::Path, root: &std::path::Path, out: &mut Vec<LawFile>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            files(&p, root, out)
        } else if p.extension().is_some_and(|e| e == "md") {
            out.push(LawFile {
                path: p.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
                bytes: std::fs::read(&p).unwrap(),
            });
        }
    }
}
fn main() {
    let root = std::path::Path::new("laws");
    let mut out = vec![];
    files(root, root, &mut out);
    let read = Library::read_unchecked(out);
    let lib = &read.library;
    let args: Vec<String> = std::env::args().collect();
    let day = args[1].parse().unwrap();
    let mut request = Request::new(
        (lib.order_named("international").unwrap(), day),
        (lib.order_named("kazakhstan").unwrap(), day),
    );
    for c in &args[2..] {
        if c == "own" {
            request.scope.own_law_only = true
        } else {
            request.comparators.push((lib.order_named(c).unwrap(), day));
        }
    }
    let t = std::time::Instant::now();
    let c = Comparison::new(lib, &request).unwrap_or_else(|e| panic!("{}", e.words(lib)));
    let e = t.elapsed();
    for g in c.gaps() {
        println!(
            "{:?} {:?} {} share {:.4} likely {:.6} cover {}/{}",
            g.stake,
            g.kind,
            g.id,
            g.share.counted(),
            g.share.likely,
            g.cover.conjunctions.len(),
            g.cover.literal_count()
        );
        for i in &g.involved {
            println!(
                "    {:?} {}/{}",
                i.part,
                lib.instrument(lib.norm(i.norm).instrument).id,
                lib.norm(i.norm).id
            );
        }
        for k in &g.cover.conjunctions {
            println!("      - {}", k.text(lib));
        }
        println!(
            "      e.g. {:?} {:?}",
            g.example.age,
            g.example
                .unusual
                .iter()
                .map(|(f, k)| format!("{}={:?}", lib.fact(*f).name, k))
                .collect::<Vec<_>>()
        );
        for a in &g.comparators {
            println!(
                "      {} {}",
                lib.order(a.comparator.order).id,
                match &a.gives {
                    Gives::Everywhere => "everywhere".into(),
                    Gives::Nowhere => "nowhere".into(),
                    Gives::InPart(c) => format!(
                        "in part, not: {}",
                        c.conjunctions
                            .iter()
                            .map(|k| k.text(lib))
                            .collect::<Vec<_>>()
                            .join(" | ")
                    ),
                }
            );
        }
    }
    eprintln!(
        "{} gaps, {} facts, {e:?}",
        c.gaps().len(),
        c.ground().layouts().len()
    );
}
