# SPDX-License-Identifier: Apache-2.0
"""What has changed between two looks at the facts: why an answer is another one now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from agentassist.domain.facts import Facts, FactSpec, Source, shown
from agentassist.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class FactNews:
    """A fact that is another now. `was` and `now` are written as facts are; empty: unknown."""

    fact: str
    name: str
    was: str
    now: str


def fact_news(
    specs: Mapping[str, FactSpec],
    before: Facts,
    after: Facts,
    looked_at: Collection[str],
    language: str,
) -> Iterator[FactNews]:
    """Yield what changed among the facts `looked_at`.

    What the agent has just found out is no news to them, nor is a clock that goes on.
    """
    for key in sorted(looked_at):
        spec, old, new = specs.get(key), before.get(key), after.get(key)
        if spec is None or (new is not None and new.source is Source.AGENT):
            continue
        was, now = (shown(spec, item.value) if item else "" for item in (old, new))
        if was != now and spec.source is not Source.CLOCK:
            yield FactNews(key, spec.called(language), was, now)


def same_answer(one: Verdict, other: Verdict) -> bool:
    """Tell whether two verdicts say the same to the customer, however old their facts are."""
    return _said(one) == _said(other)


def _said(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.kind,
        verdict.policy_id,
        verdict.guarded_by,
        verdict.reasons,
        verdict.conditions,
        verdict.alternatives,
        verdict.question,
        verdict.missing,
        verdict.authority,
        verdict.discovery,
        verdict.wording,
    )
