# SPDX-License-Identifier: Apache-2.0
"""Who else may be this customer: indexed look-ups, while a call is on screen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.comparing import Comparer
from agentassist.domain.comparison import Comparison, Veto, together
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.duplicates import NOT_SHOWN, SUGGEST, DuplicatePair
from agentassist.domain.names import name_key, name_tokens
from agentassist.domain.person import Person, mailbox, person_of
from agentassist.domain.value_counts import ValueCounts
from agentassist.services.resemblance import alike
from agentassist.storage.database import Database
from agentassist.storage.duplicates import DuplicateQueries, ToldApart

_SAMPLE = 2_000
_SAID_BY_MANY = 8
"""A contact point of more customers than this says nothing about who somebody is."""
_MOST = 5
_KINDS = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.HANDLE, ContactKind.ID_NUMBER)


class LiveDuplicates:
    """Finds the likeliest duplicates of one customer.

    How common names and places are is learnt from some customers at the first question, or by
    `warm`, which takes a tenth of a second.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._comparer: Comparer | None = None

    def warm(self) -> None:
        """Learn how common names and places are; do this when nobody waits."""
        with self._database.reading() as connection:
            self._learnt(connection)

    def of(self, customer_id: UUID) -> tuple[DuplicatePair, ...]:
        """Return who may be the same person, the likeliest first, five at the most."""
        with self._database.reading() as connection:
            compare = self._learnt(connection)
            queries = DuplicateQueries(connection)
            mine = queries.each(queries.group(customer_id))
            found = _Neighbourhood(queries, mine)
            apart = ToldApart(connection).of(customer.id for customer in mine)
            people = {one.id: found.person(one) for one in (*mine, *found.customers)}
        pairs = (
            DuplicatePair(customer_id, survivor, said)
            for survivor, others in found.groups.items()
            for said in [_together(mine, others, people, apart, compare)]
            if said.score >= SUGGEST and NOT_SHOWN.isdisjoint(said.vetoes)
        )
        return tuple(sorted(pairs, key=lambda pair: -pair.comparison.score))[:_MOST]

    def _learnt(self, connection: Connection) -> Comparer:
        if self._comparer is None:
            queries = DuplicateQueries(connection)
            counts = ValueCounts()
            for customer in queries.records(limit=_SAMPLE):
                counts.add(person_of(customer).values())
            self._comparer = Comparer(counts, alike, records=queries.count())
        return self._comparer


class _Neighbourhood:
    """Everybody who has something in common with a customer, by the person they are part of."""

    def __init__(self, queries: DuplicateQueries, mine: tuple[Customer, ...]) -> None:
        self._common: set[tuple[ContactKind, str]] = set()
        own = {customer.id for customer in mine}
        ids = {key for customer in mine for key in self._near(queries, customer)} - own
        survivors = queries.survivors(sorted(ids))
        self.customers = queries.each(sorted(ids))
        self.groups: dict[UUID, list[Customer]] = {}
        for customer in self.customers:
            self.groups.setdefault(survivors[customer.id], []).append(customer)

    def person(self, customer: Customer) -> Person:
        """Return a customer as it is compared; what many have counts as shared."""
        return person_of(replace(customer, contact_points=tuple(self._points(customer))))

    def _points(self, customer: Customer) -> Iterator[ContactPoint]:
        for point in customer.contact_points:
            common = (point.kind, point.value) in self._common
            yield replace(point, standing=Standing.SHARED) if common else point

    def _near(self, queries: DuplicateQueries, customer: Customer) -> Iterator[UUID]:
        for kind, value in _values(customer):
            carriers = queries.by_value(kind, value)
            if len(carriers) > _SAID_BY_MANY:
                self._common.add((kind, value))
            else:
                yield from carriers
        yield from queries.by_birth_date(customer.birth_date)
        yield from queries.by_name(customer.name, name_key(customer.name))
        words = set(name_tokens(customer.name))
        for key, name in queries.neighbours(customer.postal_code):
            if not words.isdisjoint(name_tokens(name)):
                yield key


def _values(customer: Customer) -> Iterator[tuple[ContactKind, str]]:
    """Yield the points to look for, e-mail addresses as they may be stored elsewhere, too."""
    for point in customer.contact_points:
        if point.kind in _KINDS and point.standing is not Standing.SHARED:
            yield point.kind, point.value
            if point.kind is ContactKind.EMAIL and "@" in point.value:
                plain = "@".join(mailbox(point.value))
                if plain != point.value:
                    yield point.kind, plain


def _together(
    mine: Iterable[Customer],
    others: Iterable[Customer],
    people: dict[UUID, Person],
    apart: frozenset[tuple[UUID, UUID]],
    compare: Comparer,
) -> Comparison:
    return together([_told(one, other, people, apart, compare) for one in mine for other in others])


def _told(
    one: Customer,
    other: Customer,
    people: dict[UUID, Person],
    apart: frozenset[tuple[UUID, UUID]],
    compare: Comparer,
) -> Comparison:
    found = compare(people[one.id], people[other.id])
    first, second = sorted((one.id, other.id))
    if (first, second) in apart:
        return replace(found, vetoes=(*found.vetoes, Veto.NOT_SAME))
    return found
