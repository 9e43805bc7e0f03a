# SPDX-License-Identifier: Apache-2.0
"""The second reading of proofs finds a yes that came too early, whoever said it."""

from dataclasses import replace

import pytest

from agentassist.domain.condition import parse
from agentassist.domain.decision import decide
from agentassist.domain.facts import Text, Value
from agentassist.domain.guard_proof import is_breach, prove_guarding
from agentassist.domain.money import Money
from agentassist.domain.policy import Allow, Guard, ProtectedPolicy
from agentassist.domain.verdict import Verdict, VerdictKind
from tests.policy_samples import AT, facts, good

BUNDLE = good()
SIM = BUNDLE.policies["telecom.sim.swap"]
PROVEN: dict[str, Value] = {"caller.verified": True, "caller.pin_ok": True}
OWNER: dict[str, Value] = {"caller.verified": True, "caller.is_account_holder": True}
FEE: dict[str, Value] = {"bank.fee": Money(100, "USD")}


def yes(policy: str) -> Verdict:
    """A yes as a broken engine would say it."""
    known = {"telecom.sim.swap": PROVEN, "bank.fee.refund": OWNER | FEE}[policy]
    got = decide(BUNDLE, policy, facts(known), at=AT)
    assert got.kind in (VerdictKind.YES, VerdictKind.YES_WITH)
    return got


def test_the_sample_policies_open_nothing_early() -> None:
    assert list(prove_guarding(BUNDLE)) == []


@pytest.mark.parametrize(
    ("case", "breach"),
    [
        ({"caller.verified": True, "caller.pin_ok": True}, False),
        ({"caller.verified": True, "caller.pin_ok": False}, True),
        ({"caller.verified": True, "caller.pin_ok": None}, True),
        ({"caller.pin_ok": True}, True),
        ({}, True),
    ],
)
def test_a_protected_yes_without_its_proof_is_a_breach(
    case: dict[str, bool | int | str | None], breach: bool
) -> None:
    assert is_breach(BUNDLE, case, yes("telecom.sim.swap")) is breach


@pytest.mark.parametrize(
    ("case", "breach"),
    [
        ({"caller.verified": True, "caller.is_account_holder": True}, False),
        ({"caller.verified": True, "caller.is_account_holder": False}, True),
        ({"caller.verified": True, "caller.pin_ok": True}, False),
        ({"caller.is_account_holder": True, "caller.pin_ok": True}, True),
        ({"caller.verified": False, "caller.is_account_holder": True}, True),
        ({}, True),
    ],
)
def test_a_yes_past_a_guard_is_a_breach(
    case: dict[str, bool | int | str | None], breach: bool
) -> None:
    assert is_breach(BUNDLE, case, yes("bank.fee.refund")) is breach


def test_a_question_or_a_refusal_never_is() -> None:
    asked = decide(BUNDLE, "bank.fee.refund", {}, at=AT)
    refused = decide(BUNDLE, "telecom.sim.swap", {}, at=AT)
    assert not is_breach(BUNDLE, {}, asked)
    assert not is_breach(BUNDLE, {}, refused)


def test_a_proof_that_is_true_by_what_is_not_known_is_found() -> None:
    """An empty rule proves nothing, also where something else has let it pass."""
    assert isinstance(SIM, ProtectedPolicy)
    hollow = replace(SIM, allow=(Allow(when=(), condition=Text("")), *SIM.allow))
    bundle = replace(BUNDLE, policies={**BUNDLE.policies, SIM.id: hollow})
    assert list(prove_guarding(bundle)) == []
    assert is_breach(bundle, {}, yes("telecom.sim.swap"))


def test_too_many_proofs_before_one_policy_are_told() -> None:
    assert isinstance(SIM, ProtectedPolicy)
    texts = [f"bank.fee is not {n}" for n in range(1, 9_000, 2)]
    wide = Allow(when=tuple(parse(t, BUNDLE.facts) for t in texts), condition=Text(""))
    guard = replace(SIM, id="bank.guard", sector="bank", allow=(wide,), guards=(Guard.THIRD_PARTY,))
    bundle = replace(BUNDLE, policies={**BUNDLE.policies, guard.id: guard})
    assert {finding.rule for _, finding in prove_guarding(bundle)} == {"R20"}
