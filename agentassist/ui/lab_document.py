# SPDX-License-Identifier: Apache-2.0
"""What is being edited, with undo and redo: values, never widgets.

A form is a tree of frozen dataclasses and tuples. A path such as
("declines", 0, "reason") names a part of it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar

Path = tuple[str | int, ...]
T = TypeVar("T")

_MOST = 500


def part(form: Any, path: Path) -> Any:
    """Return the part of a form that a path names."""
    for step in path:
        form = form[step] if isinstance(step, int) else getattr(form, step)
    return form


def with_part(form: Any, path: Path, value: Any) -> Any:
    """Return the form with another part where the path points."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(form)
        items[step] = with_part(items[step], rest, value)
        return tuple(items)
    return replace(form, **{step: with_part(getattr(form, step), rest, value)})


def with_item(form: Any, path: Path, item: Any) -> Any:
    """Return the form with one more item at the end of the list at a path."""
    return with_part(form, path, (*part(form, path), item))


def without_item(form: Any, path: Path) -> Any:
    """Return the form without the item that a path ends at."""
    *before, place = path
    items = part(form, tuple(before))
    kept = tuple(item for at, item in enumerate(items) if at != place)
    return with_part(form, tuple(before), kept)


def moved_item(form: Any, path: Path, by: int) -> Any:
    """Return the form with an item moved up (-1) or down (1); at an end it stays."""
    *before, place = path
    items = list(part(form, tuple(before)))
    other = int(place) + by
    if 0 <= other < len(items):
        items[int(place)], items[other] = items[other], items[int(place)]
    return with_part(form, tuple(before), tuple(items))


class Edits(Generic[T]):
    """The states a person went through. What is typed into one field is one step."""

    def __init__(self, told: Callable[[], object] = lambda: None) -> None:
        self._told = told
        self._states: list[T] = []
        self._at = -1
        self._key: object = None

    @property
    def now(self) -> T | None:
        """The present state, None before the first."""
        return self._states[self._at] if self._states else None

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """True when a step was taken back."""
        return self._at + 1 < len(self._states)

    def begin(self, state: T) -> None:
        """Forget everything and start with a state."""
        self._states, self._at, self._key = [state], 0, None
        self._told()

    def clear(self) -> None:
        """Forget everything."""
        self._states, self._at, self._key = [], -1, None
        self._told()

    def change(self, state: T, key: object = None) -> None:
        """Go on to a state; the same `key` as before goes on with the same step."""
        if state == self.now:
            return
        del self._states[self._at + 1 :]
        goes_on = key is not None and key == self._key and self._at > 0
        if goes_on:
            self._states[self._at] = state
        else:
            self._states = [*self._states[-_MOST:], state]
            self._at = len(self._states) - 1
        self._key = key
        self._told()

    def undo(self) -> T | None:
        """Go one step back and return the state there; None where there is none."""
        return self._go(-1) if self.can_undo else None

    def redo(self) -> T | None:
        """Go one step forward again."""
        return self._go(1) if self.can_redo else None

    def _go(self, by: int) -> T:
        self._at += by
        self._key = None
        self._told()
        return self._states[self._at]
