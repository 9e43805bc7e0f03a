# SPDX-License-Identifier: Apache-2.0
"""What must hold of a small surprise before it may be suggested."""

from collections.abc import Collection, Iterator, Mapping

from agentassist.domain import policy_cases
from agentassist.domain.condition import truth
from agentassist.domain.facts import FactSpec
from agentassist.domain.findings import Finding, by_language, length, lint
from agentassist.domain.policy import Authority, Wow
from agentassist.domain.verdict import Truth, Wording
from agentassist.domain.wow import ACTION


def prove_wow(
    wow: Wow, specs: Mapping[str, FactSpec], authority: Authority, taken: Collection[str]
) -> Iterator[Finding]:
    """Return what is wrong with one surprise (R7, R8, R18, R19, R22); `taken` are other ids."""
    if wow.id in taken:
        message = '"{wow}" is used twice: rename one.'
        yield Finding("R22", ("id",), message, {"wow": wow.id})
    if not specs[wow.volunteered].volunteered:
        message = "{fact} may be asked for: a surprise answers to what is told unasked only."
        yield Finding("R7", ("volunteered",), message, {"fact": wow.volunteered})
    yield from _cost(wow, authority)
    yield from _reach(wow, specs)
    if not wow.hint.en.strip():
        yield Finding("R19", ("hint",), "Write in `hint` what the agent could do.")
    yield from lint(("hint",), wow.hint)
    for path, sentence in by_language(("hint",), wow.hint):
        yield from length(path, Wording(sentence, sentence))


def _cost(wow: Wow, authority: Authority) -> Iterator[Finding]:
    highest = authority.highest(ACTION) or 0
    if wow.cost > highest:
        message = '"{wow}" costs {cost}, more than anybody may spend on surprises ({highest}).'
        values = {"wow": wow.id, "cost": wow.cost, "highest": highest}
        yield Finding("R18", ("cost",), message, values)


def _reach(wow: Wow, specs: Mapping[str, FactSpec]) -> Iterator[Finding]:
    axes = policy_cases.axes(wow.when, specs)
    if policy_cases.exceeds(axes, len(wow.when)):
        yield Finding("R20", ("when",), "This has too many cases: use fewer facts.")
    elif all(truth(wow.when, case) is not Truth.TRUE for case in policy_cases.cases(axes)):
        message = '"{wow}" can never be reached: its conditions exclude each other.'
        yield Finding("R8", ("when",), message, {"wow": wow.id})
