# SPDX-License-Identifier: Apache-2.0
"""The policy engine: 200 policies loaded and proven, one decision, many random decisions.

A decision is measured whole: who speaks, guards, rules, ranking, authority, the words in
three tones, and why.
"""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from agentassist.domain.decision import decide
from agentassist.domain.facts import Facts, FactSpec, FactType, FactValue, Plain, Source, worth
from agentassist.domain.policy import Bundle
from agentassist.intake.policy_files import load_texts
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options
from benchmarks.policy_files import generated

_POLICIES = 200
_LOADS = 5
_DECISIONS = 50_000
_SETS = 2_000
_AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_LOAD = Budget(2.0)
_DECIDE = Budget(50.0)


def measure(options: Options) -> list[Figure]:
    """Measure loading, and decisions over what was loaded."""
    files = generated(_POLICIES)
    loads = [_loaded(files) for _ in range(1 if options.quick else _LOADS)]
    bundle = loads[0][1]
    number = _DECISIONS // 50 if options.quick else _DECISIONS
    times = _decided(bundle, number)
    note = f"{len(bundle.policies)} policies, schema, own tests, exhaustive cases"
    return [
        figure("policies: load and prove", "s", [taken for taken, _ in loads], _LOAD, note),
        figure("policies: one decision", "µs", times, _DECIDE, "whole, with words and why"),
        figure("policies: random decisions", "a second", [len(times) / (sum(times) / 1e6)]),
    ]


def _loaded(files: dict[str, str]) -> tuple[float, Bundle]:
    began = time.perf_counter()
    loaded = load_texts(files)
    taken = time.perf_counter() - began
    if loaded.bundle is None:
        raise RuntimeError("; ".join(str(fault) for fault in loaded.faults[:3]))
    return taken, loaded.bundle


def _decided(bundle: Bundle, number: int) -> list[float]:
    """Return the microseconds of each decision, every policy in turn with drawn facts."""
    draw = random.Random(7)
    asked = sorted(bundle.policies)
    sets = [_facts(bundle, asked[n % len(asked)], draw) for n in range(_SETS)]
    times = []
    for turn in range(number):
        policy_id, facts = sets[turn % _SETS]
        began = time.perf_counter()
        decide(bundle, policy_id, facts, at=_AT)
        times.append((time.perf_counter() - began) * 1e6)
    return times


def _facts(bundle: Bundle, policy_id: str, draw: random.Random) -> tuple[str, Facts]:
    """Draw most facts that the policy reads; the caller is known more often than not."""
    reads = sorted(bundle.index.reads[policy_id] & bundle.facts.keys())
    names = [name for name in reads if draw.random() < 0.9]  # noqa: PLR2004  most
    values = {name: worth(bundle.facts[name], _drawn(bundle.facts[name], draw)) for name in names}
    return policy_id, {name: FactValue(value, Source.CRM, _AT) for name, value in values.items()}


def _drawn(spec: FactSpec, draw: random.Random) -> Plain:
    choices: Sequence[Plain] = (True, True, True, False)
    if spec.type is FactType.BOOL:
        return draw.choice(choices)
    if spec.type is FactType.ENUM:
        return draw.choice(spec.values)
    return draw.randint(spec.low, spec.high)
