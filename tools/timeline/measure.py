#!/usr/bin/env python3
"""Says how many labelled contradictions a medlint program finds, and how many articles without one it flags.

    measure.py PROGRAM CASES.jsonl…

A case is a line with `id`, `form`, `format`, `text`, `label` (`conflict` or `ok`) and `pairs` (or `quotes` for one), each two statements of the text that clash.
A finding is right where it touches both statements of a pair; warnings and errors of the family `timeline` count.
"""
import argparse, collections, json, pathlib, subprocess, tempfile


def findings(program, folder):
    """The places of every finding, by the name of the file."""
    command = [program, "check", folder, "--select", "timeline", "--output", "json", "--fail-on", "never", "--isolated"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found = collections.defaultdict(list)
    for one in report["diagnostics"]:
        if one["severity"] != "info":
            places = [one["span"]] + [label["span"] for label in one["labels"]]
            found[pathlib.Path(one["path"]).name].append([(place["start"], place["end"]) for place in places])
    return found


def pairs(case):
    """The pairs of a case, as ranges of bytes."""
    text = case["text"].encode()
    quoted = case.get("pairs") or [quotes for quotes in [case.get("quotes")] if quotes]
    span = lambda quote: (text.find(quote.encode()), text.find(quote.encode()) + len(quote.encode()))
    return [[span(quote) for quote in pair] for pair in quoted]


def touches(places, quote):
    return any(start < quote[1] and end > quote[0] for start, end in places)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("cases", nargs="+")
    args = parser.parse_args()
    for path in args.cases:
        cases = [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
        with tempfile.TemporaryDirectory() as folder:
            for case in cases:
                name = f"{case['id']}.{case.get('format', 'md')}"
                pathlib.Path(folder, name).write_text(case["text"], encoding="utf-8")
            found = findings(args.program, folder)
        count = collections.defaultdict(collections.Counter)
        for case in cases:
            told = found[f"{case['id']}.{case.get('format', 'md')}"]
            is_right = lambda places: any(all(touches(places, quote) for quote in pair) for pair in pairs(case))
            right = sum(map(is_right, told))
            tally = count[case.get("form", "passage")]
            tally.update({case["label"]: 1, f"{case['label']} flagged": bool(told), "right": right > 0, "findings": len(told), "right findings": right})
        for form, tally in sorted(count.items()):
            print(f"{path} {form}: {tally['conflict']} with a clash, {tally['conflict flagged']} flagged, {tally['right']} at a right pair; "
                  f"{tally['ok']} without, {tally['ok flagged']} flagged; findings {tally['findings']}, right {tally['right findings']}")


if __name__ == "__main__":
    main()
