# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel, Interaction, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.known import Known
from agentassist.storage.merges import Merges

AT = datetime(2026, 11, 23, tzinfo=UTC)


def _customer(name: str, email: str) -> Customer:
    points = (ContactPoint(ContactKind.EMAIL, email),)
    return Customer(new_id(), name, points, postal_code="94110", source="s", source_ref=name)


def _note(reference: str, owner: UUID | None = None, text: str = "hello") -> Interaction:
    return Interaction(new_id(), owner, Channel.NOTE, text, AT, source="s", source_ref=reference)


def test_many_are_found_at_once(database: Database) -> None:
    people = [_customer(f"P {n}", f"p{n}@example.com") for n in range(1_200)]
    order = Purchase(new_id(), people[7].id, "W1", source="s", source_ref="W1")
    with database.transaction() as connection:
        Customers(connection).save_all(people)
        History(connection).add_purchases([order])
        known = Known(connection)
        by_mail = known.by_points(ContactKind.EMAIL, [f"p{n}@example.com" for n in range(1_300)])
        by_reference = known.by_references("s", ["P 3", "nobody", ""])
        by_order = known.by_order_numbers(["W1", "W2"])
        residents = known.residents(["94110", "00000"])
    assert len(by_mail) == 1_200
    assert by_reference == {"P 3": frozenset({people[3].id})}
    assert by_order == {"W1": frozenset({people[7].id})}
    assert {person.name for person in residents} == {f"p {n}" for n in range(1_200)}


def test_a_merged_customer_is_one_with_the_other(database: Database) -> None:
    old, kept = _customer("Old", "a@example.com"), _customer("New", "a@example.com")
    with database.transaction() as connection:
        Customers(connection).save_all([old, kept])
        Merges(connection).add(Merge(new_id(), old.id, kept.id, AT, "me", "same person"))
        found = Known(connection).by_points(ContactKind.EMAIL, ["a@example.com"])
    assert found == {"a@example.com": frozenset({kept.id})}


def test_only_what_has_no_customer_is_attached(database: Database) -> None:
    ann, bob = _customer("Ann", "a@example.com"), _customer("Bob", "b@example.com")
    free, taken = _note("n1"), _note("n2", bob.id)
    with database.transaction() as connection:
        Customers(connection).save_all([ann, bob])
        History(connection).add_interactions([free, taken])
        known = Known(connection)
        known.attach({free.id: ann.id, taken.id: ann.id})
        found = known.contents("s", ["n1", "n2", "n3"])
    assert {reference: (said.key, said.owner) for reference, said in found.items()} == {
        "n1": (free.id.hex, ann.id.hex),
        "n2": (taken.id.hex, bob.id.hex),
    }
    assert {said.text for said in found.values()} == {"hello"}


def test_a_reference_leads_to_who_survived(database: Database) -> None:
    ann, bob, eve = (_customer(name, f"{name}@example.com") for name in ("Ann", "Bob", "Eve"))
    with database.transaction() as connection:
        Customers(connection).save_all([ann, bob, eve])
        known = Known(connection)
        alone = known.keys_by_reference("s", ["Ann", "Bob", "nobody"])
        Merges(connection).add(Merge(new_id(), ann.id, bob.id, AT, "me", "same person"))
        Merges(connection).add(Merge(new_id(), bob.id, eve.id, AT, "me", "same person"))
        joined = known.keys_by_reference("s", ["Ann", "Bob", "Eve"])
    assert alone == {"Ann": ann.id.hex, "Bob": bob.id.hex}
    assert joined == dict.fromkeys(("Ann", "Bob", "Eve"), eve.id.hex)


def test_a_mirror_says_what_its_purchase_says_now(database: Database) -> None:
    note, other = _note("n1"), _note("n2")
    with database.transaction() as connection:
        History(connection).add_interactions([note, other])
        Known(connection).refresh([replace(note, id=new_id(), text="changed", status="sent")])
        changed = History(connection).interaction(note.id)
        same = History(connection).interaction(other.id)
    assert changed is not None
    assert (changed.text, changed.status) == ("changed", "sent")
    assert same == other


@pytest.mark.parametrize("standing", [Standing.MAYBE, Standing.SHARED])
def test_guesses_and_shared_points_lead_to_nobody_by_themselves(
    database: Database, standing: Standing
) -> None:
    with database.transaction() as connection:
        ann, ben = _customer("Ann", "ann@example.com"), _customer("Ben", "ben@example.com")
        guess = replace(ann.contact_points[0], standing=standing)
        Customers(connection).save_all([replace(ann, contact_points=(guess,)), ben])
        values = ("ann@example.com", "ben@example.com")
        found = Known(connection).by_points(ContactKind.EMAIL, values)
    assert found == {"ben@example.com": frozenset([ben.id])}
