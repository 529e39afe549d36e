//! Hosts that imitate a known body: other letters, its domain inside another one, its name with a bait behind it.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::{Address, LinkUse};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

/// Names of so many letters or fewer are common syllables: only a digit in one gives an imitation away.
const SHORT: usize = 4;
/// Names of more letters than this are nobody else's with a letter doubled.
const LONG: usize = 7;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    alike: Vec<[String; 2]>,
    bait: Vec<String>,
    official: Vec<String>,
    misspelt_from: usize,
    misspelt_anywhere_from: usize,
}

pub(super) struct LookalikeHost {
    options: Options,
    bodies: Vec<Body>,
    known: Hosts,
    words: Vec<(String, String)>,
    archives: Hosts,
}

/// A body that others like to pass for.
struct Body {
    domain: String,
    /// Its domain with hyphens for dots.
    dashed: String,
    /// The same without the last part of the domain.
    bare: String,
    name: String,
    /// What stands behind its name.
    suffix: String,
    /// Its name with double letters made one.
    collapsed: String,
    /// Its name with letters that look alike made equal.
    folded: String,
}

impl Sign for LookalikeHost {
    const TEXTS: &'static [&'static str] = &["mixed", "misspelt"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        let domains = lexicon.words("known body");
        let body = |domain: &String| {
            let name = Address::of_host(domain).domain().split('.').next().unwrap_or_default().to_owned();
            Body {
                suffix: domain.rsplit_once(&name).map_or("", |(_, rest)| rest.trim_start_matches('.')).to_owned(),
                collapsed: collapsed(&name),
                folded: folded(&name, &options.alike),
                dashed: domain.replace('.', "-"),
                bare: domain.rsplit_once('.').map_or(String::new(), |(rest, _)| rest.replace('.', "-")),
                domain: domain.clone(),
                name,
            }
        };
        let words = lexicon.words("imitated word").iter().map(|word| (word.clone(), folded(word, &options.alike)));
        Ok(Self {
            bodies: domains.iter().map(body).collect(),
            known: Hosts::new(domains),
            words: words.collect(),
            archives: Hosts::new(lexicon.words("archive host")),
            options,
        })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let address = &link.address;
        if !address.is_web()
            || address.is_ip
            || link.kind == LinkKind::Image
            || link.link.is_none() && page.is_quoted(link)
        {
            return None;
        }
        if address.host.split('.').any(is_mixed) {
            return Some(Sight::of(Sure::Certain, "")?.worded("mixed"));
        }
        if self.known.has(address) || self.archives.has(address) {
            return None;
        }
        if let Some(body) = self.imitated(address) {
            return Sight::of(Sure::Certain, body);
        }
        Some(Sight::of(Sure::Likely, self.misspelt(address)?)?.worded("misspelt"))
    }
}

impl LookalikeHost {
    /// The body or word that a host passes for.
    fn imitated<'a>(&'a self, address: &'a Address) -> Option<&'a str> {
        let labels: Vec<&str> = address.name().split('.').collect();
        let parts = || labels.iter().flat_map(|label| std::iter::once(*label).chain(label.split('-')));
        for part in parts().filter(|part| part.chars().count() >= 3) {
            let own = folded(part, &self.options.alike);
            let has_swap = part.chars().any(|c| c.is_ascii_digit() || !c.is_ascii());
            let single = collapsed(part);
            let is_doubled = |body: &Body| body.name.len() > LONG && body.collapsed == single;
            let is_folded = |body: &Body| body.folded == own && (body.name.len() > SHORT || has_swap);
            let body = self.bodies.iter().find(|body| body.name != part && (is_folded(body) || is_doubled(body)));
            if let Some(body) = body {
                return Some(&body.domain);
            }
            // A digit among the letters of an everyday word.
            let is_letters =
                part.starts_with(|c: char| c.is_alphabetic()) && part.ends_with(|c: char| c.is_alphabetic());
            let word = self.words.iter().find(|(word, folded)| *folded == own && *word != part);
            if let Some((word, _)) = word.filter(|_| has_swap && is_letters) {
                return Some(word);
            }
        }
        if let Some(official) = self.official(&address.host) {
            return Some(official);
        }
        let name = format!("{}.", address.name());
        let within = |body: &&Body| self.is_within(body, &name, &labels);
        self.bodies.iter().find(within).map(|body| body.domain.as_str())
    }

