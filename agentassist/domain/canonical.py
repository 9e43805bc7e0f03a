# SPDX-License-Identifier: Apache-2.0
"""Domain values as bytes, so that they can be compared, hashed and stored."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta


def canonical(thing: object) -> bytes:
    """Write any domain value as JSON with sorted keys: equal values give equal bytes."""
    text = json.dumps(_simple(thing), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _simple(thing: object) -> object:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: _simple(getattr(thing, f.name)) for f in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _simple(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [_simple(item) for item in thing]
    if isinstance(thing, frozenset):
        return sorted(str(item) for item in thing)
    if isinstance(thing, timedelta):
        return thing.total_seconds()
    return thing if isinstance(thing, bool | int | float | str | None) else str(thing)
