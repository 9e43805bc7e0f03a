# SPDX-License-Identifier: Apache-2.0
"""What agents reported to the people who keep the knowledge base: gaps and flags."""

from dataclasses import dataclass
from datetime import datetime

from agentassist.domain.knowledge import Gap
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

MOST_READ = 10_000
"""How many of the newest gaps are looked through to count equal ones."""
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ReportedGap:
    """What nothing was found for: as it was last asked, when that was, and how often."""

    query: str
    language: str
    last: datetime
    times: int


@dataclass(frozen=True, slots=True)
class ReportedFlag:
    """An article that an agent found wrong; `query` is what it was suggested for.

    `reason` is empty when the agent gave none.
    """

    key: str
    title: str
    reason: str
    query: str
    at: datetime


def gaps(database: Database, limit: int = MOST_SHOWN) -> tuple[ReportedGap, ...]:
    """Return the gaps, newest first; those that differ in case or blanks only are one."""
    with database.reading() as connection:
        newest = Knowledge(connection).gaps(MOST_READ)
    equal: dict[tuple[str, str], list[Gap]] = {}
    for gap in newest:
        key = (" ".join(gap.query.split()).casefold(), gap.language)
        equal.setdefault(key, []).append(gap)
    return tuple(_reported(group) for group in list(equal.values())[:limit])


def flags(database: Database, limit: int = MOST_SHOWN) -> tuple[ReportedFlag, ...]:
    """Return the flags, newest first, also those of articles that were retired."""
    with database.reading() as connection:
        knowledge = Knowledge(connection)
        given = knowledge.flags(limit)
        articles = knowledge.many(flag.article_id for flag in given)
    return tuple(
        ReportedFlag(article.key, article.title, flag.reason, flag.query, flag.at)
        for flag in given
        if (article := articles.get(flag.article_id))
    )


def _reported(group: list[Gap]) -> ReportedGap:
    newest = group[0]
    return ReportedGap(" ".join(newest.query.split()), newest.language, newest.at, len(group))
