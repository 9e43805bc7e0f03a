# SPDX-License-Identifier: Apache-2.0
"""Inverted lists in arrays: for each term the rows that have it and how much it says there.

A segment never changes once built, so that it can be mapped from a file. The strength of
a term in a row is the tf part of BM25 (Robertson and Zaragoza 2009, section 3.2, fields
weighted as in BM25F): tf (k1 + 1) / (tf + k1 (1 - b + b length / average)).
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agentassist.retrieval.codes import LONGEST_TERM

# Larger than for plain text: a word in a title counts three times at once.
_K1 = 2.0
_B = 0.75
_KEY = f"S{3 * LONGEST_TERM}"
_NAMES = ("terms", "starts", "rows", "impacts")


@dataclass(frozen=True, slots=True)
class Segment:
    """Sorted `terms` (UTF-8 [t]); list i is rows[starts[i]:starts[i + 1]] with its impacts.

    `size` is the number of rows, numbered from `first`; `average` their mean length.
    """

    terms: np.ndarray
    starts: np.ndarray
    rows: np.ndarray
    impacts: np.ndarray
    first: int
    size: int
    average: float

    def find(self, term: str) -> int:
        """Return the place of a term, -1 when it does not occur."""
        key = _key(term)
        place = int(np.searchsorted(self.terms, key))
        return place if place < len(self.terms) and self.terms[place] == key else -1

    def term(self, place: int) -> str:
        """Return the term at a place."""
        return bytes(self.terms[place]).decode("utf-8", "replace")

    def between(self, first: str, last: str) -> range:
        """Return the places of all terms from `first` to those that begin with `last`."""
        low = int(np.searchsorted(self.terms, _key(first)))
        high = int(np.searchsorted(self.terms, np.bytes_(_key(last) + b"\xff")))
        return range(low, high)

    def postings(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        """Return (rows, impacts) of one term."""
        start, end = self.starts[place], self.starts[place + 1]
        return self.rows[start:end], self.impacts[start:end]

    def frequency(self, place: int) -> int:
        """Return in how many rows a term occurs."""
        return int(self.starts[place + 1] - self.starts[place])

    def save(self, folder: Path, prefix: str = "") -> dict[str, object]:
        """Write the arrays into `folder`; return what `load` needs beside them."""
        for name in _NAMES:
            np.save(folder / f"{prefix}{name}.npy", getattr(self, name))
        return {"first": self.first, "size": self.size, "average": self.average}

    @classmethod
    def load(cls, folder: Path, about: Mapping[str, float], prefix: str = "") -> "Segment":
        """Map the arrays that `save` wrote."""
        terms, starts, rows, impacts = (
            np.load(folder / f"{prefix}{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in _NAMES
        )
        first, size, average = int(about["first"]), int(about["size"]), float(about["average"])
        return cls(terms, starts, rows, impacts, first, size, average)


def build(counts: Iterable[Mapping[str, float]], first: int, average: float = 0.0) -> Segment:
    """Build a segment from the weighted terms of each row.

    `average` is the mean length to assume, taken from the rows themselves when 0.
    """
    vocabulary: dict[str, int] = {}
    terms, strengths, sizes = array("q"), array("f"), array("q")
    for row in counts:
        terms.extend([vocabulary.setdefault(term, len(vocabulary)) for term in row])
        strengths.extend(row.values())
        sizes.append(len(row))
    return _assemble(
        list(vocabulary),
        np.array(terms, dtype=np.int64),
        np.array(strengths, dtype=np.float32),
        np.array(sizes, dtype=np.int64),
        first,
        average,
    )


def _assemble(
    vocabulary: Sequence[str],
    terms: np.ndarray,
    strengths: np.ndarray,
    sizes: np.ndarray,
    first: int,
    average: float,
) -> Segment:
    rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    lengths = np.bincount(rows, weights=strengths, minlength=len(sizes)).astype(np.float32)
    mean = average or float(lengths.mean() if len(lengths) else 1.0) or 1.0
    damp = _K1 * (1 - _B + _B * lengths / mean)
    impacts = strengths * (_K1 + 1) / (strengths + damp[rows])
    keys = np.array([_key(term) for term in vocabulary], dtype=_KEY)
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys))
    ranked = rank[terms]
    by_term = np.argsort(ranked, kind="stable")
    starts = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum(np.bincount(ranked, minlength=len(keys)), out=starts[1:])
    return Segment(
        keys[order],
        starts,
        rows[by_term] + np.int32(first),
        impacts[by_term].astype(np.float32),
        first,
        len(sizes),
        mean if len(sizes) else 0.0,  # nothing to go by for the rows that follow
    )


def _key(term: str) -> np.bytes_:
    return np.bytes_(term[:LONGEST_TERM].encode("utf-8", "replace"))


def merge(base: Segment, delta: Segment) -> Segment:
    """Return one segment with the rows of both; `delta` must follow `base` directly.

    Nothing is sorted: each list moves as a whole, so that a small delta costs a copy.
    """
    terms, base_places, delta_places = _united(base.terms, delta.terms)
    sizes = np.zeros(len(terms), dtype=np.int64)
    sizes[base_places] = np.diff(base.starts)
    before_delta = sizes[delta_places]
    sizes[delta_places] += np.diff(delta.starts)
    starts = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    rows = np.empty(starts[-1], dtype=base.rows.dtype)
    impacts = np.empty(starts[-1], dtype=base.impacts.dtype)
    for one, targets in (
        (base, starts[base_places]),
        (delta, starts[delta_places] + before_delta),
    ):
        moved = np.repeat(targets - one.starts[:-1], np.diff(one.starts))
        moved += np.arange(len(one.rows))
        rows[moved] = one.rows
        impacts[moved] = one.impacts
    average = base.average if base.size else delta.average
    return Segment(terms, starts, rows, impacts, base.first, base.size + delta.size, average)


def _united(base: np.ndarray, delta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all terms in order, and the places of those of either side among them."""
    places = np.searchsorted(base, delta)
    new = np.ones(len(delta), dtype=bool)
    inside = places < len(base)
    new[inside] = base[places[inside]] != delta[inside]
    terms = np.insert(base, places[new], delta[new])
    base_places = np.arange(len(base)) + np.searchsorted(delta[new], base)
    return terms, base_places, np.searchsorted(terms, delta)
