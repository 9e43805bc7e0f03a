# SPDX-License-Identifier: Apache-2.0
"""WhatsApp: the text that "Export chat" makes, of Android and of iOS, in many languages.

    12/31/26, 3:05 PM - Ann: hello            [31.12.26, 15:05:33] Ann: hello
    2026. 3. 1. 오후 3:05 - 김서연: 안녕하세요    [2026. 3. 1. 오후 3:05:33] 김서연: 안녕하세요

Direction marks and narrow blanks stand everywhere in such files. Whether the day or the month
comes first is told by a number over 12, else by the order in which the messages must stand,
else by the person. Lines without an author are those of the system. iOS exports a zip with
`_chat.txt` in it, which is read as it is.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from agentassist.errors import BadInput, Place
from agentassist.intake.chat_lines import Beginning, ChatLines, beginnings, clock, without_marks
from agentassist.intake.chats import chat_parts
from agentassist.intake.files import TextFile
from agentassist.intake.formats import Hints, Part
from agentassist.intake.values import DateOrder
from agentassist.intake.zipped_text import texts_in, unpacked

_LOOKED_AT = 20_000
_RECOGNISED_BY = 5
_HALF = r"오전|오후|午前|午後|上午|下午|[ap]\.?\s?m\.?"
_STAMP = (
    r"(?P<one>\d{1,4})\s?[./년-]\s?(?P<two>\d{1,2})\s?[./월-]\s?(?P<three>\d{1,4})[.일]?"
    r"(?:,|\s(?:klo|um|at|às|a las))?\s"
    rf"(?:(?P<before>{_HALF})\s?)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})"
    rf"(?:[:.](?P<second>\d{{2}}))?(?:\s?(?P<after>{_HALF}))?"
)
_LINE = re.compile(
    rf"(?:\[{_STAMP}\]|{_STAMP.replace('?P<', '?P<a_')}\s[-\u2013])\s(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAID = re.compile(r"(?P<author>[^:\n]{1,100}(?::[^: \n]{1,40})?):(?:\s(?P<text>.*)|$)", re.DOTALL)
_NOTICE = re.compile(
    r"end-to-end encrypted|종단\s?간 암호화|Ende-zu-Ende|extremo a extremo|ponta a ponta"
    r"|bout en bout|エンドツーエンド",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:WhatsApp[ _]Chat(?:[ _](?:with|mit)[ _]|[ _]-[ _])|Chat de WhatsApp con |"
    r"Discussion WhatsApp avec )(.+)|(.+)님과 나눈 WhatsApp 대화|WhatsApp 대화[ _-]+(.+)",
    re.IGNORECASE,
)
_CHAT = "_chat.txt"
_COPY = re.compile(r"\s*\(\d+\)$")
_MONTHS = 12
_CENTURY = 2000


class WhatsAppFormat:
    """One exported chat."""

    name = "whatsapp"

    def recognises(self, path: Path) -> bool:
        """Say yes to a text whose first line begins a message, and to a zip with `_chat.txt`."""
        if path.suffix.casefold() == ".zip":
            return _in_zip(path) != ""
        if path.suffix.casefold() != ".txt" or not path.is_file():
            return False
        try:
            first = beginnings(path, _RECOGNISED_BY)
        except BadInput:
            return False
        return bool(first) and _LINE.fullmatch(first[0]) is not None

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the stretches of the chat."""
        if path.suffix.casefold() != ".zip":
            yield from self._parts(path, path, hints)
            return
        with unpacked(path, _in_zip(path)) as text:
            yield from self._parts(path, text, hints)

    def _parts(self, path: Path, text: Path, hints: Hints) -> Iterator[Part]:
        """Read `text`, which came as `path`."""
        reading = _Reading(_order(path, text, hints))

        def opened() -> ChatLines:
            return ChatLines(text, hints.encoding, reading, shown=path)

        return chat_parts(self.name, path, _title(path), hints, opened)


class _Reading:
    """Reads a line, given the order of day and month."""

    def __init__(self, order: DateOrder) -> None:
        self._order = order

    def __call__(self, line: str) -> Beginning | None:
        found = _LINE.fullmatch(line)
        if not found:
            return None
        at = _moment(found, self._order)
        said = _SAID.fullmatch(found["rest"])
        if not said or _NOTICE.search(found["rest"]):
            return Beginning(at)
        return Beginning(at, said["author"].strip().removeprefix("~").strip(), said["text"] or "")


def _group(found: re.Match[str], name: str) -> str:
    return found[name] or found[f"a_{name}"] or ""


def _moment(found: re.Match[str], order: DateOrder) -> datetime:
    """Return the time of a line; raises ValueError for one that does not exist."""
    one, two, three = (int(_group(found, name)) for name in ("one", "two", "three"))
    if len(_group(found, "one")) == len("2026"):
        year, month, day = one, two, three
    else:
        year = three + (_CENTURY if three < 100 else 0)  # noqa: PLR2004 - two digits
        day, month = (two, one) if order is DateOrder.MONTH_FIRST else (one, two)
    half = _group(found, "before") or _group(found, "after")
    time = clock(half, _group(found, "hour"), _group(found, "minute"), _group(found, "second"))
    return datetime(year, month, day) + time


def _in_zip(path: Path) -> str:
    """Return the name of the chat in a zip, empty when there is none."""
    names = texts_in(path)
    return next((name for name in names if name == _CHAT or _TITLE.match(name)), "")


def _order(path: Path, text: Path, hints: Hints) -> DateOrder:
    """Return how 03/04/26 is meant in this file.

    Raises:
        BadInput: it can be read in two ways, and the person has not said which.
    """
    if hints.dates:
        return DateOrder(hints.dates)
    with closing(TextFile(text, hints.encoding)) as file:
        lines = (_LINE.fullmatch(without_marks(text)) for _, text in file.lines())
        found = list(islice((line for line in lines if line), _LOOKED_AT))
    possible = [
        order for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST) if _fits(found, order)
    ]
    same = all(_is_the_same(line) for line in found)
    if len(possible) == 1 or (possible and same):
        return possible[0]
    if not possible:  # a clock that was set back, or a torn date
        return _by_large_numbers(found)
    raise BadInput(
        Place(str(path)), "The dates can be read in two ways: add --dates dmy or --dates mdy."
    )


def _fits(found: list[re.Match[str]], order: DateOrder) -> bool:
    """Say whether messages stand in the order of their times, as they do in every export."""
    last = datetime.min
    for line in found:
        try:
            at = _moment(line, order)
        except ValueError:
            return False
        if at < last:
            return False
        last = at
    return True


def _by_large_numbers(found: list[re.Match[str]]) -> DateOrder:
    months = sum(int(_group(line, "two")) > _MONTHS for line in found)
    days = sum(int(_group(line, "one")) > _MONTHS for line in found)
    return DateOrder.MONTH_FIRST if months > days else DateOrder.DAY_FIRST


def _is_the_same(line: re.Match[str]) -> bool:
    one, two = _group(line, "one"), _group(line, "two")
    return len(one) == len("2026") or int(one) == int(two)


def _title(path: Path) -> str:
    """Return the name of the chat that the name of the file has, empty where it has none."""
    found = _TITLE.fullmatch(_COPY.sub("", path.stem))
    return next(filter(None, found.groups()), "").strip() if found else ""
