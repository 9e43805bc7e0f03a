# SPDX-License-Identifier: Apache-2.0
"""Finding people by hand, and keeping what we learn about them."""

import pytest

from agentassist.domain.customer import ContactKind, Customer
from agentassist.errors import UserError
from agentassist.services.identity import Identity
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
