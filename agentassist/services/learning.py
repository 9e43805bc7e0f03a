# SPDX-License-Identifier: Apache-2.0
"""Take over what solved the contacts of an older system: each linked article is a lesson.

The text is kept without secrets, to find the article again for a contact like it; nothing
but the article is ever shown of it.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from agentassist.domain.clock import utc_now
from agentassist.domain.importing import ImportReport, Progress, RecordKind, RowFault
from agentassist.domain.knowledge import Feedback, FeedbackKind
from agentassist.errors import Cancelled
from agentassist.intake.solved_contacts import SolvedContact, SolvedContacts
from agentassist.services.redaction import redact
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 200
LONGEST_TEXT = 4_000
"""Characters of a contact that are kept: more than any model reads."""

_LESSONS = UUID("8c9f2b7e-7d0d-5d0c-9a55-3f0a5d1c6b21")


class _TakeBack(Exception):
    """Ends the transaction of a dry run."""


def learn(
    database: Database,
    path: Path,
    *,
    source: str = "import",
    dry_run: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    now: Callable[[], datetime] = utc_now,
) -> ImportReport:
    """Store one link for each article of each contact; a second run adds nothing.

    `source` names the system, as two of them may count their contacts alike.

    Raises:
        BadInput: the file cannot be read.
        Cancelled: the person stopped it; what was stored stays.
    """
    report = ImportReport(RecordKind.SOLVED_CONTACTS, str(path), dry_run=dry_run)
    with SolvedContacts(path) as contacts:
        rest = iter(contacts)
        while batch := list(islice(rest, BATCH)):
            if cancelled():
                raise Cancelled
            with suppress(_TakeBack), database.transaction() as connection:
                report = _Lessons(connection, source, now()).take(batch, report)
                if dry_run:
                    raise _TakeBack
            progress(Progress(str(path), report.rows, contacts.position, contacts.size))
    return report


class _Lessons:
    """Stores contacts on one connection; `now` is for those that have no time."""

    def __init__(self, connection: "Connection", source: str, now: datetime) -> None:
        self._knowledge = Knowledge(connection)
        self._source = source
        self._now = now

    def take(self, batch: Sequence[SolvedContact | RowFault], report: ImportReport) -> ImportReport:
        keys = {key for item in batch if isinstance(item, SolvedContact) for key in item.articles}
        ids = self._knowledge.ids_of(keys)
        for item in batch:
            if isinstance(item, RowFault):
                report = report.with_fault(item)
            else:
                report = self._store(item, ids, report)
        return report

    def _store(
        self, contact: SolvedContact, ids: dict[str, UUID], report: ImportReport
    ) -> ImportReport:
        known = [ids[key] for key in contact.articles if key in ids]
        missing = [key for key in contact.articles if key not in ids]
        report = report.with_faults(_unknown(contact, missing, kept=bool(known)))
        if not known:
            return report
        text = redact(contact.text)
        links = [self._link(contact, text, article_id) for article_id in known]
        new = [self._knowledge.add_feedback(link) for link in links]
        counted = "new" if any(new) else "unchanged"
        return report.plus(**{counted: 1}, redacted=int(any(new) and text != contact.text))

    def _link(self, contact: SolvedContact, text: str, article_id: UUID) -> Feedback:
        named = f"{self._source}\n{contact.ref}\n{article_id}"
        return Feedback(
            id=uuid5(_LESSONS, named),
            article_id=article_id,
            kind=FeedbackKind.LINKED,
            query=text[:LONGEST_TEXT],
            at=contact.at or self._now,
        )


def _unknown(contact: SolvedContact, keys: Iterable[str], *, kept: bool) -> tuple[RowFault, ...]:
    """Return a fault that names the articles that are not here, none when all are."""
    named = ", ".join(keys)
    if not named:
        return ()
    place = replace(contact.place, field="articles")
    sentence = "There is no article {keys}: import the articles first."
    return (RowFault(place, sentence, {"keys": named[:200]}, kept=kept),)
