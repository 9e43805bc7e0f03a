# SPDX-License-Identifier: Apache-2.0
"""Numbers for leads, each with what is counted over what."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agentassist.domain.age_clock import AgeClock
from agentassist.domain.clock import utc_now
from agentassist.domain.contact_walk import Tally, by_person
from agentassist.domain.history import Channel
from agentassist.storage.contact_facts import ContactFacts, PromiseCounts, Waited
from agentassist.storage.database import Database

MOVE = timedelta(days=3)
REPEAT = timedelta(days=7)

DEFINITIONS = {
    "linked": "contacts with a known customer / all contacts: calls, mails, chats, texts and "
    "posts, in and out",
    "ignored": "messages and missed calls without an answer so far, though their time is up / "
    "messages and missed calls whose time is up or that were answered or settled",
    "late": "messages and missed calls that were not answered within the target of their channel "
    "/ the same; what was settled by hand or where it came from counts as in time when it was",
    "answer time": "from the first unanswered message of a conversation to our first answer; "
    "median and the time within which 90 of 100 are answered, over answered ones only",
    "escalation": "contacts whose customer turned to us next on another channel, within "
    "{move} days / contacts of known customers on the first channel that are older than that",
    "first contact": "contacts after which the same customer did not come back on the same topic "
    "within {repeat} days / contacts of known customers that are older than that; the same topic "
    "is one conversation, one order number, or half of the words",
    "promises": "promises kept in time / promises that were kept or are over their time",
}
"""By name: numerator / denominator. Messages in one place within 24 hours are one contact."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; the value is None where there is no whole."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """The part as a number from 0 to 1."""
        return self.part / self.whole if self.whole else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class ResponseClock:
    """How a channel answers; times in seconds, None where nothing was answered."""

    ignored: Share
    late: Share
    answered: int = 0
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class ContactNumbers:
    """All numbers; by channel where that makes sense. `since` is None for everything."""

    since: datetime | None
    linked: dict[Channel, Share]
    clocks: dict[Channel, ResponseClock]
    escalation: dict[tuple[Channel, Channel], Share]
    first_contact: dict[Channel, Share]
    promises: PromiseCounts
    definitions: dict[str, str] = field(default_factory=dict)


def contact_numbers(
    database: Database,
    clock: AgeClock,
    since: datetime | None = None,
    now: Callable[[], datetime] = utc_now,
    move: timedelta = MOVE,
    repeat: timedelta = REPEAT,
) -> ContactNumbers:
    """Count everything since a time; the loops must have been refreshed before.

    Reads in streams: memory does not grow with the number of contacts, save eight bytes for
    each answered message, whose times are sorted for the median.
    """
    moment = now()
    with database.reading() as connection:
        facts = ContactFacts(connection)
        linked = {key: Share(*pair) for key, pair in facts.linked(since).items()}
        clocks = _clocks(facts.waited(since), clock, moment)
        tally = Tally()
        for _, approaches in by_person(facts.approaches(since)):
            tally.add(approaches, move, repeat, moment)
        promises = facts.promises(since, moment)
    return ContactNumbers(
        since,
        linked,
        clocks,
        {pair: Share(count, tally.contacts[pair[0]]) for pair, count in tally.moved.items()},
        {key: Share(whole - tally.repeated[key], whole) for key, whole in tally.settled.items()},
        promises,
        {
            name: text.format(move=move.days, repeat=repeat.days)
            for name, text in DEFINITIONS.items()
        },
    )


def overall(shares: Iterable[Share]) -> Share:
    """Add shares up."""
    return sum(shares, Share())


class _Channel:
    """What is counted of one channel while its messages stream by."""

    def __init__(self) -> None:
        self.seconds = array("d")
        self.whole = self.ignored = self.late = 0

    def take(self, item: Waited, due: datetime, now: datetime) -> None:
        if item.closed_at is None and due > now:
            return  # its time is not up
        self.whole += 1
        self.ignored += item.closed_at is None
        self.late += item.closed_at is None or item.closed_at > due
        if item.answered and item.closed_at is not None:
            self.seconds.append((item.closed_at - item.opened_at).total_seconds())

    def result(self) -> ResponseClock:
        times = sorted(self.seconds)
        return ResponseClock(
            Share(self.ignored, self.whole),
            Share(self.late, self.whole),
            len(times),
            _quantile(times, 0.5),
            _quantile(times, 0.9),
        )


def _clocks(
    waited: Iterable[Waited], clock: AgeClock, now: datetime
) -> dict[Channel, ResponseClock]:
    found: dict[Channel, _Channel] = {}
    for item in waited:
        due = clock.due(item.channel, item.opened_at)
        found.setdefault(item.channel, _Channel()).take(item, due, now)
    return {channel: found[channel].result() for channel in Channel if channel in found}


def _quantile(times: list[float], share: float) -> float | None:
    """Return the smallest time within which at least `share` of all are answered."""
    if not times:
        return None
    return times[max(0, -int(-share * len(times) // 1) - 1)]
