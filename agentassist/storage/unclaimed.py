# SPDX-License-Identifier: Apache-2.0
"""Calls and contacts that are nobody's so far, to be found again when a number is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Text, or_, select, type_coerce

from agentassist.domain.history import Channel
from agentassist.storage.rows import chunks, streamed
from agentassist.storage.schema.calls import calls
from agentassist.storage.schema.history import interactions

_BY_TELEPHONE = (Channel.CALL, Channel.SMS)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A call or an interaction of nobody, and the texts that may name its number."""

    id: UUID
    numbers: tuple[str, ...]


class UnclaimedContacts:
    """Reads what has no customer on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def calls(self, digits: str) -> Iterator[Unclaimed]:
        """Yield the calls of nobody from a number that holds these digits side by side."""
        query = select(calls.c.id, calls.c.remote).where(
            calls.c.customer_id.is_(None), calls.c.remote.contains(digits, autoescape=True)
        )
        for row in streamed(self._connection, query):
            yield Unclaimed(row.id, (row.remote,))

    def contacts(self, digits: str) -> Iterator[Unclaimed]:
        """Yield calls and messages of nobody whose author or attributes hold these digits."""
        columns = (interactions.c.author, interactions.c.attributes)
        plain = (type_coerce(column, Text) for column in columns)
        holds = or_(*(column.contains(digits, autoescape=True) for column in plain))
        query = select(interactions.c.id, *columns).where(
            interactions.c.customer_id.is_(None), interactions.c.channel.in_(_BY_TELEPHONE), holds
        )
        for row in streamed(self._connection, query):
            yield Unclaimed(row.id, (row.author, *map(str, row.attributes.values())))

    def of_calls(self, source: str, references: Iterable[str]) -> tuple[UUID, ...]:
        """Return the interactions of nobody that `source` made of these."""
        query = select(interactions.c.id).where(
            interactions.c.source == source, interactions.c.customer_id.is_(None)
        )
        return tuple(
            key
            for chunk in chunks(references)
            for key in self._connection.execute(
                query.where(interactions.c.source_ref.in_(chunk))
            ).scalars()
        )
