//! `medlint explain`: a rule in the words of its file.

use super::args::ExplainArgs;
use super::plan::Settings;
use super::{Stop, here};
use crate::report::wrap;
use crate::rules::{Example, Rule, RuleSet};
use std::io::{self, BufWriter, Write};

/// Columns that text is wrapped to.
const WIDTH: usize = 90;

/// Explains one rule, or names the rules of a family.
pub(super) fn run(args: &ExplainArgs) -> Result<u8, Stop> {
    let here = here()?;
    let rules = Settings::new(&args.settings, &here).of_folder(&here)?.rules(&[]);
    let mut out = BufWriter::new(io::stdout().lock());
    let family: Vec<_> = rules.all().into_iter().filter(|rule| rule.family() == args.rule).collect();
    for rule in &family {
        writeln!(out, "{} ({}): {}", rule.id, rules.ceiling(rule), rule.name)?;
    }
    if family.is_empty() {
        write(&rules, rules.get(&args.rule).map_err(Stop::trouble)?, &mut out)?;
    }
    out.flush()?;
    Ok(0)
}

fn write(rules: &RuleSet, rule: &Rule, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} ({})\n{}\n", rule.id, rules.ceiling(rule), rule.name)?;
    for line in wrapped(&rule.explain, WIDTH) {
        writeln!(out, "{line}")?;
    }
    if let Some(origin) = rules.house.get(&rule.id) {
        writeln!(out, "\nFrom {}", origin.source.path)?;
    }
    if !rule.options.is_empty() {
        writeln!(out, "\nOptions, as they are set now:")?;
        for (name, value) in &rule.options {
            writeln!(out, "    {name} = {value}")?;
            for line in wrapped(rule.meaning.get(name).map_or("", String::as_str), WIDTH - 8) {
                writeln!(out, "        {line}")?;
            }
        }
    }
    examples("Reported", &rule.bad, out)?;
    examples("Fine", &rule.good, out)?;
    if !rule.sources.is_empty() {
        writeln!(out, "\nRests on:")?;
        for source in &rule.sources {
            writeln!(out, "    {source}")?;
        }
    }
    Ok(())
}

fn examples(title: &str, examples: &[Example], out: &mut impl Write) -> io::Result<()> {
    for example in examples {
        writeln!(out, "\n{title}:")?;
        for text in &example.beside {
            article(text, '¦', out)?;
            writeln!(out)?;
        }
        article(&example.text, '|', out)?;
        for fact in &example.facts {
            writeln!(out, "  # {}", fact.join(", "))?;
        }
        for at in &example.at {
            writeln!(out, "  ^ “{at}”")?;
        }
    }
    Ok(())
}

/// An article, with a mark before each of its lines.
fn article(text: &str, mark: char, out: &mut impl Write) -> io::Result<()> {
    for line in text.trim().lines() {
        for (index, part) in wrapped(line, WIDTH - 4).into_iter().enumerate() {
            writeln!(out, "  {} {part}", if index == 0 { mark } else { ' ' })?;
        }
        if line.trim().is_empty() {
            writeln!(out, "  {mark}")?;
        }
    }
    Ok(())
}

/// Words in lines of at most `width` columns.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    wrap(&text.split_whitespace().collect::<Vec<_>>().join(" "), width, width)
}
