# SPDX-License-Identifier: Apache-2.0
"""Rows to customers: new ones are added, those of the same record are updated."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.identifiers import new_id, new_keys
from agentassist.domain.importing import RawRecord, RowFault, Tally
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values
from agentassist.intake.mapping import ColumnMap
from agentassist.services import contact_points
from agentassist.services.import_options import ImportOptions
from agentassist.services.row_values import short_key
from agentassist.storage.bulk import CUSTOMERS, POINTS, Bulk, BulkRow, Point, customer_rows
from agentassist.storage.customers import Customers

if TYPE_CHECKING:
    from sqlalchemy import Connection

POINT_FIELDS = {
    "email": ContactKind.EMAIL,
    "phone": ContactKind.PHONE,
    "handle": ContactKind.HANDLE,
    "account": ContactKind.ACCOUNT,
    "customer_id": ContactKind.ACCOUNT,
    "id_number": ContactKind.ID_NUMBER,
}
_SINGLE = (
    *("customer_key", "customer_id", "language", "tier", "time_zone", "zip"),
    "organisation",
)
_DAY_LENGTH = 40
_LONGEST_GUESS = 254
_UNREADABLE = "as written"
_HOUSE_NUMBER = re.compile(r"\d{1,6}[A-Za-z]?(?:[-/]\d{1,6}[A-Za-z]?)?")
_CODE_LENGTH = 40
_ADDRESS_FIELDS = ("city", "state", "country")


@dataclass(slots=True)
class Person:
    """What a row says about a customer, each contact point once."""

    name: str
    points: list[Point]
    language: str
    tier: str
    time_zone: str
    address: str
    postal_code: str
    source: str
    source_ref: str
    birth_date: str
    organisation: str

    def customer(self) -> Customer:
        """Return the customer, with a key of its own."""
        return Customer(
            id=new_id(),
            name=self.name,
            contact_points=tuple(ContactPoint(*point) for point in self.points),
            language=self.language,
            tier=self.tier,
            time_zone=self.time_zone,
            address=self.address,
            postal_code=self.postal_code,
            source=self.source,
            source_ref=self.source_ref,
            birth_date=self.birth_date,
            organisation=self.organisation,
        )

    def rows(self, key: str) -> tuple[BulkRow, list[BulkRow]]:
        """Return the row of the customer and those of its contact points."""
        said = (
            *(self.name, self.language, self.tier, self.time_zone, self.address),
            *(self.postal_code, self.source, self.source_ref, self.birth_date),
            self.organisation,
        )
        return customer_rows(key, said, self.points)


@dataclass(frozen=True, slots=True)
class People:
    """A batch of customers: as they are, and their rows and those of their contact points.

    The rows are there where the keys are `distinct` and all people so far were new.
    """

    people: list[Person]
    rows: list[BulkRow]
    points: list[BulkRow]
    distinct: bool


class CustomerRows:
    """Stores customers of one file.

    As long as all of them are new they go in without looking; once one was there before,
    each is compared with what is stored.
    """

    def __init__(self, columns: ColumnMap, options: ImportOptions, since: str = "") -> None:
        del since
        self._reader = PersonReader(columns, options)
        self._all_new = True

    def prepare(self, records: Sequence[RawRecord], tally: Tally) -> People:
        """Return the people of a batch, and their rows as if all of them were new."""
        people = []
        for record in records:
            person = self._reader.read(record, tally.faults)
            if person:
                people.append(person)
        distinct = len({person.source_ref for person in people}) == len(people)
        rows, points = _rows(people) if self._all_new and distinct else ([], [])
        return People(people, rows, points, distinct)

    def store(self, connection: "Connection", prepared: People, tally: Tally) -> None:
        """Add the people of a batch, or update those who are there."""
        rows = {CUSTOMERS: prepared.rows, POINTS: prepared.points}
        if self._all_new and prepared.distinct and Bulk(connection).insert_all(rows):
            tally.new += len(prepared.rows)
            return
        self._all_new = self._all_new and not prepared.distinct
        given = [person.customer() for person in prepared.people]
        for saved in Customers(connection).save_all(given):
            tally.count(saved.outcome.value)

    def finish(self, connection: "Connection", tally: Tally) -> None:
        """Nothing is held back."""


def _rows(people: Sequence[Person]) -> tuple[list[BulkRow], list[BulkRow]]:
    given: list[BulkRow] = []
    points: list[BulkRow] = []
    for key, person in zip(new_keys(len(people)), people, strict=True):
        row, its_points = person.rows(key)
        given.append(row)
        points += its_points
    return given, points


class PersonReader:
    """Reads the customers of one file's rows."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options
        self._one = {field: columns.reader(field) for field in _SINGLE}
        self._points = [
            (kind, column, contact_points.reader(kind))
            for field, kind in POINT_FIELDS.items()
            for column in columns.fields.get(field, ())
        ]
        self._name = name_reader(columns)
        self._lives = any(columns.fields.get(field) for field in ("address", *_ADDRESS_FIELDS))
        self._places = [
            columns.reader(field) for field in _ADDRESS_FIELDS if columns.fields.get(field)
        ]

    def read(self, record: RawRecord, faults: list[RowFault]) -> Person | None:
        """Return the person of a row, and add what is wrong with it to `faults`.

        A contact point that cannot be read is left out, but for an e-mail address, which is
        kept as a guess. A row is nobody when it has no name, no contact point, and nothing
        else that two records could be compared by.
        """
        fields, one, columns = record.fields, self._one, self._columns
        found: list[RowFault] = []
        points = self._read_points(record, found)
        born = self._birth_date(record, found) if "birth_date" in columns.fields else ""
        address = self._address(record) if self._lives else ""
        # An address that cannot be read may be kept, and is nobody by itself.
        shown = next((point[2] for point in points if point[4] is Standing.OWN), "")
        name = self._name(fields) or shown or born or address
        if not name:
            error = BadInput(record.place, "The row has neither a name nor a contact point.")
            faults.append(RowFault.of(error, record=record))
            return None
        faults += found
        code = one["zip"](fields)
        return Person(
            name=name,
            points=points,
            language=one["language"](fields),
            tier=one["tier"](fields),
            time_zone=one["time_zone"](fields),
            address=address,
            postal_code=" ".join(code.upper().split())[:_CODE_LENGTH],
            source=self._options.source,
            source_ref=short_key(one["customer_key"](fields) or one["customer_id"](fields))
            or _reference(points, (name, address, code, born)),
            birth_date=born,
            organisation=one["organisation"](fields),
        )

    def _read_points(self, record: RawRecord, faults: list[RowFault]) -> list[Point]:
        found: dict[tuple[ContactKind, str], Point] = {}
        for kind, column, normal in self._points:
            raw = record.fields.get(column, "").strip()
            if not raw:
                continue
            try:
                value = normal(raw, self._options.region)
            except UserError as error:
                faults.append(_at(record, column, error))
                if guess := _as_written(kind, raw):
                    found.setdefault((kind, guess[1]), guess)
                continue
            if value:
                shown = contact_points.shown_of(kind, raw, value)
                found.setdefault((kind, value), (kind, value, shown, column, Standing.OWN))
        return list(found.values())

    def _address(self, record: RawRecord) -> str:
        lines = [value for _, value in self._columns.all(record, "address")]
        rest = [place for read in self._places if (place := read(record.fields))]
        return ", ".join([*_with_numbers(lines), *rest])

    def _birth_date(self, record: RawRecord, faults: list[RowFault]) -> str:
        """Return a day as YYYY-MM-DD, or as it is written when there is no such day."""
        for column, raw in self._columns.all(record, "birth_date"):
            try:
                return values.day(raw, self._options.dates).isoformat()
            except UserError as error:
                faults.append(_at(record, column, error))
                return raw[:_DAY_LENGTH]
        return ""


