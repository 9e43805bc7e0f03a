# SPDX-License-Identifier: Apache-2.0
"""Column types give back what they were given, on every database."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from agentassist.domain.customer import Customer
from agentassist.domain.identifiers import new_id
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.schema.customers import customers
from agentassist.storage.schema.types import canonical_json, clean
from tests.storage.build import interaction

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(
    moment=st.datetimes(
        min_value=datetime(1, 1, 3),  # hypothesis adds the zone
        max_value=datetime(9999, 12, 29),
        timezones=st.builds(timezone, st.integers(-840, 840).map(lambda m: timedelta(minutes=m))),
    )
)
def test_a_time_comes_back_in_utc(database: Database, moment: datetime) -> None:
    written = interaction(None, moment)
    with database.transaction() as connection:
        History(connection).add_interactions([written])
        read = History(connection).interaction(written.id)
    assert read is not None
    assert read.occurred_at == moment
    assert read.occurred_at.tzinfo is UTC


def test_a_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # on purpose
    with pytest.raises(ValueError, match="without a zone"), database.transaction() as connection:
        History(connection).add_interactions([interaction(None, naive)])


def test_a_naive_time_in_a_query_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # on purpose
    with pytest.raises(StatementError, match="without a zone"), database.reading() as connection:
        Calls(connection).decisions_of(new_id(), naive)


@FEW
@given(name=st.text(max_size=40), note=st.text(max_size=40), ref=st.text(max_size=20))
def test_any_text_is_stored_but_for_what_no_database_holds(
    database: Database, name: str, note: str, ref: str
) -> None:
    made = Customer(new_id(), name, address=note, source="crm", source_ref=ref)
    with database.transaction() as connection:
        key = Customers(connection).save(made)
        read = Customers(connection).get(key)
        assert read is not None
        assert (read.name, read.address) == (clean(name), clean(note))
        assert read.source_ref == clean(ref)
        Customers(connection).search(name)
        connection.execute(customers.delete())


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [("a\x00b", "ab"), ("\ud800x", "?x"), ("한국어 é", "한국어 é"), ("", "")],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


def test_an_empty_reference_is_never_a_duplicate(database: Database) -> None:
    with database.transaction() as connection:
        for _ in range(3):
            Customers(connection).save(Customer(new_id(), "Walk-in", source="desk"))
        assert Customers(connection).count() == 3
        stored = connection.execute(select(customers.c.source_ref)).scalars().all()
    assert stored == ["", "", ""]


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=5))
def test_canonical_json_is_one_way_of_writing(value: dict[str, object]) -> None:
    shuffled = dict(reversed(list(value.items())))
    assert canonical_json(value) == canonical_json(shuffled)
    again = json.loads(canonical_json(value))
    assert canonical_json(again) == canonical_json(value)
