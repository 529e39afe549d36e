//! What git knows: which lines changed, what is staged, what an earlier revision held.
//!
//! The program `git` is asked with its plumbing commands, whose answers no setting of a user changes. Nothing is checked out and
//! nothing is written.

use super::Stop;
use crate::filter;
use crate::source::{Format, absolute, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The repository around the working directory.
pub(super) struct Repository {
    here: PathBuf,
    /// Its highest folder.
    pub root: PathBuf,
    /// The option that asked for it, for messages.
    option: &'static str,
}

/// A file in the index or in a revision.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    /// Its path as findings name it.
    pub path: Arc<str>,
    id: String,
}

/// How a regular file is recorded, executable or not; links and submodules are no articles.
const REGULAR: &str = "100";

/// What in the environment would change the answers although the arguments say what is asked.
const MEDDLING: &[&str] = &["GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS"];

impl Repository {
    /// Finds it.
    pub fn around(here: &Path, option: &'static str) -> Result<Self, Stop> {
        let mut repository = Self { here: here.to_owned(), root: here.to_owned(), option };
        let up = repository.ask(&["rev-parse", "--show-cdup"])?;
        repository.root = absolute(Path::new(text(&up).trim_end_matches('\n')), here);
        Ok(repository)
    }

    /// Stops where an article lies outside, since nothing is known about it.
    pub fn stop_at_strangers<'a>(&self, mut articles: impl Iterator<Item = &'a Arc<str>>) -> Result<(), Stop> {
        let stranger = articles.find(|path| !absolute(Path::new(&***path), &self.here).starts_with(&self.root));
        stranger.map_or(Ok(()), |path| {
            let root = shown(&self.root, &self.here);
            let root = if root.is_empty() { "." } else { &root };
            Err(self.trouble(format_args!(
                "{path} lies outside the git repository {root}, so nobody knows what changed in it"
            )))
        })
    }

    /// The commit that a revision means; `None` where there is no such revision.
    pub fn commit(&self, revision: &str) -> Option<String> {
        let commit = format!("{revision}^{{commit}}");
        let id = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).ok()?;
        Some(text(&id).trim().to_owned())
    }

    /// The same, or why not.
    pub fn known_commit(&self, revision: &str) -> Result<String, Stop> {
        self.commit(revision).ok_or_else(|| {
            let fetch =
                if self.is_shallow() { "; this clone is shallow, so it may have to be fetched first" } else { "" };
            self.trouble(format_args!("git knows no revision “{revision}”{fetch}"))
        })
    }

    /// Where the work on top of a commit began; the commit itself where the histories do not meet, as in a shallow clone.
    pub fn base(&self, commit: &str) -> String {
        let base = self.ask(&["merge-base", commit, "HEAD"]).ok().map(|id| text(&id).trim().to_owned());
        base.filter(|id| !id.is_empty()).unwrap_or_else(|| commit.to_owned())
    }

    /// The last commit; before the first one, a tree without files.
    pub fn head(&self) -> Result<String, Stop> {
        match self.commit("HEAD") {
            Some(head) => Ok(head),
            None => Ok(text(&self.tell(&["hash-object", "-t", "tree", "--stdin"], b"")?).trim().to_owned()),
        }
    }

    fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
    }

    /// The lines that differ from a commit, in the work tree or in what is staged, by article. Files that only moved have none.
    pub fn changed_lines(&self, commit: &str, is_staged: bool) -> Result<BTreeMap<Arc<str>, Vec<Range<u32>>>, Stop> {
        let mut args = vec!["diff-index", "--patch", "--unified=0", "--find-renames", "--no-color", "--no-ext-diff"];
        args.extend(["--no-textconv", "--text", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/"]);
        args.extend(is_staged.then_some("--cached"));
        args.extend([commit, "--"]);
        // Of articles alone, or pictures would be compared line by line as well.
        let kinds: Vec<String> =
            Format::EXTENSIONS.iter().map(|kind| format!(":(top,icase,glob)**/*.{kind}")).collect();
        args.extend(kinds.iter().map(String::as_str));
        let changes = filter::changes(&self.ask(&args)?);
        Ok(changes.into_iter().map(|(path, lines)| (self.named(path.as_bytes()), lines)).collect())
    }

    /// All that git tracks: files, in a conflict or not, links, and the folders of submodules.
    pub fn tracked(&self) -> Result<BTreeSet<Arc<str>>, Stop> {
        Ok(self.all_named(&self.ask(&["ls-files", "--full-name", "-z", "--", ":/"])?))
    }

    /// The regular files that git tracks, as they are staged. Those in a conflict have no staged state.
    pub fn staged(&self) -> Result<Vec<Blob>, Stop> {
        let list = self.ask(&["ls-files", "--stage", "--full-name", "-z", "--", ":/"])?;
        Ok(self.blobs(&list, |head| head.ends_with(" 0").then(|| head.split(' ').nth(1)).flatten()))
    }

    /// The files of a commit.
    pub fn files(&self, commit: &str) -> Result<Vec<Blob>, Stop> {
        let list = self.ask(&["ls-tree", "-r", "--full-tree", "-z", commit])?;
        Ok(self.blobs(&list, |head| head.split(' ').nth(2)))
    }

    /// Articles whose staged state, or whose state in a commit, is not what the work tree holds.
    pub fn differing(&self, commit: Option<&str>) -> Result<BTreeSet<Arc<str>>, Stop> {
        let names = ["--name-only", "--no-renames", "--ignore-submodules", "-z"];
        let args = match commit {
            Some(commit) => [&["diff-index"], &names[..], &[commit, "--"]].concat(),
            None => [&["diff-files"], &names[..]].concat(),
        };
        Ok(self.all_named(&self.ask(&args)?))
    }

    /// The contents of files, in order.
    pub fn contents(&self, blobs: &[&Blob]) -> Result<Vec<Vec<u8>>, Stop> {
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let mut asked = Vec::new();
        blobs.iter().for_each(|blob| asked.extend_from_slice(format!("{}\n", blob.id).as_bytes()));
        let answer = self.tell(&["cat-file", "--batch"], &asked)?;
        let mut answer = BufReader::new(answer.as_slice());
        let mut contents = Vec::with_capacity(blobs.len());
        for blob in blobs {
            let lost = || self.trouble(format_args!("git cannot read {}", blob.path));
            let mut head = String::new();
            answer.read_line(&mut head).map_err(|_| lost())?;
            let size =
                head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()).ok_or_else(lost)?;
            // A line end follows.
            let mut content = vec![0; size + 1];
            answer.read_exact(&mut content).map_err(|_| lost())?;
            content.truncate(size);
            contents.push(content);
        }
        Ok(contents)
    }

    /// The regular files of a list whose entries are `mode … id …`, a tab, and the path; `id` finds the object in the first part.
    fn blobs(&self, list: &[u8], id: impl Fn(&str) -> Option<&str>) -> Vec<Blob> {
        let entries = list.split(|byte| *byte == 0).filter_map(|entry| {
            let tab = entry.iter().position(|byte| *byte == b'\t')?;
            let head = str::from_utf8(entry.get(..tab)?).ok().filter(|head| head.starts_with(REGULAR))?;
            Some(Blob { path: self.named(entry.get(tab + 1..)?), id: id(head)?.to_owned() })
        });
        entries.collect()
    }

    /// The names that findings give to paths from the repository's root, which end with NUL.
    fn all_named(&self, list: &[u8]) -> BTreeSet<Arc<str>> {
        list.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(|name| self.named(name)).collect()
    }

    /// The name that findings give to a path from the repository's root.
    fn named(&self, path: &[u8]) -> Arc<str> {
        shown(&self.root.join(&*String::from_utf8_lossy(path)), &self.here).into()
    }

    fn ask(&self, args: &[&str]) -> Result<Vec<u8>, Stop> {
        self.tell(args, b"")
    }

    /// What git answers, given something to read.
    fn tell(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, Stop> {
        let mut command = Command::new("git");
        command.args(args.iter().map(OsStr::new)).current_dir(&self.here).env("LC_ALL", "C");
        MEDDLING.iter().for_each(|name| {
            command.env_remove(name);
        });
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => self.trouble("git is not installed, or not on the PATH"),
            _ => self.trouble(format_args!("git: {error}")),
        };
        let mut child = command.spawn().map_err(failed)?;
        let stdin = child.stdin.take();
        // Written beside the reading, or both would wait for each other.
        let answer = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        });
        let answer = answer.map_err(failed)?;
        if answer.status.success() {
            return Ok(answer.stdout);
        }
        let said = text(&answer.stderr);
        // Behind warnings, and with what git advises.
        let reason = said.split_once("fatal: ").map_or(said.as_str(), |(_, reason)| reason);
        Err(match reason.starts_with("not a git repository") {
            true => self.trouble("this folder lies in no git repository"),
            false => self.trouble(reason.split_whitespace().collect::<Vec<_>>().join(" ")),
        })
    }

    fn trouble(&self, message: impl std::fmt::Display) -> Stop {
        Stop::trouble(format_args!("{}: {message}", self.option))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
