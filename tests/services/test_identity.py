# SPDX-License-Identifier: Apache-2.0
"""Finding people by hand, and keeping what we learn about them."""

import pytest

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Identifier, Outcome, Recognition
from agentassist.errors import UserError
from agentassist.services.identity import Identity
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database


@pytest.fixture
def identity(database: Database) -> Identity:
    return Identity(database, "US")


@pytest.mark.parametrize("typed", ["whitfield", "Grace", "415-555-0134"])
def test_people_are_found_by_name_and_number(
    identity: Identity, grace: Customer, typed: str
) -> None:
    assert [item.customer.id for item in identity.search(typed)] == [grace.id]


def test_a_new_customer_needs_a_name(identity: Identity) -> None:
    with pytest.raises(UserError, match="name"):
        identity.create("  ", ContactKind.PHONE, "+14155550100")


def test_a_new_customer_is_found_by_number(identity: Identity) -> None:
    made = identity.create("박민서", ContactKind.PHONE, "+14155550100")
    assert [item.customer for item in identity.search("4155550100")] == [made]


def guess(standing: Standing, label: str = "") -> ContactPoint:
    return ContactPoint(ContactKind.PHONE, "+14155550177", label=label, standing=standing)


def recognised(identity: Identity, database: Database, number: str) -> Recognition:
    with database.reading() as connection:
        return identity.recognise(connection, (Identifier(ContactKind.PHONE, number),))


def test_a_mined_number_is_a_maybe_that_says_where_it_comes_from(
    identity: Identity, database: Database, grace: Customer
) -> None:
    with database.transaction() as connection:
        point = guess(Standing.MAYBE, "signature of a mail")
        Customers(connection).add_point(grace.id, point)
    found = recognised(identity, database, "+14155550177")
    assert found.outcome is Outcome.MAYBE
    (candidate,) = found.candidates
    assert not candidate.certain
    assert candidate.evidence[0].label == "signature of a mail"


def test_a_guess_does_not_stand_beside_a_match(
    identity: Identity, database: Database, grace: Customer
) -> None:
    with database.transaction() as connection:
        Customers(connection).add_point(grace.id, guess(Standing.MAYBE))
        Customers(connection).add(Customer(new_id(), "Otto Lind", (guess(Standing.OWN),)))
    found = recognised(identity, database, "+14155550177")
    assert found.outcome is Outcome.ONE_MATCH
    assert [item.customer.name for item in found.candidates] == ["Otto Lind"]


def test_a_shared_number_leads_to_all_and_is_certain_for_none(
    identity: Identity, database: Database, grace: Customer
) -> None:
    with database.transaction() as connection:
        Customers(connection).add_point(grace.id, guess(Standing.SHARED))
    assert recognised(identity, database, "+14155550177").outcome is Outcome.MAYBE
    with database.transaction() as connection:
        Customers(connection).add(Customer(new_id(), "Otto Lind", (guess(Standing.SHARED),)))
        Customers(connection).add(Customer(new_id(), "Lena Lind", (guess(Standing.MAYBE),)))
    found = recognised(identity, database, "+14155550177")
    assert found.outcome is Outcome.MANY_MATCHES
    assert {item.customer.name for item in found.candidates} == {"Grace Whitfield", "Otto Lind"}


def test_the_last_digits_alone_are_a_maybe(
    identity: Identity, database: Database, grace: Customer
) -> None:
    found = recognised(identity, database, "+525555550134")
    assert grace.contact_points[0].value.endswith("55550134")
    assert found.outcome is Outcome.MAYBE
