# SPDX-License-Identifier: Apache-2.0
"""Words, meaning and earlier contacts together: the best passage of the best articles.

A model votes only on a query in a language it speaks; without its vote the words decide
alone. Not safe for changes of the indexes while another thread searches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from agentassist.domain.knowledge import Hit, Scope, SearchMode
from agentassist.domain.negation import negates
from agentassist.retrieval.analyzer import Language, language_of, query_text, spoken_by, words
from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.confidence import (
    Basis,
    Calibration,
    Evidence,
    Said,
    confidence,
    is_close,
    strength_of,
)
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.fusion import Ballot, starts_of
from agentassist.retrieval.heard import Heard, Listener, denies
from agentassist.retrieval.lexical_index import LexicalIndex, LexicalScores
from agentassist.retrieval.phrases import PhraseKind
from agentassist.retrieval.scale import NAME, Scale
from agentassist.retrieval.vector_index import VectorIndex
from agentassist.retrieval.vote import NEIGHBOURS, Neighbours

MOST_CARDS = 3
_CANDIDATES = 64


@dataclass(frozen=True, slots=True)
class Vectors:
    """The semantic half: an encoder with the vectors of passages and of phrases."""

    encoder: Encoder
    passages: VectorIndex
    phrases: VectorIndex

    @property
    def scale(self) -> Scale:
        """How the cosines of this model are to be read."""
        return Scale(*self.encoder.calibration.get(NAME, ()))

    def speaks(self, text: str) -> bool:
        """Tell whether the model may vote on a text."""
        return spoken_by(self.encoder.languages, text)


@dataclass(frozen=True, slots=True)
class Lexical:
    """The lexical half: the words of passages, and those of phrases."""

    passages: LexicalIndex
    phrases: LexicalIndex


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article that was found: its row to show, how likely it answers, and why.

    `phrase` is the title or question that comes closest; `solved` counts contacts like
    this one that it helped, the last on `day` (`date.toordinal`).
    """

    article_id: UUID
    row: int
    score: float
    likely: float
    evidence: Evidence
    phrase: str = ""
    solved: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class _Query:
    """A text as it is searched: its words and, where a model speaks its language, its vector.

    `words` counts them, `negated` tells whether it denies or complains.
    """

    text: str
    scope: Scope
    scores: LexicalScores
    said: LexicalScores
    words: int
    negated: bool
    vector: np.ndarray | None = None

    @property
    def basis(self) -> Basis:
        if self.vector is not None:
            return Basis.MEANING
        korean = language_of(self.text) is Language.KOREAN
        return Basis.KOREAN_WORDS if korean else Basis.WORDS


