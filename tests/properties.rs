//! What holds for every text, however odd: nothing panics, every place lies on characters of the source and inside what
//! holds it, words stand where their span says, line ends change nothing, and a finding keeps its identity when the article
//! grows; patches and baselines are read however broken they are.
#![allow(clippy::unwrap_used, reason = "text is read from text")]

#[path = "properties/holds.rs"]
mod holds;

use holds::{FORMATS, holds, lint, parse, source};
use medlint::diagnostic::{Diagnostic, Severity};
use medlint::filter::Baseline;
use medlint::source::{Format, Lines, Position, Source, Unreadable};
use proptest::prelude::*;
use std::sync::Arc;

/// What articles are made of, odd things more often than in life; longer sentences come back and so make copies.
const FRAGMENTS: &[&str] = &[
    "Drops go into the lower lid, never straight onto the eye.",
    "Roll a cold bottle under the arch for ten minutes every evening, then stretch the calf against a wall.",
    "Roll a cold bottle under the arch for five minutes every evening, then stretch the calf against a wall.",
    "**Rest** the *knee* for two days, `code` and ~~cool~~ warm it; don’t [walk](https://a.example/b \"title\") far.",
    "# When is it harmless?",
    "## When is it harmless? ##",
    "When is it harmless?",
    "What helps\n==========",
    "- cool the ankle",
    "  - rest the **foot** for 2.5 days",
    "1. keep it up & dry",
    "• scars and large pores",
    "– redness",
    "> quoted advice",
    "| Age | Dose |\n| --- | --- |\n| 1–6 | 5&nbsp;ml |\n| 7 \\| 8 | `a|b` |",
    "```\ncode is no prose\n```",
    "    indented code",
    "<!-- medlint allow: duplicate -->",
    "<b>bold</b> and<br>broken <span title='x>y'>text</span>",
    "<div>\nblock of *html*\n</div>",
    "caf&eacute;s &amp; caf&#233;s &lt;3 &hearts; &bogus; micro&shy;needling",
    "They certainly've rested. Allow’s begin 'll see",
    "Leave a comment",
    "Developed By-Marwick Solberg",
    "https://clinic.example/page?id=3&x=%20y www.b.example a@b.example <https://c.example>",
    "![alt *text*](i.png) [ref][1] [1]: https://d.example",
    "[1]: https://d.example 'title'",
    "note[^1]\n\n[^1]: a footnote\n    goes on",
    "micro\u{ad}needling zero\u{200b}width e\u{301}clair naï\u{308}ve \u{feff}inside",
    "頭痛には休息が必要です。 ปวดหัวมาก 한국어 단어 пульс שָׁלוֹם مُسْتَشْفى",
    "👩‍👩‍👧‍👦 😀👍🏽 𝒜 ﬁne ǅ İstanbul ẞ",
    "non\u{a0}breaking\u{202f}blanks\u{2003}wide\u{3000}ideographic",
    "line\u{2028}separator\u{85}next\u{b}tab\u{c}feed",
    "\\*no emphasis\\* \\& \\# *unclosed **marks _here",
    "Dr. J. R. Patel said 1,000.5 mg… “Good.” (No. 5) e.g. U.S. and 48 hours.Then stop",
    "---",
    "+++\ntitle = \"x\"\n+++",
    "---\ntitle: Rest\n---",
    "import Tip from './tip'\nexport const days = 2",
    "<Tip kind={1 > 0}>rest {days} days {/* medlint allow: duplicate */}</Tip> < 5 mg {",
    "<h2>When is it harmless?</h2><p class=x>Rest the <b>knee</b>.<br><br>Cool it.</P>",
    "<ul><li>one<li>two<ul><li>deep</ul></ul><table><tr><th>a<td>b</table>",
    "<div style='display:none'>hidden <a href=x rel=nofollow>link</a></div><pre>code</pre>",
    "<script>if (a<b) { '<p>' }</script><style>p{}</style><!-- old --><!bogus é><?pi?>",
    "<nav><a href='#a'>Contents</a></nav><footer>Foot</footer><a href=y><img src=z></a>",
    "***",
    "\t- tabbed\n\t\tdeeper",
    "- [ ] open task\n- [x] done task",
    "Hard line break  \nhere and\\\nhere",
    "TITLE IN CAPITALS",
    "a\r\nb\rc",
];
const JOINTS: &[&str] = &["\n\n", "\n\n", "\n", "\n", "\r\n", "\r\n\r\n", " ", "", "\n\n\n", "\r", " \t\n"];

