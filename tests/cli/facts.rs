//! The facts of a house: drafted from articles, read with the settings, held against articles.

use super::folder::Folder;

const SHORT: &str = "# Microneedling for scars\n\nThe session takes 15 minutes. Bring a hat for the way home.\n";
const LONG: &str =
    "# Microneedling\n\nThe treatment takes 45 to 60 minutes. The cream needs some time of its own before.\n";

#[test]
fn a_draft_is_a_facts_file_and_the_facts_hold() {
    let folder = Folder::with(&[("a.md", SHORT), ("b.md", LONG), ("c.md", &LONG.replace("treatment", "session"))]);
    let draft = folder.run(&["facts"]);
    assert_eq!((draft.status, draft.err.as_str()), (Some(0), ""), "{}", draft.out);
    assert!(
        draft.out.contains("range     = \"45 to 60 minutes\"  # b.md, c.md\n#           \"15 minutes\"  # a.md"),
        "{}",
        draft.out
    );
    let across = folder.run(&["check", "--select", "timeline", "-o", "concise", "-q"]).out;
    assert!(
        across.starts_with("a.md:") && across.contains("timeline/across") && across.lines().count() == 1,
        "{across}"
    );
    folder.write("facts.toml", &draft.out);
    folder.write("medlint.toml", "[facts]\nfile = \"facts.toml\"\n");
    let found = folder.run(&["check", "--select", "timeline/house-fact", "-o", "concise", "-q"]);
    assert_eq!((found.status, found.out.lines().count()), (Some(1), 1), "{}{}", found.out, found.err);
    assert!(found.out.starts_with("a.md:"), "{}", found.out);
}

#[test]
fn a_fact_that_means_nothing_is_told_at_its_place() {
    let right = "[[fact]]\nprocedure = \"microneedling\"\ntopic = \"redness\"\nslot = \"end\"\nrange = \"two days\"\nreviewed = 2026-03-02\n";
    let settings = "[facts]\nfile = \"facts.toml\"\n";
    let folder = Folder::with(&[("a.md", SHORT), ("medlint.toml", settings), ("facts.toml", right)]);
    assert_eq!(folder.run(&["check"]).status, Some(0));
    for (line, word, wrong) in [(2, "microneedling", "knitting"), (4, "end", "ending"), (5, "two days", "soon enough")]
    {
        folder.write("facts.toml", right.replace(&format!("\"{word}\""), &format!("\"{wrong}\"")));
        let ran = folder.run(&["check"]);
        assert!(ran.status == Some(2) && ran.err.contains(&format!("facts.toml:{line}:")), "{}", ran.err);
        assert!(ran.err.contains(wrong), "{}", ran.err);
    }
}

#[test]
fn what_is_allowed_too_early_is_told_as_what_is_forbidden_too_long() {
    let fact = |topic: &str, range: &str| {
        format!(
            "[[fact]]\nprocedure = \"cataract surgery\"\ntopic = \"{topic}\"\nslot = \"start\"\nrange = \"{range}\"\n\n"
        )
    };
    let facts = fact("swimming", "after four weeks") + &fact("driving", "after 24 hours");
    let folder = Folder::with(&[("medlint.toml", "[facts]\nfile = \"facts.toml\"\n"), ("facts.toml", &facts)]);
    let found = |sentence: &str| {
        folder.write("a.md", format!("# Cataract surgery\n\n{sentence}\n"));
        folder.run(&["check", "--select", "timeline/house-fact", "-o", "concise", "-q"]).out.lines().count()
    };
    for wrong in [
        "You can swim again one day after the operation.",
        "Swimming is fine after a week.",
        "You can drive after two hours.",
        "Do not drive for two weeks.",
    ] {
        assert_eq!(found(wrong), 1, "{wrong}");
    }
    for right in ["You can swim again after four weeks.", "Do not drive for a day.", "You can drive after 24 hours."] {
        assert_eq!(found(right), 0, "{right}");
    }
}

#[test]
fn where_articles_disagree_evenly_a_draft_decides_nothing() {
    let folder = Folder::with(&[("a.md", SHORT), ("b.md", LONG)]);
    let draft = folder.run(&["facts"]).out;
    assert!(draft.contains("15 minutes") && draft.contains("45 to 60 minutes"), "{draft}");
    assert!(draft.lines().all(|line| line.is_empty() || line.starts_with('#')), "{draft}");
}

#[test]
fn a_review_has_a_day() {
    let right = "[[fact]]\nprocedure = \"microneedling\"\ntopic = \"redness\"\nslot = \"end\"\nrange = \"two days\"\nreviewed = \"2026-03-02\"\n";
    let settings = "[facts]\nfile = \"facts.toml\"\n";
    let folder = Folder::with(&[("a.md", SHORT), ("medlint.toml", settings), ("facts.toml", right)]);
    assert_eq!(folder.run(&["check"]).status, Some(0));
    folder.write("facts.toml", right.replace("2026-03-02", "spring 2026"));
    assert_eq!(folder.run(&["check"]).status, Some(0));
    for wrong in ["2031-13-45", "01/02/2025"] {
        folder.write("facts.toml", right.replace("2026-03-02", wrong));
        let ran = folder.run(&["check"]);
        assert!(ran.status == Some(2) && ran.err.contains("facts.toml:6:") && ran.err.contains(wrong), "{}", ran.err);
    }
}
