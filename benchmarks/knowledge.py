# SPDX-License-Identifier: Apache-2.0
"""Data folders with many passages: the sample articles, really encoded, among made-up ones.

The vectors of the made-up passages and phrases are not encoded, which would take hours:
they are random unit vectors around those of the sample articles, and lie in the database
as if another desk had encoded them. A search does the same work on them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, update

from agentassist.domain.clock import utc_now
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import ArticleState, Audience, Passage
from agentassist.places import resource, samples
from agentassist.retrieval.chunker import digest_of, encoded_text
from agentassist.retrieval.encoder import Encoder
from agentassist.services.curation import import_articles
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.services.sample_data import load_sample
from agentassist.storage.database import Database, opened
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.schema.knowledge import articles, counters, passages, vectors
from agentassist.storage.vectors import Vectors
from benchmarks import models, words
from benchmarks.options import Options

_FORMAT = 3
_PASSAGES_EACH = 4
_SENTENCES = 5
_BATCH = 500
_CLOSENESS = 0.7


def prepared(options: Options, count: int) -> Path:
    """Return a data folder with the sample data and at least `count` passages.

    It is kept in the cache: copy it before changing it.
    """
    folder = options.cache / f"knowledge-{count}-v{_FORMAT}"
    if not folder.is_dir():
        making = options.folder(f"{folder.name}.making")
        _fill(making, count, models.exported(options))
        making.rename(folder)
    return folder


def copied(options: Options, count: int, target: Path) -> Path:
    """Return a copy of `prepared` that may be changed."""
    return Path(shutil.copytree(prepared(options, count), target))


def _fill(folder: Path, count: int, model: Path) -> None:
    (folder / "agentassist.db").unlink(missing_ok=True)
    with opened(f"sqlite:///{folder / 'agentassist.db'}") as database:
        database.upgrade()
        load_sample(database, resource("sample"), datetime.now(UTC))
        import_articles(database, samples())
        _open_index(database, folder, model)
        shutil.rmtree(folder / "index")
        _add_many(database, count, model)
        _open_index(database, folder, model)


def _open_index(database: Database, folder: Path, model: Path) -> None:
    index = KnowledgeIndex(database, folder / "index", lambda: Encoder.open(model), utc_now)
    index.open()
    index.load_model()
    index.update()
    index.rebuild()
    index.close()


def _add_many(database: Database, count: int, model: Path) -> None:
    encoder = Encoder.open(model)
    made_up = _MadeUp(words.Sentences(words.english()), encoder.digest)
    with database.transaction() as connection:
        made_up.centres = Vectors(connection).load(encoder.digest)[1]
        missing = count - Knowledge(connection).count_passages()
        rows = made_up.articles(max(0, -(-missing // _PASSAGES_EACH)))
        while batch := list(islice(rows, _BATCH)):
            made_up.store(connection, batch)
        connection.execute(update(counters).values(value=counters.c.value + 1))
    encoder.close()


class _MadeUp:
    """Makes articles with their passages; `centres` are the vectors to scatter around."""

    def __init__(self, sentences: words.Sentences, model_digest: str) -> None:
        self._sentences = sentences
        self._model = model_digest
        self._random = np.random.default_rng(7)
        self.centres = np.zeros((1, 1), dtype=np.float32)

    def articles(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield rows of the table of articles."""
        for number in range(count):
            yield {
                "id": new_id(),
                "key": f"made-up-{number}",
                "title": f"{self._sentences.one()} ({number})?",
                "body": "",
                "language": "en",
                "audience": Audience.PUBLIC,
                "state": ArticleState.PUBLISHED,
                "labels": [],
                "products": [],
                "questions": [f"{self._sentences.one()} {number}"],
                "short_answer": "",
                "owner": "",
                "version": 1,
                "extra": {},
                "digest": "",
            }

    def store(self, connection: Connection, batch: list[dict[str, Any]]) -> None:
        """Insert articles, their passages, and a vector for each passage and phrase."""
        made = [passage for row in batch for passage in self._passages(row)]
        digests = {one.digest for one in made}
        digests |= {digest_of(text) for row in batch for text in (row["title"], *row["questions"])}
        connection.execute(insert(articles), batch)
        connection.execute(insert(passages), [asdict(one) for one in made])
        scattered = zip(sorted(digests), self._scattered(len(digests)), strict=True)
        connection.execute(insert(vectors), [self._vector_row(*one) for one in scattered])

    def _passages(self, row: dict[str, Any]) -> Iterator[Passage]:
        for ordinal in range(_PASSAGES_EACH):
            text = self._sentences.several(_SENTENCES)
            digest = digest_of(encoded_text(row["title"], "", text))
            yield Passage(new_id(), row["id"], ordinal, "", text, digest)

    def _scattered(self, count: int) -> np.ndarray:
        chosen = self.centres[self._random.integers(len(self.centres), size=count)]
        noise = self._random.normal(size=chosen.shape).astype(np.float32)
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        mixed = _CLOSENESS * chosen + (1 - _CLOSENESS**2) ** 0.5 * noise
        unit: np.ndarray = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit

    def _vector_row(self, digest: str, vector: np.ndarray) -> dict[str, object]:
        stored = vector.astype("<f4").tobytes()
        return {"model_digest": self._model, "digest": digest, "vector": stored}
