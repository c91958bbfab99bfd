//! Shows what is perceived of each line of standard input.

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let seen = duka_perception::perceive(&line, &duka_perception::Context::default());
        println!(
            "{line}\n  {:?} clear={} {:?} {:?} {:.2} {}",
            seen.langs,
            seen.language_is_clear,
            seen.evidence,
            seen.intent,
            seen.confidence,
            serde_json::to_string(&seen.slots).unwrap_or_default()
        );
        for wish in &seen.wishes {
            println!(
                "    - {:?} {:.2} {:?} {}",
                wish.intent,
                wish.confidence,
                wish.text,
                serde_json::to_string(&wish.slots).unwrap_or_default()
            );
        }
    }
}
