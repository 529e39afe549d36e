//! The words of time expressions as the lexicon has them, by the part that they play.
//!
//! A word may play several parts: `second` is a unit and an ordinal. Phrases are found by their first word, the longest first.
//! A small table of bits tells at a glance which words cannot belong to any expression.

use crate::language::{Interval, KeyMap, Lexicon, WordTable, keys};
use std::collections::BTreeMap;

/// What a word or phrase does in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Role {
    Unit,
    Number,
    Ordinal,
    Zero,
    Rate,
    Session,
    Dose,
    Nothing,
    Article,
    Determiner,
    To,
    Or,
    And,
    Of,
    AndAHalf,
    Part,
    Another,
    Filler,
    Approximate,
    Exactly,
    AtLeast,
    AtMost,
    UpTo,
    Over,
    Spread,
    Within,
    By,
    Until,
    Before,
    After,
    In,
    For,
    At,
    On,
    During,
    From,
    Starting,
    Between,
    Every,
    Each,
    Other,
    Per,
    Times,
    SoOften,
    OrMore,
    OrLess,
    AgeComparison,
    MostTail,
    LeastTail,
    ApproximateTail,
    Apart,
    Interval,
    IntervalOf,
    EachTime,
    Old,
    Aged,
    Population,
    Whoever,
    Initial,
    Next,
    Last,
    RestOf,
    BeforeTail,
    AfterTail,
    FromTail,
    Ago,
    PartOfDay,
    HourOfDay,
    OClock,
    PluralEnding,
    OrdinalEnding,
    Vague,
    Clause,
    Leads,
    Share,
    Plan,
}

/// Lists of the lexicon whose words all play one part.
const LISTS: &[(&str, Role)] = &[
    ("time unit", Role::Unit),
    ("quantity", Role::Number),
    ("ordinal", Role::Ordinal),
    ("zero time", Role::Zero),
    ("rate word", Role::Rate),
    ("session", Role::Session),
    ("dose unit", Role::Dose),
];
/// The list whose entries say themselves what they do.
const BINDING: &str = "time word";
/// The list of phrases in which nothing is read.
const NOTHING: &str = "no time";

/// Parts by their names in the lexicon.
const ROLES: &[(&str, Role)] = &[
    ("article", Role::Article),
    ("determiner", Role::Determiner),
    ("to", Role::To),
    ("or", Role::Or),
    ("and", Role::And),
    ("of", Role::Of),
    ("and a half", Role::AndAHalf),
    ("part", Role::Part),
    ("another", Role::Another),
    ("filler", Role::Filler),
    ("approximate", Role::Approximate),
    ("exactly", Role::Exactly),
    ("at least", Role::AtLeast),
    ("at most", Role::AtMost),
    ("up to", Role::UpTo),
    ("over", Role::Over),
    ("spread", Role::Spread),
    ("within", Role::Within),
    ("by", Role::By),
    ("until", Role::Until),
    ("before", Role::Before),
    ("after", Role::After),
    ("in", Role::In),
    ("for", Role::For),
    ("at", Role::At),
    ("on", Role::On),
    ("during", Role::During),
    ("from", Role::From),
    ("starting", Role::Starting),
    ("between", Role::Between),
    ("every", Role::Every),
    ("each", Role::Each),
    ("other", Role::Other),
    ("per", Role::Per),
    ("times", Role::Times),
    ("so often", Role::SoOften),
    ("or more", Role::OrMore),
    ("or less", Role::OrLess),
    ("age comparison", Role::AgeComparison),
    ("most tail", Role::MostTail),
    ("least tail", Role::LeastTail),
    ("approximate tail", Role::ApproximateTail),
    ("apart", Role::Apart),
    ("interval", Role::Interval),
    ("interval of", Role::IntervalOf),
    ("each time", Role::EachTime),
    ("old", Role::Old),
    ("aged", Role::Aged),
    ("population", Role::Population),
    ("whoever", Role::Whoever),
    ("initial", Role::Initial),
    ("next", Role::Next),
    ("last", Role::Last),
    ("rest of", Role::RestOf),
    ("before tail", Role::BeforeTail),
    ("after tail", Role::AfterTail),
    ("from tail", Role::FromTail),
    ("ago", Role::Ago),
    ("part of day", Role::PartOfDay),
    ("hour of day", Role::HourOfDay),
    ("o'clock", Role::OClock),
    ("plural ending", Role::PluralEnding),
    ("ordinal ending", Role::OrdinalEnding),
    ("vague time", Role::Vague),
    ("clause", Role::Clause),
    ("leads", Role::Leads),
    ("share", Role::Share),
    ("plan", Role::Plan),
];

