//! The time grammar on expressions of our own, near misses among them, and on text made to be slow or odd.
//!
//! `time.tsv` holds an expression a line with the hours that it stands for: `inf` is open, `-` no number, the bound `none` nothing
//! that gives a time. Where a line holds several, the first is meant.
#![allow(clippy::unwrap_used, reason = "what goes wrong around the grammar is a failed test")]

use medlint::document::{Document, Parser};
use medlint::facts::time::{Kind, Lead, Side};
use medlint::facts::{Time, TimeReader};
use medlint::language::Lexicon;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// How far hours may differ: a few seconds, which are rounded.
const TOLERANCE: f64 = 0.001;

/// The lexicon and a reader that knows it.
static KNOWN: LazyLock<(Arc<Lexicon>, TimeReader)> = LazyLock::new(|| {
    let lexicon = RuleSet::builtin().lexicon;
    let reader = TimeReader::new(&lexicon);
    (lexicon, reader)
});

fn read(text: &str) -> (Document, Vec<Time>, TimeReader) {
    let (lexicon, reader) = &*KNOWN;
    let source = Source::new("a.txt", Format::Plain, text.into()).unwrap();
    let (doc, mut reader, mut times) = (Parser::new(lexicon).parse(Arc::new(source)), reader.clone(), Vec::new());
    reader.read(&doc, &mut times);
    (doc, times, reader)
}

/// The words of each expression in a text.
fn quoted(text: &str) -> Vec<String> {
    let (doc, times, _) = read(text);
    times.iter().map(|time| doc.slice(doc.words_text(time.words.clone())).to_owned()).collect()
}

