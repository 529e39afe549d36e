#!/usr/bin/env python3
"""Fits the trees that judge whether two claims clash, and those that look at every pair first: rules/tables/clash.bin and first-look.bin.

    fit.py PAIRS.tsv FOLDER        fits to every pair and writes clash.bin and first-look.bin there
    fit.py PAIRS.tsv --check       five-fold by article: figures at several limits, nothing is written

PAIRS.tsv comes from `cargo run --release -p medlint-tools --bin clashes -- CASES.jsonl… FOLDER…`. Needs LightGBM
(`pip install lightgbm==4.7.0`); the same input gives the same bytes.
"""
import argparse, collections, pathlib, struct, sys, zlib
import lightgbm
import numpy as np

HEAD = 4  # case, clash, first, second
TREES, FIRST = 350, 40
# The first look learns what is likelier than MAYBE, and may miss one in a thousand of what is likelier than TOLD.
MAYBE, TOLD, MISSED = 0.3, 0.6, 0.001
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


def grow(rows, clash, weight):
    data = lightgbm.Dataset(rows, clash.astype(int), weight=weight)
    return lightgbm.train(SHAPE, data, TREES)


def fit(rows, clash, cases):
    """Fits twice: the second time only to the likeliest pairs of each clash, since a quote may hold claims that have no part in it."""
    likely = grow(rows, clash != "", weights(cases, clash)).predict(rows)
    most = collections.defaultdict(float)
    for number, one in zip(clash, likely):
        most[number] = max(most[number], one)
    keep = np.array([not number or one >= 0.6 * most[number] for number, one in zip(clash, likely)])
    return grow(rows[keep], clash[keep] != "", weights(cases[keep], clash[keep]))


def first_look(fitted, rows, names):
    """Trees over what costs little that pass on nearly every pair that the others find likely: above nought."""
    cheap = np.array([not name.startswith("near ") for name in names])
    likely = fitted.predict(rows)
    known = np.where(cheap, rows, 0)
    shape = SHAPE | {"num_leaves": 16, "feature_fraction": 0.5}
    first = lightgbm.train(shape, lightgbm.Dataset(known, (likely >= MAYBE).astype(int)), FIRST)
    limit = np.quantile(first.predict(known, raw_score=True)[likely >= TOLD], MISSED)
    return first, float(limit)


def table(fitted, names, limit=0.0):
    trees = [tree["tree_structure"] for tree in fitted.dump_model()["tree_info"]]
    nodes = bytearray()
    for tree in trees:
        out = []

        def add(node):
            here = len(out)
            if "leaf_value" in node:
                out.append([0xFFFF, 0, node["leaf_value"]])
                return
            out.append([node["split_feature"], 0, node["threshold"]])
            add(node["left_child"])
            out[here][1] = len(out) - here
            add(node["right_child"])

        add(tree)
        for at, (feature, larger, value) in enumerate(out):
            value -= limit if tree is trees[0] and feature == 0xFFFF else 0
            nodes += struct.pack("<HHHHf", feature, larger, len(out) if at == 0 else 0, 0, value)
    text = "\n".join(names).encode()
    return b"medlint trees 1\n" + struct.pack("<II", len(trees), len(text)) + text + bytes(nodes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    names, cases, clash, words, rows = read(args.pairs)
    if args.out:
        fitted = fit(rows, clash, cases)
        first, limit = first_look(fitted, rows, names)
        pathlib.Path(args.out, "clash.bin").write_bytes(table(fitted, names))
        pathlib.Path(args.out, "first-look.bin").write_bytes(table(first, names, limit))
    if args.check:
        fold = np.array([zlib.crc32(case.encode()) % 5 for case in cases])
        likely = np.zeros(len(cases))
        for one in range(5):
            fitted = fit(rows[fold != one], clash[fold != one], cases[fold != one])
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
