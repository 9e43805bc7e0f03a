# SPDX-License-Identifier: Apache-2.0
"""What a decision may rest on: declared facts, their values, and how old they may be.

A fact that is missing, too old, of the wrong type or out of its range is unknown. It is
never guessed: three-valued logic carries the unknown through to a question.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from agentassist.domain.money import Money
from agentassist.domain.verdict import Truth
from agentassist.errors import UserError

Value = bool | int | str | Money
"""Of a bool, int, enum or money fact, in this order."""

Plain = bool | int | str
"""What conditions compare: money is its minor units."""


class FactType(StrEnum):
    """The four types; each has cases that can be counted, so that rules can be proven."""

    BOOL = "bool"
    INT = "int"
    MONEY = "money"
    ENUM = "enum"


class Source(StrEnum):
    """Where a fact comes from."""

    CRM = "crm"
    ORDER = "order"
    CALL = "call"
    AGENT = "agent"
    CLOCK = "clock"


class Sensitivity(StrEnum):
    """How a fact is to be handled.

    `standing` marks what a customer is worth or feels (tier, years, mood): protected
    rules may not read it, so that nobody talks their way past a safeguard.
    """

    OPEN = "open"
    PERSONAL = "personal"
    STANDING = "standing"


class Unit(StrEnum):
    """How an int is written. Minutes of the day are written 10:30."""

    PLAIN = ""
    DAY_TIME = "time of day"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages; English stands in where the Korean is missing."""

    en: str
    ko: str = ""

    def say(self, language: str) -> str:
        """Return the sentence in `language` ("en", "ko", or a tag that starts so)."""
        return self.ko if language.startswith("ko") and self.ko else self.en


