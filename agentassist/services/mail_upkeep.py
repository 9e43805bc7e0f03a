# SPDX-License-Identifier: Apache-2.0
"""What is done for mails that were just stored: conversations joined, signatures mined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.history import Direction
from agentassist.domain.importing import RawRecord
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_options import ImportOptions
from agentassist.services.mail_threads import Linked, join_threads
from agentassist.services.signatures import Signed, mine_signatures

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SIGNATURE, _AUTOMATIC = "signature", "automatic"
_DAY = len("2026-03-02")


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that became an interaction, or found its customer only now.

    `conversation` is the one in which it was stored, None where that is not new.
    """

    record: RawRecord
    owner: UUID | None
    conversation: UUID | None = None


class MailUpkeep:
    """Looks after the mails of one import; does nothing for records that are no mails."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options
        self.wanted = "links" in columns.fields

    def after(self, connection: "Connection", stored: Sequence[Stored]) -> None:
        """Do what is to be done, in the transaction that stored them."""
        if self.wanted and stored:
            join_threads(connection, self._options.source, list(self._linked(stored)))
            signed = list(self._signed(stored))
            mine_signatures(connection, signed, self._options.region, self._options.own)

    def _linked(self, stored: Sequence[Stored]) -> Iterator[Linked]:
        for item in stored:
            links = tuple(self._columns.one(item.record, "links").split())
            if links and item.conversation:
                yield Linked(item.conversation, links)

    def _signed(self, stored: Sequence[Stored]) -> Iterator[Signed]:
        """Yield the signatures of what customers wrote themselves."""
        for item in stored:
            signature = item.record.fields.get(_SIGNATURE, "")
            written = not item.record.fields.get(_AUTOMATIC)
            inbound = self._columns.one(item.record, "direction") == Direction.INBOUND
            if item.owner and signature and written and inbound:
                day = self._columns.one(item.record, "at")[:_DAY]
                yield Signed(item.owner, signature, day)
