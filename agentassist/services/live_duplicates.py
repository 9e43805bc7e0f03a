# SPDX-License-Identifier: Apache-2.0
"""Who else may be this customer: indexed look-ups, while a call is on screen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.comparing import Comparer
from agentassist.domain.comparison import Comparison, together
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.duplicates import NOT_SHOWN, SUGGEST, DuplicatePair, Suggestion
from agentassist.domain.names import name_key, name_tokens
from agentassist.domain.person import Person, mailbox, person_of
from agentassist.domain.value_counts import ValueCounts
from agentassist.services.resemblance import alike
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.distinctions import Distinctions
from agentassist.storage.duplicates import DuplicateQueries

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
        """Learn how common names and places are, once; do this when nobody waits."""
        if self._comparer is not None:
            return
        with self._database.reading() as connection:
            self._learnt(connection)

    def of(self, customer_id: UUID) -> tuple[DuplicatePair, ...]:
        """Return who may be the same person, the likeliest first, five at the most.

        Whom somebody found to be another person is left out.
        """
        with self._database.reading() as connection:
            return self._found(connection, customer_id)

    def suggestions(self, customer_id: UUID) -> tuple[Suggestion, ...]:
        """Return the same with what is known of each."""
        with self._database.reading() as connection:
            pairs = self._found(connection, customer_id)
            known = Customers(connection).many([pair.other for pair in pairs])
        return tuple(map(Suggestion, known, (pair.comparison for pair in pairs)))

    def likely(self, customer_id: UUID) -> tuple[Suggestion, ...]:
        """Return those whom nothing speaks against: what is worth a look without being asked.

        A family has one address, one name and one number, and given names of its own.
        """
        found = self.suggestions(customer_id)
        return tuple(item for item in found if not item.comparison.vetoes)

    def between(self, connection: Connection, one: UUID, other: UUID) -> Comparison:
        """Compare two customers, each with all records that are one with it."""
        compare = self._learnt(connection)
        queries = DuplicateQueries(connection)
        mine, theirs = (queries.each(queries.group(key)) for key in (one, other))
        common = _Common(queries)
        for customer in mine:
            common.look_up(customer)
        return _together(map(common.person, mine), map(common.person, theirs), compare)

    def _found(self, connection: Connection, customer_id: UUID) -> tuple[DuplicatePair, ...]:
        compare = self._learnt(connection)
        queries = DuplicateQueries(connection)
        mine = queries.each(queries.group(customer_id))
        near = _Neighbourhood(queries, mine)
        apart = Distinctions(connection).of(customer_id)
        ours = [near.common.person(customer) for customer in mine]
        pairs = (
            DuplicatePair(customer_id, survivor, said)
            for survivor, others in near.groups.items()
            if survivor not in apart
            for said in [_together(ours, map(near.common.person, others), compare)]
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


class _Common:
    """Which contact points of a customer so many have that they say nothing."""

    def __init__(self, queries: DuplicateQueries) -> None:
        self._queries = queries
        self._common: set[tuple[ContactKind, str]] = set()

    def look_up(self, customer: Customer) -> set[UUID]:
        """Return who has one of these points too; what many have is remembered instead."""
        found: set[UUID] = set()
        for kind, value in _values(customer):
            carriers = self._queries.by_value(kind, value)
            if len(carriers) > _SAID_BY_MANY:
                self._common.add((kind, value))
            else:
                found |= carriers
        return found

    def person(self, customer: Customer) -> Person:
        """Return a customer as it is compared; what many have counts as shared."""
        return person_of(replace(customer, contact_points=tuple(self._points(customer))))

    def _points(self, customer: Customer) -> Iterator[ContactPoint]:
        for point in customer.contact_points:
            common = (point.kind, point.value) in self._common
            yield replace(point, standing=Standing.SHARED) if common else point


class _Neighbourhood:
    """Everybody who has something in common with a customer, by the person they are part of."""

    def __init__(self, queries: DuplicateQueries, mine: tuple[Customer, ...]) -> None:
        self.common = _Common(queries)
        own = {customer.id for customer in mine}
        ids = {key for customer in mine for key in self._near(queries, customer)} - own
        survivors = queries.survivors(sorted(ids))
        self.groups: dict[UUID, list[Customer]] = {}
        for customer in queries.each(sorted(ids)):
            self.groups.setdefault(survivors[customer.id], []).append(customer)

    def _near(self, queries: DuplicateQueries, customer: Customer) -> Iterator[UUID]:
        yield from self.common.look_up(customer)
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


def _together(mine: Iterable[Person], others: Iterable[Person], compare: Comparer) -> Comparison:
    return together([compare(one, other) for one, other in product(mine, others)])
