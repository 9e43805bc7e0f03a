# SPDX-License-Identifier: Apache-2.0
"""A contact is kept from the first ring to the wrap-up."""

from dataclasses import replace

import pytest

from agentassist.domain.call import CallState, Speaker, Utterance
from agentassist.domain.history import Channel
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Answer
from agentassist.domain.wrap_up import Disposition, Draft, LineKind, SummaryLine, WrapUp
from agentassist.errors import UserError
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.history import History
from tests.storage.build import NOON, at, call, decision, stored, stored_call


def test_a_call_is_overwritten_by_what_is_known_later(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        calls = Calls(connection)
        made = stored_call(connection, started_at=NOON, context={"intent": "refund"})
        later = replace(made, state=CallState.ENDED, customer_id=owner, ended_at=at(3))
        calls.save_call(later)
        assert calls.call(made.id) == later
        assert calls.by_reference("pbx-1") == later
        assert calls.by_reference("pbx-2") is None


def test_two_calls_cannot_have_one_reference(database: Database) -> None:
    first = call()
    with database.transaction() as connection:
        Calls(connection).save_call(first)
    with pytest.raises(UserError, match="there already"), database.transaction() as connection:
        Calls(connection).save_call(call())
    with database.reading() as connection:
        assert Calls(connection).by_reference("pbx-1") == first


def test_what_was_said_comes_back_in_order(database: Database) -> None:
    with database.transaction() as connection:
        made = stored_call(connection)
        said = [
            Utterance(new_id(), made.id, speaker, text, at(n))
            for n, (speaker, text) in enumerate(
                [
                    (Speaker.CUSTOMER, "안녕하세요"),
                    (Speaker.AGENT, "hello"),
                    (Speaker.CUSTOMER, "?"),
                ]
            )
        ]
        for item in (said[2], said[0], said[1], said[0]):
            Calls(connection).add_utterance(item)
        assert Calls(connection).utterances(made.id) == tuple(said)


def test_an_utterance_of_an_unknown_call_is_refused(database: Database) -> None:
    stray = Utterance(new_id(), new_id(), Speaker.AGENT, "hello", NOON)
    with pytest.raises(UserError, match="not there"), database.transaction() as connection:
        Calls(connection).add_utterance(stray)


def test_utterances_follow_the_call_to_its_customer(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        made = stored_call(connection)
        said = Utterance(new_id(), made.id, Speaker.CUSTOMER, "hello", NOON)
        Calls(connection).add_utterance(said)
        Calls(connection).save_call(replace(made, customer_id=owner))
        Calls(connection).add_utterance(replace(said, id=new_id()))
        owners = connection.exec_driver_sql("SELECT DISTINCT customer_id FROM utterances").all()
    assert len(owners) == 1
    assert owners[0][0] is not None


def test_the_last_draft_counts_until_the_wrap_up(database: Database) -> None:
    with database.transaction() as connection:
        calls = Calls(connection)
        first, second, third = (stored_call(connection, f"pbx-{n}") for n in range(3))
        assert calls.draft(first.id) == ""
        for n, text in enumerate(("r", "re", "refund")):
            calls.save_draft(first.id, text, at(n))
        calls.save_draft(second.id, "later", at(9))
        calls.save_draft(third.id, "", at(9))
        assert calls.draft(first.id) == "refund"
        assert calls.open_drafts() == (
            Draft(second.id, "later", at(9)),
            Draft(first.id, "refund", at(2)),
        )
        calls.save_wrap_up(WrapUp(first.id, None, Channel.CALL, Disposition.RESOLVED, (), NOON))
        assert [item.call_id for item in calls.open_drafts()] == [second.id]
        calls.save_draft(first.id, "after the end", at(10))
        assert [item.call_id for item in calls.open_drafts()] == [second.id]


def test_decisions_are_stored_once_and_found_by_call_and_customer(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        made = stored_call(connection)
        given = [
            decision(made.id, owner, at=at(n), answer=answer, title="Return", offer="credit")
            for n, answer in enumerate(Answer)
        ]
        for item in (*reversed(given), given[0]):
            Calls(connection).add_decision(item)
        assert Calls(connection).decisions(made.id) == tuple(given)
        assert Calls(connection).decisions_of(owner, at(1)) == tuple(given[1:])


def test_a_wrap_up_comes_back_whole_and_can_be_corrected(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        made = stored_call(connection)
        agreed = decision(made.id, owner)
        promise = Promise(new_id(), owner, "call back", "ben", at(60), NOON, made.id)
        lines = (
            SummaryLine(LineKind.ASKED, "Where is it?", (new_id(), new_id())),
            SummaryLine(LineKind.NOTE, "kind"),
        )
        wrap_up = WrapUp(
            made.id,
            owner,
            Channel.CALL,
            Disposition.FOLLOW_UP,
            lines,
            at(5),
            "notes",
            (promise,),
            (agreed,),
        )
        calls = Calls(connection)
        assert calls.wrap_up(made.id) is None
        calls.save_wrap_up(wrap_up)
        assert calls.wrap_up(made.id) == wrap_up
        assert History(connection).promises(owner) == (promise,)
        better = replace(wrap_up, disposition=Disposition.RESOLVED, summary=lines[1:])
        calls.save_wrap_up(better)
        assert calls.wrap_up(made.id) == better
