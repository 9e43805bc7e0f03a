# SPDX-License-Identifier: Apache-2.0
"""Which alternatives are shown first, and why.

score = need x needs met + accepted x accepted before - declined x declined before
        + soon / (1 + hours) - cost / cost weight

Nothing about the person: no age, gender, origin or guessed character, only what this
alternative delivers and what this customer said to it before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agentassist.domain.money import Money
from agentassist.domain.policy import Alternative, Bundle, Policy, SafePath, Weights
from agentassist.domain.verdict import Offer


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """What this customer answered to one alternative before. `declined_at` is the latest."""

    accepted: int = 0
    declined: int = 0
    declined_at: datetime | None = None


Past = Mapping[tuple[str, str], OfferRecord]
"""By policy id and alternative id."""


def score(option: Alternative, needs: int, record: OfferRecord, weights: Weights) -> float:
    """Return the rank value of one alternative that meets `needs` needs; more is better."""
    before = weights.accepted * record.accepted - weights.declined * record.declined
    effort = weights.soon / (1 + option.within_hours) - option.cost / weights.cost
    return round(weights.need * needs + before + effort, 9)


def rank(
    policy: Policy,
    options: Sequence[Alternative],
    past: Past,
    weights: Weights,
    at: datetime,
    need: str | None = None,
) -> tuple[Alternative, ...]:
    """Order the alternatives, best first, at most `weights.shown`; ties in author's order.

    Where the customer said which `need` it is, only that one counts as met.
    What the customer turned down lately rests, unless nothing else would be left.
    """
    records = {option.id: past.get((policy.id, option.id), OfferRecord()) for option in options}
    fresh = [option for option in options if not _rests(records[option.id], weights, at)]
    wanted = {need} & set(policy.needs) or set(policy.needs)

    def value(option: Alternative) -> float:
        met = sum(delivered in wanted for delivered in option.delivers)
        return -score(option, met, records[option.id], weights)

    return tuple(sorted(fresh or options, key=value)[: weights.shown])


def _rests(record: OfferRecord, weights: Weights, at: datetime) -> bool:
    return record.declined_at is not None and at - record.declined_at < weights.rest


def offer(bundle: Bundle, policy: Policy, option: Alternative, language: str) -> Offer:
    """Put an alternative in words; its reasons are the names of the needs it meets."""
    met = tuple(need for need in option.delivers if need in policy.needs)
    return Offer(
        option.id,
        option.offer.say(language),
        option.owner,
        option.within_hours,
        Money(option.cost, bundle.authority.currency) if option.cost else None,
        tuple(step.say(language) for step in option.steps),
        tuple(policy.needs[need].say(language) for need in met),
        option.by,
        met,
    )


def safe_offer(path: SafePath, language: str) -> Offer:
    """Put a safe path in words."""
    return Offer(path.id, path.offer.say(language), path.owner, path.within_hours)
