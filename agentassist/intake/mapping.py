# SPDX-License-Identifier: Apache-2.0
"""Column names to fields: by known names in English and Korean, or as the person says.

A field may be fed by several columns (phone, mobile, work phone). A dotted JSON path is
known by its whole name, else by its last part.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from agentassist.domain.importing import NOT_DATA, RawRecord, RecordKind
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake.column_names import NAMES, SEVERAL, UNREAD, normalised

_NEEDED: Mapping[RecordKind, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        RecordKind.PAYMENT_METHODS: (("customer_id", "email"), ("last_four", "brand", "balance")),
        RecordKind.ORDER_ITEMS: (("order_number",), ("item_id", "name")),
        RecordKind.ORDERS: (
            ("order_number",),
            ("customer_id", "email", "phone", "account", "name"),
            ("status", "total", "ordered_at"),
        ),
        RecordKind.INTERACTIONS: (("text",),),
        RecordKind.CUSTOMERS: (
            ("name", "first_name", "last_name"),
            ("customer_id", "email", "phone", "handle", "account"),
        ),
    }
)
"""One field of each group must be there; kinds are tried from the first to the last."""

_NOT_WITH: Mapping[RecordKind, frozenset[str]] = MappingProxyType(
    {
        RecordKind.PAYMENT_METHODS: frozenset({"order_number", "text"}),
        RecordKind.ORDER_ITEMS: frozenset({"customer_id", "email", "phone", "text"}),
        RecordKind.ORDERS: frozenset({"text", "last_four"}),
        RecordKind.INTERACTIONS: frozenset({"first_name", "tier", "address"}),
    }
)


OURS = frozenset({"key", "customer_key"})
"""Fields that only a format of a whole system fills."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns feed which field of one kind of record; `ignored` feed none."""

    kind: RecordKind
    fields: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns of which nothing is stored: `ignored` ones, and those of unread fields."""
        return self.without(UNREAD.get(self.kind, frozenset()))

    def without(self, fields: Collection[str]) -> tuple[str, ...]:
        """Return the columns that feed `fields`, and then those that feed none."""
        fed = (column for field in self.fields if field in fields for column in self.fields[field])
        return (*fed, *self.ignored)

    def one(self, record: RawRecord, field: str) -> str:
        """Return the first value that is not blank, without white space around it."""
        for column in self.fields.get(field, ()):
            value = record.fields.get(column, "").strip()
            if value:
                return value
        return ""

    def reader(self, field: str) -> Callable[[Mapping[str, str]], str]:
        """Return what reads `one` from the fields of a record: made once, called for each."""
        columns = self.fields.get(field, ())
        if not columns:
            return _nothing
        if len(columns) == 1:
            [column] = columns
            return lambda fields: fields.get(column, "").strip()
        return lambda fields: next(filter(None, (fields.get(c, "").strip() for c in columns)), "")

    def all(self, record: RawRecord, field: str) -> list[tuple[str, str]]:
        """Return (column, value) of all values that are not blank."""
        columns = self.fields.get(field, ())
        values = ((column, record.fields.get(column, "").strip()) for column in columns)
        return [(column, value) for column, value in values if value]

    def joined(self, record: RawRecord, fields: Sequence[str], between: str = ", ") -> str:
        """Return the values of several fields as one text."""
        return between.join(filter(None, (self.one(record, field) for field in fields)))


def _nothing(fields: Mapping[str, str]) -> str:
    """Read a field that no column feeds."""
    del fields
    return ""


def map_columns(
    kind: RecordKind, columns: Sequence[str], explicit: Mapping[str, str] | None = None
) -> ColumnMap:
    """Map `columns`; `explicit` (field to column) goes before any known name.

    Raises UserError for a field or column that does not exist.
    """
    chosen = {field: (column,) for field, column in _checked(kind, columns, explicit or {})}
    taken = {column for names in chosen.values() for column in names}
    for column in columns:
        field = _field_of(kind, column) if column not in taken else None
        if field and field not in (explicit or {}) and _may_add(field, chosen):
            chosen[field] = (*chosen.get(field, ()), column)
            taken.add(column)
    ignored = tuple(name for name in columns if name not in taken and name not in NOT_DATA)
    return ColumnMap(kind, chosen, ignored)


def ours(kind: RecordKind, columns: Sequence[str]) -> ColumnMap:
    """Map columns that are called as our fields are: what stands after a dot tells them apart.

    `key` is the record's own key in its system, and `customer_key` that of its customer, both
    of which nobody outside of that system knows.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for column in columns:
        field = column.partition(".")[0]
        if field in NAMES[kind] or field in OURS:
            fields[field] = (*fields.get(field, ()), column)
    taken = {column for names in fields.values() for column in names}
    return ColumnMap(kind, fields, tuple(name for name in columns if name not in taken))


def detect(columns: Sequence[str], explicit: Mapping[str, str] | None = None) -> RecordKind | None:
    """Return what the rows under these columns are, None when it cannot be told."""
    for kind, groups in _NEEDED.items():
        known = {field for field in (_field_of(kind, column) for column in columns) if field}
        known |= {field for field in explicit or {} if field in NAMES[kind]}
        enough = all(any(field in known for field in group) for group in groups)
        if enough and not known & _NOT_WITH.get(kind, frozenset()):
            return kind
    return None


def mapped(
    file: str,
    columns: Sequence[str],
    kind: RecordKind | None,
    explicit: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Detect the kind unless it is given, map, and check that what it needs is there.

    Raises BadInput naming what is missing.
    """
    found = kind or detect(columns, explicit)
    if found is None:
        raise BadInput(
            Place(file, 1),
            "The columns are not known: say what the rows are with --kind, and name the columns "
            "with --map field=column.",
        )
    column_map = map_columns(found, columns, explicit)
    for group in _NEEDED.get(found, ()):
        if not any(field in column_map.fields for field in group):
            raise BadInput(
                Place(file, 1),
                "No column for {field} ({kind}): name it with --map {field}=COLUMN.",
                field=group[0],
                kind=found.value,
            )
    return column_map


def _checked(
    kind: RecordKind, columns: Sequence[str], explicit: Mapping[str, str]
) -> list[tuple[str, str]]:
    for field, column in explicit.items():
        if field not in NAMES[kind]:
            raise UserError(
                'There is no field "{field}" in {kind}. The fields are: {known}.',
                field=field,
                kind=kind.value,
                known=", ".join(sorted(NAMES[kind])),
            )
        if column not in columns:
            raise UserError(
                'There is no column "{column}". The columns are: {known}.',
                column=column,
                known=", ".join(columns[:40]),
            )
    return list(explicit.items())


def _field_of(kind: RecordKind, column: str) -> str | None:
    whole = normalised(column)
    for name in (whole, _last_part(column), re.sub(r"_?\d+$", "", whole)):
        for field, names in NAMES[kind].items():
            if name and name in names:
                return field
    return None


def _last_part(column: str) -> str:
    return normalised(column.rsplit(".", 1)[-1])


def _may_add(field: str, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    return field in SEVERAL or field not in chosen
