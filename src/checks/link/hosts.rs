//! Lists of hosts: a host counts with everything below it, and a path behind it narrows it.

use crate::facts::Address;
use std::collections::BTreeMap;

/// A list of hosts.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    /// By host, the beginnings of paths; empty ones stand for every path.
    hosts: BTreeMap<String, Vec<String>>,
}

impl Hosts {
    /// Reads entries like `a.example` and `a.example/path`.
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a String>) -> Self {
        let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in entries {
            let (host, path) = entry.split_once('/').unwrap_or((entry, ""));
            let host = host.trim_start_matches("*.").to_lowercase();
            hosts.entry(host).or_default().push(path.to_lowercase());
        }
        Self { hosts }
    }

    /// True where an address leads to a host of the list, or below one.
    pub fn has(&self, address: &Address) -> bool {
        self.found(address).is_some()
    }

    /// The host of the list that an address leads to.
    pub fn found(&self, address: &Address) -> Option<&str> {
        if self.hosts.is_empty() || !address.is_web() {
            return None;
        }
        let host = address.host.as_str();
        let starts = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
        starts.filter_map(|start| self.hosts.get_key_value(&host[start..])).find_map(|(host, paths)| {
            let path = address.path.trim_start_matches('/').to_lowercase();
            paths.iter().any(|known| path.starts_with(known.as_str())).then_some(host.as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_with_what_is_below() {
        let hosts = Hosts::new(&["a.example".to_owned(), "b.example/go".to_owned()]);
        let has = |text: &str| hosts.has(&Address::of(text));
        assert!(has("https://a.example") && has("http://www.a.example/x") && has("https://b.example/go/1"));
        assert!(!has("https://xa.example") && !has("https://b.example/") && !has("/a.example"));
    }
}
