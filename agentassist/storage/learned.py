# SPDX-License-Identifier: Apache-2.0
"""What agents made of suggestions, as far as the search learns from it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, func, select

from agentassist.domain.knowledge import Feedback, FeedbackKind
from agentassist.storage.rows import by_ids
from agentassist.storage.schema.knowledge import feedback

LEARNED = (FeedbackKind.LINKED, FeedbackKind.USED, FeedbackKind.NOT_RELEVANT)
_MOST = 20_000


class Learned:
    """Reads acts on one connection; they are append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> int:
        """Return a number that grows with every act that the search learns from."""
        query = select(func.count()).where(feedback.c.kind.in_(LEARNED))
        return self._connection.execute(query).scalar_one()

    def acts(self, limit: int = _MOST) -> tuple[Feedback, ...]:
        """Return the newest acts that the search learns from, the oldest of them first."""
        query = select(feedback).where(feedback.c.kind.in_(LEARNED), feedback.c.query != "")
        newest = query.order_by(feedback.c.at.desc(), feedback.c.id.desc()).limit(limit)
        rows = self._connection.execute(newest).all()
        return tuple(Feedback(**row._asdict()) for row in reversed(rows))

    def texts(self, acts: Iterable[UUID]) -> dict[UUID, str]:
        """Return what was said when these acts were done."""
        return {row.id: row.query for row in by_ids(self._connection, feedback.c.id, set(acts))}
