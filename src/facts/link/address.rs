//! What an address says: scheme, what stands before the host, host, path, parameters (WHATWG URL Standard, as far as a
//! linter needs it: odd ones are read as a browser would read them, never refused).

use super::punycode;
use std::borrow::Cow;
use std::net::Ipv4Addr;

/// How an address leads to its target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// `http` and `https`, or none before a host.
    Web,
    /// Within the same site or page.
    #[default]
    Relative,
    /// Another one, as it is written in [`Address::scheme`].
    Other,
}

/// An address in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// How it leads to its target.
    pub kind: Scheme,
    /// The scheme in small letters; empty where there is none.
    pub scheme: String,
    /// What stands before `@` in front of the host.
    pub userinfo: String,
    /// The host in small letters as a reader sees it, without port and closing dot.
    pub host: String,
    /// True where the host is an IP address, in whatever way it is written.
    pub is_ip: bool,
    /// From the first `/` behind the host; of a relative address all but parameters and fragment.
    pub path: String,
    /// Behind `?`, without it.
    pub query: String,
    /// Behind `#`, without it.
    pub fragment: String,
    /// Where the registered domain begins in the host.
    domain: usize,
    /// Where the public suffix begins in the host.
    suffix: usize,
    /// True where the list of public suffixes knows how the host ends.
    pub has_known_suffix: bool,
}

impl Address {
    /// Reads an address. One without a scheme is relative, unless it begins with `www.`.
    pub fn of(text: &str) -> Self {
        // Browsers pass over blanks around an address and over line ends and tabs in it.
        let text: Cow<'_, str> = match text.contains(['\n', '\r', '\t']) {
            true => text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect::<String>().into(),
            false => text.into(),
        };
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
        let (scheme, rest) = scheme(text);
        match scheme.as_str() {
            "http" | "https" => Self::web(scheme, rest.trim_start_matches(['/', '\\'])),
            "" if rest.starts_with("//") => Self::web(scheme, rest.trim_start_matches('/')),
            "" if starts_with_www(rest) => Self::web(scheme, rest),
            "" => {
                let (path, query, fragment) = parts(rest);
                Self { path: path.into(), query: query.into(), fragment: fragment.into(), ..Self::default() }
            }
            _ => Self { kind: Scheme::Other, scheme, path: rest.into(), ..Self::default() },
        }
    }

    /// Reads an address that begins with its host, the scheme left out.
    pub fn of_host(text: &str) -> Self {
        match scheme(text).0.as_str() {
            "" => Self::web(String::new(), text.trim_start_matches('/')),
            _ => Self::of(text),
        }
    }

    fn web(scheme: String, rest: &str) -> Self {
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, after) = rest.split_at(end);
        let (userinfo, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let is_v6 = host.starts_with('[');
        let bare = match host.rsplit_once(':') {
            Some((host, port)) if !is_v6 && port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => host,
        };
        let bare = unescaped(bare.trim_end_matches('.')).to_lowercase().replace('。', ".");
        let is_ip = is_v6 || number(&bare);
        let host = bare.split('.').map(seen).collect::<Vec<_>>().join(".");
        let (path, query, fragment) = parts(after);
        let mut address = Self {
            kind: Scheme::Web,
            scheme,
            userinfo: userinfo.into(),
            is_ip,
            path: path.into(),
            query: query.into(),
            fragment: fragment.into(),
            ..Self::default()
        };
        if !is_ip {
            let suffix = psl::suffix(bare.as_bytes());
            address.has_known_suffix = suffix.is_some_and(|s| s.is_known());
            // Labels are counted: those of punycode are longer than what is seen.
            let labels = |length: usize| bare[bare.len() - length.min(bare.len())..].matches('.').count() + 1;
            let of_suffix = suffix.map_or(1, |suffix| labels(suffix.as_bytes().len()));
            address.suffix = nth_label_from_end(&host, of_suffix);
            address.domain = nth_label_from_end(&host, of_suffix + 1);
        }
        address.host = host;
        address
    }

    /// The part of the host that somebody registered: `b.co.uk` of `www.b.co.uk`. All of it where it is a public suffix itself.
    pub fn domain(&self) -> &str {
        self.host.get(self.domain..).unwrap_or_default()
    }

    /// The host without its public suffix: `www.b` of `www.b.co.uk`.
    pub fn name(&self) -> &str {
        match self.suffix {
            0 => &self.host,
            end => &self.host[..end - 1],
        }
    }

    /// The host without `www.`.
    pub fn bare_host(&self) -> &str {
        self.host.strip_prefix("www.").unwrap_or(&self.host)
    }

    /// True where two hosts belong to the same registered domain, or one of them lies within the other.
    pub fn is_same_site(&self, other: &Self) -> bool {
        let (a, b) = (self.bare_host(), other.bare_host());
        let within = |inner: &str, outer: &str| {
            inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) && outer.contains('.')
        };
        within(a, b) || within(b, a) || self.domain() == other.domain() && !self.is_ip
    }

    /// True where the host is this one or lies within it.
    pub fn is_within(&self, host: &str) -> bool {
        self.host.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The parameters, names and values as written.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.split(['&', ';']).filter(|p| !p.is_empty()).map(|p| p.split_once('=').unwrap_or((p, "")))
    }

    /// Whether it leads to another site.
    pub fn is_web(&self) -> bool {
        self.kind == Scheme::Web && !self.host.is_empty()
    }

    /// The address without what does not change where it leads.
    pub fn plain(&self) -> String {
        let path = self.path.trim_end_matches('/');
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        format!("{}{path}{query}", self.bare_host())
    }
}

