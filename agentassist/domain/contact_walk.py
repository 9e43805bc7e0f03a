# SPDX-License-Identifier: Apache-2.0
"""What happens after a contact: whether the customer comes back, and on which channel."""

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from agentassist.domain.history import Channel
from agentassist.domain.same_topic import Topic, is_same

ONE_CONTACT = timedelta(hours=24)
"""Messages in one place that follow each other faster than this are one contact."""


@dataclass(frozen=True, slots=True)
class Approach:
    """The customer turned to us: a message or a call."""

    at: datetime
    channel: Channel
    topic: Topic

    @property
    def place(self) -> Hashable:
        """Where messages that follow each other are one contact."""
        return self.topic.conversation_id or self.channel


@dataclass(frozen=True, slots=True)
class ContactSpan:
    """A contact from its first to its last message; the topic is that of the first."""

    began: datetime
    ended: datetime
    channel: Channel
    topic: Topic


@dataclass(slots=True)
class Tally:
    """Counts over many customers. Keys are channels, or pairs from and to."""

    contacts: Counter[Channel] = field(default_factory=Counter)
    moved: Counter[tuple[Channel, Channel]] = field(default_factory=Counter)
    settled: Counter[Channel] = field(default_factory=Counter)
    repeated: Counter[Channel] = field(default_factory=Counter)

    def add(
        self, approaches: Iterable[Approach], move: timedelta, repeat: timedelta, until: datetime
    ) -> None:
        """Count the contacts of one customer, given in order of time.

        Args:
            approaches: how the customer turned to us.
            move: a contact that is followed by one on another channel within this moved.
            repeat: a contact that is followed by one on the same topic within this failed.
            until: only what has had its time by then is judged.
        """
        spans = sorted(contacts(approaches), key=lambda span: span.began)
        for at, span in enumerate(spans):
            if span.ended + move <= until:
                self.contacts[span.channel] += 1
                following = spans[at + 1] if at + 1 < len(spans) else None
                if following and _moves(span, following, move):
                    self.moved[span.channel, following.channel] += 1
            if span.ended + repeat <= until:
                self.settled[span.channel] += 1
                self.repeated[span.channel] += _repeats(spans, at, repeat)


def contacts(approaches: Iterable[Approach]) -> Iterator[ContactSpan]:
    """Join messages that follow each other in one place; yields them by their ends."""
    open_ones: dict[Hashable, ContactSpan] = {}
    for one in approaches:
        for place in [key for key, span in open_ones.items() if span.ended + ONE_CONTACT < one.at]:
            yield open_ones.pop(place)
        known = open_ones.get(one.place)
        open_ones[one.place] = (
            replace(known, ended=one.at)
            if known
            else ContactSpan(one.at, one.at, one.channel, one.topic)
        )
    yield from open_ones.values()


def _moves(span: ContactSpan, following: ContactSpan, move: timedelta) -> bool:
    return following.channel is not span.channel and following.began - span.ended <= move


def _repeats(spans: list[ContactSpan], at: int, repeat: timedelta) -> bool:
    span = spans[at]
    for later in spans[at + 1 :]:
        if later.began - span.ended > repeat:
            return False
        if is_same(span.topic, later.topic):
            return True
    return False


def by_person(
    rows: Iterable[tuple[UUID, Approach]],
) -> Iterator[tuple[UUID, deque[Approach]]]:
    """Group rows that come in order of customer and time."""
    owner: UUID | None = None
    mine: deque[Approach] = deque()
    for key, approach in rows:
        if key != owner and owner is not None:
            yield owner, mine
            mine = deque()
        owner = key
        mine.append(approach)
    if owner is not None:
        yield owner, mine
