# SPDX-License-Identifier: Apache-2.0
"""The same thing again: contacts within a week of each other that nobody marked as solved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from agentassist.domain.highlight import Highlight, HighlightKind, Told
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.matters import Topic, ended_well, matters, topic_of
from agentassist.domain.own_words import comes_from_customer, time_of

_WINDOW = timedelta(days=30)
_GAP = timedelta(days=7)
_APART = timedelta(hours=1)
_REPEATED = 2
_OFTEN = 3
_MATTERS_READ = 60
_SOLVED = frozenset(
    {
        *("resolved", "solved", "closed", "done", "completed", "complete", "settled"),
        *("해결", "해결됨", "완료", "종료", "처리완료", "처리 완료", "종결"),
    }
)


def find_repeats(told: Told, now: datetime) -> Iterator[Highlight]:
    """Yield what somebody turned to us with at least twice, and nobody marked as solved."""
    recent = [item for item in told.contacts if time_of(item) >= now - _WINDOW]
    asked = [x for x in recent if comes_from_customer(x) and not ended_well(x)][:_MATTERS_READ]
    topics = [topic_of(item, told.orders, told.name) for item in asked]
    for group in matters(topics):
        contacts = _last_run(group)
        if len(contacts) >= _REPEATED and not _solved(contacts, recent):
            yield _repeat(contacts)


def _last_run(group: Sequence[Topic]) -> list[Topic]:
    """Return the newest contacts, newest first, with no gap of a week and an hour apart."""
    run: list[Topic] = []
    for topic in sorted(group, key=lambda topic: time_of(topic.item), reverse=True):
        gap = time_of(run[-1].item) - time_of(topic.item) if run else _APART
        if gap > _GAP:
            break
        if gap >= _APART:
            run.append(topic)
    return run


def _solved(contacts: Sequence[Topic], recent: Iterable[Interaction]) -> bool:
    newest = contacts[0]
    if _closed(newest.item):
        return True
    orders = frozenset(order for topic in contacts for order in topic.orders)
    threads = {topic.conversation_id for topic in contacts if topic.conversation_id}
    later = (item for item in recent if time_of(item) >= time_of(newest.item) and _closed(item))
    return any(
        item.conversation_id in threads or bool(topic_of(item, orders).orders) for item in later
    )


def _closed(item: Interaction) -> bool:
    return item.status.strip().casefold() in _SOLVED


def _repeat(contacts: Sequence[Topic]) -> Highlight:
    newest = contacts[0].item
    return Highlight(
        HighlightKind.REPEAT,
        _about(contacts),
        75 if len(contacts) >= _OFTEN else 55,
        tuple(topic.item.id for topic in contacts),
        newest.occurred_at,
        newest.channel,
        count=len(contacts),
        first_at=contacts[-1].item.occurred_at,
    )


def _about(contacts: Sequence[Topic]) -> str:
    """Return the order that most contacts name, else a subject, else how the newest begins.

    The subject of a post says where it stood, and not what it is about.
    """
    orders = Counter(order for topic in contacts for order in sorted(topic.orders))
    if orders:
        return orders.most_common(1)[0][0]
    items = [topic.item for topic in contacts]
    subjects = [x.subject for x in items if x.subject.strip() and x.channel is not Channel.SOCIAL]
    return (subjects or [" ".join(items[0].text.split())[:60]])[0]
