# SPDX-License-Identifier: Apache-2.0
"""Column types that hold the same values on every database."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

Word = TypeVar("Word", bound=StrEnum)

_WORD_LENGTH = 32


def clean(text: str) -> str:
    """Drop what PostgreSQL or UTF-8 cannot hold: NUL characters and half surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def canonical_json(value: object) -> str:
    """Write JSON in one way only: sorted keys, no blanks, no escapes beyond the needed."""
    return clean(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored and returned in UTC; a naive one is refused.

    Raises:
        ValueError: the time has no zone, so nobody knows when it was.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC; SQLite stores it without the offset."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back aware, whatever zone the server's session has."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text from outside, without the characters that a database cannot hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean the text on its way in."""
        return None if value is None else clean(value)


class Reference(TypeDecorator[str]):
    """A key of another system: the empty one is stored as NULL, so that it is never unique."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Turn the empty key into NULL."""
        return clean(value) or None if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """Turn NULL back into the empty key."""
        return value or ""


class Words(TypeDecorator[Word], Generic[Word]):
    """One word of a closed list, stored as it is written.

    Raises:
        ValueError: a newer version stored a word that this one does not know.
    """

    impl = String(_WORD_LENGTH)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:
        """Store the word itself."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:
        """Give the member back."""
        return None if value is None else self.words(value)


class Json(TypeDecorator[Any]):
    """A small JSON value in canonical form; mappings and sequences of plain values."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write it; any mapping is written as an object."""
        if isinstance(value, Mapping):
            value = dict(value)
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else json.loads(value)
