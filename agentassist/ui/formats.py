# SPDX-License-Identifier: Apache-2.0
"""Times and amounts as people of the interface's language write them."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from agentassist.domain.amounts import WHOLE
from agentassist.domain.money import Money


def day(at: datetime, now: datetime) -> str:
    """Return the day in words where it is near (local time), else as a date."""
    return _day(at.astimezone().date(), now.astimezone().date(), QLocale().language().value)


@lru_cache(1_000)
def _day(local: date, today: date, language: int) -> str:
    distance = (today - local).days
    if distance == 0:
        return QCoreApplication.translate("formats", "Today")
    if distance == 1:
        return QCoreApplication.translate("formats", "Yesterday")
    style = "d MMMM" if local.year == today.year else "d MMMM yyyy"
    if language == QLocale.Language.Korean.value:
        style = "M월 d일" if local.year == today.year else "yyyy년 M월 d일"
    return QLocale().toString(QDate(local.year, local.month, local.day), style)


def date_of(given: date) -> str:
    """Return a day as a date, with its year."""
    korean = QLocale().language() is QLocale.Language.Korean
    style = "yyyy년 M월 d일" if korean else "d MMM yyyy"
    return QLocale().toString(QDate(given.year, given.month, given.day), style)


def clock(at: datetime) -> str:
    """Return hour and minute, local."""
    return f"{at.astimezone():%H:%M}"


def day_and_clock(at: datetime, now: datetime) -> str:
    """Return day and time, local."""
    return f"{day(at, now)} {clock(at)}"


def lasting(span: timedelta) -> str:
    """Return a duration as minutes and seconds, with hours where there are any."""
    seconds = max(0, int(span.total_seconds()))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def lasting_words(seconds: int) -> str:
    """Return how long somebody stayed, in words: seconds, else whole minutes."""
    if seconds < 60:  # noqa: PLR2004  a minute
        return QCoreApplication.translate("formats", "{count} s").format(count=seconds)
    minutes = round(seconds / 60)
    return QCoreApplication.translate("formats", "{count} min").format(count=minutes)


def language_name(code: str) -> str:
    """Return what a language calls itself; the code where it is not known."""
    known = QLocale(code)
    if known.language() is QLocale.Language.English:
        return "English"  # Qt's own name for it is that of one country
    return known.nativeLanguageName() or code


def roughly(span: timedelta) -> str:
    """Return a duration in its one or two largest units: 2 d 4 h, 3 h 5 min, 12 min, now."""
    minutes = int(abs(span.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, QCoreApplication.translate("formats", "{n} d")),
        (hours, QCoreApplication.translate("formats", "{n} h")),
        (rest if not days else 0, QCoreApplication.translate("formats", "{n} min")),
    ]
    said = [text.format(n=number) for number, text in parts if number]
    return " ".join(said) or QCoreApplication.translate("formats", "under a minute")


def amount(money: Money) -> str:
    """Return an amount with its currency; minor units are ISO 4217's two digits or none."""
    digits = decimals(money.currency)
    return QLocale().toCurrencyString(money.minor / 10**digits, symbol(money.currency), digits)


def decimals(currency: str) -> int:
    """Return how many digits the minor units of a currency have."""
    return 0 if currency in WHOLE else 2


def utc_now() -> datetime:
    """Return the present time, aware."""
    return datetime.now(UTC)


def symbol(currency: str) -> str:
    """Return the sign of a currency, its code where it has none here."""
    return {"USD": "$", "EUR": "€", "GBP": "£", "KRW": "₩", "JPY": "¥"}.get(
        currency, currency + " "
    )
