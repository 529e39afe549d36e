//! What is told again in other words: passages, several closing sections, whole articles glued together.
//!
//! No pair of passages proves much: health articles name the same things again and again. Evidence adds up here: passages that
//! share much are joined to tellings of one thing ([`families`]); several of them, a title that starts over and a second
//! conclusion make a stitched article ([`parts`]). What copies report already is left to them.

mod closings;
mod families;
mod parts;
mod wording;

use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::{Facts, Needs, Passage};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use closings::{Signs, closings};
use families::{Families, Repeating, Telling};
use parts::{Article, Options};
use std::sync::Arc;
use wording::{ClosingWording, PassageWording, StitchedWording, Wording};

/// The rules of the check, by what they speak of, and the lists that they share.
struct Retold {
    /// Headings over what says again what stands elsewhere.
    repeating: Repeating,
    closing: Signs,
    passages: Vec<PassageWording>,
    closings: Vec<ClosingWording>,
    stitched: Vec<StitchedWording>,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut check = Retold {
        repeating: Repeating::new(lexicon),
        closing: Signs::new(lexicon),
        passages: Vec::new(),
        closings: Vec::new(),
        stitched: Vec::new(),
    };
    for rule in rules {
        match Wording::new(rule)? {
            Wording::Passage(wording) => check.passages.push(wording),
            Wording::Closing(wording) => check.closings.push(wording),
            Wording::Stitched(wording) => check.stitched.push(wording),
        }
    }
    Ok(Check::Document(Box::new(check)))
}

impl DocumentCheck for Retold {
    fn needs(&self) -> Needs {
        Needs { copies: true, likenesses: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let closings = closings(doc, facts, &self.closing);
        let mut is_stitched = false;
        for wording in self.stitched.iter().filter(|wording| !is_pasted(doc, facts, wording.options.copied)) {
            let Options { likeness, shared, .. } = wording.options;
            if facts.likenesses.is_empty() {
                continue;
            }
            let telling = families::Options {
                likeness,
                alone: likeness,
                joined: likeness,
                stitched: likeness,
                shared,
                several: 0,
                share: 0.0,
            };
            let families = Families::of(doc, facts, &self.repeating, telling, true);
            if families.all().is_empty() {
                continue;
            }
            let article = Article::new(doc, facts, &families, &closings, &self.repeating, &wording.options);
            if let Some(parts) = article.parts(&wording.options) {
                is_stitched = true;
                out.push(Found { diagnostic: wording.tell(doc, &parts), sure: Sure::Certain });
            }
        }
        let closings = closings::uncopied(facts, &closings);
        for wording in self.closings.iter().filter(|_| closings.len() > 1) {
            let is_sure = closings::are_alike(facts, &closings) && !is_stitched;
            let sure = if is_sure { Sure::Certain } else { Sure::Doubtful };
            out.push(Found { diagnostic: wording.tell(doc, facts, &closings), sure });
        }
        for wording in &self.passages {
            let mut options = wording.options;
            if is_stitched {
                (options.alone, options.joined) = (options.stitched, options.stitched);
            }
            let families = Families::of(doc, facts, &self.repeating, options, false);
            // Conclusions that say the same are a finding of their own.
            let is_told = |telling: &Telling| {
                let start = |closing: &u32| facts.passages.get(*closing as usize).map(|passage| passage.words.start);
                let is_closing =
                    |place: &Passage| closings.binary_search_by_key(&Some(place.words.start), start).is_ok();
                !self.closings.is_empty() && closings.len() > 1 && telling.places.iter().all(is_closing)
            };
            for telling in families.joined(facts).into_iter().filter(|telling| !is_told(telling)) {
                let is_sure = families.are_several && telling.is_firm && !is_stitched;
                let sure = if is_sure { Sure::Certain } else { Sure::Doubtful };
                out.push(Found { diagnostic: wording.tell(doc, &telling), sure });
            }
        }
    }
}

/// True where so large a share of the article is copied word for word that copies say it all.
fn is_pasted(doc: &Document, facts: &Facts, share: f64) -> bool {
    let copied: u32 = facts.copies.iter().map(|copied| copied.copy.end - copied.copy.start).sum();
    f64::from(copied) > share * doc.words.len() as f64
}
