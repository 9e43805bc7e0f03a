# SPDX-License-Identifier: Apache-2.0
"""A JSON object of another system, read field by field: what has the wrong type is a fault.

The faults have the path of the field and no place in the file; `Drawn` adds that.
"""

from collections.abc import Mapping
from datetime import datetime

from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values

MAX_ITEMS = 10_000
"""How many members of one list are read."""


class Node:
    """An object and the path that leads to it; a missing one is like an empty one."""

    def __init__(self, value: Mapping[str, object], path: str = "") -> None:
        self._value = value
        self._path = path

    def __contains__(self, name: object) -> bool:
        return self._value.get(str(name)) is not None

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something, as text; numbers as written."""
        for name in names:
            value = self._value.get(name)
            if isinstance(value, dict | list | bool):
                raise self.fault(name, "Write a text here.")
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            text = "" if value is None else str(value).strip()
            if text:
                return text
        return ""

    def needed(self, name: str) -> str:
        """Return a text that must be there, such as the key of a record."""
        text = self.text(name)
        if not text:
            raise self.fault(name, "This is missing: each record needs one.")
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self._value.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fault(name, "Write true or false.")
        return value

    def time(self, *names: str) -> str:
        """Return a time in UTC as ISO 8601, empty where there is none."""
        for name in names:
            text = self.text(name)
            if text:
                return self._moment(name, text).isoformat()
        return ""

    def _moment(self, name: str, text: str) -> datetime:
        try:
            return values.moment(text)
        except UserError as error:
            raise self.fault(name, error.template, **error.values) from None

    def node(self, name: str) -> "Node":
        """Return an object, an empty one where there is none."""
        value = self._value.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.fault(name, "Write an object in braces here.")
        return Node(value or {}, self._under(name))

    def nodes(self, name: str) -> list["Node"]:
        """Return the objects of a list; what is no object among them is passed over."""
        value = self._value.get(name)
        if value is not None and not isinstance(value, list):
            raise self.fault(name, "Write a list here.")
        items = enumerate((value or [])[:MAX_ITEMS])
        return [
            Node(item, self._under(f"{name}[{index}]"))
            for index, item in items
            if isinstance(item, dict)
        ]

    def texts(self, name: str) -> list[str]:
        """Return the texts and numbers of a list; a text alone is a list of one."""
        value = self._value.get(name)
        if isinstance(value, str):
            value = [value]
        if value is not None and not isinstance(value, list):
            raise self.fault(name, "Write a list of short texts here.")
        plain = (item for item in (value or [])[:MAX_ITEMS] if isinstance(item, str | int))
        return [str(item).strip() for item in plain if str(item).strip()]

    def fault(self, name: str, template: str, **filled: object) -> BadInput:
        """Return what is wrong with a field, to be raised."""
        return BadInput(Place("", 0, self._under(name)), template, **filled)

    def _under(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
