//! Perceives a file of messages: `cargo run -p duka-perception --release --example eval_nlu IN.jsonl OUT.jsonl`.

use std::{
    error::Error,
    fs::File,
    io::{BufReader, BufWriter},
    time::Instant,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(input), Some(output)) = (paths.next(), paths.next()) else {
        return Err("give the file of messages and the file to write".into());
    };
    let start = Instant::now();
    let count =
        duka_perception::eval::run_lines(BufReader::new(File::open(input)?), BufWriter::new(File::create(output)?))?;
    println!("{count} messages in {:?}", start.elapsed());
    Ok(())
}
