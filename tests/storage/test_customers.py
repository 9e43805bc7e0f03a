# SPDX-License-Identifier: Apache-2.0
"""Customers are found by every identifier, and saving twice stores once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agentassist.domain.customer import ContactKind, ContactPoint, Preference
from agentassist.domain.identifiers import new_id
from agentassist.storage.customers import Customers, fold
from agentassist.storage.database import Database
from agentassist.storage.saving import SaveOutcome
from tests.storage.build import NOON, customer, phone, stored

EMAIL = ContactPoint(ContactKind.EMAIL, "ann@example.com", "Ann@Example.com", "work")


def test_a_customer_comes_back_whole(database: Database) -> None:
    made = customer(
        "김민수",
        phone("+821012345678", shown="010-1234-5678", label="mobile"),
        EMAIL,
        language="ko",
        tier="gold",
        time_zone="Asia/Seoul",
        address="1 Harbour Road",
        postal_code="04524",
        source="crm",
        source_ref="7",
    )
    with database.transaction() as connection:
        Customers(connection).add(made)
    with database.reading() as connection:
        assert Customers(connection).get(made.id) == made
        assert Customers(connection).by_point(ContactKind.EMAIL, "ann@example.com") == (made,)
        assert Customers(connection).get(new_id()) is None


def test_saving_finds_the_record_by_its_source(database: Database) -> None:
    first = customer("Ann", EMAIL, source="crm", source_ref="1")
    later = customer("Ann Lee", phone("+14155550100"), source="crm", source_ref="1")
    with database.transaction() as connection:
        customers = Customers(connection)
        assert customers.save(first) == first.id
        assert customers.save_all([first])[0].outcome is SaveOutcome.UNCHANGED
        saved = customers.save_all([later])[0]
        assert (saved.id, saved.outcome) == (first.id, SaveOutcome.UPDATED)
        read = customers.get(first.id)
        assert customers.count() == 1
        assert customers.ids_by_reference("crm", ["1", "2"]) == {"1": first.id}
    assert read == replace(later, id=first.id, contact_points=(EMAIL, phone("+14155550100")))


def test_one_batch_may_name_a_record_twice(database: Database) -> None:
    first = customer("Ann", EMAIL, source="crm", source_ref="1")
    again = customer("Ann Lee", source="crm", source_ref="1")
    other = customer("Bo", source="crm", source_ref="2")
    with database.transaction() as connection:
        saved = Customers(connection).save_all([first, other, again, again])
        outcomes = [item.outcome for item in saved]
        read = Customers(connection).get(first.id)
    new, updated, same = SaveOutcome.NEW, SaveOutcome.UPDATED, SaveOutcome.UNCHANGED
    assert outcomes == [new, new, updated, same]
    assert read is not None
    assert (read.name, read.contact_points) == ("Ann Lee", (EMAIL,))


def test_a_point_is_added_once_and_last(database: Database) -> None:
    with database.transaction() as connection:
        ann = stored(connection, "Ann", EMAIL)
        for _ in range(2):
            Customers(connection).add_point(ann.id, phone("+14155550100"))
        read = Customers(connection).get(ann.id)
    assert read is not None
    assert read.contact_points == (EMAIL, phone("+14155550100"))


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        ("55550100", True),
        ("4155550100", True),
        ("0100", True),
        ("100", False),
        ("0101", False),
        ("", False),
        ("no digits", False),
        ("9955550100", True),
    ],
)
def test_a_phone_is_found_by_its_last_digits(
    database: Database, digits: str, *, found: bool
) -> None:
    with database.transaction() as connection:
        ann = stored(connection, "Ann", phone("+14155550100;ext=77"), EMAIL)
        stored(connection, "Bo", phone("+14155559999"))
        assert Customers(connection).by_phone_suffix(digits) == ((ann,) if found else ())


def test_names_are_compared_without_case_or_width(database: Database) -> None:
    with database.transaction() as connection:
        ann = stored(connection, "Ａnn  LEE")
        assert Customers(connection).by_name("ann lee") == (ann,)
        assert Customers(connection).search("nn l") == (ann,)
        assert Customers(connection).search("%") == ()
        assert Customers(connection).search(" ") == ()
    assert fold("Straße") == "strasse"


def test_search_looks_at_contact_points_and_stops_at_the_limit(database: Database) -> None:
    with database.transaction() as connection:
        made = [stored(connection, f"Name {n}", phone(f"+1415555{n:04d}")) for n in range(5)]
        assert Customers(connection).search("5550003") == (made[3],)
        assert Customers(connection).search("name", 2) == tuple(made[:2])


def test_many_keeps_the_order_asked_for(database: Database) -> None:
    with database.transaction() as connection:
        made = [stored(connection, f"Name {n}") for n in range(4)]
        asked = [made[2].id, made[0].id, new_id(), made[2].id]
        assert Customers(connection).many(asked) == (made[2], made[0])


def test_preferences_come_newest_first(database: Database) -> None:
    with database.transaction() as connection:
        ann = stored(connection)
        given = [
            Preference(new_id(), ann.id, "room", "quiet", NOON),
            Preference(new_id(), ann.id, "food", "no nuts", None),
            Preference(new_id(), ann.id, "bed", "firm", NOON + timedelta(days=1)),
        ]
        for item in (*given, given[0]):
            Customers(connection).add_preference(item)
        read = Customers(connection).preferences(ann.id)
    assert read == (given[2], given[0], given[1])
