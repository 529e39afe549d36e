#!/usr/bin/env python3
"""Fits the trees that judge whether two claims clash: rules/tables/clash.bin.

    fit.py PAIRS.tsv FOLDER        fits to every pair and writes clash.bin there
    fit.py PAIRS.tsv --check       five-fold by article: figures at several limits, nothing is written

PAIRS.tsv comes from `cargo run --release -p medlint-tools --bin clashes -- CASES.jsonl… FOLDER…`. Needs LightGBM
(`pip install lightgbm==4.7.0`); the same input gives the same bytes.
"""
import argparse, collections, pathlib, struct, sys, zlib
import lightgbm
import numpy as np

HEAD = 4  # case, clash, first, second
TREES = 250
NEGATIVES = 120  # pairs without a clash of one article that are fitted to
LEAF = 0xFF
# Each tree sees a quarter of the measurements and six of ten pairs: they err apart, and the sum errs less.
SHAPE = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "min_data_in_leaf": 30,
    "lambda_l2": 10,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "deterministic": True,
    "seed": 0,
    "num_threads": 2,
    "verbose": -1,
}


def read(path):
    """Names of the measurements; for each pair its case, the clash it belongs to (empty for none), its words, what was measured."""
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[HEAD:]
        cases, clash, words, rows = [], [], [], []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            cases.append(cells[0])
            clash.append("" if cells[1] == "0" else f"{cells[0]} {cells[1]}")
            words.append(cells[2:HEAD])
            rows.append(np.array(cells[HEAD:], dtype=np.float32))
    return names, np.array(cases), np.array(clash), words, np.array(rows)


def weights(cases, clash):
    """A clash counts once, however many pairs of claims meet the quotes; long articles have many pairs and count for less each."""
    of_clash, of_all = collections.Counter(clash), collections.Counter(cases)
    return np.array([1 / of_clash[one] ** 0.5 if one else 1 / max(1, of_all[case] / 60) ** 0.5 for case, one in zip(cases, clash)])


def thinned(clash, cases):
    """Of a long article some pairs stand for all: which are kept, and for how many each stands."""
    of_case = collections.Counter(cases[clash == ""])
    share = np.array([1 if one else min(1, NEGATIVES / of_case[case]) for one, case in zip(clash, cases)])
    return np.random.RandomState(0).rand(len(cases)) < share, 1 / share


def grow(rows, clash, cases, use=True):
    """Fits to the pairs that may be used."""
    kept, stands_for = thinned(clash, cases)
    kept &= use
    weight = (weights(cases, clash) * stands_for)[kept]
    return lightgbm.train(SHAPE, lightgbm.Dataset(rows[kept], (clash[kept] != "").astype(int), weight=weight), TREES)


def table(fitted, names):
    trees = [tree["tree_structure"] for tree in fitted.dump_model()["tree_info"]]
    nodes = bytearray()
    for tree in trees:
        out = []

        def add(node):
            here = len(out)
            if "leaf_value" in node:
                out.append([LEAF, 0, node["leaf_value"]])
                return
            out.append([node["split_feature"], 0, node["threshold"]])
            add(node["left_child"])
            out[here][1] = len(out) - here
            add(node["right_child"])

        add(tree)
        for at, (feature, larger, value) in enumerate(out):
            nodes += struct.pack("<BBBBf", feature, larger, len(out) if at == 0 else 0, 0, value)
    text = "\n".join(names).encode()
    return b"medlint trees 2\n" + struct.pack("<II", len(trees), len(text)) + text + bytes(nodes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    names, cases, clash, words, rows = read(args.pairs)
    if args.out:
        fitted = grow(rows, clash, cases)
        pathlib.Path(args.out, "clash.bin").write_bytes(table(fitted, names))
    if args.check:
        fold = np.array([zlib.crc32(case.encode()) % 5 for case in cases])
        likely = np.zeros(len(cases))
        for one in range(5):
            fitted = grow(rows, clash, cases, fold != one)
            likely[fold == one] = fitted.predict(rows[fold == one])
        best, found = {}, collections.defaultdict(float)
        for case, one, number in zip(cases, likely, clash):
            if one > best.get(case, (0, ""))[0]:
                best[case] = (one, number)
            if number:
                found[number] = max(found[number], one)
        contradicted = {number.split()[0] for number in found}
        for limit in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            told = {case for case, (one, _) in best.items() if one >= limit}
            right = sum(one >= limit for one in found.values())
            clean = len(told - contradicted)
            print(f"{limit:.1f}  clashes {right} of {len(found)}, cases with one {len(told & contradicted)} of {len(contradicted)}, without one {clean}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
