# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import timedelta

import pytest

from agentassist.domain.condition import parse
from agentassist.domain.decision import decide, to_bytes
from agentassist.domain.facts import FactValue, Source, Text, Value
from agentassist.domain.money import Money
from agentassist.domain.policy import Allow, Bundle, ProtectedPolicy
from agentassist.domain.ranking import OfferRecord
from agentassist.domain.verdict import Truth, Verdict, VerdictKind
from agentassist.errors import UserError
from tests.policy_samples import AT, BREAKFAST, FEE, facts, good

BUNDLE = good()
KNOWN: dict[str, Value] = {"caller.verified": True, "caller.is_account_holder": True}


def verdict(policy: str, values: dict[str, Value], bundle: Bundle = BUNDLE) -> Verdict:
    return decide(bundle, policy, facts(values), at=AT)


def test_what_is_not_listed_is_yes() -> None:
    got = verdict("hotel.breakfast.late", {"hotel.hour": 9})
    assert got.kind is VerdictKind.YES
    assert got.wording.long == "Yes, gladly."
    assert got.bundle == BUNDLE.digest


def test_a_decline_comes_with_its_true_alternatives() -> None:
    full = verdict("hotel.breakfast.late", {"hotel.hour": 12, "hotel.occupancy_pct": 95})
    assert full.kind is VerdictKind.DECLINE
    assert [offer.id for offer in full.alternatives] == ["room_service"]
    assert full.reasons == ("The dining room is being set for lunch",)
    assert full.wording.long == (
        "I can offer you breakfast brought to your room. The dining room is being set for lunch."
    )
    half = verdict("hotel.breakfast.late", {"hotel.hour": 12, "hotel.occupancy_pct": 94})
    assert [offer.id for offer in half.alternatives] == ["fireside", "room_service"]
    assert half.alternatives[1].cost == Money(500, "USD")
    assert half.alternatives[0].reasons == ("eat now", "breakfast food")


def test_an_alternative_that_is_unknown_is_not_offered() -> None:
    got = verdict("hotel.breakfast.late", {"hotel.hour": 12})
    assert [offer.id for offer in got.alternatives] == ["room_service"]


def test_no_decline_before_an_alternative_is_certain() -> None:
    bundle = good(
        breakfast=BREAKFAST.replace(
            '  id = "room_service"', '  id = "room_service"\n  when = ["hotel.occupancy_pct >= 90"]'
        )
    )
    got = verdict("hotel.breakfast.late", {"hotel.hour": 12}, bundle)
    assert got.kind is VerdictKind.ASK
    assert got.question is not None
    assert got.question.fact == "hotel.occupancy_pct"


def test_a_missing_fact_is_asked_for() -> None:
    got = verdict("hotel.breakfast.late", {})
    assert got.kind is VerdictKind.ASK
    assert got.question is not None
    assert got.question.sentence == "What time shall I note for you?"
    assert got.wording.long == got.question.sentence


def test_a_stale_fact_is_asked_for_again_and_shown_with_its_age() -> None:
    old = facts({"hotel.hour": 9}, at=AT - timedelta(minutes=11))
    got = decide(BUNDLE, "hotel.breakfast.late", old, at=AT)
    assert got.kind is VerdictKind.ASK
    why = got.why[0]
    assert (why.value, why.truth, why.age_seconds) == ("9", Truth.UNKNOWN, 660)


def test_why_shows_condition_value_source_and_truth() -> None:
    got = decide(
        BUNDLE,
        "hotel.breakfast.late",
        {"hotel.hour": FactValue(9, Source.CLOCK, AT - timedelta(seconds=3))},
        at=AT,
    )
    assert [(w.condition, w.value, w.truth, w.source, w.age_seconds) for w in got.why] == [
        ("hotel.hour >= 12", "9", Truth.FALSE, "clock", 3),
        ("hotel.occupancy_pct < 95", "", Truth.UNKNOWN, "", None),
    ]


def test_the_question_is_the_one_that_settles_most() -> None:
    text = BREAKFAST.replace(
        'when = ["hotel.hour >= 12"]', 'when = ["caller.verified is no", "hotel.hour >= 12"]'
    ).replace('facts = {"hotel.hour" = 14', 'facts = {"caller.verified" = false, "hotel.hour" = 14')
    got = verdict("hotel.breakfast.late", {}, good(breakfast=text))
    assert got.question is not None
    assert got.question.fact == "caller.verified"
    assert got.question.answers == ("yes", "no")


