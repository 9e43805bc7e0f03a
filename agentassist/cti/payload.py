# SPDX-License-Identifier: Apache-2.0
"""Bodies of posted requests: bytes of an unknown sender in, named values out."""

import json
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import NoReturn
from urllib.parse import parse_qsl

from agentassist.domain.pre_call import LISTS
from agentassist.errors import BadInput, Place

Fields = dict[str, str | list[str]]

MAX_FIELDS = 100
NESTED = "context."
"""Stands before the names of what a sender put into an object called `context`."""
_MAX_BOUNDARY = 70  # RFC 2046, section 5.1.1
CONTENT_TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


def read_fields(body: bytes, content_type: str) -> Fields:
    """Return the values by name; a name that occurs often has a list.

    Numbers and truth values become text; null and nested objects are left out, but for
    `context`, and for the turns of a transcript. Transcripts keep their lines.

    Raises:
        BadInput: the body is not what `content_type` says, or that is none we read.
    """
    header = _header(content_type)
    kind = header.get_content_type()
    if kind == "application/json":
        return _json(body)
    if kind == "application/x-www-form-urlencoded":
        return _gathered(_urlencoded(body))
    if kind == "multipart/form-data":
        return _gathered(_multipart(body, header))
    raise BadInput(Place("call event"), "Send the event as JSON or as a form.")


def clean(text: str) -> str:
    """Return one line of text without control characters and broken surrogates."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else " " for c in whole).strip()


def _header(value: str) -> Message:
    message = Message()
    message["Content-Type"] = clean(value)
    return message


def _json(body: bytes) -> Fields:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        _fail("The body is not valid JSON.")
    if not isinstance(document, dict):
        _fail("Send one JSON object for each event.")
    given = dict(_flat(document))
    if len(given) > MAX_FIELDS:
        _fail("An event has at most {limit} fields.", limit=MAX_FIELDS)
    values = {key: _value(key, value) for key, value in given.items()}
    return {key: value for key, value in values.items() if value is not None}


def _flat(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in document.items():
        if clean(key).casefold() == "context" and isinstance(value, dict):
            yield from ((NESTED + clean(inner), one) for inner, one in value.items())
        else:
            yield clean(key), value


def _value(key: str, value: object) -> str | list[str] | None:
    if isinstance(value, list):
        return [text for item in value if (text := _scalar(item)) is not None]
    return _lines(value) if _is_list(key) and isinstance(value, str) else _scalar(value)


def _is_list(key: str) -> bool:
    return key.removeprefix(NESTED).removesuffix("[]").casefold() in LISTS


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := clean(part))]


def _scalar(value: object) -> str | None:
    if isinstance(value, dict):
        return _turn(value)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "") if isinstance(value, int | float) else None


def _turn(value: Mapping[str, object]) -> str | None:
    """Return a turn of a talk as a line, `bot: which order?`, None for any other object."""
    who = next((x for key in ("speaker", "role", "from") if (x := value.get(key))), None)
    said = next((x for key in ("text", "message", "content") if (x := value.get(key))), None)
    named = isinstance(who, str) and isinstance(said, str)
    return clean(f"{who}: {said}") if named else None


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        text = body.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        _fail("The body is not a valid form.")


def _multipart(body: bytes, header: Message) -> list[tuple[str, str]]:
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not 0 < len(boundary) <= _MAX_BOUNDARY:
        _fail("The form names no boundary between its parts.")
    # What stands before the first boundary and after the closing one carries nothing.
    _, *parts = body.split(b"--" + boundary.encode("utf-8"))
    if not parts or not parts.pop().startswith(b"--") or len(parts) > MAX_FIELDS:
        _fail("The body is not a valid form.")
    return [_part(part) for part in parts]


def _part(part: bytes) -> tuple[str, str]:
    head, gap, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    prefix = "content-disposition:"
    disposition = next((line for line in lines if line.lower().startswith(prefix)), "")
    message = Message()
    message["Content-Disposition"] = clean(disposition[len(prefix) :])
    name = message.get_param("name", header="content-disposition")
    if not gap or not isinstance(name, str):
        _fail("The body is not a valid form.")
    return name, value.removesuffix(b"\r\n").decode("utf-8", "replace")


def _gathered(pairs: list[tuple[str, str]]) -> Fields:
    fields: Fields = {}
    for name, value in _by_line(pairs):
        key, text = clean(name), clean(value)
        if key not in fields:
            fields[key] = text
        else:
            before = fields[key]
            fields[key] = [*before, text] if isinstance(before, list) else [before, text]
    return fields


def _by_line(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in pairs:
        if _is_list(name):
            yield from ((name, line) for line in _lines(value))
        else:
            yield name, value


def _fail(template: str, **values: object) -> NoReturn:
    raise BadInput(Place("call event"), template, **values)
