# SPDX-License-Identifier: Apache-2.0
"""Import files: recognise, read in batches, store each in a transaction, report.

A bad row is reported, left out and kept aside, the others are stored. How far a file is
stands in the same transaction as its rows: an import that was stopped goes on after them.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from agentassist.domain.clock import utc_now
from agentassist.domain.importing import (
    ImportReport,
    Progress,
    RawRecord,
    RecordKind,
    RowFault,
    Tally,
)
from agentassist.domain.waiting import never, silent
from agentassist.errors import BadInput, Cancelled, Place
from agentassist.intake.eml import EmlFormat
from agentassist.intake.formats import Format, Hints, Part, Records, recognise
from agentassist.intake.freshdesk import FRESHDESK
from agentassist.intake.hubspot import HUBSPOT
from agentassist.intake.intercom import INTERCOM
from agentassist.intake.json_document import JsonDocumentFormat
from agentassist.intake.json_lines import JsonLinesFormat
from agentassist.intake.kakaotalk import KakaoTalkFormat
from agentassist.intake.maildir import MaildirFormat
from agentassist.intake.mapping import ColumnMap, mapped, ours
from agentassist.intake.mbox import MboxFormat
from agentassist.intake.shop_orders import SHOP_ORDERS
from agentassist.intake.suggesting import suggest
from agentassist.intake.tables import MAX_FIELD, TableFormat
from agentassist.intake.vcard import VcardFormat
from agentassist.intake.web_activity import WebActivityFormat
from agentassist.intake.whatsapp import WhatsAppFormat
from agentassist.intake.xlsx import XlsxFormat
from agentassist.intake.zendesk import ZENDESK
from agentassist.services.import_customers import CustomerRows
from agentassist.services.import_interactions import OF_NEW_CUSTOMERS, InteractionRows
from agentassist.services.import_options import ImportOptions
from agentassist.services.import_purchases import OrderItemRows, OrderRows, PaymentMethodRows
from agentassist.services.import_runs import Journal, begun, fingerprint, new_run, report_of
from agentassist.services.pace import Pace
from agentassist.storage.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PASSED_AT_ONCE = 10_000
_LOOKED_AT = 50
FORMATS: tuple[Format, ...] = (
    ZENDESK,
    FRESHDESK,
    INTERCOM,
    HUBSPOT,
    SHOP_ORDERS,
    WebActivityFormat(),
    KakaoTalkFormat(),
    WhatsAppFormat(),
    XlsxFormat(),
    EmlFormat(),
    MaildirFormat(),
    MboxFormat(),
    VcardFormat(),
    JsonLinesFormat(),
    JsonDocumentFormat(),
    TableFormat(),
)
"""Every format, those that can tell for sure before those that only hope."""

_ORDER = list(RecordKind)


class _Begin(Protocol):
    """Begins a transaction; of a dry run there is only one."""

    def __call__(self, *, of_many: bool = False) -> AbstractContextManager["Connection"]:
        """See `Database.transaction`."""


class Rows(Protocol):
    """What stores the rows of one kind."""

    def prepare(self, records: Sequence[RawRecord], tally: Tally) -> Any:
        """Read a batch before its transaction: other writers need not wait for this."""

    def store(self, connection: "Connection", prepared: Any, tally: Tally) -> None:
        """Store what `prepare` returned."""

    def finish(self, connection: "Connection", tally: Tally) -> None:
        """Store what was held back."""


_ROWS: Mapping[RecordKind, Callable[[ColumnMap, ImportOptions, str], Rows]] = {
    RecordKind.CUSTOMERS: CustomerRows,
    RecordKind.PAYMENT_METHODS: PaymentMethodRows,
    RecordKind.ORDERS: OrderRows,
    RecordKind.ORDER_ITEMS: OrderItemRows,
    RecordKind.INTERACTIONS: InteractionRows,
}


class Importer:
    """Imports files into one database.

    `progress` is called after each batch, `cancelled` is asked before each; when it
    says so, Cancelled is raised and what was stored stays.
    """

    def __init__(
        self,
        database: Database,
        *,
        progress: Callable[[Progress], None] = silent,
        cancelled: Callable[[], bool] = never,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._progress = progress
        self._cancelled = cancelled
        self._now = now

    def run(self, path: Path, options: ImportOptions) -> tuple[ImportReport, ...]:
        """Import a file, or all files of a folder that are known, in the right order.

        A dry run does everything and takes it back: the report is exact, nothing is
        written, and other writers wait as long as it takes.

        Raises:
            BadInput: the file cannot be read at all; a file of a folder only reports it.
            Cancelled: the person stopped it.
        """
        if path.is_dir() and not options.format and not _one_of(path):
            return self._folder(path, options)
        made = recognise(path, FORMATS, options.format)
        return self._parts(str(path), made.parts(path, _hints(options)), options, path)

    def take(
        self, name: str, parts: Iterable[Part], options: ImportOptions
    ) -> tuple[ImportReport, ...]:
        """Import parts that are open already, such as those of a live system.

        Raises:
            BadInput: a part has no columns that are known.
            Cancelled: the person stopped it.
        """
        return self._parts(name, parts, options, None)

    def _parts(
        self, name: str, parts: Iterable[Part], options: ImportOptions, path: Path | None
    ) -> tuple[ImportReport, ...]:
        with self._transactions(dry_run=options.dry_run) as begin:
            return self._each(name, parts, options, path, begin)

    def _each(
        self,
        name: str,
        parts: Iterable[Part],
        options: ImportOptions,
        path: Path | None,
        begin: _Begin,
    ) -> tuple[ImportReport, ...]:
        named = fingerprint(path, options) if path else ""
        return tuple(
            self._part(name, part, options, f"{named}.{number}" if named else "", begin)
            for number, part in enumerate(parts)
        )

    @contextmanager
    def _transactions(self, *, dry_run: bool) -> Iterator[_Begin]:
        if not dry_run:
            yield self._database.transaction
            return
        with suppress(_TakeBack), self._database.transaction() as connection:
            yield lambda *, of_many=False: nullcontext(connection)
            raise _TakeBack

    def _folder(self, path: Path, options: ImportOptions) -> tuple[ImportReport, ...]:
        """Import the tables of a folder in the order in which they refer to each other."""
        kinds = ((file, _kind_of(file, options)) for file in path.iterdir() if file.is_file())
        found = [(_ORDER.index(kind), file) for file, kind in kinds if kind]
        if not found:
            raise BadInput(Place(str(path)), "No file in this folder has columns that are known.")
        parts = [(file, _one_of(file)) for _, file in sorted(found)]
        with self._transactions(dry_run=options.dry_run) as begin:
            return tuple(
                report
                for file, made in parts
                if made
                for report in self._each(
                    str(file), made.parts(file, _hints(options)), options, file, begin
                )
            )

    def _part(
        self, name: str, part: Part, options: ImportOptions, named: str, begin: _Begin
    ) -> ImportReport:
        with closing(part.records):
            columns = _columns(name, part, options)
            run = new_run(name, columns.kind, named, self._now())
            settled = False
            if named and not options.from_start and not options.dry_run:
                with self._database.reading() as connection:
                    run, settled = begun(connection, run)
            report = replace(
                report_of(run, settled=settled, dry_run=options.dry_run),
                ignored=() if part.ours else _unused(columns, options),
            )
            if settled:
                return report
            rows = _ROWS[columns.kind](columns, options, run.id.hex)
            work = _Work(columns, rows, Journal(run, self._now), begin)
            return self._read(part.records, work, report)

    def _read(self, reader: Records, work: "_Work", report: ImportReport) -> ImportReport:
        items = iter(reader)
        done = work.journal.run.rows
        self._pass_over(items, done)
        pace = Pace()
        while batch := list(islice(items, pace.size)):
            self._stop_when_cancelled()
            records, faults = _parted(batch)
            if report.dry_run and report.ignored and not done:
                report = replace(report, suggested=suggest(work.columns, records[:_LOOKED_AT]))
            tally = Tally(faults=faults)
            prepared = work.rows.prepare(records, tally)
            done += len(batch)
            with pace.timed(), work.begin(of_many=True) as connection:
                work.rows.store(connection, prepared, tally)
                report = report.with_tally(tally)
                work.journal.replace(connection, records)
                work.journal.note(connection, report, done, reader.position, tally.faults)
            self._progress(Progress(report.file, report.rows, reader.position, reader.size))
        tally = Tally()
        with work.begin() as connection:
            work.rows.finish(connection, tally)
            report = report.with_tally(tally)
            work.journal.note(connection, report, done, reader.position, tally.faults)
            work.journal.finish(connection)
        return report

    def _pass_over(self, items: Iterator[RawRecord | RowFault], count: int) -> None:
        """Read over the rows that are stored already."""
        for start in range(0, count, _PASSED_AT_ONCE):
            self._stop_when_cancelled()
            deque(islice(items, min(_PASSED_AT_ONCE, count - start)), maxlen=0)

    def _stop_when_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class _Work:
    """What reading one part needs beside its records."""

    columns: ColumnMap
    rows: Rows
    journal: Journal
    begin: _Begin


class _TakeBack(Exception):
    """Ends the transaction of a dry run."""


def _hints(options: ImportOptions) -> Hints:
    return Hints(
        encoding=options.encoding,
        delimiter=options.delimiter,
        region=options.region,
        zone=options.zone,
        own=options.own,
        dates=options.dates,
    )


def _one_of(path: Path) -> Format | None:
    return next((item for item in FORMATS if item.recognises(path)), None)


def _columns(name: str, part: Part, options: ImportOptions) -> ColumnMap:
    """Map the columns by their names; those of a whole system are our fields already."""
    if part.ours and part.kind:
        return ours(part.kind, part.records.columns)
    return mapped(name, part.records.columns, part.kind or options.kind, options.columns)


def _kind_of(path: Path, options: ImportOptions) -> RecordKind | None:
    """Return what a file of a folder holds first, None where that is not known."""
    made = _one_of(path)
    try:
        for part in made.parts(path, _hints(options)) if made else ():
            with closing(part.records):
                return _columns(str(path), part, options).kind
    except BadInput:
        pass
    return None


def _unused(columns: ColumnMap, options: ImportOptions) -> tuple[str, ...]:
    """Return the columns of which nothing reaches a record."""
    if columns.kind is RecordKind.INTERACTIONS and not options.create_customers:
        return columns.without(OF_NEW_CUSTOMERS)
    return columns.unused


def _parted(
    batch: Sequence[RawRecord | RowFault],
) -> tuple[list[RawRecord], list[RowFault]]:
    """Part records from faults, and name the values that were cut."""
    records = [item for item in batch if isinstance(item, RawRecord)]
    faults: list[RowFault] = []
    if len(records) < len(batch):
        faults += [item for item in batch if isinstance(item, RowFault)]
    faults += [_cut(record, name) for record in records if record.cut for name in record.cut]
    return records, faults


def _cut(record: RawRecord, name: str) -> RowFault:
    place = replace(record.place, field=name)
    sentence = "The value is too long: only its first {most} characters were kept."
    return RowFault(place, sentence, {"most": MAX_FIELD}, kept=True)
