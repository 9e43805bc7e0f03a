# SPDX-License-Identifier: Apache-2.0
"""Which records are compared at all: those that share a key with few others."""

import zlib
from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

_MOST = 30
_AT_ONCE = 2_000_000
_SHIFT = np.uint64(32)


class Blocks:
    """Collects the keys of numbered records; 12 bytes for each key of each."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._numbers = array("I")

    def add(self, number: int, keys: Iterable[str]) -> None:
        """Say under which keys a record is looked for."""
        for key in set(keys):
            self._hashes.append(_hash(key))
            self._numbers.append(number)

    def pairs(self) -> NDArray[np.uint64]:
        """Return each pair of numbers that share a key once, the smaller one in the upper half.

        Keys of more than 30 records say too little and are left out.
        """
        found = np.empty(0, np.uint64)
        waiting: list[NDArray[np.uint64]] = []
        for some in self._blocks():
            waiting.append(some)
            if sum(map(len, waiting)) > _AT_ONCE:
                found, waiting = np.unique(np.concatenate([found, *waiting])), []
        return np.unique(np.concatenate([found, *waiting]))

    def _blocks(self) -> Iterator[NDArray[np.uint64]]:
        """Yield the pairs of all blocks of one size, size by size."""
        hashes = np.frombuffer(self._hashes, np.uint64) if self._hashes else np.empty(0, np.uint64)
        numbers = np.frombuffer(self._numbers, np.uint32) if self._numbers else np.empty(0)
        order = np.lexsort((numbers, hashes))
        sorted_numbers = numbers[order].astype(np.uint64)
        starts = np.flatnonzero(np.diff(hashes[order], prepend=np.uint64(0)) != 0)
        if len(hashes) and (not len(starts) or starts[0]):
            starts = np.concatenate([[0], starts])
        sizes = np.diff(starts, append=len(hashes))
        for size in range(2, _MOST + 1):
            yield from _of_size(sorted_numbers, starts[sizes == size], size)


def _of_size(
    numbers: NDArray[np.uint64], starts: NDArray[np.int64], size: int
) -> Iterator[NDArray[np.uint64]]:
    left, right = np.triu_indices(size, 1)
    step = max(1, _AT_ONCE // len(left))
    for first in range(0, len(starts), step):
        members = numbers[starts[first : first + step, None] + np.arange(size)]
        yield ((members[:, left] << _SHIFT) | members[:, right]).ravel()


def split(pair: int) -> tuple[int, int]:
    """Return the two numbers of a pair."""
    return pair >> 32, pair & 0xFFFFFFFF


def _hash(key: str) -> int:
    text = key.encode("utf-8", "replace")
    return zlib.crc32(text) << 32 | zlib.adler32(text[::-1]) ^ zlib.crc32(text, 1)
