# SPDX-License-Identifier: Apache-2.0
"""One thing to know about a caller, and what it is looked for in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Channel, Interaction
from agentassist.domain.promise import Promise


class HighlightKind(StrEnum):
    """What a highlight is about."""

    PROMISE = "promise"
    REPEAT = "repeat"
    COMPLAINT = "complaint"
    POST = "public post"
    MOOD = "mood"


@dataclass(frozen=True, slots=True)
class Complaint:
    """An open loop of a complaint and the interaction that opened it."""

    origin_id: UUID
    channel: Channel
    subject: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Highlight:
    """One thing to know. `words` are quoted or taken over from the sources, never made up.

    `sources` are ids of interactions, the one to look at first in front; `at` is when
    that was, `until` the due time of a promise, `count` how many contacts there were and
    `first_at` when they began.
    """

    kind: HighlightKind
    words: str
    weight: int
    sources: tuple[UUID, ...] = ()
    at: datetime | None = None
    channel: Channel | None = None
    until: datetime | None = None
    count: int = 0
    first_at: datetime | None = None
    good: bool = False
    answered: bool = False
    promise_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer's records tell. `contacts` are newest first, texts may be cut.

    `calls` maps the ids of calls to the interactions that their wrap-ups left.
    """

    contacts: tuple[Interaction, ...] = ()
    promises: tuple[Promise, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    orders: tuple[str, ...] = ()
    name: str = ""
    calls: Mapping[UUID, UUID] = field(default_factory=dict)
