//! Public shorteners: nobody sees where the link leads.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    except: Vec<String>,
}

pub(super) struct Shortener {
    hosts: Hosts,
    except: Hosts,
}

impl Sign for Shortener {
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        Ok(Self { hosts: Hosts::new(lexicon.words("shortener host")), except: Hosts::new(&options.except) })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let address = &link.address;
        let leads_on = !address.path.trim_matches('/').is_empty();
        // A name below a shortener is a publisher's own.
        let is_one = self.hosts.found(address).is_some_and(|host| address.bare_host() == host);
        if !is_one || !leads_on || self.except.has(address) || page.is_quoted(link) {
            return None;
        }
        Sight::of(Sure::Certain, "")
    }
}