/// Fragments, some of them cut short, with joints between them and now and then a byte-order mark.
fn article() -> impl Strategy<Value = String> {
    let joint = prop::sample::select(JOINTS);
    let whole = prop::sample::select(FRAGMENTS).prop_map(str::to_owned);
    let cut = (prop::sample::select(FRAGMENTS), 0usize..20).prop_map(|(text, n)| text.chars().take(n).collect());
    let fragment = prop_oneof![12 => whole, 2 => cut, 1 => ".{0,12}".prop_map(|s: String| s.replace('\0', ""))];
    (any::<bool>(), prop::collection::vec((fragment, joint), 0..24)).prop_map(|(marked, parts)| {
        let body: String = parts.into_iter().flat_map(|(text, joint)| [text, joint.to_owned()]).collect();
        if marked { format!("\u{feff}{body}") } else { body }
    })
}

#[test]
fn code_and_links_at_the_edge_of_a_block() {
    let parts = |text| {
        let doc = parse(&source(text, Format::Markdown));
        (doc.words.len(), doc.links.len())
    };
    assert_eq!(parts("Rest `\tnow`"), (1, 0));
    assert_eq!(parts("`\tnow` rest"), (1, 0), "a blank at the beginning");
    assert_eq!(parts("rest `now\t`"), (1, 0), "a blank at the end");
    assert_eq!(parts("rest\n`• now`\n• walk"), (2, 0), "a bullet in code");
    assert_eq!(parts("Go [ there](https://a.example) now"), (3, 1));
    assert_eq!(parts("[ there](https://a.example) now"), (2, 1), "a blank at the beginning");
    assert_eq!(parts("Go [there ](https://a.example)"), (2, 1), "a blank at the end");
}

/// Sentences of made-up words, equal for equal seeds and else different throughout.
fn paragraph(seed: u32) -> String {
    let syllables =
        ["ba", "ke", "li", "mo", "nu", "pra", "re", "sto", "ti", "vo", "wen", "zi", "dor", "fal", "gim", "hu"];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut word = || -> String {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (16..32).step_by(4).map(|bits| syllables[(state >> bits & 15) as usize]).collect()
    };
    let sentence = |count| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
    [11, 9, 14].map(sentence).map(|words| format!("The {words}.")).join(" ")
}

/// A finding without its bytes: rule, severity, message, fingerprint, and its ends as people count them.
type Told = (Arc<str>, Severity, String, u64, [Position; 2]);

/// What must not depend on line ends.
fn told(text: &str, format: Format) -> Vec<Told> {
    let source = source(text, format);
    let lines = Lines::of(&source);
    let place = |d: &Diagnostic| [d.primary.span.start, d.primary.span.end].map(|at| lines.position(at, &source));
    lint(&source)
        .into_iter()
        .map(|d| (d.rule.clone(), d.severity, d.message.clone(), d.fingerprint(), place(&d)))
        .collect()
}

#[test]
fn line_ends_that_once_changed_something() {
    let allow = "Rest. {/* medlint allow: duplicate";
    let open = ["<", "{", "<a ", "<Tip "].map(|open| open.repeat(17) + "\n\n" + allow + "*/}" + &"\n".repeat(60));
    // A comment as long as the reader allows, and a longer one.
    let long = [16_353, 16_354].map(|lines| format!("{allow}{}*/}} <Tip>", "\n".repeat(lines)));
    let code = ["```\ncode\n```", "`\n`", "`a\nb`"].map(|code| format!("Developed By-Marwick Solberg{code}"));
    for unix in open.iter().chain(&long).chain(&code) {
        assert_eq!(told(unix, Format::Mdx), told(&unix.replace('\n', "\r\n"), Format::Mdx), "{unix:?}");
    }
    let addresses = "Rest the foot for 2.5 days.\n\nhttps://c\n\nhttps://clinic.example/page www.b.example a@b.example <https://c.example>\n";
    assert_eq!(told(addresses, Format::Html), told(&addresses.replace('\n', "\r\n"), Format::Html));
}

/// Settings for so many cases; `PROPTEST_CASES` asks for another number.
fn cases(everyday: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(everyday), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(50_000))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in FORMATS {
            match Source::new("a", format, bytes.clone()) {
                Ok(source) => prop_assert_eq!(source.text.as_bytes(), &bytes[..]),
                Err(Unreadable::NotUtf8(at)) => prop_assert!(std::str::from_utf8(&bytes[..at]).is_ok()),
                Err(Unreadable::Binary(at)) => prop_assert_eq!(bytes[at], 0),
                Err(reason) => prop_assert_eq!(reason, Unreadable::Utf16),
            }
            holds(&source(&String::from_utf8_lossy(&bytes).replace('\0', ""), format));
        }
    }

    #[test]
    fn any_text(text in "[^\\x00]{0,120}") {
        FORMATS.iter().for_each(|format| holds(&source(&text, *format)));
    }

    #[test]
    fn any_marks(text in "[-a-cA-C0-2 \n\r\t*_#>|\\[\\]()<>!&;:.,`~+=\"'’\\\\/@^$%{}•é\u{301}頭\u{ad}]{0,160}") {
        FORMATS.iter().for_each(|format| holds(&source(&text, *format)));
    }

    #[test]
    fn any_article(text in article()) {
        FORMATS.iter().for_each(|format| holds(&source(&text, *format)));
    }

}

