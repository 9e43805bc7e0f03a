# SPDX-License-Identifier: Apache-2.0
"""Search by meaning: vectors by row number, most of them mapped from a file that never changes.

What is added goes to parts in memory, what is removed is only marked, so that a change
takes the same time however many vectors there are. Saving keeps the large file and writes
the little beside it, until so much has changed that all is written anew.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from agentassist.retrieval.slot_table import SlotTable
from agentassist.retrieval.vector_file import Snapshot, Stored, read
from agentassist.retrieval.vector_part import BLOCK, Part

_FEW = 300


class VectorIndex:
    """Unit vectors by row number. Not safe for changes while another thread searches."""

    def __init__(self, dimension: int, stored: Stored | None = None) -> None:
        self._dimension = dimension
        self._parts = list(stored.parts) if stored else []
        self._table = SlotTable(stored.rows if stored else None)
        self._open: Part | None = None

    @property
    def size(self) -> int:
        """Number of vectors."""
        return self._table.size

    def __contains__(self, row: int) -> bool:
        return row in self._table

    def add(self, rows: Sequence[int], vectors: np.ndarray) -> None:
        """Add unit vectors, float32 [n, dimension], under row numbers that have none.

        Raises:
            ValueError: a row has a vector already.
        """
        done = 0
        while done < len(rows):
            part = self._growing()
            stop = min(len(rows), done + BLOCK - part.size)
            self._table.append(np.asarray(rows[done:stop]))
            part.append(vectors[done:stop])
            done = stop

    def _growing(self) -> Part:
        if self._open is None or self._open.size >= BLOCK:
            self._open = Part.empty(self._dimension)
            self._parts.append(self._open)
        return self._open

    def remove(self, rows: Sequence[int]) -> None:
        """Take vectors out; rows that have none are ignored."""
        self._table.remove(np.asarray(rows, dtype=np.int64))

    def keep_only(self, rows: Collection[int]) -> None:
        """Take out every vector whose row is not among `rows`."""
        wanted = np.fromiter(rows, dtype=np.int64, count=len(rows))
        self._table.remove(self._table.without(wanted))

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return (rows, cosines) of the nearest, best first.

        `allowed` are the rows that may be found, int64; None stands for all.
        """
        query = np.ascontiguousarray(vector.reshape(1, -1), dtype=np.float32)
        if allowed is None:
            return self._nearest(query, limit, self._table.rows >= 0)
        slots = self._table.slots(allowed)
        slots = slots[slots >= 0]
        if len(slots) <= _FEW:
            return self._best_of(slots, self._vectors(slots) @ query[0], limit)
        keep = np.zeros(self._table.total, dtype=bool)
        keep[slots] = True
        return self._nearest(query, limit, keep)

    def _nearest(
        self, query: np.ndarray, limit: int, keep: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        slots = [np.empty(0, dtype=np.int64)]
        cosines = [np.empty(0, dtype=np.float32)]
        for start, part in self._placed():
            mine = keep[start : start + part.size]
            if mine.any():
                found = part.search(query, limit, None if mine.all() else mine)
                slots.append(found[0] + start)
                cosines.append(found[1])
        return self._best_of(np.concatenate(slots), np.concatenate(cosines), limit)

    def _best_of(
        self, slots: np.ndarray, cosines: np.ndarray, limit: int
    ) -> tuple[np.ndarray, np.ndarray]:
        best = np.argsort(-cosines, kind="stable")[:limit]
        return self._table.rows[slots[best]].astype(np.int64), cosines[best]

    def cosines(self, vector: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        """Return the cosine of each row with a unit vector; 0 where it has none."""
        result = np.zeros(len(rows), dtype=np.float32)
        slots = self._table.slots(np.asarray(rows, dtype=np.int64))
        known = slots >= 0
        result[known] = self._vectors(slots[known]) @ vector.reshape(-1)
        return result

    def vectors(self, rows: np.ndarray) -> np.ndarray:
        """Return the vectors of rows that have one, float32 [n, dimension]."""
        return self._vectors(self._table.slots(rows))

    def _vectors(self, slots: np.ndarray) -> np.ndarray:
        """Return the vectors of living slots, float32 [n, dimension]."""
        found = np.empty((len(slots), self._dimension), dtype=np.float32)
        for start, part in self._placed():
            mine = (slots >= start) & (slots < start + part.size)
            if mine.any():
                found[mine] = part.vectors(slots[mine] - start)
        return found

    def _placed(self) -> Iterator[tuple[int, Part]]:
        start = 0
        for part in self._parts:
            yield start, part
            start += part.size

    def snapshot(self) -> Snapshot:
        """Return what there is now, to be written while this index is searched and changed."""
        self._open = None
        return Snapshot(self._dimension, tuple(self._parts), self._table.rows.copy())

    def adopt(self, snapshot: Snapshot, stored: Stored) -> None:
        """Go on with what became of a snapshot, which lets the memory of its parts go.

        What was added and removed since stays so.
        """
        parts = len(snapshot.parts)
        if tuple(self._parts[:parts]) != snapshot.parts:
            return
        here = self._table.slots(stored.rows)
        rows = np.where((here >= 0) & (here < len(snapshot.rows)), stored.rows, -1)
        later = self._table.rows[len(snapshot.rows) :]
        self._table = SlotTable(np.concatenate([rows, later]))
        self._parts = [*stored.parts, *self._parts[parts:]]

    def save(self, path: Path) -> None:
        """Write the index to a file and some beside it, and go on with them.

        Raises:
            OSError: the disk refuses.
        """
        snapshot = self.snapshot()
        self.adopt(snapshot, snapshot.write(path))

    @classmethod
    def load(cls, path: Path, dimension: int) -> "VectorIndex":
        """Map what `save` wrote. FAISS trusts its files: verify the bytes before.

        Raises:
            ValueError: the file is of another dimension.
            RuntimeError or OSError: it cannot be read.
        """
        return cls(dimension, read(path, dimension))
