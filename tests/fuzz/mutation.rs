//! Makes new inputs from old ones: cuts, joins, repeats, and puts in pieces that readers trip over.
//!
//! Equal seeds give equal inputs, so that a run in CI is the same run everywhere.

/// A sequence of numbers that looks random (xorshift64*, Vigna 2016).
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below a bound that is not nought.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 11) as usize % bound
    }

    fn range(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(most + 1)).min(length)
    }
}

/// No input is longer, in bytes: what takes time in long texts is for benches.
const LONGEST: usize = 4096;

/// Pieces that mean something to one reader or another, or should mean nothing.
const ODD: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{feff}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "\u{85}",
    "\u{c}",
    "\u{1b}[2J",
    "é",
    "e\u{301}",
    "頭痛",
    "ﬁ",
    "İ",
    "ẞ",
    "𝒜",
    "👩‍👩‍👧",
    "\u{202e}",
    "’",
    "“",
    "…",
    "–",
    "---\n",
    "+++\n",
    "```\n",
    "~~~",
    "`",
    "``",
    "<!-- ",
    "-->",
    "<!-- medlint allow: duplicate -->",
    "{/*",
    "*/}",
    "{",
    "}",
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "<br>",
    "<table><tr><td>",
    "<a href=\"",
    "<b>",
    "<script>",
    "<style>",
    "<div style='display:none'>",
    "&",
    "&nbsp;",
    "&#",
    "&#x1f;",
    "&amp",
    "[",
    "](",
    ")",
    "![",
    "[1]: https://a.example",
    "[^1]",
    "https://",
    "http://a.example/?utm_source=x&b=%",
    "www.",
    "a@b.example",
    "# ",
    "###### ",
    "- ",
    "* ",
    "1. ",
    "999999999. ",
    "> ",
    "| ",
    "|---|\n",
    "**",
    "_",
    "~~",
    "\\",
    "\\\n",
    "  \n",
    "    ",
    "$",
    "%",
    "@@ -1,2 +3,4 @@",
    "+++ b/",
    "--- a/",
    "0",
    "1",
    "-1",
    "24-48",
    "1,000.5",
    "4294967295",
    "18446744073709551616",
    "9223372036854775807",
    "1e400",
    "½",
    "2½",
    "hours",
    "weeks",
    "at least ",
    "until ",
    "per day",
    "a.m.",
    "12:30",
    "===",
    "====\n",
    "\n====\n",
    "[[rule]]\n",
    "[a.b]\n",
    "\"\"\"",
    "'",
    "\"",
    " = ",
    "{ a = 1 }",
    "[1, 2]",
    "true",
    "nan",
    "(?",
    "{1000}",
    "\\p{L}",
    "\\b",
    "*",
    "**/",
    "{match}",
    "{{",
    "!!",
    "&a",
    "*a",
    "<<: ",
    ": ",
    "? ",
    "|\n",
    ">-\n",
    "%YAML",
];

/// An input made from those that are known.
pub fn mutated(dice: &mut Dice, known: &[Vec<u8>]) -> Vec<u8> {
    let mut input = known[dice.below(known.len())].clone();
    for _ in 0..=dice.below(6) {
        change(dice, &mut input, known);
    }
    input.truncate(LONGEST);
    input
}

fn change(dice: &mut Dice, input: &mut Vec<u8>, known: &[Vec<u8>]) {
    let at = dice.below(input.len() + 1);
    match dice.below(11) {
        0..3 => put(input, at, ODD[dice.below(ODD.len())].as_bytes()),
        3 => {
            let other = &known[dice.below(known.len())];
            let piece = other[dice.range(other.len(), 200)].to_vec();
            put(input, at, &piece);
        }
        4 => {
            let piece = input[dice.range(input.len(), 60)].to_vec();
            put(input, at, &piece);
        }
        5 => {
            let piece = ODD[dice.below(ODD.len())].repeat(1 + dice.below(64));
            put(input, at, piece.as_bytes());
        }
        6 => drop(input.drain(dice.range(input.len(), 40))),
        7 => input.truncate(at),
        8 => {
            let other = &known[dice.below(known.len())];
            input.truncate(at);
            input.extend_from_slice(&other[dice.below(other.len() + 1)..]);
        }
        9 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = dice.next() as u8;
            }
        }
        _ => {
            let bytes: Vec<u8> = (0..dice.below(6)).map(|_| dice.next() as u8).collect();
            put(input, at, &bytes);
        }
    }
}

fn put(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}
