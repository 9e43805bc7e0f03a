# SPDX-License-Identifier: Apache-2.0
"""What stays in sight on a customer's timeline until somebody takes it away."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from agentassist.domain.history import Interaction, Pin, PinnedEntry
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks, upsert
from agentassist.storage.schema.history import interactions, pins

_PIN = tuple(pins.c[item.name] for item in fields(Pin))
_ENTRY = tuple(interactions.c[item.name] for item in fields(Interaction))
_SHOWN = 50


class Pins:
    """Reads and writes pins on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pin: Pin) -> None:
        """Pin an interaction; a second pin on the same takes the place of the first."""
        upsert(self._connection, pins, asdict(pin))

    def remove(self, interaction_id: UUID) -> Pin | None:
        """Take a pin away and return it, so that it can be put back; None when there is none."""
        query = select(*_PIN).where(pins.c.interaction_id == interaction_id)
        row = self._connection.execute(query).one_or_none()
        self._connection.execute(delete(pins).where(pins.c.interaction_id == interaction_id))
        return Pin(**row._asdict()) if row else None

    def of(self, customer_id: UUID) -> tuple[PinnedEntry, ...]:
        """Return what is pinned of a customer and of all who are the same person, newest first."""
        group = Merges(self._connection).group(customer_id)
        query = (
            select(*_PIN, *(column.label(f"i_{column.name}") for column in _ENTRY))
            .join(interactions, interactions.c.id == pins.c.interaction_id)
            .where(pins.c.customer_id.in_(group), interactions.c.customer_id.in_(group))
            .order_by(pins.c.pinned_at.desc(), pins.c.interaction_id.desc())
            .limit(_SHOWN)
        )
        return tuple(_entry(row._asdict()) for row in self._connection.execute(query))

    def follow(self, interaction_ids: Iterable[UUID], customer_id: UUID) -> None:
        """Give the pins of interactions that were moved to their new customer."""
        for chunk in chunks(interaction_ids):
            mine = pins.c.interaction_id.in_(chunk)
            self._connection.execute(update(pins).where(mine).values(customer_id=customer_id))


def _entry(row: dict[str, object]) -> PinnedEntry:
    entry = {name[2:]: value for name, value in row.items() if name.startswith("i_")}
    pin = {item.name: row[item.name] for item in fields(Pin)}
    return PinnedEntry(Pin(**pin), Interaction(**entry))  # type: ignore[arg-type]  # as selected
