# SPDX-License-Identifier: Apache-2.0
"""How much belongs to a customer: what a merge would bring together."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Column, Connection, func, select

from agentassist.domain.merge import Holdings
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from agentassist.storage.schema.customers import contact_points, preferences
from agentassist.storage.schema.history import payment_methods, pins, promises, purchases
from agentassist.storage.schema.loops import loops

_COUNTED: dict[str, Column[UUID]] = {
    "purchases": purchases.c.customer_id,
    "promises": promises.c.customer_id,
    "preferences": preferences.c.customer_id,
    "payment_methods": payment_methods.c.customer_id,
    "pins": pins.c.customer_id,
    "loops": loops.c.customer_id,
}


def holdings(connection: Connection, customer_id: UUID) -> Holdings:
    """Count what belongs to a customer and to all who are merged with it."""
    group = Merges(connection).group(customer_id)
    counts = {name: _count(connection, column, group) for name, column in _COUNTED.items()}
    return Holdings(
        interactions=History(connection).timeline_counts(customer_id),
        contact_points=_distinct_points(connection, group),
        **counts,
    )


def _count(connection: Connection, column: Column[UUID], group: Iterable[UUID]) -> int:
    query = select(func.count()).where(column.in_(tuple(group)))
    return connection.execute(query).scalar_one()


def _distinct_points(connection: Connection, group: Iterable[UUID]) -> int:
    mine = contact_points.c.customer_id.in_(tuple(group))
    distinct = select(contact_points.c.kind, contact_points.c.value).where(mine).distinct()
    return connection.execute(select(func.count()).select_from(distinct.subquery())).scalar_one()
