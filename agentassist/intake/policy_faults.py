# SPDX-License-Identifier: Apache-2.0
"""Faults of policy files in words that an author understands."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from agentassist.errors import BadInput, Place
from agentassist.intake import policy_schema
from agentassist.intake.toml_outline import Outline, Path

FILE = "file"
"""The rule of a fault in the file itself: encoding, size, syntax, a missing key, a type."""

_TRANSLATED = re.compile(r"(?P<base>\w+)_(?P<language>[a-z]{2})")
_AT_LINE = re.compile(
    r"^(?P<message>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL
)
_TYPES: Mapping[str, str] = {
    "string_type": "a text in quotes",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a day without quotes, such as 2026-12-31",
    "date_from_datetime_inexact": "a day without a time, such as 2026-12-31",
    "finite_number": "a number",
    "greater_than_equal": "a larger number",
    "less_than_equal": "a smaller number",
    "string_pattern_mismatch": "lower-case words joined by dots, such as hotel.breakfast.late",
}


class PolicyFault(BadInput):
    """A fault with the rule it breaks: R1 to R22, or `file`."""

    def __init__(self, rule: str, place: Place, template: str, **values: object) -> None:
        super().__init__(place, template, **values)
        self.rule = rule


def place(file: str, outline: Outline, path: Path) -> Place:
    """Return where the key at `path` stands."""
    names = [str(part) for part in path if isinstance(part, str)]
    return Place(file, outline.line(path), names[-1] if names else "")


def syntax_fault(file: str, text: str, error: tomllib.TOMLDecodeError) -> PolicyFault:
    """Say what the TOML reader stumbled over, and on which line."""
    found = _AT_LINE.match(str(error))
    line = int(found["line"]) if found and found["line"] else len(text.splitlines())
    message = found["message"] if found else str(error)
    return PolicyFault(
        FILE, Place(file, line), "This is not TOML: {message}. Mend this line.", message=message
    )


def schema_faults(file: str, outline: Outline, error: ValidationError) -> Iterator[PolicyFault]:
    """Put what the schema found into sentences."""
    for item in error.errors(include_url=False):
        path = item["loc"]
        where = place(file, outline, path)
        yield _schema_fault(where, str(path[-1]), item["type"], item.get("ctx", {}))


def _schema_fault(where: Place, key: str, kind: str, context: Mapping[str, Any]) -> PolicyFault:
    if kind == "extra_forbidden":
        return _unknown_key(where, key)
    if kind == "missing":
        rule = "R6" if key == "within_hours" else FILE
        return PolicyFault(rule, where, "{key} is missing here: add it.", key=key)
    if kind == "literal_error":
        return PolicyFault(
            FILE, where, "{key} must be {expected}.", key=key, expected=context["expected"]
        )
    kind_of = _TYPES.get(kind, "another value")
    return PolicyFault(FILE, where, "{key} must be {kind}.", key=key, kind=kind_of)


def _unknown_key(where: Place, key: str) -> PolicyFault:
    names = _names()
    other = _TRANSLATED.fullmatch(key)
    if other and f"{other['base']}_ko" in names:
        return PolicyFault(
            "R21",
            where,
            "Language {language} is not supported: write English without a suffix, Korean as _ko.",
            language=other["language"],
        )
    if key == "decline":
        return PolicyFault(
            "R12",
            where,
            "A protected policy has no declines: it refuses unless an [[allow]] is proven.",
        )
    near = get_close_matches(key, sorted(names), n=1)
    if near:
        return PolicyFault(
            "R10", where, "There is no key {key}: did you mean {near}?", key=key, near=near[0]
        )
    return PolicyFault("R10", where, "There is no key {key} here: remove it.", key=key)


def _names() -> frozenset[str]:
    models = (value for value in vars(policy_schema).values() if isinstance(value, type))
    tables = (model for model in models if issubclass(model, BaseModel))
    return frozenset(name for table in tables for name in table.model_fields)
