# SPDX-License-Identifier: Apache-2.0
"""A contact is closed as a whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agentassist.domain.agreement import Agreement
from agentassist.domain.call import Call, CallState, Speaker
from agentassist.domain.customer import Customer
from agentassist.domain.history import Channel
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind, WrapUp
from agentassist.errors import Problem
from agentassist.services.calls import CallLog
from agentassist.services.timeline import Timelines
from agentassist.services.wrap_up import Closing
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.history import History
from tests.services.conftest import NOON


@pytest.fixture
def closing(database: Database, now: Callable[[], datetime]) -> Closing:
    return Closing(database, "Sam", now)


@pytest.fixture
def call(database: Database, grace: Customer) -> Call:
    made = Call(
        new_id(), "c1", CallState.TALKING, "+14155550134", customer_id=grace.id, started_at=NOON
    )
    with database.transaction() as connection:
        Calls(connection).save_call(made)
    return made


@pytest.fixture
def log(database: Database, now: Callable[[], datetime]) -> CallLog:
    return CallLog(database, now)


def decision(call: Call, **more: object) -> Decision:
    made = Decision(
        new_id(), call.id, call.customer_id, "retail.return.late", "b1", VerdictKind.DECLINE,
        Answer.ACCEPTED, NOON, title="Late return", offer_id="credit", offer="store credit",
    )  # fmt: skip
    return replace(made, **more)


def test_the_review_quotes_and_names_its_sources(
    closing: Closing, call: Call, log: CallLog
) -> None:
    asked = log.hear(call.id, Speaker.CUSTOMER, "Can I still return the lamp?")
    promised = log.hear(call.id, Speaker.AGENT, "I'll send you the return code today.")
    agreed = decision(call)
    review = closing.review(call, (asked, promised), (agreed,))
    assert [(line.kind, line.sources) for line in review.summary] == [
        (LineKind.ASKED, (asked.id,)),
        (LineKind.DONE, (agreed.id,)),
        (LineKind.PROMISED, (promised.id,)),
    ]
    assert review.disposition is Disposition.FOLLOW_UP
    assert [item.text for item in review.promises] == ["store credit"]


def test_what_was_agreed_has_its_steps_and_its_time(
    closing: Closing, call: Call, log: CallLog
) -> None:
    promised = log.hear(call.id, Speaker.AGENT, "I'll send you the return code today.")
    agreed = decision(call)
    steps = Agreement(
        agreed.id, "Late return", "store credit", "returns-team", NOON + timedelta(hours=5), NOON,
        ("Mail the code", "Credit it"), frozenset({0}),
    )  # fmt: skip
    review = closing.review(call, (promised,), (agreed,), (steps,))
    assert [(line.kind, line.text) for line in review.summary] == [
        (LineKind.DONE, "Late return: store credit"),
        (LineKind.DONE, "Mail the code"),
        (LineKind.OPEN, "Credit it"),
        (LineKind.PROMISED, "I'll send you the return code today."),
    ]
    (promise,) = review.promises
    assert (promise.id, promise.owner) == (agreed.id, "returns-team")
    assert promise.due_at == NOON + timedelta(hours=5)
    assert review.disposition is Disposition.FOLLOW_UP


def test_what_is_done_at_once_needs_no_promise(closing: Closing, call: Call) -> None:
    agreed = decision(call)
    done = Agreement(agreed.id, "x", "credit", "Sam", NOON, NOON, ("Do it",), frozenset({0}), True)
    review = closing.review(call, (), (agreed,), (done,))
    assert review.promises == ()
    assert review.disposition is Disposition.RESOLVED
    left = replace(done, done=frozenset())
    assert len(closing.review(call, (), (agreed,), (left,)).promises) == 1


def test_what_is_to_be_found_out_stands_in_the_summary(closing: Closing, call: Call) -> None:
    sought = decision(call, answer=Answer.FOLLOW_UP, offer_id="", offer="", reason="Ask the team")
    item = Agreement(sought.id, "", "Ask the team", "Lead", NOON + timedelta(hours=1), NOON)
    review = closing.review(call, (), (sought,), (item,))
    assert [(x.kind, x.text, x.sources) for x in review.summary] == [
        (LineKind.PROMISED, "Ask the team", (sought.id,))
    ]
    assert [(x.text, x.owner) for x in review.promises] == [("Ask the team", "Lead")]
    assert review.disposition is Disposition.FOLLOW_UP


def test_a_stranger_is_promised_nothing_but_all_of_it_is_in_the_summary(
    closing: Closing, call: Call
) -> None:
    stranger = replace(call, customer_id=None)
    sought = decision(call, answer=Answer.FOLLOW_UP, offer_id="", offer="", reason="Ask the team")
    item = Agreement(sought.id, "", "Ask the team", "Lead", NOON, NOON)
    review = closing.review(stranger, (), (sought,), (item,))
    assert review.promises == ()
    assert [line.text for line in review.summary] == ["Ask the team"]


def test_saving_puts_everything_in_its_place(
    closing: Closing, call: Call, database: Database
) -> None:
    promise = closing.new_promise(call.customer_id, call.id, "Call back")  # type: ignore[arg-type]
    review = closing.review(call, (), ())
    wrap_up = WrapUp(
        call.id, call.customer_id, Channel.CALL, Disposition.RESOLVED, review.summary, NOON,
        "She prefers mail", (promise,), (decision(call),),
    )  # fmt: skip
    closing.save(wrap_up, call)
    timeline = Timelines(database).open(call.customer_id)  # type: ignore[arg-type]
    assert timeline.counts == {Channel.CALL: 1}
    assert timeline.essentials.promises == (promise,)
    assert "She prefers mail" in timeline.page.interactions[0].text
    with database.reading() as connection:
        assert [item.offer for item in Calls(connection).decisions(call.id)] == ["store credit"]


def test_a_failure_in_the_middle_stores_nothing(
    closing: Closing, call: Call, database: Database
) -> None:
    lost = closing.new_promise(new_id(), call.id, "for somebody who is not there")
    wrap_up = WrapUp(
        call.id,
        call.customer_id,
        Channel.CALL,
        Disposition.RESOLVED,
        (),
        NOON,
        "",
        (lost,),
        (decision(call),),
    )
    with pytest.raises(Problem):
        closing.save(wrap_up, call)
    with database.reading() as connection:
        assert Calls(connection).decisions(call.id) == ()
        assert History(connection).timeline_counts(call.customer_id) == {}  # type: ignore[arg-type]


def test_secrets_are_masked_before_they_are_kept(
    log: CallLog, call: Call, database: Database
) -> None:
    log.save_draft(call.id, "card 4111 1111 1111 1111 expires soon")
    assert "4111 1111 1111 1111" not in log.draft(call.id)
    assert "expires soon" in log.draft(call.id)


def test_a_draft_survives_until_it_is_replaced(log: CallLog, call: Call) -> None:
    assert log.draft(call.id) == ""
    log.save_draft(call.id, "first")
    log.save_draft(call.id, "first and second")
    assert log.draft(call.id) == "first and second"


def test_new_promises_are_due_in_a_day(closing: Closing, call: Call) -> None:
    promise = closing.new_promise(call.customer_id, call.id, "x")  # type: ignore[arg-type]
    assert promise.due_at - promise.made_at == timedelta(days=1)
    assert promise.owner == "Sam"
