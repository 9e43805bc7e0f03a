# SPDX-License-Identifier: Apache-2.0
"""Short texts that are known to lead to an article: its own, and what customers said.

The author gives a title, a short answer (or a summary, or what the article begins with)
and questions. Contacts add what was said when an agent linked or copied the article, or
found it not relevant. Rows are numbered upwards and never used again. Of contacts only
digests are kept here, never what was said.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from agentassist.domain.negation import negates
from agentassist.retrieval.analyzer import Language, language_of


class PhraseKind(IntEnum):
    """Where a phrase comes from. The numbers are kept in files."""

    TITLE = 0
    ANSWER = 1
    QUESTION = 2
    LINKED = 3
    USED = 4
    DISMISSED = 5


EXEMPLARS = frozenset(
    {PhraseKind.QUESTION, PhraseKind.LINKED, PhraseKind.USED, PhraseKind.DISMISSED}
)
CONTACTS = frozenset({PhraseKind.LINKED, PhraseKind.USED, PhraseKind.DISMISSED})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text of an article. `key` is the act of an agent that a contact's text comes from.

    `day` is the proleptic day of a contact (`date.toordinal`), 0 for what an author wrote.
    """

    kind: PhraseKind
    digest: str
    text: str
    key: UUID | None = None
    day: int = 0


@dataclass(frozen=True, slots=True)
class PhraseRecord:
    """What is kept of a phrase: the text only where an author wrote it."""

    kind: PhraseKind
    digest: str
    text: str = ""
    key: UUID | None = None
    day: int = 0
    negated: bool = False
    language: Language = Language.NONE

    @classmethod
    def of(cls, phrase: Phrase) -> "PhraseRecord":
        """Return the record of a phrase."""
        text = "" if phrase.kind in CONTACTS else phrase.text
        negated, language = negates(phrase.text), language_of(phrase.text)
        return cls(phrase.kind, phrase.digest, text, phrase.key, phrase.day, negated, language)


@dataclass(slots=True)
class PhraseTable:
    """Rows of phrases and the places of the articles they lead to."""

    records: list[PhraseRecord] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    _rows: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _keys: set[UUID] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Number of rows ever given, living or dead."""
        return len(self.records)

    def rows(self, place: int) -> Sequence[int]:
        """Return the rows of an article, in the order they came."""
        return self._rows.get(place, ())

    def first(self, place: int, kind: PhraseKind) -> int:
        """Return the first row of a kind that an article has, -1 where it has none."""
        return next((row for row in self.rows(place) if self.records[row].kind is kind), -1)

    def owner(self, row: int) -> int:
        """Return the place of the article of a row, -1 where the row is dead."""
        return self.owners[row] if 0 <= row < self.size else -1

    def knows(self, key: UUID) -> bool:
        """Tell whether an act of an agent is here."""
        return key in self._keys

    def add(self, place: int, phrases: Iterable[Phrase]) -> tuple[int, ...]:
        """Give an article more phrases; return their rows."""
        first = self.size
        for phrase in phrases:
            self._put(place, PhraseRecord.of(phrase))
        return tuple(range(first, self.size))

    def _put(self, place: int, record: PhraseRecord) -> None:
        if place >= 0:
            self._rows[place].append(self.size)
            if record.key:
                self._keys.add(record.key)
        self.records.append(record)
        self.owners.append(place)

    def drop_written(self, place: int) -> tuple[int, ...]:
        """Forget what the author wrote; return the rows, which are dead from now on."""
        return self._drop(place, lambda record: record.kind not in CONTACTS)

    def drop(self, place: int) -> tuple[int, ...]:
        """Forget all phrases of an article; return their rows, which are dead from now on."""
        return self._drop(place, lambda _: True)

    def _drop(self, place: int, is_gone: Callable[[PhraseRecord], bool]) -> tuple[int, ...]:
        gone = tuple(row for row in self.rows(place) if is_gone(self.records[row]))
        for row in gone:
            self.owners[row] = -1
            self._keys.discard(self.records[row].key)
        self._rows[place] = [row for row in self.rows(place) if self.owners[row] >= 0]
        return gone

    def move(self, old: int, new: int) -> None:
        """Hand the phrases of an article over to its new place."""
        rows = self._rows.pop(old, [])
        for row in rows:
            self.owners[row] = new
        self._rows[new] = [*rows, *self.rows(new)]

    def lines(self) -> Iterator[str]:
        """Yield a line for each row; one at a time, since JSON holds the interpreter."""
        for owner, one in zip(self.owners, self.records, strict=True):
            key, language = str(one.key or ""), one.language.value
            said = [owner, one.kind, one.digest, one.text, key, one.day, one.negated, language]
            yield json.dumps(said, ensure_ascii=False) + "\n"

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> "PhraseTable":
        """Return the table whose `lines` these are.

        Raises:
            ValueError or TypeError: they are of no table of this version.
        """
        table = cls()
        for line in lines:
            owner, *record = json.loads(line)
            table._put(int(owner), _record(*record))
        return table


def _record(
    kind: int, digest: str, text: str, key: str, day: int, negated: object, language: str
) -> PhraseRecord:
    kept = UUID(key) if key else None
    return PhraseRecord(
        PhraseKind(kind), str(digest), str(text), kept, int(day), bool(negated), Language(language)
    )
