# SPDX-License-Identifier: Apache-2.0
"""Customers, how they are reached and what they like. Merged records are read as one."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Preference
from agentassist.domain.merge import FIELDS as MERGED_FIELDS
from agentassist.domain.merge import Join, united, value_owner
from agentassist.domain.names import name_key
from agentassist.storage.merges import Merges
from agentassist.storage.rows import by_ids, insert_new, known_references
from agentassist.storage.saving import SaveOutcome
from agentassist.storage.schema.customers import (
    NAME_LENGTH,
    TAIL_DIGITS,
    contact_points,
    customers,
    merges,
    preferences,
)
from agentassist.storage.schema.types import clean

_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one customer that was saved: its stored id, new or not."""

    id: UUID
    outcome: SaveOutcome


class Customers:
    """Reads and writes customers on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Writing

    def add(self, customer: Customer) -> None:
        """Insert a customer with its contact points."""
        self._insert([customer])

    def save(self, customer: Customer) -> UUID:
        """Insert a customer, or update the one that came from the same record."""
        return self.save_all([customer])[0].id

    def save_all(self, given: Sequence[Customer]) -> tuple[Saved, ...]:
        """Insert or update many by (source, source_ref), in the order given.

        An update overwrites fields and adds contact points; it never takes one away,
        because an agent may have added it.
        """
        stored = self._by_reference(given)
        new: list[Customer] = []
        saved: list[Saved] = []
        for customer in given:
            reference = (customer.source, customer.source_ref)
            known = stored.get(reference) if customer.source_ref else None
            if known is None:
                new.append(customer)
                saved.append(Saved(customer.id, SaveOutcome.NEW))
            else:
                saved.append(self._update(known, customer, new))
            stored[reference] = _joined(replace(customer, id=saved[-1].id), known)
        self._flush(new)
        return tuple(saved)

    def _by_reference(self, given: Iterable[Customer]) -> dict[tuple[str, str], Customer]:
        references = ((customer.source, customer.source_ref) for customer in given)
        rows = known_references(self._connection, customers, references).values()
        own = {row.id: row.id for row in rows}
        return {(item.source, item.source_ref): item for item in self._read(rows, own)}

    def _flush(self, new: list[Customer]) -> None:
        self._insert(new)
        new.clear()

    def _insert(self, new: Sequence[Customer]) -> None:
        if new:
            self._connection.execute(insert(customers), [_row(customer) for customer in new])
            points = [row for customer in new for row in _point_rows(customer)]
            insert_new(self._connection, contact_points, points)

    def _update(self, known: Customer, given: Customer, new: list[Customer]) -> Saved:
        """Overwrite `known`, which may be one of the `new` ones that are not inserted yet."""
        wanted = _joined(replace(given, id=known.id), known)
        if wanted == known:
            return Saved(known.id, SaveOutcome.UNCHANGED)
        self._flush(new)
        row = _row(wanted)
        self._connection.execute(update(customers).where(customers.c.id == known.id).values(row))
        insert_new(self._connection, contact_points, list(_point_rows(wanted)))
        return Saved(known.id, SaveOutcome.UPDATED)

    def add_point(self, customer_id: UUID, point: ContactPoint) -> bool:
        """Add a contact point after the others; one that is there already stays as it is.

        Returns:
            Whether it was added.
        """
        survivor = Merges(self._connection).survivor(customer_id)
        mine = contact_points.c.customer_id == survivor
        last = self._connection.execute(
            select(func.max(contact_points.c.ordinal)).where(mine)
        ).scalar()
        row = _point_row(survivor, 0 if last is None else last + 1, point)
        return insert_new(self._connection, contact_points, [row]) > 0

    def add_preference(self, preference: Preference) -> None:
        """Insert a preference."""
        insert_new(self._connection, preferences, [asdict(preference)])

    # Reading

    def get(self, customer_id: UUID) -> Customer | None:
        """Return a customer, or the one it was merged into; None when there is none."""
        return next(iter(self.many([customer_id])), None)

    def many(self, customer_ids: Iterable[UUID]) -> tuple[Customer, ...]:
        """Return customers in the order of `customer_ids`, each person once."""
        merged = Merges(self._connection)
        wanted = dict.fromkeys(merged.survivors(customer_ids).values())
        owners = merged.members(wanted)
        joins = merged.joins(owners) if len(owners) > len(wanted) else []
        records = {row.id: row for row in by_ids(self._connection, customers.c.id, owners)}
        rows = (records[key] for key in wanted if key in records)
        return tuple(_chosen(item, records, joins) for item in self._read(rows, owners))

    def by_point(self, kind: ContactKind, value: str) -> tuple[Customer, ...]:
        """Return who is reached by exactly this normalised value."""
        return self._reached_by(contact_points.c.kind == kind, contact_points.c.value == value)

    def by_phone_suffix(self, digits: str) -> tuple[Customer, ...]:
        """Return whose phone ends in these digits; at most the last eight are compared."""
        start = tail_of(digits)
        if start is None or len(start) < _FEWEST_DIGITS:
            return ()
        return self._reached_by(contact_points.c.tail.between(start, start.ljust(TAIL_DIGITS, "9")))

    def _reached_by(self, *conditions: ColumnElement[bool]) -> tuple[Customer, ...]:
        query = select(contact_points.c.customer_id).where(*conditions).distinct()
        return self.many(sorted(self._connection.execute(query).scalars()))

    def by_name(self, name: str) -> tuple[Customer, ...]:
        """Return who has this name, whatever its case or width."""
        query = select(customers.c.id).where(customers.c.name_folded == fold(name))
        return self.many(self._connection.execute(query.order_by(customers.c.id)).scalars())

    def search(self, text: str, limit: int = 20) -> tuple[Customer, ...]:
        """Find customers by a part of their name or of a contact point."""
        folded = fold(text)
        if not folded:
            return ()
        by_name = (
            select(customers.c.id)
            .where(customers.c.name_folded.contains(folded, autoescape=True))
            .order_by(customers.c.name_folded, customers.c.id)
        )
        by_value = (
            select(contact_points.c.customer_id)
            .where(contact_points.c.value.contains(folded, autoescape=True))
            .distinct()
        )
        found: dict[UUID, None] = {}
        for query in (by_name, by_value):
            found |= dict.fromkeys(self._connection.execute(query.limit(limit)).scalars())
        return self.many(found)[:limit]

    def preferences(self, customer_id: UUID) -> tuple[Preference, ...]:
        """Return what a customer likes or needs, the newest statement first."""
        group = Merges(self._connection).group(customer_id)
        query = select(preferences).where(preferences.c.customer_id.in_(group))
        rows = self._connection.execute(query.order_by(preferences.c.id.desc()))
        found = [Preference(**row._asdict()) for row in rows]
        known = [item for item in found if item.stated_at is not None]
        known.sort(key=lambda item: (item.stated_at, item.id), reverse=True)
        return (*known, *(item for item in found if item.stated_at is None))

    def count(self) -> int:
        """Return the number of customers, merged ones counted once."""
        absorbed = select(func.count()).select_from(merges).where(merges.c.undone_at.is_(None))
        total = self._connection.execute(select(func.count()).select_from(customers)).scalar_one()
        return total - self._connection.execute(absorbed).scalar_one()

    def ids_by_reference(self, source: str, references: Iterable[str]) -> dict[str, UUID]:
        """Map the keys that records have in `source` to the customers they became."""
        pairs = ((source, reference) for reference in references)
        rows = known_references(self._connection, customers, pairs)
        survivors = Merges(self._connection).survivors(row.id for row in rows.values())
        return {reference: survivors[row.id] for (_, reference), row in rows.items()}

    def _read(self, rows: Iterable[Row[Any]], owners: Mapping[UUID, UUID]) -> Iterator[Customer]:
        """Yield customers with the points of all who belong to them, their own first."""
        return _with_points(self._connection, rows, owners)


def customers_of(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Customer]:
    """Yield the customers of rows of the table, each with its own points alone."""
    return _with_points(connection, rows, {row.id: row.id for row in rows})


def _with_points(
    connection: Connection, rows: Iterable[Row[Any]], owners: Mapping[UUID, UUID]
) -> Iterator[Customer]:
    points: dict[UUID, list[Row[Any]]] = {}
    order = {member: index for index, member in enumerate(owners)}
    for point in by_ids(connection, contact_points.c.customer_id, owners):
        points.setdefault(owners[point.customer_id], []).append(point)
    for row in rows:
        mine = points.get(row.id, [])
        mine.sort(key=lambda point: (order[point.customer_id], point.ordinal, point.value))
        yield _customer(row, mine)


def fold(name: str) -> str:
    """Return a name as it is compared: one width, no case, single blanks."""
    text = clean(name)
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split())[:NAME_LENGTH]


def tail_of(value: str) -> str | None:
    """Return the last eight digits of a number backwards, None where it has none."""
    if value[1:].isdecimal() and value.isascii() and len(value) > TAIL_DIGITS:
        return value[: -TAIL_DIGITS - 1 : -1]
    number = value.split(";", maxsplit=1)[0]
    digits = "".join(character for character in number if character in "0123456789")
    return digits[::-1][:TAIL_DIGITS] or None


def _row(customer: Customer) -> dict[str, Any]:
    columns = {name: getattr(customer, name) for name in _FIELDS}
    key = name_key(customer.name)[:NAME_LENGTH]
    return columns | {"name_folded": fold(customer.name), "name_key": key}


_FIELDS = tuple(item.name for item in fields(Customer) if item.name != "contact_points")


def _customer(row: Row[Any], points: Iterable[Row[Any]]) -> Customer:
    given = {name: getattr(row, name) for name in _FIELDS}
    return Customer(**given, contact_points=united(map(_point, points)))


def _chosen(
    survivor: Customer, records: Mapping[UUID, Row[Any]], joins: Sequence[Join]
) -> Customer:
    """Return a joined record with the values that were chosen for it."""
    if not joins:
        return survivor
    owners = {name: value_owner(name, survivor.id, joins) for name in MERGED_FIELDS}
    values = {name: getattr(records[owner], name) for name, owner in owners.items()}
    return replace(survivor, **values)


def _joined(given: Customer, known: Customer | None) -> Customer:
    """Return `given` with the points that are known already before its new ones."""
    before = known.contact_points if known else ()
    points = {(point.kind, point.value): point for point in before}
    for point in given.contact_points:
        points.setdefault((point.kind, point.value), point)
    return replace(given, contact_points=tuple(points.values()))


def _point(row: Row[Any]) -> ContactPoint:
    return ContactPoint(row.kind, row.value, row.shown, row.label, row.standing)


def _point_rows(customer: Customer) -> Iterator[dict[str, Any]]:
    for ordinal, point in enumerate(customer.contact_points):
        yield _point_row(customer.id, ordinal, point)


def _point_row(customer_id: UUID, ordinal: int, point: ContactPoint) -> dict[str, Any]:
    tail = tail_of(point.value) if point.kind is ContactKind.PHONE else None
    return asdict(point) | {"customer_id": customer_id, "ordinal": ordinal, "tail": tail}
