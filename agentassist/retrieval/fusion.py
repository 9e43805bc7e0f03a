# SPDX-License-Identifier: Apache-2.0
"""How the votes of words, meaning and earlier contacts become one order of articles.

Votes are absolute (a cosine, a share of the query covered), so that the lexical half
fades by itself on long talk, of which no passage covers much. Weights follow the query
too: a few words are looked up, and codes even more so, while long talk is compared with
what an article is about. An article is as close as its three best passages together: one
passage that happens to be near says less than three. Weights were set on the development
sets.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BEST_PASSAGES = (0.45, 0.30, 0.25)
ANSWER_WEIGHT = 0.20
WORDS_WEIGHT = 0.10
SHORT_WEIGHT = 0.20
RARE_WEIGHT = 0.45
VOTE_WEIGHT = 1.5
# What an article with fewer passages is taken to have instead of the next one.
_NEXT_PASSAGE = (0.08, 0.05)
_FURTHER_COVERS = (1.0, 0.3, 0.15)
# Words after which a query is no longer short, and those after which it is long.
_SHORT = 15
_LONG = 60


@dataclass(frozen=True, slots=True)
class Ballot:
    """All votes for n articles.

    Passages stand article by article: article i owns starts[i] to starts[i + 1].
    `cosines` and `covers` are float32 [passages]. The others are float32 [n]: cosines of
    short `answers` and of the closest of the author's `questions` (0 where there is none),
    and the `votes` of what led to the article before. Without a model all cosines are 0
    and only words and votes count. `rare` is the share of codes in the query, 0..1, and
    `words` how many words it has.
    """

    starts: np.ndarray
    cosines: np.ndarray
    covers: np.ndarray
    answers: np.ndarray
    questions: np.ndarray
    votes: np.ndarray
    rare: float
    words: int

    @property
    def size(self) -> int:
        """Number of articles."""
        return len(self.starts) - 1

    def scores(self) -> np.ndarray:
        """Return the score of each article, float32 [n]."""
        total: np.ndarray = self._words_weight() * self.coverage() + VOTE_WEIGHT * self.votes
        if self.cosines.any():
            total = total + self._meaning()
        return total

    def coverage(self) -> np.ndarray:
        """Return the lexical vote: the best passage and, lightly, the next two."""
        ranked = (self._ranked(self.covers, rank) for rank in range(len(_FURTHER_COVERS)))
        pairs = zip(_FURTHER_COVERS, ranked, strict=True)
        return sum((weight * np.nan_to_num(one) for weight, one in pairs), np.zeros(self.size))

    def best(self) -> np.ndarray:
        """Return for each article the place among all passages of the one to show."""
        order = np.lexsort((-(self.cosines + self._words_weight() * self.covers), self._owners()))
        shown: np.ndarray = order[self.starts[:-1]]
        return shown

    def _meaning(self) -> np.ndarray:
        asked = self.questions > 0
        values = np.concatenate([self.cosines, self.questions[asked]])
        owners = np.concatenate([self._owners(), np.flatnonzero(asked)])
        close = [_nth(values, owners, self.size, rank) for rank in range(len(BEST_PASSAGES))]
        for rank, less in enumerate(_NEXT_PASSAGE, start=1):
            close[rank] = np.where(np.isnan(close[rank]), close[rank - 1] - less, close[rank])
        passages = sum(weight * one for weight, one in zip(BEST_PASSAGES, close, strict=True))
        long = 1 - math.exp(-self.words / _LONG)
        meaning: np.ndarray = passages + ANSWER_WEIGHT * long * self.answers
        return meaning

    def _words_weight(self) -> float:
        short = math.exp(-self.words / _SHORT)
        return WORDS_WEIGHT + SHORT_WEIGHT * short + RARE_WEIGHT * self.rare

    def _ranked(self, values: np.ndarray, rank: int) -> np.ndarray:
        return _nth(values, self._owners(), self.size, rank)

    def _owners(self) -> np.ndarray:
        return np.repeat(np.arange(self.size), np.diff(self.starts))


def starts_of(sizes: Sequence[int]) -> np.ndarray:
    """Return where the passages of articles with so many each begin, and the end."""
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _nth(values: np.ndarray, owners: np.ndarray, size: int, rank: int) -> np.ndarray:
    """Return the value on `rank` (0 is the best) of each owner, NaN where it has fewer."""
    order = np.lexsort((-values, owners))
    starts = np.searchsorted(owners[order], np.arange(size + 1))
    places = starts[:-1] + rank
    there = places < starts[1:]
    found = np.full(size, np.nan, dtype=np.float32)
    found[there] = values[order[places[there]]]
    return found
