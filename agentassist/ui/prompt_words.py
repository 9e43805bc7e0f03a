# SPDX-License-Identifier: Apache-2.0
"""What a prompt shows in words: times, values, conditions, who signs."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from agentassist.domain.money import Money
from agentassist.domain.verdict import (
    Authority,
    ConditionResult,
    Offer,
    Period,
    Pressure,
    Span,
    Tone,
    WayToYes,
)
from agentassist.ui.formats import amount
from agentassist.ui.prompt_times import age_words, within
from agentassist.ui.words import state, word

Names = Sequence[tuple[str, str]]

_MONEY = re.compile(r"(-?\d+) ([A-Z]{3})")
_OPERATOR = re.compile(
    r"\S+\s*(?P<sign>>=|<=|>|<|\bis not\b|\bis\b|\bnot in\b|\bin\b|\bbetween\b)\s*(?P<rest>.+)"
)
_TONES = {
    Tone.CALM: QT_TRANSLATE_NOOP("prompt", "Calm"),
    Tone.HURRIED: QT_TRANSLATE_NOOP("prompt", "Hurried"),
    Tone.UPSET: QT_TRANSLATE_NOOP("prompt", "Upset"),
}
_PRESSURE = {
    Pressure.BEGGING: QT_TRANSLATE_NOOP("prompt", "begging"),
    Pressure.HURRY: QT_TRANSLATE_NOOP("prompt", "hurry"),
    Pressure.AUTHORITY: QT_TRANSLATE_NOOP("prompt", "pulling rank"),
    Pressure.THREAT: QT_TRANSLATE_NOOP("prompt", "threat"),
}
_SOURCES = {
    "crm": QT_TRANSLATE_NOOP("prompt", "from the customer's record"),
    "order": QT_TRANSLATE_NOOP("prompt", "from the order"),
    "call": QT_TRANSLATE_NOOP("prompt", "from the call"),
    "agent": QT_TRANSLATE_NOOP("prompt", "found out by you"),
    "clock": QT_TRANSLATE_NOOP("prompt", "from the clock"),
}
_ROLES = {
    "agent": QT_TRANSLATE_NOOP("prompt", "you decide"),
    "lead": QT_TRANSLATE_NOOP("prompt", "your lead signs"),
    "supervisor": QT_TRANSLATE_NOOP("prompt", "your supervisor signs"),
}
_CATEGORIES = {
    "safety": QT_TRANSLATE_NOOP("prompt", "Safety"),
    "security": QT_TRANSLATE_NOOP("prompt", "Security"),
    "privacy": QT_TRANSLATE_NOOP("prompt", "Privacy"),
    "health": QT_TRANSLATE_NOOP("prompt", "Health"),
    "ethics": QT_TRANSLATE_NOOP("prompt", "Ethics"),
}
_PERIODS = {
    Period.ACTION: QT_TRANSLATE_NOOP("prompt", "your limit is {limit}"),
    Period.CUSTOMER: QT_TRANSLATE_NOOP("prompt", "{limit} is left for this customer in 90 days"),
    Period.DAY: QT_TRANSLATE_NOOP("prompt", "{limit} is left of your day"),
}
_SIGNS = {
    "is": "{value}",
    "in": "{value}",
    "is not": QT_TRANSLATE_NOOP("prompt", "not {value}"),
    "not in": QT_TRANSLATE_NOOP("prompt", "not {value}"),
    ">=": QT_TRANSLATE_NOOP("prompt", "at least {value}"),
    ">": QT_TRANSLATE_NOOP("prompt", "more than {value}"),
    "<=": QT_TRANSLATE_NOOP("prompt", "at most {value}"),
    "<": QT_TRANSLATE_NOOP("prompt", "less than {value}"),
}


def _said(text: object) -> str:
    return QCoreApplication.translate("prompt", str(text))


def tone_word(tone: Tone) -> str:
    """Return what a tone is called."""
    return _said(_TONES[tone])


def pressure_word(pressure: Pressure) -> str:
    """Return what a kind of pressure is called."""
    return _said(_PRESSURE[pressure])


def category_word(category: str) -> str:
    """Return what a ground of protection is called."""
    return _said(_CATEGORIES.get(category, category))


def signs(authority: Authority | None) -> str:
    """Return who signs: the agent, or the smallest role that may."""
    if authority is None or authority.within:
        return _said(_ROLES["agent"])
    if not authority.signer:
        return QCoreApplication.translate("prompt", "above everybody's limit")
    return _said(_ROLES.get(authority.signer, authority.signer))


def limit_words(authority: Authority) -> str:
    """Return amount, limit and who signs in one line; empty where nothing is to be signed."""
    if authority.amount is None or authority.limit is None:
        return ""
    limit = _said(_PERIODS[authority.period]).format(limit=amount(authority.limit))
    return f"{amount(authority.amount)}: {signs(authority)} ({limit})"


def about_offer(offer: Offer) -> str:
    """Return owner, time, cost and who signs of an alternative."""
    parts = [word(offer.owner), within(offer.within_hours)]
    if offer.cost and offer.cost.minor:
        cost = QCoreApplication.translate("prompt", "costs us {amount}")
        parts.append(cost.format(amount=amount(offer.cost)))
    return " · ".join([*parts, signs(offer.authority)])


def order_words(offer: Offer) -> str:
    """Return what speaks for an alternative: the needs it meets, how soon, and its cost."""
    parts = [within(offer.within_hours)]
    if offer.reasons:
        meets = QCoreApplication.translate("prompt", "brings {needs}")
        parts.insert(0, meets.format(needs=", ".join(offer.reasons)))
    if offer.cost and offer.cost.minor:
        cost = QCoreApplication.translate("prompt", "costs us {amount}")
        parts.append(cost.format(amount=amount(offer.cost)))
    return " · ".join(parts)


def value_words(value: str, names: Names = ()) -> str:
    """Return a fact's value, given as facts are written, as people say it.

    `names` pairs values with what people call them; without, the usual ones are known.
    """
    if named := dict(names).get(value):
        return named
    if money := _MONEY.fullmatch(value):
        return amount(Money(int(money[1]), money[2]))
    if value in ("yes", "no"):
        yes = QCoreApplication.translate("prompt", "yes")
        return yes if value == "yes" else QCoreApplication.translate("prompt", "no")
    known = state(value)
    return known if known != value else value.replace("_", " ")


def answer_words(value: str, names: Names = ()) -> str:
    """Return a fact's value as it stands on a button."""
    text = value_words(value, names)
    return text[:1].upper() + text[1:]


