//! Prints what is read off each picture before anything learned is applied: a line of JSON a picture, for
//! `tools/train_head.py`.

use std::io::{BufWriter, Write, stdout};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for file in std::env::args().skip(1) {
        match duka_vision::Picture::decode(&std::fs::read(&file)?) {
            Ok(picture) => {
                let raw = duka_vision::observe(&picture);
                let line = serde_json::json!({
                    "file": file, "garment": raw.garment, "frame": raw.frame, "shade": raw.shade, "counts": raw.counts,
                });
                writeln!(out, "{line}")?;
            }
            Err(refused) => eprintln!("{file}: {refused}"),
        }
    }
    Ok(())
}
