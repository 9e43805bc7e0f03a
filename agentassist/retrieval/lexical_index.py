# SPDX-License-Identifier: Apache-2.0
"""Search by words: BM25 over weighted fields, in arrays instead of a database table.

Compared with SQLite FTS5: every list is added in one step of NumPy, so that 100,000
passages and long live text answer in a few milliseconds, scores are exact and carry how
much of the query they cover, and Korean needs no tokenizer in C. A change goes into a
small second segment; both are merged when the index is saved.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agentassist.retrieval.analyzer import LONGEST_TERM, Analyzer, codes, words
from agentassist.retrieval.postings import Segment, build, merge

TITLE_WEIGHT = 3.0
QUESTIONS_WEIGHT = 2.0
HEADING_WEIGHT = 1.5
BODY_WEIGHT = 1.0
# Postings that one query may add up: what is left when they are spent are its commonest words.
_BUDGET = 4_000_000
_SHORTEST_PREFIX = 2
_PREFIX_TERMS = 32
_PREFIX_FACTOR = 0.8
_MERGE_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Fields:
    """The searchable text of one passage with what its article lends it."""

    title: str
    questions: tuple[str, ...]
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """What the words of a query say about each row.

    `cover` is float32 [rows]: about 0 for nothing, near 1 and above when all that the
    query says stands in the passage. `rare` is 0..1: the share of the query's
    information that lies in codes that the index knows. `asked` counts its terms.
    """

    cover: np.ndarray
    rare: float
    asked: int
    lists: "tuple[_Lists, ...]" = ()

    def matched(self, row: int) -> int:
        """Return how many terms of the query stand in a row."""
        return sum(one.holds(row) for one in self.lists)


class LexicalIndex:
    """Rows to words and back. Not safe for changes while another thread searches."""

    def __init__(self, analyzer: Analyzer, base: Segment | None = None) -> None:
        self._analyzer = analyzer
        self._base = base if base is not None else build((), 0)
        self._recent: list[Mapping[str, float]] = []
        self._delta: Segment | None = None

    @classmethod
    def build(cls, analyzer: Analyzer, rows: Iterable[Fields]) -> "LexicalIndex":
        """Build an index over rows 0, 1, 2 ..."""
        return cls(analyzer, build((_counts(analyzer, fields) for fields in rows), 0))

    @property
    def size(self) -> int:
        """Number of rows."""
        return self._base.size + len(self._recent)

    def append(self, rows: Sequence[Fields]) -> None:
        """Add rows at the end; they can be found at once."""
        self._recent.extend(_counts(self._analyzer, fields) for fields in rows)
        self._delta = build(self._recent, self._base.size, self._base.average)
        if len(self._recent) > _MERGE_ROWS:
            self._merge()

    def scores(self, query: str, *, typing: bool = False) -> LexicalScores:
        """Score every row. `typing` takes the last word as the beginning of one."""
        asked = self._analyzer.query_terms(query)
        begun = self._begun(query) if typing else None
        if begun is not None:
            asked.pop(begun.term, None)
        lists = [self._lists(term, weight) for term, weight in asked.items()]
        return self._add_up([*lists, begun] if begun else lists, codes(query))

    def _add_up(self, lists: list["_Lists"], asked_codes: frozenset[str]) -> LexicalScores:
        cover = np.zeros(self.size, dtype=np.float32)
        total = sum(one.value for one in lists)
        budget = _BUDGET
        for one in sorted(lists, key=lambda one: one.frequency):
            budget -= one.frequency
            if budget < 0:
                break
            for rows, impacts in one.parts:
                cover[rows] += np.float32(one.value / total) * impacts
        rare = sum(one.value for one in lists if self._is_rare(one, asked_codes))
        return LexicalScores(cover, rare / total if total else 0.0, len(lists), tuple(lists))

    def _is_rare(self, one: "_Lists", asked_codes: frozenset[str]) -> bool:
        return one.frequency > 0 and one.term in asked_codes

    def _lists(self, term: str, weight: float) -> "_Lists":
        parts = [
            segment.postings(place)
            for segment in self._segments()
            if (place := segment.find(term)) >= 0
        ]
        frequency = sum(len(rows) for rows, _ in parts)
        return _Lists(term, weight * self._idf(frequency), frequency, parts)

    def _begun(self, query: str) -> "_Lists | None":
        """Return the lists of all terms that begin with the last word, as those of one term.

        None when the query ends with a space, or the last word is a term itself.
        """
        last = [word.surface for word in words(query[-LONGEST_TERM:])][-1:]
        prefix = last[0].lower() if last and not query[-1:].isspace() else ""
        if len(prefix) < _SHORTEST_PREFIX or not prefix.isascii():
            return None
        exact = next(iter(self._analyzer.query_terms(prefix)), prefix)
        parts = [] if self._lists(exact, 1.0).frequency else self._beginning_with(prefix)
        frequency = min(self.size, sum(len(rows) for rows, _ in parts))
        value = _PREFIX_FACTOR * self._idf(frequency)
        return _Lists(exact, value, frequency, parts) if parts else None

    def _beginning_with(self, prefix: str) -> list[tuple[np.ndarray, np.ndarray]]:
        parts: list[tuple[np.ndarray, np.ndarray]] = []
        for segment in self._segments():
            places = segment.beginning_with(prefix)
            common = sorted(places, key=segment.frequency, reverse=True)[:_PREFIX_TERMS]
            parts.extend(segment.postings(place) for place in common)
        return parts

    def _idf(self, frequency: int) -> float:
        return float(np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)))

    def _segments(self) -> tuple[Segment, ...]:
        return (self._base,) if self._delta is None else (self._base, self._delta)

    def _merge(self) -> None:
        if self._delta is not None:
            self._base = merge(self._base, self._delta)
            self._recent, self._delta = [], None

    def save(self, folder: Path) -> dict[str, object]:
        """Write the index into a folder; return what `load` needs beside it."""
        self._merge()
        return {"lexical": self._base.save(folder)}

    @classmethod
    def load(cls, analyzer: Analyzer, folder: Path, about: Mapping[str, object]) -> "LexicalIndex":
        """Map what `save` wrote.

        Raises:
            ValueError, KeyError, TypeError or OSError: it is not an index of this version.
        """
        lexical = about["lexical"]
        if not isinstance(lexical, dict):
            raise TypeError(type(lexical).__name__)
        return cls(analyzer, Segment.load(folder, lexical))


@dataclass(frozen=True, slots=True)
class _Lists:
    """One term of a query: what it is worth and where it stands."""

    term: str
    value: float
    frequency: int
    parts: list[tuple[np.ndarray, np.ndarray]]

    def holds(self, row: int) -> bool:
        """Tell whether the term stands in a row; rows of a list ascend."""
        for rows, _ in self.parts:
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row:
                return True
        return False


def _counts(analyzer: Analyzer, fields: Fields) -> Mapping[str, float]:
    counts: dict[str, float] = defaultdict(float)
    weighted = (
        (fields.title, TITLE_WEIGHT),
        (" \n".join(fields.questions), QUESTIONS_WEIGHT),
        (fields.heading, HEADING_WEIGHT),
        (fields.text, BODY_WEIGHT),
    )
    for text, weight in weighted:
        for term, count in analyzer.terms(text).items():
            counts[term] += weight * count
    return counts
