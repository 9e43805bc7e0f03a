# SPDX-License-Identifier: Apache-2.0
"""Meaning alone: the model of the product and exact search, nothing else of it.

The vectors of the baselines are kept between runs, by the texts and the model.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agentassist.retrieval.encoder import Encoder

WORDS = 150
OVERLAP = 30
_CUT = 8000  # characters: the model reads fewer


class Dense:
    """Encodes with one model; `close` it."""

    def __init__(self, model: Path, cache: Path) -> None:
        self._encoder = Encoder.open(model)
        self._cache = cache

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors, float32 [n, d]."""
        said = hashlib.sha256(self._encoder.digest.encode())
        for text in texts:
            said.update(text.encode("utf-8", "replace") + b"\0")
        file = self._cache / f"{said.hexdigest()}.npy"
        if not file.is_file():
            vectors = self._encoder.encode_many([text[:_CUT] for text in texts])
            making = file.with_suffix(".making.npy")
            np.save(making, vectors)
            making.rename(file)
        loaded: np.ndarray = np.load(file)
        return loaded

    def close(self) -> None:
        """Let the model go."""
        self._encoder.close()


def pieces(title: str, text: str) -> list[str]:
    """Return windows of `WORDS` words, each after the title; at least one."""
    words = text.split()
    starts = range(0, max(1, len(words) - OVERLAP), WORDS - OVERLAP)
    return [f"{title}\n{' '.join(words[start : start + WORDS])}".strip() for start in starts]


def best_of(scores: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """Return the best score of each of `count` owners.

    Args:
        scores: float32 [queries, pieces].
        owner: int64 [pieces], the owner of each piece; every owner has one at least.
        count: how many owners there are.

    Returns:
        float32 [queries, count].
    """
    best = np.full((len(scores), count), -np.inf, dtype=np.float32)
    for column, one in enumerate(owner.tolist()):
        np.maximum(best[:, one], scores[:, column], out=best[:, one])
    return best
