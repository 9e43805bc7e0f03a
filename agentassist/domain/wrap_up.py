# SPDX-License-Identifier: Apache-2.0
"""How a contact ends: what it was about, what is left to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Channel
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Decision


class Disposition(StrEnum):
    """How the contact ended, in the field's usual terms."""

    RESOLVED = "resolved"
    FOLLOW_UP = "follow-up"
    TRANSFERRED = "transferred"
    DECLINED = "declined"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"


class LineKind(StrEnum):
    """The parts of a summary."""

    ASKED = "asked"
    DONE = "done"
    OPEN = "open"
    PROMISED = "promised"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of a summary and the records it was taken from.

    `sources` are ids of utterances, decisions or feedback; a line the agent wrote has none.
    """

    kind: LineKind
    text: str
    sources: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class WrapUp:
    """All that is saved when a contact closes, in one transaction."""

    call_id: UUID
    customer_id: UUID | None
    channel: Channel
    disposition: Disposition
    summary: tuple[SummaryLine, ...]
    closed_at: datetime
    notes: str = ""
    promises: tuple[Promise, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Notes of a contact that was not wrapped up yet."""

    call_id: UUID
    text: str
    saved_at: datetime
