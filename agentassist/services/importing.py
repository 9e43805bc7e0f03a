# SPDX-License-Identifier: Apache-2.0
"""Import files: recognise, read in batches, store each in a transaction, report.

A bad row is reported and left out, the others are stored. An import that is stopped
leaves whole batches; run again, it adds nothing twice and goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from agentassist.domain.importing import ImportReport, Progress, RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput, Cancelled, Place
from agentassist.intake.eml import EmlFormat
from agentassist.intake.formats import Format, Hints, Part, recognise
from agentassist.intake.json_lines import JsonLinesFormat
from agentassist.intake.maildir import MaildirFormat
from agentassist.intake.mapping import ColumnMap, mapped, ours
from agentassist.intake.mbox import MboxFormat
from agentassist.intake.tables import MAX_FIELD, TableFormat
from agentassist.intake.vcard import VcardFormat
from agentassist.services.import_customers import CustomerRows
from agentassist.services.import_interactions import OF_NEW_CUSTOMERS, InteractionRows
from agentassist.services.import_options import ImportOptions
from agentassist.services.import_purchases import OrderItemRows, OrderRows, PaymentMethodRows
from agentassist.storage.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 500
FORMATS: tuple[Format, ...] = (
    EmlFormat(),
    MaildirFormat(),
    MboxFormat(),
    VcardFormat(),
    JsonLinesFormat(),
    TableFormat(),
)
"""Every format, those that can tell for sure before those that only hope."""

_ORDER = list(RecordKind)
_Begin = Callable[[], AbstractContextManager["Connection"]]


class Rows(Protocol):
    """What stores the rows of one kind."""

    def store(
        self, connection: "Connection", records: Sequence[RawRecord], report: ImportReport
    ) -> ImportReport:
        """Store a batch and return the report with it."""

    def finish(self, connection: "Connection", report: ImportReport) -> ImportReport:
        """Store what was held back."""


_ROWS: Mapping[RecordKind, Callable[[ColumnMap, ImportOptions], Rows]] = {
    RecordKind.CUSTOMERS: CustomerRows,
    RecordKind.PAYMENT_METHODS: PaymentMethodRows,
    RecordKind.ORDERS: OrderRows,
    RecordKind.ORDER_ITEMS: OrderItemRows,
    RecordKind.INTERACTIONS: InteractionRows,
}


def _silent(progress: Progress) -> None:
    """Show nothing."""
    del progress


def _never() -> bool:
    """Go on."""
    return False


class Importer:
    """Imports files into one database.

    `progress` is called after each batch, `cancelled` is asked before each; when it
    says so, Cancelled is raised and what was stored stays.
    """

    def __init__(
        self,
        database: Database,
        *,
        progress: Callable[[Progress], None] = _silent,
        cancelled: Callable[[], bool] = _never,
    ) -> None:
        self._database = database
        self._progress = progress
        self._cancelled = cancelled

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
        return self.take(str(path), made.parts(path, _hints(options)), options)

    def take(
        self, name: str, parts: Iterable[Part], options: ImportOptions
    ) -> tuple[ImportReport, ...]:
        """Import parts that are open already, such as those of a live system.

        Raises:
            BadInput: a part has no columns that are known.
            Cancelled: the person stopped it.
        """
        with self._transactions(dry_run=options.dry_run) as begin:
            return tuple(self._part(name, part, options, begin) for part in parts)

    @contextmanager
    def _transactions(self, *, dry_run: bool) -> Iterator[_Begin]:
        if not dry_run:
            yield self._database.transaction
            return
        with suppress(_TakeBack), self._database.transaction() as connection:
            yield lambda: nullcontext(connection)
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
                self._part(str(file), part, options, begin)
                for file, made in parts
                if made
                for part in made.parts(file, _hints(options))
            )

    def _part(self, name: str, part: Part, options: ImportOptions, begin: _Begin) -> ImportReport:
        with closing(part.records) as reader:
            columns = _columns(name, part, options)
            unused = () if part.ours else _unused(columns, options)
            report = ImportReport(columns.kind, name, dry_run=options.dry_run, ignored=unused)
            rows = _ROWS[columns.kind](columns, options)
            for batch in _batches(reader):
                self._stop_when_cancelled()
                with begin() as connection:
                    report = _stored(rows, connection, batch, report)
                self._progress(Progress(name, report.rows, reader.position, reader.size))
            with begin() as connection:
                return rows.finish(connection, report)

    def _stop_when_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled


class _TakeBack(Exception):
    """Ends the transaction of a dry run."""


def _hints(options: ImportOptions) -> Hints:
    return Hints(options.encoding, options.delimiter, options.region, options.zone, options.own)


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


def _batches(reader: Iterable[RawRecord | RowFault]) -> Iterator[list[RawRecord | RowFault]]:
    rows = iter(reader)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _stored(
    rows: Rows,
    connection: "Connection",
    batch: Sequence[RawRecord | RowFault],
    report: ImportReport,
) -> ImportReport:
    records = [item for item in batch if isinstance(item, RawRecord)]
    faults = [item for item in batch if isinstance(item, RowFault)]
    faults += [_cut(record, name) for record in records for name in record.cut]
    return rows.store(connection, records, report.with_faults(tuple(faults)))


def _cut(record: RawRecord, name: str) -> RowFault:
    place = replace(record.place, field=name)
    sentence = "The value is too long: only its first {most} characters were kept."
    return RowFault(place, sentence, {"most": MAX_FIELD}, kept=True)
