# SPDX-License-Identifier: Apache-2.0
"""Vectors of passages, by the model that made them and the text they stand for."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, delete, func, select

from agentassist.domain.knowledge import ArticleState, Unencoded
from agentassist.storage.rows import chunks, insert_new, streamed
from agentassist.storage.schema.knowledge import articles, passages, vectors

_STORED = np.dtype("<f4")

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

    def named(self, model_digest: str, digests: Iterable[str]) -> dict[str, Floats]:
        """Return the vectors of these texts that are there, by their digests."""
        mine = vectors.c.model_digest == model_digest
        found: dict[str, Floats] = {}
        for chunk in chunks(digests):
            query = select(vectors.c.digest, vectors.c.vector)
            for row in self._connection.execute(query.where(mine, vectors.c.digest.in_(chunk))):
                found[row.digest] = np.frombuffer(row.vector, dtype=_STORED)
        return found

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


def _row(model_digest: str, digest: str, vector: Floats) -> dict[str, object]:
    stored = np.ascontiguousarray(vector, dtype=_STORED).tobytes()
    return {"model_digest": model_digest, "digest": digest, "vector": stored}
