//! Targets that read what a house writes: rule files and settings.

use super::holds::{RULES, findings_hold, source};
use super::text;
use medlint::checks;
use medlint::config::Config;
use medlint::engine::Linter;
use medlint::filter;
use medlint::rules::Mistake;
use medlint::source::{Format, Source};
use std::cell::RefCell;
use std::fs;
use std::sync::Arc;

/// What rules of a house are tried on.
const ARTICLE: &str = "# Knee care\n\nRest the knee for two days, then walk at once. See https://a.example/b?x=1 (Lakeside).\n\n- cool it\n";

fn has_places(mistakes: &[Mistake]) {
    for mistake in mistakes {
        assert!(mistake.source.text.get(mistake.span.range()).is_some(), "{mistake:?}");
        assert!(!mistake.message.is_empty(), "{mistake:?}");
    }
}

/// A rule file of a house: its mistakes have places, and a rule without mistakes can be used.
pub fn rules(bytes: &[u8]) {
    let file = Arc::new(Source::new("a.toml", Format::Plain, text(bytes).into_bytes()).unwrap());
    let mut rules = RULES.clone();
    let mut mistakes = rules.join(&[file]);
    for (id, origin) in &rules.house {
        let rule = rules.get(id).expect("it was joined");
        mistakes.extend(checks::verify(rule, &rules.lexicon).err().map(|error| origin.mistake(&error)));
    }
    has_places(&mistakes);
    if mistakes.is_empty() && !rules.house.is_empty() {
        let house = rules.house.clone();
        rules.rules.retain(|rule| house.contains_key(&rule.id));
        let linter = Linter::new(&rules).unwrap_or_else(|error| panic!("verified, and yet: {error}"));
        let article = source(ARTICLE, Format::Markdown);
        findings_hold(&article, &filter::lint(&linter, article.clone()));
    }
}

thread_local! {
    /// The folder that settings are read from.
    static HOME: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

/// A settings file with the files that it may name: the parts between lines of `====`.
pub fn config(bytes: &[u8]) {
    HOME.with_borrow_mut(|home| {
        let home = home.get_or_insert_with(|| tempfile::tempdir().unwrap());
        let folder = home.path();
        fs::create_dir_all(folder.join("editorial")).unwrap();
        let text = text(bytes);
        let mut parts = text.split("\n====\n");
        for name in ["medlint.toml", "facts.toml", "editorial/a.toml"] {
            fs::write(folder.join(name), parts.next().unwrap_or_default()).unwrap();
        }
        match Config::load(&folder.join("medlint.toml"), folder) {
            Ok(config) => {
                let article = folder.join("a.md");
                let overrides = config.overrides_for(&article);
                assert!(!config.rules(&overrides).rules.is_empty());
                let _ = (config.excludes(&article, false), config.tree_of(&article), config.idle_patterns());
            }
            Err(mistakes) => {
                assert!(!mistakes.is_empty());
                has_places(&mistakes);
            }
        }
    });
}
