//! The address that browsers use, which passkeys belong to.

use std::net::{IpAddr, SocketAddr};

use sapar_passkeys::RelyingParty;

/// The address that browsers use.
pub(crate) struct Site {
    origin: String,
    party: Option<RelyingParty>,
}

impl Site {
    /// The site of an origin; `None` where it is none, or where anybody could listen in.
    pub(crate) fn parse(origin: &str) -> Option<Self> {
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        let (scheme, authority) = origin.split_once("://")?;
        let usual = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return None,
        };
        // Browsers leave out the usual port.
        let authority = authority.strip_suffix(usual).unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return None;
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let address = bare.parse::<IpAddr>().ok();
        let on_machine =
            host == "localhost" || address.is_some_and(|address| address.is_loopback());
        if scheme == "http" && !on_machine {
            return None;
        }
        let origin = format!("{scheme}://{authority}");
        // The standard gives passkeys to domains only.
        let party = if address.is_some() {
            None
        } else {
            Some(RelyingParty::new(host, &[&origin]).ok()?)
        };
        Some(Self { origin, party })
    }

    /// The site of a server that listens on this machine only.
    pub(crate) fn of_machine(listening: SocketAddr) -> Option<Self> {
        let port = listening.port();
        listening
            .ip()
            .is_loopback()
            .then(|| Self::parse(&format!("http://localhost:{port}")))
            .flatten()
    }

    /// As browsers write it, without a path.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// What passkeys belong to; nothing where the address is of numbers.
    pub(crate) fn party(&self) -> Option<&RelyingParty> {
        self.party.as_ref()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.origin.starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(origin: &str) -> Option<(String, bool)> {
        Site::parse(origin).map(|site| (site.origin().to_owned(), site.party().is_some()))
    }

    #[test]
    fn a_site_is_a_domain_by_https_or_this_machine() {
        for (origin, as_browsers_write, passkeys) in [
            ("https://post.example", "https://post.example", true),
            ("https://post.example/", "https://post.example", true),
            ("https://post.example:443", "https://post.example", true),
            (
                "https://post.example:8443",
                "https://post.example:8443",
                true,
            ),
            ("http://localhost:8080", "http://localhost:8080", true),
            ("http://localhost:80", "http://localhost", true),
            ("https://192.0.2.1", "https://192.0.2.1", false),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", false),
            ("http://[::1]:8080", "http://[::1]:8080", false),
        ] {
            let expected = Some((as_browsers_write.to_owned(), passkeys));
            assert_eq!(parsed(origin), expected, "{origin}");
        }
        for origin in [
            "post.example",
            "http://post.example",
            "ftp://post.example",
            "https://post.example/path",
            "https://post.example:99999",
            "https://Post.example",
            "https://user@post.example",
            "http://192.0.2.1",
            "https://",
            "",
        ] {
            assert_eq!(parsed(origin), None, "{origin}");
        }
    }

    #[test]
    fn a_server_of_this_machine_is_called_localhost() {
        let site = |address: &str| Site::of_machine(address.parse().unwrap());
        assert_eq!(
            site("127.0.0.1:8080").map(|site| site.origin().to_owned()),
            Some("http://localhost:8080".to_owned())
        );
        assert!(site("192.0.2.1:8080").is_none());
        assert!(site("0.0.0.0:8080").is_none());
    }
}
