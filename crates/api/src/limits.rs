//! How much one caller may ask in a minute.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DashMapStateStore,
};
use sha2::{Digest, Sha256};

use crate::{
    Api,
    client::{ACCESS_COOKIE, address, cookie},
    principal::KEY,
    problem::{Problem, Reply, SLOW_DOWN},
};

/// How many callers may be behind one address: a shop's whole team in one room.
const BEHIND_ONE_ADDRESS: NonZeroU32 = NonZeroU32::new(10).expect("not zero");
/// After how many requests those who have not called lately are forgotten.
const TIDY_EVERY: u32 = 4096;

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock>;

/// What each caller has left.
pub struct Limits {
    callers: Keyed<[u8; 32]>,
    addresses: Keyed<IpAddr>,
    asked: AtomicU32,
}

impl Limits {
    /// So many requests a minute for one caller.
    pub fn new(rate: NonZeroU32) -> Self {
        let of_address = rate.saturating_mul(BEHIND_ONE_ADDRESS);
        Self {
            callers: RateLimiter::dashmap(Quota::per_minute(rate)),
            addresses: RateLimiter::dashmap(Quota::per_minute(of_address)),
            asked: AtomicU32::new(0),
        }
    }

    /// Takes one request. A caller is told by its token, believed or not, and by its address, so that a new token for each
    /// request gains little.
    fn take(&self, headers: &HeaderMap, address: IpAddr) -> Reply<()> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.callers.retain_recent();
            self.addresses.retain_recent();
        }
        let now = DefaultClock::default().now();
        let wait = |until: governor::NotUntil<_>| slow_down(until.wait_time_from(now).as_secs());
        self.addresses.check_key(&address).map_err(wait)?;
        match credential(headers) {
            Some(caller) => self.callers.check_key(&caller).map_err(wait),
            None => Ok(()),
        }
    }
}

fn slow_down(seconds: u64) -> Problem {
    SLOW_DOWN.problem().after(i64::try_from(seconds).unwrap_or(60) + 1)
}

/// What the caller shows, so hashed that no token stays in memory.
fn credential(headers: &HeaderMap) -> Option<[u8; 32]> {
    let header = |name: &str| headers.get(name).map(|value| value.as_bytes());
    let shown = header(KEY).or_else(|| header(header::AUTHORIZATION.as_str()));
    let shown = shown.or_else(|| cookie(headers, ACCESS_COOKIE).map(str::as_bytes));
    shown.map(|shown| Sha256::digest(shown).into())
}

/// Refuses a caller who asks too much.
pub async fn limit(State(api): State<Api>, request: Request, next: Next) -> Reply<Response> {
    let (parts, body) = request.into_parts();
    api.limits.take(&parts.headers, address(&parts, api.settings.proxies))?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::net::Ipv4Addr;

    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_caller_has_a_rate_and_so_has_an_address() {
        let limits = Limits::new(NonZeroU32::new(3).unwrap());
        let ask = |token: &str, last: u8| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(token).unwrap());
            limits.take(&headers, IpAddr::V4(Ipv4Addr::new(10, 0, 0, last)))
        };
        for _ in 0..3 {
            ask("Bearer one", 1).unwrap();
        }
        assert_eq!(ask("Bearer one", 2).unwrap_err().code, SLOW_DOWN, "from another address too");
        let other_tokens = (0..100).filter(|n| ask(&format!("Bearer {n}"), 1).is_ok()).count();
        assert!((20..=30).contains(&other_tokens), "{other_tokens} with a new token each");
    }
}
