# SPDX-License-Identifier: Apache-2.0
"""A run of vectors behind FAISS, numbered from 0: grown in memory, or mapped from a file.

Half-precision floats throughout: half the memory of single ones, faster to scan, and the
same neighbours to three digits. Up to `SCANNED` vectors are scanned one by one, which
needs no training. More are sorted into lists around trained centres, of which a search
reads the nearest few: its time then grows with the square root of their number.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from agentassist.retrieval.native_faiss import (
    library,
    read_mapped,
    stay_on_this_thread,
    write_index,
)

SCANNED = 50_000
"""The most vectors that are scanned one by one, where a scan still takes about a millisecond."""

BLOCK = 16_384
"""Vectors that are handled at once: 24 MB in single precision."""

_LISTS_PER_ROOT = 4
_PROBES = 256
_SAMPLES_PER_LIST = 40
_ROUNDS = 6


class Part:
    """Unit vectors in slots 0 to size - 1. Safe to search from several threads, but in `append`.

    Attributes:
        path: the file it is mapped from; None for one in memory.
    """

    def __init__(
        self, index: Any, path: Path | None = None, mapped: np.ndarray | None = None
    ) -> None:
        self._index = index
        self._mapped = mapped  # held, since the index only points into it
        self.path = path

    @classmethod
    def empty(cls, dimension: int) -> "Part":
        """Return a part in memory that can be appended to."""
        return cls(_scanned(dimension))

    @classmethod
    def of(cls, dimension: int, size: int, blocks: "Blocks") -> "Part":
        """Return a part in memory of `size` vectors, of the kind that suits their number."""
        stay_on_this_thread()
        index = _listed(dimension, size, blocks) if size > SCANNED else _scanned(dimension)
        for block in blocks:
            index.add(block)
        if size > SCANNED:
            index.make_direct_map()
        return cls(index)

    @classmethod
    def read(cls, path: Path, dimension: int) -> "Part":
        """Map what `write` wrote. FAISS trusts its files: verify the bytes before.

        Raises:
            ValueError: the file is of another dimension.
            RuntimeError or OSError: it cannot be read.
        """
        index, mapped = read_mapped(path)
        if index.d != dimension:
            raise ValueError(f"dimension {index.d}, not {dimension}")
        return cls(index, path, mapped)

    def write(self, path: Path) -> None:
        """Write the vectors to a file.

        Raises:
            OSError: the disk refuses.
        """
        write_index(self._index, path)

    @property
    def size(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def is_listed(self) -> bool:
        """Tell whether the vectors lie in lists."""
        return hasattr(self._index, "nlist")

    def append(self, vectors: np.ndarray) -> None:
        """Add unit vectors, float32 [n, dimension], in the next slots."""
        stay_on_this_thread()
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def vectors(self, slots: np.ndarray) -> np.ndarray:
        """Return the vectors of slots, float32 [n, dimension]."""
        stay_on_this_thread()
        kept: np.ndarray = self._index.reconstruct_batch(np.asarray(slots, dtype=np.int64))
        return kept

    def search(
        self, query: np.ndarray, limit: int, keep: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return (slots, cosines) of the nearest to a query float32 [1, dimension].

        `keep` tells for each slot whether it may be found, bool [size]; None stands for all.
        """
        stay_on_this_thread()
        params = self._parameters(keep)
        cosines, slots = self._index.search(query, min(limit, self.size), params=params)
        found = slots[0] >= 0
        return slots[0][found], cosines[0][found]

    def _parameters(self, keep: np.ndarray | None) -> Any:
        faiss = library()
        chosen = {}
        if keep is not None:
            chosen["sel"] = faiss.IDSelectorBitmap(np.packbits(keep, bitorder="little"))
        if not self.is_listed:
            return faiss.SearchParameters(**chosen)
        # The fewer may be found, the farther away they are: read more lists, in the end all.
        share = 1.0 if keep is None else max(float(np.mean(keep)), 1e-9)
        probes = min(self._index.nlist, int(np.ceil(_PROBES / share)))
        return faiss.SearchParametersIVF(nprobe=probes, **chosen)


class Blocks:
    """The vectors of some slots over several parts, a block at a time, as often as wanted."""

    def __init__(self, parts: Iterable[tuple[Part, np.ndarray]]) -> None:
        self._parts = [(part, slots) for part, slots in parts if len(slots)]

    def __iter__(self) -> Iterator[np.ndarray]:
        for part, slots in self._parts:
            for start in range(0, len(slots), BLOCK):
                yield part.vectors(slots[start : start + BLOCK])

    def sample(self, count: int) -> np.ndarray:
        """Return about `count` vectors, evenly spread, float32 [n, dimension]."""
        total = sum(len(slots) for _, slots in self._parts)
        step = max(1, total // count)
        return np.concatenate([part.vectors(slots[::step]) for part, slots in self._parts])


def _scanned(dimension: int) -> Any:
    faiss = library()
    half = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT)


def _listed(dimension: int, size: int, blocks: Blocks) -> Any:
    """Return trained, empty lists. Takes seconds at 100,000 vectors: never under a lock."""
    faiss = library()
    lists = int(_LISTS_PER_ROOT * size**0.5)
    # Not by residual: the vectors stay comparable with those of other parts, bit for bit.
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
    )  # fmt: skip
    index.by_residual = False
    index.cp.niter, index.cp.spherical = _ROUNDS, True
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, _SAMPLES_PER_LIST
    index.train(blocks.sample(lists * _SAMPLES_PER_LIST))
    return index
