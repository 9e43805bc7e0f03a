# SPDX-License-Identifier: Apache-2.0
"""A conversation is given to somebody else or to nobody, with all that belongs to it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Channel, Conversation, Interaction, Pin
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine, WrapUp
from agentassist.errors import UserError
from agentassist.services.moving import Moving
from agentassist.services.wrap_up import Closing
from agentassist.storage.audit import Audit
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.known import Known
from agentassist.storage.loops import Loops
from agentassist.storage.pins import Pins
from agentassist.storage.schema.history import pins
from agentassist.storage.schema.loops import loops
from tests.services.conftest import NOON, person


@pytest.fixture
def moving(database: Database, now: Callable[[], datetime]) -> Moving:
    return Moving(database, "eve", now)


@pytest.fixture
def people(database: Database) -> tuple[Customer, Customer]:
    made = person("Ann"), person("Bo", (ContactKind.PHONE, "+14155550134"))
    with database.transaction() as connection:
        for one in made:
            Customers(connection).add(one)
    return made


def conversation(database: Database, owner: UUID, size: int = 3) -> list[Interaction]:
    thread = Conversation(new_id(), owner)
    items = [
        Interaction(new_id(), owner, Channel.CHAT, "hi", NOON, conversation_id=thread.id)
        for _ in range(size)
    ]
    with database.transaction() as connection:
        History(connection).add_conversation(thread)
        History(connection).add_interactions(items)
    return items


def wrapped(database: Database, owner: UUID) -> tuple[Call, Interaction]:
    call = Call(new_id(), "r1", CallState.ENDED, "+14155550134", customer_id=owner)
    promise = Promise(new_id(), owner, "call back", "eve", NOON, NOON, call.id)
    lines = (SummaryLine(LineKind.ASKED, "Where is it?"),)
    closing = WrapUp(
        call.id, owner, Channel.CALL, Disposition.RESOLVED, lines, NOON, promises=(promise,)
    )
    with database.transaction() as connection:
        Calls(connection).save_call(call)
    return call, Closing(database, "eve", lambda: NOON).save(closing, call)


def of(database: Database, customer: Customer) -> set[UUID]:
    with database.reading() as connection:
        return {item.id for item in History(connection).page(customer.id).interactions}


def test_a_whole_conversation_goes_and_comes_back(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    items = conversation(database, ann.id)
    ids = {item.id for item in items}
    done = moving.move(items[1].id, bo.id, "it was his")
    assert (done.interactions, of(database, ann), of(database, bo)) == (3, set(), ids)
    with database.reading() as connection:
        assert History(connection).conversation(items[0].conversation_id).customer_id == bo.id  # type: ignore[union-attr, arg-type]  # both are there
        (entry,) = Audit(connection).entries(str(bo.id))
    assert (entry.kind, entry.details["interactions"]) == ("contacts moved", 3)
    assert [move.reason for move in moving.of(ann.id)] == ["it was his"]
    moving.undo(done.move.id)
    assert (of(database, ann), of(database, bo)) == (ids, set())
    with pytest.raises(UserError, match="undone already"):
        moving.undo(done.move.id)


def test_one_contact_leaves_its_conversation_behind(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    items = conversation(database, ann.id)
    moving.move(items[1].id, bo.id, alone=True)
    assert of(database, bo) == {items[1].id}
    with database.reading() as connection:
        assert History(connection).conversation(items[0].conversation_id).customer_id == ann.id  # type: ignore[union-attr, arg-type]  # both are there


def test_a_call_takes_its_wrap_up_and_promises_along(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    call, item = wrapped(database, ann.id)
    moving.move(item.id, bo.id)
    with database.reading() as connection:
        assert Calls(connection).call(call.id).customer_id == bo.id  # type: ignore[union-attr]  # it is there
        assert Calls(connection).wrap_up(call.id).customer_id == bo.id  # type: ignore[union-attr]  # it is there
        assert [item.text for item in History(connection).promises(bo.id)] == ["call back"]


def test_loops_and_pins_made_after_a_move_go_back_with_their_contact(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    item = Interaction(new_id(), ann.id, Channel.CHAT, "Where is my parcel?", NOON)
    with database.transaction() as connection:
        History(connection).add_interactions([item])
    done = moving.move(item.id, bo.id)
    with database.transaction() as connection:
        Loops(connection).follow_contact(bo.id, item.id, NOON)
        Pins(connection).add(Pin(item.id, bo.id, NOON, "eve"))
    moving.undo(done.move.id)
    with database.reading() as connection:
        for column in (loops.c.origin_id, pins.c.interaction_id):
            (row,) = connection.execute(select(column.table).where(column == item.id))
            assert row.customer_id == ann.id


def test_what_is_nobodys_leaves_the_promise_with_somebody(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, _ = people
    call, item = wrapped(database, ann.id)
    done = moving.move(item.id, None)
    assert done.stayed == 1
    assert of(database, ann) == set()
    with database.reading() as connection:
        assert Calls(connection).call(call.id).customer_id is None  # type: ignore[union-attr]  # it is there
        assert len(History(connection).promises(ann.id)) == 1
    moving.undo(done.move.id)
    assert of(database, ann) == {item.id}


def test_an_import_does_not_give_back_what_was_taken_away(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, _ = people
    items = conversation(database, ann.id, 1)
    done = moving.move(items[0].id, None)
    with database.transaction() as connection:
        Known(connection).attach({items[0].id: ann.id})
    assert of(database, ann) == set()
    moving.undo(done.move.id)
    assert of(database, ann) == {items[0].id}


def test_moves_are_undone_in_any_order(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    items = conversation(database, ann.id, 1)
    first, second = moving.move(items[0].id, bo.id), moving.move(items[0].id, None)
    moving.undo(first.move.id)
    assert (of(database, ann), of(database, bo)) == (set(), set())
    moving.undo(second.move.id)
    assert of(database, ann) == {items[0].id}


def test_what_cannot_be_moved_says_why(
    moving: Moving, people: tuple[Customer, Customer], database: Database
) -> None:
    ann, bo = people
    order = Interaction(new_id(), ann.id, Channel.PURCHASE, "MP1", NOON)
    with database.transaction() as connection:
        History(connection).add_interactions([order])
    with pytest.raises(UserError, match="who ordered it"):
        moving.move(order.id, bo.id)
    with pytest.raises(UserError, match="no conversation or contact"):
        moving.move(new_id(), bo.id)
    items = conversation(database, ann.id)
    with pytest.raises(UserError, match="There is no customer"):
        moving.move(items[0].id, new_id())
