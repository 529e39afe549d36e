//! The vocabulary made from the lists of a lexicon.

use super::prefix::LEADS_IN;
use super::role::{BINDING, LISTS, NOTHING, ROLES, Role};
use super::vocabulary::{Gate, Opening, Rare, Sense, Term, Vocabulary};
use crate::language::{Interval, KeyMap, Lexicon, WordTable, keys};
use std::collections::BTreeMap;

/// Parts whose words no expression is without.
const OPENING: &[Role] = &[
    Role::Unit,
    Role::Zero,
    Role::Rate,
    Role::Until,
    Role::HourOfDay,
    Role::OClock,
    Role::Vague,
    Role::Birthday,
    Role::AgeBelow,
    Role::AgeAbove,
];
/// Those whose words also need a number near them, or `every`.
const OPENING_BY_NUMBER: &[Role] = &[
    Role::Session,
    Role::Dose,
    Role::Strength,
    Role::Aged,
    Role::Turned,
    Role::Population,
    Role::SomebodyIs,
    Role::AgeComparison,
    Role::PartOfDay,
];

/// From here on a number in words may be an age without anything beside it, and an ordinal a place among sessions.
const TELLING: &[(Role, i64)] = &[(Role::Number, 13), (Role::Ordinal, 3)];

/// Seconds in what the lexicon counts time in.
const SECONDS: &[(&str, i64)] =
    &[("second", 1), ("minute", 60), ("hour", HOUR), ("day", 24 * HOUR), ("occasion", HOUR)];
/// Seconds in an hour; zero times are in hours.
const HOUR: i64 = 3600;
/// What comes round with the day: morning, a meal. Only `every` makes a rate of it.
const OCCASION: &str = "occasion";

/// What is gathered before phrases are sorted.
pub(super) struct Builder {
    table: WordTable,
    by_first: BTreeMap<u64, Vec<(Vec<u64>, Sense)>>,
    rare: Vec<Rare>,
    measures: Vec<String>,
}

