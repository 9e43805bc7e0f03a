# SPDX-License-Identifier: Apache-2.0
"""What happened before, on every channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.customer import Customer, Preference
from agentassist.domain.money import Money
from agentassist.domain.promise import Promise
from agentassist.domain.state_kind import StateKind

if TYPE_CHECKING:
    from agentassist.domain.cases import CaseBook


class Channel(StrEnum):
    """Where an interaction took place."""

    CALL = "call"
    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    SOCIAL = "social"
    WEB = "web"
    PURCHASE = "purchase"
    NOTE = "note"


class Direction(StrEnum):
    """Who started it; `internal` is between colleagues or with nobody."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Interaction:
    """One contact on one channel.

    `occurred_at` is UTC and aware; None means the source gave no time. `zone` is the
    source's own zone name or offset. `source` and `source_ref` name the record in the
    system it came from and are unique together.
    """

    id: UUID
    customer_id: UUID | None
    channel: Channel
    text: str
    occurred_at: datetime | None
    zone: str = ""
    direction: Direction = Direction.INBOUND
    subject: str = ""
    author: str = ""
    status: str = ""
    conversation_id: UUID | None = None
    source: str = ""
    source_ref: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Interactions that belong together, across channels."""

    id: UUID
    customer_id: UUID | None
    topic: str = ""
    source: str = ""
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One article of a purchase."""

    name: str
    item_ref: str = ""
    price: Money | None = None
    quantity: int = 1
    options: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order, booking or contract. `order_number` is normalised, `shown` as written.

    `delivered_at` is None while it has not arrived, and where the source does not tell.
    """

    id: UUID
    customer_id: UUID
    order_number: str
    shown: str = ""
    status: str = ""
    total: Money | None = None
    payment: str = ""
    ordered_at: datetime | None = None
    lines: tuple[PurchaseLine, ...] = ()
    source: str = ""
    source_ref: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """How a customer pays. Never more of a card than brand and last four digits."""

    id: UUID
    customer_id: UUID
    kind: str
    brand: str = ""
    last_four: str = ""
    balance: Money | None = None
    source: str = ""
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """An interaction that somebody wants to stay in sight until it is unpinned."""

    interaction_id: UUID
    customer_id: UUID
    pinned_at: datetime
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PinnedEntry:
    """A pin and what it holds."""

    pin: Pin
    interaction: Interaction


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """What finds the interactions of one case: any of these, between `since` and `until`.

    `number` is an order number as it is written in texts.
    """

    ids: frozenset[UUID] = frozenset()
    conversations: frozenset[UUID] = frozenset()
    number: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which part of a history to show: what meets every condition. Empty means all.

    `since` counts and `until` does not; with either, what has no time is left out.
    """

    channels: frozenset[Channel] = frozenset()
    text: str = ""
    states: frozenset[StateKind] = frozenset()
    directions: frozenset[Direction] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    pinned: bool = False
    case: CaseKeys | None = None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A stretch of a history, newest first, and the cursors of what lies beyond its ends.

    A page may be short, even empty, and still have a cursor: a rare word is looked for a
    stretch at a time, and `searched` is how far. `newer` is None at the newest end.
    """

    interactions: tuple[Interaction, ...]
    older: str | None = None
    newer: str | None = None
    searched: datetime | None = None


@dataclass(frozen=True, slots=True)
class Essentials:
    """What an agent should know before the first word."""

    customer: Customer
    preferences: tuple[Preference, ...] = ()
    promises: tuple[Promise, ...] = ()
    purchases: tuple[Purchase, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first screen of a customer: essentials, counts by channel, newest page, pins.

    Counting a long history takes longer than the blink in which a call pops, so it may have
    stopped early: `uncounted` are the channels that have more than their count says. `book`
    knows the cases of what was read, and learns with each page.
    """

    essentials: Essentials
    counts: Mapping[Channel, int]
    page: TimelinePage
    pinned: tuple[PinnedEntry, ...] = ()
    uncounted: frozenset[Channel] = frozenset()
    book: "CaseBook | None" = field(default=None, compare=False)

    @property
    def total(self) -> int:
        """The number of interactions over all channels."""
        return sum(self.counts.values())
