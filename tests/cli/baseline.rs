//! Accepted findings and the edits that come after: what an edit leaves accepted, what it makes new, what it ends.

use crate::folder::{Folder, Ran, told};
use std::fs;

/// One finding of each of four kinds: a heading and a passage that stand twice, a swapped contraction, a line of a page.
pub const KNEE: &str = "# Knee pain after running\n\n\
    Rest the knee for two days and keep it raised on a pillow in the evening.\n\n\
    ## What helps first\n\n\
    Wrap a bag of frozen peas in a thin towel and hold it against the sore side for ten minutes. Wait an hour before \
    you cool it again.\n\n\
    Leave a comment\n\n\
    ## How to begin again\n\n\
    Walk on flat ground for a week before you run. Who would certainly've thought that walking helps so much?\n\n\
    ## What helps first\n\n\
    Most pain goes away within three weeks when the shoes fit.\n\n\
    Wrap a bag of frozen peas in a thin towel and hold it against the sore side for ten minutes. Wait an hour before \
    you cool it again.\n";
/// A sentence that stands three times.
pub const EYE: &str = "# Dry eyes at the screen\n\n\
    Wash your hands before you open the bottle, and never touch the lashes with its tip at all.\n\n\
    Blink often. Look out of the window every twenty minutes.\n\n\
    Wash your hands before you open the bottle, and never touch the lashes with its tip at all.\n\n\
    Dry air makes it worse, so open the window at noon and drink enough. A fan that blows into the face is worst of all, and \
    so is the heater of a car. Glasses shield the eyes a little on a bicycle.\n\n\
    Wash your hands before you open the bottle, and never touch the lashes with its tip at all.\n";
const HANDS: &str = "Wash your hands before you open the bottle, and never touch the lashes with its tip at all.\n";
/// What [`cold`] says twice.
const COLD: &str = "Most colds end by themselves within ten days, and nothing from the chemist makes them end sooner. Drink \
    when you are thirsty, sleep with your head raised, and keep the bedroom cool.\n\n\
    Salt water rinses loosen what blocks the nose. Stir half a spoon of salt into a glass of warm water, let it run \
    through one nostril, then blow gently. Do this twice a day as long as it helps.\n\n\
    See a doctor when the fever comes back after it had gone, when your ears hurt, or when you are still coughing after \
    three weeks. Small children and people with weak lungs should not wait so long.\n\n\
    Wash your hands often, and cough into your elbow rather than your palm. Towels and cups should not be shared while \
    anybody in the house is still ill. A walk outside does no harm if you have no fever.\n";
const PASSAGE: &str = "Wrap a bag of frozen peas in a thin towel and hold it against the sore side for ten minutes. Wait an \
    hour before you cool it again.\n";

const PEAS: &str = "care/knee.md warning duplicate/passage";
const CHROME: &str = "care/knee.md warning residue/page-chrome";
const SWAPPED: &str = "care/knee.md error spun/contraction";
const ARTICLE: &str = "care/cold.md error duplicate/article";

/// An article that was pasted twice.
pub fn cold() -> String {
    format!("# A cold and what to do about it\n\n{COLD}\n{COLD}")
}

/// Articles whose six findings were accepted.
pub fn accepted() -> Folder {
    let folder = Folder::with(&[("care/knee.md", KNEE), ("care/eye.md", EYE), ("care/cold.md", &cold())]);
    let ran = folder.run(&["baseline"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "medlint.baseline: 6 findings accepted (6 new)\n", "")
    );
    folder
}

/// How many accepted findings a run says are gone.
pub fn gone(ran: &Ran) -> u64 {
    let note = ran.err.strip_prefix("medlint: note: medlint.baseline: ");
    assert_eq!(note.is_none(), ran.err.is_empty(), "{}", ran.err);
    note.map_or(0, |note| note.split(' ').next().and_then(|count| count.parse().ok()).expect("a number"))
}

/// What is new, how many findings are still accepted, how many are gone.
pub fn news(folder: &Folder) -> (Vec<String>, u64, u64) {
    let ran = folder.run(&["check", "-o", "json", "--baseline", "medlint.baseline"]);
    let report = ran.json();
    (told(&report), report["summary"]["baselined"].as_u64().expect("a number"), gone(&ran))
}

