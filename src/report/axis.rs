//! Statements about time on one axis, drawn in characters: bans, leave and lengths under each other, so that the eye finds where they
//! meet. What lies before its event is drawn as far from it, and says so. The axis is logarithmic, since health articles speak of minutes and of years; ends that are named stand on it.

use super::screen::clean;
use crate::diagnostic::Statement;
use crate::language::length;
use std::collections::BTreeSet;

/// Columns of the scale.
const NARROWEST: usize = 20;
const WIDEST: usize = 60;
/// What open ends keep of the scale, in parts of it.
const OPEN: usize = 6;

/// Slots that are no stretch of time after an event.
const BESIDE: [&str; 4] = ["rate", "dose", "age", "count"];

/// The characters of bars: surely so, perhaps so, an open end, the axis with its ticks.
struct Pencil {
    sure: char,
    perhaps: char,
    open: char,
    point: char,
    line: char,
    tick: char,
}

const DRAWN: Pencil = Pencil { sure: '━', perhaps: '╌', open: '▶', point: '●', line: '─', tick: '┴' };
const TYPED: Pencil = Pencil { sure: '=', perhaps: '-', open: '>', point: '*', line: '-', tick: '+' };

/// A statement with the name of its row, such as its line.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What stands before the bar.
    pub name: String,
    /// What is drawn.
    pub statement: &'a Statement,
}

/// True for a statement that has a place on an axis of time.
pub fn is_drawn(statement: &Statement) -> bool {
    !BESIDE.contains(&statement.slot) && statement.from.is_some()
}

/// Draws statements that [`is_drawn`] holds for, a line each, and the axis below them.
pub fn draw(rows: &[Row<'_>], width: usize, is_unicode: bool) -> Vec<String> {
    let pencil = if is_unicode { DRAWN } else { TYPED };
    let names = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let room = (width.saturating_sub(names + 2) / 2).clamp(NARROWEST, WIDEST);
    let scale = Scale::of(rows, room);
    let mut lines = Vec::new();
    for Row { name, statement } in rows {
        let bar = scale.bar(statement, &pencil);
        let side = if statement.is_before { " before" } else { "" };
        let said = format!("{}{side} “{}”", verb(statement.kind), clean(&statement.text));
        let left = width.saturating_sub(names + room + 4);
        lines.push(format!("{name:>names$}  {bar}  {}", cut(&said, left)));
    }
    let indent = " ".repeat(names + 2);
    let [axis, labels] = scale.axis(&pencil);
    lines.push(format!("{indent}{axis}"));
    lines.push(format!("{indent}{}", labels.trim_end()));
    lines
}

/// A word for each kind of advice.
pub fn verb(kind: &str) -> &'static str {
    match kind {
        "forbid" => "not",
        "permit" => "may",
        "require" => "must",
        _ => "is",
    }
}

/// Where times stand on the axis.
struct Scale {
    ends: BTreeSet<i64>,
    unit: f64,
    longest: f64,
    room: usize,
    /// Columns up to the last end; behind it open ends run on.
    last: usize,
}

impl Scale {
    fn of(rows: &[Row<'_>], room: usize) -> Self {
        let of = |row: &Row<'_>| [row.statement.from, row.statement.to, row.statement.certain_to];
        let ends: BTreeSet<i64> = rows.iter().flat_map(of).flatten().filter(|end| *end >= 0).collect();
        let unit = ends.iter().find(|end| **end > 0).map_or(1.0, |end| *end as f64);
        let longest = ends.last().map_or(1.0, |end| (*end as f64).max(1.0));
        Self { ends, unit, longest, room, last: room - room / OPEN - 1 }
    }

    fn column(&self, seconds: i64) -> usize {
        let part = (1.0 + seconds.max(0) as f64 / self.unit).ln() / (1.0 + self.longest / self.unit).ln();
        (part * self.last as f64).round() as usize
    }

    fn bar(&self, statement: &Statement, pencil: &Pencil) -> String {
        let from = self.column(statement.from.unwrap_or(0));
        let to = statement.to.map_or(self.room - 1, |to| self.column(to));
        let sure = statement.certain_to.map_or(to, |sure| self.column(sure));
        let is_open = statement.to.is_none() && statement.certain_to.is_none();
        let end = if statement.to.is_none() && !is_open { sure } else { to };
        let at = |column: usize| match column {
            at if at < from || at > end.max(from) => ' ',
            at if at == from && from == end => pencil.point,
            at if is_open && at == end => pencil.open,
            at if at <= sure => pencil.sure,
            _ => pencil.perhaps,
        };
        (0..self.room).map(at).collect()
    }

    /// The axis with a tick at each end, and the ends in words where there is room.
    fn axis(&self, pencil: &Pencil) -> [String; 2] {
        let mut axis = vec![pencil.line; self.room];
        let mut labels = String::new();
        for end in &self.ends {
            let column = self.column(*end);
            if let Some(tick) = axis.get_mut(column) {
                *tick = pencil.tick;
            }
            let label = if *end == 0 { "0".to_owned() } else { length(*end) };
            let used = labels.chars().count();
            if used == 0 && column == 0 || used < column && used > 0 || labels.is_empty() {
                labels.extend(std::iter::repeat_n(' ', column.saturating_sub(used)));
                labels.push_str(&label);
            }
        }
        [axis.into_iter().collect(), labels]
    }
}

/// The beginning of a text that fits.
fn cut(text: &str, columns: usize) -> String {
    let short: String = text.chars().take(columns.saturating_sub(1)).collect();
    if text.chars().count() <= columns { text.to_owned() } else { format!("{short}…") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn statement(kind: &'static str, from: i64, certain_to: Option<i64>, to: Option<i64>) -> Statement {
        Statement {
            span: Span::new(0, 1),
            text: "run".into(),
            kind,
            slot: "start",
            topics: Vec::new(),
            intensity: 0,
            event: String::new(),
            is_before: false,
            from: Some(from),
            to,
            certain_to,
            modality: "asserted",
            conditions: Vec::new(),
        }
    }

    #[test]
    fn a_ban_and_leave_stand_under_each_other() {
        let ban = statement("forbid", 0, Some(86_400), Some(172_800));
        let leave = statement("permit", 0, None, None);
        let rows = [Row { name: "3".into(), statement: &ban }, Row { name: "12".into(), statement: &leave }];
        let lines = draw(&rows, 50, false);
        assert_eq!(
            lines,
            [
                " 3  =============-------     not “run”",
                "12  ======================>  may “run”",
                "    +-----------+------+---",
                "    0           1 d    2 d",
            ]
            .map(str::to_owned)
        );
    }
}