impl Builder {
    /// Gathers the lists of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let table = WordTable::builtin();
        let mut builder = Self { table, by_first: BTreeMap::new(), rare: Vec::new(), measures: Vec::new() };
        for (list, role) in LISTS {
            builder.add_list(lexicon, list, |_| Some(*role));
        }
        let roles: BTreeMap<&str, Role> = ROLES.iter().copied().collect();
        builder.add_list(lexicon, BINDING, |of| roles.get(of?).copied());
        lexicon.list(NOTHING).each(|phrase| builder.add(phrase.to_vec(), Self::plain(Role::Nothing), Opening::None));
        builder
    }

    fn plain(role: Role) -> Sense {
        let value = Interval::new(0, 0);
        Sense { role, value, measure: 0, is_many: false, is_occasion: false, more: 0, rest: 0 }
    }

    fn add_list(&mut self, lexicon: &Lexicon, list: &str, role: impl Fn(Option<&str>) -> Option<Role>) {
        for entry in lexicon.entries(list) {
            let Some(role) = role(entry.of.as_deref()) else { continue };
            let (least, most) = entry.range().unwrap_or((1, 1));
            let scale = match role {
                Role::Unit | Role::Rate => {
                    SECONDS.iter().find(|(name, _)| entry.of.as_deref() == Some(name)).map_or(1, |s| s.1)
                }
                Role::Zero => HOUR,
                _ => 1,
            };
            let is_occasion = entry.of.as_deref() == Some(OCCASION);
            // “second” alone is an ordinal, or the unit behind a number.
            let is_ordinal = role == Role::Unit && scale.saturating_mul(most) == 1;
            let opening = match role {
                role if OPENING_BY_NUMBER.contains(&role) || is_occasion => Opening::ByNumber,
                role if OPENING.contains(&role) || is_telling(role, least) => Opening::Alone,
                _ => Opening::None,
            };
            let name = entry.of.as_ref().or_else(|| entry.forms().next());
            let measure = match role {
                Role::Dose | Role::Session => name.map_or(0, |name| self.measure(name)),
                _ => 0,
            };
            let value = Interval::new(least.saturating_mul(scale), most.saturating_mul(scale));
            for (forms, is_many) in [(&entry.any, false), (&entry.many, true)] {
                let sense = Sense { value, measure, is_many, is_occasion, ..Self::plain(role) };
                let opening = if is_ordinal && !is_many { Opening::ByNumber } else { opening };
                forms.iter().for_each(|form| self.add(keys(form), sense, opening));
            }
        }
    }

    fn measure(&mut self, name: &str) -> u16 {
        let known = self.measures.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.measures.push(name.to_owned());
            self.measures.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    fn add(&mut self, phrase: Vec<u64>, sense: Sense, opening: Opening) {
        let Some((first, rest)) = phrase.split_first() else { return };
        if opening != Opening::None {
            let rarity =
                |at: &usize| phrase.get(*at).map(|key| self.table.get(*key).map_or(u32::MAX, |form| form.rarity));
            let offset = (0..phrase.len()).max_by_key(rarity).unwrap_or(0);
            self.rare.push(Rare { phrase: phrase.clone(), offset, opening });
        }
        self.by_first.entry(*first).or_default().push((rest.to_vec(), sense));
    }

    /// The vocabulary.
    pub fn built(self) -> Vocabulary {
        let mut built = Vocabulary {
            terms: vec![Term::default()],
            by_key: KeyMap::default(),
            senses: Vec::new(),
            rests: Vec::new(),
            known: Gate::new(),
            opening: Gate::new(),
            by_rarest: KeyMap::default(),
            measures: self.measures,
        };
        for (first, mut senses) in self.by_first {
            senses.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            let start = built.senses.len() as u32;
            let term = built.term_of(first);
            for (rest, sense) in senses {
                let (more, at) = (u16::try_from(rest.len()).unwrap_or(0), built.rests.len() as u32);
                let is_leading = LEADS_IN.has(sense.role);
                built.terms[term].is_leading |= is_leading;
                for key in &rest {
                    let other = built.term_of(*key);
                    built.terms[other].is_leading |= is_leading;
                }
                built.rests.extend(rest);
                built.senses.push(Sense { more, rest: at, ..sense });
                built.terms[term].roles.add(sense.role);
            }
            built.terms[term].senses = (start, built.senses.len() as u32);
        }
        for rare in self.rare {
            let Some(key) = rare.phrase.get(rare.offset).copied() else { continue };
            let term = built.term_of(key);
            built.terms[term].opening = built.terms[term].opening.max(rare.opening);
            built.opening.add(key);
            built.by_rarest.entry(key).or_default().push(rare);
        }
        built
    }
}

impl Vocabulary {
    fn term_of(&mut self, key: u64) -> usize {
        let next = self.terms.len() as u32;
        let term = *self.by_key.entry(key).or_insert(next);
        if term == next {
            self.terms.push(Term::default());
            self.known.add(key);
        }
        term as usize
    }
}

/// True for a number in words that may tell something by itself.
fn is_telling(role: Role, value: i64) -> bool {
    TELLING.iter().any(|(telling, least)| *telling == role && value >= *least)
}

#[cfg(test)]
mod tests {
    use crate::facts::time::role::{BINDING, LISTS, ROLES};
    use crate::language::{Lexicon, WordsFile};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn code_and_lexicon_name_the_same_parts() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/lexicon");
        let files = fs::read_dir(folder).expect("the lexicon").map(|file| {
            let text = fs::read_to_string(file.expect("the lexicon").path()).expect("text");
            toml::from_str::<WordsFile>(&text).expect("a file of words")
        });
        let lexicon = Lexicon::new(&files.collect::<Vec<_>>());
        let written: BTreeSet<&str> = lexicon.entries(BINDING).iter().filter_map(|entry| entry.of.as_deref()).collect();
        let known: BTreeSet<&str> = ROLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(written, known, "in the lexicon (left), in the code (right)");
        for (list, _) in LISTS {
            assert!(!lexicon.entries(list).is_empty(), "the list “{list}” is empty");
        }
    }
}
