//! Which addresses a shop may send Duka to. A shop names the address of its own model, and must not reach what is behind the
//! firewall by it: other services of this machine, its network, a cloud's metadata.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// A name that leads nowhere but to addresses that are not public.
#[derive(Debug, thiserror::Error)]
#[error("the name has no public address")]
struct NotPublic;

/// Resolves names to their public addresses alone, at the moment of connecting: a name that pointed elsewhere when it was
/// checked would not help.
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether a connection failed because the name has no public address.
pub(super) fn was_refused(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NotPublic>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Whether a shop may name this address: over https, and if it is a number, a public one.
pub(super) fn is_allowed(url: &Url) -> bool {
    url.scheme() == "https"
        && match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(ip)) => is_public(ip.into()),
            Some(Host::Ipv6(ip)) => is_public(ip.into()),
            None => false,
        }
}

/// Whether a shop may name an address as that of its own model. Where the installation allows models of its own network, any
/// address over http or https will do.
///
/// # Errors
/// What is wrong with it.
pub fn check_own_address(text: &str, allow_local: bool) -> Result<(), String> {
    let url: Url = text.trim().parse().map_err(|_| format!("{text:?} is not an address; write https://…"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address holds no name and password; set the key as models.api_key".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("{text:?} has to end with its path, such as https://llm.example.com/v1"));
    }
    let plain = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if allow_local && plain {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(format!("{text:?} has to begin with https://"));
    }
    if !is_allowed(&url) || is_local(&url) || is_named_local(&url) {
        return Err(format!(
            "{text:?} is on this machine or its network; only public addresses may be set, unless the installation allows \
             others with DUKA_ALLOW_LOCAL_MODELS=1"
        ));
    }
    Ok(())
}

/// Names that lead to one's own machine or network wherever they are looked up.
fn is_named_local(url: &Url) -> bool {
    const ENDINGS: [&str; 6] = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".localdomain"];
    let Some(Host::Domain(name)) = url.host() else { return false };
    let name = name.trim_end_matches('.');
    ENDINGS.iter().any(|ending| name.ends_with(ending)) || !name.contains('.')
}

/// Whether an address is plainly on this machine or its network.
pub(crate) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || !name.contains('.') || name.ends_with(".local"),
        Some(Host::Ipv4(ip)) => !is_public(ip.into()),
        Some(Host::Ipv6(ip)) => !is_public(ip.into()),
        None => false,
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = match (a, b) {
        (0 | 10 | 127, _) | (169, 254) | (192, 168) | (198, 18 | 19) => true,
        (100, 64..=127) | (172, 16..=31) => true,
        (192, 0) => c == 0 || c == 2,
        (192, 88) => c == 99,
        (198, 51) => c == 100,
        (203, 0) => c == 113,
        // Multicast, reserved, broadcast.
        (224.., _) => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    // Public addresses are 2000::/3; within it 6to4 and Teredo carry an IPv4 address, and 2001:db8::/32 is for documents.
    let [first, second, ..] = ip.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_tunnel_or_document = first == 0x2002 || first == 0x2001 && (second == 0 || second == 0x0db8);
    is_global && !is_tunnel_or_document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_reaches_public_addresses_over_https_alone() {
        for fine in ["https://llm.example.com/v1", "https://8.8.8.8/v1", "https://[2606:4700::1111]/v1"] {
            assert!(is_allowed(&fine.parse().unwrap()), "{fine}");
        }
        let behind_the_firewall = [
            "http://llm.example.com/v1",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0.0.0.0/",
            "https://10.1.2.3/",
            "https://172.31.0.1/",
            "https://192.168.1.1/",
            "https://100.100.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://224.0.0.1/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
        ];
        for hidden in behind_the_firewall {
            assert!(!is_allowed(&hidden.parse().unwrap()), "{hidden}");
        }
    }

    #[test]
    fn what_a_shop_sets_as_its_address_is_checked_as_it_is_set() {
        for fine in ["https://llm.example.com/v1", " https://8.8.8.8/v1"] {
            assert_eq!(check_own_address(fine, false), Ok(()), "{fine}");
        }
        let refused = [
            "ftp://x",
            "llm",
            "http://llm.example.com/v1",
            "https://user:pw@example.com/v1",
            "https://example.com/v1?key=1",
            "https://localhost/v1",
            "https://localhost./v1",
            "https://models/v1",
            "https://metadata.google.internal/v1",
            "https://169.254.169.254/v1",
            "https://127.0.0.1/v1",
            "https://10.0.0.1/v1",
            "https://[::1]/v1",
        ];
        for wrong in refused {
            assert!(check_own_address(wrong, false).is_err(), "{wrong}");
        }
        assert_eq!(check_own_address("http://127.0.0.1:4010/v1", true), Ok(()));
        for wrong in ["ftp://127.0.0.1/", "https://user:pw@127.0.0.1/v1"] {
            assert!(check_own_address(wrong, true).is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_behind_the_firewall_is_not_followed() {
        let outcome = PublicOnly.resolve("localhost".parse().unwrap()).await;
        assert!(outcome.err().unwrap().is::<NotPublic>());
    }
}
