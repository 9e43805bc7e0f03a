# SPDX-License-Identifier: Apache-2.0
"""Which of the policies that answer one request speaks, for this customer on this day.

A policy speaks where its scope is true and where no other of them may override it. A
scope that is unknown is a question, not a guess. A protected policy is never overridden:
where its scope is not false, an ordinary one waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agentassist.domain.condition import Condition, Values, truth, undecided
from agentassist.domain.policy import AnyPolicy, Policy, PolicyIndex, ProtectedPolicy
from agentassist.domain.verdict import Truth

Overridden = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who answers a request.

    `policy` is None while `unknown` scope facts keep it open, and where nobody answers
    (then `possible` is empty). `protected` are those whose proof is asked for first, all
    of them; `looked` are the scope conditions that this rests on.
    """

    policy: Policy | None = None
    protected: tuple[ProtectedPolicy, ...] = ()
    possible: tuple[Policy, ...] = ()
    unknown: tuple[str, ...] = ()
    looked: tuple[Condition, ...] = ()


def speaker(index: PolicyIndex, asked: str, values: Values, day: date) -> Speaker:
    """Return who answers the request of a policy (or of that name) on a calendar day."""
    alone = index.alone.get(asked)
    if alone is not None:
        return Speaker(alone) if isinstance(alone, Policy) else Speaker(protected=(alone,))
    valid = [policy for policy in index.answering.get(asked, ()) if policy.in_force(day)]
    scopes = [(policy, truth(policy.scope, values)) for policy in valid]
    protected = tuple(p for p, _ in _standing(scopes) if isinstance(p, ProtectedPolicy))
    ordinary = [(p, t) for p, t in _standing(scopes) if isinstance(p, Policy)]
    certain = any(t is Truth.TRUE for p, t in scopes if isinstance(p, ProtectedPolicy))
    possible = () if certain else tuple(p for p, _ in ordinary)
    chosen = _leader(ordinary, index.overridden) if not protected else None
    open_scopes = [p.scope for p in (*protected, *possible)] if chosen is None else []
    return Speaker(
        policy=chosen,
        protected=protected,
        possible=possible,
        unknown=undecided(open_scopes, values),
        looked=tuple(condition for policy in valid for condition in policy.scope),
    )


def _standing(scopes: Iterable[tuple[AnyPolicy, Truth]]) -> list[tuple[AnyPolicy, Truth]]:
    return [(policy, known) for policy, known in scopes if known is not Truth.FALSE]


def _leader(standing: list[tuple[Policy, Truth]], overridden: Overridden) -> Policy | None:
    """Return the policy in scope that overrides every other that may be in scope.

    Where a bundle that was not proven leaves several, none is certain to be overridden:
    the first by id speaks, so that the answer does not depend on the order of files.
    """
    leaders = [
        policy
        for policy, known in standing
        if known is Truth.TRUE and _leads(policy, standing, overridden)
    ]
    if leaders or any(known is Truth.UNKNOWN for _, known in standing):
        return leaders[0] if leaders else None
    beaten = {other for policy, _ in standing for other in overridden[policy.id]}
    return next((policy for policy, _ in standing if policy.id not in beaten), None)


def _leads(policy: Policy, standing: Iterable[tuple[Policy, Truth]], over: Overridden) -> bool:
    return all(other is policy or other.id in over[policy.id] for other, _ in standing)


def general(policies: Iterable[AnyPolicy]) -> Iterable[AnyPolicy]:
    """Return one policy for each request, that with the fewest conditions of its own."""
    by_request: dict[str, AnyPolicy] = {}
    for policy in sorted(policies, key=lambda p: (len(p.overrides), len(p.scope), p.id)):
        by_request.setdefault(policy.asked, policy)
    return by_request.values()
