# SPDX-License-Identifier: Apache-2.0
"""Times, amounts and channels as people and systems write them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agentassist.domain.history import Channel, Direction
from agentassist.domain.money import Money
from agentassist.errors import UserError


class DateOrder(StrEnum):
    """How 03/04/2026 is to be read."""

    UNKNOWN = ""
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_EASTERN = re.compile(r"(\d{4})\s*[./년]\s*(\d{1,2})\s*[./월]\s*(\d{1,2})\s*[.일]?\s*(.*)")
_WESTERN = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}),?\s*(.*)")
_CLOCK = re.compile(
    r"(오전|오후|am|pm)?\s*(\d{1,2})\s*[:시]\s*(\d{1,2})?\s*(?:[:분]\s*(\d{1,2})?)?\s*초?\s*(am|pm|[ap]\.m\.)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")

_NO_MINOR_UNITS = frozenset({"KRW", "JPY", "VND", "CLP", "ISK", "UGX"})
_SIGNS = MappingProxyType(
    {"$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "원": "KRW", "¥": "JPY", "₹": "INR"}
)
_MOST = 10**15
_REMEMBERED = 256

_CHANNELS = MappingProxyType(
    {
        Channel.CALL: "call phone voice telephone tel ivr 전화 통화 콜",
        Channel.EMAIL: "email e-mail mail 이메일 메일",
        Channel.CHAT: "chat livechat live_chat web_chat messenger bot kakao kakaotalk "
        "whatsapp 채팅 챗 "
        "상담톡 카카오톡",
        Channel.SMS: "sms text mms text_message 문자 문자메시지",
        Channel.SOCIAL: "social social_media post twitter x facebook instagram review "
        "mastodon 소셜 sns 리뷰",
        Channel.WEB: "web website visit page page_view portal app 웹 홈페이지 방문 앱",
        Channel.PURCHASE: "purchase order booking sale 구매 주문 예약",
        Channel.NOTE: "note memo comment internal 메모 노트",
    }
)
_CHANNEL_OF = MappingProxyType(
    {word: channel for channel, words in _CHANNELS.items() for word in words.split()}
)
_DIRECTION_OF = MappingProxyType(
    {
        word: direction
        for direction, words in {
            Direction.INBOUND: "inbound in incoming received from_customer 수신 인바운드",
            Direction.OUTBOUND: "outbound out outgoing sent to_customer 발신 아웃바운드",
            Direction.INTERNAL: "internal 내부",
        }.items()
        for word in words.split()
    }
)


@lru_cache(_REMEMBERED)
def channel(text: str) -> Channel:
    """Return the channel named in `text`; raises UserError naming the known ones."""
    word = "_".join(text.casefold().split())
    found = _CHANNEL_OF.get(word) or _CHANNEL_OF.get(word.replace("-", "_"))
    if found is None:
        raise UserError(
            'The channel "{text}" is not known: use one of {known}.',
            text=text[:40],
            known=", ".join(Channel),
        )
    return found


@lru_cache(_REMEMBERED)
def direction(text: str) -> Direction:
    """Return the direction named in `text`; raises UserError naming the known ones."""
    found = _DIRECTION_OF.get("_".join(text.casefold().split()))
    if found is None:
        raise UserError(
            'The direction "{text}" is not known: use one of {known}.',
            text=text[:40],
            known=", ".join(Direction),
        )
    return found


@lru_cache(_REMEMBERED)
def zone(name: str) -> tzinfo:
    """Return the zone of an IANA name or an offset such as +09:00; raises UserError."""
    offset = _OFFSET.fullmatch(name.strip())
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(
            'There is no time zone "{name}": write one such as Asia/Seoul or +09:00.',
            name=name[:40],
        ) from None


def moment(text: str, local: tzinfo = UTC, order: DateOrder = DateOrder.UNKNOWN) -> datetime:
    """Return a time in UTC; a text without a zone is in `local`.

    Takes ISO 8601, seconds or milliseconds since 1970, RFC 5322 dates, 2026.11.3 and
    2026년 11월 3일 with a clock, and day/month/year where it can be read in one way
    only or `order` says which. Raises UserError.
    """
    try:
        parsed = _moment(text.strip(), order)
        if parsed is not None:
            if parsed.tzinfo is UTC:
                return parsed
            return (parsed if parsed.tzinfo else parsed.replace(tzinfo=local)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise UserError('"{text}" is no time: write it as 2026-11-23 14:05.', text=text.strip()[:40])


def day(text: str, order: DateOrder = DateOrder.UNKNOWN) -> date:
    """Return a calendar day, whatever clock stands beside it. Raises UserError."""
    try:
        parsed = _moment(text.strip(), order)
    except (ValueError, OverflowError, OSError):
        parsed = None
    if parsed is None:
        raise UserError('"{text}" is no day: write it as 2026-11-23.', text=text.strip()[:40])
    return parsed.date()


def money(text: str, currency: str) -> Money:
    """Return an exact amount; a sign or code in `text` beats `currency`. Raises UserError."""
    problem = UserError('"{text}" is no amount: write it as 1234.50.', text=text.strip()[:40])
    code, digits = _currency(text.strip(), currency.upper())
    places = 0 if code in _NO_MINOR_UNITS else 2
    try:
        minor = Decimal(_plain_number(digits)).scaleb(places)
        if minor != minor.to_integral_value() or abs(minor) > _MOST:
            raise problem
        return Money(int(minor), code)
    except (InvalidOperation, ValueError):
        raise problem from None


def _moment(text: str, order: DateOrder) -> datetime | None:
    if text[4:5] == "-" and text[:4].isdigit():  # Nearly every time: no pattern fits this one.
        return datetime.fromisoformat(text)
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)  # noqa: PLR2004 - milliseconds
        return datetime.fromtimestamp(seconds, UTC)
    if text[:4].isdigit() and not _EASTERN.fullmatch(text):
        return datetime.fromisoformat(text)
    if eastern := _EASTERN.fullmatch(text):
        return _with_clock(int(eastern[1]), int(eastern[2]), int(eastern[3]), eastern[4])
    if western := _WESTERN.fullmatch(text):
        month, day = _month_and_day(int(western[1]), int(western[3]), western[2], order)
        return _with_clock(int(western[4]), month, day, western[5])
    return parsedate_to_datetime(text)


def _month_and_day(first: int, second: int, between: str, order: DateOrder) -> tuple[int, int]:
    """A dot means the day is first; else one over 12 or `order` must tell."""
    if between == "." or order is DateOrder.DAY_FIRST or first > 12:  # noqa: PLR2004 - months
        return second, first
    if order is DateOrder.MONTH_FIRST or second > 12 or first == second:  # noqa: PLR2004 - months
        return first, second
    raise UserError(
        "The date {first}/{second} can be read in two ways: add --dates dmy or --dates mdy.",
        first=first,
        second=second,
    )


def _with_clock(year: int, month: int, day: int, clock: str) -> datetime:
    clock = clock.strip().lstrip("T").strip()
    if not clock:
        return datetime(year, month, day)
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise ValueError(clock)
    half = (found[1] or found[5] or "").casefold().replace(".", "")
    hour = int(found[2])
    if half in {"오후", "pm"} and hour < 12:  # noqa: PLR2004 - noon
        hour += 12
    if half in {"오전", "am"} and hour == 12:  # noqa: PLR2004 - midnight
        hour = 0
    return datetime(year, month, day, hour, int(found[3] or 0), int(found[4] or 0))


def _currency(text: str, default: str) -> tuple[str, str]:
    for sign, code in _SIGNS.items():
        if sign in text:
            return code, text.replace(sign, "")
    if named := re.search(r"\b([A-Za-z]{3})\b", text):
        return named[1].upper(), text.replace(named[1], "")
    return default, text


def _plain_number(text: str) -> str:
    """Take thousands marks out: 1,234.50 and 1.234,50 and 1 234,50 and 1'234.50."""
    digits = re.sub(r"[\s'\u2019_]", "", text)
    point, comma = digits.rfind("."), digits.rfind(",")
    if point < 0 and comma < 0:
        return digits
    if point >= 0 and comma >= 0:
        mark, other = (".", ",") if point > comma else (",", ".")
        return digits.replace(other, "").replace(mark, ".")
    mark = "." if point >= 0 else ","
    thousands = digits.count(mark) > 1 or (mark == "," and re.search(r",\d{3}$", digits))
    return digits.replace(mark, "" if thousands else ".")
