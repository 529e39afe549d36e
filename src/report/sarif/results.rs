//! Findings as results: places, links from the message to them, the fingerprint, the fix.

use super::super::remarks::{change, notes};
use super::super::repository::{encoded, file_address, from_root};
use super::super::sources::{Located, Sources};
use super::super::told::numbered;
use super::super::{PLACES, Run};
use super::rules::level;
use super::shape::{
    ArtifactChange, ArtifactLocation, Change, ChangeProperties, Fingerprints, Inserted, Location, Measured, Message,
    PhysicalLocation, Region, Replacement, Told,
};
use super::text::{plain, sentence};
use crate::diagnostic::{Applicability, Data, Diagnostic, Label};
use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Locations that code scanning accepts of a result, the finding's own included.
const LOCATIONS: usize = 1000;
/// What addresses start from.
const ROOT: &str = "%SRCROOT%";

/// The results of a run, the worst first; each is made only while it is written.
pub(super) struct Results<'a> {
    /// With the how manieth of its fingerprint in its article a finding is, from 1.
    found: Vec<(&'a Diagnostic, u32)>,
    rules: BTreeMap<&'a str, usize>,
    folder: &'a str,
    sources: RefCell<Sources<'a>>,
}

impl<'a> Results<'a> {
    /// At most so many results of a run.
    pub fn new(run: &Run<'a>, most: usize) -> Self {
        // Numbers follow the text, so that a severity that changes does not exchange two of them.
        let mut found: Vec<_> = numbered(&run.outcome.diagnostics).collect();
        found.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.severity));
        found.truncate(most);
        let rules = run.rules.iter().enumerate().map(|(index, rule)| (&*rule.id, index)).collect();
        Self { found, rules, folder: run.folder, sources: RefCell::new(Sources::new(run.library)) }
    }

    fn told(&self, finding: &'a Diagnostic, occurrence: u32) -> Told<'a> {
        let sources = &mut *self.sources.borrow_mut();
        let own = Location {
            id: None,
            physical_location: self.place(&finding.primary, &sources.located(&finding.primary)),
            message: Some(plain(&finding.primary.message)).filter(|text| !text.is_empty()).map(|text| Message { text }),
        };
        let others = finding.secondary.iter().take(LOCATIONS - 1).enumerate();
        let related: Vec<Location> = others.map(|(index, label)| self.related(index + 1, label, sources)).collect();
        Told {
            rule_id: &finding.rule,
            rule_index: self.rules.get(&*finding.rule).copied(),
            level: level(finding.severity),
            message: Message { text: self.message(finding, &related, sources) },
            locations: [own],
            related_locations: related,
            partial_fingerprints: Fingerprints {
                primary_location_line_hash: format!("{:016x}:{occurrence}", finding.fingerprint()),
            },
            fixes: self.fix(finding, sources).map(|fix| [fix]),
            properties: match &finding.data {
                Data::None | Data::Link { .. } | Data::Suggestions { .. } | Data::Claims(_) => None,
                Data::Copies { permille, .. } => Some(Measured { similarity: f64::from(*permille) / 1000.0 }),
            },
        }
    }

    /// Another place; one that says nothing of itself is called by where it lies.
    fn related(&self, id: usize, label: &Label, sources: &mut Sources<'_>) -> Location {
        let place = sources.located(label);
        let mut text = plain(&label.message);
        if text.is_empty() {
            let path = plain(&from_root(self.folder, &label.path));
            text = format!("{path}:{}:{}", place.start.line, place.start.column);
        }
        Location { id: Some(id), physical_location: self.place(label, &place), message: Some(Message { text }) }
    }

    /// The message, a link to every other place, and the notes, a line each.
    fn message(&self, finding: &Diagnostic, related: &[Location], sources: &mut Sources<'_>) -> String {
        let link = |(index, other): (usize, &Location)| {
            let text = other.message.as_ref().map_or("", |message| message.text.as_str());
            format!("[{text}]({})", index + 1)
        };
        let mut links: Vec<String> = related.iter().enumerate().map(link).collect();
        if finding.secondary.len() > related.len() {
            links.push(format!("{} more", finding.secondary.len() - related.len()));
        }
        let mut text = plain(&finding.message);
        if !links.is_empty() {
            text.push_str(&format!(" (see {})", links.join(", ")));
        }
        let remarks = notes(finding, self.folder, PLACES, sources).into_iter().map(|note| plain(&note));
        let lines: Vec<String> = [text].into_iter().chain(remarks).map(sentence).collect();
        lines.join("\n")
    }

    fn place(&self, label: &Label, place: &Located) -> PhysicalLocation {
        PhysicalLocation { artifact_location: artifact(self.folder, &label.path), region: Some(region(place)) }
    }

    /// The fix, where a program may apply it and the text is still there.
    fn fix(&self, finding: &'a Diagnostic, sources: &mut Sources<'_>) -> Option<Change<'a>> {
        let fix = finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::DisplayOnly)?;
        let mut replacements = Vec::new();
        for edit in &fix.edits {
            let label = Label { path: finding.primary.path.clone(), span: edit.span, message: String::new() };
            sources.sheet(&label).ok()?;
            replacements.push(Replacement {
                deleted_region: region(&sources.located(&label)),
                inserted_content: Inserted { text: &edit.replacement },
            });
        }
        let artifact_location = artifact(self.folder, &finding.primary.path);
        Some(Change {
            description: Message { text: plain(&change(fix)) },
            artifact_changes: [ArtifactChange { artifact_location, replacements }],
            properties: ChangeProperties { applicability: fix.applicability.as_str() },
        })
    }
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.found.iter().map(|(finding, occurrence)| self.told(finding, *occurrence)))
    }
}

/// A file as such.
pub(super) fn location(folder: &str, path: &str) -> Location {
    let physical_location = PhysicalLocation { artifact_location: artifact(folder, path), region: None };
    Location { id: None, physical_location, message: None }
}

fn artifact(folder: &str, path: &str) -> ArtifactLocation {
    let path = from_root(folder, path);
    match file_address(&path) {
        Some(uri) => ArtifactLocation { uri, uri_base_id: None },
        None => ArtifactLocation { uri: encoded(&path), uri_base_id: Some(ROOT) },
    }
}

fn region(place: &Located) -> Region {
    Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    }
}
