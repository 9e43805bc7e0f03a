# SPDX-License-Identifier: Apache-2.0
"""The search over the knowledge base, kept in step with the database.

Everything on disk here is a cache: with the folder deleted, words are read from the
articles again and vectors from the database.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock, RLock
from uuid import UUID

import numpy as np

from agentassist.domain.knowledge import (
    Hit,
    Scope,
    SearchMode,
    Suggestion,
    Suggestions,
)
from agentassist.errors import Unavailable
from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.cache_folder import Damaged
from agentassist.retrieval.calibrating import calibrate
from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.confidence import Calibration
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import (
    MOST_CARDS,
    HybridSearch,
    Lexical,
    Ranked,
    Vectors,
)
from agentassist.retrieval.index_cache import IndexCache, VectorSave
from agentassist.retrieval.meaning import ModelMeaning
from agentassist.retrieval.remembered import RememberedVectors
from agentassist.retrieval.vector_index import VectorIndex
from agentassist.services.cards import cards
from agentassist.services.index_status import IndexStatus, status_of
from agentassist.services.korean_upkeep import KoreanUpkeep
from agentassist.services.query_vector import QueryVector
from agentassist.services.vector_upkeep import Progress, VectorUpkeep
from agentassist.services.word_upkeep import WordUpkeep
from agentassist.storage.cache_key import cache_key
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

_log = logging.getLogger(__name__)


class KnowledgeIndex:
    """Search for suggestions. Safe to use from several threads; `close` it.

    Life: `open` (keyword search answers), `load_model` (both halves answer), `update`
    (encodes what is new); `article_changed` after each change of an article.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        encoder_factory: Callable[[], Encoder],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._folder = folder
        self._encoder_factory = encoder_factory
        self._now = now
        self._analyzer = Analyzer()
        self._cache = IndexCache(folder, lambda: cache_key(database))
        self._lock = RLock()
        self._saving = Lock()
        self._words = WordUpkeep(database, self._analyzer)
        self._upkeep: VectorUpkeep | None = None
        self._calibration = Calibration()
        self._examples = RememberedVectors()
        self._korean = KoreanUpkeep()
        self._unsaved = False

    def open(self) -> None:
        """Load the lexical index, or build it from the database; keyword search answers.

        Raises:
            Unavailable: the database does not answer.
        """
        try:
            words = self._cache.load_words(self._analyzer)
        except Damaged:
            words = None
        with self._lock:
            if words is None:
                self._words.build()
                self._unsaved = True
            else:
                self._words.words = words
                self._catch_up()
        self._save_quietly()

    def load_model(self) -> None:
        """Load the model and the vectors; from then on both halves answer.

        Raises:
            UserError or Unavailable: there is no model; keyword search goes on.
        """
        encoder = self._encoder_factory()
        with self._lock:
            vectors = self._cached_vectors(encoder)
            self._upkeep = VectorUpkeep(self._database, self._catalog, vectors)
            self._upkeep.reconcile()
            self._calibrate()

    def update(
        self,
        progress: Progress = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Encode what has no vector yet, in small batches; return how many texts that were.

        What is done is kept when it stops or is killed; the next call goes on from there.

        Raises:
            Unavailable: no model is loaded.
            Cancelled: `cancelled` answered True between two batches.
        """
        upkeep = self._upkeep
        if upkeep is None:
            raise Unavailable("The language model is not loaded. Keyword search goes on.")

        def stopped() -> bool:
            return cancelled() or self._upkeep is not upkeep

        try:
            done = upkeep.encode_missing(self._lock, progress, stopped)
            if done:
                self._unsaved = True
                self._calibrate()
        finally:
            self._save_quietly()
        return done

    def switch_model(
        self,
        encoder: Encoder,
        progress: Progress = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Have another model answer, once it has a vector for everything.

        Until then the old one answers, or words alone. What is encoded is kept when this
        stops or is killed; the next call goes on from there.

        Raises:
            Cancelled: `cancelled` answered True between two batches; `encoder` is closed.
        """
        try:
            fresh, unmade = self._beside(encoder), 0
            while not self._take_over_from(fresh, unmade):
                unmade = fresh.encode_missing(self._lock, progress, cancelled)
                if not fresh.belongs_to(self._catalog):
                    fresh, unmade = self._beside(encoder), 0
        except BaseException:
            encoder.close()
            raise
        self._save_quietly()

    def _beside(self, encoder: Encoder) -> VectorUpkeep:
        return VectorUpkeep(self._database, self._catalog, _no_vectors(encoder))

    def _take_over_from(self, fresh: VectorUpkeep, unmade: int) -> bool:
        """Let a model answer if nothing is missing; the one before ends with its last user.

        As many missing as before the last attempt are texts that the database has no more.
        """
        with self._lock:
            fresh.drop_gone()
            if not fresh.belongs_to(self._catalog) or len(fresh.missing()) not in {0, unmade}:
                return False
            self._upkeep = fresh
            self._unsaved = True
            self._calibrate()
        return True

    def learn_korean(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Have the Korean words of the articles analysed; return whether search is better for it.

        Takes seconds, beside the searches that go on; does nothing where nothing is new.

        Raises:
            Cancelled: `cancelled` answered True; the next call begins again.
        """
        before = self._words.words.lexical
        lexical = self._korean.relearned(self._words, cancelled)
        with self._lock:
            same = self._words.words.lexical is before
            if lexical is None or not same or lexical.size != self._catalog.size:
                return False
            self._words.words = replace(self._words.words, lexical=lexical)
            self._unsaved = True
        self._save_quietly()
        return True

    def search(self, text: str, scope: Scope) -> Suggestions:
        """Return what fits a text by words and meaning; by words alone without a model."""
        mode = SearchMode.FULL if self._upkeep else SearchMode.KEYWORD_ONLY
        _, hits = self.judged(text, scope)
        return Suggestions(text, mode, self._cards(text, hits))

    def judged(self, text: str, scope: Scope) -> tuple[tuple[Ranked, ...], tuple[Hit, ...]]:
        """Return the best articles however unsure, and those that would be shown."""
        encoded = self._encoded(text)
        with self._lock:
            searcher = self._searcher()
            ranked = searcher.rank(text, scope, MOST_CARDS, self._vector(text, encoded))
            return ranked, searcher.hits(ranked)

    def keyword_search(self, text: str, scope: Scope) -> Suggestions:
        """Return what fits by words alone, at once; the last word may be unfinished."""
        with self._lock:
            hits = self._searcher().keyword(text, scope)
        return Suggestions(text, SearchMode.KEYWORD_ONLY, self._cards(text, hits))

    def rank(self, text: str, scope: Scope, limit: int = 10) -> tuple[Ranked, ...]:
        """Return the best articles however unsure: to measure and to explain, not to show."""
        encoded = self._encoded(text)
        with self._lock:
            vector = self._vector(text, encoded)
            return self._searcher().rank(text, scope, limit, vector)

    def ranked_keys(self, text: str, scope: Scope, limit: int = 10) -> list[str]:
        """Return the authors' keys of what `rank` returns, best first."""
        keys = self.keys()
        ids = [one.article_id for one in self.rank(text, scope, limit)]
        return [keys[one] for one in ids if one in keys]

    def keys(self) -> dict[UUID, str]:
        """Return the authors' keys of all articles by their ids."""
        with self._database.reading() as connection:
            return Knowledge(connection).keys()

    def meaning(self) -> ModelMeaning | None:
        """Return what compares sentences with the model of the moment; None without one."""
        upkeep = self._upkeep
        return ModelMeaning(upkeep.encoder, self._examples) if upkeep else None

    def article_changed(self, article_id: UUID) -> None:
        """Take over an article that was published, changed or retired.

        Found by its words at once; by meaning too when a model is loaded.
        """
        with self._database.reading() as connection:
            knowledge = Knowledge(connection)
            article = knowledge.article(article_id)
            passages = knowledge.passages_of(article_id)
            revision = knowledge.revision()
        with self._lock:
            words = self._words.words
            missed = revision not in {words.revision, words.revision + 1}
            if self._upkeep is not None:
                self._upkeep.forget(article_id)
            self._words.take_over(article_id, article, passages)
            self._unsaved = True
            if missed:
                self._catch_up()
            else:
                self._words.words = replace(words, revision=revision)
            self._fetch_vectors(article_id, everything=missed)
        if self._upkeep is not None:
            self._upkeep.encode_article(self._lock, article_id)

    def refresh(self) -> bool:
        """Take over what others have published and learned; return whether there was anything."""
        if not self._words.is_behind():
            return False
        with self._lock:
            self._catch_up()
            if self._upkeep is not None:
                self._upkeep.reconcile()
        return True

    def status(self) -> IndexStatus:
        """Return how the index stands."""
        with self._lock:
            return status_of(self._words.words, self._upkeep, self._folder, self._calibration)

    def rebuild(self) -> None:
        """Build everything again from the database; vectors that it holds are not encoded again."""
        with self._lock:
            self._words.build()
            if self._upkeep is not None:
                self._start_vectors_anew(self._upkeep.encoder)
                self._calibrate()
        self._save()

    def close(self) -> None:
        """Save what changed, if it is quick, and let the model go."""
        self._save_quietly(closing=True)
        with self._lock:
            if self._upkeep is not None:
                self._upkeep.encoder.close()
            self._upkeep = None

    # Words

    @property
    def _catalog(self) -> Catalog:
        return self._words.words.catalog

    def _catch_up(self) -> bool:
        """Take over what the database knows; return whether that was anything."""
        if not self._words.is_behind():
            return False
        catalog = self._catalog
        self._words.catch_up()
        self._unsaved = True
        if self._upkeep is not None and self._catalog is not catalog:
            self._start_vectors_anew(self._upkeep.encoder)
        return True

    # Meaning

    def _cached_vectors(self, encoder: Encoder) -> Vectors:
        try:
            return self._cache.load_vectors(encoder, self._catalog)
        except Damaged:
            self._unsaved = True
            return _no_vectors(encoder)

    def _start_vectors_anew(self, encoder: Encoder) -> None:
        self._upkeep = VectorUpkeep(self._database, self._catalog, _no_vectors(encoder))
        self._upkeep.reconcile()

    def _fetch_vectors(self, article_id: UUID, *, everything: bool) -> None:
        if self._upkeep is None:
            return
        if everything:
            self._upkeep.reconcile()
        else:
            self._upkeep.fetch(article_id)

    def _encoded(self, text: str) -> QueryVector | None:
        """Encode a query outside the lock: the slow part of a search."""
        upkeep = self._upkeep
        return QueryVector.of(upkeep.encoder, text) if upkeep else None

    def _vector(self, text: str, encoded: QueryVector | None) -> np.ndarray | None:
        """Return the vector of a query, made again if the model was switched meanwhile."""
        current = self._upkeep.encoder if self._upkeep else None
        if current is not None and (encoded is None or encoded.encoder is not current):
            encoded = QueryVector.of(current, text)
        return encoded.vector if encoded and encoded.encoder is current else None

    # Answers

    def _searcher(self) -> HybridSearch:
        vectors, words = self._upkeep.vectors if self._upkeep else None, self._words.words
        lexical = Lexical(words.lexical, words.said)
        return HybridSearch(words.catalog, lexical, vectors, self._calibration)

    def _cards(self, text: str, hits: Sequence[Hit]) -> tuple[Suggestion, ...]:
        return cards(self._database, self._analyzer, text, hits)

    def _calibrate(self) -> None:
        if self._upkeep is not None:
            with self._lock:
                vectors = self._upkeep.vectors
                self._calibration = calibrate(self._catalog, vectors.phrases, vectors.scale)

    # Caches

    def _save(self, *, closing: bool = False) -> None:
        with self._saving:
            with self._lock:
                self._cache.save_words(self._words.words)
                upkeep, catalog = self._upkeep, self._catalog
                taken = VectorSave.of(upkeep.vectors, catalog) if upkeep else None
                self._unsaved = False
            if taken is not None and not (closing and taken.is_slow):
                self._save_vectors(taken)

    def _save_vectors(self, taken: VectorSave) -> None:
        """Write vectors while searches go on, then search in the files."""
        try:
            adopt = self._cache.save_vectors(taken)
        except Unavailable:
            self._unsaved = True
            raise
        with self._lock:
            adopt()

    def _save_quietly(self, *, closing: bool = False) -> None:
        """Save what changed; a cache that cannot be written is made again at the next start."""
        if not self._unsaved:
            return
        try:
            self._save(closing=closing)
        except Unavailable as fault:
            _log.info("the search index is not saved: %s", fault)


def _no_vectors(encoder: Encoder) -> Vectors:
    return Vectors(encoder, VectorIndex(encoder.dimension), VectorIndex(encoder.dimension))
