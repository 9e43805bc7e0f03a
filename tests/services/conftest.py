# SPDX-License-Identifier: Apache-2.0
"""A clock that stands still, and people to call."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.identifiers import new_id
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: NOON


def person(name: str, *points: tuple[ContactKind, str], **more: str) -> Customer:
    return Customer(new_id(), name, tuple(ContactPoint(*point) for point in points), **more)


def people(database: Database, count: int = 2) -> list[UUID]:
    made = [person(f"Person {place}") for place in range(count)]
    with database.transaction() as connection:
        for one in made:
            Customers(connection).add(one)
    return [one.id for one in made]


@pytest.fixture
def grace(database: Database) -> Customer:
    made = person("Grace Whitfield", (ContactKind.PHONE, "+14155550134"), tier="Gold")
    with database.transaction() as connection:
        Customers(connection).add(made)
    return made
