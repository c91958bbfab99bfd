//! Where an appointment stands.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// Its time is kept while a yes or a deposit is awaited.
    Held,
    /// It counts.
    Booked,
    /// It was called off.
    Cancelled,
    /// The deposit did not come in time.
    Lapsed,
    /// The customer did not come.
    Missed,
}

impl AppointmentState {
    const ALL: [Self; 5] = [Self::Held, Self::Booked, Self::Cancelled, Self::Lapsed, Self::Missed];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
            Self::Missed => "missed",
        }
    }
}

impl FromStr for AppointmentState {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| format!("{name:?} is no state of an appointment"))
    }
}
