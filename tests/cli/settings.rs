//! `medlint.toml` as a user meets it: which file holds for a path, and what each setting in it does to a run.

use crate::folder::{Folder, texts};
use crate::{CLEAN, ERROR, HOUSE_RULE, INFO, WARNING};

/// Sets the severity of the rule that [`WARNING`] is an example of.
fn chrome(severity: &str) -> String {
    format!("[rule.\"residue/page-chrome\"]\nseverity = \"{severity}\"\n")
}

/// Findings of that rule as reports tell them, from `path severity`.
fn chrome_found(places: &[&str]) -> Vec<String> {
    places.iter().map(|place| format!("{place} residue/page-chrome")).collect()
}

#[test]
fn the_nearest_file_upwards_from_each_path_holds_alone() {
    let folder = Folder::with(&[
        ("a.md", WARNING),
        ("site/medlint.toml", &chrome("error")),
        ("site/a.md", WARNING),
        ("site/faq/deep/a.md", WARNING),
        ("site/news/medlint.toml", "fail-on = \"info\"\n"),
        ("site/news/a.md", WARNING),
        ("shop/medlint.toml", &chrome("info")),
        ("shop/a.md", WARNING),
    ]);
    let all =
        ["a.md warning", "shop/a.md info", "site/a.md error", "site/faq/deep/a.md error", "site/news/a.md warning"];
    let table: [(&str, &[&str], &[&str]); 9] = [
        ("", &[], &all),
        ("", &["site", "shop", "a.md"], &all),
        (
            "",
            &["site/faq", "shop", "site/news"],
            &["shop/a.md info", "site/faq/deep/a.md error", "site/news/a.md warning"],
        ),
        ("", &["site/faq/deep/a.md", "site/news/a.md"], &["site/faq/deep/a.md error", "site/news/a.md warning"]),
        ("site/faq", &[], &["deep/a.md error"]),
        ("site/faq/deep", &["a.md"], &["a.md error"]),
        ("site/news", &[], &["a.md warning"]),
        ("shop", &["../site/a.md", "../a.md", "."], &["../a.md warning", "../site/a.md error", "a.md info"]),
        ("site/faq/deep", &["../../news"], &["../../news/a.md warning"]),
    ];
    for (working_directory, args, expected) in table {
        assert_eq!(folder.told_in(working_directory, args), chrome_found(expected), "{working_directory} {args:?}");
    }
    let whole = folder.path("shop/a.md");
    assert_eq!(
        folder.run_in("site", &["check", whole.to_str().expect("UTF-8")]).status,
        Some(0),
        "an info, from elsewhere"
    );
    for (args, severity) in [(&["-"][..], "warning"), (&["-", "--stdin-filename", "shop/new.md"], "info")] {
        let report = folder.json_with(args, WARNING.as_bytes());
        assert_eq!(report["diagnostics"][0]["severity"], severity, "{args:?}");
    }
}

