//! The page of each code: its wrong example gives this code and nothing else, its right example gives nothing.
//!
//! Examples use Sapar's own vocabulary. A block marked `law` stands under an article of an instrument of its
//! own; where the place itself is the matter, the page shows the whole file in a block marked `markdown`.

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;

use sapar_diagnostics::{Code, all_codes};
use sapar_law::{LawFile, Library, run_tests};

const INSTRUMENT: &str = "
instrument page-law
  title en \"Law of the page\" ru \"Закон страницы\" kk \"Беттің заңы\"
  jurisdiction example
  rank law
  in force from 2000-01-01
";

/// What the examples may refer to.
const CONVENTION: &str = "# Convention

```law
instrument refugee-convention-1951
  title en \"Convention\" ru \"Конвенция\" kk \"Конвенция\"
  jurisdiction international
  rank treaty
  in force from 1954-04-22
```

## Article 32. Expulsion

```law
norm expulsion at (1)
  the state must not expel
  when refugee status granted
  memory
```

## Article 33. Return

```law
norm non-refoulement at (1)
  the state must not return to danger
  when presumed refugee
  memory
```
";

const ORDER: &str = "# Orders

```law
order kazakhstan
  label en \"Kazakhstan\" ru \"Казахстан\" kk \"Қазақстан\"
  includes kazakhstan
  includes international/refugee-convention-1951 from 1999-04-15
  priority treaty, law
```
";

fn vocabulary() -> Vec<LawFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws/vocabulary");
    std::fs::read_dir(folder)
        .expect("the vocabulary")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| LawFile {
            path: format!(
                "vocabulary/{}",
                path.file_name()
                    .and_then(|name| name.to_str())
                    .expect("a name")
            ),
            bytes: std::fs::read(path).expect("text"),
        })
        .collect()
}

/// What stands between a heading and the next.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(heading).expect(heading) + heading.len();
    let rest = &page[start..];
    // The next heading of the page, not one inside the file that it shows.
    let end = ["\n## Right", "\n## What to do"]
        .iter()
        .filter_map(|next| rest.find(next))
        .min()
        .unwrap_or(rest.len());
    &rest[..end]
}

/// The lines of every block marked so.
fn blocks(section: &str, fence: &str, mark: &str) -> Vec<String> {
    let open = format!("\n{fence}{mark}\n");
    section
        .split(&open)
        .skip(1)
        .map(|rest| {
            let close = format!("\n{fence}");
            rest[..rest.find(&close).expect("a closed block")].to_owned() + "\n"
        })
        .collect()
}

/// The file that an example stands for.
fn file(code: &Code, section: &str) -> String {
    if let Some(whole) = blocks(section, "````", "markdown").first() {
        return whole.clone();
    }
    let law = blocks(section, "```", "law").join("\n");
    assert!(!law.is_empty(), "{}: no example", code.name);
    let instrument = if law.contains("instrument ") {
        ""
    } else {
        INSTRUMENT
    };
    format!("# Page\n\n```law{instrument}\n```\n\n## Article 1. Example\n\n```law\n{law}```\n")
}

fn codes_of(context: &[LawFile], file: Vec<u8>) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(&file).into_owned();
    let mut files = context.to_vec();
    let mut add = |path: &str, bytes: Vec<u8>| {
        files.push(LawFile {
            path: path.to_owned(),
            bytes,
        });
    };
    if !text.contains("instrument refugee-convention-1951") {
        add(
            "international/convention.md",
            CONVENTION.as_bytes().to_vec(),
        );
    }
    if !text.contains("order kazakhstan") {
        add("kazakhstan/orders.md", ORDER.as_bytes().to_vec());
    }
    // An order of the page may name the convention, whichever file holds it.
    add("kazakhstan/page.md", file);
    let mut read = Library::read(files);
    if !read.has_errors() {
        let library = Arc::new(std::mem::take(&mut read.library));
        read.problems.extend(
            run_tests(&library)
                .into_iter()
                .flat_map(|outcome| outcome.problems),
        );
    }
    let codes = read.problems.iter().map(|problem| problem.code().name);
    // The first few are enough to see what is wrong with a page.
    codes.take(9).collect()
}

#[test]
fn every_page_shows_its_own_mistake_and_its_remedy() {
    let context = vocabulary();
    let mut wrong = String::new();
    for code in all_codes() {
        let example = file(code, section(code.page, "\n## Wrong\n"));
        let bytes = match code.name {
            // The page shows what the bytes of the other encoding turn into; here they are bytes again.
            "L0001" => example
                .chars()
                .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
                .collect(),
            // The page shows the first of too many.
            "L0002" => format!("{example}{}", "All of its text.\n".repeat(300_000)).into_bytes(),
            "L0004" => {
                let items = blocks(section(code.page, "\n## Wrong\n"), "```", "law").concat();
                format!("# Page\n\n```law\n{}```\n", items.repeat(10_001)).into_bytes()
            }
            _ => example.into_bytes(),
        };
        let found = codes_of(&context, bytes);
        if found != [code.name] {
            wrong.push_str(&format!("{}: Wrong gives {found:?}\n", code.name));
        }
        let found = codes_of(
            &context,
            file(code, section(code.page, "\n## Right\n")).into_bytes(),
        );
        if !found.is_empty() {
            wrong.push_str(&format!("{}: Right gives {found:?}\n", code.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
