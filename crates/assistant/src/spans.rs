//! How long the parts of a turn took.

use std::time::Instant;

use serde::{Serialize, Serializer};

/// The parts of a turn in their order, each with its microseconds.
#[derive(Clone, Debug)]
pub struct Spans {
    since: Instant,
    parts: Vec<(&'static str, u64)>,
}

impl Spans {
    /// The first part begins.
    pub(crate) fn begin(at: Instant) -> Self {
        Self { since: at, parts: Vec::new() }
    }

    /// What was done since the part before ended was this.
    pub(crate) fn ended(&mut self, what: &'static str) {
        let now = Instant::now();
        let micros = u64::try_from(now.duration_since(self.since).as_micros()).unwrap_or(u64::MAX);
        self.parts.push((what, micros));
        self.since = now;
    }
}

impl Serialize for Spans {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.parts.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_own_time() {
        let mut spans = Spans::begin(Instant::now());
        spans.ended("recall");
        spans.ended("decide");
        let written = serde_json::to_value(&spans).unwrap();
        let names: Vec<&String> = written.as_object().unwrap().keys().collect();
        assert_eq!(names, ["decide", "recall"]);
        assert!(written["recall"].is_u64());
    }
}
