//! What `timeline` and `facts` share: the settings of each article, what is there to read, the options they know; and expressions from
//! several files.

use super::folder::{Folder, texts};
use super::{CLEAN, WARNING};

const WORDS: &str = "kind = \"words\"\nlist = \"procedure\"\n[[entry]]\nany = [\"moonbathing\"]\n";
const ARTICLE: &str = "# Moonbathing\n\nThe session takes 15 minutes. Bring a hat for the way home.\n";

#[test]
fn articles_are_read_by_the_words_of_their_own_settings() {
    let settings = "rules = \"words\"\n";
    let files = [("a/medlint.toml", settings), ("a/words/ours.toml", WORDS), ("a/a.md", ARTICLE), ("b/b.md", ARTICLE)];
    let folder = Folder::with(&files);
    let draft = folder.run(&["facts"]);
    assert_eq!((draft.status, draft.err.as_str()), (Some(0), ""));
    assert!(draft.out.contains("\"moonbathing\"") && draft.out.contains("a/a.md"), "{}", draft.out);
    assert!(!draft.out.contains("b/b.md"), "{}", draft.out);
}

#[test]
fn mistakes_in_the_settings_beside_an_article_are_told() {
    let folder = Folder::with(&[("sub/a.md", ARTICLE), ("sub/medlint.toml", "fail_on = \"error\"\n"), ("b.md", CLEAN)]);
    for args in [&["timeline"][..], &["timeline", "sub/a.md", "-o", "json"], &["facts", "sub"]] {
        let ran = folder.run(args);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.contains("sub/medlint.toml:1:1") && ran.err.contains("fail-on"), "{args:?}: {}", ran.err);
    }
    assert_eq!(folder.run(&["timeline", "--no-config"]).status, Some(0));
}

#[test]
fn nothing_to_read_is_told() {
    let folder = Folder::with(&[("picture.png", "\0")]);
    for command in ["check", "timeline", "facts"] {
        let ran = folder.run(&[command]);
        assert!(ran.status == Some(2) && ran.err.contains("nothing to check"), "{command}: {}", ran.err);
        let ran = folder.run(&[command, "--allow-empty"]);
        assert_eq!((ran.status, ran.err.contains("cannot")), (Some(0), false), "{command}: {}", ran.err);
    }
    let folder = Folder::with(&[("a.md", WARNING), ("medlint.toml", "exclude = [\"*.md\"]\n")]);
    let ran = folder.run(&["timeline"]);
    assert!(ran.status == Some(2) && ran.err.contains("that the settings do not exclude"), "{}", ran.err);
    assert_eq!(folder.run(&["facts", "a.md", "--force-exclude"]).status, Some(0));
}

#[test]
fn options_that_would_do_nothing_are_refused() {
    let folder = Folder::with(&[("a.md", ARTICLE)]);
    for option in ["--select=timeline", "--ignore=timeline", "--isolated", "--jobs=2", "--quiet"] {
        for command in ["timeline", "facts"] {
            let ran = folder.run(&[command, "a.md", option]);
            assert!(ran.status == Some(2) && ran.out.is_empty(), "{command} {option}");
        }
    }
    for option in ["--allow-empty", "--force-exclude", "--stdin-filename=a.md", "--files-from=a.md"] {
        let ran = folder.run(&["timeline", "--expressions", "a.md", option]);
        assert!(ran.status == Some(2) && ran.err.contains("cannot be used with"), "{option}: {}", ran.err);
    }
}

#[test]
fn expressions_are_read_from_every_file() {
    let folder = Folder::with(&[("a.txt", "two days\n"), ("b.txt", "three weeks\n")]);
    let said = |args: &[&str]| {
        let ran = folder.run(&[&["timeline", "--expressions", "-o", "json"], args].concat());
        (ran.status, texts(&ran.json()["expressions"], "text"), ran.err)
    };
    assert_eq!(said(&["a.txt", "b.txt"]), (Some(0), vec!["two days".into(), "three weeks".into()], String::new()));
    let (status, texts, err) = said(&["a.txt", "gone.txt", "b.txt"]);
    assert_eq!((status, texts.len()), (Some(2), 2));
    assert!(err.contains("cannot read gone.txt: no such file"), "{err}");
}
