# SPDX-License-Identifier: Apache-2.0
"""When a small surprise may be suggested: only when everything speaks for it.

Never a quota: a hint that is passed over costs nothing and is not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agentassist.domain.condition import Condition
from agentassist.domain.facts import Facts, FactType, both, known
from agentassist.domain.policy import Bundle, Wow
from agentassist.domain.verdict import Truth

ACTION = "wow"
"""The action of authority.toml under which surprises are paid."""

FRAUD = "caller.fraud_flag"
"""The fact by which a telephone system or a record warns of fraud."""

REST = timedelta(days=90)
"""How long a customer who was surprised is left in peace."""


class WowAnswer(StrEnum):
    """What became of a hint."""

    GIVEN = "given"
    NOT_NOW = "not now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a hint depends on.

    `open` counts what is still open for the customer; `recovery` says that we make up for
    something of ours, and then what is open does not matter. `hurried` None: nobody knows.
    `left` is what the agent may still spend on surprises, in minor units; `last_at` when the
    customer was surprised last, `passed` the hints that were passed over in this contact.
    """

    facts: Facts
    at: datetime
    open: int = 0
    recovery: bool = False
    hurried: bool | None = None
    refused: bool = False
    left: int = 0
    last_at: datetime | None = None
    sector: str = ""
    passed: frozenset[str] = frozenset()


def hint(bundle: Bundle, situation: Situation) -> Wow | None:
    """Return the surprise to suggest, the least costly first; None unless all is well."""
    if not _welcome(bundle, situation):
        return None
    found = (wow for wow in bundle.wows if _fits(bundle, situation, wow))
    return min(found, key=lambda wow: (wow.cost, wow.id), default=None)


def volunteered(bundle: Bundle) -> Iterator[str]:
    """Yield the keys of the facts that are only ever told unasked."""
    return (key for key, spec in bundle.facts.items() if spec.volunteered)


def _welcome(bundle: Bundle, situation: Situation) -> bool:
    rested = situation.last_at is None or situation.at - situation.last_at >= REST
    quiet = situation.recovery or situation.open == 0
    safe = not situation.refused and not _is_true(bundle, situation, FRAUD)
    return rested and quiet and safe and situation.hurried is False


def _fits(bundle: Bundle, situation: Situation, wow: Wow) -> bool:
    spec = bundle.facts.get(wow.volunteered)
    told = spec is not None and spec.volunteered and _told(bundle, situation, wow.volunteered)
    meant = not wow.sector or not situation.sector or wow.sector in (situation.sector, "common")
    new = wow.id not in situation.passed and wow.cost <= situation.left
    return told and meant and new and _holds(bundle, situation, wow.when)


def _told(bundle: Bundle, situation: Situation, key: str) -> bool:
    if bundle.facts[key].type is FactType.BOOL:
        return _is_true(bundle, situation, key)
    return known(bundle.facts[key], situation.facts.get(key), situation.at) is not None


def _is_true(bundle: Bundle, situation: Situation, key: str) -> bool:
    spec = bundle.facts.get(key)
    return spec is not None and known(spec, situation.facts.get(key), situation.at) is True


def _holds(bundle: Bundle, situation: Situation, when: tuple[Condition, ...]) -> bool:
    values = (
        (one, known(bundle.facts[one.fact], situation.facts.get(one.fact), situation.at))
        for one in when
    )
    return both(one.truth(value) for one, value in values) is Truth.TRUE
