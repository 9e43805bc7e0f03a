# SPDX-License-Identifier: Apache-2.0
"""Sources that say different things about one fact.

What the agent has just found out counts until they decide otherwise; the question which is
right is theirs, and is asked once for each pair of values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from agentassist.domain.facts import Facts, FactSpec, FactValue, known, shown


@dataclass(frozen=True, slots=True)
class Conflict:
    """One fact with what the record and what the agent says; both are fresh."""

    fact: str
    record: FactValue
    told: FactValue
    values: tuple[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about: the same again is no new question."""
        return (self.fact, *self.values)


def conflicts(
    specs: Mapping[str, FactSpec], record: Facts, told: Facts, at: datetime
) -> Iterator[Conflict]:
    """Yield where both know a fact at `at` and differ, in the order of the facts' keys."""
    for key in sorted(record.keys() & told.keys() & specs.keys()):
        spec, one, other = specs[key], record[key], told[key]
        both = known(spec, one, at), known(spec, other, at)
        if None not in both and both[0] != both[1]:
            values = (shown(spec, one.value), shown(spec, other.value))
            yield Conflict(key, one, other, values)
