# SPDX-License-Identifier: Apache-2.0
"""Domain values as bytes, so that they can be compared, hashed and stored."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from functools import cache
from typing import Any


def canonical(thing: object) -> bytes:
    """Write any domain value as JSON with sorted keys: equal values give equal bytes."""
    text = json.dumps(_simple(thing), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


_PLAIN = frozenset({bool, int, float, str, type(None)})


def _simple(thing: object) -> object:
    kind = type(thing)
    if kind in _PLAIN:
        return thing
    if is_dataclass(kind):
        return {name: _simple(getattr(thing, name)) for name in _names(kind)}
    if isinstance(thing, Mapping):
        return {str(key): _simple(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [_simple(item) for item in thing]
    if isinstance(thing, frozenset):
        return sorted(str(item) for item in thing)
    if isinstance(thing, timedelta):
        return thing.total_seconds()
    return thing if isinstance(thing, bool | int | float | str | None) else str(thing)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a dataclass; to ask for them each time takes most of the time."""
    return tuple(item.name for item in fields(kind))
