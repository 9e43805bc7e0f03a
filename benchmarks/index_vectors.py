# SPDX-License-Identifier: Apache-2.0
"""Vectors as texts have them, a million if wanted, without encoding a million texts.

Each is the vector of a real sentence, moved by half of how two others differ: such vectors
crowd together and spread in the same directions as real ones, which random ones do not.
Questions are real sentences that are not among them.
"""

from collections.abc import Iterator

import numpy as np

from agentassist.retrieval.encoder import Encoder
from benchmarks import models, words
from benchmarks.options import Options

BLOCK = 20_000
_REAL = 3_000
_QUESTIONS = 200
_MOVED = 0.5


class IndexVectors:
    """`size` unit vectors, made block by block, and questions to them, float32 [n, d]."""

    def __init__(self, options: Options, size: int) -> None:
        real = _encoded(options)
        self.questions, self._real = real[:_QUESTIONS], real[_QUESTIONS:]
        self.size = size

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._real.shape[1])

    def blocks(self) -> Iterator[tuple[int, np.ndarray]]:
        """Yield the number of the first vector of a block, and the block."""
        for start in range(0, self.size, BLOCK):
            yield start, self._block(start, min(BLOCK, self.size - start))

    def all(self) -> np.ndarray:
        """Return all of them at once."""
        return np.concatenate([block for _, block in self.blocks()])

    def nearest(self, count: int, allowed: np.ndarray | None = None) -> np.ndarray:
        """Return the numbers of the nearest of each question, exactly, int64 [n, count]."""
        cosines = np.full((len(self.questions), count), -2.0, dtype=np.float32)
        numbers = np.full(cosines.shape, -1, dtype=np.int64)
        for start, block in self.blocks():
            mine = np.arange(start, start + len(block))
            if allowed is not None:
                mine = mine[np.isin(mine, allowed)]
            near = np.concatenate([cosines, self.questions @ block[mine - start].T], axis=1)
            whose = np.concatenate([numbers, np.broadcast_to(mine, (len(near), len(mine)))], axis=1)
            best = np.argsort(-near, axis=1, kind="stable")[:, :count]
            cosines = np.take_along_axis(near, best, axis=1)
            numbers = np.take_along_axis(whose, best, axis=1)
        return numbers

    def _block(self, start: int, count: int) -> np.ndarray:
        chance = np.random.default_rng(start)
        base, one, other = self._real[chance.integers(len(self._real), size=(3, count))]
        moved = base + _MOVED * (one - other)
        unit: np.ndarray = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return unit


def recall(found: list[list[int]], expected: np.ndarray) -> float:
    """Return the share of the expected numbers that were found, 0..1."""
    hits = [len(set(one) & set(best)) for one, best in zip(found, expected.tolist(), strict=True)]
    return float(np.mean(hits)) / expected.shape[1]


def _encoded(options: Options) -> np.ndarray:
    file = options.folder("index") / f"sentences-{_REAL}.npy"
    if not file.exists():
        sentences = words.Sentences(words.english())
        encoder = Encoder.open(models.exported(options))
        np.save(file, encoder.encode_many([sentences.one() for _ in range(_REAL)]))
        encoder.close()
    kept: np.ndarray = np.load(file)
    return kept
