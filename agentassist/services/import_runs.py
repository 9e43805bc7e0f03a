# SPDX-License-Identifier: Apache-2.0
"""How an import goes on where it was stopped, and knows a file that it has read before."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.identifiers import new_id
from agentassist.domain.import_run import ImportRun, LeftOut
from agentassist.domain.importing import (
    LEFT_OUT_ID,
    LEFT_OUT_WHY,
    ImportReport,
    RawRecord,
    RecordKind,
    RowFault,
)
from agentassist.services.import_options import ImportOptions
from agentassist.services.redaction import redact
from agentassist.storage.imports import Imports

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_LEFT_OUT = 100_000
"""Rows of one run that are kept to be mended; of a worse file the first will do."""

_OURS = frozenset({LEFT_OUT_ID, LEFT_OUT_WHY})
_WAY = 1
"""Of reading rows: a file that was read in another way before is read again."""
_BLOCK = 64 * 1024
_BLOCKS = 64
_OVERWRITING = frozenset({RecordKind.CUSTOMERS, RecordKind.ORDERS, RecordKind.PAYMENT_METHODS})
"""Kinds of which a row overwrites an earlier one: the last file read has the last word."""
_HOLDING = frozenset({RecordKind.ORDER_ITEMS})
"""Kinds that hold rows back between batches, so that what is stored is no start of a file."""


def fingerprint(path: Path, options: ImportOptions) -> str:
    """Return what names a file by its content, its size and how it is read.

    Of a file over 4 MB, 64 blocks are looked at, and its time of change tells what they miss.
    Empty for what is no file.
    """
    if not path.is_file():
        return ""
    said = replace(options, columns=dict(sorted(options.columns.items())), dry_run=False)
    digest = blake2b(repr((_WAY, replace(said, from_start=False))).encode(), digest_size=16)
    for part in _looked_at(path):
        digest.update(part)
    return digest.hexdigest()


def _looked_at(path: Path) -> Iterator[bytes]:
    facts = path.stat()
    step = max(_BLOCK, facts.st_size // _BLOCKS)
    yield str((facts.st_size, facts.st_mtime_ns if step > _BLOCK else 0)).encode()
    with path.open("rb") as file:
        for start in range(0, facts.st_size, step):
            file.seek(start)
            yield file.read(_BLOCK)


class Journal:
    """Writes down, with each batch, how far a run is and what it left out."""

    def __init__(self, run: ImportRun, now: Callable[[], datetime]) -> None:
        self.run = run
        self._now = now
        self._left_out = 0

    def note(
        self,
        connection: "Connection",
        report: ImportReport,
        rows: int,
        position: int,
        faults: Sequence[RowFault],
    ) -> None:
        """Store `report` after `rows` rows, and the rows that `faults` left out."""
        run = replace(self.run, rows=rows, position=position, counts=report.counts)
        self.run = replace(run, changed_at=self._now())
        lost = [fault for fault in faults if not fault.kept]
        kept = lost[: MOST_LEFT_OUT - self._left_out]
        self._left_out += len(kept)
        if self.run.fingerprint or self._left_out:
            Imports(connection).save(self.run)
        Imports(connection).leave_out(self._row(fault) for fault in kept)

    def replace(self, connection: "Connection", records: Sequence[RawRecord]) -> None:
        """Forget rows that were left out before and are here again, mended or not."""
        if not records or LEFT_OUT_ID not in records[0].fields:
            return
        ids = [key for record in records if (key := _left_out_id(record))]
        if ids:
            Imports(connection).take_in(ids)

    def finish(self, connection: "Connection") -> None:
        """Store that the file was read to its end; what it left out earlier is replaced.

        What cannot be read again, such as a live system, gives other rows each time.
        """
        if not self.run.fingerprint:
            return
        now = self._now()
        self.run = replace(self.run, changed_at=now, finished_at=now)
        Imports(connection).save(self.run)
        Imports(connection).replace_older(self.run)

    def _row(self, fault: RowFault) -> LeftOut:
        said = json.loads(fault.content or "{}").items()
        content = {key: redact(value) for key, value in said if key not in _OURS}
        place = fault.place
        where = (place.file, place.line, place.field)
        return LeftOut(new_id(), self.run.id, *where, fault.reason, content, self.run.changed_at)


def _left_out_id(record: RawRecord) -> UUID | None:
    given = record.fields.get(LEFT_OUT_ID)
    try:
        return UUID(given) if given else None
    except ValueError:
        return None


def begun(connection: "Connection", blank: ImportRun) -> tuple[ImportRun, bool]:
    """Return the run to go on with and whether there is nothing to do; `blank` is a new one."""
    found = Imports(connection).find(blank.fingerprint, blank.kind)
    if found is None:
        return blank, False
    if found.finished_at is None:
        return (blank if found.kind in _HOLDING else found), False
    return (found, True) if _settled(connection, found) else (blank, False)


def _settled(connection: "Connection", run: ImportRun) -> bool:
    """True when reading the file again can bring nothing: not when a row may fit in now."""
    if run.counts.get("skipped") or run.counts.get("unlinked"):
        return False
    return run.kind not in _OVERWRITING or Imports(connection).is_newest(run)


def report_of(run: ImportRun, *, settled: bool, dry_run: bool = False) -> ImportReport:
    """Return the report of a run so far."""
    report = ImportReport(run.kind, run.file, dry_run=dry_run).plus(**run.counts)
    if not settled or run.finished_at is None:
        return replace(report, went_on_after=run.rows)
    known = report.unchanged + report.new + report.updated
    since = run.finished_at.isoformat(timespec="seconds")
    return replace(report, new=0, updated=0, unchanged=known, known_since=since)


def new_run(name: str, kind: RecordKind, file_fingerprint: str, now: datetime) -> ImportRun:
    """Return a run of which nothing is stored yet."""
    return ImportRun(new_id(), file_fingerprint, name, kind, 0, 0, {}, now, now)
