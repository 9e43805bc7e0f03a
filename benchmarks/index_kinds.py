# SPDX-License-Identifier: Apache-2.0
"""The kinds of index that there are to choose from, each with what a search costs."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np

from benchmarks.figures import Figure, figure
from benchmarks.index_vectors import IndexVectors, recall

_TOP = 10
_LIMIT = 64
_LARGE = 100_000
_GRAPH = 10_000
_LINKS = 24
_HALF = faiss.ScalarQuantizer.QT_fp16
_BYTE = faiss.ScalarQuantizer.QT_8bit
_PRODUCT = faiss.METRIC_INNER_PRODUCT

Search = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of index: `make` returns it empty, `refined` looks at 4 x as many and re-ranks."""

    name: str
    make: Callable[[int, int], Any]
    most: int = _LARGE
    refined: bool = False


def _lists(quantizer: int) -> Callable[[int, int], Any]:
    def make(dimension: int, size: int) -> Any:
        lists = int(4 * size**0.5)
        flat = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(flat, dimension, lists, quantizer, _PRODUCT)
        index.nprobe, index.cp.min_points_per_centroid = 256, 1
        index.cp.max_points_per_centroid, index.cp.niter = 40, 6
        return index

    return make


KINDS = (
    Kind("flat", lambda d, _: faiss.IndexFlatIP(d), most=1_000_000),
    Kind("half precision", lambda d, _: faiss.IndexScalarQuantizer(d, _HALF, _PRODUCT)),
    Kind("8 bits", lambda d, _: faiss.IndexScalarQuantizer(d, _BYTE, _PRODUCT)),
    Kind("8 bits, refined", lambda d, _: faiss.IndexScalarQuantizer(d, _BYTE, _PRODUCT),
         refined=True),
    Kind("1 bit, refined", lambda d, _: faiss.IndexRaBitQ(d, _PRODUCT), refined=True),
    Kind("graph over half precision",
         lambda d, _: faiss.IndexHNSWSQ(d, _HALF, _LINKS, _PRODUCT), most=_GRAPH),
    Kind("lists of half precision", _lists(_HALF)),
    Kind("lists of 8 bits", _lists(_BYTE)),
)  # fmt: skip


def compare(vectors: IndexVectors, expected: np.ndarray) -> list[Figure]:
    """Measure every kind that is sensible at this size, in memory, with one thread."""
    given = vectors.all()
    figures = [_numpy(vectors, given, expected)] if vectors.size <= _LARGE else []
    kinds = [kind for kind in KINDS if vectors.size <= kind.most]
    return figures + [_measured(kind, vectors, given, expected) for kind in kinds]


def _measured(kind: Kind, vectors: IndexVectors, given: np.ndarray, expected: np.ndarray) -> Figure:
    index = kind.make(vectors.dimension, vectors.size)
    faiss.omp_set_num_threads(2)
    began = time.perf_counter()
    if not index.is_trained:
        index.train(given)
    index.add(given)
    took = time.perf_counter() - began
    faiss.omp_set_num_threads(1)
    size = 0 if kind.most == _GRAPH else faiss.serialize_index(index).nbytes / 1e6
    search = _refined(index, given) if kind.refined else _plain(index)
    note = f", {size:,.1f} MB, built in {took:.1f} s" if size else f", built in {took:.1f} s"
    return _figure(kind.name, vectors, search, expected, note)


def _plain(index: Any) -> Search:
    return lambda query: index.search(query, _LIMIT)[1][0]  # type: ignore[no-any-return]


def _refined(index: Any, given: np.ndarray) -> Search:
    half = given.astype(np.float16)

    def search(query: np.ndarray) -> np.ndarray:
        rows = index.search(query, 4 * _LIMIT)[1][0]
        rows = rows[rows >= 0]
        cosines = half[rows].astype(np.float32) @ query[0]
        best: np.ndarray = rows[np.argsort(-cosines)[:_LIMIT]]
        return best

    return search


def _numpy(vectors: IndexVectors, given: np.ndarray, expected: np.ndarray) -> Figure:
    def search(query: np.ndarray) -> np.ndarray:
        cosines = given @ query[0]
        best = np.argpartition(cosines, -_LIMIT)[-_LIMIT:]
        sorted_: np.ndarray = best[np.argsort(-cosines[best])]
        return sorted_

    return _figure("NumPy", vectors, search, expected, f", {given.nbytes / 1e6:,.1f} MB")


def _figure(
    name: str, vectors: IndexVectors, search: Search, expected: np.ndarray, note: str
) -> Figure:
    times, found = [], []
    for query in _queries(vectors):
        began = time.perf_counter()
        rows = search(query)
        times.append(1000 * (time.perf_counter() - began))
        found.append(rows[:_TOP].tolist())
    share = recall(found, expected[:, :_TOP])
    return figure(
        f"search in {name}, {vectors.size:,} vectors", "ms", times, None,
        f"recall@10 {share:.4f}{note}",
    )  # fmt: skip


def _queries(vectors: IndexVectors) -> Iterator[np.ndarray]:
    return (vectors.questions[at : at + 1] for at in range(len(vectors.questions)))
