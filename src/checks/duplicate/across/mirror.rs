//! Folders that look like mirrors: the same articles under the same names. Proposed once instead of article by article.

use crate::checks::{Found, Sure};
use crate::diagnostic::{Data, Diagnostic, identity};
use crate::language::key;
use crate::rules::{Rule, Template};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Takes the families of a rule out of what was found where so many of them lie in the same folders, and gives one proposal for each
/// set of folders.
pub(super) fn folded(found: &mut Vec<Found>, rule: &Arc<Rule>, least: usize, text: &Template) -> Vec<Found> {
    let mut by_folders: BTreeMap<Vec<String>, Vec<Found>> = BTreeMap::new();
    let mut rest = Vec::new();
    for one in std::mem::take(found) {
        match folders(&one.diagnostic).filter(|_| one.diagnostic.rule == rule.id) {
            Some(folders) => by_folders.entry(folders).or_default().push(one),
            None => rest.push(one),
        }
    }
    let mut proposals = Vec::new();
    for (folders, families) in by_folders {
        match families.len() >= least.max(1) {
            true => proposals.extend(proposal(&folders, families, text)),
            false => rest.extend(families),
        }
    }
    *found = rest;
    proposals
}

/// One finding for all families of a set of folders, told at the first of them.
fn proposal(folders: &[String], families: Vec<Found>, text: &Template) -> Option<Found> {
    let count = families.len().to_string();
    let mut families = families.into_iter().map(|one| one.diagnostic);
    let mut proposal = families.next()?;
    for family in families {
        if let (Data::Copies { permille, regions, edits }, Data::Copies { permille: other, regions: more, .. }) =
            (&mut proposal.data, family.data)
        {
            *permille = other.min(*permille);
            regions.extend(more);
            edits.clear();
        }
    }
    proposal.message = text.fill(&[("folders", &folders.join(", ")), ("articles", &count)]);
    proposal.notes.clear();
    proposal.identity = vec![identity(folders.iter().map(|folder| key(folder)))];
    Some(Found { diagnostic: proposal, sure: Sure::Doubtful })
}

/// The folders that hold the articles of a family under one name, the way from there included; `None` where the names differ.
fn folders(family: &Diagnostic) -> Option<Vec<String>> {
    let Data::Copies { regions, .. } = &family.data else { return None };
    let paths: Vec<Vec<&str>> = regions.iter().map(|region| region.path.split('/').collect()).collect();
    let first = paths.first()?;
    let is_shared = |back: usize| {
        let own = |path: &Vec<&str>| {
            path.len().checked_sub(back + 1).and_then(|at| path.get(at).map(|part| (*part).to_owned()))
        };
        own(first).is_some_and(|part| paths.iter().all(|path| own(path).as_ref() == Some(&part)))
    };
    let shared = (0..first.len()).take_while(|back| is_shared(*back)).count();
    let folder = |path: &Vec<&str>| path.get(..path.len() - shared).map(|parts| parts.join("/"));
    let folders: Vec<String> = paths.iter().filter_map(folder).collect();
    (shared > 0 && folders.iter().all(|folder| !folder.is_empty())).then_some(folders)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Place, Severity};
    use crate::span::Span;

    fn family(paths: &[&str]) -> Found {
        let span = Span::new(0, 1);
        let regions = paths.iter().map(|path| Place { path: (*path).into(), span }).collect();
        let diagnostic = Diagnostic {
            primary: Label { path: paths[1].into(), span, message: String::new() },
            rule: "duplicate/copied-article".into(),
            severity: Severity::Error,
            message: "told".into(),
            secondary: Vec::new(),
            notes: Vec::new(),
            fix: None,
            data: Data::Copies { permille: 1000, regions, edits: Vec::new() },
            identity: Vec::new(),
        };
        Found { diagnostic, sure: Sure::Certain }
    }

    #[test]
    fn trees_of_the_same_names_are_proposed_once() {
        let rule = Arc::new(Rule { id: "duplicate/copied-article".into(), ..Rule::default() });
        let text = Template::new("{folders} hold {articles}", &["folders", "articles"]).expect("a template");
        let mut found = vec![
            family(&["en/a.md", "gb/a.md"]),
            family(&["en/b/c.md", "gb/b/c.md"]),
            family(&["en/d.md", "gb/e.md"]),
            family(&["f.md", "g.md"]),
        ];
        let proposals = folded(&mut found, &rule, 2, &text);
        assert_eq!(proposals.iter().map(|one| one.diagnostic.message.as_str()).collect::<Vec<_>>(), ["en, gb hold 2"]);
        assert_eq!(found.len(), 2);
        let mut found = vec![family(&["en/a.md", "gb/a.md"])];
        assert!(folded(&mut found, &rule, 2, &text).is_empty());
        assert_eq!(found.len(), 1, "too few to be meant");
    }
}
