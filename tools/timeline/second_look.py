#!/usr/bin/env python3
"""Learns the network that reads two statements word by word: what `cargo run -p medlint-tools -- network` turns into rules/tables/second-look.bin.

    second_look.py PAIRS.tsv STATEMENTS.tsv VECTORS.tsv USAGE.tsv JUDGED.npz OUT.tsv

PAIRS.tsv is what `fit.py` reads, STATEMENTS.tsv what `medlint-tools statements` prints of `tools/kin/statements.tsv` and `statements.tsv`, VECTORS.tsv what `tools/kin/vectors.py` writes,
USAGE.tsv and JUDGED.npz what `teacher.py` writes. First the network learns from single statements which two are about one thing; then what the trees cannot know: it is given the likelihood
of trees that were fitted without the writer of a text, and adds to it, half towards what the text is labelled as, half towards what the large model says. Needs LightGBM, JAX and optax
(`pip install lightgbm==4.7.0 jax==0.10.2 optax==0.2.8`).
"""
import collections, pathlib, re, sys, zlib
import jax, optax
import jax.numpy as jnp
import numpy as np
from fit import grow, read

SIZE, HEADS, LAYERS, PLACES = 128, 4, 2, 52
MEANS = 64  # numbers of a vector of a word
COMMON = 1000  # words that are known by themselves
LONGEST = 48  # words of a statement
LARGEST = 12  # sizes of numbers
FOLDS = 3
# Pairs of an article that the network is shown: so many that are not hopeless, and all that are so likely.
LIKELIEST, HOPELESS, WORTH = 6, -5.5, -3.0
ROUNDS, BATCH, RATE, DECAY = 5, 256, 1.5e-3, 0.2
TAUGHT = 0.6  # what the large model says counts so much, the label the rest
# Pairs of single statements: how many, how often they are shown, which share is of one thing and which of things near each other, and what
# is kept of how loud the network speaks of them.
SINGLE, SINGLE_ROUNDS, OF_ONE, OF_NEAR, NEAR, KEPT = 250_000, 1, 0.35, 0.45, 15, 0.3
WORDS_LEFT_OUT, NUMBERS_LEFT_OUT, SEEN_LEFT_OUT = 0.3, 0.3, 0.5


def writer(case):
    """Who wrote a case: the letters before its number; an article that was not written for this stands for itself."""
    head = case.rsplit("-", 1)[0]
    return case if "." in case or case[:3] in ("mq-", "nh-") else head


def unseen(rows, clash, cases):
    """Log odds of every pair, by trees that saw no other text of its writer."""
    fold = np.array([zlib.crc32(writer(case).encode()) % FOLDS for case in cases])
    odds = np.zeros(len(cases))
    for one in range(FOLDS):
        odds[fold == one] = grow(rows, clash, cases, fold != one).predict(rows[fold == one], raw_score=True)
    return odds


def likeliest(cases, odds, most=LIKELIEST, worth=WORTH):
    """The pairs of each case that the trees find likeliest, or likely enough."""
    order = np.lexsort((-odds, cases))
    starts = np.r_[True, cases[order][1:] != cases[order][:-1]]
    rank = np.arange(len(order)) - np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    return order[(rank < most) & (odds[order] > HOPELESS) | (odds[order] > worth)]


def judged_pairs(cases, odds, clash):
    """The pairs that the network learns from."""
    return np.union1d(likeliest(cases, odds), np.where(clash != "")[0])


def split(statement):
    """Role, distance from the time and word of each word of a statement."""
    return [word.split(":", 2) for word in statement.split(" ")] if statement else []


def mark(word):
    """A number by its size: how often it can be halved."""
    if not word.startswith("#"):
        return word
    whole = re.match(r"[0-9]*", word[1:]).group()
    return f"#{min((int(whole or 0) + 1).bit_length() - 1, LARGEST)}"


