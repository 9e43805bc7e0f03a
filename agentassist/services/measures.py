# SPDX-License-Identifier: Apache-2.0
"""Whether the house says yes: declines, alternatives, overrides, refusals, promises."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from agentassist.domain.clock import utc_now
from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.services.contact_numbers import Share
from agentassist.storage.database import Database
from agentassist.storage.policy_measures import (
    AnswerCount,
    KeptCounts,
    OfferCount,
    OverrideCount,
    PolicyCounts,
)

__all__ = ["KeptCounts", "OfferCount", "OverrideCount", "PolicyMeasures", "Share", "measures"]

DEFINITIONS = {
    "declines with an alternative": "requests that were declined with at least one alternative "
    "/ requests that were declined; one request of one contact counts once",
    "acceptance": "times an alternative was taken / times it was taken or turned down",
    "overrides": "signed yeses against a verdict, by the rule they went against",
    "override rate": "overrides of a policy / its verdicts",
    "protected refusals": "verdicts that refused a protected request",
    "promises": "promises kept in time / promises kept or over their time",
    "follow-ups": 'requests that ended with "let me find out"',
}
"""By name: numerator / denominator."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often a protected policy refused."""

    policy_id: str
    title: str
    times: int


@dataclass(frozen=True, slots=True)
class PolicyMeasures:
    """All measures since a time; None: since ever. Lists have the most frequent first.

    `declined` is the share with an alternative, `bare` the rest. `verdicts` counts
    decisions by kind, `override_rates` are by policy, for those with any.
    """

    since: datetime | None
    declined: Share
    bare: int
    verdicts: dict[VerdictKind, int]
    alternatives: tuple[OfferCount, ...]
    overrides: tuple[OverrideCount, ...]
    override_rates: dict[str, Share]
    refusals: tuple[Refusals, ...]
    follow_ups: int
    promises: KeptCounts
    definitions: dict[str, str] = field(default_factory=lambda: dict(DEFINITIONS))

    @property
    def promises_kept(self) -> Share:
        """Promises kept in time, of those kept or over their time."""
        kept = self.promises
        return Share(kept.on_time, kept.on_time + kept.late + kept.overdue)


def acceptance(offer: OfferCount) -> Share:
    """Return how often an alternative was taken when it was answered."""
    return Share(offer.accepted, offer.accepted + offer.declined)


def measures(
    database: Database, since: datetime | None = None, now: Callable[[], datetime] = utc_now
) -> PolicyMeasures:
    """Count everything since a time. Memory does not grow with the number of decisions."""
    with database.reading() as connection:
        counts = PolicyCounts(connection, since)
        answers = tuple(counts.answers())
        refusals = _refusals(answers, counts)
        whole, bare = counts.declines()
        offers = sorted(counts.offers(), key=lambda x: (-x.accepted - x.declined, x.offer_id))
        overrides = sorted(counts.overrides(), key=lambda x: (-x.times, x.policy_id, x.rule))
        promises = counts.promises(now())
    return PolicyMeasures(
        since,
        Share(whole - bare, whole),
        bare,
        _verdicts(answers),
        tuple(offers),
        tuple(overrides),
        _rates(answers, overrides),
        refusals,
        sum(x.times for x in answers if x.answer is Answer.FOLLOW_UP),
        promises,
    )


def _verdicts(answers: Iterable[AnswerCount]) -> dict[VerdictKind, int]:
    counted: Counter[VerdictKind] = Counter()
    for each in answers:
        counted[each.verdict] += each.times
    return {kind: counted[kind] for kind in VerdictKind}


def _rates(answers: Iterable[AnswerCount], overrides: Iterable[OverrideCount]) -> dict[str, Share]:
    uses: Counter[str] = Counter()
    for each in answers:
        uses[each.policy_id] += each.times
    times: Counter[str] = Counter()
    for one in overrides:
        times[one.policy_id] += one.times
    return {policy: Share(number, uses[policy]) for policy, number in times.most_common()}


def _refusals(answers: Iterable[AnswerCount], counts: PolicyCounts) -> tuple[Refusals, ...]:
    counted: Counter[str] = Counter()
    for each in answers:
        if each.verdict is VerdictKind.REFUSE:
            counted[each.policy_id] += each.times
    return tuple(
        Refusals(policy_id, counts.title(policy_id, VerdictKind.REFUSE), number)
        for policy_id, number in counted.most_common()
    )
