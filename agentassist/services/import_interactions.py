# SPDX-License-Identifier: Apache-2.0
"""Rows to interactions of every channel, each linked to its customer where it can be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.customer import ContactKind
from agentassist.domain.history import Channel, Conversation, Direction, Interaction, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import ImportReport, RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake import values
from agentassist.intake.mapping import ColumnMap
from agentassist.services.clues import clues_of_contact
from agentassist.services.contact_points import normalise
from agentassist.services.import_customers import read_customer
from agentassist.services.import_options import ImportOptions
from agentassist.services.linking import Linker
from agentassist.services.mail_upkeep import MailUpkeep, Stored
from agentassist.services.purchase_mirror import mirror
from agentassist.services.redaction import redact
from agentassist.services.row_values import read, read_moment
from agentassist.storage.customers import Customers
from agentassist.storage.history import History
from agentassist.storage.known import Known

if TYPE_CHECKING:
    from sqlalchemy import Connection

OF_NEW_CUSTOMERS = frozenset({"tier", "address", "ordered_at"})
"""Fields of an interaction that only describe a customer who is added with it."""

_MOST_ATTRIBUTES = 20
_LONGEST_ATTRIBUTE = 500
_CHANNEL_BY_KEY = (("chat", Channel.CHAT), ("call", Channel.CALL), ("email", Channel.EMAIL))


@dataclass(frozen=True, slots=True)
class _Draft:
    """An interaction before its customer is known; `conversation` is the source's key."""

    record: RawRecord
    interaction: Interaction
    conversation: str
    redacted: bool


