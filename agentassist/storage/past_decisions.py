# SPDX-License-Identifier: Apache-2.0
"""Past decisions in bulk: streamed to be decided again, and counted where they lie."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from agentassist.domain.verdict import VerdictKind
from agentassist.domain.what_if import PastCase
from agentassist.storage.schema.calls import decisions
from agentassist.storage.schema.spending import overrides

_CHUNK = 2_000
_CASE = (
    decisions.c.id,
    decisions.c.policy_id,
    decisions.c.verdict,
    decisions.c.answer,
    decisions.c.at,
    decisions.c.facts,
    decisions.c.title,
    decisions.c.request,
    decisions.c.offer_id,
    decisions.c.call_id,
)


class PastDecisions:
    """Reads past decisions on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, since: datetime | None, verdict: VerdictKind | None = None) -> int:
        """Return how many there are."""
        query = _chosen(select(func.count()).select_from(decisions), since, verdict)
        return int(self._connection.execute(query).scalar_one())

    def cases(
        self, since: datetime | None, verdict: VerdictKind | None = None
    ) -> Iterator[PastCase]:
        """Yield them as they arrive, never holding more than a chunk.

        Alternatives that were turned down together are one decision.
        """
        query = _chosen(select(*_CASE), since, verdict)
        options = {"yield_per": _CHUNK}
        with self._connection.execute(query, execution_options=options) as rows:
            last = None
            for row in rows:
                this = (row.call_id, row.policy_id, row.at)
                if row.call_id is None or this != last:
                    yield PastCase(*row)
                last = this

    def uses(self, since: datetime | None) -> dict[str, int]:
        """Return how often each policy decided."""
        query = select(decisions.c.policy_id, func.count()).group_by(decisions.c.policy_id)
        return _pairs(self._connection, _chosen(query, since))

    def overrides(self, since: datetime | None) -> dict[tuple[str, str, str], int]:
        """Return how often each rule was overridden, by policy, verdict and rule.

        A yes against several declines at once counts for each of them.
        """
        rule = (overrides.c.policy_id, overrides.c.verdict, overrides.c.rule)
        query = select(*rule, func.count()).group_by(*rule)
        if since is not None:
            query = query.where(overrides.c.at >= since)
        counted: dict[tuple[str, str, str], int] = {}
        for policy_id, verdict, names, times in self._connection.execute(query):
            for name in names.split() or [""]:
                key = (policy_id, verdict, name)
                counted[key] = counted.get(key, 0) + times
        return counted

    def overridden(self, since: datetime | None) -> dict[str, int]:
        """Return how often somebody signed against each policy."""
        query = select(overrides.c.policy_id, func.count()).group_by(overrides.c.policy_id)
        if since is not None:
            query = query.where(overrides.c.at >= since)
        return _pairs(self._connection, query)


def _pairs(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _chosen(
    query: Select[Any], since: datetime | None, verdict: VerdictKind | None = None
) -> Select[Any]:
    if since is not None:
        query = query.where(decisions.c.at >= since)
    return query if verdict is None else query.where(decisions.c.verdict == verdict)