def vectors(path):
    """Vectors of words; the table gives the numbers in even places first."""
    lines = [line.split("\t") for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
    return {word: np.array([2 * int(digit, 16) - 15 for digit in digits[::2] + digits[1::2]], np.float32) / 15 for word, digits, _ in lines}


class Numbers:
    """Words as numbers of rows."""

    def __init__(self, tables, statements):
        tables = [vectors(path) for path in tables]
        words = list(dict.fromkeys(word for table in tables for word in table))
        self.known = {word: at for at, word in enumerate(words, 1)}
        nothing = np.zeros(MEANS, np.float32)
        self.vectors = np.array([np.zeros(MEANS * len(tables), np.float32), *(np.concatenate([table.get(word, nothing) for table in tables]) for word in words)])
        counts = collections.Counter(mark(word) for statement in statements for _, _, word in split(statement))
        # Row 0 is no word, row 1 any other.
        self.common = {word: at for at, (word, _) in enumerate(counts.most_common(COMMON), 2)}

    def of(self, statements):
        """Rows of the vectors, of the common words, of the places."""
        found = np.zeros((3, len(statements), LONGEST), np.int32)
        for at, statement in enumerate(statements):
            for here, (role, offset, word) in enumerate(split(statement)[:LONGEST]):
                place = 0 if role == "0" else 1 + (int(role) - 1) * 17 + int(offset) + 8
                found[:, at, here] = self.known.get(word, 0), self.common.get(mark(word), 1), place
        return found


class Statements:
    """Single statements, by what they are about."""

    def __init__(self, path, numbers):
        lines = [line.split("\t") for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
        self.thing = [thing for thing, *_ in lines]
        self.words = numbers.of([words for *_, words in lines])
        by_thing = collections.defaultdict(list)
        for at, thing in enumerate(self.thing):
            by_thing[thing].append(at)
        self.by_thing = [by_thing[thing] for thing in sorted(by_thing)]
        sums = numbers.vectors[self.words[0]].sum(1)
        means = np.array([unit(sums[at]).mean(0) for at in self.by_thing])
        self.near = np.argsort(-unit(means) @ unit(means).T, 1)[:, 1 : NEAR + 1]

    def draw(self, count, dice):
        """Pairs, and whether both are about one thing."""
        first, second = [], []
        while len(first) < count:
            thing, luck = dice.randint(len(self.by_thing)), dice.rand()
            other = thing if luck < OF_ONE else dice.choice(self.near[thing]) if luck < OF_ONE + OF_NEAR else dice.randint(len(self.by_thing))
            a, b = dice.choice(self.by_thing[thing]), dice.choice(self.by_thing[other])
            if a != b:
                first.append(a)
                second.append(b)
        is_one = np.array([self.thing[a] == self.thing[b] for a, b in zip(first, second)], np.float32)
        return [self.words[:, first], self.words[:, second]], is_one


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def start(means, common, dice):
    rows = lambda count, size, spread=None: jnp.array(dice.randn(count, size) * (spread or count**-0.5), jnp.float32)
    layer = lambda: {
        "query": rows(SIZE, SIZE),
        "key": rows(SIZE, SIZE),
        "value": rows(SIZE, SIZE),
        "output": rows(SIZE, SIZE, 0.02),
        "up": rows(SIZE, 2 * SIZE),
        "up bias": jnp.zeros(2 * SIZE),
        "down": rows(2 * SIZE, SIZE, 0.02),
    }
    layers = {f"{name} {number}": one for number in range(LAYERS) for name, one in layer().items()}
    return {
        "meaning": rows(means, SIZE),
        "words": rows(common + 2, SIZE, 0.3),
        "places": rows(PLACES, SIZE, 0.1),
        **layers,
        "compares": rows(SIZE, SIZE),
        "own": rows(SIZE, SIZE, (4 * SIZE) ** -0.5),
        "own bias": jnp.zeros(SIZE),
        "found": rows(SIZE, SIZE, (4 * SIZE) ** -0.5),
        "shared": rows(SIZE, SIZE, (4 * SIZE) ** -0.5),
        "judges": rows(2 * SIZE, SIZE),
        "judges bias": jnp.zeros(SIZE),
        "says": rows(SIZE, 1, 0.02),
        "bias": jnp.zeros(1),
        "trust": jnp.ones(1),
    }


def layer_norm(x):
    return (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-5)


def left_out(key, x, share, shape=None):
    return x if key is None else x * jax.random.bernoulli(key, 1 - share, shape or x.shape) / (1 if shape else 1 - share)


def statement(own, vectors, words, keys):
    meaning, common, place = words
    is_word = common > 0
    x = left_out(keys[0], vectors[meaning] @ own["meaning"] + own["words"][common], WORDS_LEFT_OUT, is_word.shape + (1,))
    x = layer_norm(left_out(keys[1], x + own["places"][place], NUMBERS_LEFT_OUT)) * is_word[..., None]
    count, length, _ = x.shape
    for number in range(LAYERS):
        layer = lambda name: own[f"{name} {number}"]
        heads = lambda name: (layer_norm(x) @ layer(name)).reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3)
        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / (SIZE // HEADS) ** 0.5
        attended = jax.nn.softmax(scores + jnp.where(is_word, 0, -1e9)[:, None, None, :]) @ heads("value")
        x = x + attended.transpose(0, 2, 1, 3).reshape(count, length, SIZE) @ layer("output")
        x = x + jax.nn.relu(layer_norm(x) @ layer("up") + layer("up bias")) @ layer("down")
    return layer_norm(x), is_word


def judge(own, vectors, a, b, keys=(None,) * 6):
    """What the network adds to the log odds."""
    (a, in_a), (b, in_b) = statement(own, vectors, a, keys[:2]), statement(own, vectors, b, keys[2:4])
    scores = (a @ own["compares"]) @ (b @ own["compares"]).transpose(0, 2, 1) / SIZE**0.5

    def seen(x, is_word, scores, other, in_other):
        like = jax.nn.softmax(scores + jnp.where(in_other, 0, -1e9)[:, None, :]) @ other
        said = x @ own["own"] + own["own bias"] + like @ own["found"] + (x * like) @ own["shared"]
        said = jax.nn.relu(said) * is_word[..., None]
        return jnp.concatenate([said.sum(1) / jnp.maximum(1, is_word.sum(1))[:, None], said.max(1)], -1)

    both = seen(a, in_a, scores, b, in_b) + seen(b, in_b, scores.transpose(0, 2, 1), a, in_a)
    judged = jax.nn.relu(left_out(keys[4], both, SEEN_LEFT_OUT) @ own["judges"] + own["judges bias"])
    return (left_out(keys[5], judged, SEEN_LEFT_OUT) @ own["says"])[:, 0] + own["bias"][0]


def batches(longest, dice, size=BATCH):
    """Batches of pairs that are about as long, in any order."""
    order, found = dice.permutation(len(longest)), []
    for at in range(0, len(order), 16 * size):
        part = order[at : at + 16 * size]
        part = part[np.argsort(longest[part], kind="stable")]
        found += [part[at : at + size] for at in range(0, len(part) - size + 1, size)]
    return [found[at] for at in dice.permutation(len(found))]


def learn(own, vectors, pairs, odds, target, weight, dice, rounds=ROUNDS):
    def loss(own, a, b, odds, target, weight, key):
        said = judge(own, vectors, a, b, jax.random.split(key, 6)) + own["trust"][0] * odds
        return (weight * (jnp.logaddexp(0, said) - target * said)).mean()

    steps = rounds * (len(odds) // BATCH)
    rule = optax.adamw(optax.warmup_cosine_decay_schedule(0, RATE, 100, steps), weight_decay=DECAY)

    @jax.jit
    def step(own, state, key, *batch):
        slope = jax.grad(loss)(own, *batch, key)
        change, state = rule.update(slope, state, own)
        return optax.apply_updates(own, change), state

    names, longest = list(own), np.maximum(*[(side[1] > 0).sum(1) for side in pairs])
    state, key = rule.init(own), jax.random.PRNGKey(0)
    for _ in range(rounds):
        for some in batches(longest, dice):
            key, here = jax.random.split(key)
            length = -(-longest[some].max() // 8) * 8
            a, b = [side[:, some, :length] for side in (pairs if dice.rand() < 0.5 else pairs[::-1])]
            own, state = step(own, state, here, a, b, odds[some], target[some], weight[some])
    # JAX gives the names back in order of the alphabet.
    return {name: own[name] for name in names}


def learnt(numbers, statements, pairs, odds, target, weight):
    dice = np.random.RandomState(0)
    vectors, own = jnp.array(numbers.vectors), start(numbers.vectors.shape[1], len(numbers.common), dice)
    singles, is_one = statements.draw(SINGLE, dice)
    even = np.ones(SINGLE, np.float32)
    own = learn(own, vectors, singles, 0 * even, is_one, even, dice, SINGLE_ROUNDS)
    own = {**own, "says": KEPT * own["says"], "bias": KEPT * own["bias"], "trust": jnp.ones(1)}
    return learn(own, vectors, pairs, odds.astype(np.float32), target.astype(np.float32), weight, dice)


def main():
    paired, singles, words, usage, said, out = sys.argv[1:]
    names, cases, clash, statements, rows = read(paired)
    odds = unseen(rows, clash, cases)
    use = judged_pairs(cases, odds, clash)
    sides = [[statements[at][side] for at in use] for side in (0, 1)]
    numbers = Numbers([words, usage], sides[0] + sides[1])
    of_clash = collections.Counter(clash[use])
    weight = np.array([1 / of_clash[one] ** 0.5 if one else 1 for one in clash[use]], np.float32)
    taught = np.load(said)
    assert (taught["pairs"] == use).all(), f"{said} is of other pairs"
    target = (1 - TAUGHT) * (clash[use] != "") + TAUGHT / (1 + np.exp(-taught["odds"]))
    own = learnt(numbers, Statements(singles, numbers), [numbers.of(side) for side in sides], odds[use], target, weight)
    written = lambda row: " ".join(f"{number:.6g}" for number in row)
    with open(out, "w", encoding="utf-8") as lines:
        common, own["says"] = own.pop("words"), own["says"].T
        for word, at in {"*": 1, **numbers.common}.items():
            print(word, written(common[at]), sep="\t", file=lines)
        for rows in own.values():
            for row in np.atleast_2d(rows):
                print("", written(row), sep="\t", file=lines)


if __name__ == "__main__":
    main()
