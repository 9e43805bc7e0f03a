# SPDX-License-Identifier: Apache-2.0
"""Measures are counted from what is stored, request by request."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert

from agentassist.domain.call import Call, CallState
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.services.measures import PolicyMeasures, Share, acceptance, measures
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.schema.history import promises
from agentassist.storage.schema.spending import overrides
from tests.services.conftest import NOON, people

HOUR = timedelta(hours=1)


def call(database: Database) -> UUID:
    made = Call(new_id(), str(new_id()), CallState.ENDED, remote="")
    with database.transaction() as connection:
        Calls(connection).save_call(made)
    return made.id


def decision(
    kind: VerdictKind,
    answer: Answer,
    call_id: UUID | None = None,
    policy: str = "a.b",
    offer: str = "",
    at: datetime = NOON,
) -> Decision:
    return Decision(
        new_id(),
        call_id,
        None,
        policy,
        "b",
        kind,
        answer,
        at,
        title=policy.upper(),
        offer_id=offer,
        offer=offer.upper(),
    )


def counted(
    database: Database, *decisions: Decision, since: datetime | None = None
) -> PolicyMeasures:
    with database.transaction() as connection:
        for one in decisions:
            Calls(connection).add_decision(one)
    return measures(database, since, lambda: NOON)


def test_nothing_decided_is_no_share(database: Database) -> None:
    told = counted(database)
    assert told.declined == Share(0, 0)
    assert told.declined.value is None
    assert told.promises_kept.value is None
    assert (told.alternatives, told.overrides, told.refusals) == ((), (), ())


def test_a_decline_counts_once_however_many_alternatives_were_turned_down(
    database: Database,
) -> None:
    one, other = call(database), call(database)
    no = VerdictKind.DECLINE
    told = counted(
        database,
        decision(no, Answer.DECLINED, one, offer="x"),
        decision(no, Answer.DECLINED, one, offer="y"),
        decision(no, Answer.ACCEPTED, one, offer="z"),
        decision(no, Answer.ACCEPTED, one, policy="c.d", offer="x"),
        decision(no, Answer.BARE, other),
        decision(no, Answer.BARE, other, policy=""),
        decision(VerdictKind.YES, Answer.IGNORED, other),
    )
    assert told.declined == Share(2, 4)
    assert told.bare == 2
    assert told.verdicts[no] == 6


def test_a_bare_no_that_an_alternative_followed_is_not_bare(database: Database) -> None:
    one = call(database)
    told = counted(
        database,
        decision(VerdictKind.DECLINE, Answer.BARE, one),
        decision(VerdictKind.DECLINE, Answer.ACCEPTED, one, offer="x"),
    )
    assert (told.declined, told.bare) == (Share(1, 1), 0)


def test_acceptance_is_by_alternative(database: Database) -> None:
    no = VerdictKind.DECLINE
    told = counted(
        database,
        *(decision(no, Answer.ACCEPTED, offer="x") for _ in range(3)),
        decision(no, Answer.DECLINED, offer="x"),
        decision(no, Answer.IGNORED, offer="x"),
        decision(no, Answer.DECLINED, offer="y"),
    )
    assert [(x.offer, acceptance(x)) for x in told.alternatives] == [
        ("X", Share(3, 4)),
        ("Y", Share(0, 1)),
    ]


def test_overrides_and_refusals_are_by_rule_and_policy(database: Database) -> None:
    no = VerdictKind.REFUSE
    decisions = [decision(no, Answer.IGNORED, policy="p.q") for _ in range(2)]
    with database.transaction() as connection:
        for one in decisions:
            row = {
                "id": new_id(),
                "decision_id": one.id,
                "call_id": None,
                "customer_id": None,
                "policy_id": "p.q",
                "bundle": "b",
                "rule": "late",
                "verdict": "decline",
                "kind": "signed",
                "actor": "a",
                "signer": "l",
                "reason": "r",
                "amount": 500,
                "currency": "USD",
                "at": NOON,
            }
            connection.execute(insert(overrides).values(row))
    told = counted(database, *decisions, decision(VerdictKind.YES, Answer.FOLLOW_UP))
    (rule,) = told.overrides
    assert (rule.policy_id, rule.rule, rule.times, rule.amount) == ("p.q", "late", 2, 1000)
    assert told.override_rates == {"p.q": Share(2, 2)}
    assert [(x.title, x.times) for x in told.refusals] == [("P.Q", 2)]
    assert told.follow_ups == 1


def test_promises_are_kept_late_over_time_or_open(database: Database) -> None:
    (customer,) = people(database, 1)
    made = Promise(new_id(), customer, "call back", "ann", NOON - HOUR, NOON - 9 * HOUR)
    kept = replace(made, id=new_id(), kept_at=NOON - 2 * HOUR)
    late = replace(made, id=new_id(), kept_at=NOON)
    coming = replace(made, id=new_id(), due_at=NOON + HOUR)
    old = replace(kept, id=new_id(), made_at=NOON - 99 * HOUR)
    with database.transaction() as connection:
        for one in (made, kept, late, coming, old):
            row = {
                "id": one.id,
                "customer_id": customer,
                "text": one.text,
                "owner": one.owner,
                "due_at": one.due_at,
                "made_at": one.made_at,
                "kept_at": one.kept_at,
            }
            connection.execute(insert(promises).values(row))
    told = counted(database, since=NOON - 10 * HOUR)
    found = told.promises
    assert (found.on_time, found.late, found.overdue, found.open) == (1, 1, 1, 1)
    assert told.promises_kept == Share(1, 3)


def test_since_leaves_out_what_was_before(database: Database) -> None:
    no = VerdictKind.DECLINE
    told = counted(
        database,
        decision(no, Answer.ACCEPTED, offer="x", at=NOON - HOUR),
        decision(no, Answer.ACCEPTED, offer="x"),
        since=NOON,
    )
    assert told.declined == Share(1, 1)
    assert told.alternatives[0].accepted == 1
