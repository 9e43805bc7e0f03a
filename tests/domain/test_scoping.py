# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agentassist.domain.condition import parse
from agentassist.domain.decision import NotInForce, decide
from agentassist.domain.facts import Value
from agentassist.domain.policy import AnyPolicy, Bundle, Policy, ProtectedPolicy
from agentassist.domain.verdict import Truth, Verdict, VerdictKind
from tests.policy_samples import AT, facts, good

BUNDLE = good()
BREAKFAST, SIM, FEE = "hotel.breakfast.late", "telecom.sim.swap", "bank.fee.refund"
DAY = AT.date()
OPEN: dict[str, Value] = {"hotel.hour": 9}


def scope(*texts: str) -> dict[str, object]:
    return {"scope": tuple(parse(text, BUNDLE.facts) for text in texts)}


def changed(policy_id: str, **changes: object) -> AnyPolicy:
    return replace(BUNDLE.policies[policy_id], **changes)  # type: ignore[arg-type]  # by name


def gold(**changes: object) -> AnyPolicy:
    """A second breakfast for gold members, at any hour."""
    given: dict[str, object] = {
        "id": "hotel.breakfast.gold",
        "request": BREAKFAST,
        "declines": (),
        "overrides": (BREAKFAST,),
    }
    return changed(BREAKFAST, **(given | scope("customer.tier is gold") | changes))


def desk(*policies: AnyPolicy) -> Bundle:
    return replace(BUNDLE, policies={**BUNDLE.policies, **{p.id: p for p in policies}})


def verdict(
    bundle: Bundle, values: dict[str, Value], asked: str = BREAKFAST, day: date = DAY
) -> Verdict:
    return decide(bundle, asked, facts(values), at=AT, day=day)


@pytest.mark.parametrize("asked", [BREAKFAST, "hotel.breakfast.gold"])
@pytest.mark.parametrize(
    ("tier", "speaks"), [("gold", "hotel.breakfast.gold"), ("basic", BREAKFAST)]
)
def test_the_policy_in_scope_speaks_whichever_was_matched(
    asked: str, tier: str, speaks: str
) -> None:
    assert verdict(desk(gold()), OPEN | {"customer.tier": tier}, asked).policy_id == speaks


def test_the_name_of_a_request_is_enough() -> None:
    bundle = desk(gold(request="hotel.breakfast"), changed(BREAKFAST, request="hotel.breakfast"))
    got = verdict(bundle, OPEN | {"customer.tier": "gold"}, "hotel.breakfast")
    assert got.policy_id == "hotel.breakfast.gold"


def test_an_unknown_scope_is_asked_and_shown() -> None:
    got = verdict(desk(gold()), OPEN)
    assert got.kind is VerdictKind.ASK
    assert got.question is not None
    assert got.question.fact == "customer.tier"
    assert [(why.condition, why.truth) for why in got.why] == [
        ("customer.tier is gold", Truth.UNKNOWN)
    ]


def test_a_scope_that_cannot_change_who_speaks_is_not_asked() -> None:
    turned = gold(overrides=())
    general = changed(BREAKFAST, overrides=("hotel.breakfast.gold",))
    got = verdict(desk(turned, general), OPEN)
    assert (got.kind, got.policy_id) == (VerdictKind.YES, BREAKFAST)


def test_what_is_overridden_through_another_is_overridden() -> None:
    top = gold(id="hotel.breakfast.top", overrides=("hotel.breakfast.gold",), **scope())
    assert verdict(desk(gold(), top), OPEN).policy_id == "hotel.breakfast.top"


def test_a_circle_that_came_past_the_check_still_gives_one_answer() -> None:
    general = changed(BREAKFAST, overrides=("hotel.breakfast.gold",))
    got = verdict(desk(gold(**scope()), general), OPEN)
    assert got.kind is VerdictKind.YES


def test_why_tells_the_scope_of_the_policy_that_speaks() -> None:
    got = verdict(desk(gold()), OPEN | {"customer.tier": "basic"})
    assert [why.condition for why in got.why][:2] == ["customer.tier is gold", "hotel.hour >= 12"]


# Validity


