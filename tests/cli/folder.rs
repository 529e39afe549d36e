//! A folder made for one test, and the program run in it.
#![allow(clippy::unwrap_used, reason = "what goes wrong around the program is a failed test")]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder that the program is run in.
pub struct Folder {
    temporary: TempDir,
}

/// What a run said and how it ended.
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self { temporary: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.temporary.path().canonicalize().unwrap().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes something else wherever this stands in a file.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{from:?} is not in {name}:\n{text}");
        self.write(name, text.replace(from, to));
    }

    pub fn rename(&self, from: &str, to: &str) {
        let to = self.path(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.path(from), to).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// What git says when it is run here, with no settings but the repository's own.
    pub fn git(&self, args: &[&str]) -> String {
        let ran = self.try_git(args);
        assert_eq!(ran.status, Some(0), "git {args:?}\n{}{}", ran.out, ran.err);
        ran.out
    }

    /// The same where git may fail.
    pub fn try_git(&self, args: &[&str]) -> Ran {
        let own = ["user.name=A", "user.email=a@b.example", "init.defaultBranch=main", "protocol.file.allow=always"];
        let mut command = Command::new("git");
        command.args(own.iter().flat_map(|setting| ["-c", setting])).args(args).current_dir(self.path(""));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::end(alone(&mut command), b"")
    }

    /// Makes the folder a repository with all its files in the first commit.
    pub fn with_history(files: &[(&str, &str)]) -> Self {
        let folder = Self::with(files);
        folder.git(&["init", "-q"]);
        folder.commit();
        folder
    }

    /// Commits all that changed.
    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "articles"]);
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medlint"));
        command
            .args(args)
            .current_dir(self.path(""))
            .env_remove("NO_COLOR")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("GITHUB_STEP_SUMMARY");
        alone(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        Self::end(&mut self.command(args), input)
    }

    /// A run in a folder of this folder.
    pub fn run_in(&self, working_directory: &str, args: &[&str]) -> Ran {
        let mut command = self.command(args);
        command.current_dir(self.path(working_directory));
        Self::end(&mut command, b"")
    }

    /// How a command ends that reads this.
    pub fn end(command: &mut Command, input: &[u8]) -> Ran {
        let mut child = command.spawn().unwrap();
        // A program that reads no input may have closed it already.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The JSON report of a run.
    pub fn json(&self, args: &[&str]) -> Value {
        self.json_with(args, b"")
    }

    pub fn json_with(&self, args: &[&str], input: &[u8]) -> Value {
        self.run_with(&[&["check", "-o", "json"], args].concat(), input).json()
    }

    /// Every finding as `path severity rule`.
    pub fn told(&self, args: &[&str]) -> Vec<String> {
        self.told_in("", args)
    }

    /// Every finding of a run in a folder of this folder.
    pub fn told_in(&self, working_directory: &str, args: &[&str]) -> Vec<String> {
        told(&self.run_in(working_directory, &[&["check", "-o", "json"], args].concat()).json())
    }

    /// The paths of all findings, each once.
    pub fn found_in(&self, args: &[&str]) -> Vec<String> {
        let report = self.json(args);
        let mut paths: Vec<String> = texts(&report["diagnostics"], "path");
        paths.dedup();
        paths
    }
}

/// Git learns nothing from whoever runs the tests.
fn alone(command: &mut Command) -> &mut Command {
    let kept = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];
    kept.iter()
        .fold(command, |command, name| command.env_remove(name))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
}

impl Ran {
    /// The answer as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}\n{}{}", self.out, self.err))
    }
}

/// The findings of a JSON report, each as `path severity rule`.
pub fn told(report: &Value) -> Vec<String> {
    let [paths, severities, rules] = ["path", "severity", "rule"].map(|key| texts(&report["diagnostics"], key));
    let all = paths.into_iter().zip(severities).zip(rules);
    all.map(|((path, severity), rule)| format!("{path} {severity} {rule}")).collect()
}

/// One text of every object of a list.
pub fn texts(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry[key].as_str().unwrap().to_owned()).collect()
}
