//! Every page of the gallery: nothing literal, nothing unescaped, nothing inline, nothing that leads nowhere.

#[path = "../examples/gallery/samples.rs"]
mod samples;

use std::collections::BTreeSet;

use samples::{HOSTILE, Mode, Sampler, all};
use sapar_messages::{Language, keys};
use sapar_pages::{SCRIPT, STYLE, script_path, style_path};

/// Words that stand in pages and in no catalogue: the names of languages and of keys on a keyboard, and what a chart or a document is measured in.
const SAME_EVERYWHERE: [&str; 6] = ["English", "Русский", "Қазақша", "Tab", "Enter", "iCalendar"];

/// The start tags of a page, each without its brackets.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with('/') && !tag.starts_with('!'))
}

/// The values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &'p str) -> impl Iterator<Item = &'p str> {
    tags(page).filter_map(move |tag| attribute(tag, name))
}

fn attribute<'p>(tag: &'p str, name: &str) -> Option<&'p str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The texts between the tags of a page, and those of attributes that are read.
fn read_texts(page: &str) -> Vec<String> {
    let mut texts: Vec<String> = page
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(_, text)| text.to_owned()))
        .collect();
    for name in [
        "aria-label",
        "title",
        "alt",
        "placeholder",
        "data-on",
        "data-off",
    ] {
        texts.extend(attributes(page, name).map(str::to_owned));
    }
    texts
}

