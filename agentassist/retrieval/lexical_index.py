# SPDX-License-Identifier: Apache-2.0
"""Search by words: BM25 over weighted fields, in arrays instead of a database table.

Compared with SQLite FTS5: every list is added in one step of NumPy, so that 100,000
passages and long live text answer in a few milliseconds, scores are exact and carry how
much of the query they cover, and Korean needs no tokenizer in C. A change goes into a
small second segment; both are merged when the index is saved.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agentassist.retrieval.analyzer import Analyzer, codes, korean_words
from agentassist.retrieval.korean import SYLLABLE
from agentassist.retrieval.korean_lexicon import KoreanLexicon
from agentassist.retrieval.postings import Segment, build, merge
from agentassist.retrieval.typos import errors_allowed
from agentassist.retrieval.unfinished import unfinished_word
from agentassist.retrieval.vocabulary import Vocabulary

CUT_SHORT = " …"
"""How a title ends that was made of the beginning of a text."""
TITLE_WEIGHT = 3.0
QUESTIONS_WEIGHT = 2.0
HEADING_WEIGHT = 1.5
BODY_WEIGHT = 1.0
# Postings that one query may add up: what is left when they are spent are its commonest words.
_BUDGET = 4_000_000
_PREFIX_FACTOR = 0.8
_MISSPELT_FACTOR = 0.7
_MOST_MISSPELT = 4
_MERGE_ROWS = 1000
_LEARN_AGAIN = 1.5
# Goes up with every change of the terms that a text gives: older indexes are built again.
ANALYSIS = 3

_Part = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Fields:
    """The searchable text of one passage with what its article lends it."""

    title: str
    questions: tuple[str, ...]
    heading: str
    text: str

    @classmethod
    def of(cls, title: str, questions: tuple[str, ...], heading: str, text: str) -> "Fields":
        """Make the fields of a passage; a title that only is how it begins is not one more."""
        begins = text != title and text.startswith(title.removesuffix(CUT_SHORT))
        return cls("" if begins else title, questions, heading, text)

    def korean_words(self) -> Iterator[str]:
        """Yield the Korean words of all fields, again and again as they come."""
        for text in (self.title, *self.questions, self.heading, self.text):
            yield from korean_words(text)


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

    def __init__(
        self, analyzer: Analyzer, base: Segment | None = None, learned_rows: int = 0
    ) -> None:
        self._analyzer = analyzer
        self._learned_rows = learned_rows
        self._vocabularies = [Vocabulary(base if base is not None else build((), 0))]
        self._recent: list[Mapping[str, float]] = []

    @classmethod
    def build(cls, analyzer: Analyzer, rows: Iterable[Fields]) -> "LexicalIndex":
        """Build an index over rows 0, 1, 2 ..."""
        return cls(analyzer, build(_counts(analyzer, rows), 0))

    @property
    def size(self) -> int:
        """Number of rows."""
        return self._base.size + len(self._recent)

    @property
    def _base(self) -> Segment:
        return self._vocabularies[0].segment

    def append(self, rows: Sequence[Fields]) -> None:
        """Add rows at the end; they can be found at once."""
        self._recent.extend(_counts(self._analyzer, rows))
        recent = build(self._recent, self._base.size, self._base.average)
        self._vocabularies[1:] = [Vocabulary(recent)]
        if len(self._recent) > _MERGE_ROWS:
            self._merge()

    def scores(self, query: str, *, typing: bool = False) -> LexicalScores:
        """Score every row. `typing` takes the last word as the beginning of one."""
        asked = self._analyzer.query_terms(query)
        begun = self._begun(query) if typing else None
        if begun is not None:
            asked.pop(begun.term, None)
        lists = [self._lists(term, weight) for term, weight in asked.items()]
        lists = self._with_misspelt(lists)
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
                # Three times as fast as `cover[rows] += ...`, which reads, adds and writes.
                np.add.at(cover, rows, np.float32(one.value / total) * impacts)
        rare = sum(one.value for one in lists if one.frequency and one.term in asked_codes)
        return LexicalScores(cover, rare / total if total else 0.0, len(lists), tuple(lists))

    def _lists(self, term: str, weight: float) -> "_Lists":
        parts = [
            vocabulary.segment.postings(place)
            for vocabulary in self._vocabularies
            if (place := vocabulary.segment.find(term)) >= 0
        ]
        frequency = sum(len(rows) for rows, _ in parts)
        return _Lists(term, weight, weight * self._idf(frequency), frequency, parts)

    def _with_misspelt(self, lists: list["_Lists"]) -> list["_Lists"]:
        """Let near terms stand for some words that no row has, with less weight."""
        unknown = [one for one in lists if not one.frequency and errors_allowed(one.term)]
        meant = {one.term: self._meant(one) for one in unknown[:_MOST_MISSPELT]}
        return [meant.get(one.term, one) for one in lists]

    def _meant(self, unknown: "_Lists") -> "_Lists":
        parts = [
            vocabulary.segment.postings(place)
            for vocabulary in self._vocabularies
            for place in vocabulary.near(unknown.term)
        ]
        return self._united(unknown.term, _MISSPELT_FACTOR * unknown.weight, parts) or unknown

    def _begun(self, query: str) -> "_Lists | None":
        """Return the lists of all terms that the last word may become, as those of one term.

        None when the query ends with a space, or the last word is a term itself.
        """
        unfinished = unfinished_word(query)
        if unfinished is None or self._lists(self._term_of(unfinished.word), 1.0).frequency:
            return None
        parts = [
            vocabulary.segment.postings(place)
            for vocabulary in self._vocabularies
            for place in vocabulary.completions(unfinished)
        ]
        return self._united(self._term_of(unfinished.word), _PREFIX_FACTOR, parts)

    def _term_of(self, word: str) -> str:
        return next(iter(self._analyzer.query_terms(word)), word)

    def _united(self, term: str, weight: float, parts: list["_Part"]) -> "_Lists | None":
        """Return several lists as those of one term, None when they are none."""
        frequency = min(self.size, sum(len(rows) for rows, _ in parts))
        value = weight * self._idf(frequency)
        return _Lists(term, weight, value, frequency, parts) if parts else None

    def _idf(self, frequency: int) -> float:
        return float(np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)))

    def _merge(self) -> None:
        if self._recent:
            merged = merge(self._base, self._vocabularies[1].segment)
            self._vocabularies, self._recent = [Vocabulary(merged)], []

    def save(self, folder: Path, prefix: str = "") -> dict[str, object]:
        """Write the index into files of a folder; return what `load` needs beside them."""
        self._merge()
        lexicon = self._analyzer.lexicon
        if lexicon is not None:
            lexicon.save(folder)
        analysis = {
            "version": ANALYSIS,
            "lexicon": lexicon is not None,
            "learned_rows": self._learned_rows,
        }
        return {"lexical": self._base.save(folder, prefix), "analysis": analysis}

    @classmethod
    def load(
        cls, analyzer: Analyzer, folder: Path, about: Mapping[str, object], prefix: str = ""
    ) -> "LexicalIndex":
        """Map what `save` wrote, with the lexicon it was made with instead of the analyzer's.

        Raises:
            ValueError, KeyError, TypeError or OSError: it is not an index of this version.
        """
        lexical, analysis = about["lexical"], about["analysis"]
        if not isinstance(lexical, dict) or not isinstance(analysis, dict):
            raise TypeError(type(lexical).__name__)
        if analysis["version"] != ANALYSIS:
            raise ValueError(analysis["version"])
        lexicon = KoreanLexicon.load(folder) if analysis["lexicon"] else None
        base = Segment.load(folder, lexical, prefix)
        return cls(analyzer.taught(lexicon), base, int(analysis["learned_rows"]))

    # Korean

    def can_learn(self) -> bool:
        """Tell whether there is Korean in much more rows than a lexicon was learned from."""
        grown = self.size > _LEARN_AGAIN * self._learned_rows
        return grown and any(
            vocabulary.segment.between(SYLLABLE + "가", SYLLABLE + "힣")
            for vocabulary in self._vocabularies
        )

    def taught(self, lexicon: KoreanLexicon, rows: Sequence[Fields]) -> "LexicalIndex":
        """Return an index of the same rows that cuts Korean words by a lexicon."""
        analyzer = self._analyzer.taught(lexicon)
        base = build(_counts(analyzer, rows), 0)
        return LexicalIndex(analyzer, base, len(rows))


@dataclass(frozen=True, slots=True)
class _Lists:
    """One term of a query: how much it counts there, what it is worth, where it stands."""

    term: str
    weight: float
    value: float
    frequency: int
    parts: list[_Part]

    def holds(self, row: int) -> bool:
        """Tell whether the term stands in a row; rows of a list ascend."""
        for rows, _ in self.parts:
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row:
                return True
        return False


def _counts(analyzer: Analyzer, rows: Iterable[Fields]) -> Iterator[Mapping[str, float]]:
    """Yield the weighted terms of each row; what an article lends its passages is cut once."""
    lent: tuple[str, tuple[str, ...]] | None = None
    shared: dict[str, float] = {}
    for fields in rows:
        if lent != (fields.title, fields.questions):
            lent = fields.title, fields.questions
            shared = _sum(analyzer, {}, (fields.title, TITLE_WEIGHT), _questions(fields))
        own = (fields.heading, HEADING_WEIGHT), (fields.text, BODY_WEIGHT)
        yield _sum(analyzer, shared, *own)


def _questions(fields: Fields) -> tuple[str, float]:
    return " \n".join(fields.questions), QUESTIONS_WEIGHT


def _sum(
    analyzer: Analyzer, given: Mapping[str, float], *weighted: tuple[str, float]
) -> dict[str, float]:
    counts = defaultdict(float, given)
    for text, weight in weighted:
        for term, count in analyzer.terms(text).items():
            counts[term] += weight * count
    return counts
