//! A text too long for one message, cut where a reader would pause.

/// What the body of one message may hold (Twilio error 21617 above it), in UTF-16 units: the largest
/// of the ways in which characters are counted, so that none of them is exceeded.
pub const BODY_LIMIT: usize = 1_600;

/// Cuts a text into parts of at most `limit` UTF-16 units: after a line if one ends in the second half
/// of the part, else after a word, else between characters. White space at a cut is left out. A text
/// that fits is one part, unchanged; a blank one is none.
///
/// # Panics
/// If `limit` is below 2, where not every character fits.
#[must_use]
pub fn split_text(text: &str, limit: usize) -> Vec<&str> {
    assert!(limit >= 2, "a part must have room for any character");
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(overflow) = first_beyond(rest, limit) {
        let (part, after) = rest.split_at(cut(rest, overflow));
        parts.push(part.trim_end());
        rest = after.trim_start();
    }
    parts.push(rest);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Where the first character begins that no longer fits; `None` if all fit.
fn first_beyond(text: &str, limit: usize) -> Option<usize> {
    let mut units = 0;
    text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > limit).then_some(at)
    })
}

/// Where to cut a text of which only the bytes before `overflow` fit. Never 0.
fn cut(text: &str, overflow: usize) -> usize {
    let fitting = &text[..overflow];
    // A break right at the overflow leaves a full part, so it counts as one that fits.
    let break_is_next = text[overflow..].starts_with(char::is_whitespace);
    let line_end = fitting.rfind('\n').filter(|at| *at >= overflow / 2);
    if let Some(at) = line_end {
        return at;
    }
    if break_is_next {
        return overflow;
    }
    let has_word_before = |at: &usize| !fitting[..*at].trim().is_empty();
    fitting.rfind(char::is_whitespace).filter(has_word_before).unwrap_or_else(|| between_clusters(text, overflow))
}

/// The last place at or before `overflow` that does not tear an emoji or an accent from its letter.
fn between_clusters(text: &str, overflow: usize) -> usize {
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let is_clean = |at: usize| {
        let (before, after) = text.split_at(at);
        !after.starts_with(joins) && !before.ends_with('\u{200d}')
    };
    let boundaries = text[..overflow].char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
    std::iter::once(overflow).chain(boundaries).take(16).find(|at| is_clean(*at)).unwrap_or(overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_that_fits_is_sent_as_it_is() {
        assert_eq!(split_text("Sawa, iko size 40.\n", 1_600), ["Sawa, iko size 40.\n"]);
        assert_eq!(split_text("", 1_600), [""; 0]);
        assert_eq!(split_text(" \n ", 1_600), [""; 0]);
    }

    #[test]
    fn a_list_is_cut_between_its_lines() {
        assert_eq!(
            split_text("1. Maxi dress\n2. Mini dress\n3. Kitenge", 30),
            ["1. Maxi dress\n2. Mini dress", "3. Kitenge"]
        );
    }

    #[test]
    fn prose_is_cut_between_words_and_a_long_word_between_characters() {
        assert_eq!(split_text("tunafungua saa tatu asubuhi", 12), ["tunafungua", "saa tatu", "asubuhi"]);
        assert_eq!(split_text("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(split_text("abcd efgh", 4), ["abcd", "efgh"]);
    }

    #[test]
    fn an_emoji_counts_as_its_two_units_and_is_not_torn() {
        assert_eq!(split_text("👗👗👗", 4), ["👗👗", "👗"]);
        assert_eq!(split_text("aaa👍🏾", 5), ["aaa", "👍🏾"]);
    }

    proptest! {
        #[test]
        fn every_part_fits_and_nothing_but_white_space_is_lost(text in "[a-zàéũ👗 \n\u{200d}\u{fe0f}]{0,200}", limit in 2usize..40) {
            let parts = split_text(&text, limit);
            for part in &parts {
                prop_assert!(part.encode_utf16().count() <= limit);
                prop_assert!(!part.trim().is_empty());
            }
            let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(words(&parts.concat()), words(&text));
        }
    }
}