#[test]
fn a_file_of_settings_can_be_named_or_none_be_read() {
    let folder = Folder::with(&[
        ("house.toml", &chrome("info")),
        ("medlint.toml", &chrome("error")),
        ("a.md", WARNING),
        ("sub/medlint.toml", &chrome("off")),
        ("sub/a.md", WARNING),
    ]);
    let table: [(&[&str], &[&str]); 4] = [
        (&[], &["a.md error"]),
        (&["--config", "house.toml"], &["a.md info", "sub/a.md info"]),
        (&["--config", "sub/medlint.toml"], &[]),
        (&["--no-config"], &["a.md warning", "sub/a.md warning"]),
    ];
    for (args, expected) in table {
        assert_eq!(folder.told(args), chrome_found(expected), "{args:?}");
    }
    for args in [&["--config", "gone.toml"][..], &["--config", "sub"], &["--config", "house.toml", "--no-config"]] {
        let ran = folder.run(&[&["check"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        let meant = args[if args.len() == 2 { 1 } else { 2 }];
        assert!(ran.err.contains(meant), "{args:?}: {}", ran.err);
    }
    folder.write("sub/medlint.toml", "fail-onn = 1");
    assert_eq!(folder.run(&["check", "sub"]).status, Some(2));
    assert_eq!(folder.run(&["check", "sub", "--no-config"]).status, Some(1), "nobody reads the mistake");
}

#[test]
fn paths_in_it_are_relative_to_its_folder_wherever_one_stands() {
    let settings = r#"
        exclude = ["drafts/**", "/top.md"]
        rules = "editorial"
        override = [{ files = ["faq/*.md"], rule."residue/page-chrome".severity = "error" }]
        mirror = [{ folders = ["en", "en-gb"] }]
        facts.file = "facts.toml"
    "#;
    let folder = Folder::with(&[
        ("site/medlint.toml", settings),
        ("site/editorial/house.toml", HOUSE_RULE),
        ("site/facts.toml", ""),
        ("site/en/a.md", CLEAN),
        ("site/en-gb/a.md", CLEAN),
        ("site/faq/a.md", WARNING),
        ("site/drafts/a.md", WARNING),
        ("site/top.md", WARNING),
        ("other/drafts/a.md", CLEAN),
    ]);
    let (site, file) = (folder.path("site"), folder.path("site/medlint.toml"));
    let [site, file] = [&site, &file].map(|path| path.to_str().expect("UTF-8"));
    let table: [(&str, &[&str], &str); 8] = [
        ("site", &[], ""),
        ("", &["site"], "site/"),
        ("", &[site], "site/"),
        ("site/drafts", &[".."], "../"),
        ("other", &["../site"], "../site/"),
        ("", &["--config", "site/medlint.toml", "site"], "site/"),
        ("other", &["--config", "../site/medlint.toml", "../site"], "../site/"),
        ("other/drafts", &["--config", file, "../../site"], "../../site/"),
    ];
    let expected = [
        "en-gb/a.md warning house/wording",
        "en/a.md warning house/wording",
        "faq/a.md warning house/wording",
        "faq/a.md error residue/page-chrome",
    ];
    for (working_directory, args, to_site) in table {
        let expected = expected.map(|finding| format!("{to_site}{finding}"));
        assert_eq!(folder.told_in(working_directory, args), expected, "{working_directory} {args:?}");
    }
    let told = folder.told_in("other", &["--config", "../site/medlint.toml"]);
    assert_eq!(told, ["drafts/a.md warning house/wording"], "patterns do not reach out of the folder, rules do");
}

#[test]
fn findings_outside_the_working_directory_have_relative_paths_too() {
    let folder = Folder::with(&[("site/a.md", WARNING), ("other/b.md", CLEAN)]);
    let whole = folder.path("site/a.md");
    let told = folder.told_in("other", &[whole.to_str().expect("UTF-8")]);
    assert_eq!(told, chrome_found(&["../site/a.md warning"]));
}

#[test]
fn fail_on_holds_unless_the_command_line_says_otherwise() {
    let severities = ["error", "warning", "info", "never"];
    for (text, expected) in [(INFO, [0, 0, 1, 0]), (WARNING, [0, 1, 1, 0]), (ERROR, [1, 1, 1, 0])] {
        for (set, status) in severities.iter().zip(expected) {
            let folder = Folder::with(&[("a.md", text), ("medlint.toml", &format!("fail-on = \"{set}\"\n"))]);
            assert_eq!(folder.run(&["check"]).status, Some(status), "{set}\n{text}");
            let asked = severities.map(|asked| folder.run(&["check", "--fail-on", asked]).status);
            assert_eq!(asked, expected.map(Some), "asked for on the command line, {set} in the settings\n{text}");
        }
    }
    let folder = Folder::with(&[("lax/medlint.toml", "fail-on = \"never\"\n"), ("lax/a.md", ERROR), ("a.md", INFO)]);
    assert_eq!(folder.run(&["check"]).status, Some(0), "each article is judged by its own settings");
    folder.write("medlint.toml", "fail-on = \"info\"\n");
    assert_eq!(folder.run(&["check"]).status, Some(1));
    assert_eq!(folder.run(&["check", "lax"]).status, Some(0));
}

#[test]
fn excluded_files_are_left_alone_unless_they_are_named() {
    let folder = Folder::with(&[
        ("medlint.toml", "exclude = [\"drafts/**\", \"*.note.md\", \"old/\", \"!old.note.md\"]\n"),
        ("a.md", WARNING),
        ("b.note.md", WARNING),
        ("old.note.md", WARNING),
        ("drafts/c.md", WARNING),
        ("old/deep/d.md", WARNING),
    ]);
    folder.write("list", "drafts/c.md\na.md\n");
    let named = ["a.md", "b.note.md", "drafts/c.md", "old/deep/d.md"];
    let forced = [&named[..], &["--force-exclude"]].concat();
    let table: [(&[&str], &[&str]); 7] = [
        (&[], &["a.md", "old.note.md"]),
        (&["."], &["a.md", "old.note.md"]),
        (&named, &named),
        (&forced, &["a.md"]),
        (&[".", "drafts/c.md"], &["a.md", "drafts/c.md", "old.note.md"]),
        (&["--files-from", "list"], &["a.md", "drafts/c.md"]),
        (&["--files-from", "list", "--force-exclude"], &["a.md"]),
    ];
    for (args, expected) in table {
        assert_eq!(folder.found_in(args), expected, "{args:?}");
    }
    let buffer = ["check", "-", "--stdin-filename", "drafts/c.md"];
    assert_eq!(folder.run_with(&buffer, WARNING.as_bytes()).status, Some(1));
    let ran = folder.run_with(&[&buffer[..], &["--force-exclude"]].concat(), WARNING.as_bytes());
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
}

#[test]
fn force_exclude_implies_allow_empty() {
    let folder = Folder::with(&[("medlint.toml", "exclude = [\"drafts/\"]\n"), ("drafts/a.md", WARNING)]);
    for (args, status) in [
        (&["drafts"][..], 2),
        (&["drafts", "--allow-empty"], 0),
        (&["drafts", "--force-exclude"], 0),
        (&["drafts/a.md", "--force-exclude"], 0),
        (&["--force-exclude"], 0),
        (&["gone.md", "--force-exclude"], 2),
        (&["drafts/a.md"], 1),
    ] {
        assert_eq!(folder.run(&[&["check"], args].concat()).status, Some(status), "{args:?}");
    }
}

#[test]
fn own_wording_is_never_reported_as_spun() {
    let article = "People certainly've rested.\n\nPeople furthermore've slept.\n";
    let folder = Folder::with(&[("a.md", article), ("medlint.toml", "terms = [\"furthermore've\"]\n")]);
    let found = |args| texts(&folder.json(args)["diagnostics"], "text");
    assert_eq!(found(&["--no-config"]), ["certainly've", "furthermore've"]);
    assert_eq!(found(&[]), ["certainly've"]);
    folder.write("medlint.toml", "terms = [\"Certainly’ve rested\", \"people FURTHERMORE’VE\"]\n");
    assert!(found(&[]).is_empty(), "in longer wording, whatever its case");
}

#[test]
fn a_folder_of_own_rule_files_is_read() {
    let extension = "id = \"residue/page-chrome\"\nextend = true\n[[phrase]]\nany = [\"see our shop\"]\n";
    let folder = Folder::with(&[
        ("medlint.toml", "rules = \"editorial/\"\n[rule.\"house/wording\"]\nseverity = \"error\"\n"),
        ("editorial/deep/wording.toml", HOUSE_RULE),
        ("editorial/shop.toml", extension),
        ("a.md", &format!("{WARNING}\nSee our shop\n")),
    ]);
    let (wording, chrome) = ("a.md error house/wording", "a.md warning residue/page-chrome");
    assert_eq!(folder.told(&[]), [wording, chrome, chrome]);
    assert_eq!(folder.told(&["--select", "house"]), [wording]);
    assert_eq!(folder.told(&["--ignore", "house/wording"]), [chrome, chrome]);
    assert_eq!(folder.told(&["--no-config"]), [chrome]);
    assert_eq!(folder.run(&["check", "--no-config", "--select", "house"]).status, Some(2), "no such family now");
}

#[test]
fn the_severity_set_for_a_rule_is_the_most_that_its_findings_have() {
    let steps = ["off", "info", "warning", "error"];
    let table = [
        ("residue/page-chrome", WARNING, ["", "info", "warning", "error"]),
        ("spun/contraction", ERROR, ["", "info", "warning", "error"]),
        ("duplicate/sentence", INFO, ["", "info", "info", "info"]), // the rule is less sure of it
    ];
    for (rule, text, expected) in table {
        for (step, severity) in steps.iter().zip(expected) {
            let settings = format!("[rule.\"{rule}\"]\nseverity = \"{step}\"\n");
            let told = Folder::with(&[("a.md", text), ("medlint.toml", &settings)]).told(&[]);
            let expected = if severity.is_empty() { vec![] } else { vec![format!("a.md {severity} {rule}")] };
            assert_eq!(told, expected, "{rule} = {step}");
        }
    }
}

#[test]
fn options_of_rules_are_set() {
    let table = [
        ("residue/page-chrome", "scope = \"sentence\"", "You can leave a comment in the diary.\n", 0, 1),
        ("duplicate/sentence", "min-words = 12", INFO, 1, 0),
    ];
    for (rule, option, text, before, after) in table {
        let folder = Folder::with(&[("a.md", text), ("medlint.toml", &format!("[rule.\"{rule}\"]\n{option}\n"))]);
        assert_eq!(folder.told(&["--no-config", "--select", rule]).len(), before, "{rule}");
        assert_eq!(folder.told(&["--select", rule]).len(), after, "{rule}: {option}");
    }
}

#[test]
fn of_several_overrides_the_later_wins_setting_by_setting() {
    let settings = r#"
        [rule."residue/page-chrome"]
        severity = "off"
        [[override]]
        files = ["faq/**", "news/**"]
        rule."residue/page-chrome" = { severity = "info", scope = "sentence" }
        [[override]]
        files = ["news/**"]
        rule."residue/page-chrome".severity = "error"
        [[override]]
        files = ["news/old/**"]
        rule."residue/page-chrome".severity = "off"
        [[override]]
        files = ["shop/**", "!shop/keep.md"]
        rule."residue/page-chrome".scope = "sentence"
        [[override]]
        files = ["faq/last.md"]
        rule."residue/page-chrome" = { severity = "warning", scope = "block" }
    "#;
    let article = "Leave a comment\n\nYou can leave a comment in the diary.\n";
    let names = ["a.md", "faq/a.md", "faq/last.md", "news/a.md", "news/old/a.md", "shop/a.md", "shop/keep.md"];
    let folder = Folder::with(&[("medlint.toml", settings)]);
    names.iter().for_each(|name| folder.write(name, article));
    let expected = ["faq/a.md info", "faq/a.md info", "faq/last.md warning", "news/a.md error", "news/a.md error"];
    assert_eq!(folder.told(&[]), chrome_found(&expected));
    assert_eq!(folder.told_in("news", &["a.md", "old"]), chrome_found(&["a.md error", "a.md error"]));
}

#[test]
fn every_setting_is_accepted_at_once() {
    let settings = r#"
        fail-on = "warning"
        exclude = ["drafts/**"]
        terms   = ["our own wording"]
        rules   = "editorial/"
        article = "microneedling"
        [rule."spun/contraction"]
        severity = "off"
        [rule."duplicate/passage"]
        min-words = 30
        [[override]]
        files = ["faq/**"]
        rule."duplicate/heading".severity = "off"
        [[mirror]]
        folders = ["content/en", "content/en-gb"]
        [facts]
        file = "facts.toml"
        [links]
        allow = ["ourhospital.example"]
        deny  = ["cheap-pills.example"]
    "#;
    let article = "# Knee care\n\nFor the first two days, put the leg up and cool the knee for ten minutes at a time. \
        After that, walk a little further every day, and stop as soon as the knee begins to swell or to throb again.\n";
    let folder = Folder::with(&[
        ("medlint.toml", settings),
        ("editorial/house.toml", HOUSE_RULE),
        ("facts.toml", ""),
        ("drafts/a.md", ERROR),
        ("faq/a.md", CLEAN),
        ("content/en/a.md", article),
        ("content/en-gb/a.md", article),
    ]);
    let ran = folder.run(&["check", "--ignore", "house"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("3 articles") && ran.out.ends_with(": nothing found\n"), "{}", ran.out);
}

#[test]
fn mistakes_are_shown_at_their_place_with_what_was_meant() {
    let table = [
        ("\nfail-onn = \"error\"\n", ":2:1", "fail-on"),
        ("[rule.\"residue/page-crome\"]\nseverity = \"off\"\n", ":1:7", "residue/page-chrome"),
        ("exclude = \"drafts\"\n", ":1:11", "exclude = \"drafts\""),
    ];
    for (settings, place, meant) in table {
        let folder = Folder::with(&[("site/medlint.toml", settings), ("site/a.md", WARNING)]);
        let ran = folder.run(&["check", "site/a.md"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{settings}");
        assert!(ran.err.contains(&format!("site/medlint.toml{place}")) && ran.err.contains(meant), "{}", ran.err);
    }
}

#[test]
fn idle_patterns_are_noted_only_where_the_whole_folder_was_walked() {
    let settings = "exclude = [\"drafts/**\", \"gone/**\", \"pictures/**\"]\n\n[[override]]\n\
        files = [\"faq/**\", \"fqa/**\"]\nrule.\"duplicate/heading\".severity = \"off\"\n";
    let folder = Folder::with(&[
        ("site/medlint.toml", settings),
        ("site/a.md", CLEAN),
        ("site/faq/a.md", CLEAN),
        ("site/drafts/a.md", CLEAN),
        ("site/pictures/a.png", ""),
        ("b.md", CLEAN),
    ]);
    let table: [(&str, &[&str], Option<&str>); 11] = [
        ("site", &[], Some("")),
        ("site", &[".", "a.md"], Some("")),
        ("", &[], Some("site/")),
        ("", &["site"], Some("site/")),
        ("", &["--config", "site/medlint.toml"], Some("site/")),
        ("site", &["a.md", "faq/a.md", "drafts/a.md"], None),
        ("site", &["a.md", "--force-exclude"], None),
        ("site", &["faq", "pictures"], None),
        ("", &["site/faq", "b.md"], None),
        ("", &["--config", "site/medlint.toml", "b.md"], None),
        ("", &["--no-config"], None),
    ];
    for (working_directory, args, to_site) in table {
        let ran = folder.run_in(working_directory, &[&["check", "--allow-empty"], args].concat());
        assert_eq!(ran.status, Some(0), "a note is no mistake: {args:?}");
        let lines: Vec<&str> = ran.err.lines().collect();
        assert_eq!(lines.len(), if to_site.is_some() { 2 } else { 0 }, "{working_directory} {args:?}: {}", ran.err);
        for (line, place) in lines.iter().zip(["medlint.toml:1", "medlint.toml:4"]) {
            assert!(line.contains(&format!("{}{place}", to_site.unwrap_or_default())), "{line}");
            assert!(line.contains(if place.ends_with('1') { "“gone/**”" } else { "“fqa/**”" }), "{line}");
        }
    }
}

#[test]
fn a_pattern_for_files_that_are_there_is_not_noted() {
    for (pattern, name) in [("build/**", "build/a.md"), (".notes/**", ".notes/a.md"), ("old/new/**", "old/new/a.md")] {
        let settings = format!("exclude = [\"old/\", \"{pattern}\"]\n");
        let folder = Folder::with(&[("medlint.toml", &settings), (".gitignore", "build/\n"), ("a.md", CLEAN)]);
        folder.write("old/a.md", CLEAN);
        folder.write(name, CLEAN);
        assert_eq!(folder.run(&["check"]).err, "", "{pattern}");
    }
}
