"""Runs the steps of action.yml: `action.py ACTION_FOLDER WORK_FOLDER`; called by `.ci/action`.

Knows as much of GitHub's expressions as the action uses: inputs, outputs of steps, `github`, `runner`, and conditions of `==`, `!=`,
`always()` and `&&`. Anything else is an error, so that the action stays simple enough to be tried here.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

ACTION, WORK = Path(sys.argv[1]), Path(sys.argv[2])
DEFINITION = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
FOREIGN = {"actions/cache@v4", "github/codeql-action/upload-sarif@v3"}


class Job:
    """One use of the action in a repository."""

    def __init__(self, repository, base="", **inputs):
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        unknown = set(inputs) - set(DEFINITION["inputs"])
        assert not unknown, f"the action has no input {unknown}"
        self.repository = repository
        self.summary = WORK / "summary.md"
        self.summary.write_text("")
        self.log, self.foreign = "", []
        self.values = {"github.action_path": str(ACTION), "github.base_ref": base, "runner.temp": str(WORK / "temp"),
                       "runner.os": "Linux", "runner.arch": "X64"}
        for name, definition in DEFINITION["inputs"].items():
            self.values[f"inputs.{name}"] = inputs.get(name, definition["default"])
        self.status = self.run()

    def value(self, name):
        if name.startswith("steps."):
            return self.values.get(name, "")
        return self.values[name]

    def filled(self, text):
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: self.value(match[1]), str(text))

    def holds(self, condition):
        def part(text):
            if text == "always()":
                return True
            name, operator, literal = re.fullmatch(r"([\w.-]+) (==|!=) '(.*)'", text).groups()
            return (self.value(name) == literal) == (operator == "==")

        return all(part(text) for text in condition.split(" && "))

    def run(self):
        """The status of the job: that of the first step that fails, after which only `always()` steps are run."""
        status = 0
        (WORK / "temp").mkdir(exist_ok=True)
        for step in DEFINITION["runs"]["steps"]:
            condition = step.get("if", "")
            if status and "always()" not in condition or condition and not self.holds(condition):
                continue
            if "uses" in step:
                assert step["uses"] in FOREIGN, step["uses"]
                self.foreign.append((step["uses"], {k: self.filled(v) for k, v in step["with"].items()}))
                continue
            status = self.step(step) or status
        return status

    def step(self, step):
        assert step["shell"] == "bash"
        script, output = WORK / "step.sh", WORK / "output"
        script.write_text(step["run"])
        output.write_text("")
        environment = dict(os.environ, GITHUB_ACTIONS="true", GITHUB_OUTPUT=str(output), GITHUB_PATH=str(WORK / "path"),
                           GITHUB_STEP_SUMMARY=str(self.summary))
        environment.update({name: self.filled(value) for name, value in step.get("env", {}).items()})
        # As the runner calls it where a step names the shell.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        ran = subprocess.run(command, cwd=self.repository, env=environment, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        self.log += ran.stdout
        for line in output.read_text().splitlines():
            name, value = line.split("=", 1)
            self.values[f"steps.{step['id']}.outputs.{name}"] = value
        return ran.returncode

    def outputs(self):
        return {name: self.filled(output["value"]) for name, output in DEFINITION["outputs"].items()}


def git(repository, *arguments):
    subprocess.run(["git", *arguments], cwd=repository, check=True, stdout=subprocess.DEVNULL)


def expect(is_so, what, job):
    if not is_so:
        sys.exit(f"action: {what}\n{job.log}\n{job.outputs()}\n{job.foreign}")
    print(f"action: {what}")


def main():
    site = WORK / "site"
    (site / "my articles").mkdir(parents=True)
    git(site, "init", "--quiet")
    clean = "# Knee care\n\nRest the knee for two days. Then begin to walk.\n"
    (site / "my articles" / "rest.md").write_text(clean)
    git(site, "add", "-A")
    git(site, "commit", "--quiet", "-m", "a clean article")
    git(site, "update-ref", "refs/remotes/origin/main", "HEAD")

    job = Job(site)
    expect(job.status == 0 and job.outputs()["errors"] == "0", "a clean article passes", job)
    uses, given = job.foreign[0]
    expect(uses.startswith("actions/cache@") and len(given["key"]) > 40, "the built wheel is cached by its source", job)
    wheels = list((WORK / "temp/medlint/wheel").glob("*.whl"))
    expect(len(wheels) == 1, "the wheel was built where the cache keeps it", job)

    bad = clean + "\nWho would certainly've thought? ::error::an article gives no orders\n\n::warning::nor here\n\nLeave a comment\n"
    (site / "my articles" / "rest.md").write_text(bad)
    job = Job(site, sarif_file="medlint.sarif", upload_sarif="true", paths="my articles\n")
    expect(job.status == 1, "findings fail the job", job)
    outputs = job.outputs()
    expect((outputs["status"], outputs["errors"]) == ("1", "1"), "findings are counted", job)
    expect("spun/contraction" in job.summary.read_text(), "the summary lists them", job)
    lines = job.log.splitlines()
    stop = next(i for i, line in enumerate(lines) if line.startswith("::stop-commands::"))
    go = lines.index(f"::{lines[stop].split('::')[2]}::")
    expect(any("spun/contraction" in line for line in lines[stop:go]), "the log tells them", job)
    shown = [line for line in lines[go + 1:] if line.startswith("::")]
    expect(shown and all(",file=my articles/rest.md," in line for line in shown), "annotations come from medlint only", job)
    expect(job.foreign[-1] == ("github/codeql-action/upload-sarif@v3", {"sarif_file": "medlint.sarif"})
           and (site / "medlint.sarif").exists(), "the file for code scanning is uploaded although the job fails", job)

    job = Job(site, fail_on="never", summary="false")
    expect(job.status == 0 and job.summary.read_text() == "", "fail-on never passes; no summary where none is wanted", job)
    job = Job(site, changed="true", base="main", args="--select residue -v")
    expect(job.status == 1 and job.outputs()["errors"] == "0" and job.outputs()["warnings"] == "1",
           "changed and args reach medlint", job)
    job = Job(site, args="--select residue\n--fail-on never\n")
    expect(job.status == 0 and job.outputs()["warnings"] == "1", "args may stand on several lines", job)
    job = Job(site, paths="no such folder", wheel=str(wheels[0]))
    expect(job.status == 2 and job.outputs()["status"] == "2" and not job.foreign, "a wrong path is trouble; a wheel is installed as given", job)
    (site / "empty").mkdir()
    expect(Job(site, paths="empty").status == 2, "nothing to check is trouble", job)
    expect(Job(site, paths="empty", allow_empty="true").status == 0, "unless it is allowed", job)
    (site / "own.toml").write_text('[rule."residue/page-chrome"]\nseverity = "off"\n[rule."spun/contraction"]\nseverity = "off"\n')
    expect(Job(site, config="own.toml").status == 0, "a settings file holds", job)


main()
