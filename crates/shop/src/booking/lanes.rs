//! What a booking occupies.

use duka_kernel::{AppointmentId, Timestamp};
use serde::{Deserialize, Serialize};

use super::BookingRules;
use crate::Service;

/// A lane that a booking occupies, buffers included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// Which: `staff/Wanjiru`, `chair/2`, `service/SV-01/1`.
    pub lane: String,
    /// From when.
    pub from: Timestamp,
    /// To when, not included.
    pub to: Timestamp,
}

/// A lane that is occupied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// By which booking.
    pub appointment: AppointmentId,
    /// Which, and when.
    pub claim: Claim,
}

/// The lanes a service needs: one of each list. Never empty.
pub(super) fn needed(service: &Service, services: &[Service], rules: &BookingRules) -> Vec<Vec<Lane>> {
    let terms = &service.terms;
    let mut needed: Vec<Vec<Lane>> = Vec::new();
    if !terms.staff.is_empty() {
        needed.push(
            terms.staff.iter().map(|name| Lane { name: format!("staff/{name}"), staff: Some(name.clone()) }).collect(),
        );
    }
    for need in &terms.needs {
        let count = rules.resources.iter().find(|r| r.name == *need).map_or(1, |r| r.count);
        needed.push(numbered(need, count));
    }
    if needed.is_empty() || terms.at_once.is_some() {
        needed.push(numbered(&format!("service/{}", home(service, services)), terms.at_once.unwrap_or(1)));
    }
    needed
}

/// Variants of a service share its lanes: all stand under the code that comes first. Codes stay when names are changed.
fn home<'s>(service: &'s Service, services: &'s [Service]) -> &'s str {
    let same = services.iter().filter(|s| s.is_variant_of(service)).map(|s| s.code.as_str());
    same.chain([service.code.as_str()]).min().unwrap_or_default()
}

fn numbered(name: &str, count: u32) -> Vec<Lane> {
    (1..=count.max(1)).map(|n| Lane { name: format!("{name}/{n}"), staff: None }).collect()
}

/// One lane.
pub(super) struct Lane {
    pub name: String,
    /// Whose time it is, if it is somebody's.
    pub staff: Option<String>,
}
