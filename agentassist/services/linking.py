# SPDX-License-Identifier: Apache-2.0
"""Find the customer of a record that does not name one.

The surest means come first: the customer's key, e-mail, phone, handle and account in
the record's own fields, then e-mail, account and phone in its text, then full name with
post code, last an order number (somebody may call about another person's order). Several
customers by one means are narrowed by the next ones, and never guessed between.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.customer import ContactKind
from agentassist.errors import UserError
from agentassist.services import contact_points
from agentassist.storage.customers import fold
from agentassist.storage.known import Known, Owners, Resident

if TYPE_CHECKING:
    from sqlalchemy import Connection

MAX_TEXT = 20_000
"""How much of a text is searched for identifiers, in characters."""
_MOST_OF_A_KIND = 50
_REMEMBERED = 20_000

# ASCII throughout: Korean endings follow a number or an address without a blank.
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
_PHONE = re.compile(r"(?<![\w#.-])\+?\(?\d[\d ().\-/]{7,18}\d(?![\w-])", re.ASCII)
_ORDER = re.compile(r"#\s?\w[\w-]{2,30}|\b[A-Z]{1,5}-?\d{4,14}\b|\b\d{6,14}\b", re.ASCII)
_ACCOUNT = re.compile(
    r"(?<![\w#@.-])(?=\w*\d)(?:\d{6,20}|(?!\d+\b)\w[\w-]{3,63})(?![\w@])", re.ASCII
)
_POST_CODE = re.compile(
    r"\b(?:\d{4,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b",
    re.IGNORECASE | re.ASCII,
)
_PHONE_DIGITS = range(9, 16)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clues:
    """What a record says about its customer: fields as given, and its free text."""

    reference: str = ""
    points: tuple[tuple[ContactKind, str], ...] = ()
    order_numbers: tuple[str, ...] = ()
    name: str = ""
    postal_code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """The identifiers of one record in normal form, by how sure they are."""

    clues: Clues
    text: str
    emails: frozenset[str]
    accounts: frozenset[str]
    phones: frozenset[str]
    postal_codes: frozenset[str]
    orders: frozenset[str]
    given: dict[ContactKind, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database knows of all identifiers of a batch."""

    references: Owners
    points: dict[ContactKind, Owners]
    orders: Owners
    residents: dict[str, list[Resident]]


class Linker:
    """Links records of one source; `region` is the country of numbers without a code.

    `own` are our own addresses, domains (@shop.example) and numbers: they stand in many
    records and lead to nobody.
    """

    def __init__(self, source: str, region: str, own: Sequence[str] = ()) -> None:
        self._source = source
        self._region = region
        self._values: dict[tuple[ContactKind, str], str] = {}
        kinds = (ContactKind.EMAIL, ContactKind.PHONE)
        self._own = frozenset(self._value(kind, raw) for raw in own for kind in kinds)
        self._domains = tuple(raw.casefold() for raw in own if raw.startswith("@"))

    def link(self, connection: "Connection", clues: Sequence[Clues]) -> list[UUID | None]:
        """Return the customer of each record, None where it cannot be told.

        Texts are searched only of the records whose own fields do not settle it.
        """
        known = Known(connection)
        owners = self._decided(known, clues, searched=False)
        open_ones = [i for i, owner in enumerate(owners) if owner is None and clues[i].text]
        searched = self._decided(known, [clues[index] for index in open_ones], searched=True)
        for index, owner in zip(open_ones, searched, strict=True):
            owners[index] = owner
        return owners

    def _decided(
        self, known: Known, clues: Sequence[Clues], *, searched: bool
    ) -> list[UUID | None]:
        read = [self._read(item, item.text if searched else "") for item in clues]
        found = self._look_up(known, read)
        return [_decide(item, found) for item in read]

    def _read(self, clues: Clues, text: str) -> _Read:
        text = text[:MAX_TEXT]
        given: dict[ContactKind, set[str]] = {}
        for kind, raw in clues.points:
            given.setdefault(kind, set()).update(self._normal(kind, [raw]))
        points = {kind: frozenset(values) for kind, values in given.items()}
        codes = frozenset(_post_codes(clues.postal_code, text))
        orders = self._normal(ContactKind.ORDER, clues.order_numbers)
        if not text:
            return _Read(clues, "", _NONE, _NONE, _NONE, codes, orders, points)
        return _Read(
            clues,
            text,
            self._foreign(raw.rstrip(".").casefold() for raw in _EMAIL.findall(text)),
            self._normal(ContactKind.ACCOUNT, _ACCOUNT.findall(text)),
            self._normal(ContactKind.PHONE, _phones(text)),
            codes,
            self._normal(ContactKind.ORDER, chain(clues.order_numbers, _ORDER.findall(text))),
            points,
        )

    def _normal(self, kind: ContactKind, raws: Iterable[str]) -> frozenset[str]:
        some = islice(dict.fromkeys(raws), _MOST_OF_A_KIND)
        return self._foreign(self._value(kind, raw.rstrip(".,")) for raw in some)

    def _foreign(self, values: Iterable[str]) -> frozenset[str]:
        """Return the values that are not our own."""
        found = frozenset(values) - self._own - {""}
        if not self._domains:
            return found
        return frozenset(value for value in found if not value.endswith(self._domains))

    def _value(self, kind: ContactKind, raw: str) -> str:
        """Return the normal form, empty where there is none; the same people write often."""
        key = (kind, raw)
        if key not in self._values:
            if len(self._values) >= _REMEMBERED:
                self._values.clear()
            try:
                point = contact_points.normalise(kind, raw, self._region)
            except UserError:
                point = None
            self._values[key] = point.value if point else ""
        return self._values[key]

    def _look_up(self, known: Known, read: Sequence[_Read]) -> _Found:
        residents: dict[str, list[Resident]] = {}
        for person in known.residents(_union(item.postal_codes for item in read)):
            residents.setdefault(person.postal_code, []).append(person)
        return _Found(
            known.by_references(self._source, (item.clues.reference for item in read)),
            {kind: known.by_points(kind, _values(read, kind)) for kind in ContactKind},
            known.by_order_numbers(_union(item.orders for item in read)),
            residents,
        )