#[test]
fn expressions_are_read_exactly() {
    let lexicon = RuleSet::builtin().lexicon;
    let (mut parser, mut reader) = (Parser::new(&lexicon), TimeReader::new(&lexicon));
    let mut wrong = Vec::new();
    let table = include_str!("time.tsv");
    for line in table.lines().skip(1) {
        let [text, lo, hi, bound] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let source = Source::new("a.txt", Format::Plain, text.into()).unwrap();
        let doc = parser.parse(Arc::new(source));
        let mut times = Vec::new();
        reader.read(&doc, &mut times);
        let found = told(&times);
        let end = |text: &str| text.parse::<f64>().ok().filter(|hours| hours.is_finite());
        let same = |told: Option<f64>, wanted: Option<f64>| match (told, wanted) {
            (Some(a), Some(b)) => (a - b).abs() <= TOLERANCE,
            (a, b) => a == b,
        };
        if !(same(found.0, end(lo)) && same(found.1, end(hi)) && found.2 == bound) {
            wrong.push(format!("{text}: {lo}..{hi} {bound}, read as {found:?}"));
        }
    }
    assert!(table.lines().count() > 450 && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Hours and bound of the first time; doses and numbers of sessions tell none.
fn told(times: &[Time]) -> (Option<f64>, Option<f64>, &'static str) {
    let rated = |time: &&Time| !matches!(time.kind, Kind::Dose { per: None, .. } | Kind::Count { .. });
    let Some(time) = times.iter().find(rated) else { return (None, None, "none") };
    let (interval, bound) = match time.kind {
        Kind::Dose { per, .. } => (per, "every"),
        Kind::Clock => (None, "clock"),
        _ => (time.interval, time.bound.as_str()),
    };
    let hours = |seconds: i64| seconds as f64 / 3600.0;
    (interval.map(|i| hours(i.lo)), interval.and_then(|i| i.hi).map(hours), bound)
}

#[test]
fn spans_hold_lead_and_tail_and_nothing_more() {
    let table: &[(&str, &[&str])] = &[
        ("Keep it dry for at least 24-48 hours following the session.", &["for at least 24-48 hours following"]),
        ("You can shower after\u{a0}two\u{a0}days, not before.", &["after\u{a0}two\u{a0}days"]),
        ("Avoid the following during your first week of recovery:", &["during your first week"]),
        ("Take 400 mg every 4 to 6 hours, at most 4 g a day.", &["400 mg", "every 4 to 6 hours", "at most 4 g a day"]),
        ("Use a two-day plan and come back in six weeks.", &["a two-day", "in six weeks"]),
        ("Days 4-7: walk. Week 2: cycle.", &["Days 4-7", "Week 2"]),
        ("Rest until the swelling subsides and then walk.", &["until the swelling subsides"]),
        ("It costs $40 a month; the tenth cigarette of the day does harm.", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(quoted(text), *expected, "{text}");
    }
}

#[test]
fn leads_and_sides_are_kept() {
    let one = |text: &str| {
        let (_, times, _) = read(text);
        let time = times.first().unwrap_or_else(|| panic!("{text}: nothing read")).clone();
        (time.lead, time.side, time.is_approximate)
    };
    assert_eq!(one("for about two days before the peel"), (Lead::For, Side::Before, true));
    assert_eq!(one("after two days"), (Lead::After, Side::Unsaid, false));
    assert_eq!(one("three days before and after the peel"), (Lead::None, Side::Both, false));
    assert_eq!(one("20 minutes each time"), (Lead::None, Side::Each, false));
    assert_eq!(one("a month ago"), (Lead::None, Side::Ago, false));
}

#[test]
fn doses_and_sessions() {
    let one = |text: &str| {
        let (_, times, reader) = read(text);
        let time = times.first().unwrap_or_else(|| panic!("{text}: nothing read")).clone();
        let measure = match time.kind {
            Kind::Dose { measure, .. } => reader.measure(measure),
            Kind::Count { noun } => reader.measure(noun),
            _ => "",
        };
        (measure.to_owned(), time.interval.map(|i| (i.lo, i.hi)))
    };
    assert_eq!(one("take 1,000 mg"), ("microgram".into(), Some((1_000_000_000, Some(1_000_000_000)))));
    assert_eq!(one("4 g a day at most"), ("microgram".into(), Some((0, Some(4_000_000_000)))));
    assert_eq!(one("half a tablet"), ("tablet".into(), Some((500, Some(500)))));
    assert_eq!(one("1–2 puffs"), ("puff".into(), Some((1000, Some(2000)))));
    assert_eq!(one("a 0.05% tretinoin cream"), ("percent".into(), Some((50, Some(50)))));
    assert_eq!(one("four to six treatment sessions"), ("session".into(), Some((4, Some(6)))));
    assert_eq!(one("a single treatment"), ("treatment".into(), Some((1, Some(1)))));
    assert_eq!(one("after your third and final peel"), ("peel".into(), Some((3, Some(3)))));
    assert_eq!(one("after the twelfth session"), ("session".into(), Some((12, Some(12)))));
}

#[test]
fn ages_stand_behind_people() {
    let years = |text: &str| {
        let age = read(text).1.into_iter().find(|time| time.kind == Kind::Age)?;
        age.interval.map(|age| (age.lo / (365 * 86_400), age.hi.map(|hi| hi / (366 * 86_400))))
    };
    for (text, expected) in [
        ("Pupils have to be at least twelve to get it.", Some((12, None))),
        ("When pupils are 12 or 13, they get it.", Some((12, Some(13)))),
        ("Teenagers of fourteen and over are welcome.", Some((14, None))),
        ("Wait until they're six.", Some((0, Some(6)))),
        ("Women are screened from 45 onwards.", Some((45, None))),
        ("Nobody needs a swab before 27.", Some((0, Some(27)))),
        ("Contraception is needed until you hit 52.", Some((0, Some(52)))),
        ("Children should be in bed before 8.", None),
        ("Patients wait from 45 to 60 minutes.", None),
        ("The oven is hot enough from 45 onwards.", None),
        ("Children are six times more likely to fall.", None),
        ("They are two of the best.", None),
        ("Wait until it is 20.", None),
        ("The babies are 3 in a row.", None),
        ("Patients are 50% better.", None),
    ] {
        assert_eq!(years(text), expected, "{text}");
    }
}

#[test]
fn a_house_adds_its_own_words() {
    let mut rules = RuleSet::builtin();
    let words = [
        "kind = \"words\"\nlist = \"dose unit\"\n[[entry]]\nany = [\"ampoule\"]\nmany = [\"ampoules\"]\n",
        "kind = \"words\"\nlist = \"time unit\"\n[[entry]]\nany = [\"shift\"]\nmany = [\"shifts\"]\nvalue = 8\nof = \"hour\"\n",
    ];
    let file = |text: &str| Arc::new(Source::new("house.toml", Format::Plain, text.into()).unwrap());
    assert_eq!(rules.join(&words.map(file)), []);
    let source = Arc::new(Source::new("a.txt", Format::Plain, "Two ampoules within three shifts.".into()).unwrap());
    let doc = Parser::new(&rules.lexicon).parse(source);
    let (mut reader, mut times) = (TimeReader::new(&rules.lexicon), Vec::new());
    reader.read(&doc, &mut times);
    assert_eq!(times.len(), 2, "{times:?}");
    assert_eq!(times[1].interval.and_then(|i| i.hi), Some(24 * 3600));
}

/// Pieces that begin expressions again and again, or nearly.
const HOSTILE: &[&str] = &[
    "1 ",
    "day ",
    "- ",
    "a ",
    "at least ",
    "for the next ",
    "until ",
    "1-",
    "1/2 ",
    "two hundred ",
    "every ",
    "day 1 ",
    "(1 day) ",
    "first ",
    "or ",
    "between 1 and ",
    "1h",
    "half an ",
    "½",
    "from 1 day before to ",
    "until the ",
    "3 x ",
    "24/7 ",
    "age ",
    "under 5 ",
    "99999999999 years ",
    "1 day or ",
    "mg 1 mg/",
    "twice or ",
    "1 hour and ",
];

#[test]
fn odd_text_takes_no_longer() {
    for piece in HOSTILE {
        let took = |times: usize| {
            let text = piece.repeat(times / piece.len());
            let lexicon = RuleSet::builtin().lexicon;
            let source = Arc::new(Source::new("a.txt", Format::Plain, text.into()).unwrap());
            let doc = Parser::new(&lexicon).parse(source);
            let mut reader = TimeReader::new(&lexicon);
            let start = Instant::now();
            let mut found = Vec::new();
            reader.read(&doc, &mut found);
            assert!(
                found.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start),
                "{piece:?}: expressions overlap"
            );
            assert!(found.iter().all(|time| time.words.end as usize <= doc.words.len() && !time.words.is_empty()));
            start.elapsed().as_secs_f64()
        };
        let (short, long) = (took(20_000).max(0.001), took(400_000));
        assert!(long < 200.0 * short, "{piece:?}: {short} s and {long} s for twenty times as much");
    }
}

/// Words and signs that time expressions are made of, and a few that they are not.
const WORDS: &str = "1 2 24 48 1½ ½ 0 2019 999999999999 24hrs 3x 3rd 5:30am 1,000 one two twenty hundred couple few half quarter a an the first second \
    third day days week weeks month hour hours min year(s) night mg ml tablets sessions dose times once twice daily every each other per of to or and \
    between from until before after for in at by within least most more than about over under aged age old people apart ago longer immediately same \
    next last following rest am pm noon healed – - / ( ) + ~ % , . : × & < skin avoid";

proptest::proptest! {
    #[test]
    fn any_row_of_words_is_read_somehow(picks in proptest::collection::vec((0usize..200, 0usize..4), 0..40)) {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let joints = [" ", " ", "-", ""];
        let text: String = picks.iter().map(|(word, joint)| [words[word % words.len()], joints[*joint]].concat()).collect();
        let (doc, times, _) = read(&text);
        proptest::prop_assert!(times.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start), "{text}: {times:?}");
        for time in &times {
            proptest::prop_assert!(!time.words.is_empty() && time.words.end as usize <= doc.words.len(), "{text}: {time:?}");
            let is_ordered = time.interval.is_none_or(|interval| interval.hi.is_none_or(|hi| interval.lo <= hi));
            proptest::prop_assert!(is_ordered, "{text}: {time:?}");
        }
    }
}
