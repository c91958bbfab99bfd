//! Markdown: its sections under their headings.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{Note, Passage, Place, text};

/// The passages of a Markdown text. A heading that is a question is answered by its section.
pub(crate) fn read(markdown: &str) -> (Vec<Passage>, Vec<Note>) {
    let mut reading = Reading::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reading.take(event);
    }
    reading.end_section();
    (reading.found, Vec::new())
}

#[derive(Default)]
struct Reading {
    headings: Vec<(HeadingLevel, String)>,
    heading: Option<String>,
    section: String,
    /// What a reader does not see: a picture's address, markup.
    hidden: usize,
    found: Vec<Passage>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.end_section();
                self.headings.retain(|(above, _)| *above < level);
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(level)) => {
                let heading = text::flat(&self.heading.take().unwrap_or_default());
                self.headings.push((level, heading));
            }
            Event::Start(Tag::HtmlBlock | Tag::MetadataBlock(_)) => self.hidden += 1,
            Event::End(TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => self.hidden = self.hidden.saturating_sub(1),
            Event::Start(Tag::Item) => self.say("\n• "),
            Event::Start(Tag::TableRow | Tag::TableHead) => self.say("\n"),
            Event::End(TagEnd::TableCell) => self.say(" | "),
            Event::End(TagEnd::Paragraph | TagEnd::Table | TagEnd::CodeBlock | TagEnd::List(_)) => self.say("\n\n"),
            Event::Text(words) | Event::Code(words) => self.say(&words),
            Event::SoftBreak => self.say("\n"),
            Event::HardBreak => self.say("\n"),
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if self.hidden == 0 {
            self.heading.as_mut().unwrap_or(&mut self.section).push_str(words);
        }
    }

    fn end_section(&mut self) {
        let section = std::mem::take(&mut self.section);
        if section.trim().is_empty() {
            return;
        }
        let path = |headings: &[(HeadingLevel, String)]| {
            headings.iter().map(|(_, heading)| heading.as_str()).collect::<Vec<_>>().join(" › ")
        };
        let before = self.found.len();
        match self.headings.split_last() {
            Some(((_, last), above)) if last.ends_with('?') => {
                text::cut(&section, &Place::Whole, &path(above), &mut self.found);
                for passage in &mut self.found[before..] {
                    passage.question.get_or_insert_with(|| last.clone());
                }
            }
            _ => text::cut(&section, &Place::Whole, &path(&self.headings), &mut self.found),
        }
    }
}
