# SPDX-License-Identifier: Apache-2.0
"""Search by meaning: FAISS over half-precision vectors behind row numbers.

A scalar quantizer with 16-bit floats needs no training, takes half the memory of a flat
index, and was measured faster than it at practically the same answers.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np


class VectorIndex:
    """Unit vectors by row number. Not safe for changes while another thread searches."""

    def __init__(self, dimension: int, index: Any = None) -> None:
        # Any: what FAISS adds to its classes at run time is not in its annotations.
        self._index: Any = index if index is not None else _empty(dimension)
        self._known = set(_ids(self._index))

    @property
    def size(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    def __contains__(self, row: int) -> bool:
        return row in self._known

    def add(self, rows: Sequence[int], vectors: np.ndarray) -> None:
        """Add unit vectors, float32 [n, dimension], under new row numbers."""
        if not len(rows):
            return
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(rows, dtype=np.int64)
        )
        self._known.update(rows)

    def remove(self, rows: Sequence[int]) -> None:
        """Take vectors out; rows that have none are ignored."""
        gone = [row for row in rows if row in self._known]
        if gone:
            self._index.remove_ids(np.asarray(gone, dtype=np.int64))
            self._known.difference_update(gone)

    def keep_only(self, rows: Collection[int]) -> None:
        """Take out every vector whose row is not among `rows`."""
        self.remove([row for row in self._known if row not in rows])

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return (rows, cosines) of the nearest, best first.

        `allowed` are the rows that may be found, int64; None stands for all.
        """
        if not self.size or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        # One query is done before a second OpenMP thread is awake, and waiting for it on a
        # busy machine takes tens of milliseconds. The number is kept per calling thread.
        _faiss().omp_set_num_threads(1)
        query = np.ascontiguousarray(vector.reshape(1, -1), dtype=np.float32)
        limit = min(limit, self.size)
        if allowed is None:
            cosines, rows = self._index.search(query, limit)
        else:
            chosen = _faiss().SearchParameters(sel=_faiss().IDSelectorBatch(allowed))
            cosines, rows = self._index.search(query, limit, params=chosen)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def cosines(self, vector: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        """Return the cosine of each row with a unit vector; 0 where it has none."""
        result = np.zeros(len(rows), dtype=np.float32)
        known = [place for place, row in enumerate(rows) if row in self._known]
        if known:
            keys = np.asarray([rows[place] for place in known], dtype=np.int64)
            result[known] = self._index.reconstruct_batch(keys) @ vector.reshape(-1)
        return result

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        _faiss().write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path, dimension: int) -> "VectorIndex":
        """Read what `save` wrote. FAISS trusts its files: verify the bytes before.

        Raises:
            ValueError: the file is of another dimension.
            RuntimeError: FAISS cannot read it.
        """
        index = _faiss().read_index(str(path))
        if index.d != dimension:
            raise ValueError(f"dimension {index.d}, not {dimension}")
        return cls(dimension, index)


def _faiss() -> Any:
    """Return the library, loaded at first use: words are searched before there are vectors."""
    import faiss  # noqa: PLC0415

    return faiss


def _empty(dimension: int) -> Any:
    faiss = _faiss()
    half = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexIDMap2(
        faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT)
    )


def _ids(index: Any) -> list[int]:
    ids: list[int] = _faiss().vector_to_array(index.id_map).tolist()
    return ids