/// Parts whose words no expression is without; the others only bind.
const OPENING: &[Role] = &[
    Role::Unit,
    Role::Zero,
    Role::Rate,
    Role::Session,
    Role::Dose,
    Role::Until,
    Role::Times,
    Role::SoOften,
    Role::Aged,
    Role::AgeComparison,
    Role::PartOfDay,
    Role::HourOfDay,
    Role::OClock,
    Role::Vague,
];

/// Seconds in what the lexicon counts time in.
const SECONDS: &[(&str, i64)] =
    &[("second", 1), ("minute", 60), ("hour", HOUR), ("day", 24 * HOUR), ("occasion", HOUR)];
/// Seconds in an hour; zero times are in hours.
const HOUR: i64 = 3600;
/// What comes round with the day: morning, a meal. Only `every` makes a rate of it.
const OCCASION: &str = "occasion";

/// What a word or phrase means in one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub role: Role,
    /// Its number: seconds for times and rates, the base measure for doses.
    pub value: Interval,
    /// The measure of a dose, the noun of a session, by number.
    pub measure: u16,
    /// True where it speaks of more than one.
    pub is_many: bool,
    /// True for a rate that only `every` makes one.
    pub is_occasion: bool,
    /// How many more words the phrase has, and where they stand.
    pub more: u16,
    pub rest: u32,
}

/// All senses that begin with one word.
#[derive(Clone, Copy, Debug, Default)]
struct Term {
    roles: u128,
    senses: (u32, u32),
    /// True where the word is the rarest of a phrase, or the word, that no expression is without.
    is_opening: bool,
}

/// The words of time expressions.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    terms: Vec<Term>,
    by_key: KeyMap<u32>,
    senses: Vec<Sense>,
    rests: Vec<u64>,
    gate: Box<[u64; GATE_WORDS]>,
    measures: Vec<String>,
}

/// Words of 64 bits in the gate: 8 KB, which passes one in a hundred of the other words.
const GATE_WORDS: usize = 1024;

/// No term: a word that plays no part.
pub(super) const NO_TERM: u32 = 0;

