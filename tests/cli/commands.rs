//! The commands around settings: `init`, `config`, `schema`, `test-rules`, `completions`, `man`, and what `rules` and
//! `explain` say of the house's own rules and of what its settings change.

use crate::folder::{Folder, texts};
use crate::{CLEAN, HOUSE_RULE, WARNING};
use serde_json::Value;
use std::fs;

/// The keys of `medlint.toml`.
const KEYS: [&str; 10] =
    ["article", "exclude", "facts", "fail-on", "links", "mirror", "override", "rule", "rules", "terms"];

/// The template that `init` writes.
fn template() -> String {
    let folder = Folder::with(&[]);
    let ran = folder.run(&["init"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("medlint.toml"), "{}", ran.out);
    fs::read_to_string(folder.path("medlint.toml")).expect("it was written")
}

/// The template with every setting in force that it holds as a comment.
fn uncommented(template: &str) -> String {
    let is_setting = |line: &str| {
        let key = line.split(['=', ' ']).next().unwrap_or_default();
        line.starts_with('[') || line.contains(" = ") && key.chars().all(|c| c.is_alphanumeric() || "-.\"/".contains(c))
    };
    let lines = template.lines().map(|line| line.strip_prefix("# ").filter(|bare| is_setting(bare)).unwrap_or(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Settings as values.
fn values(settings: &str) -> Value {
    toml::from_str(settings).unwrap_or_else(|e| panic!("{e}\n{settings}"))
}

/// A folder in which everything stands that the template names.
fn furnished(settings: &str) -> Folder {
    let files = ["drafts/a.md", "b.notes.md", "faq/a.md", "content/en/a.md", "content/en-gb/b.md"];
    let folder = Folder::with(&[("medlint.toml", settings), ("editorial/a.toml", HOUSE_RULE), ("facts.toml", "")]);
    files.iter().for_each(|name| folder.write(name, "Walk a little.\n"));
    folder
}

/// Whether a value obeys a schema, as far as the keywords that our schema uses go; others are refused.
fn obeys(value: &Value, schema: &Value, root: &Value) -> bool {
    const SILENT: [&str; 6] = ["$schema", "title", "description", "default", "definitions", "format"];
    let all =
        |list: &Value, is: &dyn Fn(&Value) -> bool| list.as_array().expect("a list").iter().filter(|s| is(s)).count();
    let members = || value.as_object().into_iter().flatten();
    let Some(schema) = schema.as_object() else { return schema.as_bool().expect("a schema") };
    let kind = |name: &Value| match name.as_str().expect("a kind") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no kind"),
    };
    let properties = schema.get("properties").and_then(Value::as_object);
    schema.iter().all(|(keyword, own)| match keyword.as_str() {
        "$ref" => {
            let target = own.as_str().and_then(|way| way.strip_prefix('#')).and_then(|way| root.pointer(way));
            obeys(value, target.expect("what is referred to"), root)
        }
        "type" => own.as_array().map_or_else(|| kind(own), |kinds| kinds.iter().any(kind)),
        "const" => value == own,
        "enum" => own.as_array().expect("a list").contains(value),
        "oneOf" => all(own, &|schema| obeys(value, schema, root)) == 1,
        "allOf" => all(own, &|schema| !obeys(value, schema, root)) == 0,
        "anyOf" => all(own, &|schema| obeys(value, schema, root)) > 0,
        "required" => all(own, &|key| value.get(key.as_str().expect("a key")).is_none()) == 0,
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| obeys(item, own, root))),
        "properties" => members().all(|(key, member)| own.get(key).is_none_or(|schema| obeys(member, schema, root))),
        "additionalProperties" => members()
            .filter(|(key, _)| !properties.is_some_and(|known| known.contains_key(*key)))
            .all(|(_, member)| obeys(member, own, root)),
        silent if SILENT.contains(&silent) => true,
        other => panic!("the keyword {other}"),
    })
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_never_over_another() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let before = folder.run(&["check"]);
    folder.write("medlint.toml", template());
    let after = folder.run(&["check"]);
    assert_eq!((after.status, &after.out, &after.err), (before.status, &before.out, &before.err));
    folder.write("medlint.toml", "# ours\n");
    let ran = folder.run(&["init"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("medlint.toml"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path("medlint.toml")).expect("still there"), "# ours\n");
}

#[test]
fn the_template_shows_every_setting_and_all_of_them_are_accepted() {
    let template = template();
    let all = uncommented(&template);
    let shown: Vec<String> = values(&all).as_object().expect("a table").keys().cloned().collect();
    assert_eq!(shown, KEYS);
    assert_eq!(values(&template).as_object().expect("a table").keys().collect::<Vec<_>>(), ["fail-on"]);
    for pair in all.lines().collect::<Vec<_>>().windows(2) {
        let is_setting = |line: &str| !line.is_empty() && !line.starts_with("# ");
        assert!(!is_setting(pair[1]) || !pair[0].is_empty(), "{} has no note", pair[1]);
    }
    let folder = furnished(&all);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{all}");
    assert!(ran.out.starts_with("3 articles"), "drafts and notes are excluded: {}", ran.out);
}

#[test]
fn the_schema_accepts_what_medlint_accepts() {
    let folder = furnished(&uncommented(&template()));
    let ran = folder.run(&["schema"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let schema = ran.json();
    assert!(schema["$schema"].as_str().is_some_and(|address| address.starts_with("http://json-schema.org/draft-")));
    let keys: Vec<&String> = schema["properties"].as_object().expect("an object").keys().collect();
    assert_eq!(keys, KEYS);
    let wording = "[rule.\"house/wording\"]\n";
    let table = [
        ("", true),
        (&uncommented(&template()), true),
        (&format!("{wording}severity = \"off\"\nscope = \"block\"\n"), true),
        ("[rule.\"duplicate/passage\"]\nmin-words = 30\nsimilarity = 0.8\nseverity = \"info\"\n", true),
        ("[[override]]\nfiles = [\"faq/**\"]\nrule.\"spun/contraction\".severity = \"info\"\n", true),
        ("fail-onn = \"error\"\n", false),
        ("fail-on = \"warnings\"\n", false),
        ("exclude = \"drafts\"\n", false),
        ("terms = [1]\n", false),
        ("[rule.\"duplicate/passage\"]\nmin-word = 30\n", false),
        ("[rule.\"duplicate/passage\"]\nmin-words = \"30\"\n", false),
        ("[rule.\"duplicate/passage\"]\nseverity = \"warn\"\n", false),
        (&format!("{wording}scop = \"block\"\n"), false),
        ("[[override]]\nrule.\"spun/contraction\".severity = \"info\"\n", false),
        ("[[override]]\nfiles = [\"faq/**\"]\nrule.\"spun/contraction\".severity = \"of\"\n", false),
        ("[[mirror]]\nfolder = [\"content/en\"]\n", false),
        ("[facts]\n", false),
        ("[links]\nallowed = []\n", false),
    ];
    for (settings, is_accepted) in table {
        assert_eq!(obeys(&values(settings), &schema, &schema), is_accepted, "by the schema:\n{settings}");
        let named = format!("rules = \"editorial\"\n{settings}");
        folder.write("medlint.toml", if settings.contains("rules ") { settings } else { &named });
        assert_eq!(folder.run(&["check"]).status == Some(0), is_accepted, "by medlint:\n{settings}");
    }
    let without: Value = folder.run(&["schema", "--no-config"]).json();
    let rules = |schema: &Value| schema["properties"]["rule"]["properties"].as_object().expect("rules").len();
    assert_eq!(rules(&without) + 1, rules(&schema), "the rule of the house");
}

#[test]
fn config_tells_what_holds_for_a_path_and_where_it_was_set() {
    let root = "fail-on = \"error\"\nexclude = [\"drafts/**\"]\nterms = [\"Green “Cross” card\"]\n\n\
        [rule.\"residue/page-chrome\"]\nseverity = \"off\"\n\n[[override]]\nfiles = [\"faq/**\"]\n\
        rule.\"residue/page-chrome\" = { severity = \"info\", scope = \"sentence\" }\n\n\
        [[override]]\nfiles = [\"faq/b.md\"]\nrule.\"residue/page-chrome\".severity = \"error\"\n\n\
        [links]\nallow = [\"a.example\"]\n";
    let folder =
        Folder::with(&[("medlint.toml", root), ("news/medlint.toml", "article = \"laser\"\n"), ("a.md", CLEAN)]);
    let chrome = "rule.residue/page-chrome";
    // Where, for which path; a setting, its value, and the place it came from.
    let table: [(&str, &[&str], &str, &str, &str); 14] = [
        ("", &[], "fail-on", "error", "medlint.toml:1"),
        ("", &["a.md"], "exclude", "[\"drafts/**\"]", "medlint.toml:2"),
        ("", &["a.md"], "terms", "[\"Green “Cross” card\"]", "medlint.toml:3"),
        ("", &["new/not-yet.md"], &format!("{chrome}.severity"), "off", "medlint.toml:6"),
        ("", &["faq/a.md"], &format!("{chrome}.severity"), "info", "medlint.toml:10"),
        ("", &["faq/a.md"], &format!("{chrome}.scope"), "sentence", "medlint.toml:10"),
        ("", &["faq/b.md"], &format!("{chrome}.severity"), "error", "medlint.toml:14"),
        ("", &["faq/b.md"], &format!("{chrome}.scope"), "sentence", "medlint.toml:10"),
        ("", &["a.md"], "links", "{\"allow\":[\"a.example\"]}", "medlint.toml:16"),
        ("", &["news"], "article", "laser", "news/medlint.toml:1"),
        ("", &["news/a.md"], "fail-on", "warning", "built in"),
        ("", &["news/a.md", "--config", "medlint.toml"], "fail-on", "error", "medlint.toml:1"),
        ("", &["--no-config"], "fail-on", "warning", "built in"),
        ("news", &["../a.md"], "fail-on", "error", "medlint.toml:1"),
    ];
    for (working_directory, args, setting, expected, place) in table {
        fs::create_dir_all(folder.path("news")).expect("a folder");
        let ran = folder.run_in(working_directory, &[&["config"], args].concat());
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{args:?}");
        let told = values(&ran.out);
        let found = setting.split('.').fold(&told, |value, key| &value[key]);
        let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
        assert_eq!(found, expected, "{args:?}\n{}", ran.out);
        let key = format!("{} = ", setting.rsplit('.').next().expect("a key"));
        let line = ran.out.lines().find(|line| line.starts_with(&key)).expect("a line");
        assert!(line.contains(place), "{line}");
    }
    assert!(folder.run(&["config", "drafts/a.md"]).out.contains("drafts/a.md is excluded"));
    assert!(!folder.run(&["config", "a.md"]).out.contains("excluded"));
    folder.write("news/medlint.toml", "artcle = \"laser\"\n");
    assert_eq!(folder.run(&["config", "news"]).status, Some(2));
    assert_eq!(folder.run(&["config", "a.md"]).status, Some(0));
}

#[test]
fn config_prints_settings_that_medlint_takes_back() {
    let folder = furnished(&uncommented(&template()));
    for path in ["content/en/a.md", "faq/a.md"] {
        let told = folder.run(&["config", path]).out;
        folder.write("again.toml", &told);
        let ran = folder.run(&["check", "--config", "again.toml", path]);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{told}");
    }
}

#[test]
fn examples_in_own_rule_files_are_run() {
    let broken = HOUSE_RULE.replace("messag", "mesag");
    let silent = HOUSE_RULE.replace("any = [\"rest the knee\"]", "any = [\"cool the knee\"]");
    let loud = HOUSE_RULE.replace("Put the leg up", "Rest the knee");
    let astray = HOUSE_RULE.replace("at = \"Rest the knee\"", "at = \"knee\"");
    let twice = HOUSE_RULE.replace("the knee for two days", "the knee. You rest the knee");
    let twice = |at: &str| twice.replace("at = \"Rest the knee\"", &format!("at = {at}"));
    let (listed, unlisted) = (twice("[\"Rest the\", \"rest the\"]"), twice("[\"Rest the knee.\", \"You\"]"));
    let (one_of_two, number) = (twice("\"Rest the\""), twice("[\"Rest the\", 2]"));
    let table = [
        (HOUSE_RULE, 0, "1 rule, 2 examples"),
        (&listed, 0, "1 rule, 2 examples"),
        (&one_of_two, 0, "1 rule, 2 examples"),
        (&unlisted, 1, "house/a.toml:13:8"),
        (&number, 2, "house/a.toml:14:19"),
        (&silent, 1, "house/a.toml:13:8"),
        (&loud, 1, "house/a.toml:16:8"),
        (&astray, 1, "house/a.toml:13:8"),
        (&broken, 2, "house/a.toml:6:1"),
    ];
    for (rule, status, said) in table {
        let folder = Folder::with(&[("house/a.toml", rule), ("medlint.toml", "rules = \"house\"\n")]);
        for args in [&["test-rules"][..], &["test-rules", "house"], &["test-rules", "--config", "medlint.toml"]] {
            let ran = folder.run(args);
            assert_eq!(ran.status, Some(status), "{rule}\n{}", ran.out);
            let (answer, nothing) = if status == 2 { (ran.err, ran.out) } else { (ran.out, ran.err) };
            assert!(answer.contains(said) && nothing.is_empty(), "{said}: {answer}{nothing}");
        }
    }
    let folder = Folder::with(&[("empty/a.md", "")]);
    for args in [&["test-rules"][..], &["test-rules", "empty"], &["test-rules", "gone"], &["test-rules", "empty/a.md"]]
    {
        let ran = folder.run(args);
        assert!(ran.status == Some(2) && ran.out.is_empty() && !ran.err.is_empty(), "{args:?}");
    }
}

/// The commands and the options of `check`, which completions and the manual must know.
const COMMANDS: &str = "check explain rules timeline facts config init schema test-rules completions man";
const OPTIONS: &str = "output config no-config select ignore fail-on isolated stdin-filename files-from force-exclude \
    allow-empty color width jobs quiet verbose";

#[test]
fn completions_know_every_command_and_option() {
    let folder = Folder::with(&[]);
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef medlint"),
        ("fish", "complete -c medlint"),
        ("powershell", "Register-"),
    ] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{shell}");
        assert!(ran.out.contains(mark), "{shell}");
        for word in COMMANDS.split(' ').chain(OPTIONS.split(' ')).filter(|word| !word.is_empty()) {
            assert!(ran.out.contains(word), "{shell} knows nothing of {word}");
        }
    }
    for (args, meant) in [(&["completions", "zhs"][..], "zsh"), (&["completions"], "SHELL")] {
        let ran = folder.run(args);
        assert!(ran.status == Some(2) && ran.out.is_empty() && ran.err.contains(meant), "{args:?}: {}", ran.err);
    }
}

#[test]
fn the_manual_page_tells_every_command_and_option() {
    let ran = Folder::with(&[]).run(&["man"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("\n.TH medlint 1 "), "it names itself");
    let plain = ran.out.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"] {
        assert!(plain.contains(&format!("\n.SH {section}\n")), "{section}");
    }
    for command in COMMANDS.split(' ') {
        assert!(plain.contains(&format!("\nmedlint {command} ")), "{command}");
    }
    for option in OPTIONS.split(' ') {
        assert!(plain.contains(&format!("--{option}")), "{option}");
    }
    assert!(plain.contains("Exit status: 0"), "{plain}");
}

/// A house that has a rule of its own and changed others.
fn house() -> Folder {
    let settings = "rules = \"editorial\"\n[rule.\"residue/page-chrome\"]\nseverity = \"off\"\n\
        [rule.\"duplicate/passage\"]\nmin-words = 33\nseverity = \"info\"\n\
        [rule.\"house/wording\"]\nscope = \"block\"\n";
    Folder::with(&[("medlint.toml", settings), ("editorial/a.toml", HOUSE_RULE), ("sub/a.md", CLEAN)])
}

#[test]
fn rules_tells_own_rules_and_the_settings_in_force() {
    let folder = house();
    let rule = |working_directory: &str, args: &[&str], id: &str| {
        let list = folder.run_in(working_directory, &[&["rules", "-o", "json"], args].concat()).json();
        let at = texts(&list["rules"], "id").iter().position(|known| known == id);
        at.map(|at| list["rules"][at].clone())
    };
    for (working_directory, args) in [("", &[][..]), ("sub", &[]), ("sub", &["--config", "../medlint.toml"])] {
        let severity = |id: &str| rule(working_directory, args, id).expect("a rule")["severity"].clone();
        assert_eq!([severity("residue/page-chrome"), severity("duplicate/passage")], ["off", "info"], "{args:?}");
        let own = rule(working_directory, args, "house/wording").expect("our rule");
        assert_eq!(
            (&own["family"], &own["severity"], &own["fixable"]),
            (&"house".into(), &"warning".into(), &false.into())
        );
        assert_eq!(
            (&own["message"], &own["options"]["scope"]),
            (&"“{match}” is not how we say it".into(), &"block".into())
        );
        assert_eq!(rule(working_directory, args, "duplicate/passage").expect("a rule")["options"]["min-words"], 33);
    }
    assert_eq!(rule("", &["--no-config"], "house/wording"), None);
    assert_eq!(rule("", &["--no-config"], "residue/page-chrome").expect("a rule")["severity"], "warning");
    let lines = folder.run(&["rules"]).out;
    let line = |id: &str| lines.lines().find(|line| line.starts_with(id)).map(|line| line.split_whitespace().nth(1));
    assert_eq!([line("residue/page-chrome"), line("house/wording")], [Some(Some("off")), Some(Some("warning"))]);
}

#[test]
fn explain_tells_own_rules_and_the_settings_in_force() {
    let folder = house();
    let table = [
        (
            "house/wording",
            "house/wording (warning)|asked for plain words.|editorial/a.toml|scope = \"block\"|Put the leg",
        ),
        ("house", "house/wording (warning): wording that we do not use"),
        ("duplicate/passage", "duplicate/passage (info)|min-words = 33"),
    ];
    for (name, told) in table {
        for (working_directory, args) in [("", &[][..]), ("sub", &[]), ("sub", &["--config", "../medlint.toml"])] {
            let ran = folder.run_in(working_directory, &[&["explain", name], args].concat());
            assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{name}");
            let missing: Vec<&str> = told.split('|').filter(|part| !ran.out.contains(part)).collect();
            assert!(missing.is_empty(), "{missing:?}\n{}", ran.out);
        }
    }
    assert_eq!(folder.run(&["explain", "house/wording", "--no-config"]).status, Some(2));
}

#[test]
fn explain_says_that_a_rule_is_off() {
    for name in ["residue/page-chrome", "residue"] {
        let told = house().run(&["explain", name]).out;
        assert!(told.contains("residue/page-chrome (off)"), "{told}");
    }
}
