# SPDX-License-Identifier: Apache-2.0
"""The fields of one JSON object by the type they must have, or a fault with their place."""

from collections.abc import Mapping

from agentassist.errors import BadInput, Place
from agentassist.intake.json_lines import JsonObject, flatten, storable


class Fields:
    """Reads the fields of an object; each method raises BadInput with file, line and field."""

    def __init__(self, item: JsonObject) -> None:
        self.place = item.place
        self._fields = item.fields

    def __contains__(self, name: object) -> bool:
        return self._fields.get(str(name)) is not None

    def text(self, name: str) -> str:
        """Return a text, or a number as text; empty where there is none."""
        value = self._fields.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.fault(name, "Write a text here.")
        return storable(str(value)).strip()

    def needed(self, name: str) -> str:
        """Return a text that must be there."""
        text = self.text(name)
        if not text:
            raise self.fault(name, "This is missing: give each line one.")
        return text

    def texts(self, name: str, *, split: str = "") -> tuple[str, ...]:
        """Return texts, each once; one text alone is a list of one, or of what `split` parts."""
        value = self._fields.get(name)
        if isinstance(value, str):
            value = value.split(split) if split else [value]
        elif value is None:
            value = []
        if not isinstance(value, list) or not all(_is_plain(one) for one in value):
            raise self.fault(name, "Write a list of short texts here.")
        texts = (storable(str(one)).strip() for one in value)
        return tuple(dict.fromkeys(text for text in texts if text))

    def others(self, known: frozenset[str]) -> Mapping[str, object]:
        """Return the fields that are not known, as texts under dotted names."""
        rest = {name: value for name, value in self._fields.items() if name not in known}
        return {storable(name): storable(text) for name, text in flatten(rest).items()}

    def fault(self, name: str, template: str, **values: object) -> BadInput:
        """Return what is wrong with a field, to be raised."""
        return BadInput(Place(self.place.file, self.place.line, name), template, **values)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
