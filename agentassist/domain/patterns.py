# SPDX-License-Identifier: Apache-2.0
"""What a customer does again and again, said only where the record shows it.

Every pattern needs at least three occurrences. Beyond that:

- a rhythm (orders, one question): every distance lies near the median one, the nearer the
  fewer there are: 6 % of it for two distances, 15 % for three, a quarter for more, and more
  than half of all occurrences keep it;
- a day of the month: the same day, four days at most apart, in months that follow each other;
- a day of the week: so many contacts of the last half year fall on it that chance alone
  would do that in fewer than one case of twenty (exact binomial tail over seven days);
- returns: three within sixty days.

What happened on one day counts once. The newest occurrence must be recent enough that the
pattern is not over: no more than twice its distance ago.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from math import comb
from statistics import median

from agentassist.domain.history import Interaction, Purchase
from agentassist.domain.matters import Topic, matters, topic_of
from agentassist.domain.own_words import comes_from_customer
from agentassist.domain.pattern import Pattern, PatternKind

FEWEST = 3
MOST = 2
_SHORTEST = 5
_TOLERANCE = {2: 0.06, 3: 0.15}
_MANY = 0.25
_SLACK = 2
_MONTH_SPREAD = 4
_CHANCE = 0.05
_WEEK = 7
_RETURN_WINDOW = 60
_RETURNED = frozenset({"returned", "return requested", "반품", "반품 요청", "반품완료", "환불"})
_LOOK_BACK = timedelta(days=550)
_HALF_YEAR = timedelta(days=182)
_TALK_READ = 120
_ITEMS = 2  # the more items are tried, the likelier one keeps a rhythm by chance


@dataclass(frozen=True, slots=True)
class Habits:
    """What patterns are looked for in: all newest first. `zone` is the customer's."""

    purchases: tuple[Purchase, ...] = ()
    contacts: tuple[Interaction, ...] = ()
    zone: tzinfo = UTC
    name: str = ""


def find_patterns(habits: Habits, now: datetime) -> tuple[Pattern, ...]:
    """Return at most two patterns: what fits today first, then what was seen most often."""
    today = now.astimezone(habits.zone).date()
    found = [
        *_returns(habits, today),
        *_order_rhythms(habits, today),
        *_weekday(habits, today),
        *_questions(habits, today),
    ]
    found.sort(
        key=lambda item: (not item.fits_now, item.kind is not PatternKind.RETURNS, -item.seen)
    )
    return tuple(found[:MOST])


# Orders


def _order_rhythms(habits: Habits, today: date) -> Iterator[Pattern]:
    """Yield the rhythm of one item that is bought again, else that of all orders."""
    for words, bought in _by_item(habits.purchases)[:_ITEMS]:
        rhythm = _rhythm(_days(bought, habits.zone), today)
        if rhythm is not None:
            yield replace(rhythm, words=words)
            return
    if rhythm := _rhythm(_days(habits.purchases, habits.zone), today):
        yield rhythm


def _by_item(purchases: Sequence[Purchase]) -> list[tuple[str, list[Purchase]]]:
    names: dict[str, tuple[str, list[Purchase]]] = {}
    for purchase in purchases:
        for line in purchase.lines:
            key = line.item_ref or line.name.casefold()
            names.setdefault(key, (line.name, []))[1].append(purchase)
    often = (pair for pair in names.values() if len(pair[1]) >= FEWEST)
    return sorted(often, key=lambda pair: -len(pair[1]))


def _days(purchases: Iterable[Purchase], zone: tzinfo) -> list[date]:
    times = (item.ordered_at for item in purchases if item.ordered_at)
    return sorted({moment.astimezone(zone).date() for moment in times})


def _rhythm(days: Sequence[date], today: date) -> Pattern | None:
    """Return a day of the month or a distance that all newest days keep; None for neither."""
    return _monthly(days, today) or _every(days, today, PatternKind.ORDERS_EVERY)


