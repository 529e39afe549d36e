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
