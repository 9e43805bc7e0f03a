# SPDX-License-Identifier: Apache-2.0
"""Exported chats as text: a line begins a message, or goes on with the one before."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from agentassist.domain.importing import RowFault
from agentassist.errors import Place
from agentassist.intake.chats import Message
from agentassist.intake.files import Reader, TextFile, undecodable

MAX_MESSAGE = 60_000
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile("[\u00a0\u202f\u2009]")
_NOON = 12
_AFTERNOON = frozenset({"오후", "pm", "p", "午後", "下午"})
_MORNING = frozenset({"오전", "am", "a", "午前", "上午"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first line of a message; without an author it is a line of the system's own."""

    at: datetime
    author: str = ""
    text: str = ""


Reading = Callable[[str], Beginning | None]
"""Reads a line: None when it goes on with the message before, ValueError for no such date."""


class ChatLines(Reader):
    """The messages of a text file; `shown` is what the person named, where it is another."""

    def __init__(
        self, path: Path, encoding: str, reading: Reading, *, shown: Path | None = None
    ) -> None:
        self._name = str(shown or path)
        self._file = TextFile(path, encoding)
        self._reading = reading
        self.size = self._file.size

    def __iter__(self) -> Iterator[Message | RowFault]:
        open_one: tuple[Place, Beginning] | None = None
        lines: list[str] = []
        for number, raw in self._file.lines():
            place = Place(self._name, number)
            began = self._began(place, raw)
            if began is None:
                if sum(map(len, lines)) < MAX_MESSAGE:
                    lines.append(without_marks(raw))
                continue
            if open_one:
                yield from _message(*open_one, lines)
            if isinstance(began, RowFault):
                yield began
            open_one = None if isinstance(began, RowFault) else (place, began)
            lines = []
        if open_one:
            yield from _message(*open_one, lines)

    def _began(self, place: Place, raw: str) -> Beginning | RowFault | None:
        if undecodable(raw):
            sentence = "Some characters are not {encoding}."
            return RowFault(place, sentence, {"encoding": self._file.encoding})
        try:
            return self._reading(without_marks(raw))
        except ValueError:
            return RowFault(place, '"{text}" is no time.', {"text": raw[:40]})


def without_marks(line: str) -> str:
    """Return a line without direction marks, its special blanks as plain ones."""
    return _BLANKS.sub(" ", _MARKS.sub("", line)).rstrip()


def clock(half: str, hour: str, minute: str, second: str = "") -> timedelta:
    """Return the time of day; raises ValueError for one that does not exist."""
    word = half.casefold().replace(".", "").replace(" ", "")
    hours = int(hour)
    if word in _AFTERNOON and hours < _NOON:
        hours += _NOON
    if word in _MORNING and hours == _NOON:
        hours = 0
    moment = datetime(2000, 1, 1, hours, int(minute), int(second or 0))
    return moment - datetime(2000, 1, 1)


def beginnings(path: Path, most: int) -> list[str]:
    """Return the first lines that say something, to recognise a file; none for another file."""
    file = TextFile(path)
    try:
        lines = (without_marks(text) for _, text in file.lines())
        said = (text for text in lines if text.strip())
        return [text for text, _ in zip(said, range(most), strict=False)]
    finally:
        file.close()


def _message(place: Place, began: Beginning, lines: list[str]) -> Iterator[Message]:
    text = "\n".join([began.text, *lines]).strip()[:MAX_MESSAGE]
    if began.author and text:
        yield Message(place, began.at, began.author, text)
