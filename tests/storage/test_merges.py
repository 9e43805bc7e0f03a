# SPDX-License-Identifier: Apache-2.0
"""Merged customers are read as one; undoing a merge gives back exactly what was."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Channel
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.errors import UserError
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from tests.storage.build import NOON, at, interaction, phone, purchase, stored


def join(connection: Connection, absorbed: UUID, survivor: UUID) -> Merge:
    merge = Merge(new_id(), absorbed, survivor, NOON, "ben", "same e-mail", {"email": "equal"})
    Merges(connection).add(merge)
    return merge


def both(connection: Connection) -> tuple[Customer, Customer]:
    ann = stored(connection, "Ann", phone("+14155550100"))
    anna = stored(connection, "Anna", phone("+14155550100"), phone("+14155550199"))
    return ann, anna


def test_both_are_read_as_the_survivor_with_the_points_of_both(database: Database) -> None:
    with database.transaction() as connection:
        ann, anna = both(connection)
        join(connection, ann.id, anna.id)
        customers = Customers(connection)
        joined = customers.get(ann.id)
        assert joined == anna
        assert customers.by_point(ContactKind.PHONE, "+14155550100") == (anna,)
        assert customers.by_name("Ann") == (anna,)
        assert customers.count() == 1
        customers.add_point(ann.id, phone("+14155550111"))
        assert len(customers.many([anna.id])[0].contact_points) == 3


def test_the_history_of_both_is_one(database: Database) -> None:
    with database.transaction() as connection:
        ann, anna = both(connection)
        history = History(connection)
        given = [
            interaction(owner.id, at(minute), channel=channel)
            for minute, (owner, channel) in enumerate(
                [(ann, Channel.CALL), (anna, Channel.CHAT), (ann, Channel.CHAT)]
            )
        ]
        history.add_interactions(given)
        history.add_purchases([purchase(ann.id, "A1"), purchase(anna.id, "A2")])
        join(connection, ann.id, anna.id)
        for asked in (ann.id, anna.id):
            assert history.page(asked).interactions == tuple(reversed(given))
            assert history.timeline_counts(asked) == {Channel.CALL: 1, Channel.CHAT: 2}
            assert len(history.purchases(asked)) == 2
        assert history.by_order_number("A1") == (anna.id,)


def test_undoing_parts_them_again(database: Database) -> None:
    with database.transaction() as connection:
        ann, anna = both(connection)
        merge = join(connection, ann.id, anna.id)
        undone = Merges(connection).undo(merge.id, "eve", at(5))
        assert undone == replace(merge, undone_by="eve", undone_at=at(5))
        assert Customers(connection).many([ann.id, anna.id]) == (ann, anna)
        assert Merges(connection).of(anna.id) == (undone,)
        with pytest.raises(UserError, match="undone already"):
            Merges(connection).undo(merge.id, "eve", at(6))
        join(connection, anna.id, ann.id)
        assert Customers(connection).get(anna.id).id == ann.id  # type: ignore[union-attr]  # it is there


def test_a_circle_and_a_second_survivor_are_refused(database: Database) -> None:
    with database.transaction() as connection:
        first, second, third = (stored(connection, name).id for name in ("A", "B", "C"))
        join(connection, first, second)
        for absorbed, survivor in ((second, first), (first, second), (first, first)):
            with pytest.raises(UserError, match="one customer already"):
                join(connection, absorbed, survivor)
        with pytest.raises(UserError, match="merged before"):
            join(connection, first, third)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8), st.data())
def test_any_merges_undone_in_any_order_leave_no_trace(
    database: Database, pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    with database.transaction() as connection:
        made = [stored(connection, f"Name {n}", phone(f"+1415555000{n}")) for n in range(6)]
        done: list[Merge] = []
        for absorbed, survivor in pairs:
            try:
                done.append(join(connection, made[absorbed].id, made[survivor].id))
            except UserError:
                continue
        ids = [item.id for item in made]
        assert len(set(Merges(connection).survivors(ids).values())) == 6 - len(done)
        for merge in data.draw(st.permutations(done)):
            Merges(connection).undo(merge.id, "eve", NOON)
        assert Customers(connection).many(ids) == tuple(made)
