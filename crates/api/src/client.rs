//! Where a request comes from, and the cookies that a browser keeps for us.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use duka_store::sessions::{Seen, Tokens};
use secrecy::ExposeSecret;

use crate::Api;

/// The cookie with the access token.
pub const ACCESS_COOKIE: &str = "duka_access";
/// The cookie with the refresh token.
pub const REFRESH_COOKIE: &str = "duka_refresh";
/// The cookie whose value the page sends back with each change.
pub const CSRF_COOKIE: &str = "duka_csrf";

/// The program at the other end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Client {
    /// Its network address, as far as it is known.
    pub address: IpAddr,
    /// What it calls itself.
    pub agent: String,
    /// Whether it is the dashboard in a browser, which keeps its tokens in cookies.
    pub browser: bool,
}

impl Client {
    /// The client of a request.
    #[must_use]
    pub fn of(parts: &Parts, api: &Api) -> Self {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            address: address(parts, api.settings.proxies),
            agent: text("user-agent").chars().take(200).collect(),
            browser: text("x-duka-client") == "browser",
        }
    }

    /// As it is kept with a session.
    #[must_use]
    pub fn seen(&self) -> Seen {
        Seen { agent: self.agent.clone(), address: self.address.to_string() }
    }
}

/// The address that our outermost own proxy saw. What stands further left was written by whoever wanted to.
pub fn address(parts: &Parts, proxies: usize) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if proxies == 0 {
        return peer;
    }
    let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let seen = hops.len().checked_sub(proxies).and_then(|at| hops.get(at));
    seen.and_then(|hop| hop.parse().ok()).unwrap_or(peer)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value)
}

/// Has a browser keep tokens where no script can read them, and what it has to send back where ours can.
pub fn keep(headers: &mut HeaderMap, tokens: &Tokens, now: duka_kernel::Timestamp, secure: bool) {
    let left = tokens.ends_at.millis_since(now) / 1000;
    let access = tokens.access_until.millis_since(now) / 1000;
    set(headers, ACCESS_COOKIE, tokens.access.expose_secret(), "/v1", access, true, secure);
    set(headers, REFRESH_COOKIE, tokens.refresh.expose_secret(), "/v1/auth", left, true, secure);
    set(headers, CSRF_COOKIE, &tokens.csrf, "/", left, false, secure);
}

/// Has a browser forget them.
pub fn forget(headers: &mut HeaderMap, secure: bool) {
    set(headers, ACCESS_COOKIE, "", "/v1", 0, true, secure);
    set(headers, REFRESH_COOKIE, "", "/v1/auth", 0, true, secure);
    set(headers, CSRF_COOKIE, "", "/", 0, false, secure);
}

fn set(headers: &mut HeaderMap, name: &str, value: &str, path: &str, seconds: i64, hidden: bool, secure: bool) {
    let hidden = if hidden { "; HttpOnly" } else { "" };
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; Max-Age={seconds}; SameSite=Strict{hidden}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use axum::http::Request;

    use super::*;

    fn parts(forwarded: &[&str]) -> Parts {
        let mut request = Request::builder().uri("/");
        for line in forwarded {
            request = request.header("x-forwarded-for", *line);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80))));
        parts
    }

    #[test]
    fn an_address_is_believed_from_our_own_proxies_only() {
        let spoofed = parts(&["1.1.1.1, 2.2.2.2", "3.3.3.3"]);
        let seen = |proxies| address(&spoofed, proxies).to_string();
        assert_eq!((seen(0).as_str(), seen(1).as_str(), seen(2).as_str()), ("10.0.0.1", "3.3.3.3", "2.2.2.2"));
        assert_eq!(address(&parts(&[]), 1).to_string(), "10.0.0.1");
        assert_eq!(address(&parts(&["no address"]), 1).to_string(), "10.0.0.1");
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; duka_access=xyz"));
        headers.append(header::COOKIE, HeaderValue::from_static("empty="));
        assert_eq!(cookie(&headers, "duka_access"), Some("xyz"));
        assert_eq!((cookie(&headers, "access"), cookie(&headers, "empty")), (None, None));
    }
}
