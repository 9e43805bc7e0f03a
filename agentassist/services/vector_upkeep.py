# SPDX-License-Identifier: Apache-2.0
"""Keeps the vector indexes in step with the catalog: loads, encodes, stores, removes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from agentassist.errors import Cancelled
from agentassist.retrieval.analyzer import speaks
from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.chunker import digest_of, encoded_text
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import Vectors
from agentassist.retrieval.vector_index import VectorIndex
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.learned import Learned
from agentassist.storage.vectors import Vectors as StoredVectors

Progress = Callable[[int, int], None]

_WINDOW = 512  # sorted by length together: little of a batch is padding
_STORED_TOGETHER = 32  # what a kill or a pause can cost


@dataclass(frozen=True, slots=True)
class Wanted:
    """A vector that the index should have.

    A passage brings its id, a phrase of an author its text, one of a contact the act of
    the agent that it was said at.
    """

    row: int
    digest: str
    passage: UUID | None = None
    title: str = ""
    phrase: str = ""
    act: UUID | None = None


class VectorUpkeep:
    """Works on the vectors it is given; the caller holds the lock unless it hands it over."""

    def __init__(self, database: Database, catalog: Catalog, vectors: Vectors) -> None:
        self._database = database
        self._catalog = catalog
        self.vectors = vectors

    @property
    def encoder(self) -> Encoder:
        """The model that makes these vectors."""
        return self.vectors.encoder

    @property
    def count(self) -> int:
        """Number of vectors of passages and phrases."""
        return self.vectors.passages.size + self.vectors.phrases.size

    def missing(self) -> list[Wanted]:
        """Return the vectors that the index lacks, in languages that the model speaks."""
        return self._lacking(self._wanted())

    def _lacking(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        lacking = (one for one in wanted if one.row not in self._index_of(one))
        return sorted(lacking, key=lambda one: (one.passage is None, len(one.phrase)))

    def reconcile(self) -> None:
        """Drop vectors of what is gone; take from the database those that it has."""
        wanted = list(self._wanted())
        self._keep_only(wanted)
        self._add_stored(self._lacking(wanted))

    def encode_missing(
        self,
        lock: AbstractContextManager[object],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> int:
        """Encode and store all that is missing; the lock is held only to add each batch.

        Raises:
            Cancelled: `cancelled` answered True; what was encoded is stored.
        """
        with lock:
            missing = self.missing()
        done = 0
        progress(0, len(missing))
        for start in range(0, len(missing), _WINDOW):
            for count in self._make(lock, missing[start : start + _WINDOW], cancelled):
                done += count
                progress(done, len(missing))
        return len(missing)

    def drop_gone(self) -> None:
        """Drop vectors of what is gone from the catalog."""
        self._keep_only(list(self._wanted()))

    def _keep_only(self, wanted: Sequence[Wanted]) -> None:
        passages = {one.row for one in wanted if one.passage is not None}
        phrases = {one.row for one in wanted if one.passage is None}
        self.vectors.passages.keep_only(passages)
        self.vectors.phrases.keep_only(phrases)

    def belongs_to(self, catalog: Catalog) -> bool:
        """Tell whether these are the rows of a catalog; numbering may have started anew."""
        return self._catalog is catalog

    def forget(self, article_id: UUID) -> None:
        """Drop the vectors of an article, before the catalog numbers it anew."""
        place = self._catalog.place(article_id)
        if place is not None:
            self.vectors.passages.remove(self._catalog.rows(article_id))
            self.vectors.phrases.remove(self._catalog.phrases.rows(place))

    def fetch(self, article_id: UUID) -> None:
        """Take from the database the vectors of one article that it has."""
        self._add_stored(self._missing_of(article_id))

    def encode_article(self, lock: AbstractContextManager[object], article_id: UUID) -> None:
        """Encode what one article lacks."""
        with lock:
            missing = self._missing_of(article_id)
        for _ in self._make(lock, missing, lambda: False):
            pass

    def _missing_of(self, article_id: UUID) -> list[Wanted]:
        wanted = self._wanted_of(article_id)
        return [one for one in wanted if one.row not in self._index_of(one)]

    def _make(
        self,
        lock: AbstractContextManager[object],
        window: Sequence[Wanted],
        cancelled: Callable[[], bool],
    ) -> Iterator[int]:
        """Fetch or encode what is wanted; yield how many were dealt with at each step."""
        if not window:
            return
        _stop_if(cancelled)
        texts = self._texts(window)
        wanted: dict[str, list[Wanted]] = {}
        for one in window:
            wanted.setdefault(one.digest, []).append(one)
        known = self._known(texts)  # another desk may have been quicker
        self._add_living(lock, known, wanted)
        done = [*known, *(wanted.keys() - texts.keys())]
        if done:
            yield sum(len(wanted[digest]) for digest in done)
        lacking = [digest for digest in texts if digest not in known]
        for made in self._encoded(lacking, texts, cancelled):
            with self._database.transaction() as connection:
                StoredVectors(connection).store(self.encoder.digest, made)
            self._add_living(lock, made, wanted)
            yield sum(len(wanted[digest]) for digest in made)

    def _encoded(
        self, digests: Sequence[str], texts: Mapping[str, str], cancelled: Callable[[], bool]
    ) -> Iterator[dict[str, np.ndarray]]:
        """Yield vectors by digest, a few dozen at a time; the last ones before a stop too."""
        made: dict[str, np.ndarray] = {}
        try:
            batches = self.encoder.encode_batches([texts[one] for one in digests], cancelled)
            for rows, vectors in batches:
                made.update(zip((digests[row] for row in rows), vectors, strict=True))
                if len(made) >= _STORED_TOGETHER:
                    yield made
                    made = {}
                    _stop_if(cancelled)
        except Cancelled:
            yield made
            raise
        yield made

    def _known(self, texts: Mapping[str, str]) -> dict[str, np.ndarray]:
        with self._database.reading() as connection:
            found = StoredVectors(connection).named(self.encoder.digest, texts.keys())
            known = {digest: vector for some in found for digest, vector in some.items()}
        size = self.encoder.dimension
        return {digest: vector for digest, vector in known.items() if len(vector) == size}

    def _add_living(
        self,
        lock: AbstractContextManager[object],
        vectors: Mapping[str, np.ndarray],
        wanted: Mapping[str, Sequence[Wanted]],
    ) -> None:
        with lock:
            mine = (one for digest in vectors for one in wanted[digest])
            self._add(list(self._still_missing(mine)), vectors)

    def _still_missing(self, batch: Iterable[Wanted]) -> Iterable[Wanted]:
        """Return those whose passage or article lives still and has no vector yet."""
        return (
            one
            for one in batch
            if one.row not in self._index_of(one) and self._catalog.lives(one.row, one.passage)
        )

    def _texts(self, batch: Sequence[Wanted]) -> dict[str, str]:
        """Return what is to be encoded, by digest; a passage that changed meanwhile is left out."""
        with self._database.reading() as connection:
            ids = [one.passage for one in batch if one.passage is not None]
            passages = Knowledge(connection).passages(ids)
            said = Learned(connection).texts(one.act for one in batch if one.act)
        texts = {one.digest: one.phrase for one in batch if one.phrase}
        texts |= {one.digest: said[one.act] for one in batch if one.act in said}
        for one in batch:
            passage = passages.get(one.passage) if one.passage else None
            if passage is not None:
                text = encoded_text(one.title, passage.heading, passage.text)
                texts[digest_of(text)] = text
        return texts

    def _add_stored(self, missing: Sequence[Wanted]) -> None:
        lacking: dict[str, list[Wanted]] = {}
        for one in missing:
            lacking.setdefault(one.digest, []).append(one)
        size = self.encoder.dimension
        with self._database.reading() as connection:
            for found in StoredVectors(connection).named(self.encoder.digest, lacking.keys()):
                vectors = {digest: one for digest, one in found.items() if len(one) == size}
                self._add([one for digest in vectors for one in lacking[digest]], vectors)

    def _add(self, batch: Sequence[Wanted], vectors: Mapping[str, np.ndarray]) -> None:
        for index in (self.vectors.passages, self.vectors.phrases):
            mine = [one for one in batch if self._index_of(one) is index]
            if mine:
                index.add(
                    [one.row for one in mine], np.stack([vectors[one.digest] for one in mine])
                )

    def _index_of(self, one: Wanted) -> VectorIndex:
        return self.vectors.phrases if one.passage is None else self.vectors.passages

    def _wanted(self) -> Iterable[Wanted]:
        for header in self._catalog.articles():
            yield from self._wanted_of(header.article_id)

    def _wanted_of(self, article_id: UUID) -> Iterable[Wanted]:
        header, place = self._catalog.of(article_id), self._catalog.place(article_id)
        if header is None or place is None or not self.encoder.speaks(header.language):
            return
        for row in self._catalog.rows(article_id):
            passage = self._catalog.passage(row)
            yield Wanted(row, self._catalog.digest(row), passage, title=header.title)
        for row in self._catalog.phrases.rows(place):
            phrase = self._catalog.phrases.records[row]
            if speaks(self.encoder.languages, phrase.language):
                yield Wanted(row, phrase.digest, phrase=phrase.text, act=phrase.key)


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
