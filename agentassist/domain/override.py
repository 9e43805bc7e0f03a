# SPDX-License-Identifier: Apache-2.0
"""A yes that somebody answers for: above the agent's authority, or against the verdict."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.authority import GOODWILL
from agentassist.domain.basis import Basis
from agentassist.domain.decision import judge
from agentassist.domain.facts import Facts, known
from agentassist.domain.money import Money
from agentassist.domain.policy import Bundle, Category, Policy
from agentassist.domain.verdict import Authority, Offer, Verdict, VerdictKind

DUAL_CONTROL = "dual_control"
"""The exception of a protected policy that two people may make together."""

_NEVER = frozenset({Category.SAFETY, Category.ETHICS})
_YES = frozenset({VerdictKind.YES, VerdictKind.YES_WITH})


class OverrideKind(StrEnum):
    """Inside one's own authority, signed by somebody above, or by two people."""

    WITHIN = "within"
    SIGNED = "signed"
    DUAL_CONTROL = "dual control"


@dataclass(frozen=True, slots=True)
class Signing:
    """What it takes until an answer counts. `people` is how many others have to sign."""

    kind: OverrideKind
    people: int
    authority: Authority


@dataclass(frozen=True, slots=True)
class Signature:
    """What one person typed to sign."""

    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be signed. `id` is that of the decision it becomes.

    `offer` is the alternative that is given; without one it is the request itself. `amount`
    is what the agent says it costs, where the verdict does not know.
    """

    id: UUID
    verdict: Verdict
    basis: Basis
    reason: str
    offer: Offer | None = None
    amount: Money | None = None
    call_id: UUID | None = None
    customer_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What was signed; append-only. `id` is that of the decision.

    `rule` names the declines that were passed over, `signer` the logins of those who signed
    (with a blank between two), empty where the agent did it alone.
    """

    id: UUID
    decision_id: UUID
    call_id: UUID | None
    customer_id: UUID | None
    policy_id: str
    bundle: str
    rule: str
    verdict: str
    kind: OverrideKind
    actor: str
    signer: str
    reason: str
    amount: int
    currency: str
    at: datetime


def signing(verdict: Verdict, offer: Offer | None = None) -> Signing | None:
    """Return what it takes to say yes, or to give an alternative; None: nothing, or no way.

    A yes or an alternative within the agent's authority needs no signature. A decline can be
    overridden with a reason; a refusal only by two people, where its policy says so, and
    never on safety or ethics. A question has to be answered first.
    """
    asked = authority_of(verdict, offer)
    if offer is not None or verdict.kind in _YES:
        return _above(asked)
    if verdict.kind is VerdictKind.DECLINE and asked is not None:
        return _above(asked) or Signing(OverrideKind.WITHIN, 0, asked)
    if verdict.kind is VerdictKind.REFUSE and _has_way_round(verdict):
        return Signing(OverrideKind.DUAL_CONTROL, 2, verdict.authority)
    return None


def authority_of(verdict: Verdict, offer: Offer | None) -> Authority | None:
    """Return what is asked of authority by an alternative, or by the request itself.

    A decline that is overridden is goodwill, unless its policy names an action.
    """
    if offer is not None:
        return offer.authority
    if verdict.kind is VerdictKind.DECLINE and not verdict.authority.action:
        return replace(verdict.authority, action=GOODWILL)
    return verdict.authority


def currency_of(bundle: Bundle, policy_id: str) -> str:
    """Return the currency in which an amount is told: that of the policy's amount, if any."""
    policy = bundle.policies.get(policy_id)
    spec = bundle.facts.get(policy.amount) if isinstance(policy, Policy) else None
    return (spec.currency if spec else "") or bundle.authority.currency


def _above(authority: Authority | None) -> Signing | None:
    if authority is None or authority.within:
        return None
    return Signing(OverrideKind.SIGNED, 1, authority)


def _has_way_round(verdict: Verdict) -> bool:
    return verdict.exception == DUAL_CONTROL and verdict.category not in _NEVER


def fired(bundle: Bundle, verdict: Verdict, facts: Facts, at: datetime) -> tuple[str, ...]:
    """Return the ids of the declines that made a verdict, empty for any other verdict."""
    policy = bundle.policies.get(verdict.policy_id)
    if not isinstance(policy, Policy) or verdict.kind is not VerdictKind.DECLINE:
        return ()
    specs = bundle.facts
    values = {key: known(specs[key], fact, at) for key, fact in facts.items() if key in specs}
    return tuple(rule.id for rule in judge(policy, values).declines)
