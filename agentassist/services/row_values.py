# SPDX-License-Identifier: Apache-2.0
"""One value of a row: parsed, or a fault that names file, line and column."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from agentassist.domain.importing import RawRecord
from agentassist.domain.money import Money
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_options import ImportOptions
from agentassist.storage.schema.types import clean

Value = TypeVar("Value")

_MOST_PIECES = 1_000_000
_CARD_TAIL = 4
_LONGEST_KEY = 400


def read(
    record: RawRecord, columns: ColumnMap, field: str, parse: Callable[[str], Value]
) -> Value | None:
    """Return the parsed value of a field, None where it is blank.

    Raises BadInput with the place when `parse` raises UserError.
    """
    for column in columns.fields.get(field, ()):
        raw = record.fields.get(column, "").strip()
        if not raw:
            continue
        try:
            return parse(raw)
        except UserError as error:
            place = Place(record.place.file, record.place.line, column)
            raise BadInput(place, error.template, **error.values) from error
    return None


def read_money(
    record: RawRecord, columns: ColumnMap, field: str, options: ImportOptions
) -> Money | None:
    """Return an amount in the row's currency, else in that of the options."""
    currency = columns.one(record, "currency") or options.currency
    return read(record, columns, field, lambda text: values.money(text, currency))


def read_moment(
    record: RawRecord, columns: ColumnMap, field: str, options: ImportOptions
) -> datetime | None:
    """Return a time in UTC; without a zone it is in the row's, else in the options' zone."""
    zone = read(record, columns, "zone", values.zone) or values.zone(options.zone)
    order = options.dates
    return read(record, columns, field, lambda text: values.moment(text, zone, order))


class MomentReader:
    """Reads the times of one field: `read_moment` with all that can be known before."""

    def __init__(self, columns: ColumnMap, field: str, options: ImportOptions) -> None:
        self._columns = columns
        self._field = field
        self._options = options
        self._dates = options.dates
        self._raw = columns.reader(field)
        self._zone = None if "zone" in columns.fields else values.zone(options.zone)

    def read(self, record: RawRecord) -> datetime | None:
        """Return the time of a row in UTC, None where it is blank; raises BadInput."""
        raw = self._raw(record.fields)
        if not raw:
            return None
        if self._zone is not None:
            try:  # Not `suppress`: this is called for every row.
                return values.moment(raw, self._zone, self._dates)
            except UserError:
                pass
        return read_moment(record, self._columns, self._field, self._options)


def read_pieces(record: RawRecord, columns: ColumnMap) -> int:
    """Return how many pieces a line has, one where it does not say."""
    return read(record, columns, "quantity", _pieces) or 1


def short_key(text: str) -> str:
    """Return a key of another system as an index can hold it: a very long one by its digest."""
    if len(text) <= _LONGEST_KEY:
        return text if text.isascii() and "\x00" not in text else clean(text)
    return f"sha256:{sha256(text.encode(errors='replace')).hexdigest()}"


def last_four(text: str) -> str:
    """Return the last four digits of whatever is given of a card number."""
    return "".join(character for character in text if character.isdigit())[-_CARD_TAIL:]


def options_text(text: str) -> str:
    """Return `colour: blue, size: M` for a JSON object, else the text itself."""
    try:
        parsed = json.loads(text) if text.startswith("{") else None
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        return text
    return ", ".join(f"{name}: {value}" for name, value in parsed.items())


def _pieces(text: str) -> int:
    try:
        count = int(float(text))
    except (ValueError, OverflowError):
        count = 0
    if not 0 < count <= _MOST_PIECES:
        raise UserError('"{text}" is no number of pieces.', text=text[:40])
    return count