/// The scheme in small letters and what follows its colon; of a host with a port, nothing.
fn scheme(text: &str) -> (String, &str) {
    let Some(colon) = text.find([':', '/', '?', '#', '.', '@']).filter(|at| text.as_bytes()[*at] == b':') else {
        return (String::new(), text);
    };
    let (name, rest) = (&text[..colon], &text[colon + 1..]);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'));
    if is_name { (name.to_ascii_lowercase(), rest) } else { (String::new(), text) }
}

fn starts_with_www(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn parts(text: &str) -> (&str, &str, &str) {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    (path, query, fragment)
}

/// A label as a reader sees it.
fn seen(label: &str) -> String {
    label.strip_prefix("xn--").and_then(punycode::decode).unwrap_or_else(|| label.to_owned())
}

fn nth_label_from_end(host: &str, count: usize) -> usize {
    host.rmatch_indices('.').nth(count.saturating_sub(1)).map_or(0, |(at, _)| at + 1)
}

/// True for an IPv4 address in decimal, octal or hexadecimal parts, one to four of them, as browsers read them.
fn number(host: &str) -> bool {
    let is_part = |part: &str| match part.strip_prefix("0x") {
        Some(hex) => hex.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()),
    };
    host.parse::<Ipv4Addr>().is_ok() || host.split('.').count() <= 4 && host.split('.').all(is_part)
}

/// A text with its `%XX` resolved, as far as they are UTF-8.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or_else(|_| text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let table = [
            ("https://www.b.co.uk/a?x=1#y", "www.b.co.uk", "b.co.uk"),
            ("http://user:pass@Host.Example:80/", "host.example", "host.example"),
            ("//cdn.b.com/x", "cdn.b.com", "b.com"),
            ("www.c.org.", "www.c.org", "c.org"),
            ("https://www.nhs.uk", "www.nhs.uk", "www.nhs.uk"),
            ("https://xn--mnchen-3ya.example/", "münchen.example", "münchen.example"),
            ("HTTPS:\\\\d.de\\x", "d.de", "d.de"),
        ];
        for (text, host, domain) in table {
            let address = Address::of(text);
            assert_eq!((address.host.as_str(), address.domain(), address.is_web()), (host, domain, true), "{text}");
        }
        assert_eq!(Address::of("https://www.b.co.uk/a").name(), "www.b");
        assert_eq!(Address::of("http://a:b@c.d/").userinfo, "a:b");
        assert_eq!(Address::of("https://x.example/@name").userinfo, "");
    }

    #[test]
    fn kinds() {
        for text in ["/a/b", "a.html", "#top", "?q=1", "", "notes.md:3"] {
            assert_eq!(Address::of(text).kind, Scheme::Relative, "{text}");
        }
        for (text, scheme) in
            [("mailto:a@b.c", "mailto"), (" java\nscript:x()", "javascript"), ("data:text/html,x", "data")]
        {
            assert_eq!((Address::of(text).kind, Address::of(text).scheme.as_str()), (Scheme::Other, scheme), "{text}");
        }
    }

    #[test]
    fn numbers() {
        for host in ["192.0.2.1", "0xC0000201", "3221226219", "0300.0.2.1", "[2001:db8::1]", "192.0.2.1:8080"] {
            assert!(Address::of(&format!("http://{host}/")).is_ip, "{host}");
        }
        assert!(!Address::of("http://1.2.3.4.5/").is_ip && !Address::of("https://112.be").is_ip);
    }

    #[test]
    fn sites() {
        let same = |a: &str, b: &str| Address::of_host(a).is_same_site(&Address::of_host(b));
        assert!(same("nhs.uk/x", "https://www.nhs.uk") && same("a.b.org", "b.org") && same("www.b.org", "m.b.org"));
        assert!(!same("a.co.uk", "b.co.uk") && !same("nhs.uk", "nhs.uk.b.example") && !same("xb.org", "b.org"));
        assert_eq!(unescaped("a%2Fb%zz%"), "a/b%zz%");
    }
}
