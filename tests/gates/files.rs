//! The rules as their files say, so that a test need not be built anew when one changes.

use medlint::rules::Rule;
use std::fs;
use std::path::{Path, PathBuf};

/// All rules, sorted by id.
pub fn rules() -> Vec<Rule> {
    let inside = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let families = inside(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
    let families = families.iter().filter(|family| family.is_dir() && !family.ends_with("lexicon"));
    let files = families.flat_map(|family| inside(family));
    let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let read = |file: PathBuf| toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let mut rules: Vec<Rule> = files.map(read).collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules
}