# Protected


def test_a_protected_request_is_refused_until_everything_is_proven() -> None:
    got = verdict("telecom.sim.swap", {"caller.verified": True})
    assert got.kind is VerdictKind.REFUSE
    assert got.category == "security"
    assert got.missing == ("caller.pin_ok",)
    assert [path.id for path in got.alternatives] == ["shop"]
    assert got.wording.long == (
        "I keep your number safe and leave it where it is. "
        "The safe way: a shop visit today with photo identification."
    )


def test_the_missing_proof_has_a_name_in_both_languages() -> None:
    pin = facts({"caller.pin_ok": True})
    assert decide(BUNDLE, "telecom.sim.swap", pin, at=AT).missing == ("proof of identity",)
    korean = decide(BUNDLE, "telecom.sim.swap", pin, at=AT, language="ko")
    assert korean.missing == ("본인 확인",)


def test_full_proof_opens_a_protected_request_under_its_condition() -> None:
    got = verdict("telecom.sim.swap", {"caller.verified": True, "caller.pin_ok": True})
    assert got.kind is VerdictKind.YES_WITH
    assert got.conditions == ("We text the old number first.",)
    assert got.exception == "dual_control"


def test_an_empty_allow_proves_nothing_even_if_it_came_past_the_check() -> None:
    policy = BUNDLE.policies["telecom.sim.swap"]
    hollow = replace(policy, allow=(replace(policy.allow[0], when=()),))  # type: ignore[union-attr]  # it is protected
    bundle = replace(BUNDLE, policies={policy.id: hollow})
    assert verdict("telecom.sim.swap", {}, bundle).kind is VerdictKind.REFUSE


# Guards


def test_an_unverified_caller_is_asked_before_an_account_is_touched() -> None:
    got = verdict(
        "bank.fee.refund", {"caller.is_account_holder": True, "bank.fee": Money(1, "USD")}
    )
    assert got.kind is VerdictKind.ASK
    assert got.question is not None
    assert got.question.fact == "caller.verified"


@pytest.mark.parametrize("missing", ["caller.verified", "caller.is_account_holder"])
def test_a_caller_who_fails_the_guard_meets_the_protected_policy(missing: str) -> None:
    got = verdict("bank.fee.refund", KNOWN | {missing: False, "bank.fee": Money(1, "USD")})
    assert got.kind is VerdictKind.REFUSE
    assert got.policy_id == "bank.fee.refund"
    assert got.guarded_by == "telecom.sim.swap"


def test_what_touches_protected_data_meets_its_policy() -> None:
    bundle = good(fee=FEE.replace("account_bound = true", 'touches = "sim"').replace(
        '"caller.verified" = true, "caller.is_account_holder" = true',
        '"caller.verified" = true, "caller.pin_ok" = true'))  # fmt: skip
    fee: dict[str, Value] = {"bank.fee": Money(100, "USD")}
    assert verdict("bank.fee.refund", fee, bundle).kind is VerdictKind.REFUSE
    proven = verdict(
        "bank.fee.refund", fee | {"caller.verified": True, "caller.pin_ok": True}, bundle
    )
    assert proven.kind is VerdictKind.YES_WITH
    assert proven.conditions == ("We text the old number first.",)


def test_a_guard_without_a_policy_behind_it_never_opens() -> None:
    bundle = replace(BUNDLE, policies={"bank.fee.refund": BUNDLE.policies["bank.fee.refund"]})
    got = verdict("bank.fee.refund", KNOWN | {"caller.verified": False}, bundle)
    assert got.kind is VerdictKind.ASK


@pytest.mark.parametrize("verified", [False, None])
def test_no_other_proof_stands_in_for_verification(verified: bool | None) -> None:
    """Whatever a protected policy would accept: an unverified caller does not reach a yes."""
    sim = BUNDLE.policies["telecom.sim.swap"]
    assert isinstance(sim, ProtectedPolicy)
    pin = Allow(when=(parse("caller.pin_ok is yes", BUNDLE.facts),), condition=Text(""))
    bundle = replace(BUNDLE, policies={**BUNDLE.policies, sim.id: replace(sim, allow=(pin,))})
    known = KNOWN | {"caller.pin_ok": True, "bank.fee": Money(1, "USD")}
    del known["caller.verified"]
    got = verdict(
        "bank.fee.refund",
        known if verified is None else known | {"caller.verified": verified},
        bundle,
    )
    assert got.kind is (VerdictKind.ASK if verified is None else VerdictKind.REFUSE)


