# SPDX-License-Identifier: Apache-2.0
"""Vectors of passages, by the model that made them and the text they stand for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, and_, delete, func, select

from agentassist.domain.knowledge import ArticleState, Unencoded
from agentassist.storage.rows import chunks, insert_new, streamed
from agentassist.storage.schema.knowledge import articles, passages, vectors

_STORED = np.dtype("<f4")

_FEWEST_TO_READ_ALL = 2_000
_TIMES_SLOWER = 3  # to look a vector up than to read past it, as measured on SQLite

Floats = NDArray[np.float32]


class Vectors:
    """Reads and writes vectors on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, model_digest: str) -> tuple[list[str], Floats]:
        """Return the vectors of all passages that can be found, and their digests.

        Returns:
            n digests in ascending order, and an array float32 [n, d] in the same order;
            [0, 0] when nothing is encoded yet.
        """
        mine = vectors.c.model_digest == model_digest
        used = select(passages.c.digest).join(articles).where(_findable())
        wanted = (mine, vectors.c.digest.in_(used))
        count, size = self._connection.execute(
            select(func.count(), func.max(func.length(vectors.c.vector))).where(*wanted)
        ).one()
        width = (size or 0) // _STORED.itemsize
        loaded = np.empty((count, width), dtype=np.float32)
        digests: list[str] = []
        query = select(vectors.c.digest, vectors.c.vector).where(*wanted)
        for row in streamed(self._connection, query.order_by(vectors.c.digest)):
            loaded[len(digests)] = np.frombuffer(row.vector, dtype=_STORED)
            digests.append(row.digest)
        return digests, loaded

    def named(self, model_digest: str, digests: Collection[str]) -> Iterator[dict[str, Floats]]:
        """Yield the vectors of these texts that are there by their digests, a chunk at a time.

        Read them inside the transaction: a million of them are never held at once.
        """
        if self._is_much(len(digests)):
            yield from map(_by_digest, chunks(self._read_past(model_digest, digests)))
            return
        query = select(vectors.c.digest, vectors.c.vector)
        mine = query.where(vectors.c.model_digest == model_digest)
        for some in chunks(sorted(digests)):
            yield _by_digest(self._connection.execute(mine.where(vectors.c.digest.in_(some))))

    def _is_much(self, wanted: int) -> bool:
        """Tell whether reading the whole table is faster than looking these up."""
        if wanted < _FEWEST_TO_READ_ALL:
            return False
        query = select(func.count()).select_from(vectors)
        return wanted * _TIMES_SLOWER > self._connection.execute(query).scalar_one()

    def _read_past(self, model_digest: str, digests: Collection[str]) -> Iterator[Row[Any]]:
        """Yield rows as they lie on the disk; by the index SQLite takes three times as long."""
        wanted = digests if isinstance(digests, Set) else set(digests)
        no_index = vectors.c.model_digest.concat("") == model_digest
        query = select(vectors.c.digest, vectors.c.vector).where(no_index)
        return (row for row in streamed(self._connection, query) if row.digest in wanted)

    def missing(self, model_digest: str, limit: int | None = None) -> tuple[Unencoded, ...]:
        """Return the texts that this model has not encoded yet, each once, oldest first."""
        encoded = and_(
            vectors.c.digest == passages.c.digest, vectors.c.model_digest == model_digest
        )
        query = (
            select(passages.c.digest, articles.c.title, passages.c.heading, passages.c.text)
            .join(articles)
            .outerjoin(vectors, encoded)
            .where(vectors.c.digest.is_(None), _findable())
            .order_by(passages.c.id)
        )
        found: dict[str, Unencoded] = {}
        for row in streamed(self._connection, query):
            found.setdefault(row.digest, Unencoded(**row._asdict()))
            if len(found) == limit:
                break
        return tuple(found.values())

    def store(self, model_digest: str, given: Mapping[str, Floats]) -> int:
        """Keep vectors, one per digest; those that are there stay as they are.

        Returns:
            How many were new.
        """
        return sum(
            insert_new(self._connection, vectors, [_row(model_digest, *item) for item in chunk])
            for chunk in chunks(given.items())
        )

    def drop_unused(self, model_digests: Iterable[str]) -> int:
        """Delete vectors of other models, and of texts that no passage has any more."""
        kept = vectors.c.model_digest.in_(list(model_digests))
        used = vectors.c.digest.in_(select(passages.c.digest))
        return self._connection.execute(delete(vectors).where(~(kept & used))).rowcount


def _findable() -> Any:
    return articles.c.state == ArticleState.PUBLISHED


def _by_digest(rows: Iterable[Row[Any]]) -> dict[str, Floats]:
    return {row.digest: np.frombuffer(row.vector, dtype=_STORED) for row in rows}


def _row(model_digest: str, digest: str, vector: Floats) -> dict[str, object]:
    stored = np.ascontiguousarray(vector, dtype=_STORED).tobytes()
    return {"model_digest": model_digest, "digest": digest, "vector": stored}
