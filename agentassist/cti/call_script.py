# SPDX-License-Identifier: Apache-2.0
"""Call scripts: a call written down as a TOML file, to be played by the simulator.

[call]
from = "+15550100"          # number of the customer; empty: withheld
to = "+15550199"
queue = "orders"
language = "en"
title = "Where is my parcel?"

[context]                   # what a bot or menu learnt before; may be left out
intent = "track_order"
tried = ["track my parcel"] # a text, or a list of texts

[[step]]
after = 0.5                 # seconds after the step before
event = "newCall"           # newCall | answer | hangup

[[step]]
after = 2
speaker = "customer"        # customer | agent
text = "Hello, my parcel has not come."
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from agentassist.domain import pre_call
from agentassist.domain.call import CallEventKind, Speaker
from agentassist.errors import BadInput, Place

MAX_BYTES = 1_000_000
MAX_TEXT = 2_000
MAX_WAIT_SECONDS = 3_600.0
EVENTS: Mapping[str, CallEventKind] = {
    "newCall": CallEventKind.RINGING,
    "answer": CallEventKind.ANSWERED,
    "hangup": CallEventKind.ENDED,
}
_CALL_KEYS = ("from", "to", "queue", "language", "title")
_STEP_KEYS = ("after", "event", "speaker", "text")
_ORDER = tuple(EVENTS.values())


@dataclass(frozen=True, slots=True)
class EventStep:
    """The telephone system reports something, `after` seconds after the step before."""

    after: float
    kind: CallEventKind


@dataclass(frozen=True, slots=True)
class SpokenStep:
    """Somebody says a line, `after` seconds after the step before."""

    after: float
    speaker: Speaker
    text: str


Step = EventStep | SpokenStep


@dataclass(frozen=True, slots=True)
class CallScript:
    """A call to play. `remote` is the customer's number, `local` the one they dialled."""

    title: str
    remote: str
    local: str
    queue: str
    language: str
    steps: tuple[Step, ...]
    context: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> CallScript:
    """Read a call script from a file.

    Raises:
        BadInput: the file cannot be read, is too large or breaks the format.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            Place(path.name), "The file cannot be read ({reason}).", reason=error.strerror
        ) from error
    if len(raw) > MAX_BYTES:
        raise BadInput(
            Place(path.name), "A call script has at most {limit} bytes.", limit=MAX_BYTES
        )
    try:
        return parse(raw.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(Place(path.name, line), "Save the file as UTF-8.") from error


def parse(text: str, file: str) -> CallScript:
    """Check `text` and return the call; `file` names it in errors.

    Raises:
        BadInput: with the line of the first fault.
    """
    return _Reader(text, file).script()


class _Reader:
    """Checks one script from top to bottom and stops at the first fault."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = text.splitlines()
        self._file = file
        self._document = self._parsed(text)

    def script(self) -> CallScript:
        self._only_known(self._document, ("call", "context", "step"), 1)
        head = self._document.get("call")
        start = self._line_of(r"\[\s*call\s*\]")
        if not isinstance(head, dict):
            self._fail(1, "", "Begin the script with a [call] table.")
        self._only_known(head, _CALL_KEYS, start)
        values = {key: self._text(head, key, start) for key in _CALL_KEYS}
        if not values["title"]:
            self._fail(start, "title", "Give the call a title.")
        return CallScript(
            title=values["title"],
            remote=values["from"],
            local=values["to"],
            queue=values["queue"],
            language=values["language"],
            steps=self._steps(),
            context=self._context(),
        )

    def _parsed(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            # Python 3.11 tells the line only inside the message.
            told = re.search(r"at line (\d+)", str(error))
            line = int(told.group(1)) if told else len(self._lines)
            raise BadInput(
                Place(self._file, line), "This is not TOML: {reason}.", reason=error
            ) from error
        except RecursionError as error:
            raise BadInput(Place(self._file), "The values are nested too deeply.") from error

    def _context(self) -> dict[str, str]:
        table = self._document.get("context", {})
        start = self._line_of(r"\[\s*context\s*\]")
        if not isinstance(table, dict):
            self._fail(1, "context", "Write [context] as a table of names and texts.")
        return pre_call.tidy({name: self._told(name, table[name], start) for name in table})

    def _told(self, name: str, value: object, start: int) -> str:
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) and len(part) <= MAX_TEXT for part in parts):
            self._fail(start, name, "Give a text of at most {limit} characters.", limit=MAX_TEXT)
        return "\n".join(map(str, parts))

    def _steps(self) -> tuple[Step, ...]:
        tables = self._document.get("step")
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self._fail(0, "step", "Write at least one [[step]].")
        starts = self._step_lines(len(tables))
        steps = tuple(self._step(table, at) for table, at in zip(tables, starts, strict=True))
        self._check_order(steps, starts)
        return steps

    def _step(self, table: dict[str, Any], start: int) -> Step:
        self._only_known(table, _STEP_KEYS, start)
        after = self._seconds(table, start)
        if "event" in table:
            return EventStep(after, self._event(table, start))
        return SpokenStep(after, self._speaker(table, start), self._spoken(table, start))

    def _event(self, table: dict[str, Any], start: int) -> CallEventKind:
        if "speaker" in table or "text" in table:
            self._fail(start, "event", "A step is either an event or something said, not both.")
        kind = EVENTS.get(self._text(table, "event", start))
        if kind is None:
            self._fail(start, "event", "An event is newCall, answer or hangup.")
        return kind

    def _speaker(self, table: dict[str, Any], start: int) -> Speaker:
        try:
            return Speaker(self._text(table, "speaker", start))
        except ValueError:
            self._fail(start, "speaker", "A step needs an event, or a speaker: customer or agent.")

    def _spoken(self, table: dict[str, Any], start: int) -> str:
        text = self._text(table, "text", start, MAX_TEXT)
        if not text:
            self._fail(start, "text", "Write what is said as text.")
        return text

    def _seconds(self, table: dict[str, Any], start: int) -> float:
        value = table.get("after", 0)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= MAX_WAIT_SECONDS:
            self._fail(start, "after", "Give `after` as seconds from 0 to 3600.")
        return float(value)

    def _text(self, table: dict[str, Any], key: str, start: int, limit: int = 250) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or len(value) > limit:
            self._fail(start, key, "Give a text of at most {limit} characters.", limit=limit)
        return value.strip()

    def _check_order(self, steps: tuple[Step, ...], starts: list[int]) -> None:
        told = [
            (s.kind, at) for s, at in zip(steps, starts, strict=True) if isinstance(s, EventStep)
        ]
        if not told or not isinstance(steps[0], EventStep) or told[0][0] is not _ORDER[0]:
            self._fail(starts[0], "event", "The first step of a call is the event newCall.")
        for (earlier, _), (later, line) in pairwise(told):
            if _ORDER.index(later) <= _ORDER.index(earlier):
                self._fail(line, "event", "A call goes from newCall over answer to hangup.")

    def _only_known(self, table: dict[str, Any], known: tuple[str, ...], start: int) -> None:
        unknown = next((key for key in table if key not in known), None)
        if unknown is not None:
            allowed = ", ".join(known)
            self._fail(start, unknown, "Unknown key; known are: {known}.", known=allowed)

    def _step_lines(self, count: int) -> list[int]:
        """Return the line of each step, or zeros where a long string looks like a header."""
        header = re.compile(r"\s*\[\[\s*step\s*\]\]")
        found = [n for n, line in enumerate(self._lines, 1) if header.match(line)]
        return found if len(found) == count else [0] * count

    def _line_of(self, pattern: str, start: int = 1) -> int:
        match = re.compile(r"\s*" + pattern)
        for number, line in enumerate(self._lines[start - 1 :], start):
            if match.match(line):
                return number
        return 0

    def _fail(self, start: int, key: str, template: str, **values: object) -> NoReturn:
        line = self._line_of(rf"[\[\"']*\s*{re.escape(key)}\b", start) if start and key else 0
        raise BadInput(Place(self._file, line or start, key), template, **values)
