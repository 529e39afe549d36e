//! From signs to findings: the wording comes from the rule, the place is the whole link.

use super::hosts::Hosts;
use super::page::Page;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Applicability, Data, Edit, Fix, Label, identity};
use crate::document::Document;
use crate::facts::{Facts, LinkUse, Needs};
use crate::language::{Lexicon, keys};
use crate::rules::{Rule, RuleError, Template};
use crate::span::Span;
use std::sync::{Arc, OnceLock};

/// What every wording may say of a link.
pub(in crate::checks) const PLACEHOLDERS: [&str; 4] = ["text", "host", "target", "what"];

/// Longer texts and targets are cut in messages, in characters.
const LONGEST: usize = 70;

/// Something that speaks against links.
pub(super) trait Sign: Send + Sync + Sized + 'static {
    /// Wordings of the rule's file, beyond its message, by name.
    const TEXTS: &'static [&'static str] = &[];

    /// Reads the options of a rule.
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError>;

    /// Looks at one link.
    fn judge(&self, _page: &Page<'_>, _link: &LinkUse) -> Option<Sight> {
        None
    }

    /// Looks at all links of a page; one by one where a sign does not say otherwise.
    fn look(&self, page: &Page<'_>, tell: &mut dyn FnMut(&LinkUse, Sight)) {
        for link in page.links {
            if let Some(sight) = self.judge(page, link) {
                tell(link, sight);
            }
        }
    }
}

/// A sign as it is seen on a link.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub sure: Sure,
    /// What the wording calls `{what}`.
    pub what: String,
    /// The wording, where it is not the message of the rule.
    pub wording: Option<&'static str>,
    /// A change that helps, with the name of its title.
    pub fix: Option<(&'static str, Applicability, Vec<Edit>)>,
    /// Other places, with the name of their remark.
    pub places: Vec<(&'static str, Span)>,
}

impl Sight {
    /// A plain sight.
    pub fn of(sure: Sure, what: impl Into<String>) -> Option<Self> {
        Some(Self { sure, what: what.into(), wording: None, fix: None, places: Vec::new() })
    }

    /// In other words than those of the message.
    pub fn worded(self, wording: &'static str) -> Self {
        Self { wording: Some(wording), ..self }
    }
}

struct One<S> {
    rule: Arc<Rule>,
    sign: S,
    message: Template,
    texts: Vec<(&'static str, Template)>,
}

/// Rules of one kind of sign; made when the first link is met, since most short runs meet none.
struct Signs<S> {
    rules: Vec<Arc<Rule>>,
    lexicon: Lexicon,
    made: OnceLock<Result<Made<S>, RuleError>>,
}

struct Made<S> {
    all: Vec<One<S>>,
    allowed: Hosts,
}

/// Builds the check of one kind of sign.
pub(super) fn build<S: Sign>(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let signs = Signs::<S> { rules: rules.to_vec(), lexicon: lexicon.clone(), made: OnceLock::new() };
    Ok(Check::Document(Box::new(signs)))
}

impl<S: Sign> Signs<S> {
    fn made(&self) -> &Result<Made<S>, RuleError> {
        self.made.get_or_init(|| {
            let one = |rule: &Arc<Rule>| {
                let text = |name: &&'static str| Ok((*name, rule.text(name, &PLACEHOLDERS)?));
                Ok(One {
                    sign: S::new(rule, &self.lexicon)?,
                    message: rule.message(&PLACEHOLDERS)?,
                    texts: S::TEXTS.iter().map(text).collect::<Result<_, RuleError>>()?,
                    rule: rule.clone(),
                })
            };
            let all = self.rules.iter().map(one).collect::<Result<_, RuleError>>()?;
            Ok(Made { all, allowed: Hosts::new(self.lexicon.words("allowed host")) })
        })
    }
}

impl<S: Sign> DocumentCheck for Signs<S> {
    fn needs(&self) -> Needs {
        Needs { links: true, ..Needs::default() }
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.made().as_ref().map(|_| ()).map_err(Clone::clone)
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        if facts.links.is_empty() {
            return;
        }
        let Ok(made) = self.made() else { return };
        let page = Page { doc, links: &facts.links };
        for one in &made.all {
            one.sign.look(&page, &mut |link, sight| {
                if !made.allowed.has(&link.address) {
                    out.push(one.found(&page, link, sight));
                }
            });
        }
    }
}

impl<S> One<S> {
    fn found(&self, page: &Page<'_>, link: &LinkUse, sight: Sight) -> Found {
        let target = page.target(link);
        let (text, shown) = (cut(page.text(link)), cut(target));
        let values = [("text", &*text), ("host", &*link.address.host), ("target", &*shown), ("what", &*sight.what)];
        let named =
            |name: &str| self.texts.iter().find(|(own, _)| *own == name).map_or(&self.message, |(_, text)| text);
        let message = sight.wording.map_or(&self.message, named).fill(&values);
        let words = page.words(link);
        let mut diagnostic = finding(&self.rule, page.doc, link.text, &[words], message);
        diagnostic.primary.span = link.span;
        diagnostic.identity.push(identity(keys(target)));
        let place = |name: &str, span: Span| Label {
            path: page.doc.source.path.clone(),
            span,
            message: named(name).fill(&values),
        };
        diagnostic.secondary = sight.places.iter().map(|(name, span)| place(name, *span)).collect();
        diagnostic.fix = sight.fix.map(|(title, applicability, edits)| Fix {
            title: named(title).fill(&values),
            applicability,
            edits,
        });
        diagnostic.data = Data::Link {
            host: link.address.host.clone(),
            target: target.to_owned(),
            reasons: vec![self.rule.id.clone()],
        };
        Found { diagnostic, sure: sight.sure }
    }
}

/// A text on one line, cut where it is long.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
