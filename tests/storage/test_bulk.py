# SPDX-License-Identifier: Apache-2.0
"""Rows in bulk are the rows that one by one would be."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122, UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, select

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel, Conversation, Direction, Interaction
from agentassist.domain.identifiers import new_id, new_keys
from agentassist.storage.bulk import (
    CONVERSATIONS,
    CUSTOMERS,
    INTERACTIONS,
    POINTS,
    Bulk,
    BulkRow,
    conversation_row,
    customer_rows,
    interaction_row,
)
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

ODD = st.text(st.characters() | st.sampled_from("\x00\ud800Aß한\U0001f600"), max_size=40)
TIMES = st.datetimes(
    datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(timezone(timedelta(hours=9)))
)
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def _rows(database: Database, table: Table) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(*table.columns))]


def _clear(database: Database, *tables: Table) -> None:
    with database.transaction() as connection:
        for table in tables:
            connection.execute(delete(table))


@QUIET
@given(ODD, ODD, ODD, st.none() | TIMES, st.sampled_from(Channel), st.dictionaries(ODD, ODD))
def test_an_interaction_in_bulk_is_the_same(
    database: Database,
    text: str,
    subject: str,
    reference: str,
    at: datetime | None,
    channel: Channel,
    attributes: dict[str, str],
) -> None:
    moment = at.astimezone(UTC) if at else None
    one = Interaction(
        new_id(), None, channel, text, moment, "Asia/Seoul", Direction.OUTBOUND, subject,
        subject[:9], text[:9], None, "s", reference, attributes,
    )  # fmt: skip
    with database.transaction() as connection:
        History(connection).add_interactions([one])
    expected = _rows(database, INTERACTIONS)
    _clear(database, INTERACTIONS)
    said = ("Asia/Seoul", subject, text, subject[:9], text[:9], "s", reference)
    row = interaction_row(
        one.id.hex, None, None, channel, moment, Direction.OUTBOUND, said, attributes
    )
    with database.transaction() as connection:
        assert Bulk(connection).insert_all({INTERACTIONS: [row]})
    assert _rows(database, INTERACTIONS) == expected
    _clear(database, INTERACTIONS)


@QUIET
@given(ODD, ODD, ODD, st.text("+0123456789;ext=", min_size=1, max_size=20))
def test_a_customer_in_bulk_is_the_same(
    database: Database, name: str, address: str, reference: str, phone: str
) -> None:
    point = ContactPoint(ContactKind.PHONE, phone, name, "Tel")
    one = Customer(
        new_id(),
        name,
        (point,),
        "ko",
        "gold",
        "UTC",
        address,
        "04001",
        "s",
        reference,
        "1990-02-30",
        "Org",
    )
    with database.transaction() as connection:
        Customers(connection).add(one)
    expected = [_rows(database, table) for table in (CUSTOMERS, POINTS)]
    _clear(database, POINTS, CUSTOMERS)
    said = (name, "ko", "gold", "UTC", address, "04001", "s", reference, "1990-02-30", "Org")
    row, points = customer_rows(one.id.hex, said, [(point.kind, phone, name, "Tel", Standing.OWN)])
    rows: dict[Table, list[BulkRow]] = {CUSTOMERS: [row], POINTS: points}
    with database.transaction() as connection:
        assert Bulk(connection).insert_all(rows)
    assert [_rows(database, table) for table in (CUSTOMERS, POINTS)] == expected
    _clear(database, POINTS, CUSTOMERS)


def test_a_conversation_in_bulk_is_the_same(database: Database) -> None:
    one = Conversation(new_id(), None, "To\x00pic", "s", "t1")
    with database.transaction() as connection:
        History(connection).add_conversation(one)
    expected = _rows(database, CONVERSATIONS)
    _clear(database, CONVERSATIONS)
    row = conversation_row(one.id.hex, None, one.topic, "s", "t1")
    with database.transaction() as connection:
        assert Bulk(connection).insert_new(CONVERSATIONS, [row, row]) == 1
    assert _rows(database, CONVERSATIONS) == expected


def test_all_go_in_or_none(database: Database) -> None:
    first, second = new_keys(2)
    said = ("Ann", "", "", "", "", "", "s", "c1", "", "")
    with database.transaction() as connection:
        bulk = Bulk(connection)
        assert bulk.insert_all({CUSTOMERS: [customer_rows(first, said, [])[0]]})
        other = customer_rows(second, (*said[:7], "c2", "", ""), [])[0]
        again = customer_rows(new_keys(1)[0], said, [])[0]
        assert not bulk.insert_all({CUSTOMERS: [other, again]})
        found = bulk.by_reference(CUSTOMERS, "id, name", "s", ["c1", "c2"])
    assert found == {"c1": (first, "Ann")}


def test_keys_are_valid_and_rise() -> None:
    keys = [key for count in (1, 5_000, 1, 5_000) for key in new_keys(count)]
    assert keys == sorted(set(keys))
    assert {(UUID(key).version, UUID(key).variant) for key in keys} == {(7, RFC_4122)}
    assert new_id().hex > keys[-1]