/// An edit, what is new after it, how many of the six findings are still accepted and how many are gone.
type Case<'a> = (&'a str, fn(&Folder), &'a [&'a str], u64, u64);

fn hold(cases: &[Case<'_>]) {
    let mut wrong = Vec::new();
    for (what, edit, new, still, gone) in cases {
        let folder = accepted();
        edit(&folder);
        let expected = (new.iter().map(|finding| (*finding).to_owned()).collect(), *still, *gone);
        let found = news(&folder);
        if found != expected {
            wrong.push(format!("{what}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A paragraph with a line end behind every fourth word.
fn wrapped(paragraph: &str) -> String {
    if paragraph.starts_with('#') {
        return paragraph.to_owned();
    }
    let words: Vec<&str> = paragraph.split(' ').collect();
    words.chunks(4).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n")
}

fn each(folder: &Folder, edit: impl Fn(&str) -> String) {
    for name in ["care/knee.md", "care/eye.md", "care/cold.md"] {
        folder.write(name, edit(&folder.read(name)));
    }
}

/// The second telling of the passage reads otherwise.
fn in_the_second_telling(folder: &Folder, edit: impl Fn(&str) -> String) {
    let text = folder.read("care/knee.md");
    let (before, after) = text.split_at(text.rfind(PASSAGE).expect("the passage"));
    folder.write("care/knee.md", format!("{before}{}", edit(after)));
}

#[test]
fn layout_leaves_all_accepted() {
    hold(&[
        ("nothing", |_| {}, &[], 6, 0),
        ("lines above", |f| each(f, |text| text.replacen("\n\n", "\n\nChecked in May by a nurse.\n\n", 1)), &[], 6, 0),
        ("lines above the title", |f| each(f, |text| format!("<!-- draft 3 -->\n\n{text}")), &[], 6, 0),
        ("hard wraps", |f| each(f, |t| t.split("\n\n").map(wrapped).collect::<Vec<_>>().join("\n\n")), &[], 6, 0),
        ("a hard wrap in one telling", |f| in_the_second_telling(f, wrapped), &[], 6, 0),
        ("line ends of Windows", |f| each(f, |text| text.replace('\n', "\r\n")), &[], 6, 0),
        ("a byte-order mark", |f| each(f, |text| format!("\u{feff}{text}")), &[], 6, 0),
        ("no line end at the end", |f| each(f, |text| text.trim_end().to_owned()), &[], 6, 0),
        ("bold words", |f| each(f, |text| text.replace("hold it", "**hold it**").replace("your", "*your*")), &[], 6, 0),
        ("a link", |f| f.edit("care/knee.md", "thin towel", "[thin towel](https://a.example/towel)"), &[], 6, 0),
        (
            "bold in one telling",
            |f| in_the_second_telling(f, |t| t.replace("frozen peas", "__frozen peas__")),
            &[],
            6,
            0,
        ),
        ("another apostrophe", |f| f.edit("care/knee.md", "certainly've", "certainly’ve"), &[], 6, 0),
        ("another heading level", |f| each(f, |text| text.replace("## ", "#### ")), &[], 6, 0),
        ("a heading underlined", |f| f.edit("care/knee.md", "## What helps first", "What helps first\n---"), &[], 6, 0),
    ]);
}

#[test]
fn edits_elsewhere_and_moves_leave_all_accepted() {
    hold(&[
        ("another sentence", |f| f.edit("care/knee.md", "for two days", "until it is no longer hot"), &[], 6, 0),
        ("a new section", |f| f.edit("care/eye.md", "Dry air", "## At home\n\nDry air"), &[], 6, 0),
        ("words around a phrase", |f| f.edit("care/knee.md", "thought that walking", "guessed that a walk"), &[], 6, 0),
        (
            "a section moved",
            |f| {
                let section = KNEE.split("## ").nth(2).expect("a section");
                f.edit("care/knee.md", &format!("## {section}"), "");
                f.edit("care/knee.md", "Rest the knee", &format!("## {section}Rest the knee"));
            },
            &[],
            6,
            0,
        ),
        ("a passage moved within", |f| in_the_second_telling(f, |p| format!("Rest at night.\n\n{p}")), &[], 6, 0),
        ("a file renamed", |f| f.rename("care/knee.md", "care/running.md"), &[], 6, 0),
        ("a folder renamed", |f| f.rename("care", "body/care"), &[], 6, 0),
        ("another format", |f| f.rename("care/eye.md", "care/eye.txt"), &[], 6, 0),
        (
            "renamed and edited",
            |f| {
                f.rename("care/knee.md", "running.md");
                f.edit("running.md", "for two days", "until it is no longer hot");
            },
            &[],
            6,
            0,
        ),
        (
            "two names swapped",
            |f| {
                f.rename("care/knee.md", "care/x.md");
                f.rename("care/cold.md", "care/knee.md");
                f.rename("care/x.md", "care/cold.md");
            },
            &[],
            6,
            0,
        ),
        (
            "a passage moved to another article",
            |f| {
                f.edit("care/knee.md", PASSAGE, "");
                f.write("care/eye.md", format!("{EYE}\n{PASSAGE}\nBlink twice in the wind.\n\n{PASSAGE}"));
            },
            &[],
            6,
            0,
        ),
        (
            "an article split",
            |f| {
                f.edit("care/knee.md", "Leave a comment\n\n", "");
                f.write("care/new.md", "# Shoes\n\nLeave a comment\n");
            },
            &[],
            6,
            0,
        ),
        ("front matter", |f| f.edit("care/cold.md", "# A cold", "---\ndate: 2024-05-01\n---\n\n# A cold"), &[], 6, 0),
        ("the title in capitals", |f| f.edit("care/cold.md", "# A cold and", "# A COLD **and**"), &[], 6, 0),
        ("a sentence in an article pasted twice", |f| f.edit("care/cold.md", "ten days", "two weeks"), &[], 6, 0),
        (
            "a word in one of two",
            |f| f.write("care/cold.md", f.read("care/cold.md").replacen("chemist", "shop", 1)),
            &[],
            6,
            0,
        ),
        ("an article without findings", |f| f.write("care/a.md", "# Sleep\n\nGo to bed early.\n"), &[], 6, 0),
    ]);
}

#[test]
fn what_was_not_accepted_is_new() {
    hold(&[
        (
            "a phrase",
            |f| f.edit("care/eye.md", "Blink", "Many likely've heard it. Blink"),
            &["care/eye.md error spun/contraction"],
            6,
            0,
        ),
        ("a word in one telling", |f| in_the_second_telling(f, |t| t.replace("ten minutes", "a while")), &[PEAS], 5, 1),
        ("a word in both tellings", |f| f.edit("care/knee.md", "ten minutes", "a quarter"), &[PEAS], 5, 1),
        (
            "a telling that goes on",
            |f| f.edit("care/knee.md", "it again.", "it again. Never sleep with it."),
            &[PEAS],
            5,
            1,
        ),
        (
            "a fourth copy",
            |f| {
                f.write(
                    "care/eye.md",
                    format!(
                        "{EYE}\nCold weather and long drives are hard on them, and new lenses are harder.\n\n{HANDS}"
                    ),
                )
            },
            &["care/eye.md info duplicate/sentence"],
            5,
            1,
        ),
        ("a phrase once more", |f| f.edit("care/knee.md", "so much?", "so much? They certainly've."), &[SWAPPED], 6, 0),
        (
            "a third heading",
            |f| f.write("care/knee.md", format!("{KNEE}\n## What helps first\n\nSleep.\n")),
            &["care/knee.md info duplicate/heading"],
            5,
            1,
        ),
        ("another title", |f| f.edit("care/cold.md", "# A cold", "# A flu"), &[ARTICLE], 5, 1),
        (
            "a title in front matter",
            |f| f.write("care/cold.md", format!("---\ntitle: Flu\n---\n\n{}", cold())),
            &[ARTICLE],
            5,
            1,
        ),
        (
            "an article copied to a name before",
            |f| f.write("care/a.md", f.read("care/cold.md")),
            &["care/a.md error duplicate/article", "care/cold.md error duplicate/copied-article"],
            6,
            0,
        ),
        (
            "an article copied to a name behind",
            |f| f.write("x/y.md", f.read("care/eye.md")),
            &["x/y.md error duplicate/copied-article", "x/y.md warning duplicate/sentence"],
            6,
            0,
        ),
        (
            "an article renamed, and copied",
            |f| {
                f.rename("care/eye.md", "care/a.md");
                f.write("care/b.md", f.read("care/a.md"));
            },
            &["care/b.md error duplicate/copied-article", "care/b.md warning duplicate/sentence"],
            6,
            0,
        ),
        (
            "a line of the page in the same words",
            |f| f.write("b.md", "Leave a comment\n"),
            &["b.md warning residue/page-chrome"],
            6,
            0,
        ),
    ]);
}

#[test]
fn what_ended_is_gone() {
    hold(&[
        ("a phrase mended", |f| f.edit("care/knee.md", "certainly've", "ever have"), &[], 5, 1),
        ("a line deleted", |f| f.edit("care/knee.md", "Leave a comment\n\n", ""), &[], 5, 1),
        ("one of three copies deleted", |f| f.write("care/eye.md", EYE.replacen(HANDS, "", 1)), &[], 6, 0),
        (
            "the last of three copies deleted",
            |f| f.write("care/eye.md", EYE.strip_suffix(HANDS).expect("it")),
            &[],
            6,
            0,
        ),
        ("two of three copies deleted", |f| f.write("care/eye.md", EYE.replacen(HANDS, "", 2)), &[], 5, 1),
        ("one of two tellings deleted", |f| in_the_second_telling(f, |_| String::new()), &[], 5, 1),
        ("one pasting deleted", |f| f.write("care/cold.md", format!("# A cold\n\n{COLD}")), &[], 5, 1),
        (
            "a heading of its own",
            |f| f.edit("care/knee.md", "much?\n\n## What helps first", "much?\n\n## Outlook"),
            &[],
            5,
            1,
        ),
        ("an article deleted", |f| f.remove("care/knee.md"), &[], 2, 4),
        (
            "suppressed instead",
            |f| f.edit("care/knee.md", "Leave", "<!-- medlint allow: residue -->\nLeave"),
            &[],
            5,
            1,
        ),
        (
            "every article deleted",
            |f| {
                fs::remove_dir_all(f.path("care")).expect("a folder");
                f.write("a.md", "Rest.\n");
            },
            &[],
            0,
            6,
        ),
    ]);
}

#[test]
fn two_of_a_kind_are_accepted_and_a_third_is_not() {
    let twice = "Who would certainly've slept?\n\nRest well.\n\nThey certainly've rested.\n";
    let folder = Folder::with(&[("a.md", twice)]);
    assert!(folder.run(&["baseline"]).out.contains("2 findings accepted"));
    assert_eq!(folder.read("medlint.baseline").lines().count(), 4, "in one line");
    assert_eq!(news(&folder), (vec![], 2, 0));
    folder.write("a.md", format!("We certainly've read it.\n\n{twice}"));
    assert_eq!(news(&folder), (vec!["a.md error spun/contraction".to_owned()], 2, 0));
    folder.write("a.md", "Who would certainly've slept?\n");
    assert_eq!(news(&folder), (vec![], 1, 1));
    folder.write("b.md", "They certainly've rested.\n");
    assert_eq!(news(&folder), (vec![], 2, 0), "one moved");
}

#[test]
fn what_comes_back_is_accepted_until_its_line_is_deleted() {
    let folder = accepted();
    folder.edit("care/knee.md", "Leave a comment\n\n", "");
    assert_eq!(news(&folder), (vec![], 5, 1));
    folder.write("care/knee.md", KNEE);
    assert_eq!(news(&folder), (vec![], 6, 0), "put back");
    folder.edit("care/knee.md", "Leave a comment\n\n", "");
    let before = folder.read("medlint.baseline");
    let ran = folder.run(&["baseline", "--prune"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), "medlint.baseline: 5 findings accepted (1 gone)\n"));
    let after = folder.read("medlint.baseline");
    let deleted: Vec<&str> = before.lines().filter(|line| !after.contains(line)).collect();
    assert!(matches!(deleted[..], [line] if line.contains("page-chrome")), "{deleted:?}");
    assert_eq!(after.lines().count() + 1, before.lines().count());
    folder.write("care/knee.md", KNEE);
    assert_eq!(news(&folder), (vec![CHROME.to_owned()], 5, 0), "put back too late");
}
