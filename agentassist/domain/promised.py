# SPDX-License-Identifier: Apache-2.0
"""Promises as highlights, and which highlights are shown: all that the first paint needs."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from agentassist.domain.highlight import Highlight, HighlightKind, Told
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.promise import Promise

MOST = 3
_SOON = timedelta(hours=24)
_SAME_SHIFT = timedelta(hours=24)
_QUOTING = frozenset({HighlightKind.COMPLAINT, HighlightKind.POST, HighlightKind.MOOD})


def most_pressing(found: Iterable[Highlight]) -> tuple[Highlight, ...]:
    """Return the most pressing three; one interaction is quoted once."""
    ordered = sorted(found, key=lambda item: (-item.weight, -_stamp(item.at)))
    chosen: list[Highlight] = []
    for item in ordered:
        if len(chosen) < MOST and not _said_already(item, chosen):
            chosen.append(item)
    return tuple(chosen)


def _said_already(item: Highlight, chosen: Iterable[Highlight]) -> bool:
    """Tell whether a highlight repeats one above it: the same words, or a second of its kind."""
    if item.kind is HighlightKind.PROMISE:
        return False
    if any(item.kind is other.kind for other in chosen):
        return True
    quoted = [other.sources[0] for other in chosen if other.kind in _QUOTING]
    return item.kind in _QUOTING and item.sources[0] in quoted


def promised(told: Told, now: datetime) -> Iterator[Highlight]:
    """Yield what was promised and not kept yet, with the contact it was promised in."""
    for promise in told.promises:
        if promise.kept_at is not None:
            continue
        soon = promise.due_at - now <= _SOON
        weight = 100 if promise.is_overdue(now) else 80 if soon else 50
        source = _made_in(promise, told)
        wrapped = told.calls.get(promise.call_id) if promise.call_id else None
        known = wrapped or (source.id if source else None)
        yield Highlight(
            HighlightKind.PROMISE,
            promise.text,
            weight,
            (known,) if known else (),
            promise.made_at,
            source.channel if source else None,
            until=promise.due_at,
            promise_id=promise.id,
        )


def _made_in(promise: Promise, told: Told) -> Interaction | None:
    """Return the contact a promise was made in: of its call, else its owner's of that shift."""
    by_call = told.calls.get(promise.call_id) if promise.call_id else None
    if by_call:
        return next((item for item in told.contacts if item.id == by_call), None)
    owner = promise.owner.strip().casefold()
    mine = [
        item
        for item in told.contacts
        if owner and item.author.strip().casefold() == owner and item.occurred_at
    ]
    near = [item for item in mine if _distance(item, promise.made_at) <= _SAME_SHIFT]
    return min(near, key=lambda item: (_rank(item), _distance(item, promise.made_at)), default=None)


def _rank(item: Interaction) -> bool:
    """A contact with the customer comes before a note of the same shift."""
    return item.channel is Channel.NOTE


def _distance(item: Interaction, moment: datetime) -> timedelta:
    return abs((item.occurred_at or moment) - moment)


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
