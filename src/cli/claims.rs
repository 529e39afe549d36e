//! `medlint timeline PATH…`: what the program read in articles about time, claim by claim.

use super::args::{TimelineArgs, TimelineFormat};
use super::{Stop, screen, statements};
use crate::diagnostic::Statement;
use crate::facts::claim::ClaimReader;
use crate::report::axis::{self, Row};
use crate::report::{Stated, Style, clean};
use crate::source::{Lines, Source};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// Raised when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

/// Lists the claims of articles.
pub(super) fn run(args: &TimelineArgs) -> Result<u8, Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    let style = screen::on_standard_output();
    let mut articles = Vec::new();
    let status = statements::each(&args.places, ClaimReader::new, |reader, path, doc, facts| {
        let statements = facts.claims.iter().map(|claim| Statement::of(doc, facts, reader, claim)).collect();
        let article = Article { path: path.clone(), statements };
        match args.output {
            TimelineFormat::Text => article.write(&doc.source, style, &mut out)?,
            TimelineFormat::Json => articles.push(article),
        }
        Ok(())
    })?;
    if args.output == TimelineFormat::Json {
        let articles = articles.iter().map(Listed::of).collect();
        let json = serde_json::to_string_pretty(&List { schema: SCHEMA, articles }).map_err(Stop::trouble)?;
        writeln!(out, "{json}")?;
    }
    out.flush()?;
    Ok(status)
}

#[derive(Serialize)]
struct List<'a> {
    schema: u32,
    articles: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    claims: Vec<Stated<'a>>,
}

impl<'a> Listed<'a> {
    fn of(article: &'a Article) -> Self {
        Self { path: &article.path, claims: article.statements.iter().map(Stated::of).collect() }
    }
}

/// The statements of one article.
struct Article {
    path: Arc<str>,
    statements: Vec<Statement>,
}

impl Article {
    /// The statements on one axis, and behind them what has no place on it: how often, how much, how many, at what age.
    fn write(&self, source: &Source, style: Style, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", clean(&self.path))?;
        let lines = Lines::of(source);
        let (drawn, others): (Vec<&Statement>, Vec<&Statement>) =
            self.statements.iter().partition(|statement| axis::is_drawn(statement));
        let drawn: Vec<Row<'_>> = drawn.into_iter().map(|statement| row(&lines, statement)).collect();
        if !drawn.is_empty() {
            for line in axis::draw(&drawn, style.width, style.unicode) {
                writeln!(out, "{line}")?;
            }
        }
        for Row { name, statement } in others.into_iter().map(|statement| row(&lines, statement)) {
            let verb = axis::verb(statement.kind);
            writeln!(out, "{name:>4}  {}  {verb} “{}”", statement.slot, clean(&statement.text))?;
        }
        writeln!(out)
    }
}

/// A statement, called by its line.
fn row<'a>(lines: &Lines, statement: &'a Statement) -> Row<'a> {
    Row { name: format!("{}", lines.index(statement.span.start) + 1), statement }
}
