//! Links whose text is an address on another site than their target.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::{Address, LinkUse, unescaped};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

/// The scheme of links that dial.
const DIAL: &str = "tel";
/// So many digits at its end make a telephone number; shorter ones are those of services.
const NUMBER: usize = 6;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    resolvers: Vec<String>,
    file_endings: Vec<String>,
    program_endings: Vec<String>,
}

pub(super) struct DeceptiveText {
    options: Options,
    resolvers: Hosts,
    archives: Hosts,
    same: Vec<Vec<String>>,
}

impl Sign for DeceptiveText {
    const TEXTS: &'static [&'static str] = &["number", "program"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        let resolvers = Hosts::new(&options.resolvers);
        let same = lexicon.entries("same body").iter().map(|entry| entry.any.clone()).collect();
        Ok(Self { options, resolvers, archives: Hosts::new(lexicon.words("archive host")), same })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let is_quoted = || link.link.is_none() && page.is_quoted(link);
        if link.address.is_web() && self.is_program(&link.address) && !is_quoted() {
            return Some(Sight::of(Sure::Certain, "")?.worded("program"));
        }
        let is_own = matches!(link.kind, LinkKind::Bare | LinkKind::Image | LinkKind::Autolink);
        if is_own || !link.address.is_web() {
            return if is_own { None } else { another_number(page, link) };
        }
        let shown = page.shown_address(link)?;
        let is_file = shown.path.is_empty() && shown.scheme.is_empty() && {
            let ending = shown.host.rsplit('.').next().unwrap_or_default();
            self.options.file_endings.iter().any(|file| file == ending)
        };
        let is_honest = is_file
            || shown.is_same_site(&link.address)
            || self.resolvers.has(&shown)
            || self.resolvers.has(&link.address)
            || self.archives.has(&link.address)
            || self.is_same_body(&shown, &link.address)
            || leads_to(&link.address, &shown);
        if is_honest { None } else { Sight::of(Sure::Certain, shown.host) }
    }
}

/// A telephone number as text, above a link that dials another one. Codes of countries and of areas may be left out, so the ends are compared.
fn another_number(page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    let (text, target) = (page.text(link), unescaped(page.target(link)));
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-–.".contains(c));
    let dialled = target.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case(DIAL))?.1;
    let dialled = digits(dialled.split([';', ',']).next().unwrap_or_default());
    let shown = digits(text);
    let end = |digits: &str| digits.get(digits.len().checked_sub(NUMBER)?..).map(str::to_owned);
    let (shown, dialled) = (end(&shown)?, end(&dialled)?);
    if is_number && shown != dialled { Some(Sight::of(Sure::Certain, dialled)?.worded("number")) } else { None }
}

impl DeceptiveText {
    /// True for a program that is called a document: `planner.pdf.exe`, but not `pdf.exe`.
    fn is_program(&self, address: &Address) -> bool {
        let mut endings = address.path.rsplit('/').next().unwrap_or_default().rsplit('.').map(str::to_lowercase);
        let is = |list: &[String], ending: Option<String>| ending.is_some_and(|ending| list.contains(&ending));
        is(&self.options.program_endings, endings.next())
            && is(&self.options.file_endings, endings.next())
            && endings.next().is_some_and(|name| !name.is_empty())
    }

    /// Domains of one body: one name under two suffixes, or a pair that the lexicon knows.
    fn is_same_body(&self, a: &Address, b: &Address) -> bool {
        let within = |address: &Address, all: &[String]| all.iter().any(|host| address.is_within(host));
        let name = |address: &Address| address.name().rsplit('.').next().unwrap_or_default().to_owned();
        let is_one_name = name(a) == name(b) && a.has_known_suffix && b.has_known_suffix && !name(a).is_empty();
        is_one_name && name(a) != "www" || self.same.iter().any(|all| within(a, all) && within(b, all))
    }
}

/// True where the address names the other host in its path or parameters: a redirector, which is another sign.
fn leads_to(address: &Address, shown: &Address) -> bool {
    let rest = unescaped(&format!("{}?{}", address.path, address.query)).to_lowercase();
    rest.contains(&format!("//{}", shown.host)) || rest.contains(&format!("//www.{}", shown.bare_host()))
}
