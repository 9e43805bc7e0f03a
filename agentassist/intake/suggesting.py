# SPDX-License-Identifier: Apache-2.0
"""Which field a column that no field takes may feed: by its name, else by its first values."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from agentassist.domain.importing import RawRecord, RecordKind
from agentassist.errors import UserError
from agentassist.intake import values
from agentassist.intake.column_names import NAMES, SEVERAL, normalised
from agentassist.intake.mapping import ColumnMap

_LIKE = 0.82
_FEWEST_VALUES = 2
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d ().\-/]{8,20}")
_FEWEST_DIGITS = 8
_LONG = 60
_TIME_FIELDS = {
    RecordKind.INTERACTIONS: "at",
    RecordKind.ORDERS: "ordered_at",
    RecordKind.CUSTOMERS: "birth_date",
}


def suggest(columns: ColumnMap, records: Sequence[RawRecord]) -> dict[str, str]:
    """Return column to field for the columns of which a field can be guessed."""
    free = {
        field for field in NAMES[columns.kind] if field in SEVERAL or not columns.fields.get(field)
    }
    found: dict[str, str] = {}
    for column in columns.ignored:
        said = [record.fields.get(column, "").strip() for record in records]
        field = _by_name(columns.kind, column, free) or _by_values(columns.kind, said, free)
        if field:
            found[column] = field
            free -= {field} - SEVERAL
    return found


def _by_name(kind: RecordKind, column: str, free: set[str]) -> str:
    names = {name: field for field in sorted(free) for name in NAMES[kind][field]}
    close = get_close_matches(normalised(column), names, 1, _LIKE)
    return names[close[0]] if close else ""


def _by_values(kind: RecordKind, said: Sequence[str], free: set[str]) -> str:
    filled = [value for value in said if value]
    if len(filled) < _FEWEST_VALUES:
        return ""
    for field, fits in _looks(kind):
        if field in free and all(fits(value) for value in filled):
            return field
    return ""


def _looks(kind: RecordKind) -> tuple[tuple[str, Callable[[str], bool]], ...]:
    time = _TIME_FIELDS.get(kind, "")
    return (
        ("email", lambda value: _EMAIL.fullmatch(value) is not None),
        (time, _is_time),
        ("phone", _is_phone),
        ("text", lambda value: len(value) >= _LONG),
    )


def _is_time(value: str) -> bool:
    if value.isdecimal():
        return False
    try:
        values.moment(value)
    except UserError:
        return False
    return True


def _is_phone(value: str) -> bool:
    digits = sum(character.isdigit() for character in value)
    return _PHONE.fullmatch(value) is not None and digits >= _FEWEST_DIGITS
