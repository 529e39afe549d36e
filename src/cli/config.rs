//! `medlint config`: the settings in force for a path, as TOML, and which line each came from.

use super::args::ConfigArgs;
use super::plan::Settings;
use super::{Stop, here};
use crate::config::Config;
use crate::rules::{Part, locate};
use crate::source::{Lines, Source, shown};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Keys that are told rule by rule.
const TOLD_APART: [&str; 2] = ["rule", "override"];

/// Shows the settings.
pub(super) fn run(args: &ConfigArgs) -> Result<u8, Stop> {
    let here = here()?;
    let settings = Settings::new(&args.settings, &here);
    let path = settings.configs.absolute(&args.path);
    // Of a folder, what holds for articles in it.
    let article = if path.is_dir() { path.join("article.md") } else { path.clone() };
    let config = if path.is_dir() { settings.configs.of_folder(&path) } else { settings.configs.of(&path) };
    settings.stop_at_mistakes()?;
    let mut out = io::stdout().lock();
    let name = Some(shown(&path, &here)).filter(|name| !name.is_empty()).unwrap_or_else(|| ".".into());
    match &config.source {
        Some(source) => writeln!(out, "# {name}: settings from {}", source.path)?,
        None => writeln!(out, "# {name}: no settings file; everything is as built in")?,
    }
    if config.excludes(&path, path.is_dir()) || config.excludes(&article, false) {
        writeln!(out, "# {name} is excluded")?;
    }
    if config.file.fail_on.is_none() {
        writeln!(out, "fail-on = \"{}\"  # built in", config.fail_on().as_str())?;
    }
    let Some(source) = &config.source else { return Ok(0) };
    let written = Written::new(source);
    for (key, value) in written.values.iter().filter(|(key, _)| !TOLD_APART.contains(&key.as_str())) {
        writeln!(out, "{key} = {}  # {}", toml(value), written.place(&[key]))?;
    }
    let changed = written.rules(&config, &article);
    for (id, settings) in changed {
        writeln!(out, "\n[rule.{id:?}]")?;
        for (key, (value, from)) in settings {
            writeln!(out, "{key} = {}  # {from}", toml(&value))?;
        }
    }
    for (id, origin) in &config.rules(&[]).house {
        writeln!(out, "\n# {id} comes from {}", origin.source.path)?;
    }
    Ok(0)
}

/// A settings file as values with their places.
struct Written<'a> {
    source: &'a Source,
    lines: Lines,
    values: Map<String, Value>,
}

type Told = BTreeMap<String, BTreeMap<String, (Value, String)>>;

impl<'a> Written<'a> {
    fn new(source: &'a Source) -> Self {
        let values = toml::from_str(source.body()).unwrap_or_default();
        Self { source, lines: Lines::of(source), values }
    }

    fn place(&self, keys: &[&str]) -> String {
        let at = locate(self.source, keys, Part::Key);
        format!("{}:{}", self.source.path, self.lines.index(at.start) + 1)
    }

    /// What is set for each rule, the last setting of each key, with where it stands.
    fn rules(&self, config: &Config, path: &Path) -> Told {
        let mut told = Told::new();
        for (id, settings) in &config.file.rule {
            for (key, value) in settings {
                let from = self.place(&["rule", id, key]);
                told.entry(id.clone()).or_default().insert(key.clone(), (value.clone(), from));
            }
        }
        for index in config.overrides_for(path) {
            let Some(chosen) = config.file.overrides.get(index) else { continue };
            for (id, settings) in &chosen.rule {
                for (key, value) in settings {
                    let from = self.place(&["override", &index.to_string(), "rule", id, key]);
                    let from = format!("{from}, for {}", chosen.files.join(", "));
                    told.entry(id.clone()).or_default().insert(key.clone(), (value.clone(), from));
                }
            }
        }
        told
    }
}

/// A value as TOML writes it on one line.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        // Texts, numbers and truth values are written as in JSON.
        plain => plain.to_string(),
    }
}
