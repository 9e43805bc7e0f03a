# SPDX-License-Identifier: Apache-2.0
"""KakaoTalk: the texts and tables that "대화 내보내기" makes.

    PC        --------------- 2026년 3월 1일 일요일 ---------------
              [김서연] [오후 3:05] 안녕하세요
    Android   2026년 3월 1일 오후 3:05, 김서연 : 안녕하세요
    iOS       2026. 3. 1. 오후 3:05, 김서연 : 안녕하세요
    macOS     Date,User,Message

and the same in English. Lines without an author are those of the system.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from agentassist.domain.importing import RowFault
from agentassist.errors import BadInput
from agentassist.intake.chat_lines import Beginning, ChatLines, beginnings, clock, without_marks
from agentassist.intake.chats import Message, chat_parts
from agentassist.intake.formats import Hints, Part
from agentassist.intake.tables import Table

_HEAD_LINES = 6
_HALF = r"(?:(오전|오후|[AP]M)\s?)?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AP]M))?"
_TITLES = re.compile(r"(.+?) 님과 카카오톡 대화|KakaoTalk Chats with (.+)")
_SAVED = re.compile(r"(?:저장한 날짜|Date Saved) ?: .+")
_KOREAN_DAY = r"(\d{4})(?:년|\.) (\d{1,2})(?:월|\.) (\d{1,2})(?:일|\.)"
_ENGLISH_DAY = r"([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})"
_DAY_LINE = re.compile(
    rf"(?:-{{3,}}\s*)?(?:{_KOREAN_DAY}(?:\s?[가-힣]요일)?|(?:[A-Z][a-z]+, )?{_ENGLISH_DAY})"
    rf"(?:\s*-{{3,}})?"
)
_ON_PC = re.compile(rf"\[(.{{1,80}}?)\] \[{_HALF}\] (.*)", re.DOTALL)
_MOBILE = re.compile(
    rf"(?:{_KOREAN_DAY}|{_ENGLISH_DAY}(?: at|,)?) {_HALF}(?:, (?:(.{{1,80}}?) : (.*)|(.*)))?",
    re.DOTALL,
)
_MONTHS = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
        )
    }
)
_SYSTEM = re.compile(
    r"\S.{0,80}님이 (?:나갔습니다|들어왔습니다|.{1,80}님을 (?:초대했습니다|내보냈습니다))\.?"
    r"|\S.{0,80} (?:joined|left)(?: this chatroom| the chat)\.?|\S.{0,80} invited .{1,80}\."
)
_COLUMNS = ("Date", "User", "Message")


class KakaoTalkFormat:
    """One exported chat."""

    name = "kakaotalk"

    def recognises(self, path: Path) -> bool:
        """Say yes to the head of an export, or to its columns."""
        if path.suffix.casefold() not in {".txt", ".csv"} or not path.is_file():
            return False
        try:
            first = beginnings(path, _HEAD_LINES)
        except BadInput:
            return False
        if path.suffix.casefold() == ".csv":
            return bool(first) and _is_table(first[0])
        headed = any(_TITLES.fullmatch(line) for line in first[:1])
        return headed and any(map(_belongs, first[1:]))

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the stretches of the chat."""
        first = beginnings(path, 1)
        if first and _is_table(first[0]):
            return chat_parts(self.name, path, "", hints, lambda: _Rows(path, hints.encoding))
        title = _TITLES.fullmatch(first[0]) if first else None
        name = next(filter(None, title.groups()), "") if title else ""
        return chat_parts(
            self.name, path, name, hints, lambda: ChatLines(path, hints.encoding, _Reading())
        )


class _Reading:
    """Reads a line; the PC tells the day once, and then only the time."""

    def __init__(self) -> None:
        self._day: datetime | None = None

    def __call__(self, line: str) -> Beginning | None:
        if day := _DAY_LINE.fullmatch(line):
            self._day = _day(day.groups())
            return Beginning(self._day)
        if (said := _ON_PC.fullmatch(line)) and self._day:
            before, hour, minute, second, after = said.groups()[1:6]
            at = self._day + clock(before or after or "", hour, minute, second or "")
            return Beginning(at, said[1].strip(), said[7])
        if mobile := _MOBILE.fullmatch(line):
            return _mobile(mobile)
        if any(form.fullmatch(line) for form in (_TITLES, _SAVED, _SYSTEM)):
            return Beginning(datetime.min)
        return None


class _Rows:
    """The messages of a table."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._table = Table(path, encoding=encoding, delimiter=",")
        self.size = self._table.size

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._table.position

    def close(self) -> None:
        """Close the file."""
        self._table.close()

    def __iter__(self) -> Iterator[Message | RowFault]:
        for item in self._table:
            if isinstance(item, RowFault):
                yield item
                continue
            stamp, author, text = (without_marks(item.fields[name]) for name in _COLUMNS)
            try:
                at = datetime.fromisoformat(stamp).replace(tzinfo=None)
            except ValueError:
                yield RowFault(item.place, '"{text}" is no time.', {"text": stamp[:40]})
                continue
            if author.strip() and text.strip():
                yield Message(item.place, at, author.strip(), text.strip())


def _mobile(found: re.Match[str]) -> Beginning:
    groups = found.groups()
    before, hour, minute, second, after = groups[6:11]
    at = _day(groups[:6]) + clock(before or after or "", hour, minute, second or "")
    author, text = groups[11:13]
    return Beginning(at, (author or "").strip(), text or "")


def _day(groups: tuple[str | None, ...]) -> datetime:
    """Return a day of year, month, day, or of month, day, year; ValueError for none."""
    year, month, day, name, english_day, english_year = groups
    if year and month and day:
        return datetime(int(year), int(month), int(day))
    number = _MONTHS.get((name or "")[:3].casefold(), 0)
    return datetime(int(english_year or 0), number, int(english_day or 0))


def _belongs(line: str) -> bool:
    return any(form.fullmatch(line) for form in (_SAVED, _DAY_LINE, _MOBILE))


def _is_table(line: str) -> bool:
    names = tuple(name.strip().strip('"') for name in line.split(","))
    return names == _COLUMNS