class InteractionRows:
    """Stores the interactions of one file."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options
        self._linker = Linker(options.source, options.region)
        self._mails = MailUpkeep(columns, options)
        self._seen: dict[int, int] = {}

    def store(
        self, connection: "Connection", records: Sequence[RawRecord], report: ImportReport
    ) -> ImportReport:
        """Store a batch and return the report with it."""
        drafts: dict[str, _Draft] = {}
        for record in records:
            try:
                draft = self._draft(record)
            except BadInput as error:
                report = report.with_fault(RowFault.of(error))
                continue
            if drafts.setdefault(draft.interaction.source_ref, draft) is not draft:
                report = report.plus(unchanged=1)
        return self._save(connection, list(drafts.values()), report)

    def finish(self, connection: "Connection", report: ImportReport) -> ImportReport:
        """Nothing is held back."""
        del connection
        return report

    def _save(
        self, connection: "Connection", drafts: Sequence[_Draft], report: ImportReport
    ) -> ImportReport:
        known = Known(connection)
        before = known.interactions(
            self._options.source, (draft.interaction.source_ref for draft in drafts)
        )
        open_ones = [
            draft
            for draft in drafts
            if before.get(draft.interaction.source_ref, (None, None))[1] is None
        ]
        owners = self._owners(connection, open_ones)
        threads = known.conversations(self._conversations(open_ones, owners))
        new = [
            _complete(draft, owner, threads)
            for draft, owner in zip(open_ones, owners, strict=True)
            if draft.interaction.source_ref not in before
        ]
        late = {
            before[draft.interaction.source_ref][0]: owner
            for draft, owner in zip(open_ones, owners, strict=True)
            if owner and draft.interaction.source_ref in before
        }
        History(connection).add_interactions(new)
        known.attach(late)
        self._mails.after(
            connection,
            [
                Stored(draft.record, owner, threads.get(draft.conversation))
                for draft, owner in zip(open_ones, owners, strict=True)
            ],
        )
        unlinked = sum(owner is None for owner in owners)
        return report.plus(
            new=len(new),
            updated=len(late),
            unchanged=len(drafts) - len(new) - len(late),
            linked=len(drafts) - unlinked,
            unlinked=unlinked,
            redacted=sum(draft.redacted for draft in drafts),
        )

    def _owners(self, connection: "Connection", drafts: Sequence[_Draft]) -> list[UUID | None]:
        clues = [
            clues_of_contact(draft.record, self._columns, _whole_text(draft, self._columns))
            for draft in drafts
        ]
        owners = self._linker.link(connection, clues)
        if not self._options.create_customers:
            return owners
        return [
            owner or self._created(connection, draft.record)
            for draft, owner in zip(drafts, owners, strict=True)
        ]

    def _created(self, connection: "Connection", record: RawRecord) -> UUID | None:
        """Add the customer whom the row itself describes: a name and a contact point."""
        customer, _ = read_customer(record, self._columns, self._options)
        if customer is None or not customer.contact_points:
            return None
        owner = Customers(connection).save(customer)
        self._keep_order(connection, record, owner)
        return owner

    def _keep_order(self, connection: "Connection", record: RawRecord, owner: UUID) -> None:
        """Add the order that a row names beside a new customer, and show it in the history."""
        shown = self._columns.one(record, "order_number")
        point = normalise(ContactKind.ORDER, shown, self._options.region) if shown else None
        if point is None:
            return
        purchase = Purchase(
            id=new_id(),
            customer_id=owner,
            order_number=point.value,
            shown=shown,
            ordered_at=read_moment(record, self._columns, "ordered_at", self._options),
            source=self._options.source,
            source_ref=point.value,
        )
        History(connection).add_purchases([purchase])
        History(connection).add_interactions([mirror(purchase)])

    def _conversations(
        self, drafts: Sequence[_Draft], owners: Sequence[UUID | None]
    ) -> list[Conversation]:
        return [
            Conversation(
                new_id(),
                owner,
                draft.interaction.subject,
                self._options.source,
                draft.conversation,
            )
            for draft, owner in zip(drafts, owners, strict=True)
            if draft.conversation
        ]

    def _draft(self, record: RawRecord) -> _Draft:
        columns = self._columns
        text, subject = columns.one(record, "text"), columns.one(record, "subject")
        if not text and not subject:
            raise BadInput(record.place, "The row has neither a text nor a subject.")
        at = read_moment(record, columns, "at", self._options)
        channel = self._channel(record)
        interaction = Interaction(
            id=new_id(),
            customer_id=None,
            channel=channel,
            text=redact(text),
            occurred_at=at,
            zone=columns.one(record, "zone") or (self._options.zone if at else ""),
            direction=read(record, columns, "direction", values.direction) or _usual(channel),
            subject=redact(subject),
            author=columns.one(record, "author"),
            status=columns.one(record, "status"),
            source=self._options.source,
            source_ref=self._reference(record, channel),
            attributes=_attributes(record, columns),
        )
        secret = interaction.text != text or interaction.subject != subject
        return _Draft(record, interaction, columns.one(record, "conversation"), secret)

    def _channel(self, record: RawRecord) -> Channel:
        """Take the column, else what the person says, else what the key is called."""
        named = read(record, self._columns, "channel", values.channel)
        if named or self._options.channel:
            return named or self._options.channel or Channel.NOTE
        keys = " ".join((*self._columns.fields.get("id", ()), *self._columns.fields["text"]))
        return next((channel for part, channel in _CHANNEL_BY_KEY if part in keys), Channel.NOTE)

    def _reference(self, record: RawRecord, channel: Channel) -> str:
        """Return the row's own key within its channel, else a digest of what it says.

        Raises BadInput when the file has used the key for another text.
        """
        said = sha256("\x1f".join(record.fields.values()).encode()).hexdigest()[:32]
        own = self._columns.one(record, "id")
        if not own:
            return f"{channel}:sha256:{said}"
        reference = f"{channel}:{own}"
        if self._seen.setdefault(hash(reference), hash(said)) != hash(said):
            raise BadInput(
                record.place,
                'The key "{key}" stands for two interactions in this file: give each its own.',
                key=own[:60],
            )
        return reference


def _complete(draft: _Draft, owner: UUID | None, threads: dict[str, UUID]) -> Interaction:
    thread = threads.get(draft.conversation) if draft.conversation else None
    return replace(draft.interaction, customer_id=owner, conversation_id=thread)


def _whole_text(draft: _Draft, columns: ColumnMap) -> str:
    """Return what identifiers may stand in, before secrets were taken out."""
    return columns.joined(draft.record, ("subject", "text"), "\n")


def _usual(channel: Channel) -> Direction:
    return Direction.INTERNAL if channel is Channel.NOTE else Direction.INBOUND


def _attributes(record: RawRecord, columns: ColumnMap) -> dict[str, str]:
    """Keep short values of columns that no field takes."""
    short = {
        name: redact(record.fields[name].strip())
        for name in columns.ignored
        if 0 < len(record.fields.get(name, "").strip()) <= _LONGEST_ATTRIBUTE
    }
    return dict(list(short.items())[:_MOST_ATTRIBUTES])
