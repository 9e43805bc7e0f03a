# SPDX-License-Identifier: Apache-2.0
"""Duplicates in a database: found, merged with evidence, told apart for good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import pytest

from agentassist.domain.comparison import Field, How, Veto
from agentassist.domain.customer import ContactKind, Customer, Standing
from agentassist.domain.duplicates import DuplicatePair, DuplicatesFound, SearchProgress
from agentassist.errors import Cancelled
from agentassist.services.duplicate_listing import sentence
from agentassist.services.duplicate_search import DuplicateSearch
from agentassist.services.duplicates import Duplicates
from agentassist.services.live_duplicates import LiveDuplicates
from agentassist.services.merging import Merging
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.merges import Merges
from tests.services.conftest import person

MOBILE = (ContactKind.PHONE, "+14155550134")
MAIL = (ContactKind.EMAIL, "grace@whitfield.example")
LETTERS = str.maketrans("0123456789", "ghijklmnop")
BORN = {"birth_date": "1990-04-05", "postal_code": "60623"}


@pytest.fixture
def duplicates(database: Database, now: Callable[[], datetime]) -> Duplicates:
    return Duplicates(database, now)


def stored(database: Database, *given: Customer) -> list[Customer]:
    with database.transaction() as connection:
        for customer in given:
            Customers(connection).add(customer)
    return list(given)


def crowd(database: Database, number: int = 150) -> None:
    """Add people who have nothing to do with anybody."""
    stored(database, *(person(nobody(n)) for n in range(number)))


def nobody(number: int) -> str:
    """Return a name like no other one."""
    letters = sha256(str(number).encode()).hexdigest().translate(LETTERS)
    return f"{letters[:8]} {letters[8:16]}"


def search(database: Database) -> DuplicatesFound:
    return DuplicateSearch(database).run()


def both(pairs: tuple[DuplicatePair, ...]) -> set[frozenset[UUID]]:
    return {frozenset((pair.one, pair.other)) for pair in pairs}


def test_an_empty_database_has_no_duplicates(database: Database) -> None:
    found = search(database)
    assert (found.records, found.certain, found.suggested) == (0, (), ())


def test_records_of_one_person_are_certain(database: Database) -> None:
    crowd(database)
    one, other, latin, hangul = stored(
        database,
        person("Grace Whitfield", MOBILE, **BORN),
        person("Whitfeild, Grace", MOBILE, MAIL),
        person("Min-su Kim", (ContactKind.EMAIL, "minsu@example.com"), birth_date="1988-01-02"),
        person("김민수", (ContactKind.EMAIL, "minsu+shop@example.com"), birth_date="1988-01-02"),
    )
    found = search(database)
    assert both(found.certain) == {
        frozenset((one.id, other.id)),
        frozenset((latin.id, hangul.id)),
    }
    assert {frozenset(group) for group in found.people} == both(found.certain)


def test_merging_keeps_the_evidence_and_can_be_undone(
    database: Database, duplicates: Duplicates, now: Callable[[], datetime]
) -> None:
    crowd(database)
    one, other = stored(
        database, person("Grace Whitfield", MOBILE, **BORN), person("Grace Whitfield", MOBILE)
    )
    assert duplicates.merge(search(database).certain, "ben") == 1
    with database.transaction() as connection:
        merged = Customers(connection).get(other.id)
        assert merged is not None
        assert merged.id == one.id  # the fuller record is kept
        (merge,) = Merges(connection).of(one.id)
        clues = merge.evidence["clues"]
        assert isinstance(clues, list)
        assert {"field": "phone", "how": "same"}.items() <= clues[1].items()
        (entry,) = Audit(connection).entries(str(one.id))
        assert (entry.kind, entry.actor) == ("customers merged", "ben")
        assert merge.reason == "found as a duplicate"
        assert "Grace" not in str(entry.details)
        Merges(connection).undo(merge.id, "ben", now())
        assert Customers(connection).get(other.id) == other
    assert both(search(database).certain) == {frozenset((one.id, other.id))}


def test_an_id_number_is_not_written_into_the_evidence(
    database: Database, duplicates: Duplicates
) -> None:
    crowd(database)
    card = (ContactKind.ID_NUMBER, "8794152")
    one, _ = stored(database, person("Grace Whitfield", card), person("Grace Whitfield", card))
    assert duplicates.merge(search(database).certain, "ben") == 1
    with database.reading() as connection:
        (merge,) = Merges(connection).of(one.id)
    assert "8794152" not in str(merge)


def test_merged_customers_are_one_and_are_not_found_again(
    database: Database, duplicates: Duplicates
) -> None:
    crowd(database)
    given = stored(database, *(person("Grace Whitfield", MOBILE, **BORN) for _ in range(4)))
    assert duplicates.merge(search(database).certain, "ben") == 3
    found = search(database)
    assert not found.certain
    assert not found.suggested
    assert {frozenset(group) for group in found.people} == {frozenset(one.id for one in given)}


def test_who_was_told_apart_never_comes_back(
    database: Database, duplicates: Duplicates, now: Callable[[], datetime]
) -> None:
    crowd(database)
    one, other = stored(
        database, person("Grace Whitfield", MOBILE, **BORN), person("Grace Whitfield", MOBILE)
    )
    before = search(database).certain
    merging = Merging(database, "ben", now)
    merging.keep_apart(other.id, one.id, "mother and daughter")
    found = search(database)
    assert not found.certain
    assert not found.suggested
    assert not found.possible
    assert LiveDuplicates(database).of(one.id) == ()
    assert duplicates.merge(before, "ben") == 0
    merging.allow_again(one.id, other.id)
    assert both(search(database).certain) == both(before)


def test_what_the_kept_record_leaves_empty_is_filled(
    database: Database, duplicates: Duplicates
) -> None:
    crowd(database)
    one, other = stored(
        database,
        person("Grace Whitfield", MOBILE, **BORN),
        person("Grace Whitfield", MOBILE, tier="gold"),
    )
    assert duplicates.merge(search(database).certain, "ben") == 1
    with database.reading() as connection:
        joined = Customers(connection).get(other.id)
    assert joined is not None
    assert (joined.id, joined.tier, joined.postal_code) == (one.id, "gold", "60623")


def test_who_was_told_apart_from_a_merged_record_stays_apart(
    database: Database, duplicates: Duplicates, now: Callable[[], datetime]
) -> None:
    crowd(database)
    one, again, other = stored(
        database, *(person("Grace Whitfield", MOBILE, **BORN) for _ in range(3))
    )
    found = search(database).certain
    merging = Merging(database, "ben", now)
    merging.keep_apart(again.id, other.id)
    merging.merge(one.id, again.id)
    assert duplicates.merge(found, "ben") == 0
    assert LiveDuplicates(database).of(one.id) == ()
    assert LiveDuplicates(database).of(other.id) == ()


def test_twins_are_suggested_and_not_merged(database: Database) -> None:
    crowd(database)
    grace, olga = stored(
        database,
        person("Grace Whitfield", MAIL, MOBILE, **BORN),
        person("Olga Whitfield", MAIL, MOBILE, **BORN),
    )
    live = LiveDuplicates(database)
    assert [item.customer for item in live.suggestions(grace.id)] == [olga]
    assert live.likely(grace.id) == ()
    found = search(database)
    assert not found.certain
    assert both(found.suggested) == {frozenset((grace.id, olga.id))}
    assert found.suggested[0].comparison.vetoes == (Veto.GIVEN_NAME,)
    assert sentence(found.suggested[0].comparison).endswith("not merged: different given names")


def test_father_and_son_are_not_chained_by_a_record_between(database: Database) -> None:
    crowd(database)
    father, son, unclear = stored(
        database,
        person("George Whitfield", MAIL, birth_date="1961-03-09"),
        person("George Whitfield", MAIL, birth_date="1990-11-23"),
        person("George Whitfield", MAIL),
    )
    groups = [set(group) for group in search(database).people]
    assert all(not {father.id, son.id} <= group for group in groups)
    assert len(groups) <= 1
    assert {unclear.id} < {father.id, son.id, unclear.id}


@pytest.mark.parametrize("standing", [Standing.OWN, Standing.SHARED])
def test_a_reception_desk_makes_nobody_one(database: Database, standing: Standing) -> None:
    people = [person(nobody(n), MOBILE) for n in range(40)]
    shared = [
        replace(one, contact_points=(replace(one.contact_points[0], standing=standing),))
        for one in people
    ]
    stored(database, *shared)
    found = search(database)
    assert not found.certain
    assert not found.suggested
    assert LiveDuplicates(database).of(shared[0].id) == ()


def test_a_family_number_makes_nobody_one(database: Database) -> None:
    crowd(database)
    stored(
        database,
        person("Grace Whitfield", MOBILE),
        person("Otto Whitfield", MOBILE),
        person("Lena Whitfield", MOBILE),
    )
    assert not search(database).certain


def test_a_search_can_be_stopped_and_says_how_far_it_is(database: Database) -> None:
    crowd(database)
    seen: list[SearchProgress] = []
    DuplicateSearch(database, progress=seen.append).run()
    assert [step.step for step in seen] == ["read", "compare", "judge"]
    with pytest.raises(Cancelled):
        DuplicateSearch(database, cancelled=lambda: True).run()


def test_the_order_of_the_records_changes_nothing(database: Database) -> None:
    crowd(database)
    given = [
        person("Grace Whitfield", MOBILE, MAIL),
        person("Whitfield Grace", MAIL, **BORN),
        person("Gracie Whitfeild", **BORN),
    ]
    stored(database, *reversed(given))
    groups = search(database).people
    assert [set(group) for group in groups] == [{one.id for one in given}]


def test_a_call_finds_who_else_it_may_be(database: Database, duplicates: Duplicates) -> None:
    crowd(database)
    grace, again, latin, hangul = stored(
        database,
        person("Grace Whitfield", MOBILE, **BORN),
        person("Grace Whitfeild", MOBILE),
        person("Min-su Kim", **BORN),
        person("김민수", **BORN),
    )
    live = LiveDuplicates(database)
    live.warm()
    (pair,) = live.of(grace.id)
    assert (pair.one, pair.other) == (grace.id, again.id)
    phone = next(clue for clue in pair.comparison.clues if clue.field is Field.PHONE)
    assert phone.how is How.SAME
    assert [item.other for item in live.of(latin.id)] == [hangul.id]
    (suggestion,) = live.suggestions(grace.id)
    assert live.likely(grace.id) == (suggestion,)
    assert (suggestion.customer, suggestion.comparison) == (again, pair.comparison)
    with database.reading() as connection:
        assert live.between(connection, grace.id, again.id) == pair.comparison
    duplicates.merge(search(database).certain, "ben")
    assert live.of(grace.id) == ()
