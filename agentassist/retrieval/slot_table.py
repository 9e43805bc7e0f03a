# SPDX-License-Identifier: Apache-2.0
"""Which slot holds the vector of which row, both ways."""

import numpy as np

_NONE = -1
_GROWTH = 1024


class SlotTable:
    """Rows by slot and slots by row; a slot whose row was taken out is dead for good.

    Costs 4 bytes for each slot and 4 for each row number up to the highest.
    """

    def __init__(self, rows: np.ndarray | None = None) -> None:
        self._rows = np.empty(0, dtype=np.int32)
        self._slots = np.empty(0, dtype=np.int32)
        self.total = 0
        self.size = 0
        if rows is not None:
            self.append(rows)

    @property
    def rows(self) -> np.ndarray:
        """The row of each slot, int32 [total]; -1 where it is dead."""
        return self._rows[: self.total]

    def __contains__(self, row: int) -> bool:
        return 0 <= row < len(self._slots) and bool(self._slots[row] >= 0)

    def slots(self, rows: np.ndarray) -> np.ndarray:
        """Return the slot of each row, -1 where it has none."""
        rows = np.asarray(rows, dtype=np.int64)
        known = (rows >= 0) & (rows < len(self._slots))
        found = np.full(len(rows), _NONE, dtype=np.int64)
        found[known] = self._slots[rows[known]]
        return found

    def without(self, rows: np.ndarray) -> np.ndarray:
        """Return the rows that have a vector and are not among `rows`."""
        others = self._slots >= 0
        others[rows[(rows >= 0) & (rows < len(others))]] = False
        return np.flatnonzero(others)

    def append(self, rows: np.ndarray) -> None:
        """Give the next slots to rows that have none; -1 makes a dead slot.

        Raises:
            ValueError: a row has a slot already, or is named twice.
        """
        rows = np.asarray(rows, dtype=np.int32)
        named = rows >= 0
        living = rows[named]
        if len(_once(living)) < len(living) or np.any(self.slots(living) >= 0):
            raise ValueError("a row was given twice")
        slots = np.arange(self.total, self.total + len(rows), dtype=np.int32)
        self._rows = _with_room(self._rows, self.total + len(rows))
        self._rows[slots] = np.where(named, rows, _NONE)
        self._slots = _with_room(self._slots, int(living.max(initial=-1)) + 1)
        self._slots[living] = slots[named]
        self.total += len(rows)
        self.size += len(living)

    def remove(self, rows: np.ndarray) -> None:
        """Take rows out; those that have no slot are ignored."""
        slots = self.slots(rows)
        slots = _once(slots[slots >= 0])
        self._slots[self._rows[slots]] = _NONE
        self._rows[slots] = _NONE
        self.size -= len(slots)


def _once(numbers: np.ndarray) -> np.ndarray:
    """Return each number once, ascending; `numpy.unique` loads a twentieth of a second of code."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _with_room(given: np.ndarray, needed: int) -> np.ndarray:
    if needed <= len(given):
        return given
    grown = np.full(max(needed, len(given) + len(given) // 4 + _GROWTH), _NONE, dtype=np.int32)
    grown[: len(given)] = given
    return grown