def fold_text(text: str) -> str:
    """Return a text in the form in which names are compared."""
    return " ".join(fold(part) for part in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Cut at line ends: folding keeps only the beginning of a long text."""
    for line in text.splitlines():
        words = line.split()
        for start in range(0, len(words), 15):
            yield " ".join(words[start : start + 15])


def _decide(item: _Read, found: _Found) -> UUID | None:
    left: frozenset[UUID] = frozenset()
    for means in _means(item, found):
        these = means()
        narrowed = these & left if left else these
        if len(narrowed) == 1:
            return next(iter(narrowed))
        left = narrowed or left
    return None


def _means(item: _Read, found: _Found) -> Iterator[Callable[[], frozenset[UUID]]]:
    """Yield the ways to a customer, the surest first; each is asked only when needed."""
    yield lambda: found.references.get(item.clues.reference, frozenset())
    for kind in ContactKind:
        yield partial(_owners, found.points[kind], item.given.get(kind, ()))
    yield lambda: _owners(found.points[ContactKind.EMAIL], item.emails)
    yield lambda: _owners(found.points[ContactKind.ACCOUNT], item.accounts)
    yield lambda: _owners(found.points[ContactKind.PHONE], item.phones)
    yield lambda: _named(item, found.residents)
    yield lambda: _owners(found.orders, item.orders)


def _owners(owners: Owners, values: Iterable[str]) -> frozenset[UUID]:
    return frozenset().union(*(owners.get(value, frozenset()) for value in values))


def _named(item: _Read, residents: dict[str, list[Resident]]) -> frozenset[UUID]:
    people = list(chain.from_iterable(residents.get(code, ()) for code in item.postal_codes))
    if not people:
        return frozenset()
    text = fold_text(f"{item.clues.name}\n{item.text}")
    return frozenset(person.id for person in people if _says(text, person.name))


def _says(text: str, name: str) -> bool:
    """Look for a whole name; Korean endings may follow a name without a blank."""
    if " " not in name and name.isascii():
        return False
    start = text.find(name) if name else -1
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(name) :][:1]
        if not _joins(before, name[0]) and not _joins(after, name[-1]):
            return True
        start = text.find(name, start + 1)
    return False


def _joins(neighbour: str, letter: str) -> bool:
    return neighbour.isalnum() and (letter.isascii() or neighbour.isascii())


def _phones(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        if sum(character.isdigit() for character in match[0]) in _PHONE_DIGITS:
            yield match[0]


def _post_codes(given: str, text: str) -> Iterator[str]:
    if given:
        yield from _forms(given)
    for match in _POST_CODE.finditer(text):
        yield from _forms(match[0])


def _forms(code: str) -> Iterator[str]:
    """Yield a code as it may be stored: with and without its blank, without its addition."""
    whole = " ".join(code.upper().split())
    yield whole
    yield whole.replace(" ", "")
    yield whole.partition("-")[0]
    bare = whole.replace(" ", "")
    if not bare.isdigit() and "-" not in bare:
        yield f"{bare[:-3]} {bare[-3:]}"


def _values(read: Iterable[_Read], kind: ContactKind) -> frozenset[str]:
    given = _union(item.given.get(kind, frozenset()) for item in read)
    if kind is ContactKind.EMAIL:
        return given | _union(item.emails for item in read)
    if kind is ContactKind.ACCOUNT:
        return given | _union(item.accounts for item in read)
    if kind is ContactKind.PHONE:
        return given | _union(item.phones for item in read)
    return given


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(sets))
