//! Taking out of a text what says who somebody is.

/// So many digits in a row are a number of somebody or something; prices have fewer.
const DIGITS: usize = 7;

/// The text without telephone numbers, addresses on the net, receipts, order numbers and the customer's own name.
#[must_use]
pub fn scrub(text: &str, name: Option<&str>) -> String {
    let names: Vec<String> =
        name.into_iter().flat_map(str::split_whitespace).map(plain).filter(|n| n.len() > 2).collect();
    let mut out: Vec<&str> = Vec::new();
    let joined = join_numbers(text);
    for word in joined.split_whitespace() {
        let plain_word = plain(word);
        let digits = word.chars().filter(char::is_ascii_digit).count();
        out.push(match () {
            () if word.contains('@') => "[address]",
            () if word.contains("://") || word.starts_with("www.") => "[link]",
            () if digits >= DIGITS => "[number]",
            () if is_receipt(word) => "[receipt]",
            () if plain_word.starts_with("dk") && word.contains('-') => "[order]",
            () if names.contains(&plain_word) => "[name]",
            () => word,
        });
    }
    out.join(" ")
}

/// Whether a text has places where something was taken out: nobody is to be told those.
#[must_use]
pub fn has_gaps(text: &str) -> bool {
    const GAPS: [&str; 6] = ["[address]", "[link]", "[number]", "[receipt]", "[order]", "[name]"];
    GAPS.iter().any(|gap| text.contains(gap))
}

/// Numbers that are written in groups are one: `0712 345 678`.
fn join_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between = c == ' ' || c == '-';
        let before = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        if !(between && before && rest.peek().is_some_and(char::is_ascii_digit)) {
            out.push(c);
        }
    }
    out
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `SCA1B2C3D4`: ten capitals and digits, some of each.
fn is_receipt(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let digit = word.chars().any(|c| c.is_ascii_digit());
    let letter = word.chars().any(|c| c.is_ascii_uppercase());
    word.len() == 10 && digit && letter && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_who_somebody_is_is_taken_out_and_the_rest_stays() {
        let text = "Hi, Amina here: call +254 712 345 678 or amina@mail.co.ke, paid SCA1B2C3D4 for DK-7KQ2MX, see https://x.y/z. Size 38 at 2,800?";
        let scrubbed = scrub(text, Some("Amina Otieno"));
        assert_eq!(
            scrubbed,
            "Hi, [name] here: call [number] or [address] paid [receipt] for [order] see [link] Size 38 at 2,800?"
        );
        assert!(has_gaps(&scrubbed) && !has_gaps(text) && !has_gaps("Yes [red] too"));
    }
}
