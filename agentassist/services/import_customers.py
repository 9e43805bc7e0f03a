# SPDX-License-Identifier: Apache-2.0
"""Rows to customers: new ones are added, those of the same record are updated."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import ImportReport, RawRecord, RowFault
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values
from agentassist.intake.mapping import ColumnMap
from agentassist.services import contact_points
from agentassist.services.import_options import ImportOptions
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
_DAY_LENGTH = 40
_LONGEST_GUESS = 254
_UNREADABLE = "as written"
_HOUSE_NUMBER = re.compile(r"\d{1,6}[A-Za-z]?(?:[-/]\d{1,6}[A-Za-z]?)?")
_ADDRESS_FIELDS = ("city", "state", "country")


class CustomerRows:
    """Stores customers of one file."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options

    def store(
        self, connection: "Connection", records: Sequence[RawRecord], report: ImportReport
    ) -> ImportReport:
        """Store a batch and return the report with it."""
        customers = []
        for record in records:
            customer, faults = read_customer(record, self._columns, self._options)
            report = report.with_faults(faults)
            if customer:
                customers.append(customer)
        for saved in Customers(connection).save_all(customers):
            report = report.plus(**{saved.outcome.value: 1})
        return report

    def finish(self, connection: "Connection", report: ImportReport) -> ImportReport:
        """Nothing is held back."""
        del connection
        return report


def read_customer(
    record: RawRecord, columns: ColumnMap, options: ImportOptions
) -> tuple[Customer | None, tuple[RowFault, ...]]:
    """Return the customer of a row, and what is wrong with it.

    A contact point that cannot be read is left out, but for an e-mail address, which is kept
    as a guess. A row is no customer when it has no name, no contact point, and nothing else
    that two records could be compared by.
    """
    points, faults = read_points(record, columns, options)
    born, more = _birth_date(record, columns, options)
    address, postal_code = _address(record, columns), _postal_code(record, columns)
    name = full_name(record, columns) or _name_from(points) or born or address
    if not name:
        error = BadInput(record.place, "The row has neither a name nor a contact point.")
        return None, (RowFault.of(error),)
    customer = Customer(
        id=new_id(),
        name=name,
        contact_points=points,
        language=columns.one(record, "language"),
        tier=columns.one(record, "tier"),
        time_zone=columns.one(record, "time_zone"),
        address=address,
        postal_code=postal_code,
        source=options.source,
        source_ref=_reference(record, columns, points, name),
        birth_date=born,
    )
    return customer, (*faults, *more)


def read_points(
    record: RawRecord, columns: ColumnMap, options: ImportOptions
) -> tuple[tuple[ContactPoint, ...], tuple[RowFault, ...]]:
    """Return the contact points of a row, and a fault for each that cannot be read."""
    found: dict[tuple[ContactKind, str], ContactPoint] = {}
    faults = []
    for kind, column, raw in raw_points(record, columns):
        try:
            point = contact_points.normalise(kind, raw, options.region, column)
        except UserError as error:
            place = Place(record.place.file, record.place.line, column)
            faults.append(RowFault(place, error.template, error.values, kept=True))
            point = _as_written(kind, raw)
        if point:
            found.setdefault((kind, point.value), point)
    return tuple(found.values()), tuple(faults)


def _as_written(kind: ContactKind, raw: str) -> ContactPoint | None:
    """Keep an address with a slip as a guess: an agent can mend it, and it tells who it is."""
    if kind is not ContactKind.EMAIL or len(raw) > _LONGEST_GUESS:
        return None
    value = " ".join(raw.casefold().split())
    return ContactPoint(kind, value, raw, _UNREADABLE, Standing.MAYBE)


def _birth_date(
    record: RawRecord, columns: ColumnMap, options: ImportOptions
) -> tuple[str, tuple[RowFault, ...]]:
    """Return a day as YYYY-MM-DD, or as it is written with a fault when there is no such day."""
    for column, raw in columns.all(record, "birth_date"):
        try:
            return values.day(raw, options.dates).isoformat(), ()
        except UserError as error:
            place = Place(record.place.file, record.place.line, column)
            return raw[:_DAY_LENGTH], (RowFault(place, error.template, error.values, kept=True),)
    return "", ()


def raw_points(record: RawRecord, columns: ColumnMap) -> Iterator[tuple[ContactKind, str, str]]:
    """Yield kind, column and text of everything that leads to a person."""
    for field, kind in POINT_FIELDS.items():
        for column, raw in columns.all(record, field):
            yield kind, column, raw


def full_name(record: RawRecord, columns: ColumnMap) -> str:
    """Return the name; Korean family names stand first and without a blank."""
    whole = columns.one(record, "name")
    if whole:
        return whole
    first, last = columns.one(record, "first_name"), columns.one(record, "last_name")
    if first and last and _is_hangul(first) and _is_hangul(last):
        return f"{last}{first}"
    return " ".join(filter(None, (first, last)))


def _is_hangul(text: str) -> bool:
    return all("\uac00" <= character <= "\ud7a3" for character in text)


def _name_from(points: tuple[ContactPoint, ...]) -> str:
    return points[0].shown if points else ""


def _postal_code(record: RawRecord, columns: ColumnMap) -> str:
    return " ".join(columns.one(record, "zip").upper().split())


def _address(record: RawRecord, columns: ColumnMap) -> str:
    lines = [value for _, value in columns.all(record, "address")]
    rest = columns.joined(record, _ADDRESS_FIELDS)
    return ", ".join([*_with_numbers(lines), rest] if rest else _with_numbers(lines))


def _with_numbers(lines: list[str]) -> list[str]:
    """Put a house number that has a column of its own before the street."""
    joined: list[str] = []
    for line in lines:
        number = joined and _HOUSE_NUMBER.fullmatch(joined[-1])
        joined[-1:] = [f"{joined[-1]} {line}"] if number else [*joined[-1:], line]
    return joined


def _reference(
    record: RawRecord, columns: ColumnMap, points: tuple[ContactPoint, ...], name: str
) -> str:
    """Return the row's own key, else its first contact point, else what it says."""
    own = columns.one(record, "customer_key") or columns.one(record, "customer_id")
    if own:
        return own
    if points:
        return f"{points[0].kind}:{points[0].value}"
    born = columns.one(record, "birth_date")
    said = "\n".join((name, _address(record, columns), columns.one(record, "zip")))
    said = f"{said}\n{born}" if born else said
    return f"sha256:{sha256(said.encode()).hexdigest()[:32]}"
