"""The sentence model all-MiniLM-L6-v2, in numpy."""
import collections, json, re, struct
import numpy as np
from tokenizers import Tokenizer

BATCH = 512
LAYERS, HEADS, SIZE = 6, 12, 384
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def weights(folder):
    raw = (folder / "model.safetensors").read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    found = {}
    for name, part in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__" and part["dtype"] == "F32":
            start, end = part["data_offsets"]
            found[name.removeprefix("bert.")] = np.frombuffer(raw[8 + length + start : 8 + length + end], np.float32).reshape(part["shape"])
    return found


def erf(x):
    """Abramowitz and Stegun 7.1.26."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    y = 1 - (((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * np.exp(-x * x)
    return np.sign(x) * y


class Model:
    def __init__(self, folder):
        self.weights = weights(folder)
        self.tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokens.no_padding()
        self.tokens.no_truncation()

    def linear(self, x, name):
        weight = self.weights[name + ".weight"]
        return (x.reshape(-1, x.shape[-1]) @ weight.T + self.weights[name + ".bias"]).reshape(*x.shape[:-1], weight.shape[0])

    def norm(self, x, name):
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + 1e-12) * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def encode(self, ids):
        count, length = ids.shape
        own = self.weights
        x = own["embeddings.word_embeddings.weight"][ids] + own["embeddings.position_embeddings.weight"][:length] + own["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            parts = [self.linear(x, name + "attention.self." + part) for part in ("query", "key", "value")]
            query, key, value = [part.reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3) for part in parts]
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32((SIZE // HEADS) ** 0.5)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count, length, SIZE)
            x = self.norm(x + self.linear(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm")
            wide = self.linear(x, name + "intermediate.dense")
            wide = wide * 0.5 * (1 + erf(wide / np.float32(2**0.5)))
            x = self.norm(x + self.linear(wide, name + "output.dense"), name + "output.LayerNorm")
        return x.mean(1)

    def vectors(self, words):
        found = np.zeros((len(words), SIZE), np.float32)
        by_length = collections.defaultdict(list)
        ids = [encoded.ids for encoded in self.tokens.encode_batch(words)]
        for at, tokens in enumerate(ids):
            by_length[len(tokens)].append(at)
        for places in by_length.values():
            for start in range(0, len(places), BATCH):
                some = places[start : start + BATCH]
                found[some] = self.encode(np.array([ids[at] for at in some]))
        return found / np.linalg.norm(found, axis=1, keepdims=True)
