# SPDX-License-Identifier: Apache-2.0
"""How often each value occurs, in a memory that does not grow with their number."""

import zlib
from array import array
from collections.abc import Iterable

_WIDTH = 1 << 20
_SEEDS = (0, 0x9E3779B9)
_ALONE = {
    "email": 0.05,
    "phone": 0.05,
    "handle": 0.05,
    "account": 0.02,
    "id_number": 0.01,
    "birth_date": 0.0,
}
_FREE = {"birth_date": 3}


class ValueCounts:
    """Counts values under the name of their field; a count may be too high, never too low.

    A count-min sketch (Cormode and Muthukrishnan, 2005) of two rows: 8 MB at any size, and at
    a million values the count of a rare one is too high by one or two.
    """

    def __init__(self, width: int = _WIDTH) -> None:
        self.records = 0
        self._width = width
        self._rows = tuple(array("I", bytes(array("I").itemsize * width)) for _ in _SEEDS)

    def add(self, values: Iterable[tuple[str, str]]) -> None:
        """Count one record, each of its (field, value) once."""
        self.records += 1
        for field, value in set(values):
            for row, place in zip(self._rows, self._places(field, value), strict=True):
                row[place] += 1

    def count(self, field: str, value: str) -> int:
        """Return in how many records a value was."""
        return min(
            row[place] for row, place in zip(self._rows, self._places(field, value), strict=True)
        )

    def share(self, field: str, value: str) -> float:
        """Return the chance that somebody else has a value that two records share.

        The two themselves do not count. `_ALONE` stands for the people who are not in the
        database: many of them have a given name that is rare here, hardly one an e-mail address.
        """
        others = max(0.0, self.count(field, value) - 2 - _FREE.get(field, 0))
        return min(1.0, (others + _ALONE.get(field, 0.5)) / max(1, self.records))

    def _places(self, field: str, value: str) -> tuple[int, ...]:
        text = f"{field}\x1f{value}".encode("utf-8", "replace")
        return tuple(zlib.crc32(text, seed) % self._width for seed in _SEEDS)
