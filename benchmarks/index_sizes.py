# SPDX-License-Identifier: Apache-2.0
"""The vector index at every size, and the kinds of index it was chosen from.

One thread, 64 neighbours of each of 200 questions; recall is the share of the ten really
nearest that are among the first ten.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from agentassist.retrieval.cache_folder import About, CacheFolder
from agentassist.retrieval.vector_index import VectorIndex
from benchmarks import index_kinds
from benchmarks.children import run_child
from benchmarks.figures import Budget, Figure, figure
from benchmarks.index_child import FILE, KEY
from benchmarks.index_vectors import IndexVectors, recall
from benchmarks.options import Options

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_SIZES_QUICK = (1_000, 10_000, 100_000)
_TOP = 10
_ONE_OF = 100


def measure(options: Options) -> list[Figure]:
    """Measure each size, first what there is to choose from, then what was chosen."""
    sizes = _SIZES_QUICK if options.quick else _SIZES
    return [one for size in sizes for one in _size(IndexVectors(options, size))]


def _size(vectors: IndexVectors) -> list[Figure]:
    expected = vectors.nearest(_TOP)
    return [*index_kinds.compare(vectors, expected), *_ours(vectors, expected)]


def _ours(vectors: IndexVectors, expected: np.ndarray) -> list[Figure]:
    with TemporaryDirectory(prefix="agentassist-bench-") as name:
        folder = Path(name)
        built, size = _build(vectors, CacheFolder(folder, KEY))
        allowed = np.arange(17 % vectors.size, vectors.size, _ONE_OF)
        np.save(folder / "questions.npy", vectors.questions)
        np.save(folder / "allowed.npy", allowed)
        child = run_child("index_child", str(folder), str(folder / "questions.npy"))
    scoped = vectors.nearest(_TOP, allowed)
    of = f"{vectors.size:,} vectors"
    return [*_searching(child, expected, scoped, of), *_keeping(child, built, size, of)]


def _build(vectors: IndexVectors, cache: CacheFolder) -> tuple[float, float]:
    """Build and save an index; return the seconds that saving took, and its MB."""
    index = VectorIndex(vectors.dimension)
    for start, block in vectors.blocks():
        index.add(range(start, start + len(block)), block)
    began = time.perf_counter()
    sizes: list[int] = []

    def fill(generation: Path) -> About:
        index.save(generation / FILE)
        sizes.extend(path.stat().st_size for path in generation.iterdir())
        return {}

    cache.write({}, fill)
    return time.perf_counter() - began, sum(sizes) / 1e6


def _searching(
    child: dict[str, Any], expected: np.ndarray, scoped: np.ndarray, of: str
) -> list[Figure]:
    least = Budget(0.99, at_least=True)
    return [
        figure(f"our search, {of}", "ms", child["searched"]),
        figure(f"our recall@10, {of}", "", [recall(child["found"], expected)], least),
        figure(f"our search in 1 of 100, {of}", "ms", child["scoped"]),
        figure(
            f"our recall@10 in 1 of 100, {of}", "", [recall(child["found_scoped"], scoped)], least
        ),
    ]


def _keeping(child: dict[str, Any], built: float, size: float, of: str) -> list[Figure]:
    return [
        figure(f"one article replaced, {of}", "ms", child["changed"], Budget(500)),
        figure(f"index saved after that, {of}", "ms", [child["saved"]]),
        figure(f"index built and saved, {of}", "s", [built], None, f"{size:,.1f} MB"),
        figure(f"index verified, {of}", "ms", [child["verified"]]),
        figure(f"index mapped, {of}", "ms", [child["opened"]]),
        figure(f"memory of the index of its own, {of}", "MB", [child["own"]]),
        figure(f"memory of the index, mapped, {of}", "MB", [child["mapped"]], None, "shared"),
    ]
