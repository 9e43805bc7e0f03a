# SPDX-License-Identifier: Apache-2.0
"""Rows to purchases, their lines and payment methods; a purchase is on the timeline too."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from agentassist.domain.history import PaymentMethod, Purchase, PurchaseLine
from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import RawRecord, Tally
from agentassist.errors import BadInput
from agentassist.intake.mapping import ColumnMap
from agentassist.services import contact_points
from agentassist.services.clues import clues_of
from agentassist.services.import_options import ImportOptions
from agentassist.services.linking import Linker
from agentassist.services.purchase_mirror import mirror
from agentassist.services.row_values import (
    last_four,
    options_text,
    read,
    read_moment,
    read_money,
    read_pieces,
    short_key,
)
from agentassist.storage.history import History
from agentassist.storage.known import Known
from agentassist.storage.purchases import Purchases

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_WAITING = 10_000
"""Lines of one order that are held in memory; more than that are no order."""

_Owned = TypeVar("_Owned", Purchase, PaymentMethod)


class _OwnedRows:
    """Rows that belong to customers, who are looked up with each batch."""

    def __init__(self, columns: ColumnMap, options: ImportOptions, since: str = "") -> None:
        del since
        self._columns = columns
        self._options = options
        self._linker = Linker(options.source, options.region, options.own)

    def prepare(self, records: Sequence[RawRecord], tally: Tally) -> Sequence[RawRecord]:
        """Nothing can be read before the owners are known."""
        del tally
        return records

    def finish(self, connection: "Connection", tally: Tally) -> None:
        """Nothing is held back."""

    def _owners(
        self, connection: "Connection", records: Sequence[RawRecord]
    ) -> Sequence[UUID | None]:
        return self._linker.link(connection, [clues_of(item, self._columns) for item in records])


class OrderRows(_OwnedRows):
    """Stores the orders of one file."""

    def store(self, connection: "Connection", prepared: Sequence[RawRecord], tally: Tally) -> None:
        """Store a batch."""
        owners = self._owners(connection, prepared)
        self._save(connection, _read_all(prepared, owners, self._purchase, tally), tally)

    def _save(self, connection: "Connection", given: dict[str, Purchase], tally: Tally) -> None:
        purchases = Purchases(connection)
        stored = purchases.by_references(self._options.source, given)
        new = [item for key, item in given.items() if key not in stored]
        changed = [
            kept
            for key, before in stored.items()
            if (kept := _keeping(given[key], before)) != before
        ]
        purchases.add(new)
        purchases.update(changed)
        History(connection).add_interactions(mirror(item) for item in new)
        Known(connection).refresh(mirror(item) for item in changed)
        tally.new += len(new)
        tally.updated += len(changed)
        tally.unchanged += len(stored) - len(changed)

    def _purchase(self, record: RawRecord, owner: UUID | None) -> Purchase:
        if owner is None:
            raise BadInput(
                record.place, "The customer of this order is not known: import customers first."
            )
        number = read(record, self._columns, "order_number", contact_points.number)
        if number is None:
            raise BadInput(record.place, "The row has no order number.")
        return Purchase(
            id=new_id(),
            customer_id=owner,
            order_number=number,
            shown=self._columns.one(record, "order_number"),
            status=self._columns.one(record, "status"),
            total=read_money(record, self._columns, "total", self._options),
            payment=self._columns.one(record, "payment"),
            ordered_at=read_moment(record, self._columns, "ordered_at", self._options),
            delivered_at=read_moment(record, self._columns, "delivered_at", self._options),
            source=self._options.source,
            source_ref=number,
        )


class OrderItemRows:
    """Stores the lines of orders; the last order of a batch waits for the next one."""

    def __init__(self, columns: ColumnMap, options: ImportOptions, since: str = "") -> None:
        del since
        self._columns = columns
        self._options = options
        self._waiting: dict[str, list[tuple[RawRecord, PurchaseLine]]] = {}

    def prepare(self, records: Sequence[RawRecord], tally: Tally) -> Sequence[RawRecord]:
        """Nothing can be read before the owners are known."""
        del tally
        return records

    def store(self, connection: "Connection", prepared: Sequence[RawRecord], tally: Tally) -> None:
        """Store a batch."""
        number = ""
        for record in prepared:
            try:
                number, line = self._line(record)
            except BadInput as error:
                tally.leave_out(error, record)
                continue
            self._waiting.setdefault(number, []).append((record, line))
        last = self._waiting.pop(number, None)
        self.finish(connection, tally)
        if last:
            self._waiting[number] = last
        if last and len(last) > _MOST_WAITING:
            self.finish(connection, tally)

    def finish(self, connection: "Connection", tally: Tally) -> None:
        """Store what waits."""
        purchases = Purchases(connection)
        stored = purchases.by_references(self._options.source, self._waiting)
        lines = {
            stored[n].id: [line for _, line in held]
            for n, held in self._waiting.items()
            if n in stored
        }
        added = purchases.add_lines(lines)
        after = purchases.by_references(self._options.source, stored)
        grown = [item for key, item in after.items() if item.lines != stored[key].lines]
        Known(connection).refresh(mirror(item) for item in grown)
        sentence = "There is no such order: import orders first."
        for number, held in self._waiting.items():
            for record, _ in held if number not in stored else ():
                tally.leave_out(BadInput(record.place, sentence), record)
        tally.new += added
        tally.unchanged += sum(len(item) for item in lines.values()) - added
        self._waiting.clear()

    def _line(self, record: RawRecord) -> tuple[str, PurchaseLine]:
        number = read(record, self._columns, "order_number", contact_points.number)
        if number is None:
            raise BadInput(record.place, "The row has no order number.")
        reference = self._columns.one(record, "item_id")
        line = PurchaseLine(
            name=self._columns.one(record, "name") or reference,
            item_ref=reference,
            price=read_money(record, self._columns, "price", self._options),
            quantity=read_pieces(record, self._columns),
            options=options_text(self._columns.one(record, "options")),
        )
        return number, line


class PaymentMethodRows(_OwnedRows):
    """Stores payment methods: never more of a card than brand and last four digits."""

    def store(self, connection: "Connection", prepared: Sequence[RawRecord], tally: Tally) -> None:
        """Store a batch."""
        owners = self._owners(connection, prepared)
        given = _read_all(prepared, owners, self._method, tally)
        purchases = Purchases(connection)
        stored = purchases.payments_by_reference(self._options.source, given)
        new = [item for key, item in given.items() if key not in stored]
        changed = [
            kept
            for key, before in stored.items()
            if (kept := replace(given[key], id=before.id)) != before
        ]
        purchases.add_payment_methods(new)
        purchases.update_payment_methods(changed)
        tally.new += len(new)
        tally.updated += len(changed)
        tally.unchanged += len(stored) - len(changed)

    def _method(self, record: RawRecord, owner: UUID | None) -> PaymentMethod:
        if owner is None:
            raise BadInput(
                record.place, "The customer of this row is not known: import customers first."
            )
        kind = self._columns.one(record, "kind")
        brand = self._columns.one(record, "brand")
        digits = last_four(self._columns.one(record, "last_four"))
        key = (
            short_key(self._columns.one(record, "payment_id")) or f"{owner}:{kind}:{brand}:{digits}"
        )
        return PaymentMethod(
            id=new_id(),
            customer_id=owner,
            kind=kind,
            brand=brand,
            last_four=digits,
            balance=read_money(record, self._columns, "balance", self._options),
            source=self._options.source,
            source_ref=key,
        )


def _keeping(given: Purchase, before: Purchase) -> Purchase:
    """A row has no lines and may lack a time: what is known of them stays."""
    return replace(
        given,
        id=before.id,
        lines=before.lines,
        ordered_at=given.ordered_at or before.ordered_at,
        delivered_at=given.delivered_at or before.delivered_at,
    )


def _read_all(
    records: Sequence[RawRecord],
    owners: Sequence[UUID | None],
    read_one: Callable[[RawRecord, UUID | None], _Owned],
    tally: Tally,
) -> dict[str, _Owned]:
    """Return what the rows say by its key, the last row of a key; faults are tallied."""
    given: dict[str, _Owned] = {}
    for record, owner in zip(records, owners, strict=True):
        try:
            item = read_one(record, owner)
        except BadInput as error:
            tally.leave_out(error, record)
        else:
            given[item.source_ref] = item
    return given
