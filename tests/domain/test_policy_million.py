# SPDX-License-Identifier: Apache-2.0
"""Random decisions, as many as AGENTASSIST_DECISIONS says (`make policy-million`)."""

import os
import sys
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from agentassist.domain.condition import parse
from agentassist.domain.policy import Bundle, Policy, ProtectedPolicy
from agentassist.domain.policy_proof import prove_bundle
from tests.policy_laws import Draws, breaks, breaks_beside
from tests.policy_samples import AT, shipped

DECISIONS = int(os.environ.get("AGENTASSIST_DECISIONS", "20000"))
"""Split evenly over the bundles."""

_TOLD = "AGENTASSIST_DECISIONS" in os.environ

BESIDE = 20
"""One decision in so many is decided again with changed facts."""


def crowded() -> Bundle:
    """The policies that ship, each ordinary one with others beside it for the same request."""
    bundle = shipped()
    policies = dict(bundle.policies)
    tier = parse("customer.tier is gold", bundle.facts)
    for policy in bundle.policies.values():
        if isinstance(policy, Policy):
            gold = replace(
                policy,
                id=f"{policy.id}.gold",
                request=policy.id,
                scope=(tier,),
                overrides=(policy.id,),
                examples={},
                counter={},
            )
            season = replace(
                gold,
                id=f"{policy.id}.season",
                scope=(),
                overrides=(gold.id,),
                declines=policy.declines[:1],
                valid_from=AT.date(),
                valid_until=AT.date() + timedelta(days=3),
            )
            gone = replace(gold, id=f"{policy.id}.gone", request="", overrides=(), scope=())
            policies |= {gold.id: gold, season.id: season}
            policies[gone.id] = replace(gone, valid_until=AT.date())
    return replace(bundle, policies=policies | _scoped(bundle))


def _scoped(bundle: Bundle) -> dict[str, Policy | ProtectedPolicy]:
    """A protected policy for some, and an ordinary one for the others."""
    gate = bundle.policies["hotel.pool.gate"]
    easy = bundle.policies["hotel.breakfast.late"]
    assert isinstance(gate, ProtectedPolicy)
    assert isinstance(easy, Policy)
    scope = (parse("hotel.is_weekend is yes", bundle.facts),)
    request = {"request": gate.id, "examples": {}, "counter": {}}
    return {
        gate.id: replace(gate, guards=(), scope=scope),
        "hotel.pool.easy": replace(easy, id="hotel.pool.easy", **request),  # type: ignore[arg-type]  # by name
    }


def test_the_crowded_bundle_is_sound_between_its_policies() -> None:
    rules = [x.rule for found in prove_bundle(crowded()).values() for x in found]
    assert set(rules) <= {"R16"}  # the copies have no examples


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("bundle", [shipped(), crowded()], ids=["shipped", "crowded"])
def test_no_random_decision_breaks_a_law(
    bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    draws = Draws(bundle, seed=7)
    kinds: dict[str, int] = {}
    began = time.perf_counter()
    for number in range(DECISIONS // 2):
        case = draws.case()
        verdict = case.verdict(bundle)
        kind = verdict.kind.value if verdict else "not in force"
        kinds[kind] = kinds.get(kind, 0) + 1
        if verdict is not None:
            assert breaks(bundle, case, verdict) == "", (case, verdict)
            if number % BESIDE == 0:
                assert breaks_beside(bundle, case, verdict, draws) == "", (case, verdict)
    taken = time.perf_counter() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{DECISIONS // 2} decisions in {taken:.0f} s: {kinds}\n" * _TOLD)
    assert {"yes", "yes with", "ask", "decline", "refuse"} <= kinds.keys()
