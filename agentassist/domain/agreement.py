# SPDX-License-Identifier: Apache-2.0
"""What was agreed in a contact, until it is saved: steps to do, and what is promised of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from datetime import time as clock_time
from enum import StrEnum
from uuid import UUID

from agentassist.domain.facts import Text
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Offer, Owner
from agentassist.domain.wrap_up import LineKind, SummaryLine

_REMINDER = Text("Ask how it went: {offer}", "어떻게 되었는지 여쭙기: {offer}")
_SOONEST = timedelta(hours=1)
_END_OF_DAY = clock_time(18)
_MIDNIGHT = clock_time(23, 59)


class Due(StrEnum):
    """Until when somebody finds out."""

    HOUR = "in 1 h"
    TODAY = "today"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing we took on: an alternative that was accepted, or something to find out.

    `id` is that of the decision, and of the promise that it becomes. `steps` are done in
    the order of the policy's author; `done` has the places of those that are. `at_once`
    says that nothing is left to promise once all steps are done.
    """

    id: UUID
    title: str
    text: str
    owner: str
    due_at: datetime
    made_at: datetime
    steps: tuple[str, ...] = ()
    done: frozenset[int] = field(default_factory=frozenset)
    at_once: bool = False

    def ticked(self, place: int, *, done: bool) -> "Agreement":
        """Return it with one step done, or not done after all."""
        return replace(self, done=self.done | {place} if done else self.done - {place})

    @property
    def settled(self) -> bool:
        """True when nothing is left to do later."""
        return self.at_once and len(self.done) == len(self.steps)

    def promise(self, customer_id: UUID, call_id: UUID) -> Promise:
        """Return it as a promise to this customer."""
        return Promise(
            self.id, customer_id, self.text, self.owner, self.due_at, self.made_at, call_id
        )


def agreed(
    decision_id: UUID, title: str, offer: Offer, agent: str, now: datetime, language: str
) -> Agreement:
    """Return what an accepted alternative makes us do.

    What the customer does alone is a reminder for us to ask how it went. All are the
    agent's own to begin with; whose they are can be changed before they are saved.
    """
    text = offer.text
    if offer.owner is Owner.CUSTOMER:
        text = _REMINDER.say(language).format(offer=offer.text)
    return Agreement(
        decision_id,
        title,
        text,
        agent,
        now + max(timedelta(hours=offer.within_hours), _SOONEST),
        now,
        offer.steps,
        at_once=offer.within_hours == 0,
    )


def due_at(due: Due, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Return the moment that is meant, aware and in UTC as `now` is.

    `zone` is where people read the clock (None: that of this machine). A day ends at six in
    the evening; from five on today is meant until midnight.
    """
    if due is Due.HOUR:
        return now + _SOONEST
    local = now.astimezone(zone)
    if due is Due.TOMORROW:
        return _at(local + timedelta(days=1), _END_OF_DAY, zone, now)
    end = _at(local, _END_OF_DAY, zone, now)
    return end if end - now >= _SOONEST else max(now, _at(local, _MIDNIGHT, zone, now))


def _at(day: datetime, hour: clock_time, zone: tzinfo | None, like: datetime) -> datetime:
    """Return a wall clock's time on a day, whatever the clocks did in between."""
    wall = datetime.combine(day.date(), hour)
    placed = wall.replace(tzinfo=zone) if zone is not None else wall.astimezone()
    return placed.astimezone(like.tzinfo)


def lines(agreements: Iterable[Agreement]) -> Iterator[SummaryLine]:
    """Yield the steps as lines of a summary, what is done before what is left."""
    for kind in (LineKind.DONE, LineKind.OPEN):
        for item in agreements:
            for place, step in enumerate(item.steps):
                if (place in item.done) is (kind is LineKind.DONE):
                    yield SummaryLine(kind, step, (item.id,))
