#!/usr/bin/env python3
"""Learns which words and pairs of words give away a remark about a text: a note among colleagues, an answer to whoever ordered it, a stamp of a text mill.

    fit.py REMARKS.tsv ARTICLES… LEARNT.tsv

REMARKS.tsv has a line for each text: its kind (`none` for a sentence that belongs in an article), its writer, the text. ARTICLES are lines of JSON with the field `text`, or folders of
Markdown files: every sentence and every short paragraph of them belongs where it stands. What is learnt is a logistic model with few weights (L1): features that at least two writers use
count. LEARNT.tsv has a line for each: the feature and its weight in nats; `*` for the constant, and with `>` before a word what a sentence must hold before it is looked at. Prints how many
remarks of writers that were left out are found, and how many sentences of articles are told wrongly. Needs SciPy and scikit-learn.
"""
import collections, json, pathlib, random, re, sys
import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

COST, FEWEST, WRITERS = 3.0, 4, 2  # of the weights; texts and writers that use a feature
MOST_WORDS, MOST_SENTENCES = 50, 3  # of a short paragraph
LEARNT_FROM, MEASURED = 150_000, 150_000  # units of articles
TELLING, COMMON = 2.0, 0.001  # weight of a feature that opens a sentence, and in which share of sentences its word stands at most
LEAST = 0.2  # smaller weights are left out
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def sentences(text):
    text = re.sub(r"```.*?```", " ", text, flags=re.S)
    text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]+>", "\n", text))
    for paragraph in re.split(r"\n+", text):
        own = [one for one in re.split(r"(?<=[.!?])[\"”’)]*\s+", paragraph.strip()) if len(one.split()) >= 3]
        yield from own
        if 1 < len(own) <= MOST_SENTENCES and len(paragraph.split()) <= MOST_WORDS:
            yield paragraph


def shapes(text):
    """What `src/checks/residue/remarks.rs` sees by shape."""
    text = text.strip().strip("()[]{}*_ ")
    name = re.match(r"@?([^\W\d_][^\W\d_'’]*)", text)
    is_name = name and len(name[1]) > 1 and name[1][0].isupper() and name[1][1].islower()
    rest = text[name.end() :].lstrip() if name else ""
    if "??" in text:
        yield "<doubt>"
    if is_name and (text.startswith("@") or rest[:1] in (":", ",", "–", "—", "-") and rest[:1] and " " in rest):
        yield "<addressee>"
    last = re.split("[-–—]", text)[-1].strip().rstrip(".") if re.search("[-–—]", text) else ""
    if 1 <= len(last) <= 2 and last.isalpha() and last.isupper():
        yield "<signature>"


def features(text):
    words = ["#" if word[0].isdigit() else word for word in WORD.findall(text.lower().replace("’", "'"))[:60]]
    return {*words, *map(" ".join, zip(words, words[1:])), *shapes(text)}


def read(paths):
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            for file in sorted(path.rglob("*.md")):
                yield from sentences(file.read_text(encoding="utf-8", errors="replace"))
        else:
            for line in path.read_text(encoding="utf-8").splitlines():
                yield from sentences(json.loads(line)["text"])


def main():
    remarks, *articles, out = sys.argv[1:]
    rows = [line.split("\t") for line in pathlib.Path(remarks).read_text(encoding="utf-8").splitlines()]
    told = [(writer, kind, text, features(text)) for kind, writer, text in rows if kind != "none"]
    honest = [(writer, features(text)) for kind, writer, text in rows if kind == "none"]
    ordinary = list(read(articles))
    random.Random(0).shuffle(ordinary)
    ordinary = [features(text) for text in ordinary[: LEARNT_FROM + MEASURED]]
    learnt, measured = ordinary[:LEARNT_FROM], ordinary[LEARNT_FROM:]
    by, count, stands = collections.defaultdict(set), collections.Counter(), collections.Counter()
    for writer, _, _, own in told:
        for one in own:
            by[one].add(writer)
            count[one] += 1
    for own in learnt:
        stands.update(own)
    known = sorted(one for one in count if count[one] >= FEWEST and len(by[one]) >= WRITERS)
    number = {one: at for at, one in enumerate(known)}

    def table(texts):
        pairs = [(row, number[one]) for row, own in enumerate(texts) for one in own if one in number]
        rows, columns = np.array(pairs).T if pairs else (np.zeros(0, int), np.zeros(0, int))
        return scipy.sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), len(known)))

    def fit(found, silent):
        model = LogisticRegression(l1_ratio=1.0, C=COST, solver="liblinear", max_iter=80)
        return model.fit(table(found + silent + learnt), [1] * len(found) + [0] * (len(silent) + len(learnt)))

    def openers(model):
        strong = {known[at] for at in np.flatnonzero(model.coef_[0] >= TELLING)}
        rarest = lambda one: min((word for word in one.split(" ") if word[0] not in "<#"), key=lambda word: stands[word], default=None)
        words = {rarest(one) for one in strong} - {None}
        return {word for word in words if stands[word] <= COMMON * len(learnt)}

    def judged(model, texts):
        open_at = openers(model)
        odds = model.decision_function(table(texts))
        return np.where([bool(own & open_at) for own in texts], odds, -99.0)

    writers = sorted({writer for writer, *_ in told})
    found, wrong, usual = [], [], []
    for left_out in writers:
        model = fit([own for writer, _, _, own in told if writer != left_out], [own for writer, own in honest if writer != left_out])
        theirs = [(kind, [features(one) for one in sentences(text)] + [own]) for writer, kind, text, own in told if writer == left_out]
        found += [(kind, max(judged(model, units))) for kind, units in theirs]
        wrong += list(judged(model, [own for writer, own in honest if writer == left_out] or [set()]))
        usual.append(judged(model, measured))
    usual = np.concatenate(usual)
    for least in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5):
        kinds = {kind: np.mean([odds >= least for own, odds in found if own == kind]) for kind in sorted({kind for kind, _ in found})}
        print(least, f"{np.mean([odds >= least for _, odds in found]):.2f}", {kind: f"{share:.2f}" for kind, share in kinds.items()},
              f"wrong: {sum(odds >= least for odds in wrong)} of {len(wrong)}, {1e5 * np.mean(usual >= least):.1f} of 100,000")
    model = fit([own for *_, own in told], [own for _, own in honest])
    with open(out, "w", encoding="utf-8") as lines:
        print("*", f"{model.intercept_[0]:.3f}", sep="\t", file=lines)
        for word in sorted(openers(model)):
            print(f">{word}", 0, sep="\t", file=lines)
        for at, weight in enumerate(model.coef_[0]):
            if abs(weight) >= LEAST:
                print(known[at], f"{weight:.3f}", sep="\t", file=lines)


if __name__ == "__main__":
    main()
