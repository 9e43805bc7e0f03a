# SPDX-License-Identifier: Apache-2.0
"""Looks through the whole database for records of one person, in memory that hardly grows.

Three steps: read every record once, compare those that share a key, and compare the likely ones
again. The second look knows more: it counts people instead of records, so that a value is not
common only because one person is there seven times, and it knows how far this database's names,
dates and id numbers can be trusted.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from agentassist.domain.blocking import keys
from agentassist.domain.comparing import Comparer
from agentassist.domain.comparison import Comparison, Veto, together
from agentassist.domain.duplicates import (
    MERGE,
    NOT_SHOWN,
    POSSIBLE,
    SUGGEST,
    SURE,
    DuplicatePair,
    DuplicatesFound,
    SearchProgress,
)
from agentassist.domain.grouping import Groups, grow
from agentassist.domain.person import person_of
from agentassist.domain.trust import measured
from agentassist.domain.value_counts import ValueCounts
from agentassist.domain.waiting import never, silent
from agentassist.errors import Cancelled
from agentassist.services.blocks import Blocks, split
from agentassist.services.person_store import PersonStore
from agentassist.services.resemblance import alike
from agentassist.storage.database import Database
from agentassist.storage.distinctions import Distinctions
from agentassist.storage.duplicates import DuplicateQueries

_BATCH = 500
_EVERY = 5_000
_LEAST = -6.0
_TO_TRUST = 2.0
_REMEMBERED = 50_000

Pair = tuple[float, int, int]
Compare = Callable[[int, int], Comparison]


class DuplicateSearch:
    """One search. `progress` is called now and then, `cancelled` asked as often.

    Raises:
        Cancelled: `cancelled` answered True; nothing was changed, as a search only reads.
    """

    def __init__(
        self,
        database: Database,
        *,
        progress: Callable[[SearchProgress], None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> None:
        self._database = database
        self._progress = progress
        self._cancelled = cancelled

    def run(self) -> DuplicatesFound:
        """Search the whole database."""
        with closing(PersonStore()) as people:
            return _Search(people, self._tick).run(self._database)

    def _tick(self, step: str, done: int, total: int) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(SearchProgress(step, done, total))


class _Search:
    """What one search knows: people by number, what joins them, and what keeps them apart."""

    def __init__(self, people: PersonStore, tick: Callable[[str, int, int], None]) -> None:
        self._people = people
        self._tick = tick
        self._ids: list[UUID] = []
        self._counts = ValueCounts()
        self._joined: list[tuple[int, int]] = []
        self._apart: frozenset[tuple[int, int]] = frozenset()

    def run(self, database: Database) -> DuplicatesFound:
        packed = self._read(database).pairs()
        first = self._comparing(Comparer(self._counts, alike))
        pairs = list(
            self._scored("compare", (split(int(pair)) for pair in packed), len(packed), first)
        )
        groups = Groups(self._joined)
        grow(groups, pairs, lru_cache(_REMEMBERED)(first), SURE)
        counts = self._people_counted(groups)
        trust = measured(
            (first(*pair[1:]) for pair in pairs if pair[0] > _TO_TRUST), counts.records
        )
        second = self._comparing(Comparer(counts, alike, trust))
        again = ((one, other) for _, one, other in pairs)
        judged = list(self._scored("judge", again, len(pairs), second))
        return self._grouped(judged, lru_cache(_REMEMBERED)(second))

    def _read(self, database: Database) -> Blocks:
        blocks = Blocks()
        with database.reading() as connection:
            queries = DuplicateQueries(connection)
            total, after = queries.count(), None
            while batch := queries.records(after, _BATCH):
                for customer in batch:
                    person = person_of(customer)
                    self._ids.append(customer.id)
                    self._counts.add(person.values())
                    blocks.add(self._people.add(person), keys(person))
                after = batch[-1].id
                self._tick("read", len(self._ids), total)
            numbers = {key: number for number, key in enumerate(self._ids)}
            self._joined = [(numbers[one], numbers[other]) for one, other in queries.joined()]
            pairs = Distinctions(connection).pairs()
            self._apart = frozenset((numbers[one], numbers[other]) for one, other in pairs)
        return blocks

    def _comparing(self, comparer: Comparer) -> Compare:
        """Compare by number; what a person said counts for more."""

        def compare(one: int, other: int) -> Comparison:
            found = comparer(self._people[one], self._people[other])
            if (one, other) in self._apart or (other, one) in self._apart:
                return replace(found, vetoes=(*found.vetoes, Veto.NOT_SAME))
            return found

        return compare

    def _scored(
        self, step: str, pairs: Iterable[tuple[int, int]], total: int, compare: Compare
    ) -> Iterator[Pair]:
        self._tick(step, 0, total)
        for done, (one, other) in enumerate(pairs, start=1):
            if done % _EVERY == 0:
                self._tick(step, done, total)
            score = compare(one, other).score
            if score > _LEAST:
                yield score, one, other

    def _people_counted(self, groups: Groups[int]) -> ValueCounts:
        """Count the values of people, those of one person once."""
        counts = ValueCounts()
        for number in range(len(self._people)):
            group = groups.of(number)
            if number == min(group):
                counts.add(value for one in group for value in self._people[one].values())
        return counts

    def _grouped(self, pairs: list[Pair], compare: Compare) -> DuplicatesFound:
        groups = Groups(self._joined)
        joining = [
            self._pair(one, other, compare(one, other))
            for one, other in grow(groups, pairs, compare, MERGE)
        ]
        people = self._named(groups)
        suggested = self._suggested(pairs, groups, compare)
        grow(groups, pairs, compare, POSSIBLE)
        return DuplicatesFound(
            len(self._ids), tuple(joining), suggested, people, self._named(groups)
        )

    def _suggested(
        self, pairs: list[Pair], groups: Groups[int], compare: Compare
    ) -> tuple[DuplicatePair, ...]:
        """Return the likely pairs between people, each two people once."""
        found: dict[tuple[int, int], DuplicatePair] = {}
        for score, one, other in sorted(pairs, reverse=True):
            if score < SUGGEST:
                break
            mine, theirs = groups.of(one), groups.of(other)
            both = (min(mine), min(theirs))
            if both[0] != both[1] and both not in found and both[::-1] not in found:
                said = together([compare(left, right) for left in mine for right in theirs])
                if NOT_SHOWN.isdisjoint(said.vetoes):
                    found[both] = self._pair(one, other, said)
        return tuple(sorted(found.values(), key=lambda item: -item.comparison.score))

    def _pair(self, one: int, other: int, comparison: Comparison) -> DuplicatePair:
        first, second = sorted((one, other))
        return DuplicatePair(self._ids[first], self._ids[second], comparison)

    def _named(self, groups: Groups[int]) -> tuple[tuple[UUID, ...], ...]:
        return tuple(tuple(self._ids[one] for one in sorted(group)) for group in groups.all())
