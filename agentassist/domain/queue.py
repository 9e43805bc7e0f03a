# SPDX-License-Identifier: Apache-2.0
"""The queue: everything that is open, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agentassist.domain.age_clock import Age, age, share
from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind

_TIERS = (
    ("platinum", "diamond", "black", "vip", "vvip", "elite", "플래티넘", "다이아몬드", "최우수"),
    ("gold", "premium", "골드", "우수"),
    ("silver", "plus", "실버"),
)
_RANK = {Age.LATE: 0, Age.SOON: 1, Age.FINE: 2}


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of the queue. `id` is that of the loop or promise.

    `origin_id` is the entry to open at, None for a promise; `complaint` says that somebody
    complains; `answered` that a complaint got an answer and waits for the customer's word;
    `twin` is the loop of the complaint where the message is unanswered as well.
    """

    id: UUID
    kind: LoopKind
    channel: Channel
    subject: str
    opened_at: datetime
    due_at: datetime
    customer_id: UUID | None = None
    name: str = ""
    tier: str = ""
    owner: str = ""
    origin_id: UUID | None = None
    conversation_id: UUID | None = None
    public: bool = False
    complaint: bool = False
    answered: bool = False
    twin: UUID | None = None

    @property
    def keys(self) -> tuple[UUID, ...]:
        """The ids of all that this line stands for."""
        return (self.id, self.twin) if self.twin else (self.id,)

    def is_late(self, now: datetime) -> bool:
        """Tell whether its time is up."""
        return now >= self.due_at

    def age(self, now: datetime) -> Age:
        """Return whether there is time, hardly any, or none."""
        return age(self.opened_at, self.due_at, now)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """What the strip says."""

    open: int = 0
    late: int = 0


def tier_rank(tier: str) -> int:
    """Return the rank of a customer's tier, 0 the highest, by the usual words for it."""
    folded = tier.casefold()
    found = (rank for rank, names in enumerate(_TIERS) if any(name in folded for name in names))
    return next(found, len(_TIERS))


def by_urgency(items: Iterable[QueueItem], now: datetime) -> list[QueueItem]:
    """Order: late, soon, fine; in each public posts first, then tier, then the time used."""
    return sorted(items, key=lambda item: _urgency(item, now))


def counts(items: Iterable[QueueItem], now: datetime) -> QueueCounts:
    """Count what is open and what is late."""
    late = [item.is_late(now) for item in items]
    return QueueCounts(len(late), sum(late))


def _urgency(item: QueueItem, now: datetime) -> tuple[int, bool, int, float, datetime, UUID]:
    used = share(item.opened_at, item.due_at, now)
    return (
        _RANK[item.age(now)],
        not item.public,
        tier_rank(item.tier),
        -used,
        item.opened_at,
        item.id,
    )
