//! The conversations that a past is made of, from `chats.txt`.

use duka_kernel::Language;

/// What a conversation comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comes {
    /// An order.
    Sale,
    /// Nothing yet.
    Look,
    /// People take over.
    People,
    /// Not being understood.
    Missed,
}

/// Who says a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// The assistant.
    Assistant,
    /// A person of the shop.
    Staff,
}

/// One line of a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Who says it.
    pub by: Speaker,
    /// The words, with names in braces.
    pub text: String,
    /// Where the sale stands afterwards.
    pub stage: &'static str,
}

/// A conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chat {
    /// What it comes to.
    pub comes: Comes,
    /// What it is in.
    pub language: Language,
    /// What is said.
    pub lines: Vec<Line>,
}

const TEXT: &str = include_str!("chats.txt");

const STAGES: [&str; 9] =
    ["greeting", "searching", "choosing", "sizing", "cart", "address", "summary", "payment", "after_sale"];

/// Every conversation of the file; what is not one is left out, which a test notices.
pub fn all() -> Vec<Chat> {
    TEXT.split("\n## ").skip(1).filter_map(chat).collect()
}

fn chat(text: &str) -> Option<Chat> {
    let mut lines = text.lines();
    let (comes, language) = lines.next()?.split_once(' ')?;
    let comes = match comes {
        "sale" => Comes::Sale,
        "look" => Comes::Look,
        "people" => Comes::People,
        "missed" => Comes::Missed,
        _ => return None,
    };
    let lines = lines.filter(|line| !line.is_empty()).map(line).collect::<Option<_>>()?;
    Some(Chat { comes, language: language.parse().ok()?, lines })
}

fn line(text: &str) -> Option<Line> {
    let by = match text.get(..2)? {
        "> " => Speaker::Customer,
        "< " => Speaker::Assistant,
        "* " => Speaker::Staff,
        _ => return None,
    };
    let text = &text[2..];
    let stage = STAGES.into_iter().find(|stage| text.ends_with(&format!("[{stage}]")));
    let text = stage.map_or(text, |stage| &text[..text.len() - stage.len() - 2]);
    if by == Speaker::Assistant && stage.is_none() {
        return None;
    }
    Some(Line { by, text: text.trim().replace('|', "\n"), stage: stage.unwrap_or("greeting") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conversation_of_the_file_is_read_and_each_language_has_sales() {
        let chats = all();
        assert_eq!(chats.len(), TEXT.matches("\n## ").count());
        for language in Language::ALL {
            assert!(chats.iter().any(|chat| chat.comes == Comes::Sale && chat.language == language), "{language:?}");
        }
        for chat in &chats {
            assert_eq!(chat.lines[0].by, Speaker::Customer);
            if chat.comes == Comes::Sale {
                assert_eq!(chat.lines.last().map(|line| line.stage), Some("payment"));
            }
        }
    }
}