def _monthly(days: Sequence[date], today: date) -> Pattern | None:
    run = _tail(days, lambda one, other: _month(other) - _month(one) == 1)
    while len(run) >= FEWEST:
        spread, usual = _spread([day.day for day in run])
        if spread <= _MONTH_SPREAD and (today - run[-1]).days <= 62:  # noqa: PLR2004  two months
            kind = PatternKind.ORDERS_MONTHLY
            fits = min(abs(today.day - usual), 31 - abs(today.day - usual)) <= _SLACK
            return Pattern(kind, len(run), len(days), usual, run[-1], fits_now=fits)
        run = run[1:]
    return None


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _spread(numbers: Sequence[int]) -> tuple[int, int]:
    """Return how far days of the month lie apart on the circle of 31, and the middle one."""
    ordered = sorted(set(numbers))
    gaps = [(b - a, a, b) for a, b in pairwise(ordered)]
    widest = max([*gaps, (ordered[0] + 31 - ordered[-1], ordered[-1], ordered[0])])
    start, spread = widest[2], 31 - widest[0]
    turned = sorted((number - start) % 31 for number in numbers)
    return spread, (start + turned[len(turned) // 2] - 1) % 31 + 1


def _every(days: Sequence[date], today: date, kind: PatternKind) -> Pattern | None:
    """Return the distance of the newest days that keep one."""
    run = list(days)
    while len(run) >= FEWEST and 2 * len(run) > len(days):
        gaps = [(b - a).days for a, b in pairwise(run)]
        usual = round(median(gaps))
        slack = max(1, usual * _TOLERANCE.get(len(gaps), _MANY))
        since = (today - run[-1]).days
        if usual >= _SHORTEST and all(abs(gap - usual) <= slack for gap in gaps):
            if since > 2 * usual:
                return None
            fits = abs(since - usual) <= slack
            return Pattern(kind, len(run), len(days), usual, run[-1], fits_now=fits)
        run = run[1:]
    return None


def _tail(days: Sequence[date], follows: Callable[[date, date], bool]) -> list[date]:
    """Return the newest days of which each follows the one before it."""
    run: list[date] = []
    for day in reversed(days):
        if run and not follows(day, run[0]):
            break
        run.insert(0, day)
    return run


# Returns


def _returns(habits: Habits, today: date) -> Iterator[Pattern]:
    back = [
        item
        for item in habits.purchases
        if item.status.split("(")[0].strip().casefold() in _RETURNED and item.ordered_at
    ]
    days = [item.ordered_at.astimezone(habits.zone).date() for item in back if item.ordered_at]
    recent = sorted(day for day in days if 0 <= (today - day).days <= _RETURN_WINDOW)
    if len(recent) >= FEWEST:
        count = len(recent)
        yield Pattern(PatternKind.RETURNS, count, count, _RETURN_WINDOW, recent[-1])


# Contacts


def _weekday(habits: Habits, today: date) -> Iterator[Pattern]:
    """Yield the day of the week on which somebody turns to us; a week counts once for a day."""
    by_day: dict[date, Interaction] = {}
    for item in _asked(habits, today - _HALF_YEAR):
        by_day.setdefault(_local(item, habits.zone), item)
    counts = [[day for day in by_day if day.weekday() == weekday] for weekday in range(_WEEK)]
    most = max(counts, key=len)
    seen, among = len(most), len(by_day)
    if seen >= FEWEST and _by_chance(seen, among) <= _CHANCE and seen * 2 > among:
        day = max(most)
        if (today - day).days <= 4 * _WEEK:
            sources = tuple(by_day[one].id for one in sorted(most, reverse=True))
            channels = {by_day[one].channel for one in most}
            yield Pattern(
                PatternKind.CONTACTS_WEEKDAY,
                seen,
                among,
                day.weekday(),
                day,
                channel=channels.pop() if len(channels) == 1 else None,
                fits_now=today.weekday() == day.weekday(),
                sources=sources,
            )


def _by_chance(seen: int, among: int) -> float:
    """Return how likely it is that at least `seen` of `among` days fall on some weekday."""
    share = 1 / _WEEK
    tail = sum(
        comb(among, k) * share**k * (1 - share) ** (among - k) for k in range(seen, among + 1)
    )
    return min(1.0, _WEEK * tail)


def _questions(habits: Habits, today: date) -> Iterator[Pattern]:
    """Yield the question that comes back at equal distances, at least three weeks apart."""
    asked = _asked(habits, today - _LOOK_BACK)[:_TALK_READ]
    topics = [_topic(item, habits.name) for item in asked]
    for group in matters(topics):
        newest: dict[date, Interaction] = {}
        for topic in group:
            newest.setdefault(_local(topic.item, habits.zone), topic.item)
        rhythm = _every(sorted(newest), today, PatternKind.QUESTION_EVERY)
        if rhythm is not None and rhythm.number >= 3 * _WEEK:
            items = [newest[day] for day in sorted(newest, reverse=True)][: rhythm.seen]
            words = next((item.subject for item in items if item.subject.strip()), "")
            yield replace(
                rhythm, words=words or items[0].text[:60], sources=tuple(x.id for x in items)
            )


def _topic(item: Interaction, name: str) -> Topic:
    """Read a question by its words alone: a thread goes on, it does not come back."""
    return replace(topic_of(item, (), name), conversation_id=None)


def _asked(habits: Habits, since: date) -> list[Interaction]:
    return [
        item
        for item in habits.contacts
        if comes_from_customer(item) and item.occurred_at and item.occurred_at.date() >= since
    ]


def _local(item: Interaction, zone: tzinfo) -> date:
    assert item.occurred_at is not None  # noqa: S101  only those with a time are asked
    return item.occurred_at.astimezone(zone).date()
