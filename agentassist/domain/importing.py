# SPDX-License-Identifier: Apache-2.0
"""What an import reads, how far it is, and what became of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from agentassist.errors import BadInput, Place

KEPT_FAULTS = 1_000
"""How many faults a report keeps in full; the others are only counted."""


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
    """

    place: Place
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    kept: bool = False

    @classmethod
    def of(cls, error: BadInput, *, kept: bool = False) -> Self:
        """Take the place and the sentence of `error`."""
        return cls(error.place, error.template, error.values, kept)

    @property
    def reason(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values)


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
    those from which a secret was taken out. `ignored` are columns that were not used.
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
        return replace(self, skipped=self.skipped + lost, faults=self.faults + faults[:room])
