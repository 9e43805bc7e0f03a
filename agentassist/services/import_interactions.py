# SPDX-License-Identifier: Apache-2.0
"""Rows to interactions of every channel, each linked to its customer where it can be."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.identifiers import new_keys
from agentassist.domain.importing import RawRecord, Tally
from agentassist.errors import BadInput
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_options import ImportOptions
from agentassist.services.interaction_drafts import Draft, DraftReader
from agentassist.services.interaction_owners import OwnerFinder
from agentassist.services.mail_upkeep import MailUpkeep, Stored
from agentassist.services.threads import Threads
from agentassist.storage.bulk import INTERACTIONS, Bulk, BulkRow
from agentassist.storage.known import Content, Known
from agentassist.storage.restating import CHANGING, restate

if TYPE_CHECKING:
    from sqlalchemy import Connection

OF_NEW_CUSTOMERS = frozenset({"tier", "address", "ordered_at"})
"""Fields of an interaction that only describe a customer who is added with it."""


class InteractionRows:
    """Stores the interactions of one file.

    As long as all of them are new they go in without looking; once one was there before,
    each is looked up first. Rows that came in since the key `since` are of this file: the
    same key with another text is a fault of the file, an older one is left as it is.
    """

    def __init__(self, columns: ColumnMap, options: ImportOptions, since: str = "") -> None:
        self._columns = columns
        self._options = options
        self._since = since
        self._drafts = DraftReader(columns, options)
        self._owners = OwnerFinder(columns, options)
        self._threads = Threads(options.source)
        self._mails = MailUpkeep(columns, options)
        self._all_new = True

    def prepare(self, records: Sequence[RawRecord], tally: Tally) -> list[Draft]:
        """Return the interactions of a batch, each key once."""
        drafts: dict[str, Draft] = {}
        for key, record in zip(new_keys(len(records)), records, strict=True):
            try:
                draft = self._drafts.read(key, record)
            except BadInput as error:
                tally.leave_out(error, record)
                continue
            first = drafts.setdefault(draft.reference, draft)
            if first is not draft:
                self._again(draft, first.said, tally)
        return list(drafts.values())

    def store(self, connection: "Connection", prepared: Sequence[Draft], tally: Tally) -> None:
        """Add what is new, and give what is there its customer who is known only now."""
        if self._all_new:
            with suppress(_NotNew), connection.begin_nested():
                self._add(connection, prepared, tally)
                return
            self._all_new = False
            self._threads.forget()
        self._compare(connection, prepared, tally)

    def finish(self, connection: "Connection", tally: Tally) -> None:
        """Nothing is held back."""

    def _again(self, draft: Draft, before: tuple[int, str, str], tally: Tally) -> None:
        if draft.said == before:
            tally.unchanged += 1
            return
        sentence = 'The key "{key}" stands for two interactions in this file: give each its own.'
        own = self._columns.one(draft.record, "id")[:60]
        tally.leave_out(BadInput(draft.record.place, sentence, key=own), draft.record)

    def _add(self, connection: "Connection", drafts: Sequence[Draft], tally: Tally) -> None:
        owners, rows = self._rows(connection, drafts)
        if not Bulk(connection).insert_all({INTERACTIONS: rows}):
            raise _NotNew
        self._look_after(connection, drafts, owners)
        tally.new += len(rows)
        _count_links(drafts, owners, tally)

    def _look_after(
        self, connection: "Connection", drafts: Sequence[Draft], owners: Sequence[str | None]
    ) -> None:
        if not self._mails.wanted:
            return
        threads = self._threads.keys(connection, ())
        stored = [
            Stored(draft.record, _uuid(owner), _uuid(threads.get(draft.thread)))
            for draft, owner in zip(drafts, owners, strict=True)
        ]
        self._mails.after(connection, stored)

    def _rows(
        self, connection: "Connection", drafts: Sequence[Draft]
    ) -> tuple[list[str | None], list[BulkRow]]:
        owners = self._owners.of(connection, drafts)
        given = [
            (draft.thread, draft.subject, owner)
            for draft, owner in zip(drafts, owners, strict=True)
            if draft.thread
        ]
        threads = self._threads.keys(connection, given) if given else {}
        return owners, [
            draft.row(owner, threads.get(draft.thread), self._options.source)
            for draft, owner in zip(drafts, owners, strict=True)
        ]

    def _compare(self, connection: "Connection", drafts: Sequence[Draft], tally: Tally) -> None:
        references = [draft.reference for draft in drafts]
        before = Known(connection).contents(self._options.source, references)
        new = [draft for draft in drafts if draft.reference not in before]
        owners, rows = self._rows(connection, new)
        added = Bulk(connection).insert_new(INTERACTIONS, rows)
        self._look_after(connection, new, owners)
        tally.new += added
        tally.unchanged += len(rows) - added
        _count_links(new, owners, tally)
        stored = [draft for draft in drafts if draft.reference in before]
        fitting = [d for d in stored if self._fits(d, before[d.reference], tally)]
        self._link_late(connection, fitting, before, tally)

    def _fits(self, draft: Draft, before: Content, tally: Tally) -> bool:
        """Leave out a row whose key this very file gave to another text."""
        if before.key < self._since:
            return True
        said = (before.position, before.subject, before.text)
        if draft.said != said:
            self._again(draft, said, tally)
            return False
        return True

    def _link_late(
        self,
        connection: "Connection",
        drafts: Sequence[Draft],
        before: Mapping[str, Content],
        tally: Tally,
    ) -> None:
        """Give those their customer who is known only now."""
        waiting = [draft for draft in drafts if before[draft.reference].owner is None]
        owners = self._owners.of(connection, waiting)
        late = {
            UUID(before[draft.reference].key): UUID(owner)
            for draft, owner in zip(waiting, owners, strict=True)
            if owner
        }
        Known(connection).attach(late)
        found = zip(waiting, owners, strict=True)
        self._mails.after(connection, [Stored(one.record, _uuid(key)) for one, key in found if key])
        changed = {*late, *self._restated(connection, drafts)}
        tally.updated += len(changed)
        tally.unchanged += len(drafts) - len(changed)
        tally.linked += len(drafts) - len(waiting) + len(late)
        tally.unlinked += len(waiting) - len(late)
        tally.redacted += sum(draft.redacted for draft in drafts)

    def _restated(self, connection: "Connection", drafts: Sequence[Draft]) -> frozenset[UUID]:
        """Let what came in before say what its system says now, where it keeps keys."""
        if "key" not in self._columns.fields:
            return frozenset()
        given = {
            draft.reference: {name: getattr(draft, name) for name in CHANGING} for draft in drafts
        }
        return restate(connection, self._options.source, given)


def _uuid(key: str | None) -> UUID | None:
    return UUID(key) if key else None


class _NotNew(Exception):
    """One of the rows was there before."""


def _count_links(drafts: Sequence[Draft], owners: Sequence[str | None], tally: Tally) -> None:
    unlinked = owners.count(None)
    tally.linked += len(owners) - unlinked
    tally.unlinked += unlinked
    tally.redacted += sum(draft.redacted for draft in drafts)
