//! The parts that words play in time expressions, and the names that the lexicon has for them.

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
    Turned,
    Birthday,
    Population,
    Being,
    SomebodyIs,
    Whoever,
    Initial,
    Next,
    Last,
    Final,
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
    Strength,
    Plan,
    AgeBelow,
    AgeAbove,
}

/// Lists of the lexicon whose words all play one part.
pub(super) const LISTS: &[(&str, Role)] = &[
    ("time unit", Role::Unit),
    ("quantity", Role::Number),
    ("ordinal", Role::Ordinal),
    ("zero time", Role::Zero),
    ("rate word", Role::Rate),
    ("session", Role::Session),
    ("dose unit", Role::Dose),
    ("age below", Role::AgeBelow),
    ("age above", Role::AgeAbove),
];
/// The list whose entries say themselves what they do.
pub(super) const BINDING: &str = "time word";
/// The list of phrases in which nothing is read.
pub(super) const NOTHING: &str = "no time";

/// Parts by their names in the lexicon.
pub(super) const ROLES: &[(&str, Role)] = &[
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
    ("turned", Role::Turned),
    ("birthday", Role::Birthday),
    ("population", Role::Population),
    ("being", Role::Being),
    ("somebody is", Role::SomebodyIs),
    ("whoever", Role::Whoever),
    ("initial", Role::Initial),
    ("next", Role::Next),
    ("last", Role::Last),
    ("final", Role::Final),
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
    ("strength", Role::Strength),
    ("plan", Role::Plan),
];

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u128);

impl Roles {
    /// The set of these.
    pub const fn of(roles: &[Role]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < roles.len() {
            set |= 1 << roles[at] as u8;
            at += 1;
        }
        Self(set)
    }

    /// All of both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Adds one.
    pub fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }

    /// True where both share one.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True where this one is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 >> role as u8 & 1 == 1
    }
}
