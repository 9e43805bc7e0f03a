# SPDX-License-Identifier: Apache-2.0
"""What to know before the first word, beyond the record: read right after the first paint."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agentassist.domain.highlight import Highlight, Told
from agentassist.domain.highlights import highlights
from agentassist.domain.history import Channel, Essentials, Interaction, Purchase
from agentassist.domain.knowledge import Article, ArticleState, Audience
from agentassist.domain.own_words import TALK
from agentassist.domain.pattern import Pattern
from agentassist.domain.patterns import Habits, find_patterns
from agentassist.domain.visits import Visit, article_keys, visits
from agentassist.services.wrap_up import SOURCE
from agentassist.storage.briefing import BriefingRows
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.knowledge import Knowledge

if TYPE_CHECKING:
    from sqlalchemy import Connection

_READ_CHANNELS = (*sorted(TALK), Channel.NOTE)
_LOOK_BACK = timedelta(days=550)
_EACH_CHANNEL = 40
_BEFORE_CALL = timedelta(hours=24)
_VISITS_READ = 60
_PURCHASES_READ = 60
_COMPLAINTS = 5


@dataclass(frozen=True, slots=True)
class Briefing:
    """Highlights with their sources, what repeats, what was looked at, how much is open."""

    highlights: tuple[Highlight, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    visits: tuple[Visit, ...] = ()
    open_loops: int = 0


class Briefings:
    """Makes briefings; blocks for some milliseconds however long the history is."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def brief(self, essentials: Essentials, since: datetime | None = None) -> Briefing:
        """Return the briefing on a customer. `since` is when the contact began: now, if None."""
        now, customer = self._now(), essentials.customer
        with self._database.reading() as connection:
            rows = BriefingRows(connection, customer.id)
            contacts = rows.newest(_READ_CHANNELS, now - _LOOK_BACK, _EACH_CHANNEL)
            bought = History(connection).purchases(customer.id, _PURCHASES_READ)
            told = _told(rows, essentials, contacts, bought)
            habits = Habits(bought, contacts, _zone(customer.time_zone), customer.name)
            return Briefing(
                highlights(told, now),
                find_patterns(habits, now),
                _visits(connection, rows, since or now),
                rows.open_loops() + len(essentials.promises),
            )

    def purchases(self, customer_id: UUID, most: int) -> tuple[Purchase, ...]:
        """Return the newest purchases of a customer, at most so many."""
        with self._database.reading() as connection:
            return History(connection).purchases(customer_id, most)


def _told(
    rows: BriefingRows,
    essentials: Essentials,
    contacts: tuple[Interaction, ...],
    bought: Iterable[Purchase],
) -> Told:
    calls = [promise.call_id for promise in essentials.promises if promise.call_id]
    return Told(
        contacts,
        essentials.promises,
        rows.complaints(_COMPLAINTS),
        tuple(dict.fromkeys(item.shown or item.order_number for item in bought)),
        essentials.customer.name,
        rows.of_calls(SOURCE, calls),
    )


def _visits(connection: "Connection", rows: BriefingRows, moment: datetime) -> tuple[Visit, ...]:
    found = rows.newest((Channel.WEB,), moment - _BEFORE_CALL, _VISITS_READ)
    knowledge = Knowledge(connection)
    keys = knowledge.ids_of(article_keys(found))
    articles = knowledge.many(keys.values())
    titles = {key: articles[one].title for key, one in keys.items() if _readable(articles[one])}
    return visits(found, titles)


def _readable(article: Article) -> bool:
    return article.state is ArticleState.PUBLISHED and article.audience is Audience.PUBLIC


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
