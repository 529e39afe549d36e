//! Checks every file under `rules/` and packs them into the binary, rules as JSON, so that nothing has to be read at start.

#![forbid(unsafe_code)]

use rust_stemmers::{Algorithm, Stemmer};
use serde::de::DeserializeOwned;
use severity::Severity;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code)]
#[path = "src/language/normal.rs"]
mod normal;
#[allow(dead_code, missing_docs)]
#[path = "src/diagnostic/severity.rs"]
mod severity;
#[allow(dead_code)]
#[path = "src/rules/spec.rs"]
mod spec;
#[allow(dead_code)]
#[path = "src/language/table.rs"]
mod table;
#[allow(dead_code)]
#[path = "src/language/words.rs"]
mod words;

/// Names another table of swapped words than the committed one.
const SPUN_TABLE: &str = "MEDLINT_SPUN_TABLE";
/// What the table begins with, as `src/language/swaps.rs` has it.
const SPUN_MARK: &[u8] = b"medlint spun 01\n";

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("rules");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed=rules");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let (mut rules, mut lists, mut stems) = (Vec::new(), Vec::new(), BTreeMap::new());
    for file in files {
        if file.parent().is_some_and(|folder| folder.ends_with("lexicon")) {
            let list = read::<words::WordsFile>(&file);
            list.validate().unwrap_or_else(|f| panic!("{}: {}: {}", file.display(), f.at.join("."), f.reason));
            lists.push(packed(&list));
            stem(&list, &mut stems);
            continue;
        }
        let rule = read::<spec::Rule>(&file);
        let place = file.strip_prefix(&root).expect("below rules/").with_extension("");
        let id = place.to_str().expect("plain names").replace('\\', "/");
        assert_eq!(*rule.id, *id, "{}: the id must tell the place of the file", file.display());
        rule.validate_builtin().unwrap_or_else(|f| panic!("{}: {}: {}", file.display(), f.at.join("."), f.reason));
        rules.push(rule);
    }
    let pack = |name: &str, json: String| fs::write(out.join(name), json).expect("OUT_DIR can be written");
    let table = swap_table(&root);
    fs::write(out.join("spun.bin"), table).expect("OUT_DIR can be written");
    let stems = stems.into_iter().flat_map(|(key, stem)| [key.to_le_bytes(), stem.to_le_bytes()]);
    fs::write(out.join("stems.bin"), stems.flatten().collect::<Vec<u8>>()).expect("OUT_DIR can be written");
    pack("rules.json", serde_json::to_string(&rules).expect("rules are plain data"));
    pack("words.txt", lists.concat());
}

/// A line for a file of words: the name of its list, a tab, and what it holds, so that a list is read only for who asks for it.
fn packed(file: &words::WordsFile) -> String {
    let line = file.packed();
    let is_whole = words::WordsFile::unpacked(&line) == (file.words.clone(), file.entry.clone());
    assert!(is_whole && !line.contains('\n'), "{}: a word holds a control character, or is empty", file.list);
    format!("{}\t{line}\n", file.list)
}

/// The stems of the words of a list that the table of stems does not hold, in ASCII, by their keys. Words of one key are the same letters.
fn stem(list: &words::WordsFile, stems: &mut BTreeMap<u64, u64>) {
    let (stemmer, table) = (Stemmer::create(Algorithm::English), table::WordTable::builtin());
    let forms = list.words.iter().chain(list.entry.iter().flat_map(words::Entry::forms));
    for word in forms.flat_map(|form| normal::words(form)).filter(|word| word.is_ascii()) {
        let key = normal::key(word);
        if table.get(key).is_none() {
            stems.insert(key, normal::key(&stemmer.stem(&word.to_lowercase())));
        }
    }
}

/// The table of swapped words: the committed one, or another one for measuring; an empty one only where that is asked for, as when the
/// builder of the table is built before there is one.
fn swap_table(rules: &Path) -> Vec<u8> {
    println!("cargo:rerun-if-env-changed={SPUN_TABLE}");
    let asked = env::var_os(SPUN_TABLE);
    if asked.as_ref().is_some_and(|asked| asked == "none") {
        return Vec::new();
    }
    let place = asked.map_or_else(|| rules.join("tables/spun.bin"), PathBuf::from);
    println!("cargo:rerun-if-changed={}", place.display());
    let table = fs::read(&place).unwrap_or_else(|e| {
        panic!(
            "{}: {e}; without this table no swapped word would be found ({SPUN_TABLE}=none builds a program that finds none)",
            place.display()
        )
    });
    assert!(table.starts_with(SPUN_MARK), "{} is no table of swapped words of this version", place.display());
    table
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("rules/ can be read") {
        let path = entry.expect("rules/ can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}
