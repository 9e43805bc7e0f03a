# SPDX-License-Identifier: Apache-2.0
"""Interactions, conversations and promises: what happened, and what is still owed.

Merged customers have one history: every reading question is asked of all who are one
person, and the answers are merged by time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update

from agentassist.domain.history import (
    Channel,
    Conversation,
    Interaction,
    PaymentMethod,
    Purchase,
    PurchaseLine,
    TimelineFilter,
    TimelinePage,
)
from agentassist.domain.promise import Promise
from agentassist.errors import UserError
from agentassist.storage.merges import Merges
from agentassist.storage.purchases import Purchases
from agentassist.storage.rows import chunks, insert_new, position_of
from agentassist.storage.schema.history import conversations, interactions, promises
from agentassist.storage.timeline_pages import TimelinePages
from agentassist.storage.timeline_plan import span

_FIELDS = tuple(item.name for item in fields(Interaction))
_COLUMNS = [interactions.c[name] for name in _FIELDS]


class History:
    """Reads and writes a customer's history on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._purchases = Purchases(connection)

    # Interactions: append-only

    def add_interactions(self, given: Iterable[Interaction]) -> int:
        """Insert what is not there yet, by id and by (source, source_ref).

        Returns:
            How many were inserted.
        """
        return sum(
            insert_new(self._connection, interactions, [_row(item) for item in chunk])
            for chunk in chunks(given)
        )

    def interaction(self, interaction_id: UUID) -> Interaction | None:
        """Return one interaction."""
        query = select(*_COLUMNS).where(interactions.c.id == interaction_id)
        row = self._connection.execute(query).one_or_none()
        return Interaction(**row._asdict()) if row else None

    def of_conversation(self, conversation_id: UUID) -> tuple[Interaction, ...]:
        """Return the interactions of a conversation, whoever they belong to, oldest first."""
        query = select(*_COLUMNS).where(interactions.c.conversation_id == conversation_id)
        rows = self._connection.execute(query.order_by(interactions.c.position, interactions.c.id))
        return tuple(Interaction(**row._asdict()) for row in rows)

    def many(self, interaction_ids: Iterable[UUID]) -> tuple[Interaction, ...]:
        """Return interactions by their ids, in any order."""
        return tuple(
            Interaction(**row._asdict())
            for chunk in chunks(interaction_ids)
            for row in self._connection.execute(
                select(*_COLUMNS).where(interactions.c.id.in_(chunk))
            )
        )

    def timeline_counts(
        self, customer_id: UUID, since: datetime | None = None, until: datetime | None = None
    ) -> dict[Channel, int]:
        """Count the interactions of a customer by channel; channels without any are left out."""
        group = Merges(self._connection).group(customer_id)
        query = (
            select(interactions.c.channel, func.count())
            .where(interactions.c.customer_id.in_(group), *span(since, until))
            .group_by(interactions.c.channel)
        )
        counts = {row[0]: row[1] for row in self._connection.execute(query)}
        return {channel: counts[channel] for channel in Channel if channel in counts}

    def counts_up_to(self, customer_id: UUID, limit: int) -> dict[Channel, int]:
        """Count as `timeline_counts` does, but no further than `limit` in each channel.

        This takes the same time for any length of a history.
        """
        group = Merges(self._connection).group(customer_id)
        mine = interactions.c.customer_id.in_(group)
        counted = [
            select(func.count())
            .select_from(
                select(interactions.c.channel)
                .where(mine, interactions.c.channel == channel)
                .limit(limit)
                .subquery()
            )
            .scalar_subquery()
            for channel in Channel
        ]
        row = self._connection.execute(select(*counted)).one()
        return {channel: count for channel, count in zip(Channel, row, strict=True) if count}

    def page(
        self,
        customer_id: UUID,
        chosen: TimelineFilter = TimelineFilter(),  # noqa: B008  # it is frozen
        older: str | None = None,
        size: int = 60,
    ) -> TimelinePage:
        """Return the stretch of a history after the cursor, newest first.

        What has no time comes last. Every interaction that was there when paging began
        is on exactly one page, whatever arrives meanwhile.

        Raises:
            UserError: `older` is no cursor that a page carried.
        """
        return TimelinePages(self._connection, customer_id).older(chosen, older, size)

    def add_conversation(self, conversation: Conversation) -> None:
        """Insert a conversation; one that is there already stays as it is."""
        insert_new(self._connection, conversations, [asdict(conversation)])

    def conversation(self, conversation_id: UUID) -> Conversation | None:
        """Return one conversation."""
        query = select(conversations).where(conversations.c.id == conversation_id)
        row = self._connection.execute(query).one_or_none()
        return Conversation(**row._asdict()) if row else None

    # Purchases

    def add_purchases(self, given: Iterable[Purchase]) -> int:
        """Insert purchases with their lines, those that are not there yet."""
        return self._purchases.add(given)

    def add_lines(self, lines: dict[UUID, Sequence[PurchaseLine]]) -> int:
        """Add lines to purchases by their ids; lines that are there already are kept."""
        return self._purchases.add_lines(lines)

    def purchases(self, customer_id: UUID, limit: int = 20) -> tuple[Purchase, ...]:
        """Return the newest purchases of a customer."""
        return self._purchases.of(customer_id, limit)

    def purchase_ids(self, source: str, references: Iterable[str]) -> dict[str, UUID]:
        """Map the keys that purchases have in `source` to their ids."""
        return self._purchases.ids(source, references)

    def by_order_number(self, number: str) -> tuple[UUID, ...]:
        """Return the customers who have a purchase with this normalised number."""
        return self._purchases.customers_by_number(number)

    def add_payment_methods(self, given: Iterable[PaymentMethod]) -> int:
        """Insert payment methods, those that are not there yet."""
        return self._purchases.add_payment_methods(given)

    def payment_methods(self, customer_id: UUID) -> tuple[PaymentMethod, ...]:
        """Return how a customer pays."""
        return self._purchases.payment_methods(customer_id)

    # Promises

    def promises(self, customer_id: UUID, *, open_only: bool = True) -> tuple[Promise, ...]:
        """Return what a customer was promised, the first due first."""
        group = Merges(self._connection).group(customer_id)
        query = select(promises).where(promises.c.customer_id.in_(group))
        if open_only:
            query = query.where(promises.c.kept_at.is_(None))
        query = query.order_by(promises.c.due_at, promises.c.id)
        return tuple(Promise(**row._asdict()) for row in self._connection.execute(query))

    def add_promise(self, promise: Promise) -> None:
        """Insert a promise; the same one twice is one."""
        insert_new(self._connection, promises, [asdict(promise)])

    def drop_promise(self, promise_id: UUID) -> None:
        """Take a promise away that was made by mistake; one that was kept stays."""
        mine = promises.c.id == promise_id
        self._connection.execute(delete(promises).where(mine, promises.c.kept_at.is_(None)))

    def keep_promise(self, promise_id: UUID, at: datetime) -> None:
        """Mark a promise as kept; the first time counts.

        Raises:
            UserError: there is no such promise.
        """
        mine = promises.c.id == promise_id
        if self._connection.execute(select(promises.c.id).where(mine)).one_or_none() is None:
            raise UserError("This promise is no longer there. Open the customer again.")
        still_open = promises.c.kept_at.is_(None)
        self._connection.execute(update(promises).where(mine, still_open).values(kept_at=at))


def _row(item: Interaction) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in _FIELDS}
    return row | {"position": position_of(item.occurred_at)}
