//! `medlint facts PATH…`: drafts a facts file from what articles say about procedures.
//!
//! A fact for every matter, with the range that most articles give; what others say stands behind it as a note, for a person to decide. Where no
//! range has more articles than any other, all of the fact is a note.

use super::args::FactsArgs;
use super::{Stop, statements};
use crate::checks::Statements;
use crate::language::Lexicon;
use crate::report::clean;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// Procedure, topic and slot, with the key that tells what the numbers measure.
type Matter = (String, String, &'static str, u64);
/// What articles say, by the range, the first words for it and the articles.
type Said = BTreeMap<[u32; 2], (String, Vec<Arc<str>>)>;

/// Drafts the file on standard output.
pub(super) fn run(args: &FactsArgs) -> Result<u8, Stop> {
    let mut matters: BTreeMap<Matter, Said> = BTreeMap::new();
    let prepare = |lexicon: &Arc<Lexicon>| (Statements::new(lexicon), lexicon.clone());
    let status = statements::each(&args.places, prepare, |(statements, lexicon), path, doc, facts| {
        for one in statements.of(doc, facts) {
            let procedure = statements.procedures.name(one.procedure).to_owned();
            let words = doc.slice(doc.words_text(one.time.clone())).split_whitespace().collect::<Vec<_>>().join(" ");
            // A fact holds for no special kind, and its range must be readable by itself.
            let parts = [procedure.as_str(), &one.topic, one.slot.as_str(), &words];
            if statements.fact(lexicon, parts) != Ok((one.key, one.value())) {
                continue;
            }
            let said = matters.entry((procedure, one.topic.clone(), one.slot.as_str(), one.key)).or_default();
            let (_, articles) = said.entry(one.value()).or_insert_with(|| (words, Vec::new()));
            if articles.last() != Some(path) {
                articles.push(path.clone());
            }
        }
        Ok(())
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "# Drafted by medlint facts. Decide what is right, name the source, and set the day of the review.")?;
    for ((procedure, topic, slot, _), said) in &matters {
        write(procedure, topic, slot, said, &mut out)?;
    }
    out.flush()?;
    Ok(status)
}

fn write(procedure: &str, topic: &str, slot: &str, said: &Said, out: &mut dyn Write) -> io::Result<()> {
    let mut order: Vec<&(String, Vec<Arc<str>>)> = said.values().collect();
    order.sort_by_key(|(_, articles)| (std::cmp::Reverse(articles.len()), articles.first().cloned()));
    let Some((range, articles)) = order.first() else { return Ok(()) };
    let is_open = order.get(1).is_some_and(|(_, others)| others.len() == articles.len());
    let note = if is_open { "# " } else { "" };
    // What JSON quotes, TOML reads.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    writeln!(
        out,
        "\n{note}[[fact]]\n{note}procedure = {}\n{note}topic     = {}\n{note}slot      = {}",
        quoted(procedure),
        quoted(topic),
        quoted(slot)
    )?;
    writeln!(out, "{note}range     = {}  # {}", quoted(range), clean(&articles.join(", ")))?;
    for (range, articles) in order.iter().skip(1) {
        writeln!(out, "#           {}  # {}", quoted(range), clean(&articles.join(", ")))?;
    }
    writeln!(out, "{note}source    = \"\"\n{note}reviewed  = \"\"")
}
