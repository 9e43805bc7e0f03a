# SPDX-License-Identifier: Apache-2.0
"""How long something may wait on its channel, and how much of that time is used.

Only working time counts where there are working hours. They are those of a zone's walls:
nine o'clock stays nine o'clock when the clocks change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from agentassist.domain.history import Channel

SOON = 0.75
"""The share of a target from which on it is high time."""
_MIDNIGHT = time(0)
_MOST_DAYS = 3_660
_EVERY_DAY = frozenset(range(1, 8))


class Age(StrEnum):
    """How something stands against its clock."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours in a zone. `opens` equal to `closes` means around the clock.

    `days` are ISO weekdays: Monday is 1. Hours do not cross midnight.
    """

    zone: tzinfo = UTC
    opens: time = _MIDNIGHT
    closes: time = _MIDNIGHT
    days: frozenset[int] = _EVERY_DAY

    @property
    def always(self) -> bool:
        """True when every hour counts."""
        return self.opens == self.closes and self.days >= _EVERY_DAY

    def stretches(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working stretches from `since` on, in UTC, for ten years at most."""
        first = since.astimezone(self.zone).date()
        for day in (first + timedelta(days=ahead) for ahead in range(_MOST_DAYS)):
            begins, ends = self._day(day)
            if day.isoweekday() in self.days and ends > since:
                yield max(begins, since), ends

    def end_of_day(self, moment: datetime) -> datetime:
        """Return when the working day of `moment` ends, the next one's after hours."""
        return next((ends for _, ends in self.stretches(moment)), moment)

    def _day(self, day: date) -> tuple[datetime, datetime]:
        around = self.opens == self.closes
        last = day + timedelta(days=1) if around else day
        begins = datetime.combine(day, _MIDNIGHT if around else self.opens, self.zone)
        ends = datetime.combine(last, _MIDNIGHT if around else self.closes, self.zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class AgeClock:
    """Targets by channel; one of zero means by the end of the working day."""

    targets: Mapping[Channel, timedelta] = field(default_factory=dict)
    hours: Hours = field(default_factory=Hours)

    def due(self, channel: Channel, opened_at: datetime) -> datetime:
        """Return when the time of something that came in at `opened_at` is up."""
        target = self.targets.get(channel, timedelta(0))
        if not target:
            return self.hours.end_of_day(opened_at)
        if self.hours.always:
            return opened_at + target
        for begins, ends in self.hours.stretches(opened_at):
            if target <= ends - begins:
                return begins + target
            target -= ends - begins
        return opened_at + target


def share(opened_at: datetime, due_at: datetime, now: datetime) -> float:
    """Return how much of the way from `opened_at` to `due_at` has passed; over 1 when late."""
    whole = (due_at - opened_at).total_seconds()
    passed = (now - opened_at).total_seconds()
    if whole <= 0:
        return 1.0 if now < due_at else 1.0 + max(0.0, passed) / 3600
    return max(0.0, passed / whole)


def age(opened_at: datetime, due_at: datetime, now: datetime) -> Age:
    """Return whether there is time, hardly any, or none."""
    if now >= due_at:
        return Age.LATE
    return Age.SOON if share(opened_at, due_at, now) >= SOON else Age.FINE
