# SPDX-License-Identifier: Apache-2.0
"""How the votes of words and meaning become one order of articles.

Votes are absolute (a cosine, a share of the query covered), so that the lexical half
fades by itself on long talk, of which no passage covers much, and speaks up on a short
query whose words all stand in one passage. Weights were set on the development sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WORDS_WEIGHT = 0.25
RARE_WEIGHT = 1.5
SECOND_MEANING = 0.2
# A title is the author's word; questions are the customers' own, and say more.
TITLE_WEIGHT = 0.1
QUESTIONS_WEIGHT = 0.25
_FURTHER_COVERS = (1.0, 0.3, 0.15)


@dataclass(frozen=True, slots=True)
class Ballot:
    """All votes for some articles.

    Passages stand article by article: article i owns starts[i] to starts[i + 1].
    `cosines` and `covers` are float32 [passages]; `phrases` float32 [articles], the
    cosine of each article's closest title or question; `asked` bool [articles], whether
    it has questions. Without a model `cosines` and `phrases` are 0. `rare` is the share
    of codes in the query, 0..1.
    """

    starts: np.ndarray
    cosines: np.ndarray
    covers: np.ndarray
    phrases: np.ndarray
    asked: np.ndarray
    rare: float

    @classmethod
    def of(
        cls,
        sizes: Sequence[int],
        cosines: np.ndarray,
        covers: np.ndarray,
        phrases: np.ndarray,
        asked: np.ndarray,
        rare: float,
    ) -> "Ballot":
        """Make a ballot of articles with `sizes` passages each, all at least one."""
        starts = np.zeros(len(sizes) + 1, dtype=np.int64)
        np.cumsum(sizes, out=starts[1:])
        return cls(starts, cosines, covers, phrases, asked, rare)

    def scores(self) -> np.ndarray:
        """Return the score of each article: meaning, and words by their weight."""
        return self._meaning() + self._words_weight() * self.coverage()

    def coverage(self) -> np.ndarray:
        """Return the lexical vote: the best passage and, lightly, the next two."""
        total = np.zeros(len(self.phrases), dtype=np.float32)
        for rank, weight in enumerate(_FURTHER_COVERS):
            total += weight * self._ranked(self.covers, rank)
        return total

    def best(self) -> np.ndarray:
        """Return for each article the place among all passages of the one to show."""
        order = self._order(self.cosines + self._words_weight() * self.covers)
        shown: np.ndarray = order[self.starts[:-1]]
        return shown

    def _meaning(self) -> np.ndarray:
        """Return the semantic vote: the best passage, helped by the second and by the phrase."""
        second = np.maximum(self._ranked(self.cosines, 1), 0)
        own = self._ranked(self.cosines, 0)
        weight = np.where(self.asked, QUESTIONS_WEIGHT, TITLE_WEIGHT)
        helped: np.ndarray = own + SECOND_MEANING * second + weight * self.phrases
        return helped

    def _words_weight(self) -> float:
        return WORDS_WEIGHT + RARE_WEIGHT * self.rare

    def _ranked(self, votes: np.ndarray, rank: int) -> np.ndarray:
        """Return the vote on `rank` (0 is the best) within each article, 0 where it has fewer."""
        places = self.starts[:-1] + rank
        there = places < self.starts[1:]
        ranked = np.zeros(len(places), dtype=np.float32)
        ranked[there] = votes[self._order(votes)[places[there]]]
        return ranked

    def _order(self, votes: np.ndarray) -> np.ndarray:
        article = np.repeat(np.arange(len(self.phrases)), np.diff(self.starts))
        return np.lexsort((-votes, article))
