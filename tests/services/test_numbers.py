# SPDX-License-Identifier: Apache-2.0
"""An unknown number gets its customer, and its earlier calls get the same one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.wrap_up import Disposition, WrapUp
from agentassist.errors import UserError
from agentassist.services.identity import Identity
from agentassist.services.numbers import Numbers
from agentassist.services.wrap_up import Closing
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from tests.services.conftest import NOON, person

PHONE = ContactKind.PHONE


@pytest.fixture
def numbers(database: Database, now: Callable[[], datetime]) -> Numbers:
    return Numbers(database, "US", "eve", now)


def rung(database: Database, remote: str, owner: UUID | None = None) -> Call:
    call = Call(new_id(), str(new_id()), CallState.ENDED, remote, customer_id=owner)
    with database.transaction() as connection:
        Calls(connection).save_call(call)
    return call


def closed(database: Database, call: Call) -> Interaction:
    end = WrapUp(call.id, call.customer_id, Channel.CALL, Disposition.RESOLVED, (), NOON, "note")
    return Closing(database, "eve", lambda: NOON).save(end, call)


def known(database: Database, customer: Customer) -> Customer:
    with database.reading() as connection:
        found = Customers(connection).get(customer.id)
    assert found is not None
    return found


def test_an_unknown_number_is_attached_and_then_recognised(
    numbers: Numbers, grace: Customer, database: Database
) -> None:
    made = numbers.attach(grace.id, "(212) 555-0188")
    assert (made.point.value, made.contacts, made.move_id) == ("+12125550188", 0, None)
    found = Identity(database, "US").search("+1 212 555 0188")
    assert [item.customer.id for item in found] == [grace.id]
    numbers.detach(made)
    assert known(database, grace) == grace


def test_a_withheld_number_cannot_be_attached(numbers: Numbers, grace: Customer) -> None:
    with pytest.raises(UserError, match="withheld"):
        numbers.attach(grace.id, "anonymous")
    with pytest.raises(UserError, match="no longer there"):
        numbers.attach(new_id(), "(212) 555-0188")


def test_earlier_calls_of_nobody_get_the_customer_and_lose_it_again(
    numbers: Numbers, grace: Customer, database: Database
) -> None:
    live = rung(database, "+12125550188")
    only_rang = rung(database, "212.555.0188")
    noted = closed(database, rung(database, "0012125550188"))
    other, his = rung(database, "+12125550189"), person("Bo")
    with database.transaction() as connection:
        Customers(connection).add(his)
    taken = closed(database, rung(database, "+12125550188", his.id))
    imported = Interaction(new_id(), None, Channel.CALL, "x", NOON, author="+1 212 555 01 88")
    text = Interaction(
        new_id(), None, Channel.SMS, "x", NOON, attributes={"from": "(212) 555-0188"}
    )
    chat = Interaction(new_id(), None, Channel.CHAT, "x", NOON, author="+1 212 555 01 88")
    with database.transaction() as connection:
        History(connection).add_interactions([imported, text, chat])
    made = numbers.attach(grace.id, "+1 212 555 0188", live=live.id)
    assert made.contacts == 4

    def owners() -> list[UUID | None]:
        with database.reading() as connection:
            calls, history = Calls(connection), History(connection)
            rang = [calls.call(item.id) for item in (live, only_rang, other)]
            items = [history.interaction(i.id) for i in (noted, imported, text, chat, taken)]
            return [item.customer_id for item in (*rang, *items) if item]

    given = grace.id
    assert owners() == [None, given, None, given, given, given, None, his.id]
    numbers.detach(made)
    assert owners() == [None, None, None, None, None, None, None, his.id]
    assert known(database, grace) == grace


def test_a_guess_becomes_the_customers_own(
    numbers: Numbers, grace: Customer, database: Database
) -> None:
    guess = ContactPoint(PHONE, "+12125550188", standing=Standing.MAYBE, label="signature")
    with database.transaction() as connection:
        Customers(connection).add_point(grace.id, guess)
    change = numbers.confirm(grace.id, PHONE, "212 555 0188")
    assert known(database, grace).contact_points[1] == replace(guess, standing=Standing.OWN)
    numbers.take_back(change)
    assert known(database, grace).contact_points[1] == guess
    made = numbers.attach(grace.id, "212 555 0188")
    assert known(database, grace).contact_points[1].standing is Standing.OWN
    numbers.detach(made)
    assert known(database, grace).contact_points[1] == guess


def test_a_number_is_shared_by_all_who_have_it(
    numbers: Numbers, grace: Customer, database: Database
) -> None:
    bo = person("Bo", (PHONE, "+14155550134"))
    with database.transaction() as connection:
        Customers(connection).add(bo)
    change = numbers.share(PHONE, "+1 415 555 0134")
    for who in (grace, bo):
        assert known(database, who).contact_points[0].standing is Standing.SHARED
    numbers.take_back(change)
    assert known(database, grace) == grace
    with pytest.raises(UserError, match="Nobody has"):
        numbers.share(PHONE, "+1 415 555 0199")