/// What patches and baselines are made of, odd things more often than in life.
const LINES: &[&str] = &[
    "diff --git a/a.md b/a.md",
    "--- a/a.md",
    "+++ b/a.md",
    "+++ \"b/\\303\\274\\t\\\"\\0\\777\\",
    "+++ /dev/null",
    "@@ -1,2 +3,4 @@ Rest",
    "@@ -0,0 +1 @@",
    "@@ -4294967295,4294967295 +4294967295,4294967295 @@",
    "@@ -1 +",
    "+new",
    "-old",
    "\\ No newline at end of file",
    "# medlint baseline 1",
    "# medlint baseline 2",
    "a.md\ta/b\t00000000000000ff\t1\t-\tRest",
    "a.md\ta/b\t00000000000000ff\t18446744073709551615\t-\tRest",
    "b.md\ta/b\t00000000000000ff\t18446744073709551615\t-\tRest",
    "%\ta/b\tffffffffffffffff\t2\t00000000000000ff,0000000000000001\t%ff%2",
    "a.md\ta/b\t+0000000000000ff\t-1\t,\t",
    "<<<<<<< ours",
    "\t\t\t\t\t",
    "é\u{2028}\u{feff}",
    "",
];

/// Such lines in any order, with odd ones between them.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![6 => prop::sample::select(LINES).prop_map(str::to_owned), 1 => "[^\\x00]{0,20}"];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

/// A baseline as it is read with its own paths.
fn baseline(text: &str) -> Option<Baseline> {
    let source = source(text, Format::Plain);
    let read = Baseline::read(&source, str::to_owned);
    read.map_err(|mistakes| {
        assert!(!mistakes.is_empty());
        mistakes.iter().for_each(|mistake| assert!(source.text.get(mistake.span.range()).is_some(), "{mistake:?}"));
    })
    .ok()
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn any_patch(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in lines()) {
        for patch in [&bytes[..], lines.as_bytes()] {
            for range in medlint::filter::changes(patch).values().flatten() {
                prop_assert!(range.start <= range.end, "{:?}", range);
            }
        }
    }

    #[test]
    fn any_baseline(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in lines()) {
        let bytes = String::from_utf8_lossy(&bytes).replace('\0', "");
        for text in [&bytes, &lines, &format!("# medlint baseline 1\n{bytes}"), &format!("# medlint baseline 1\n{lines}")] {
            if let Some(mut read) = baseline(text) {
                prop_assert_eq!(baseline(&read.text(str::to_owned)), Some(read.clone()));
                read.join(read.clone());
                prop_assert!(read.count() >= read.clone().text(str::to_owned).lines().count() - 3);
            }
        }
    }

    #[test]
    fn what_is_accepted_is_read_as_written(path in ".{1,20}", text in "[^\t\n\r\\x00]{0,20}", count in 1usize..9, places in 0usize..4) {
        let places = if places == 0 { "-".to_owned() } else { vec!["00000000000000ff"; places].join(",") };
        let line = format!("# medlint baseline 1\na.md\ta/b\t0123456789abcdef\t{count}\t{places}\t{text}\n");
        let read = baseline(&line).expect("a baseline");
        prop_assert_eq!(read.count(), count);
        let written = read.text(|_| path.clone());
        prop_assert_eq!(written.lines().count(), 4, "{}", written);
        let again = Baseline::read(&source(&written, Format::Plain), |name| if name == path { "a.md" } else { "b" }.to_owned());
        prop_assert_eq!(again.ok(), Some(read), "{}", written);
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn line_ends_change_nothing(text in article()) {
        let unix = text.replace("\r\n", "\n").replace('\r', "");
        for format in FORMATS {
            prop_assert_eq!(told(&unix, format), told(&unix.replace('\n', "\r\n"), format));
        }
    }

    #[test]
    fn findings_of_copies_survive_a_longer_article(seed in 0u32..1_000_000, repeated in 0u32..6, tail in 1u32..4) {
        let mut paragraphs: Vec<String> = (0..6).map(|n| paragraph(seed * 16 + n)).collect();
        paragraphs.push(paragraph(seed * 16 + repeated));
        for format in FORMATS {
            let before = told(&paragraphs.join("\n\n"), format);
            prop_assert!(before.iter().any(|finding| finding.0.starts_with("duplicate/")), "{:?}", before);
            let longer = paragraphs.iter().cloned().chain((0..tail).map(|n| paragraph(seed * 16 + 8 + n)));
            prop_assert_eq!(before, told(&longer.collect::<Vec<_>>().join("\n\n"), format));
        }
    }
}
