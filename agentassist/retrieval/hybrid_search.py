# SPDX-License-Identifier: Apache-2.0
"""Words and meaning together: the best passage of the best articles, or nothing.

A model votes only on a query in a language it speaks; without its vote the words decide
alone. Not safe for changes of the indexes while another thread searches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from agentassist.domain.knowledge import Hit, Scope, SearchMode
from agentassist.retrieval.analyzer import Analyzer, Language, language_of, query_text, spoken_by
from agentassist.retrieval.catalog import MOST_PHRASES, Catalog
from agentassist.retrieval.confidence import Basis, Evidence, Thresholds, is_close, strength_of
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.fusion import Ballot
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
        return mode, self.hits(self.rank(text, scope, limit))

    def keyword(self, text: str, scope: Scope, limit: int = MOST_CARDS) -> tuple[Hit, ...]:
        """Search by words alone, at once; the last word may be unfinished."""
        return self.hits(self.rank_words(text, scope, limit, typing=True))

    def rank(
        self, text: str, scope: Scope, limit: int, vector: np.ndarray | None = None
    ) -> tuple[Ranked, ...]:
        """Return the best articles with no regard to how sure they are.

        `vector` is the encoded text where the caller has it already.
        """
        text = query_text(text)
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
        text = query_text(text)
        scores = self._lexical.scores(text, typing=typing)
        rows = self._best_rows(scores, self._catalog.allowed(scope))
        places = np.unique(self._catalog.owner[rows]).tolist()
        return self._judge(_Election(places, {}, _basis(text)), scores, limit)

    def _rank_both(
        self, text: str, scope: Scope, limit: int, vectors: Vectors, vector: np.ndarray
    ) -> tuple[Ranked, ...]:
        scores = self._lexical.scores(text)
        mask = self._catalog.allowed(scope)
        near = self._near_passages(vectors, vector, scope, mask)
        rows = np.concatenate([near, self._best_rows(scores, mask)])
        phrases = self._near_phrases(vectors, vector, scope)
        places = sorted({*self._catalog.owner[rows].tolist(), *phrases})
        election = _Election(places, phrases, Basis.MEANING, vectors.passages, vector)
        return self._judge(election, scores, limit)

    def _near_passages(
        self, vectors: Vectors, vector: np.ndarray, scope: Scope, mask: np.ndarray
    ) -> np.ndarray:
        allowed = None if scope == Scope() else np.flatnonzero(mask).astype(np.int64)
        rows, _ = vectors.passages.search(vector, _CANDIDATES, allowed)
        near: np.ndarray = rows[mask[rows]]
        return near

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
        rows: np.ndarray = np.flatnonzero(scores.cover)
        rows = rows[mask[rows]]
        if len(rows) > _CANDIDATES:
            rows = rows[np.argpartition(scores.cover[rows], -_CANDIDATES)[-_CANDIDATES:]]
        return rows

    def _judge(
        self, election: "_Election", scores: LexicalScores, limit: int
    ) -> tuple[Ranked, ...]:
        owned = [self._catalog.rows_at(place) for place in election.places]
        rows = np.array([row for own in owned for row in own], dtype=np.int64)
        if not len(rows):
            return ()
        cosines = election.cosines(rows)
        sizes = [len(own) for own in owned]
        asked = np.array([bool(self._catalog.header(one).questions) for one in election.places])
        ballot = Ballot.of(
            sizes, cosines, scores.cover[rows], election.phrase_cosines(), asked, scores.rare
        )
        totals, best = ballot.scores(), ballot.best()
        order = np.argsort(-totals, kind="stable")[:limit]
        return tuple(
            self._ranked(election, ballot, scores, one, int(rows[best[one]]), float(totals[one]))
            for one in order.tolist()
        )

    def _ranked(
        self,
        election: "_Election",
        ballot: Ballot,
        scores: LexicalScores,
        one: int,
        row: int,
        score: float,
    ) -> Ranked:
        place = election.places[one]
        own = slice(ballot.starts[one], ballot.starts[one + 1])
        number, likeness = election.phrases.get(place, (-1, 0.0))
        evidence = Evidence(
            meaning=max(float(ballot.cosines[own].max()), likeness),
            phrase=likeness,
            cover=float(ballot.covers[own].max()),
            rare=scores.rare,
            matched=scores.matched(row),
            asked=scores.asked,
            basis=election.basis,
        )
        phrase = self._phrase(place, number)
        return Ranked(self._catalog.header(place).article_id, row, score, evidence, phrase)

    def _phrase(self, place: int, number: int) -> str:
        return self._catalog.header(place).phrases[number] if number >= 0 else ""

    def hits(self, ranked: Sequence[Ranked]) -> tuple[Hit, ...]:
        """Return those that are sure enough to be shown."""
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
                    question=one.phrase if is_close(one.evidence) else "",
                    semantic=one.evidence.meaning > 0,
                )
            )
        return tuple(hits[:MOST_CARDS])


@dataclass(frozen=True, slots=True)
class _Election:
    """Who stands: places of articles, their closest phrases, and who knows the cosines."""

    places: list[int]
    phrases: dict[int, tuple[int, float]]
    basis: Basis
    passages: VectorIndex | None = None
    vector: np.ndarray | None = None

    def cosines(self, rows: np.ndarray) -> np.ndarray:
        if self.passages is None or self.vector is None:
            return np.zeros(len(rows), dtype=np.float32)
        return self.passages.cosines(self.vector, rows.tolist())

    def phrase_cosines(self) -> np.ndarray:
        found = [self.phrases.get(place, (-1, 0.0))[1] for place in self.places]
        return np.array(found, dtype=np.float32)


def _basis(text: str) -> Basis:
    return Basis.KOREAN_WORDS if language_of(text) is Language.KOREAN else Basis.WORDS