@pytest.mark.parametrize(
    ("day", "speaks"),
    [
        (date(2028, 2, 28), BREAKFAST),
        (date(2028, 2, 29), "hotel.breakfast.gold"),
        (date(2028, 3, 1), "hotel.breakfast.gold"),
        (date(2028, 3, 2), BREAKFAST),
    ],
)
def test_both_days_of_a_validity_are_included_a_leap_day_too(day: date, speaks: str) -> None:
    season = gold(valid_from=date(2028, 2, 29), valid_until=date(2028, 3, 1), **scope())
    assert verdict(desk(season), OPEN, day=day).policy_id == speaks


@pytest.mark.parametrize(
    ("moment", "speaks"),
    [
        ("2026-03-29T00:59:59+01:00", "hotel.breakfast.gold"),
        ("2026-03-29T23:59:59+02:00", "hotel.breakfast.gold"),
        ("2026-03-30T00:00:00+02:00", BREAKFAST),
        ("2026-03-29T22:30:00+00:00", BREAKFAST),
    ],
)
def test_the_day_is_that_of_the_companys_calendar(moment: str, speaks: str) -> None:
    """On the day the clocks change, and where it is another day in UTC."""
    season = gold(valid_until=date(2026, 3, 29), **scope())
    at = datetime.fromisoformat(moment)
    today = at.astimezone(ZoneInfo("Europe/Paris")).date()
    got = decide(desk(season), BREAKFAST, facts(OPEN, at=at), at=at, day=today)
    assert got.policy_id == speaks


def test_without_a_day_it_is_that_of_the_moment() -> None:
    season = gold(valid_until=date(2026, 3, 29), **scope())
    at = datetime.fromisoformat("2026-03-30T00:30:00+02:00")
    assert decide(desk(season), BREAKFAST, facts(OPEN, at=at), at=at).policy_id == BREAKFAST


def test_nobody_speaks_out_of_season() -> None:
    bundle = desk(changed(BREAKFAST, valid_until=date(2026, 2, 28)))
    with pytest.raises(NotInForce, match=r"hotel\.breakfast\.late is not in force on 2026-03-01"):
        verdict(bundle, OPEN)


# Protected policies


def ordinary_sim(**changes: object) -> AnyPolicy:
    given = {"id": "telecom.sim.easy", "request": SIM, "account_bound": False, "overrides": (SIM,)}
    return changed(FEE, declines=(), amount="", action="", **(given | changes))


def test_a_protected_policy_is_never_overridden() -> None:
    bundle = desk(ordinary_sim())
    for asked in (SIM, "telecom.sim.easy"):
        assert verdict(bundle, {}, asked).kind is VerdictKind.REFUSE


def scoped_sim(*texts: str) -> AnyPolicy:
    return changed(SIM, guards=(), **scope(*texts))


@pytest.mark.parametrize(
    ("tier", "kind"),
    [("basic", VerdictKind.REFUSE), ("gold", VerdictKind.YES), (None, VerdictKind.ASK)],
)
def test_a_protected_policy_speaks_where_its_own_scope_is_true(
    tier: str | None, kind: VerdictKind
) -> None:
    bundle = desk(scoped_sim("customer.tier is basic"), ordinary_sim())
    known: dict[str, Value] = {} if tier is None else {"customer.tier": tier}
    assert verdict(bundle, known, SIM).kind is kind


def test_where_only_protected_policies_may_apply_all_must_be_proven() -> None:
    other = changed(
        SIM, id="telecom.sim.other", request=SIM, guards=(), **scope("customer.tier is gold")
    )
    assert isinstance(other, ProtectedPolicy)
    strict = replace(other, allow=())
    proven: dict[str, Value] = {"caller.verified": True, "caller.pin_ok": True}
    bundle = desk(scoped_sim("customer.tier is basic"), strict)
    assert verdict(bundle, proven, SIM).kind is VerdictKind.REFUSE
    known = proven | {"customer.tier": "basic"}
    assert verdict(bundle, known, SIM).kind is VerdictKind.YES_WITH


def test_guards_stand_before_the_question_of_scope() -> None:
    general = changed(FEE)
    season = changed(FEE, id="bank.fee.gold", request=FEE, **scope("customer.tier is gold"))
    assert isinstance(season, Policy)
    bundle = desk(general, replace(season, overrides=(FEE,)))
    asked = verdict(bundle, {}, FEE).question
    assert asked is not None
    assert asked.fact == "caller.is_account_holder"
    stranger: dict[str, Value] = {"caller.is_account_holder": False}
    assert verdict(bundle, stranger, FEE).kind is VerdictKind.REFUSE
