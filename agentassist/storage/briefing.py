# SPDX-License-Identifier: Apache-2.0
"""What a briefing reads of a long history: the newest of each kind, never all of it.

Texts are cut in the database, and every question walks an index from its newer end, so that
a history of 100,000 interactions costs what one of 200 does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, func, select

from agentassist.domain.highlight import Complaint
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.loop import LoopKind
from agentassist.storage.merges import Merges
from agentassist.storage.rows import position_of
from agentassist.storage.schema.history import interactions
from agentassist.storage.schema.loops import loops

_TEXT = 4_000
_COLUMNS = [
    func.substr(interactions.c.text, 1, _TEXT).label("text")
    if item.name == "text"
    else interactions.c[item.name]
    for item in fields(Interaction)
]


class BriefingRows:
    """Reads on one connection for all who are one person with a customer."""

    def __init__(self, connection: Connection, customer_id: UUID) -> None:
        self._connection = connection
        self._group = Merges(connection).group(customer_id)

    def newest(
        self, channels: Iterable[Channel], since: datetime, most: int
    ) -> tuple[Interaction, ...]:
        """Return at most `most` interactions of each channel since a time, newest first."""
        found = [
            row
            for member in self._group
            for channel in channels
            for row in self._of(member, channel, since, most)
        ]
        found.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
        return tuple(Interaction(**row._asdict()) for row in found)

    def _of(self, member: UUID, channel: Channel, since: datetime, most: int) -> Iterator[Row[Any]]:
        query = (
            select(*_COLUMNS)
            .where(
                interactions.c.customer_id == member,
                interactions.c.channel == channel,
                interactions.c.position >= position_of(since),
            )
            .order_by(interactions.c.position.desc(), interactions.c.id.desc())
            .limit(most)
        )
        yield from self._connection.execute(query)

    def complaints(self, most: int) -> tuple[Complaint, ...]:
        """Return complaints that nobody confirmed as solved, the oldest first."""
        query = self._open(
            select(loops.c.origin_id, loops.c.channel, loops.c.subject, loops.c.opened_at)
        ).where(loops.c.kind == LoopKind.COMPLAINT)
        rows = self._connection.execute(query.order_by(loops.c.opened_at).limit(most))
        return tuple(Complaint(**row._asdict()) for row in rows)

    def open_loops(self) -> int:
        """Count what is not finished with the customer, promises apart."""
        return int(self._connection.execute(self._open(select(func.count()))).scalar_one())

    def _open(self, query: Select[Any]) -> Select[Any]:
        mine = loops.c.customer_id.in_(self._group)
        return query.select_from(loops).where(mine, loops.c.closed_at.is_(None))

    def of_calls(self, source: str, call_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """Map calls to the interactions that their wrap-ups left under `source`."""
        wanted = {str(call_id): call_id for call_id in call_ids}
        query = select(interactions.c.source_ref, interactions.c.id).where(
            interactions.c.source == source, interactions.c.source_ref.in_(sorted(wanted))
        )
        rows = self._connection.execute(query) if wanted else ()
        return {wanted[row.source_ref]: row.id for row in rows}
