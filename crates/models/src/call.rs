//! What came of asking: every attempt, its cost and how it ended.

use duka_kernel::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ModelId, Purpose};

/// What a call used. Numbers are totals: `cached` and `cache_write` are part of `input`, `reasoning` is part of `output`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens read, pictures and sound included.
    pub input: u64,
    /// Of these, read from the provider's cache.
    pub cached: u64,
    /// Of these, written to the provider's cache.
    pub cache_write: u64,
    /// Tokens written.
    pub output: u64,
    /// Of these, thought and not said.
    pub reasoning: u64,
    /// Sound heard, in milliseconds, where it is billed by time.
    pub audio_millis: u64,
    /// Whether the provider said nothing and this is reckoned from lengths.
    pub estimated: bool,
}

/// Why an attempt failed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// Asked too often; later it will answer.
    RateLimited,
    /// Out of money, or of what may be asked in a day.
    OutOfQuota,
    /// The provider has too much to do, or broke.
    Overloaded,
    /// The provider or the model will not answer this.
    Refused,
    /// The answer could not be read.
    Malformed,
    /// No answer in time.
    Slow,
    /// No connection, or it broke.
    Unreachable,
    /// The key, the model's name, the address or the request is not accepted.
    Misconfigured,
}

impl FailureKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::RateLimited,
        Self::OutOfQuota,
        Self::Overloaded,
        Self::Refused,
        Self::Malformed,
        Self::Slow,
        Self::Unreachable,
        Self::Misconfigured,
    ];

    /// Its name in tables and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RateLimited => "rate_limited",
            Self::OutOfQuota => "out_of_quota",
            Self::Overloaded => "overloaded",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
            Self::Slow => "slow",
            Self::Unreachable => "unreachable",
            Self::Misconfigured => "misconfigured",
        }
    }
}

impl std::fmt::Display for FailureKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One attempt at one tier.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its identity.
    pub id: Uuid,
    /// When it began.
    pub at: Timestamp,
    /// What it was for.
    pub purpose: Purpose,
    /// The model that was asked.
    pub model: ModelId,
    /// What it used.
    pub usage: Usage,
    /// What it cost, in millionths of a US dollar, by the prices of that day.
    pub cost_micro_usd: i64,
    /// How long it took.
    pub millis: u64,
    /// How it ended.
    pub outcome: Result<(), FailureKind>,
    /// Whether a shop's own key paid.
    pub own_key: bool,
}

/// What came of asking the chain.
#[derive(Clone, Debug)]
pub struct Asked<T> {
    /// The answer.
    pub result: Result<T, Exhausted>,
    /// Every attempt, in order.
    pub calls: Vec<Call>,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Exhausted {
    /// There is no model for this.
    #[error("no model is configured for this")]
    NoTier,
    /// Every model for this failed now, or failed before and rests.
    #[error("every model that could answer is down or resting")]
    AllDown,
    /// The time was over before all of them could be asked: whether they are down is not known.
    #[error("the time was over before a model answered")]
    Late,
    /// Models are up, but would not answer this.
    #[error("no model gave an answer to this")]
    NoAnswer,
}
