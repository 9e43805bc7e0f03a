# SPDX-License-Identifier: Apache-2.0
"""The stored loops follow from the interactions, in whatever order and batches they came."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from agentassist.domain.call import CallState
from agentassist.domain.history import Channel, Conversation, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import Why, follow
from agentassist.domain.loop_reading import read_event
from agentassist.domain.merge import Merge
from agentassist.errors import Cancelled
from agentassist.services.loop_upkeep import LoopUpkeep
from agentassist.services.moving import Moving
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.loop_news import id_of
from agentassist.storage.merges import Merges
from agentassist.storage.schema.history import conversations, interactions
from agentassist.storage.schema.loops import loop_marks, loops
from tests.services.conftest import people
from tests.storage.build import call

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
IN, OUT = Direction.INBOUND, Direction.OUTBOUND
ANGRY = "This is unacceptable, third time! Where is MP-204817?"


@pytest.fixture
def upkeep(database: Database) -> LoopUpkeep:
    return LoopUpkeep(database, lambda: NOW)


def contact(
    owner: UUID | None, minutes: int, text: str = "Where is it?", **more: object
) -> Interaction:
    given_: dict[str, object] = {"channel": Channel.EMAIL, "direction": IN} | more
    when = NOW - timedelta(days=60) + timedelta(minutes=minutes)
    return Interaction(new_id(), owner, text=text, occurred_at=when, **given_)  # type: ignore[arg-type]


def arrive(database: Database, *contacts: Interaction) -> None:
    with database.transaction() as connection:
        History(connection).add_interactions(contacts)


def thread(database: Database) -> UUID:
    made = Conversation(new_id(), None)
    with database.transaction() as connection:
        History(connection).add_conversation(made)
    return made.id


def empty(database: Database) -> None:
    """Forget all contacts: examples of one test share its database."""
    with database.transaction() as connection:
        for table in (loops, loop_marks, interactions, conversations):
            connection.execute(delete(table))


def stored(database: Database) -> set[tuple[object, ...]]:
    columns = ("kind", "origin_id", "customer_id", "opened_at", "answered_at", "closed_at",
               "closing_id", "closed_why", "subject", "refs", "public")  # fmt: skip
    with database.reading() as connection:
        rows = connection.execute(select(*(loops.c[name] for name in columns)))
        return {tuple(row) for row in rows}


def left(database: Database) -> set[UUID]:
    with database.reading() as connection:
        query = select(loops.c.origin_id).where(loops.c.closed_at.is_(None))
        return set(connection.execute(query).scalars())


def give(connection: Connection, contact: Interaction, owner: UUID) -> None:
    mine = interactions.c.id == contact.id
    connection.execute(update(interactions).where(mine).values(customer_id=owner))


def wanted(contacts: Sequence[Interaction]) -> set[tuple[object, ...]]:
    events = [one for item in contacts if (one := read_event(item, item.customer_id))]
    return {
        (one.kind, one.origin_id, one.customer_id, one.opened_at, one.answered_at, one.closed_at,
         one.closing_id, one.closed_why, one.subject, " ".join(sorted(one.refs)), one.public)
        for one in follow(events)
    }  # fmt: skip


def test_answers_close_what_they_answer(database: Database, upkeep: LoopUpkeep) -> None:
    grace, _ = people(database)
    asked = contact(grace, 0)
    arrive(database, asked)
    assert upkeep.refresh() == 1
    assert left(database) == {asked.id}
    assert upkeep.refresh() == 0
    arrive(database, contact(grace, 30, direction=OUT))
    assert upkeep.refresh() == 1
    assert left(database) == set()


_TEXTS = (ANGRY, "Hello?", "Thanks, all good now", "MP-204817 is on its way")
_SHAPES = st.lists(
    st.tuples(
        st.integers(0, 2),  # whose: 2 is nobody
        st.sampled_from([*range(9), *(40 * 24 * 60 + n for n in range(4))]),
        st.sampled_from(_TEXTS),
        st.sampled_from([Channel.EMAIL, Channel.CALL, Channel.NOTE]),
        st.sampled_from([IN, OUT]),
        st.sampled_from(["", "", "solved", "missed"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shapes=_SHAPES, data=st.data())
def test_any_order_and_batch_size_gives_the_same_loops(
    database: Database, shapes: list[tuple[object, ...]], data: st.DataObject
) -> None:
    empty(database)
    owners: list[UUID | None] = [*people(database), None]
    talk = thread(database)
    contacts = [
        contact(owners[whose], minutes, text, channel=channel, direction=way, status=status,
                conversation_id=talk if joined else None)
        for whose, minutes, text, channel, way, status, joined in shapes
    ]  # fmt: skip
    rest = data.draw(st.permutations(contacts))
    upkeep = LoopUpkeep(database, lambda: NOW)
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        arrive(database, *rest[:size])
        rest = rest[size:]
        if data.draw(st.booleans()):
            upkeep.refresh()
    upkeep.refresh()
    assert upkeep.refresh() == 0
    assert stored(database) == wanted(contacts)
    assert upkeep.rebuild() == 0


def test_a_long_history_is_read_in_batches_and_can_be_stopped(
    database: Database, upkeep: LoopUpkeep
) -> None:
    owners = people(database, 600)
    contacts = [contact(owner, 0) for owner in owners] + [contact(None, 1)]
    arrive(database, *contacts)
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        upkeep.refresh(lambda done, total: seen.append((done, total)), lambda: len(seen) == 1)
    assert seen == [(20, 600)]
    assert len(left(database)) == 20
    assert upkeep.refresh(lambda done, total: seen.append((done, total))) == 581
    assert (seen[1], seen[-1]) == ((20, 580), (580, 580))
    assert left(database) == {item.id for item in contacts}


def test_what_others_write_late_is_found(database: Database, upkeep: LoopUpkeep) -> None:
    grace, _ = people(database)
    early, late = contact(grace, 0), contact(grace, 1, channel=Channel.SMS)
    early = replace(early, id=id_of(NOW - timedelta(minutes=5), last=True))
    arrive(database, early)
    upkeep.refresh()
    slow_clock = replace(late, id=id_of(NOW - timedelta(minutes=50)))
    arrive(database, slow_clock)
    assert upkeep.refresh() == 1
    assert left(database) == {early.id, slow_clock.id}


def test_a_fast_clock_hides_nothing(database: Database, upkeep: LoopUpkeep) -> None:
    grace, _ = people(database)
    ahead = replace(contact(grace, 0), id=id_of(NOW + timedelta(minutes=40)))
    normal = replace(contact(grace, 1, channel=Channel.SMS), id=id_of(NOW, last=False))
    arrive(database, ahead)
    assert upkeep.refresh() == 1
    arrive(database, normal)
    assert upkeep.refresh() == 1
    assert left(database) == {ahead.id, normal.id}


def test_merged_customers_answer_for_each_other(database: Database, upkeep: LoopUpkeep) -> None:
    grace, other = people(database)
    asked = contact(grace, 0)
    arrive(database, asked, contact(other, 5, direction=OUT))
    upkeep.refresh()
    assert left(database) == {asked.id}
    merge = Merge(new_id(), other, grace, NOW, "Dana")
    with database.transaction() as connection:
        Merges(connection).add(merge)
    upkeep.refresh()
    assert left(database) == set()
    with database.transaction() as connection:
        Merges(connection).undo(merge.id, "Dana", NOW)
    upkeep.refresh()
    assert left(database) == {asked.id}


def test_a_moved_contact_takes_its_loop_along(database: Database, upkeep: LoopUpkeep) -> None:
    grace, other = people(database)
    asked = contact(grace, 0)
    arrive(database, asked, contact(other, 5, direction=OUT))
    upkeep.refresh()
    Moving(database, "Dana", lambda: NOW).move(asked.id, other)
    upkeep.refresh()
    assert left(database) == set()


def test_what_is_linked_later_finds_its_answer(database: Database, upkeep: LoopUpkeep) -> None:
    grace, _ = people(database)
    asked = contact(None, 0)
    arrive(database, asked, contact(grace, 5, direction=OUT))
    upkeep.refresh()
    assert left(database) == {asked.id}
    with database.transaction() as connection:
        give(connection, asked, grace)
    upkeep.refresh()
    assert left(database) == set()


def test_calls_nobody_took_are_in_the_history_and_wait(
    database: Database, upkeep: LoopUpkeep
) -> None:
    grace, _ = people(database)
    when = NOW - timedelta(hours=1)
    missed = call("m1", grace, state=CallState.ENDED, started_at=when, ended_at=when)
    taken = call("m2", grace, state=CallState.ENDED, started_at=when, ended_at=when,
                 answered_at=when)  # fmt: skip
    just_now = call("m3", grace, state=CallState.ENDED, started_at=NOW, ended_at=NOW)
    with database.transaction() as connection:
        for one in (missed, taken, just_now):
            Calls(connection).save_call(one)
    for _ in range(2):
        upkeep.refresh()
        with database.reading() as connection:
            page = History(connection).page(grace).interactions
        assert [(item.status, item.occurred_at) for item in page] == [("missed", when)]
        assert left(database) == {page[0].id}


def test_batches_of_any_history_agree_with_one_pass(database: Database) -> None:
    chance = random.Random(11)
    owners: list[UUID | None] = [*people(database, 5), None]
    talks = [thread(database), None, None]
    contacts = [
        contact(
            chance.choice(owners), chance.randrange(500), chance.choice(_TEXTS),
            channel=chance.choice([Channel.EMAIL, Channel.CHAT, Channel.CALL]),
            direction=chance.choice([IN, OUT]), conversation_id=chance.choice(talks),
        )
        for _ in range(400)
    ]  # fmt: skip
    chance.shuffle(contacts)
    upkeep = LoopUpkeep(database, lambda: NOW)
    upkeep.refresh()
    for batch in itertools.zip_longest(*[iter(contacts)] * 37):
        arrive(database, *(item for item in batch if item))
        upkeep.refresh()
    assert stored(database) == wanted(contacts)
    assert any(row[7] == Why.CONFIRMED for row in stored(database))
