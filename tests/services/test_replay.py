# SPDX-License-Identifier: Apache-2.0
"""Past decisions come out byte for byte, and one that does not is named."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from agentassist.domain.basis import Basis, given_json, read_given
from agentassist.domain.deciding import decision
from agentassist.domain.facts import (
    FactSpec,
    FactType,
    FactValue,
    Source,
    Value,
    from_json,
    to_json,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy import Bundle
from agentassist.domain.ranking import OfferRecord
from agentassist.domain.spending import Spending
from agentassist.domain.verdict import Answer, Decision, Match, Prompt
from agentassist.errors import Cancelled
from agentassist.places import resource
from agentassist.services.policies import PolicyService
from agentassist.services.replay import Fault, replay
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.schema.calls import decisions
from agentassist.storage.schema.policies import policy_activations, policy_bundles
from tests.storage.build import stored_call

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MANY = 400


def value(spec: FactSpec, chance: random.Random) -> Value:
    match spec.type:
        case FactType.BOOL:
            return chance.random() < 0.5
        case FactType.ENUM:
            return chance.choice(spec.values)
        case FactType.INT:
            return chance.randint(spec.low, spec.high)
        case FactType.MONEY:
            return Money(chance.randint(spec.low, spec.high), spec.currency)


def basis(bundle: Bundle, chance: random.Random) -> Basis:
    at = NOON + timedelta(seconds=chance.randint(0, 10**6))
    known = chance.sample(sorted(bundle.facts), chance.randint(0, len(bundle.facts)))
    policy = chance.choice(sorted(bundle.policies))
    return Basis(
        policy=policy,
        facts={
            key: FactValue(
                value(bundle.facts[key], chance),
                chance.choice(list(Source)),
                at - timedelta(seconds=chance.randint(0, 9_000), microseconds=chance.randint(0, 9)),
            )
            for key in known
        },
        at=at,
        language=chance.choice(["en", "ko"]),
        role=chance.choice(["agent", "lead"]),
        past={
            (policy, f"offer {n}"): OfferRecord(n, 1, chance.choice([None, at]))
            for n in range(chance.randint(0, 2))
        },
        need=chance.choice([None, "", "eat_now", "money_back"]),
        day=chance.choice([None, at.date()]),
        spent={("goodwill", "USD"): Spending(chance.randint(0, 9_000), chance.randint(0, 9_000))},
    )


@pytest.fixture
def service(database: Database) -> PolicyService:
    made = PolicyService(database, Path(resource("policies")), None, lambda: NOON, zone=UTC)
    assert made.load() == []
    return made


@pytest.fixture
def stored(database: Database, service: PolicyService) -> list[Decision]:
    bundle, chance = service.bundle, random.Random(4)
    assert bundle is not None
    made = []
    with database.transaction() as connection:
        call = stored_call(connection)
        for number in range(MANY):
            at = basis(bundle, chance)
            verdict = at.verdict(bundle)
            prompt = Prompt(verdict, Match.SHOW, "", "", at.language, basis=at)
            when = NOON + timedelta(minutes=number)
            one = decision(prompt, Answer.IGNORED, call, key=new_id(), at=when)
            made.append(one)
            Calls(connection).add_decision(one)
    return made


def test_all_come_out_byte_for_byte(database: Database, stored: list[Decision]) -> None:
    assert len({one.verdict for one in stored}) == 5
    found = replay(database)
    assert (found.total, found.same, found.unrecorded, found.different) == (MANY, MANY, 0, ())
    half = replay(database, NOON + timedelta(minutes=MANY // 2))
    assert half.total == MANY // 2


def test_also_after_other_policies_came_into_force(
    database: Database, stored: list[Decision], service: PolicyService, tmp_path: Path
) -> None:
    other = PolicyService(database, tmp_path, None, lambda: NOON, zone=UTC)
    other.load()
    assert replay(database).same == MANY


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"facts": "{}"}, {Fault.OTHER_BYTES, Fault.OTHER_VERDICT}),
        ({"facts": "no json"}, {Fault.UNREADABLE}),
        ({"facts": '{"order.status": {"value": 1}}'}, {Fault.UNREADABLE}),
        ({"given": "{}"}, {Fault.UNREADABLE}),
        ({"given": "[]"}, {Fault.UNREADABLE}),
        ({"given": '{"policy": "x.y"}'}, {Fault.UNREADABLE}),
        ({"verdict_hash": "0" * 64}, {Fault.OTHER_BYTES}),
        ({"bundle": "0" * 64}, {Fault.NO_BUNDLE}),
    ],
)
def test_one_that_does_not_is_named(
    database: Database, stored: list[Decision], change: dict[str, str], faults: set[Fault]
) -> None:
    chosen = next(one for one in stored if one.verdict == "decline")
    with database.transaction() as connection:
        mine = update(decisions).where(decisions.c.id == chosen.id)
        connection.execute(mine.values(**change))
    (found,) = replay(database).different
    assert (found.decision_id, found.policy_id) == (chosen.id, chosen.policy_id)
    assert found.fault in faults


def test_another_verdict_is_told_apart(database: Database, stored: list[Decision]) -> None:
    yes, no = (next(x for x in stored if x.verdict == word) for word in ("yes", "decline"))
    with database.transaction() as connection:
        mine = update(decisions).where(decisions.c.id == yes.id)
        connection.execute(mine.values(verdict=no.verdict))
    (found,) = replay(database).different
    assert (found.fault, found.stored, found.computed) == (Fault.OTHER_VERDICT, "decline", "yes")


def test_a_bundle_that_was_lost_is_told(database: Database, stored: list[Decision]) -> None:
    with database.transaction() as connection:
        connection.execute(delete(policy_activations))
        connection.execute(delete(policy_bundles))
    found = replay(database)
    assert found.same == 0
    assert {one.fault for one in found.different} == {Fault.NO_BUNDLE}


def test_what_was_stored_before_this_was_kept_is_counted(
    database: Database, stored: list[Decision]
) -> None:
    with database.transaction() as connection:
        older = replace(stored[0], id=new_id(), given="{}", verdict_hash="")
        Calls(connection).add_decision(older)
    found = replay(database)
    assert (found.total, found.same, found.unrecorded) == (MANY + 1, MANY, 1)


def test_it_tells_how_far_it_is_and_can_be_stopped(
    database: Database, stored: list[Decision]
) -> None:
    with database.transaction() as connection:
        for _ in range(1_000):
            Calls(connection).add_decision(replace(stored[0], id=new_id()))
    told: list[tuple[int, int]] = []
    replay(database, progress=lambda done, of: told.append((done, of)))
    assert told == [(1_000, MANY + 1_000)]
    with pytest.raises(Cancelled):
        replay(database, cancelled=lambda: True)


@given(seed=st.integers(0, 10**9))
def test_a_basis_is_read_as_it_was_written(seed: int) -> None:
    from tests.policy_samples import shipped  # noqa: PLC0415  loads all policies

    one = basis(shipped(), random.Random(seed))
    text = given_json(one)
    again = read_given(text, from_json(to_json(one.facts)))
    assert again == one
    assert given_json(again) == text
