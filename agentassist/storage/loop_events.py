# SPDX-License-Identifier: Apache-2.0
"""Interactions as the events that open and close loops."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.loop import Event
from agentassist.domain.loop_reading import read_event
from agentassist.domain.loop_words import LOOKED_AT
from agentassist.storage.merges import Merges
from agentassist.storage.rows import UNKNOWN_TIME, chunks, position_of, streamed
from agentassist.storage.schema.history import interactions

SPOKEN = (Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.SOCIAL)
"""The channels on which somebody can be kept waiting."""
_COLUMNS = [
    func.substr(interactions.c.text, 1, LOOKED_AT).label("text")
    if item.name == "text"
    else interactions.c[item.name]
    for item in fields(Interaction)
]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose loops are looked at: the events of these from `since` on (None: from the first).

    `people` maps every customer to the one it is now part of. `conversations` and `loose`
    are those, and single interactions, that belong to nobody known.
    """

    people: Mapping[UUID, UUID] = field(default_factory=dict)
    conversations: frozenset[UUID] = frozenset()
    loose: frozenset[UUID] = frozenset()
    since: datetime | None = None


class LoopEvents:
    """Reads events on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, scope: Scope, conversations: Iterable[UUID] = ()) -> list[Event]:
        """Return the events of a scope, and those of others in the same conversations."""
        found: dict[UUID, Event] = {}
        for chunk in chunks(scope.people):
            query = _from(scope.since).where(interactions.c.customer_id.in_(chunk))
            self._take(query, scope.people, found)
        for chunk in chunks(scope.loose):
            self._take(_from(scope.since).where(interactions.c.id.in_(chunk)), {}, found)
        shared = {item.conversation_id for item in found.values() if item.conversation_id}
        self._take_others(scope, shared | scope.conversations | set(conversations), found)
        return list(found.values())

    def _take_others(
        self, scope: Scope, conversations: set[UUID], found: dict[UUID, Event]
    ) -> None:
        theirs = interactions.c.conversation_id
        rows: list[Interaction] = []
        for chunk in chunks(conversations):
            query = _from(scope.since).where(theirs.in_(chunk))
            rows += (
                item
                for item in self._rows(query)
                if item.id not in found and item.customer_id not in scope.people
            )
        owners = {item.customer_id for item in rows if item.customer_id}
        people = Merges(self._connection).survivors(owners)
        for item in rows:
            _keep(item, people, found)

    def _take(
        self, query: Select[Any], people: Mapping[UUID, UUID], found: dict[UUID, Event]
    ) -> None:
        for item in self._rows(query):
            _keep(item, people, found)

    def _rows(self, query: Select[Any]) -> Iterator[Interaction]:
        for row in streamed(self._connection, query):
            yield Interaction(**row._asdict())


def _keep(item: Interaction, people: Mapping[UUID, UUID], found: dict[UUID, Event]) -> None:
    person = people.get(item.customer_id, item.customer_id) if item.customer_id else None
    if event := read_event(item, person):
        found[item.id] = event


def _from(since: datetime | None) -> Select[Any]:
    begin = UNKNOWN_TIME + 1 if since is None else position_of(since)
    return select(*_COLUMNS).where(
        interactions.c.position >= begin,
        interactions.c.channel.in_(SPOKEN),
        interactions.c.direction != Direction.INTERNAL,
    )
