# SPDX-License-Identifier: Apache-2.0
"""What an import reads, how far it is, and what became of each row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from agentassist.errors import BadInput, Place

KEPT_FAULTS = 1_000
"""How many faults a report keeps in full; the others are only counted."""

LONGEST_CONTENT = 100_000
_LONGEST_VALUE = 10_000
WHOLE_ROW = "left_out_row"
"""Names the text of a row that has no columns, because it could not be read at all."""
LEFT_OUT_ID = "left_out_id"
LEFT_OUT_WHY = "left_out_because"
NOT_DATA = frozenset({WHOLE_ROW, LEFT_OUT_ID, LEFT_OUT_WHY})
"""Columns that we add to rows which were left out: no field is fed by them."""


class RecordKind(StrEnum):
    """What the rows of a file are, in the order in which they must be imported."""

    CUSTOMERS = "customers"
    PAYMENT_METHODS = "payment methods"
    ORDERS = "orders"
    ORDER_ITEMS = "order items"
    INTERACTIONS = "interactions"
    ARTICLES = "articles"
    SOLVED_CONTACTS = "solved contacts"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One row as its file has it: column names (or dotted JSON paths) and plain text.

    `cut` names the fields that were longer than the reader keeps.
    """

    place: Place
    fields: Mapping[str, str]
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was left out, or (`kept`) what was changed before it was taken.

    `template` and `values` are those of the error, so that the sentence can be translated.
    `content` is what the row said, to be mended: a JSON object as `content_of` writes it.
    """

    place: Place
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    kept: bool = False
    content: str = field(default="", compare=False)

    @classmethod
    def of(cls, error: BadInput, *, kept: bool = False, record: RawRecord | None = None) -> Self:
        """Take the place and the sentence of `error`, and what the row said."""
        content = content_of(record.fields) if record else ""
        return cls(error.place, error.template, error.values, kept, content)

    @property
    def reason(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values)


def content_of(fields: Mapping[str, str]) -> str:
    """Return a row as a JSON object, long values and the rest of a very long row cut."""
    left = LONGEST_CONTENT
    kept: dict[str, str] = {}
    for name, value in fields.items():
        kept[name] = value[: min(_LONGEST_VALUE, max(0, left))]
        left -= len(name) + len(kept[name])
    return json.dumps(kept, ensure_ascii=False)


@dataclass(slots=True)
class Tally:
    """What became of the rows of one batch; it is counted up while they are stored."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    linked: int = 0
    unlinked: int = 0
    redacted: int = 0
    faults: list[RowFault] = field(default_factory=list)

    def count(self, name: str) -> None:
        """Count one more row of `name`."""
        setattr(self, name, getattr(self, name) + 1)

    def leave_out(self, error: BadInput, record: RawRecord) -> None:
        """Count a row that is not taken."""
        self.faults.append(RowFault.of(error, record=record))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `total` is 0 where the size is not known; both are bytes."""

    file: str
    rows: int
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome for one file; nothing of it was written when `dry_run`.

    `skipped` counts the rows left out, each with a fault; `faults` holds the first of
    them. `unlinked` counts the interactions of which no customer is known, `redacted`
    those from which a secret was taken out. `ignored` are columns that were not used, and
    `suggested` fields that some of them may feed.

    `went_on_after` counts the rows that an earlier run had stored before it was stopped;
    the other numbers hold for them too. `known_since` is set when the very same file was
    imported before, at this time (ISO 8601), and was not read again.
    """

    kind: RecordKind
    file: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    linked: int = 0
    unlinked: int = 0
    redacted: int = 0
    dry_run: bool = False
    ignored: tuple[str, ...] = ()
    faults: tuple[RowFault, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)
    went_on_after: int = 0
    known_since: str = ""

    @property
    def rows(self) -> int:
        """The number of rows that were looked at."""
        return self.new + self.updated + self.unchanged + self.skipped

    def plus(self, **counts: int) -> Self:
        """Return a report with `counts` added, by field name."""
        return replace(self, **{name: getattr(self, name) + n for name, n in counts.items()})

    def with_fault(self, fault: RowFault) -> Self:
        """Return a report that knows of `fault` too."""
        return self.with_faults((fault,))

    def with_faults(self, faults: tuple[RowFault, ...]) -> Self:
        """Return a report that knows of `faults` too; rows left out are counted all."""
        room = max(0, KEPT_FAULTS - len(self.faults))
        lost = sum(not fault.kept for fault in faults)
        kept = tuple(replace(fault, content="") for fault in faults[:room])
        return replace(self, skipped=self.skipped + lost, faults=self.faults + kept)

    def with_tally(self, tally: Tally) -> Self:
        """Return a report that has the rows of a batch too."""
        counts = {name: getattr(tally, name) for name in _COUNTED}
        report = self.plus(**counts)
        return report.with_faults(tuple(tally.faults)) if tally.faults else report

    @property
    def counts(self) -> dict[str, int]:
        """Every number of the report by its name."""
        return {name: getattr(self, name) for name in (*_COUNTED, "skipped")}


_COUNTED: Sequence[str] = ("new", "updated", "unchanged", "linked", "unlinked", "redacted")
