# SPDX-License-Identifier: Apache-2.0
"""Scores to ranked documents, and the plain ways to mix them."""

from collections.abc import Sequence

import numpy as np

RANKED = 20
_RRF_K = 60
_RRF_DEPTH = 100
_NEIGHBOURS = 20


def fused(*scores: np.ndarray) -> np.ndarray:
    """Return reciprocal rank fusion (Cormack et al. 2009, k = 60) of scores [queries, n]."""
    total = np.zeros(scores[0].shape, dtype=np.float32)
    for one in scores:
        ranks = np.argsort(np.argsort(-one, axis=1, kind="stable"), axis=1) + 1
        counts = (ranks <= _RRF_DEPTH) & (one > 0)
        total += np.where(counts, 1 / (_RRF_K + ranks), 0).astype(np.float32)
    return total


def mixed(scores: np.ndarray, other: np.ndarray, weight: float) -> np.ndarray:
    """Return `weight` of the first and the rest of the other, each by its best of the query."""
    return weight * _by_best(scores) + (1 - weight) * _by_best(other)


def neighbours(likeness: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each query the summed likeness of its nearest examples by what they stand for.

    Args:
        likeness: float32 [queries, examples], cosines.
        labels: float32 [examples, n], 1 where an example stands for one of n things.

    Returns:
        float32 [queries, n].
    """
    return nearest(likeness, _NEIGHBOURS) @ labels


def nearest(likeness: np.ndarray, count: int) -> np.ndarray:
    """Return the likeness of the `count` nearest examples of each query, 0 elsewhere."""
    kept = np.zeros_like(likeness)
    count = min(count, likeness.shape[1])
    places = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    np.put_along_axis(kept, places, np.take_along_axis(likeness, places, axis=1), axis=1)
    return kept


def ranked(scores: np.ndarray, ids: Sequence[str]) -> list[list[str]]:
    """Return the ids of the best documents of each query; what scores nothing is left out."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :RANKED]
    return [
        [ids[place] for place in places if row[place] > 0]
        for row, places in zip(scores, order, strict=True)
    ]


def _by_best(scores: np.ndarray) -> np.ndarray:
    best = np.maximum(scores.max(axis=1, keepdims=True), 1e-9)
    scaled: np.ndarray = scores / best
    return scaled
