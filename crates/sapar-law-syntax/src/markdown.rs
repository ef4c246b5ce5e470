//! Finds law blocks in Markdown and the headings above them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// One fenced block marked `law`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the block's inside in the file.
    pub range: Range<usize>,
    /// The provision named by the nearest heading above, if a heading below the title names one.
    pub provision: Option<(String, Range<usize>)>,
}

/// All law blocks of a file, in order.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut provision = None;
    let mut heading: Option<(Range<usize>, String, bool)> = None;
    let mut inside: Option<Option<Range<usize>>> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let is_title = level == pulldown_cmark::HeadingLevel::H1;
                heading = Some((range, String::new(), is_title));
            }
            Event::End(TagEnd::Heading(_)) => {
                provision = heading
                    .take()
                    .filter(|(_, _, is_title)| !is_title)
                    .map(|(range, words, _)| (provision_of(&words), range));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.split_whitespace().next() == Some("law") =>
            {
                inside = Some(None);
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, title, _)) = &mut heading {
                    title.push_str(&words);
                }
                if let Some(content) = &mut inside {
                    *content = Some(match content.take() {
                        Some(so_far) => so_far.start..range.end,
                        None => range,
                    });
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(Some(range)) = inside.take() {
                    blocks.push(Block {
                        range,
                        provision: provision.clone(),
                    });
                }
            }
            _ => {}
        }
    }
    blocks
}

/// A heading below the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Bytes of the heading in the file.
    pub range: Range<usize>,
    /// `Article 33` of `Article 33. Prohibition of return`.
    pub label: String,
}

/// All headings below the title, in order.
#[must_use]
pub fn headings(text: &str) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut open: Option<String> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. })
                if level != pulldown_cmark::HeadingLevel::H1 =>
            {
                open = Some(String::new());
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(title) = &mut open {
                    title.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(title) = open.take() {
                    headings.push(Heading {
                        range,
                        label: provision_of(&title),
                    });
                }
            }
            _ => {}
        }
    }
    headings
}

/// `Article 33` from `Article 33. Prohibition of return`.
fn provision_of(heading: &str) -> String {
    heading
        .split_once(". ")
        .map_or(heading, |(label, _)| label)
        .trim()
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_provision_above_a_block() {
        let text = "# Title\n\n```law\nA\n```\n\n## Guideline 9.2. Children\n\nProse.\n\n```law\nB\nC\n```\n\n```text\nnot law\n```\n";
        let found = blocks(text);
        assert_eq!(found.len(), 2);
        assert_eq!(&text[found[0].range.clone()], "A\n");
        assert_eq!(found[0].provision, None);
        assert_eq!(&text[found[1].range.clone()], "B\nC\n");
        assert_eq!(found[1].provision.as_ref().unwrap().0, "Guideline 9.2");
    }
}
