# SPDX-License-Identifier: Apache-2.0
"""What became of verdicts, counted in the database: one pass over decisions each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.storage.schema.calls import decisions
from agentassist.storage.schema.history import promises
from agentassist.storage.schema.spending import overrides


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How often a policy's verdict of one kind got one answer."""

    policy_id: str
    verdict: VerdictKind
    answer: Answer
    times: int


@dataclass(frozen=True, slots=True)
class OfferCount:
    """What customers said to one alternative."""

    policy_id: str
    title: str
    offer_id: str
    offer: str
    accepted: int
    declined: int


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """How often a rule was overridden in one way, and for how much (minor units)."""

    policy_id: str
    rule: str
    kind: str
    times: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """Promises that were made, by what became of them."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    open: int = 0


class PolicyCounts:
    """Counts on one connection, inside its transaction; `since` of None is everything."""

    def __init__(self, connection: Connection, since: datetime | None) -> None:
        self._connection = connection
        self._since = since

    def answers(self) -> Iterator[AnswerCount]:
        """Yield how often each verdict got each answer, by policy."""
        key = (decisions.c.policy_id, decisions.c.verdict, decisions.c.answer)
        query = select(*key, func.count()).group_by(*key)
        for row in self._connection.execute(self._decided(query)):
            yield AnswerCount(*row)

    def title(self, policy_id: str, verdict: VerdictKind) -> str:
        """Return what a policy was called in one of its decisions."""
        query = select(decisions.c.title).where(
            decisions.c.policy_id == policy_id, decisions.c.verdict == verdict
        )
        return str(self._connection.execute(query.limit(1)).scalar_one_or_none() or policy_id)

    def declines(self) -> tuple[int, int]:
        """Return how many requests of contacts were declined, and how many of them bare.

        A request that was declined in several rounds, or with several alternatives turned
        down, is one.
        """
        contact = func.coalesce(decisions.c.call_id, decisions.c.id)
        bare = func.min(case((decisions.c.answer == Answer.BARE, 1), else_=0)).label("bare")
        one = select(bare).where(decisions.c.verdict == VerdictKind.DECLINE)
        one = one.group_by(contact, decisions.c.policy_id)
        each = self._decided(one).subquery()
        query = select(func.count(), func.coalesce(func.sum(each.c.bare), 0)).select_from(each)
        row = self._connection.execute(query).one()
        return int(row[0]), int(row[1])

    def offers(self) -> Iterator[OfferCount]:
        """Yield what became of each alternative that was named to a customer."""
        key = (decisions.c.policy_id, decisions.c.offer_id)
        query = select(
            *key,
            func.count(case((decisions.c.answer == Answer.ACCEPTED, 1))),
            func.count(case((decisions.c.answer == Answer.DECLINED, 1))),
        ).where(decisions.c.offer_id != "")
        counted = self._connection.execute(self._decided(query.group_by(*key))).all()
        for policy_id, offer_id, accepted, declined in counted:
            named = self._named(policy_id, offer_id)
            yield OfferCount(policy_id, named[0], offer_id, named[1], accepted, declined)

    def _named(self, policy_id: str, offer_id: str) -> tuple[str, str]:
        """Return what a policy and its alternative were called in one decision."""
        query = select(decisions.c.title, decisions.c.offer).where(
            decisions.c.policy_id == policy_id, decisions.c.offer_id == offer_id
        )
        row = self._connection.execute(query.limit(1)).one()
        return row.title or policy_id, row.offer or offer_id

    def overrides(self) -> Iterator[OverrideCount]:
        """Yield how often each rule was overridden."""
        at, key = overrides.c.at, overrides.c
        group = (key.policy_id, key.rule, key.kind)
        query = select(*group, func.count(), func.sum(key.amount), func.max(key.currency))
        query = query.group_by(*group, key.currency)
        if self._since is not None:
            query = query.where(at >= self._since)
        for row in self._connection.execute(query):
            yield OverrideCount(row[0], row[1], row[2], row[3], int(row[4]), row[5])

    def promises(self, now: datetime) -> KeptCounts:
        """Count the promises that were made since, by what became of them."""
        kept, due = promises.c.kept_at, promises.c.due_at
        query = select(
            func.count(case((kept <= due, 1))),
            func.count(case((kept > due, 1))),
            func.count(case(((kept.is_(None)) & (due < now), 1))),
            func.count(case(((kept.is_(None)) & (due >= now), 1))),
        )
        if self._since is not None:
            query = query.where(promises.c.made_at >= self._since)
        return KeptCounts(*self._connection.execute(query).one())

    def _decided(self, query: Select[Any]) -> Select[Any]:
        return query if self._since is None else query.where(decisions.c.at >= self._since)
