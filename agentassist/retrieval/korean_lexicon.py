# SPDX-License-Identifier: Apache-2.0
"""Korean words to morphemes by a small lexicon, learned once from the words of the articles.

A morphological analyser needs 330 MB and seconds to load, on every desk, all day. It is
asked once instead (`korean_teacher`), about the distinct words of the knowledge base, and
what it says is kept: which beginnings carry meaning, what they are made of, and which
endings follow. Articles and questions are then cut by the same lexicon, in microseconds,
on a desk that may not even have the analyser. Measured on two sets of Korean questions
this is as good as asking the analyser about every sentence.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from agentassist.retrieval.stop_words import PARTICLES

_LONGEST_PIECE = 12
_REMEMBERED = 50_000
# Costs are negative logarithms of shares; a piece pays for being one more.
_PIECE = 2.0
_UNKNOWN = 0.5
_UNKNOWN_SYLLABLE = 12.0
_ENDING = 3.0
_ENDING_KNOWN = 0.3
_FILE = "korean.json"


@dataclass(frozen=True, slots=True)
class Reading:
    """A word cut up: its morphemes with a meaning, and how many syllables come before the ending.

    `morphemes` are dictionary forms: `도와주세요` gives `돕`. They are `known` when no part
    of them had to be guessed.
    """

    morphemes: tuple[str, ...]
    inside: int
    known: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A string of syllables that carries meaning: how often it was seen, and its morphemes."""

    count: int
    morphemes: tuple[str, ...]


class _Cut(NamedTuple):
    """The beginning of a word in pieces."""

    cost: float
    morphemes: tuple[str, ...]
    known: bool


class KoreanLexicon:
    """Pieces and endings; cuts any word. Never changes, safe in all threads."""

    def __init__(self, pieces: Mapping[str, Piece], endings: Mapping[str, int]) -> None:
        self._pieces = pieces
        self._endings = {**dict.fromkeys(PARTICLES, 0), **endings}
        total = sum(piece.count for piece in pieces.values())
        self._log_total = math.log(total) if total else 0.0
        self._readings: dict[str, Reading] = {}

    def read(self, word: str) -> Reading:
        """Cut a word of Hangul the cheapest way into pieces and an ending."""
        reading = self._readings.get(word)
        if reading is None:
            reading = self._cheapest(word)
            if len(self._readings) < _REMEMBERED:
                self._readings[word] = reading
        return reading

    def _cheapest(self, word: str) -> Reading:
        best = self._best_beginnings(word)
        costs = (
            (cut.cost + self._ending_cost(word[inside:]), inside) for inside, cut in enumerate(best)
        )
        _, inside = min(costs)
        return Reading(best[inside].morphemes, inside, best[inside].known)

    def _best_beginnings(self, word: str) -> list[_Cut]:
        """Return for each length the cheapest cut of that beginning (Viterbi 1967)."""
        best = [_Cut(0.0, (), known=True)]
        for end in range(1, len(word) + 1):
            options = (
                self._extended(best[start], word[start:end])
                for start in range(max(0, end - _LONGEST_PIECE), end)
            )
            best.append(min(options, key=lambda cut: cut.cost))
        return best

    def _extended(self, before: _Cut, text: str) -> _Cut:
        piece = self._pieces.get(text)
        if piece is None:
            cost = before.cost + _UNKNOWN + _UNKNOWN_SYLLABLE * len(text)
            return _Cut(cost, (*before.morphemes, text), known=False)
        cost = before.cost + _PIECE + self._log_total - math.log(piece.count)
        return _Cut(cost, before.morphemes + piece.morphemes, before.known)

    def _ending_cost(self, ending: str) -> float:
        if not ending:
            return 0.0
        seen = self._endings.get(ending)
        return math.inf if seen is None else _ENDING - _ENDING_KNOWN * math.log1p(seen)

    def save(self, folder: Path) -> None:
        """Write the lexicon into a folder."""
        (folder / _FILE).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "KoreanLexicon":
        """Read what `save` wrote.

        Raises:
            ValueError, KeyError, TypeError or OSError: it is not a lexicon of this version.
        """
        return cls.from_json((folder / _FILE).read_text(encoding="utf-8"))

    def to_json(self) -> str:
        """Return the lexicon as JSON."""
        pieces = {text: [one.count, *one.morphemes] for text, one in self._pieces.items()}
        return json.dumps({"pieces": pieces, "endings": self._endings}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "KoreanLexicon":
        """Read `to_json`. Raises ValueError, KeyError or TypeError for anything else."""
        raw = json.loads(text)
        pieces = {
            str(text): Piece(max(1, int(count)), tuple(map(str, morphemes)))
            for text, (count, *morphemes) in raw["pieces"].items()
        }
        return cls(pieces, {str(text): max(0, int(n)) for text, n in raw["endings"].items()})