def test_the_guard_of_the_own_sector_stands_first_and_all_of_them_must_be_passed() -> None:
    sim = BUNDLE.policies["telecom.sim.swap"]
    assert isinstance(sim, ProtectedPolicy)
    row = [replace(sim, id=f"bank.guard{n}", sector="bank") for n in (1, 2)]
    row[1] = replace(row[1], allow=())
    bundle = replace(BUNDLE, policies={**BUNDLE.policies, **{p.id: p for p in row}})
    stranger = KNOWN | {"caller.is_account_holder": False, "caller.pin_ok": True}
    assert verdict("bank.fee.refund", stranger, bundle).guarded_by == "bank.guard2"
    del stranger["caller.pin_ok"]
    assert verdict("bank.fee.refund", stranger, bundle).guarded_by == "bank.guard1"


# Authority


@pytest.mark.parametrize(
    ("minor", "role", "within", "signer"),
    [
        (1_500, "agent", True, ""),
        (1_501, "agent", False, "lead"),
        (6_000, "agent", False, "lead"),
        (6_000, "lead", True, ""),
    ],
)
def test_above_the_limit_the_verdict_stays_yes(
    minor: int, role: str, within: bool, signer: str
) -> None:
    known = facts(KNOWN | {"bank.fee": Money(minor, "USD")})
    got = decide(BUNDLE, "bank.fee.refund", known, at=AT, role=role)
    assert got.kind is VerdictKind.YES
    assert got.authority.within is within
    assert got.authority.signer == signer
    assert got.wording.long.endswith("My lead signs it now.") is not within


def test_an_amount_in_another_currency_is_unknown() -> None:
    got = verdict("bank.fee.refund", KNOWN | {"bank.fee": Money(100, "KRW")})
    assert got.question is not None
    assert got.question.fact == "bank.fee"


# Alternatives and the rest


def test_what_the_customer_turned_down_lately_rests_unless_nothing_else_is_left() -> None:
    declined = OfferRecord(declined=1, declined_at=AT - timedelta(days=29))
    past = {("hotel.breakfast.late", "fireside"): declined}
    known = facts({"hotel.hour": 12, "hotel.occupancy_pct": 10})
    got = decide(BUNDLE, "hotel.breakfast.late", known, at=AT, past=past)
    assert [offer.id for offer in got.alternatives] == ["room_service"]
    both = past | {("hotel.breakfast.late", "room_service"): declined}
    again = decide(BUNDLE, "hotel.breakfast.late", known, at=AT, past=both)
    assert [offer.id for offer in again.alternatives] == ["fireside", "room_service"]


def test_korean_is_said_where_it_is_written() -> None:
    known = facts({"hotel.hour": 12, "hotel.occupancy_pct": 10})
    got = decide(BUNDLE, "hotel.breakfast.late", known, at=AT, language="ko")
    assert got.title == "조식 시간 외 조식"
    assert got.wording.long == (
        "지금 해 드릴 수 있는 것은 벽난로 옆 자리에서 드시는 조식 메뉴 "
        "또는 객실로 가져다 드리는 조식입니다. "
        "식당은 점심 준비 중입니다."
    )
    assert got.alternatives[0].reasons == ("지금 식사", "조식 메뉴")


def test_an_unknown_policy_is_told() -> None:
    with pytest.raises(UserError, match="There is no policy nowhere in the active policies"):
        verdict("nowhere", {})


def test_the_same_input_gives_the_same_bytes() -> None:
    known = facts({"hotel.hour": 12, "hotel.occupancy_pct": 10})
    first = decide(BUNDLE, "hotel.breakfast.late", known, at=AT)
    turned = dict(reversed(known.items()))
    second = decide(good(), "hotel.breakfast.late", turned, at=AT)
    assert to_bytes(first) == to_bytes(second)
