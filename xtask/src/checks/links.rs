//! Relative links and anchors in Markdown lead somewhere.
//!
//! A link into the repository must name a tracked file or folder, and an anchor must be a heading of that file.
//! Links to the outside are not followed: a check that fails when another's server is down teaches people to ignore it.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut pages = BTreeMap::new();
    for path in repository.files_with_extension("md") {
        pages.insert(path.to_owned(), Page::parse(&repository.read(path)?));
    }
    Ok(Report::from(check(&pages, &|path| repository.has(path))))
}

/// The links a page makes and the anchors it offers.
#[derive(Debug, Default)]
struct Page {
    /// Line and destination.
    links: Vec<(usize, String)>,
    anchors: BTreeSet<String>,
}

impl Page {
    fn parse(text: &str) -> Self {
        let mut page = Self::default();
        let mut heading: Option<String> = None;
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    if let Some(title) = heading.take() {
                        page.add_heading(&title);
                    }
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some(title) = heading.as_mut() {
                        title.push_str(&words);
                    }
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let before = text.get(..range.start).unwrap_or_default();
                    page.links
                        .push((before.matches('\n').count() + 1, dest_url.to_string()));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    page.anchors.extend(html_anchors(&html));
                }
                _ => {}
            }
        }
        page
    }

    /// Forges number headings of the same words: `scope`, `scope-1`, `scope-2`.
    fn add_heading(&mut self, title: &str) {
        let anchor = anchor_of(title);
        let mut candidate = anchor.clone();
        let mut count = 0;
        while !self.anchors.insert(candidate.clone()) {
            count += 1;
            candidate = format!("{anchor}-{count}");
        }
    }
}

fn check(pages: &BTreeMap<String, Page>, exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, page) in pages {
        for (line, link) in &page.links {
            if is_outside(link) {
                continue;
            }
            let (target, anchor) = match link.split_once('#') {
                Some((target, anchor)) => (target, Some(anchor)),
                None => (link.as_str(), None),
            };
            let Some(target) = resolve(path, target) else {
                findings.push(Finding::at(
                    path,
                    *line,
                    format!("`{link}` leads out of the repository"),
                ));
                continue;
            };
            if !exists(&target) {
                findings.push(Finding::at(
                    path,
                    *line,
                    format!("`{link}` leads to nothing: there is no `{target}`"),
                ));
                continue;
            }
            if let (Some(anchor), Some(page)) = (anchor, pages.get(&target))
                && !page.anchors.contains(anchor)
            {
                findings.push(Finding::at(
                    path,
                    *line,
                    format!("`{link}`: `{target}` has no heading for `#{anchor}`"),
                ));
            }
        }
    }
    findings
}

fn is_outside(link: &str) -> bool {
    let scheme = link.split(':').next().unwrap_or_default();
    link.starts_with("//")
        || (link.contains(':')
            && !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphabetic()))
}

/// The target of a link on the page `from`, relative to the root; nothing where it climbs out.
fn resolve(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from
            .rsplit_once('/')
            .map(|(folder, _)| folder.split('/').collect())
            .unwrap_or_default(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The anchor a forge makes of a heading: lower case, punctuation dropped, spaces to hyphens.
fn anchor_of(title: &str) -> String {
    title
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ if letter.is_alphanumeric() => Some(letter),
            _ => None,
        })
        .collect()
}

fn html_anchors(html: &str) -> Vec<String> {
    ["id=\"", "name=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pages: &[(&str, &str)]) -> Vec<String> {
        let pages: BTreeMap<String, Page> = pages
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Page::parse(text)))
            .collect();
        let known: Vec<String> = pages.keys().cloned().chain(["docs".to_owned()]).collect();
        check(&pages, &|path| {
            path.is_empty() || known.iter().any(|name| name == path)
        })
        .iter()
        .map(ToString::to_string)
        .collect()
    }

    #[test]
    fn good_links_pass() {
        let pages = [
            (
                "README.md",
                "[a](docs/a.md#two-words) [here](#title) [out](https://example.org/x) [d](docs/)\n# Title",
            ),
            ("docs/a.md", "# Two words!\n[up](../README.md)"),
        ];
        assert!(said(&pages).is_empty());
    }

    #[test]
    fn a_missing_file_is_found_on_its_line() {
        assert_eq!(
            said(&[("README.md", "one\n\n[b](docs/b.md)")]),
            ["README.md:3: `docs/b.md` leads to nothing: there is no `docs/b.md`"]
        );
    }

    #[test]
    fn a_missing_anchor_is_found() {
        assert_eq!(said(&[("README.md", "# One\n[x](#two)")]).len(), 1);
        assert_eq!(
            said(&[("README.md", "[x](a.md#two)"), ("a.md", "# One")]).len(),
            1
        );
    }

    #[test]
    fn a_link_out_of_the_repository_is_found() {
        assert_eq!(said(&[("docs/a.md", "[x](../../secret.md)")]).len(), 1);
    }

    #[test]
    fn links_by_reference_and_images_count_and_code_does_not() {
        assert_eq!(said(&[("a.md", "[x][r]\n\n[r]: b.md")]).len(), 1);
        assert_eq!(said(&[("a.md", "![x](b.png)")]).len(), 1);
        assert!(said(&[("a.md", "`[x](b.md)`\n\n```\n[x](b.md)\n```")]).is_empty());
    }

    #[test]
    fn headings_of_the_same_words_are_numbered_and_cyrillic_is_kept() {
        let text = "# Қазақ тілі\n# Scope\n# Scope\n[1](#scope-1) [2](#қазақ-тілі) [3](#scope-2)";
        assert_eq!(said(&[("a.md", text)]).len(), 1);
    }
}