def source_words(source: str, age_seconds: int | None) -> str:
    """Return where a value comes from and how old it is; empty where nothing is known."""
    parts = [_said(_SOURCES.get(source, source))] if source else []
    if age_seconds is not None:
        parts.append(age_words(age_seconds))
    return ", ".join(parts)


def condition_words(item: ConditionResult) -> str:
    """Return a condition with its fact's name in place of its key."""
    found = _OPERATOR.fullmatch(item.condition)
    name = item.name or item.fact
    if found is None:
        return item.condition
    sign, rest = found["sign"], found["rest"]
    if sign == "between":
        low, _, high = rest.partition(" and ")
        return f"{name}: {_range(low, high)}"
    values = _either([value_words(part.strip(), item.names) for part in rest.split(",")])
    return f"{name}: {_said(_SIGNS[sign]).format(value=values)}"


def way_words(way: tuple[WayToYes, ...]) -> str:
    """Return a way to a yes: what each fact would have to be, and what it is now."""
    return "; ".join(_needed(item) for item in way)


def _needed(item: WayToYes) -> str:
    wanted = f"{item.name}: {_either([_span(span, item.names) for span in item.needed])}"
    if not item.now:
        return wanted
    now = QCoreApplication.translate("prompt", "now {value}")
    return f"{wanted} ({now.format(value=value_words(item.now, item.names))})"


def _span(span: Span, names: Names) -> str:
    if not span.low and not span.high:
        return QCoreApplication.translate("prompt", "any")
    if span.low == span.high:
        return value_words(span.low, names)
    if not span.low:
        return _said(_SIGNS["<="]).format(value=value_words(span.high))
    if not span.high:
        return _said(_SIGNS[">="]).format(value=value_words(span.low))
    return _range(span.low, span.high)


def _range(low: str, high: str) -> str:
    text = QCoreApplication.translate("prompt", "{low} to {high}")
    return text.format(low=value_words(low), high=value_words(high))


def _either(values: list[str]) -> str:
    joined = QCoreApplication.translate("prompt", "{first} or {second}")
    text = values[0]
    for value in values[1:]:
        text = joined.format(first=text, second=value)
    return text