    /// The end of an official domain that a host goes on behind: the `gov.uk` of `health.gov.uk-refunds.info`.
    fn official<'a>(&self, host: &'a str) -> Option<&'a str> {
        let starts = self.options.official.iter().flat_map(|label| host.match_indices(label.as_str()));
        let ends = starts.filter_map(|(start, label)| {
            let is_label = start == 0 || host[..start].ends_with('.');
            let country = host[start + label.len()..].strip_prefix('.').filter(|_| is_label)?;
            let (country, _) = country.split_once('-')?;
            let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
            is_country.then(|| &host[start..start + label.len() + 1 + country.len()])
        });
        ends.into_iter().next()
    }

    /// The body whose domain was typed with a letter too few, a letter too many, or two letters the wrong way round.
    ///
    /// Another letter in place of one makes another name more often than a slip, and so does one more or less at an end: a plural.
    fn misspelt(&self, address: &Address) -> Option<&str> {
        let (name, suffix) = address.domain().split_once('.')?;
        let is_slip = |body: &&Body| {
            body.name.len() >= self.options.misspelt_from
                && body.name.len().abs_diff(name.len()) <= 1
                && body.name.chars().next_back() == name.chars().next_back()
                && (body.suffix == suffix || body.name.len() >= self.options.misspelt_anywhere_from)
                && strsim::osa_distance(&body.name, name) == 1
                && (body.name.len() != name.len() || sorted(&body.name) == sorted(name))
        };
        self.bodies.iter().find(is_slip).map(|body| body.domain.as_str())
    }

    /// True where the domain of a body stands inside a host, its suffix left out, or its name before a bait.
    fn is_within(&self, body: &Body, host: &str, labels: &[&str]) -> bool {
        // Whatever is imitated holds the name, and few hosts do.
        if !host.contains(body.name.as_str()) {
            return false;
        }
        let mut starts = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
        let is_told = |rest: &str| rest.starts_with(['.', '-']);
        if starts.any(|start| host[start..].strip_prefix(body.domain.as_str()).is_some_and(is_told)) {
            return true;
        }
        // Its domain with hyphens for dots, alone or among other parts of a label.
        let holds = |label: &&str| {
            let places = label.match_indices(body.dashed.as_str());
            let is_apart = |(at, _): (usize, &str)| {
                let rest = &label[at + body.dashed.len()..];
                (at == 0 || label[..at].ends_with('-')) && (rest.is_empty() || rest.starts_with('-'))
            };
            places.into_iter().any(is_apart)
        };
        if labels.iter().any(holds) {
            return true;
        }
        if body.bare.contains('-') && labels.contains(&body.bare.as_str()) {
            return true;
        }
        let is_bait = |part: &str| self.options.bait.iter().any(|bait| bait == part);
        let Some((own, below)) = labels.split_last() else { return false };
        let has_bait = own.split('-').any(is_bait);
        let is_prefix = own.strip_prefix(body.name.as_str()).is_some_and(|rest| rest.starts_with('-'));
        has_bait && (is_prefix || below.contains(&body.name.as_str()))
    }
}

fn sorted(name: &str) -> Vec<u8> {
    let mut letters = name.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

/// A name with letters that look alike made equal.
fn folded(name: &str, alike: &[[String; 2]]) -> String {
    let mut folded = name.to_owned();
    for [one, other] in alike {
        if folded.contains(one.as_str()) {
            folded = folded.replace(one.as_str(), other);
        }
    }
    folded
}

/// A name with double letters made one.
fn collapsed(name: &str) -> String {
    let mut single = String::with_capacity(name.len());
    single.extend(name.chars().scan(None, |last, c| Some((last.replace(c) != Some(c)).then_some(c))).flatten());
    single
}

/// True where a label mixes Latin letters with those of an alphabet that has letters of the same shape.
fn is_mixed(label: &str) -> bool {
    if label.is_ascii() {
        return false;
    }
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
    // Greek, Cyrillic, Armenian, Cherokee.
    let is_alike = |c: char| matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}');
    label.chars().any(is_latin) && label.chars().any(is_alike)
}