class HybridSearch:
    """Searches what it is given; owns none of it."""

    def __init__(
        self,
        catalog: Catalog,
        lexical: Lexical,
        vectors: Vectors | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self._catalog = catalog
        self._lexical = lexical
        self._vectors = vectors
        self._calibration = calibration or Calibration()

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
            vector = vectors.encoder.encode_query([text])[0]
        return self._rank(self._query(text, scope, vector), limit)

    def rank_words(
        self, text: str, scope: Scope, limit: int, *, typing: bool = False
    ) -> tuple[Ranked, ...]:
        """Return the best articles by their words alone."""
        return self._rank(self._query(query_text(text), scope, typing=typing), limit)

    def _query(
        self, text: str, scope: Scope, vector: np.ndarray | None = None, *, typing: bool = False
    ) -> _Query:
        scores = self._lexical.passages.scores(text, typing=typing)
        said, count = self._lexical.phrases.scores(text), sum(1 for _ in words(text))
        return _Query(text, scope, scores, said, count, negates(text), vector)

    def _rank(self, query: _Query, limit: int) -> tuple[Ranked, ...]:
        mask = self._catalog.allowed(query.scope)
        rows = [_best(query.scores.cover, mask)]
        heard = self._listen(query)
        if query.vector is not None and self._vectors is not None:
            rows.append(self._near_passages(self._vectors, query, mask))
        places = sorted({*self._catalog.owner[np.concatenate(rows)].tolist(), *heard})
        return self._judge(query, places, heard, limit) if places else ()

    def _near_passages(self, vectors: Vectors, query: _Query, mask: np.ndarray) -> np.ndarray:
        allowed = None if query.scope == Scope() else np.flatnonzero(mask).astype(np.int64)
        rows, _ = vectors.passages.search(_given(query.vector), _CANDIDATES, allowed)
        near: np.ndarray = rows[mask[rows]]
        return near

    def _listen(self, query: _Query) -> dict[int, Heard]:
        """Ask the phrases; only those of articles within the scope have a say."""
        listener = Listener(self._catalog)
        if query.vector is not None and self._vectors is not None:
            near = self._neighbours(self._vectors, query)
            if near.rows:
                listener.by_meaning(near)
        rows = _best(query.said.cover, np.ones(len(query.said.cover), dtype=bool)).tolist()
        listener.by_words(query.said, (row for row in rows if self._may_speak(row, query.scope)))
        return dict(listener.found)

    def _neighbours(self, vectors: Vectors, query: _Query) -> Neighbours:
        vector = _given(query.vector)
        rows, cosines = vectors.phrases.search(vector, NEIGHBOURS)
        keep = [at for at, row in enumerate(rows.tolist()) if self._may_speak(row, query.scope)]
        kept, near = rows[keep], vectors.scale.of(cosines[keep])
        return Neighbours(tuple(kept.tolist()), near, vectors.phrases.vectors(kept), vectors.scale)

    def _may_speak(self, row: int, scope: Scope) -> bool:
        place = self._catalog.phrases.owner(row)
        return place >= 0 and self._catalog.header_within(place, scope)

    def _judge(
        self, query: _Query, places: list[int], heard: dict[int, Heard], limit: int
    ) -> tuple[Ranked, ...]:
        owned = [self._catalog.rows_at(place) for place in places]
        rows = np.array([row for own in owned for row in own], dtype=np.int64)
        sizes = [len(own) for own in owned]
        told = [heard.get(place, Heard()) for place in places]
        bare = np.array([self._catalog.is_bare(place) for place in places])
        closest = np.array([one.question for one in told], dtype=np.float32)
        ballot = Ballot(
            starts=starts_of(sizes),
            # A passage that only repeats the title says nothing; the questions stand in for it.
            cosines=np.where(np.repeat(bare, sizes), np.float32(0), self._cosines(query, rows)),
            covers=query.scores.cover[rows],
            answers=self._answer_cosines(query, places),
            questions=np.where(bare, closest, np.float32(0)),
            votes=np.array([one.total for one in told], dtype=np.float32),
            rare=query.scores.rare,
            words=query.words,
        )
        totals, best = ballot.scores(), rows[ballot.best()]
        order = np.argsort(-totals, kind="stable")[:limit].tolist()
        return tuple(
            self._ranked(
                query, ballot, one, told[one], places[one], int(best[one]), float(totals[one])
            )
            for one in order
        )

    def _cosines(self, query: _Query, rows: np.ndarray) -> np.ndarray:
        if query.vector is None or self._vectors is None:
            return np.zeros(len(rows), dtype=np.float32)
        return self._vectors.scale.of(self._vectors.passages.cosines(query.vector, rows.tolist()))

    def _answer_cosines(self, query: _Query, places: list[int]) -> np.ndarray:
        """Return the cosine of each article's short answer, 0 where it has none."""
        if query.vector is None or self._vectors is None:
            return np.zeros(len(places), dtype=np.float32)
        rows = [self._catalog.phrases.first(place, PhraseKind.ANSWER) for place in places]
        return self._vectors.scale.of(self._vectors.phrases.cosines(query.vector, rows))

    def _ranked(
        self,
        query: _Query,
        ballot: Ballot,
        one: int,
        told: Heard,
        place: int,
        row: int,
        score: float,
    ) -> Ranked:
        own = slice(ballot.starts[one], ballot.starts[one + 1])
        evidence = Evidence(
            meaning=float(ballot.cosines[own].max()),
            phrase=told.likeness,
            cover=float(ballot.covers[own].max()),
            rare=query.scores.rare,
            matched=query.scores.matched(row),
            asked=query.scores.asked,
            basis=query.basis,
            said=self._said(query, told, place),
        )
        return Ranked(
            article_id=self._catalog.header(place).article_id,
            row=row,
            score=score,
            likely=confidence(evidence, self._calibration),
            evidence=evidence,
            phrase=self._catalog.phrases.records[told.named].text if told.named >= 0 else "",
            solved=told.solved,
            day=told.day,
        )

    def _said(self, query: _Query, told: Heard, place: int) -> Said:
        if not told.nearest:
            return Said()
        return Said(
            vote=told.vote,
            nearest=told.nearest,
            cover=told.cover,
            denied=query.negated and not denies(self._catalog, place),
            words=query.words,
        )

    def hits(self, ranked: Sequence[Ranked]) -> tuple[Hit, ...]:
        """Return those that are sure enough to be shown."""
        return tuple(hit for one in ranked if (hit := self._hit(one)) is not None)[:MOST_CARDS]

    def _hit(self, one: Ranked) -> Hit | None:
        strength = strength_of(one.likely)
        if strength is None:
            return None
        return Hit(
            passage_id=self._catalog.passage(one.row),
            article_id=one.article_id,
            score=one.likely,
            strength=strength,
            question=one.phrase if is_close(one.evidence) else "",
            semantic=max(one.evidence.meaning, one.evidence.said.nearest) > 0,
            solved=one.solved,
            day=one.day,
        )


def _best(cover: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the rows that hold most of the query, of those that the mask allows."""
    rows: np.ndarray = np.flatnonzero(cover)
    rows = rows[mask[rows]]
    if len(rows) > _CANDIDATES:
        rows = rows[np.argpartition(cover[rows], -_CANDIDATES)[-_CANDIDATES:]]
    return rows


def _given(vector: np.ndarray | None) -> np.ndarray:
    if vector is None:
        raise ValueError("no vector")
    return vector