@dataclass(frozen=True, slots=True)
class FactSpec:
    """The declaration of a fact.

    `low` and `high` bound int and money (minor units of `currency`), `values` lists an
    enum. `max_age` of None means that it never gets old. `ask` is what obtains it, `name`
    what people call it, `value_names` what they call the `values`. `volunteered` marks what
    is only ever told unasked: it is never a question.
    """

    key: str
    type: FactType
    ask: Text
    low: int = 0
    high: int = 0
    values: tuple[str, ...] = ()
    currency: str = ""
    unit: Unit = Unit.PLAIN
    source: Source = Source.AGENT
    max_age: timedelta | None = None
    sensitivity: Sensitivity = Sensitivity.OPEN
    name: Text = Text("")
    volunteered: bool = False
    value_names: tuple[Text, ...] = ()

    def named_values(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return pairs of a value and what people call it; none where they call it so."""
        if not self.value_names:
            return ()
        pairs = zip(self.values, self.value_names, strict=False)
        return tuple((value, name.say(language)) for value, name in pairs)

    def called(self, language: str) -> str:
        """Return the fact's name for people, its key where it has none."""
        return self.name.say(language) or self.key

    def admits(self, value: Value) -> bool:
        """True when `value` is of the declared type and inside the range."""
        match self.type:
            case FactType.BOOL:
                return isinstance(value, bool)
            case FactType.INT:
                return type(value) is int and self.low <= value <= self.high
            case FactType.MONEY:
                return self._admits_money(value)
            case FactType.ENUM:
                return isinstance(value, str) and value in self.values

    def _admits_money(self, value: Value) -> bool:
        if not isinstance(value, Money) or value.currency != self.currency:
            return False
        return self.low <= value.minor <= self.high


@dataclass(frozen=True, slots=True)
class FactValue:
    """What is known of a fact: the value, who says so, since when (aware, UTC)."""

    value: Value
    source: Source
    at: datetime


Facts = Mapping[str, FactValue]

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_NUMBER = re.compile(r"-?\d{1,15}")
_YES = frozenset({"yes", "true", "네", "예"})
_NO = frozenset({"no", "false", "아니오", "아니요"})


def plain(value: Value) -> Plain:
    """Return the value that conditions compare."""
    return value.minor if isinstance(value, Money) else value


def worth(spec: FactSpec, bare: Plain) -> Value:
    """Return the value of a fact that conditions compare as `bare`."""
    return Money(int(bare), spec.currency) if spec.type is FactType.MONEY else bare


def parse_value(spec: FactSpec, text: str) -> Value:
    """Read a value as people and policy files write it; money in minor units.

    Raises UserError with the values that would be right.
    """
    value = _read(spec, text.strip())
    if value is None or not spec.admits(value):
        raise UserError(
            "{text} is not a value of {fact}: write {allowed}.",
            text=text.strip() or "Nothing",
            fact=spec.key,
            allowed=allowed(spec),
        )
    return value


def _read(spec: FactSpec, text: str) -> Value | None:
    match spec.type:
        case FactType.BOOL:
            return _read_bool(text.casefold())
        case FactType.ENUM:
            return text
        case FactType.INT:
            return _read_int(spec, text)
        case FactType.MONEY:
            return _read_money(spec, text)


def _read_bool(text: str) -> bool | None:
    if text in _YES:
        return True
    return False if text in _NO else None


def _read_int(spec: FactSpec, text: str) -> int | None:
    time = _TIME.fullmatch(text) if spec.unit is Unit.DAY_TIME else None
    if time:
        return int(time[1]) * 60 + int(time[2])
    return int(text) if _NUMBER.fullmatch(text) else None


def _read_money(spec: FactSpec, text: str) -> Money | None:
    number, _, currency = text.partition(" ")
    if not _NUMBER.fullmatch(number):
        return None
    return Money(int(number), currency.strip() or spec.currency)


def allowed(spec: FactSpec) -> str:
    """Describe the values of a fact for people who write policies."""
    match spec.type:
        case FactType.BOOL:
            return "yes or no"
        case FactType.ENUM:
            return "one of " + ", ".join(spec.values)
        case _:
            return f"{shown(spec, spec.low)} to {shown(spec, spec.high)}"


def shown(spec: FactSpec, value: Value) -> str:
    """Write a value as `parse_value` reads it."""
    bare = plain(value)
    if isinstance(bare, bool):
        return "yes" if bare else "no"
    if spec.type is FactType.MONEY:
        return f"{bare} {spec.currency}".strip()
    if spec.unit is Unit.DAY_TIME and isinstance(bare, int):
        return f"{bare // 60:02}:{bare % 60:02}"
    return str(bare)


def known(spec: FactSpec, fact: FactValue | None, at: datetime) -> Plain | None:
    """Return the value to compare, or None when it is unknown at this moment.

    A time stamp ahead of `at` (a clock that runs differently) counts as just now.
    """
    if fact is None or not spec.admits(fact.value):
        return None
    if spec.max_age is not None and at - fact.at > spec.max_age:
        return None
    return plain(fact.value)


def both(truths: Iterable[Truth]) -> Truth:
    """AND of three values: false wins, then unknown."""
    seen = set(truths)
    if Truth.FALSE in seen:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.TRUE


def to_json(facts: Facts) -> str:
    """Write facts as canonical JSON: the same facts always give the same text."""
    rows = {key: _row(fact) for key, fact in facts.items()}
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _row(fact: FactValue) -> dict[str, object]:
    at = fact.at.astimezone(UTC).isoformat()
    value = fact.value
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency, "source": fact.source, "at": at}
    return {"value": value, "source": fact.source, "at": at}


def from_json(text: str) -> dict[str, FactValue]:
    """Read what `to_json` wrote."""
    return {key: _fact(row) for key, row in json.loads(text).items()}


def _fact(row: Mapping[str, object]) -> FactValue:
    at = datetime.fromisoformat(str(row["at"]))
    value: object = row.get("value")
    if "minor" in row:
        value = Money(int(str(row["minor"])), str(row["currency"]))
    if not isinstance(value, bool | int | str | Money):
        raise TypeError(value)
    return FactValue(value, Source(str(row["source"])), at)