fn without(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            _ if c == open => depth += 1,
            _ if c == close => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[test]
fn no_template_holds_text_and_every_key_exists() {
    let known: BTreeSet<&str> = keys().into_iter().collect();
    let mut used = BTreeSet::new();
    for (name, page) in all(&Sampler::new(Language::English, Mode::Keys)) {
        for text in read_texts(&page) {
            for key in text.split('⟦').skip(1) {
                let key = key.split('⟧').next().unwrap();
                assert!(known.contains(key), "{name}: no sentence {key}");
                used.insert(key.to_owned());
            }
            let mut rest = without(&without(&text, '⟦', '⟧'), '⟪', '⟫');
            for word in SAME_EVERYWHERE {
                rest = rest.replace(word, "");
            }
            for entity in ["&quot;", "&lt;", "&gt;", "&amp;"] {
                rest = rest.replace(entity, "");
            }
            assert!(
                !rest.chars().any(char::is_alphabetic),
                "{name} holds the text {rest:?}"
            );
        }
    }
    assert!(used.len() > 100, "only {} keys were seen", used.len());
}

#[test]
fn whatever_stands_in_a_view_is_escaped() {
    let mut met = 0;
    for language in Language::ALL {
        for (name, page) in all(&Sampler::new(language, Mode::Hostile)) {
            assert!(!page.contains("<script>"), "{language}/{name}");
            assert!(!page.contains(HOSTILE), "{language}/{name}");
            met += page.matches("&lt;script&gt;").count();
            for tag in tags(&page) {
                assert!(
                    tag.matches('"').count() % 2 == 0,
                    "{language}/{name} has the broken tag {tag:?}"
                );
            }
        }
    }
    assert!(met > 500, "only {met} hostile texts were met");
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (name, page) in all(&Sampler::new(Language::Russian, Mode::Plain)) {
        for tag in tags(&page) {
            assert!(attribute(tag, "style").is_none(), "{name}: {tag}");
            assert!(
                !tag.contains(" on")
                    || tag.split(" on").skip(1).all(|rest| !rest.contains("=\"")
                        || !rest
                            .split('=')
                            .next()
                            .unwrap()
                            .chars()
                            .all(char::is_alphabetic)),
                "{name}: {tag}"
            );
            assert!(!tag.starts_with("style"), "{name}: {tag}");
            if tag.starts_with("script") {
                assert_eq!(attribute(tag, "src"), Some(script_path().as_str()));
            }
            if tag.starts_with("link") && tag.contains("stylesheet") {
                assert_eq!(attribute(tag, "href"), Some(style_path().as_str()));
            }
            for name in ["href", "src", "action"] {
                if let Some(address) = attribute(tag, name) {
                    assert!(
                        address.starts_with(['/', '#'])
                            || address.starts_with("tel:")
                            || address.starts_with("data:image/svg+xml,"),
                        "{name}: {address}"
                    );
                }
            }
        }
        assert!(!page.contains("<script>") && page.matches("</script>").count() == 1);
    }
}

#[test]
fn every_page_has_one_heading_of_the_first_rank_and_its_language() {
    for language in Language::ALL {
        for (name, page) in all(&Sampler::new(language, Mode::Plain)) {
            assert_eq!(page.matches("<h1").count(), 1, "{language}/{name}");
            // The page for the traveller's eyes is in the traveller's language.
            let own = !name.starts_with("traveller");
            assert_eq!(
                page.contains(&format!("<html lang=\"{}\">", language.code())),
                own,
                "{language}/{name}"
            );
            assert_eq!(page.matches("<main").count(), 1, "{language}/{name}");
            for language in Language::ALL {
                let button = format!("name=\"language\" value=\"{}\"", language.code());
                assert!(
                    page.contains(&button),
                    "{name} cannot be read in {language}"
                );
            }
        }
    }
}

#[test]
fn every_form_is_posted_with_the_token() {
    for (name, page) in all(&Sampler::new(Language::Kazakh, Mode::Plain)) {
        for form in page.split("<form").skip(1) {
            let (head, rest) = form.split_once('>').unwrap();
            let body = rest.split("</form>").next().unwrap();
            assert!(!body.contains("<form"), "{name}: a form in a form");
            if head.contains("method=\"get\"") {
                continue;
            }
            assert!(head.contains("method=\"post\""), "{name}: {head}");
            assert!(
                body.starts_with("<input type=\"hidden\" name=\"csrf\" value=\"f3c1\">"),
                "{name}: {head}"
            );
        }
        let main = page.matches("form=\"main\"").count();
        assert_eq!(main > 0, page.contains("id=\"main\""), "{name}");
        if main > 0 {
            // Before the three languages stands the button that the Enter key presses.
            let first = page.split("form=\"main\"").next().unwrap();
            assert!(!first.contains("name=\"language\""), "{name}");
        }
    }
}

#[test]
fn ids_are_unique_and_whatever_points_at_one_finds_it() {
    for (name, page) in all(&Sampler::new(Language::English, Mode::Plain)) {
        let mut ids = BTreeSet::new();
        for id in attributes(&page, "id") {
            assert!(ids.insert(id), "{name} has the id {id} twice");
        }
        for pointer in ["for", "aria-describedby", "aria-labelledby", "form"] {
            for value in attributes(&page, pointer) {
                for id in value.split(' ') {
                    assert!(ids.contains(id), "{name}: {pointer} leads to no {id}");
                }
            }
        }
        for address in attributes(&page, "href") {
            if let Some(id) = address.strip_prefix('#') {
                assert!(ids.contains(id), "{name}: a link leads to no {id}");
            }
        }
    }
}

#[test]
fn prohibitions_stand_before_everything_else_of_an_outcome() {
    let mut checked = 0;
    for language in Language::ALL {
        for (name, page) in all(&Sampler::new(language, Mode::Plain)) {
            let Some(last) = page.rfind("class=\"position prohibition") else {
                continue;
            };
            checked += 1;
            for other in ["duty", "right", "advice", "open"] {
                if let Some(first) = page.find(&format!("class=\"position {other}")) {
                    assert!(last < first, "{language}/{name}: {other}");
                }
            }
            // Each says so in a word and with a sign, for whoever does not see the colour.
            for card in page.split("class=\"position prohibition").skip(1) {
                let (head, _) = card.split_once("class=\"what\"").unwrap();
                assert!(
                    head.contains("<svg class=\"icon\"") && head.contains("<strong>"),
                    "{name}"
                );
            }
        }
    }
    assert_eq!(checked, 6, "two outcomes in three languages");
}

#[test]
fn not_knowing_and_not_saying_are_offered_with_every_question() {
    let mut asked = 0;
    for (name, page) in all(&Sampler::new(Language::English, Mode::Plain)) {
        if !page.contains("name=\"fact\"") {
            continue;
        }
        asked += 1;
        for answer in ["does-not-know", "does-not-want-to-say"] {
            assert!(
                page.contains(&format!("name=\"unknown\" value=\"{answer}\"")),
                "{name}: {answer}"
            );
        }
    }
    assert_eq!(asked, 10);
}

#[test]
fn a_page_with_styles_and_script_is_small() {
    assert!(STYLE.len() < 30_000, "{} bytes of styles", STYLE.len());
    assert!(SCRIPT.len() < 8_000, "{} bytes of script", SCRIPT.len());
    for language in Language::ALL {
        for (name, page) in all(&Sampler::new(language, Mode::Plain)) {
            // Not compressed: on the wire it is less.
            let whole = page.len() + STYLE.len() + SCRIPT.len();
            assert!(whole < 100_000, "{language}/{name} has {whole} bytes");
        }
    }
}

#[test]
fn an_error_is_told_in_the_title_and_leads_to_its_field() {
    let pages = all(&Sampler::new(Language::English, Mode::Plain));
    let refused: Vec<_> = pages
        .iter()
        .filter(|(name, _)| name.ends_with("-refused"))
        .collect();
    assert!(!refused.is_empty());
    for (name, page) in refused {
        assert!(
            page.contains("class=\"error-summary\" role=\"alert\""),
            "{name}"
        );
        assert!(page.contains("aria-invalid=\"true\""), "{name}");
        let summary = page.split("error-summary").nth(1).unwrap();
        let link = summary
            .split("href=\"#")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        assert!(page.contains(&format!("id=\"{link}\"")), "{name}: {link}");
    }
}
