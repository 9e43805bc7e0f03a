# SPDX-License-Identifier: Apache-2.0
"""The rules of an ordinary policy in three values, and nothing else."""

from dataclasses import dataclass

from agentassist.domain.condition import Values, lacking, truth, undecided
from agentassist.domain.policy import Alternative, Decline, Policy, YesWith
from agentassist.domain.verdict import Truth, VerdictKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules of an ordinary policy say, before authority and words."""

    kind: VerdictKind
    declines: tuple[Decline, ...] = ()
    options: tuple[Alternative, ...] = ()
    extras: tuple[YesWith, ...] = ()
    unknown: tuple[str, ...] = ()


def judge(policy: Policy, values: Values) -> Outcome:
    """Weigh the rules of an ordinary policy in three values; nothing else is looked at."""
    declines = [(rule, truth(rule.when, values)) for rule in policy.declines]
    fired = tuple([rule for rule, known in declines if known is Truth.TRUE])
    if fired:
        return _judge_fired(fired, values)
    extras = [(rule, truth(rule.when, values)) for rule in policy.yes_with]
    rules = [rule.when for rule, known in declines if known is Truth.UNKNOWN]
    rules += [rule.when for rule, known in extras if known is Truth.UNKNOWN]
    unknown = lacking(rules, values)
    if policy.amount and values.get(policy.amount) is None:
        unknown = tuple(dict.fromkeys((*unknown, policy.amount)))
    if unknown:
        return Outcome(VerdictKind.ASK, unknown=unknown)
    given = tuple([rule for rule, known in extras if known is Truth.TRUE])
    return Outcome(VerdictKind.YES_WITH if given else VerdictKind.YES, extras=given)


def _judge_fired(fired: tuple[Decline, ...], values: Values) -> Outcome:
    """Decline only with an alternative in hand; else ask what would open one."""
    options = tuple(option for rule in fired for option in rule.alternatives)
    ready = tuple(option for option in options if truth(option.when, values) is Truth.TRUE)
    if ready:
        return Outcome(VerdictKind.DECLINE, fired, ready)
    return Outcome(VerdictKind.ASK, unknown=undecided((option.when for option in options), values))
