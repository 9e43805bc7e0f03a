# SPDX-License-Identifier: Apache-2.0
"""Words and meaning together: the best passage of the best articles, or nothing.

A model votes only on a query in a language it speaks; without its vote the words decide
alone. Not safe for changes of the indexes while another thread searches.
"""

from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from agentassist.domain.knowledge import Hit, Scope, SearchMode
from agentassist.retrieval import fusion
from agentassist.retrieval.analyzer import Analyzer, mendable, spoken_by
from agentassist.retrieval.catalog import MOST_PHRASES, Catalog
from agentassist.retrieval.confidence import Evidence, Thresholds, strength_of
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.lexical_index import LexicalIndex, LexicalScores
from agentassist.retrieval.vector_index import VectorIndex

MOST_CARDS = 3
_CANDIDATES = 64
_BEST_POSSIBLE = 1.5


@dataclass(frozen=True, slots=True)
class Vectors:
    """The semantic half: an encoder with the vectors of passages and of phrases."""

    encoder: Encoder
    passages: VectorIndex
    phrases: VectorIndex

    def speaks(self, text: str) -> bool:
        """Tell whether the model may vote on a text."""
        return spoken_by(self.encoder.languages, text)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article that was found: its row to show, and all that speaks for it."""

    article_id: UUID
    row: int
    score: float
    evidence: Evidence
    phrase: str = ""


class HybridSearch:
    """Searches what it is given; owns none of it."""

    def __init__(
        self,
        analyzer: Analyzer,
        catalog: Catalog,
        lexical: LexicalIndex,
        vectors: Vectors | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._catalog = catalog
        self._lexical = lexical
        self._vectors = vectors
        self._thresholds = thresholds or Thresholds()

    def search(
        self, text: str, scope: Scope, limit: int = MOST_CARDS
    ) -> tuple[SearchMode, tuple[Hit, ...]]:
        """Return what is worth showing, best first; nothing when nothing is sure enough."""
        mode = SearchMode.FULL if self._vectors else SearchMode.KEYWORD_ONLY
        return mode, self._hits(text, self.rank(text, scope, limit))

    def keyword(self, text: str, scope: Scope, limit: int = MOST_CARDS) -> tuple[Hit, ...]:
        """Search by words alone, at once; the last word may be unfinished."""
        return self._hits(text, self.rank_words(text, scope, limit, typing=True))

    def rank(
        self, text: str, scope: Scope, limit: int, vector: np.ndarray | None = None
    ) -> tuple[Ranked, ...]:
        """Return the best articles with no regard to how sure they are.

        `vector` is the encoded text where the caller has it already.
        """
        text = mendable(text)
        vectors = self._vectors
        if vectors is None or not vectors.speaks(text):
            return self.rank_words(text, scope, limit)
        if vector is None:
            vector = vectors.encoder.encode([text])[0]
        return self._rank_both(text, scope, limit, vectors, vector)

    def rank_words(
        self, text: str, scope: Scope, limit: int, *, typing: bool = False
    ) -> tuple[Ranked, ...]:
        """Return the best articles by their words alone."""
        scores = self._lexical.scores(mendable(text), typing=typing)
        rows = self._best_rows(scores, self._catalog.allowed(scope))
        ranked = []
        for place in np.unique(self._catalog.owner[rows]).tolist():
            votes, own = self._votes(place, scores)
            ranked.append(self._judge(place, own, votes, scores, fusion.coverage(votes)))
        return _top(ranked, limit)

    def _rank_both(
        self, text: str, scope: Scope, limit: int, vectors: Vectors, vector: np.ndarray
    ) -> tuple[Ranked, ...]:
        scores = self._lexical.scores(text)
        mask = self._catalog.allowed(scope)
        phrases = self._near_phrases(vectors, vector, scope)
        near = self._near_passages(vectors, vector, scope, mask)
        places = {*self._catalog.owner[self._best_rows(scores, mask)].tolist(), *phrases}
        places |= set(self._catalog.owner[near].tolist())
        ranked = []
        for place in places:
            phrase_row, likeness = phrases.get(place, (-1, 0.0))
            votes, own = self._votes(place, scores, vectors, vector, likeness)
            score = fusion.fused(votes, scores.rare)
            one = self._judge(place, own, votes, scores, score)
            ranked.append(replace(one, phrase=self._phrase(place, phrase_row)))
        return _top(ranked, limit)

    def _near_passages(
        self, vectors: Vectors, vector: np.ndarray, scope: Scope, mask: np.ndarray
    ) -> np.ndarray:
        allowed = None if scope == Scope() else np.flatnonzero(mask).astype(np.int64)
        rows, _ = vectors.passages.search(vector, _CANDIDATES, allowed)
        return rows[mask[rows]]

    def _near_phrases(
        self, vectors: Vectors, vector: np.ndarray, scope: Scope
    ) -> dict[int, tuple[int, float]]:
        """Return the closest phrase (number, cosine) of each article it found, by place."""
        rows, cosines = vectors.phrases.search(vector, _CANDIDATES)
        closest: dict[int, tuple[int, float]] = {}
        for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
            place = row // MOST_PHRASES
            if place not in closest and self._catalog.header_within(place, scope):
                closest[place] = (row % MOST_PHRASES, cosine)
        return closest

    def _best_rows(self, scores: LexicalScores, mask: np.ndarray) -> np.ndarray:
        cover = np.where(mask, scores.cover, 0)
        count = min(_CANDIDATES, len(cover))
        best = np.argpartition(cover, len(cover) - count)[len(cover) - count :]
        return best[cover[best] > 0]

    def _votes(
        self,
        place: int,
        scores: LexicalScores,
        vectors: Vectors | None = None,
        vector: np.ndarray | None = None,
        phrase: float = 0.0,
    ) -> tuple[fusion.Votes, tuple[int, ...]]:
        rows = self._catalog.rows(self._catalog.header(place).article_id)
        covers = scores.cover[list(rows)]
        if vectors is None or vector is None:
            return fusion.Votes(np.zeros(len(rows), dtype=np.float32), covers), rows
        return fusion.Votes(vectors.passages.cosines(vector, rows), covers, phrase), rows

    def _judge(
        self,
        place: int,
        rows: tuple[int, ...],
        votes: fusion.Votes,
        scores: LexicalScores,
        score: float,
    ) -> Ranked:
        best = fusion.best_passage(votes, scores.rare)
        evidence = Evidence(
            meaning=max(float(votes.cosines.max()), votes.phrase),
            cover=float(votes.covers.max()),
            known=scores.known,
            rare=scores.rare,
        )
        return Ranked(self._catalog.header(place).article_id, rows[best], score, evidence)

    def _phrase(self, place: int, number: int) -> str:
        return self._catalog.header(place).phrases[number] if number >= 0 else ""

    def _hits(self, text: str, ranked: tuple[Ranked, ...]) -> tuple[Hit, ...]:
        hits = []
        for one in ranked:
            strength = strength_of(one.evidence, self._thresholds)
            if strength is None:
                continue
            hits.append(
                Hit(
                    passage_id=self._catalog.passage(one.row),
                    article_id=one.article_id,
                    score=min(1.0, max(0.0, one.score / _BEST_POSSIBLE)),
                    strength=strength,
                    question=one.phrase,
                    semantic=one.evidence.meaning > 0,
                )
            )
        return tuple(hits[:MOST_CARDS])


def _top(ranked: list[Ranked], limit: int) -> tuple[Ranked, ...]:
    return tuple(sorted(ranked, key=lambda one: -one.score)[:limit])
