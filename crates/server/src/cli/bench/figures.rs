//! Times and how they are shown.

use std::{
    fmt::{self, Display, Write as _},
    time::Duration,
};

/// Durations of one kind, sorted.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl FromIterator<Duration> for Times {
    fn from_iter<T: IntoIterator<Item = Duration>>(times: T) -> Self {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        Self(times)
    }
}

impl Times {
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The middle one; zero if there are none.
    pub fn median(&self) -> Duration {
        self.at(50)
    }

    /// The one that 95 of 100 do not exceed.
    pub fn p95(&self) -> Duration {
        self.at(95)
    }

    /// The one that 99 of 100 do not exceed.
    pub fn p99(&self) -> Duration {
        self.at(99)
    }

    fn at(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(rank).copied().unwrap_or_default()
    }
}

/// `123.4 µs`
pub fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

/// `12.34 ms`
pub fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// Lines under headings, as they are printed in the end.
#[derive(Debug, Default)]
pub struct Report(String);

impl Report {
    /// Begins a section.
    pub fn heading(&mut self, text: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        self.push(format_args!("{gap}{text}\n"));
    }

    /// A figure.
    pub fn line(&mut self, what: &str, figure: impl Display) {
        self.push(format_args!("  {what:<44} {figure}\n"));
    }

    /// A figure that has to stay below a limit.
    pub fn target(&mut self, what: &str, figure: impl Display, met: bool, limit: &str) {
        let word = if met { "met" } else { "MISSED" };
        self.push(format_args!("  {what:<44} {figure}   (target < {limit}: {word})\n"));
    }

    /// Whether a target for a figure shown above is met.
    pub fn verdict(&mut self, what: &str, met: bool, target: &str) {
        let word = if met { "met" } else { "MISSED" };
        self.push(format_args!("  target for {what:<33} {target}: {word}\n"));
    }

    fn push(&mut self, text: fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = self.0.write_fmt(text);
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_p99_are_times_that_were_measured() {
        let times: Times = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(times.median(), Duration::from_millis(100));
        assert_eq!(times.p99(), Duration::from_millis(198));
        assert_eq!(Times::default().p99(), Duration::ZERO);
    }
}
