# SPDX-License-Identifier: Apache-2.0
"""Opens a saved vector index in a fresh process and searches: times, memory, answers.

Called with the folder of the cache and the file of questions; prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil

from agentassist.retrieval import native_faiss
from agentassist.retrieval.cache_folder import About, CacheFolder
from agentassist.retrieval.vector_index import VectorIndex

KEY = bytes(32)
FILE = "passages.faiss"
LIMIT = 64
ARTICLE = 4
_CHANGES = 20

T = TypeVar("T")


def main(folder: Path, questions: np.ndarray) -> None:
    """Measure everything that a desk does with an index that is there."""
    native_faiss.library()
    before = psutil.Process().memory_info()
    index, verified, opened = _opened(CacheFolder(folder, KEY), questions.shape[1])
    allowed = np.load(folder / "allowed.npy")
    near = [_timed(partial(index.search, one, LIMIT)) for one in questions]
    after = psutil.Process().memory_info()
    scoped = [_timed(partial(index.search, one, LIMIT, allowed)) for one in questions]
    changed = [_timed(partial(_change, index, number, questions)) for number in range(_CHANGES)]
    saved = _timed(partial(_save, CacheFolder(folder, KEY), index))
    result = {
        "verified": verified,
        "opened": opened,
        "own": (after.rss - after.shared - before.rss + before.shared) / 1e6,
        "mapped": (after.shared - before.shared) / 1e6,
        "searched": [took for _, took in near],
        "found": [rows[:10].tolist() for (rows, _), _ in near],
        "scoped": [took for _, took in scoped],
        "found_scoped": [rows[:10].tolist() for (rows, _), _ in scoped],
        "changed": [took for _, took in changed],
        "saved": saved[1],
    }
    print(json.dumps(result))


def _opened(cache: CacheFolder, dimension: int) -> tuple[VectorIndex, float, float]:
    """Return the index, the ms to verify its files, and the ms to map them."""
    began = time.perf_counter()

    def load(generation: Path, _about: About) -> tuple[VectorIndex, float, float]:
        verified = time.perf_counter()
        index = VectorIndex.load(generation / FILE, dimension)
        opened = time.perf_counter()
        return index, 1000 * (verified - began), 1000 * (opened - verified)

    return cache.read(load)


def _change(index: VectorIndex, number: int, vectors: np.ndarray) -> None:
    """Replace an article, and look whether it is found."""
    index.remove(range(number * ARTICLE, (number + 1) * ARTICLE))
    first = 10_000_000 + number * ARTICLE
    own = vectors[number * ARTICLE : (number + 1) * ARTICLE]
    index.add(range(first, first + ARTICLE), own)
    if index.search(own[0], 1)[0].tolist() != [first]:
        raise RuntimeError("a new vector was not found")


def _save(cache: CacheFolder, index: VectorIndex) -> None:
    taken = index.snapshot()

    def fill(generation: Path) -> About:
        taken.write(generation / FILE)
        return {}

    cache.write({}, fill)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    result = act()
    return result, 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main(Path(sys.argv[1]), np.load(sys.argv[2]))
