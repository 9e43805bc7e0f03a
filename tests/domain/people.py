# SPDX-License-Identifier: Apache-2.0
"""Records to compare, and how likeness is measured where rapidfuzz is not to be seen."""

from difflib import SequenceMatcher
from typing import Any

from agentassist.domain.comparing import Comparer
from agentassist.domain.comparison import Comparison
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.identifiers import new_id
from agentassist.domain.person import Person, person_of
from agentassist.domain.trust import STRICT, Trust
from agentassist.domain.value_counts import ValueCounts

RECORDS = 5_000


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, *sorted((one, other)), autojunk=False).ratio()


def point(kind: ContactKind, value: str, standing: Standing = Standing.OWN) -> ContactPoint:
    return ContactPoint(kind, value, standing=standing)


def mail(value: str) -> ContactPoint:
    return point(ContactKind.EMAIL, value)


def mobile(value: str, standing: Standing = Standing.OWN) -> ContactPoint:
    return point(ContactKind.PHONE, value, standing)


def card(value: str) -> ContactPoint:
    return point(ContactKind.ID_NUMBER, value)


def person(name: str, *points: ContactPoint, **fields: Any) -> Person:
    return person_of(Customer(new_id(), name, points, **fields))


def counts(*people: Person) -> ValueCounts:
    """Count these among thousands who have nothing in common with them."""
    made = ValueCounts(1 << 12)
    for one in people:
        made.add(one.values())
    made.records = RECORDS
    return made


def compared(one: Person, other: Person, *others: Person, trust: Trust = STRICT) -> Comparison:
    return Comparer(counts(one, other, *others), alike, trust)(one, other)