impl Vocabulary {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut builder = Builder {
            table: WordTable::builtin(),
            by_first: BTreeMap::new(),
            opening: Vec::new(),
            measures: Vec::new(),
        };
        for (list, role) in LISTS {
            builder.add_list(lexicon, list, |_| Some(*role));
        }
        let roles: BTreeMap<&str, Role> = ROLES.iter().copied().collect();
        builder.add_list(lexicon, BINDING, |of| roles.get(of?).copied());
        lexicon.list(NOTHING).each(|phrase| builder.add(phrase.to_vec(), Builder::plain(Role::Nothing), false));
        builder.built()
    }

    /// The number of the term of a word; [`NO_TERM`] for a word that plays no part.
    pub fn term(&self, key: u64) -> u32 {
        let slot = self.gate.get(key as usize / 64 % GATE_WORDS).copied().unwrap_or(0);
        if slot >> (key % 64) & 1 == 0 {
            return NO_TERM;
        }
        self.by_key.get(&key).copied().unwrap_or(NO_TERM)
    }

    /// True where a term plays this part alone or begins a phrase that does.
    pub fn may_be(&self, term: u32, role: Role) -> bool {
        self.terms.get(term as usize).is_some_and(|term| term.roles >> role as u8 & 1 == 1)
    }

    /// True for a word that an expression cannot be without.
    pub fn is_opening(&self, term: u32) -> bool {
        self.terms.get(term as usize).is_some_and(|term| term.is_opening)
    }

    /// What begins with a term, the longest phrases first.
    pub fn senses(&self, term: u32, role: Role) -> impl Iterator<Item = &Sense> {
        let range = if self.may_be(term, role) { self.terms.get(term as usize).map(|term| term.senses) } else { None };
        let (start, end) = range.unwrap_or_default();
        let senses = self.senses.get(start as usize..end as usize).unwrap_or_default();
        senses.iter().filter(move |sense| sense.role == role)
    }

    /// The words of a phrase behind its first.
    pub fn rest(&self, sense: &Sense) -> &[u64] {
        let start = sense.rest as usize;
        self.rests.get(start..start + usize::from(sense.more)).unwrap_or_default()
    }

    /// What the measure or noun of this number is called in the lexicon.
    pub fn measure(&self, number: u16) -> Option<&str> {
        self.measures.get(usize::from(number)).map(String::as_str)
    }

    /// The number of a measure by its name.
    pub fn measure_number(&self, name: &str) -> Option<u16> {
        self.measures.iter().position(|known| known == name).and_then(|number| u16::try_from(number).ok())
    }
}

struct Builder {
    table: WordTable,
    by_first: BTreeMap<u64, Vec<(Vec<u64>, Sense)>>,
    opening: Vec<u64>,
    measures: Vec<String>,
}

impl Builder {
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
            let is_opening = OPENING.contains(&role);
            let name = entry.of.as_ref().or_else(|| entry.forms().next());
            let measure = match role {
                Role::Dose | Role::Session => name.map_or(0, |name| self.measure(name)),
                _ => 0,
            };
            let value = Interval::new(least.saturating_mul(scale), most.saturating_mul(scale));
            let is_occasion = entry.of.as_deref() == Some(OCCASION);
            for (forms, is_many) in [(&entry.any, false), (&entry.many, true)] {
                let sense = Sense { value, measure, is_many, is_occasion, ..Self::plain(role) };
                forms.iter().for_each(|form| self.add(keys(form), sense, is_opening));
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

    fn add(&mut self, phrase: Vec<u64>, sense: Sense, is_opening: bool) {
        let Some((first, rest)) = phrase.split_first() else { return };
        if is_opening {
            let rarity = |key: &&u64| self.table.get(**key).map_or(u32::MAX, |form| form.rarity);
            self.opening.extend(phrase.iter().max_by_key(rarity));
        }
        self.by_first.entry(*first).or_default().push((rest.to_vec(), sense));
    }

    fn built(self) -> Vocabulary {
        let mut built = Vocabulary {
            terms: vec![Term::default()],
            by_key: KeyMap::default(),
            senses: Vec::new(),
            rests: Vec::new(),
            gate: Box::new([0; GATE_WORDS]),
            measures: self.measures,
        };
        for (first, mut senses) in self.by_first {
            senses.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            let start = built.senses.len() as u32;
            let term = built.term_of(first);
            for (rest, sense) in senses {
                let (more, at) = (u16::try_from(rest.len()).unwrap_or(0), built.rests.len() as u32);
                for key in &rest {
                    built.term_of(*key);
                }
                built.rests.extend(rest);
                built.senses.push(Sense { more, rest: at, ..sense });
                built.terms[term].roles |= 1 << sense.role as u8;
            }
            built.terms[term].senses = (start, built.senses.len() as u32);
        }
        for key in self.opening {
            let term = built.term_of(key);
            built.terms[term].is_opening = true;
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
            if let Some(slot) = self.gate.get_mut(key as usize / 64 % GATE_WORDS) {
                *slot |= 1 << (key % 64);
            }
        }
        term as usize
    }
}
