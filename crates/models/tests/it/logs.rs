//! What the log says of a bad day.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use duka_doubles::models::Fault;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::support::{ask, chain, double};

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_has_the_order_and_the_reasons_and_neither_keys_nor_words() {
    let kept = Kept::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(kept.clone())
        .with_ansi(false)
        .with_max_level(LevelFilter::DEBUG)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let double = double().await;
    double.break_down("openai/", &Fault::Status(401));
    double.break_down("gemini/", &Fault::OutOfMoney);
    let tiers = ["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite", "anthropic/claude-haiku-5-5"];
    let asked = chain(&double, &tiers).chat(None, &ask()).await;
    assert!(asked.result.is_ok());
    let log = kept.text();
    let failures: Vec<&str> = log.lines().filter(|line| line.contains("a model failed")).collect();
    assert_eq!(failures.len(), 2, "{log}");
    assert!(failures[0].contains("openai/gpt-6-luna") && failures[0].contains("misconfigured"), "{log}");
    assert!(failures[1].contains("gemini/gemini-3.5-flash-lite") && failures[1].contains("out_of_quota"), "{log}");
    for secret in ["key-openai", "key-gemini", "key-anthropic", "sk-the-key-itself", "dera", "Sawa", "hash-of-somebody"]
    {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}

#[tokio::test]
async fn a_configuration_can_be_shown_without_its_keys() {
    let double = double().await;
    assert!(!format!("{:?}", double.config(&[])).contains("key-openai"));
}
