# SPDX-License-Identifier: Apache-2.0
"""The three things that matter most about a caller, each with where it was read.

A promise that is due, an issue that came back unsolved, a complaint nobody confirmed as
solved, a public post that may spread, and the words that show how somebody feels. What has
no source is not said (a promise is a record itself). Weights are one scale, most pressing first:

    100 promise overdue       90 public post, no answer    85 open complaint
     80 promise due in a day  75 third contact on a thing  70 public post, answered
     62 bitter words          55 second contact on it      50 promise to come
     11 kind words
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from agentassist.domain.highlight import Highlight, HighlightKind, Told
from agentassist.domain.history import Direction, Interaction
from agentassist.domain.mood import Words, find_words
from agentassist.domain.own_words import comes_from_customer, is_public, own_words, time_of
from agentassist.domain.promised import most_pressing, promised
from agentassist.domain.repeats import find_repeats

_WINDOW = timedelta(days=30)
_POST_WINDOW = timedelta(days=14)
_BITTER = 60
_KIND = 10

Felt = Sequence[tuple[Interaction, Words]]
"""Contacts in which the customer shows a feeling, newest first."""


def highlights(told: Told, now: datetime) -> tuple[Highlight, ...]:
    """Return the most pressing three; one interaction is shown once."""
    felt = tuple(_felt(told, now - _WINDOW))
    found = [
        *promised(told, now),
        *_complaints(told),
        *_posts(told, felt, now - _POST_WINDOW),
        *find_repeats(told, now),
        *_moods(felt),
    ]
    return most_pressing(found)


# Complaints and posts


def _complaints(told: Told) -> Iterator[Highlight]:
    items = {item.id: item for item in told.contacts}
    for open_one in told.complaints:
        item = items.get(open_one.origin_id)
        found = find_words(own_words(item)) if item else None
        yield Highlight(
            HighlightKind.COMPLAINT,
            found.quote if found and not found.good else open_one.subject,
            85,
            (open_one.origin_id,),
            open_one.opened_at,
            open_one.channel,
        )


def _posts(told: Told, felt: Felt, since: datetime) -> Iterator[Highlight]:
    for item, words in felt:
        if not words.good and is_public(item) and time_of(item) >= since:
            answered = any(_answers(other, item) for other in told.contacts)
            yield Highlight(
                HighlightKind.POST,
                words.quote,
                70 if answered else 90,
                (item.id,),
                item.occurred_at,
                item.channel,
                answered=answered,
            )


def _answers(other: Interaction, item: Interaction) -> bool:
    later = time_of(other) >= time_of(item)
    return later and other.direction is Direction.OUTBOUND and other.channel is item.channel


# Mood


def _moods(felt: Felt) -> Iterator[Highlight]:
    """Yield the bitterest words first, then the newest; kind ones last."""
    ordered = sorted(felt, key=lambda pair: (pair[1].strength, time_of(pair[0])), reverse=True)
    for item, words in ordered:
        yield _mood(item, words, _KIND if words.good else _BITTER)


def _mood(item: Interaction, words: Words, weight: int) -> Highlight:
    return Highlight(
        HighlightKind.MOOD,
        words.quote,
        weight + int(words.strength),
        (item.id,),
        item.occurred_at,
        item.channel,
        good=words.good,
    )


def _felt(told: Told, since: datetime) -> Iterator[tuple[Interaction, Words]]:
    for item in told.contacts:
        if comes_from_customer(item) and time_of(item) >= since:
            words = find_words(own_words(item))
            if words is not None:
                yield item, words
