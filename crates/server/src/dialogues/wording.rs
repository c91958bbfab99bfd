//! The same wish in other words: what a customer says differs from run to run, what has to come of it does not.

/// Runs a dialogue can differ in.
const RUNS: usize = 4;

const FILLERS: [(&str, &str); 3] = [("en", "please"), ("sw", "tafadhali"), ("sheng", "manze")];

/// What is said in a run: one of the wordings, and typed as people type. The first run says what is written.
pub fn in_run(say: &str, ways: &[String], language: Option<&str>, run: usize) -> String {
    if run == 0 {
        return say.to_owned();
    }
    let all = 1 + ways.len();
    let chosen = match (run + say.len()) % all {
        0 => say,
        n => &ways[n - 1],
    };
    typed(chosen, language, run)
}

/// In small letters without marks; after a word that says nothing; with a smile at the end. What is short, or has codes
/// and capitals that matter, stays as it is.
fn typed(text: &str, language: Option<&str>, run: usize) -> String {
    let words = text.split_whitespace().count();
    let filler = FILLERS.iter().find(|(code, _)| Some(*code) == language).map_or("hi", |(_, word)| word);
    match run % RUNS {
        1 => text.trim_end_matches(['.', '!', '?']).replace([',', '\''], "").to_lowercase(),
        2 if words >= 3 => format!("{filler} {}", lower_first(text)),
        3 if words >= 2 => format!("{} 🙂", text.trim_end_matches(['.', '!'])),
        _ => text.to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_run_says_what_is_written_and_the_others_all_wordings() {
        let ways = ["Nionyeshe magauni".to_owned(), "una magauni gani?".to_owned()];
        let said: Vec<String> = (0..RUNS).map(|run| in_run("Nataka gauni.", &ways, Some("sw"), run)).collect();
        assert_eq!(said[0], "Nataka gauni.");
        for way in ["nataka gauni", "magauni gani", "nionyeshe"] {
            assert!(said.iter().any(|text| text.to_lowercase().contains(way)), "{said:?}");
        }
    }

    #[test]
    fn short_answers_are_not_dressed_up() {
        for run in 0..RUNS {
            assert_eq!(in_run("2", &[], Some("en"), run), "2");
        }
    }
}
