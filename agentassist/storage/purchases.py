# SPDX-License-Identifier: Apache-2.0
"""Purchases with their lines, and how customers pay."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select, update

from agentassist.domain.history import PaymentMethod, Purchase, PurchaseLine
from agentassist.storage.merges import Merges
from agentassist.storage.rows import (
    by_ids,
    chunks,
    insert_new,
    known_references,
    money,
    money_columns,
    position_of,
)
from agentassist.storage.schema.history import payment_methods, purchase_lines, purchases

_PLAIN = (
    "id",
    "customer_id",
    "order_number",
    "shown",
    "status",
    "payment",
    "ordered_at",
    "source",
    "source_ref",
    "delivered_at",
)
_PAYMENT_PLAIN = ("id", "customer_id", "kind", "brand", "last_four", "source", "source_ref")


class Purchases:
    """Reads and writes purchases on one connection; `History` speaks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, given: Iterable[Purchase]) -> int:
        """Insert purchases that are not there yet, by id and by (source, source_ref)."""
        return sum(self._add_chunk(chunk) for chunk in chunks(given))

    def _add_chunk(self, given: Sequence[Purchase]) -> int:
        before = self._present(given)
        new = {item.id: item for item in given if item.id not in before}
        insert_new(self._connection, purchases, [_row(item) for item in new.values()])
        added = self._present(list(new.values()))
        rows = [
            row
            for key in added
            for ordinal, line in enumerate(new[key].lines)
            for row in [_line_row(key, new[key].customer_id, ordinal, line)]
        ]
        insert_new(self._connection, purchase_lines, rows)
        return len(added)

    def _present(self, given: Sequence[Purchase]) -> set[UUID]:
        query = select(purchases.c.id).where(purchases.c.id.in_([item.id for item in given]))
        return set(self._connection.execute(query).scalars()) if given else set()

    def add_lines(self, lines: Mapping[UUID, Sequence[PurchaseLine]]) -> int:
        """Add the lines that a purchase does not have yet; two equal lines are two."""
        rows: list[dict[str, Any]] = []
        known = self._lines(lines)
        for row in list(by_ids(self._connection, purchases.c.id, lines)):
            mine = known.get(row.id, [])
            missing = Counter(lines[row.id]) - Counter(mine)
            for ordinal, line in enumerate(missing.elements(), len(mine)):
                rows.append(_line_row(row.id, row.customer_id, ordinal, line))
        return insert_new(self._connection, purchase_lines, rows)

    def _lines(self, purchase_ids: Iterable[UUID]) -> dict[UUID, list[PurchaseLine]]:
        rows = by_ids(self._connection, purchase_lines.c.purchase_id, purchase_ids)
        found: dict[UUID, list[PurchaseLine]] = {}
        for row in sorted(rows, key=lambda row: row.ordinal):
            found.setdefault(row.purchase_id, []).append(_line(row))
        return found

    def ids(self, source: str, references: Iterable[str]) -> dict[str, UUID]:
        """Map keys in `source` to the ids of the purchases they became."""
        pairs = ((source, reference) for reference in references)
        rows = known_references(self._connection, purchases, pairs)
        return {reference: row.id for (_, reference), row in rows.items()}

    def by_references(self, source: str, references: Iterable[str]) -> dict[str, Purchase]:
        """Return purchases with their lines by their keys in `source`."""
        pairs = ((source, reference) for reference in references)
        rows = known_references(self._connection, purchases, pairs)
        lines = self._lines(row.id for row in rows.values())
        return {key: _purchase(row, lines.get(row.id, ())) for (_, key), row in rows.items()}

    def update(self, changed: Iterable[Purchase]) -> None:
        """Overwrite everything but the lines of purchases that are there."""
        for item in changed:
            statement = update(purchases).where(purchases.c.id == item.id)
            self._connection.execute(statement.values(_row(item)))

    def of(self, customer_id: UUID, limit: int) -> tuple[Purchase, ...]:
        """Return the newest purchases of a customer; those without a time come last."""
        group = Merges(self._connection).group(customer_id)
        query = (
            select(purchases)
            .where(purchases.c.customer_id.in_(group))
            .order_by(purchases.c.position.desc(), purchases.c.id.desc())
            .limit(limit)
        )
        rows = self._connection.execute(query).all()
        lines = self._lines(row.id for row in rows)
        return tuple(_purchase(row, lines.get(row.id, ())) for row in rows)

    def customers_by_number(self, number: str) -> tuple[UUID, ...]:
        """Return the customers who have a purchase with this normalised number."""
        query = select(purchases.c.customer_id).where(purchases.c.order_number == number)
        found = self._connection.execute(query.distinct()).scalars()
        return tuple(dict.fromkeys(Merges(self._connection).survivors(sorted(found)).values()))

    def add_payment_methods(self, given: Iterable[PaymentMethod]) -> int:
        """Insert payment methods that are not there yet."""
        return sum(
            insert_new(self._connection, payment_methods, [_payment_row(item) for item in chunk])
            for chunk in chunks(given)
        )

    def payments_by_reference(
        self, source: str, references: Iterable[str]
    ) -> dict[str, PaymentMethod]:
        """Return payment methods by their keys in `source`."""
        pairs = ((source, reference) for reference in references)
        rows = known_references(self._connection, payment_methods, pairs)
        return {reference: _payment(row) for (_, reference), row in rows.items()}

    def update_payment_methods(self, changed: Iterable[PaymentMethod]) -> None:
        """Overwrite payment methods that are there."""
        for item in changed:
            statement = update(payment_methods).where(payment_methods.c.id == item.id)
            self._connection.execute(statement.values(_payment_row(item)))

    def payment_methods(self, customer_id: UUID) -> tuple[PaymentMethod, ...]:
        """Return how a customer pays, in the order it became known."""
        group = Merges(self._connection).group(customer_id)
        query = select(payment_methods).where(payment_methods.c.customer_id.in_(group))
        rows = self._connection.execute(query.order_by(payment_methods.c.id))
        return tuple(_payment(row) for row in rows)


def _row(item: Purchase) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in _PLAIN}
    return row | money_columns("total", item.total) | {"position": position_of(item.ordered_at)}


def _purchase(row: Row[Any], lines: Iterable[PurchaseLine]) -> Purchase:
    given = {name: getattr(row, name) for name in _PLAIN}
    total = money(row.total_minor, row.total_currency)
    return Purchase(**given, total=total, lines=tuple(lines))


def _line_row(
    purchase_id: UUID, customer_id: UUID, ordinal: int, line: PurchaseLine
) -> dict[str, Any]:
    return {
        "purchase_id": purchase_id,
        "customer_id": customer_id,
        "ordinal": ordinal,
        "name": line.name,
        "item_ref": line.item_ref,
        "quantity": line.quantity,
        "options": line.options,
    } | money_columns("price", line.price)


def _line(row: Row[Any]) -> PurchaseLine:
    price = money(row.price_minor, row.price_currency)
    return PurchaseLine(row.name, row.item_ref, price, row.quantity, row.options)


def _payment_row(item: PaymentMethod) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in _PAYMENT_PLAIN}
    return row | money_columns("balance", item.balance)


def _payment(row: Row[Any]) -> PaymentMethod:
    given = {name: getattr(row, name) for name in _PAYMENT_PLAIN}
    return PaymentMethod(**given, balance=money(row.balance_minor, row.balance_currency))
