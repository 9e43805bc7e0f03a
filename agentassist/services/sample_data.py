# SPDX-License-Identifier: Apache-2.0
"""Fill a database with invented people and their stories, dated back from now.

The files are those of any import, with `days_ago` and `time` in place of a date (and
`delivered_days_ago` in place of a day of delivery): the demonstration is as fresh in a year
as today. Loading twice adds nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from agentassist.domain.customer import Preference
from agentassist.domain.handover import Handover
from agentassist.domain.importing import ImportReport, RawRecord, RecordKind, RowFault, Tally
from agentassist.domain.promise import Promise
from agentassist.errors import BadInput
from agentassist.intake import values
from agentassist.intake.json_lines import JsonLines
from agentassist.intake.mapping import map_columns
from agentassist.intake.tables import Table
from agentassist.services.import_customers import CustomerRows
from agentassist.services.import_interactions import InteractionRows
from agentassist.services.import_options import ImportOptions
from agentassist.services.import_purchases import OrderItemRows, OrderRows
from agentassist.services.importing import Rows
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.handovers import Handovers
from agentassist.storage.history import History
from agentassist.storage.loop_queue import LoopQueue

if TYPE_CHECKING:
    from sqlalchemy import Connection

SOURCE = "sample"
_AHEAD = timedelta(days=30)
_MOST = 100
_DAY_BEGINS = 10
"""Before this hour (local), the stories of `0 days ago` are dated yesterday."""
_KEYS = UUID("6f1d3b0a-52c1-4c0e-9d57-0f6f6c1e7a11")
_OPTIONS = ImportOptions(source=SOURCE)
_DATED = {
    RecordKind.ORDERS: {"days_ago": "ordered_at", "delivered_days_ago": "delivered_at"},
    RecordKind.INTERACTIONS: {"days_ago": "at"},
}
_FILES: tuple[tuple[str, RecordKind, Callable[..., Rows]], ...] = (
    ("customers.csv", RecordKind.CUSTOMERS, CustomerRows),
    ("orders.csv", RecordKind.ORDERS, OrderRows),
    ("order_items.csv", RecordKind.ORDER_ITEMS, OrderItemRows),
    ("interactions.jsonl", RecordKind.INTERACTIONS, InteractionRows),
)


def load_sample(database: Database, folder: Path, now: datetime) -> tuple[ImportReport, ...]:
    """Load the sample of `folder` in one transaction; `now` is aware.

    Raises BadInput when a file is missing or cannot be read.
    """
    with database.transaction() as connection:
        reports = tuple(
            _load(connection, folder / name, kind, rows, now) for name, kind, rows in _FILES
        )
        _add_preferences(connection, folder / "preferences.csv", now)
        _add_promises(connection, folder / "promises.csv", now)
        _add_handovers(connection, folder / "handovers.csv", now)
    return reports


def _load(
    connection: "Connection",
    path: Path,
    kind: RecordKind,
    make_rows: Callable[..., Rows],
    now: datetime,
) -> ImportReport:
    dated = _DATED.get(kind, {})
    tally = Tally()
    with _opened(path) as reader:
        columns = (*reader.columns, *dated.values())
        named = {field: field for field in dated.values()}
        rows = make_rows(map_columns(kind, columns, named), _OPTIONS)
        items = list(reader)
    tally.faults += [item for item in items if isinstance(item, RowFault)]
    records = [_dated(item, dated, now) for item in items if isinstance(item, RawRecord)]
    rows.store(connection, rows.prepare(records, tally), tally)
    rows.finish(connection, tally)
    return ImportReport(kind, str(path)).with_tally(tally)


def _opened(path: Path) -> Table | JsonLines:
    return JsonLines(path) if path.suffix == ".jsonl" else Table(path)


def _dated(record: RawRecord, dated: Mapping[str, str], now: datetime) -> RawRecord:
    times = {
        field: _moment(record, now, days).isoformat()
        for days, field in dated.items()
        if days == "days_ago" or record.fields.get(days)
    }
    return replace(record, fields={**record.fields, **times})


def _moment(record: RawRecord, now: datetime, days: str = "days_ago") -> datetime:
    """Return the time that `days_ago`, `time` and `zone` of a record mean."""
    try:
        local = now.astimezone(values.zone(record.fields.get("zone") or "UTC"))
        early = timedelta(days=int(local.hour < _DAY_BEGINS))
        day = local.date() - early - timedelta(days=float(record.fields[days]))
        clock = time.fromisoformat(record.fields.get("time") or "09:00")
        return datetime.combine(day, clock, local.tzinfo)
    except (KeyError, ValueError, OverflowError):
        raise BadInput(record.place, "Write days_ago as a number and time as 14:05.") from None


def _add_preferences(connection: "Connection", path: Path, now: datetime) -> None:
    customers = Customers(connection)
    for record, owner in _owned(connection, path):
        text = record.fields["text"]
        key = uuid5(_KEYS, f"preference:{owner}:{text}")
        stated = _moment(record, now)
        customers.add_preference(Preference(key, owner, record.fields["topic"], text, stated))


def _add_promises(connection: "Connection", path: Path, now: datetime) -> None:
    for record, owner in _owned(connection, path):
        made = now - timedelta(days=_number(record, "made_days_ago"))
        kept = record.fields["kept_after_hours"]
        promise = Promise(
            id=uuid5(_KEYS, f"promise:{owner}:{record.fields['text']}"),
            customer_id=owner,
            text=record.fields["text"],
            owner=record.fields["owner"],
            due_at=now + timedelta(hours=_number(record, "due_in_hours")),
            made_at=made,
            kept_at=made + timedelta(hours=_number(record, "kept_after_hours")) if kept else None,
        )
        History(connection).add_promise(promise)


def _add_handovers(connection: "Connection", path: Path, now: datetime) -> None:
    """Let agents leave the promises they own to whoever comes next."""
    open_ones = LoopQueue(connection).promises(now + _AHEAD, _MOST)
    with Table(path) as table:
        for record in (item for item in table if isinstance(item, RawRecord)):
            agent, note = record.fields["from_agent"], record.fields["note"]
            left = tuple(item.id for item in open_ones if item.owner == agent)
            key = uuid5(_KEYS, f"handover:{agent}:{note}")
            Handovers(connection).add(
                Handover(key, _moment(record, now), agent, note=note, items=left)
            )


def _owned(connection: "Connection", path: Path) -> Iterator[tuple[RawRecord, UUID]]:
    """Yield the rows of a file with the customers they belong to."""
    with Table(path) as table:
        rows = [item for item in table if isinstance(item, RawRecord)]
    wanted = [row.fields.get("customer_id", "") for row in rows]
    known = Customers(connection).ids_by_reference(SOURCE, wanted)
    for row, reference in zip(rows, wanted, strict=True):
        if reference not in known:
            raise BadInput(row.place, "There is no such customer in customers.csv.")
        yield row, known[reference]


def _number(record: RawRecord, field: str) -> float:
    try:
        return float(record.fields[field])
    except ValueError:
        raise BadInput(replace(record.place, field=field), "Write a number here.") from None
