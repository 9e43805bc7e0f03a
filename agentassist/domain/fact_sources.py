# SPDX-License-Identifier: Apache-2.0
"""Which source counts where several tell one fact.

1. What is unknown (too old, of the wrong type, out of range) never stands in the way of
   what is known.
2. What the agent found out in this contact counts over the record that was there then. Where
   the record has changed since, it is the newer of the two and counts: the parcel left while
   they talked.
3. Of the record, a bot or voice menu of this contact counts over the order, the order over
   the customer's record, and the clock comes last.
4. Within one source the newest counts.

Whoever wins, the difference is a conflict (see `conflict`) and stays visible until the agent
says which is right.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agentassist.domain.facts import Facts, FactSpec, FactValue, Source, Value, known

PRECEDENCE = (Source.AGENT, Source.CALL, Source.ORDER, Source.CRM, Source.CLOCK)

Specs = Mapping[str, FactSpec]


def winners(
    specs: Specs, told: Iterable[tuple[str, FactValue]], at: datetime
) -> dict[str, FactValue]:
    """Return of each fact the value of the source that counts."""
    found: dict[str, FactValue] = {}
    for key, fact in told:
        other = found.get(key)
        if key in specs and (other is None or _before(specs[key], fact, other, at)):
            found[key] = fact
    return found


def _before(spec: FactSpec, fact: FactValue, other: FactValue, at: datetime) -> bool:
    return _rank(spec, fact, at) < _rank(spec, other, at)


def _rank(spec: FactSpec, fact: FactValue, at: datetime) -> tuple[bool, int, float]:
    """Return a smaller rank for what counts more."""
    unknown = known(spec, fact, at) is None
    return unknown, PRECEDENCE.index(fact.source), -fact.at.timestamp()


def settled(
    specs: Specs, record: Facts, told: Facts, changed: Collection[str], at: datetime
) -> dict[str, FactValue]:
    """Return the facts that count: the record, and over it what the agent found out.

    `changed` are facts whose record has become another since the agent told them.
    """
    newer = {key for key in changed if known(specs[key], record[key], at) is not None}
    kept = {key: fact for key, fact in told.items() if key not in newer}
    return winners(specs, [*record.items(), *kept.items()], at)


@dataclass(frozen=True, slots=True)
class _Note:
    """An answer of the agent, since when, and what the record said then."""

    value: Value
    at: datetime
    record: Value | None


class Notes:
    """When the agent told what, in one contact: an answer grows old like any other fact."""

    def __init__(self) -> None:
        self._notes: dict[str, _Note] = {}

    def again(self, fact: str) -> None:
        """Take an answer as given anew, also where it is the same as before."""
        self._notes.pop(fact, None)

    def told(self, answers: Facts, record: Facts) -> dict[str, FactValue]:
        """Return answers, of which some are given just now, each since when it stands."""
        self._notes = {key: self._note(key, fact, record.get(key)) for key, fact in answers.items()}
        return {
            key: FactValue(fact.value, fact.source, self._notes[key].at)
            for key, fact in answers.items()
        }

    def _note(self, key: str, fact: FactValue, record: FactValue | None) -> _Note:
        old = self._notes.get(key)
        if old is not None and old.value == fact.value:
            return old
        return _Note(fact.value, fact.at, record.value if record else None)

    def changed(self, record: Facts) -> frozenset[str]:
        """Return the facts whose record has become another since they were told."""
        return frozenset(
            key
            for key, note in self._notes.items()
            if key in record and record[key].value != note.record
        )