def _at(record: RawRecord, column: str, error: UserError) -> RowFault:
    place = Place(record.place.file, record.place.line, column)
    return RowFault(place, error.template, error.values, kept=True)


def _as_written(kind: ContactKind, raw: str) -> Point | None:
    """Keep an address with a slip as a guess: an agent can mend it, and it tells who it is."""
    if kind is not ContactKind.EMAIL or len(raw) > _LONGEST_GUESS:
        return None
    value = " ".join(raw.casefold().split())
    return kind, value, raw, _UNREADABLE, Standing.MAYBE


def raw_points(record: RawRecord, columns: ColumnMap) -> Iterator[tuple[ContactKind, str, str]]:
    """Yield kind, column and text of everything that leads to a person."""
    for field, kind in POINT_FIELDS.items():
        for column, raw in columns.all(record, field):
            yield kind, column, raw


def name_reader(columns: ColumnMap) -> Callable[[Mapping[str, str]], str]:
    """Return what reads the name; Korean family names stand first and without a blank."""
    whole, first, last = (columns.reader(field) for field in ("name", "first_name", "last_name"))

    def read(fields: Mapping[str, str]) -> str:
        name = whole(fields)
        if name:
            return name
        given, family = first(fields), last(fields)
        if not (given and family):
            return given or family
        if _is_hangul(given) and _is_hangul(family):
            return f"{family}{given}"
        return f"{given} {family}"

    return read


def full_name(record: RawRecord, columns: ColumnMap) -> str:
    """Return the name in a row."""
    return name_reader(columns)(record.fields)


def _is_hangul(text: str) -> bool:
    return not text.isascii() and all("\uac00" <= char <= "\ud7a3" for char in text)


def _with_numbers(lines: list[str]) -> list[str]:
    """Put a house number that has a column of its own before the street."""
    joined: list[str] = []
    for line in lines:
        number = joined and _HOUSE_NUMBER.fullmatch(joined[-1])
        joined[-1:] = [f"{joined[-1]} {line}"] if number else [*joined[-1:], line]
    return joined


def _reference(points: Sequence[Point], said: Sequence[str]) -> str:
    """Return the first contact point of a row without a key, else what it says."""
    if points:
        return f"{points[0][0]}:{points[0][1]}"
    text = "\n".join(said)
    return f"sha256:{sha256(text.encode(errors='replace')).hexdigest()[:32]}"
