# SPDX-License-Identifier: Apache-2.0
"""Vectors on disk: a large file that never changes, what came since, and whose they are.

`NAME.faiss` holds most vectors. While little has changed, a new generation of the cache
shares that file with the old one (a hard link, or a copy where there are none) and writes
only `NAME.recent`, the vectors that were added, and `NAME.rows`, the row of every slot as
int32, -1 for those that were removed.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agentassist.retrieval.vector_part import SCANNED, Blocks, Part

_CHANGED_SHARE = 0.1
_ROWS = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Stored:
    """Parts as they are on disk, and the row of each slot over all of them, -1 for none."""

    parts: tuple[Part, ...]
    rows: np.ndarray


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The parts of an index at one moment. Nothing in it changes any more."""

    dimension: int
    parts: tuple[Part, ...]
    rows: np.ndarray

    @property
    def is_slow(self) -> bool:
        """Tell whether `write` has to train."""
        return self._shared() is None and int(np.count_nonzero(self.rows >= 0)) > SCANNED

    def write(self, path: Path) -> Stored:
        """Write to `path` and beside it; return what the index can go on with.

        May train, which takes seconds at 100,000 vectors: never call it under a lock.

        Raises:
            OSError: the disk refuses.
        """
        shared = self._shared()
        bases = [self._share(shared, path)] if shared is not None else []
        done = sum(part.size for part in bases)
        kind = ".recent" if bases else path.suffix
        rest = self._written(path.with_suffix(kind), done)
        rows = np.concatenate([self.rows[:done], rest.rows])
        path.with_suffix(".rows").write_bytes(rows.astype(_ROWS).tobytes())
        return Stored((*bases, *rest.parts), rows)

    def _shared(self) -> Part | None:
        """Return the part that is on disk already, if little has changed since."""
        base = self.parts[0] if self.parts else None
        if base is None or base.path is None:
            return None
        alive = self.rows >= 0
        changed = np.count_nonzero(alive[base.size :]) + np.count_nonzero(~alive[: base.size])
        return base if changed <= _CHANGED_SHARE * np.count_nonzero(alive) else None

    def _share(self, base: Part, path: Path) -> Part:
        try:
            _link(base.path, path)
        except FileNotFoundError:  # another process saved meanwhile; the mapping still holds
            base.write(path)
        return Part.read(path, self.dimension)

    def _written(self, path: Path, start: int) -> Stored:
        """Write all living vectors from slot `start` on as one part, in the order of rows."""
        blocks: list[tuple[Part, np.ndarray]] = []
        rows, at = [np.empty(0, dtype=np.int32)], 0
        for part in self.parts:
            mine = self.rows[at : at + part.size]
            at += part.size
            if at > start:
                slots = np.flatnonzero(mine >= 0)
                slots = slots[np.argsort(mine[slots])]
                blocks.append((part, slots))
                rows.append(mine[slots])
        together = np.concatenate(rows)
        if not len(together):
            return Stored((), together)
        Part.of(self.dimension, len(together), Blocks(blocks)).write(path)
        return Stored((Part.read(path, self.dimension),), together)


def read(path: Path, dimension: int) -> Stored:
    """Map what `Snapshot.write` wrote.

    Raises:
        ValueError: the files are of another dimension or do not belong together.
        RuntimeError or OSError: they cannot be read.
    """
    rows = np.fromfile(path.with_suffix(".rows"), dtype=_ROWS)
    files = [path, path.with_suffix(".recent")]
    parts = tuple(Part.read(file, dimension) for file in files if file.exists())
    if sum(part.size for part in parts) != len(rows):
        raise ValueError("vectors and rows do not belong together")
    return Stored(parts, rows)


def _link(source: Path | None, target: Path) -> None:
    if source is None:
        raise FileNotFoundError
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # this file system has no hard links
        shutil.copyfile(source, target)
