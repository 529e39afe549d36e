#!/usr/bin/env python3
"""Fits the trees that judge whether two claims clash, and writes rules/tables/clash.bin.

    fit.py PAIRS.tsv OUT           fits to every pair and writes the table
    fit.py PAIRS.tsv --check       five-fold by article: figures at several limits, nothing is written

PAIRS.tsv comes from `cargo run --release -p medlint-tools --bin clashes -- CASES.jsonl… FOLDER…`. Needs scikit-learn 1.9
(`pip install scikit-learn==1.9.1`); the same input gives the same bytes.
"""
import argparse, collections, math, struct, sys, zlib
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

HEAD = 4  # case, is_clash, first, second


def read(path):
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[HEAD:]
        cases, clash, words, rows = [], [], [], []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            cases.append(cells[0])
            clash.append(cells[1] == "1")
            words.append(cells[2:HEAD])
            rows.append(np.array(cells[HEAD:], dtype=np.float32))
    return names, np.array(cases), np.array(clash), words, np.array(rows)


def weights(cases, clash, scale):
    """A case counts once for its clash, however many pairs of claims meet the quotes; long articles have many pairs and count for less each."""
    of_clash, of_all = collections.Counter(cases[clash]), collections.Counter(cases)
    return np.array([scale / of_clash[case] ** 0.5 if is_clash else 1 / max(1, of_all[case] / 60) ** 0.5 for case, is_clash in zip(cases, clash)])


def model():
    return HistGradientBoostingClassifier(max_iter=90, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=15, l2_regularization=5, early_stopping=False, random_state=0)


def fit(rows, clash, cases, scale=1.0):
    """Fits twice: the second time only to the likeliest pairs of each clash, since a quote may hold claims that have no part in it."""
    first = model().fit(rows, clash, sample_weight=weights(cases, clash, scale))
    likely = first.predict_proba(rows)[:, 1]
    most = collections.defaultdict(float)
    for case, is_clash, one in zip(cases, clash, likely):
        if is_clash:
            most[case] = max(most[case], one)
    keep = np.array([not is_clash or one >= 0.6 * most[case] for case, is_clash, one in zip(cases, clash, likely)])
    return model().fit(rows[keep], clash[keep], sample_weight=weights(cases[keep], clash[keep], scale))


def table(fitted, names):
    trees = [tree[0] for tree in fitted._predictors]
    nodes = bytearray()
    base = float(fitted._baseline_prediction.ravel()[0])
    for index, tree in enumerate(trees):
        out = []

        def add(at):
            node = tree.nodes[at]
            here = len(out)
            if node["is_leaf"]:
                out.append([0xFFFF, 0, float(node["value"]) + (base if index == 0 else 0.0)])
                return
            out.append([int(node["feature_idx"]), 0, float(node["num_threshold"])])
            add(node["left"])
            out[here][1] = len(out) - here
            add(node["right"])

        add(0)
        for at, (feature, larger, value) in enumerate(out):
            nodes += struct.pack("<HHHHf", feature, larger, len(out) if at == 0 else 0, 0, value)
    text = "\n".join(names).encode()
    return b"medlint trees 1\n" + struct.pack("<II", len(trees), len(text)) + text + bytes(nodes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--labels", help="JSON lines with id, label and form, for --check")
    args = parser.parse_args()
    names, cases, clash, words, rows = read(args.pairs)
    if args.out:
        fitted = fit(rows, clash, cases)
        with open(args.out, "wb") as out:
            out.write(table(fitted, names))
    if args.check:
        fold = np.array([zlib.crc32(case.encode()) % 5 for case in cases])
        likely = np.zeros(len(cases))
        for one in range(5):
            fitted = fit(rows[fold != one], clash[fold != one], cases[fold != one])
            likely[fold == one] = fitted.predict_proba(rows[fold == one])[:, 1]
        np.save("likely.npy", likely)
        best = {}
        for case, one, is_clash in zip(cases, likely, clash):
            if one > best.get(case, (0, False))[0]:
                best[case] = (one, is_clash)
        positive = set(cases[clash])
        for limit in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            told = {case for case, (one, _) in best.items() if one >= limit}
            clean = {case for case in told if case[:2] in ("mq", "nh")}
            right = {case for case in told if best[case][1]}
            print(f"{limit:.1f}  told {len(told - clean)}, at the right pair {len(right)} of {len(positive)}, clean {len(clean)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
