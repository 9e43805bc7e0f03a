# SPDX-License-Identifier: Apache-2.0
"""A live contact: what the telephone system reports, and what is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Direction


class CallEventKind(StrEnum):
    """What a telephone system can tell us."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"


class CallState(StrEnum):
    """Where a call stands. It only moves forward."""

    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class Speaker(StrEnum):
    """Who says an utterance."""

    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One event of a telephone system.

    `reference` is the system's own id of the call: events with one reference are one
    call, however often and in whatever order they arrive. `context` is what a bot or
    voice menu already knows (identifiers entered, intent).
    """

    kind: CallEventKind
    reference: str
    received_at: datetime
    remote: str = ""
    local: str = ""
    direction: Direction = Direction.INBOUND
    agent: str = ""
    queue: str = ""
    reason: str = ""
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said or typed during a call."""

    id: UUID
    call_id: UUID
    speaker: Speaker
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One live contact, as far as its events have told. Times are aware, UTC."""

    id: UUID
    reference: str
    state: CallState
    remote: str
    local: str = ""
    direction: Direction = Direction.INBOUND
    agent: str = ""
    queue: str = ""
    customer_id: UUID | None = None
    started_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    context: Mapping[str, str] = field(default_factory=dict)


_RANK = {CallState.RINGING: 0, CallState.TALKING: 1, CallState.ENDED: 2}
_STATE = {
    CallEventKind.RINGING: CallState.RINGING,
    CallEventKind.ANSWERED: CallState.TALKING,
    CallEventKind.ENDED: CallState.ENDED,
}


def begin(event: CallEvent, call_id: UUID) -> Call:
    """Make the call that `event` is the first news of."""
    blank = Call(call_id, event.reference, CallState.RINGING, event.remote, event.local)
    return advance(replace(blank, direction=event.direction), event)


def advance(call: Call, event: CallEvent) -> Call:
    """Apply an event: doubled and late events change nothing that is known."""
    state = max(call.state, _STATE[event.kind], key=_RANK.__getitem__)
    return replace(
        call,
        state=state,
        remote=call.remote or event.remote,
        local=call.local or event.local,
        agent=call.agent or event.agent,
        queue=call.queue or event.queue,
        context={**event.context, **call.context},
        started_at=min(call.started_at or event.received_at, event.received_at),
        answered_at=call.answered_at or _at(event, CallEventKind.ANSWERED),
        ended_at=call.ended_at or _at(event, CallEventKind.ENDED),
    )


def _at(event: CallEvent, kind: CallEventKind) -> datetime | None:
    return event.received_at if event.kind is kind else None
