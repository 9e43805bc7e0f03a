# SPDX-License-Identifier: Apache-2.0
"""Past decisions in order, read as they come."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from agentassist.domain.verdict import Decision
from agentassist.storage.rows import streamed
from agentassist.storage.schema.calls import decisions


def decided_since(connection: Connection, since: datetime | None) -> Iterator[Decision]:
    """Yield decisions from a time on (None: all), oldest first."""
    query = select(decisions)
    if since is not None:
        query = query.where(decisions.c.at >= since)
    for row in streamed(connection, query.order_by(decisions.c.at, decisions.c.id)):
        yield Decision(**row._asdict())


def count_since(connection: Connection, since: datetime | None) -> int:
    """Return how many decisions there are from a time on."""
    query = select(func.count()).select_from(decisions)
    if since is not None:
        query = query.where(decisions.c.at >= since)
    return connection.execute(query).scalar_one()
