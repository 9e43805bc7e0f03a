# SPDX-License-Identifier: Apache-2.0
"""The closed grammar of conditions: `FACT OPERATOR LITERAL`.

    hotel.hour >= 12
    order.status in packed, shipped
    order.days_since_delivery between 31 and 44

One fact, one operator, literals only: so a fact splits into a handful of ranges within
which no condition changes, and every reachable case can be looked at before a policy
goes live. There is no `and` (a list of conditions is one), no `or` (a further rule is
one), no arithmetic.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from agentassist.domain.facts import FactSpec, FactType, Plain, parse_value, plain
from agentassist.domain.verdict import Truth
from agentassist.errors import UserError


class Operator(StrEnum):
    """What a condition may compare with, as it is written."""

    IS = "is"
    IS_NOT = "is not"
    IN = "in"
    NOT_IN = "not in"
    BETWEEN = "between"
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"


Values = Mapping[str, Plain | None]
"""Facts by key; None, or a key that is not there: unknown."""

_ORDER: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.MORE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.LESS: operator.lt,
}
_LISTS = frozenset({Operator.IN, Operator.NOT_IN})
_ORDERED = frozenset({*_ORDER, Operator.BETWEEN})
_SHAPE = re.compile(
    r"(?P<fact>[A-Za-z_][\w.]*)\s*"
    r"(?P<operator>>=|<=|>|<|\bis\s+not\b|\bis\b|\bnot\s+in\b|\bin\b|\bbetween\b)"
    r"\s*(?P<literal>[^\s<>=].*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. `text` is what the author wrote, with single spaces."""

    text: str
    fact: str
    operator: Operator
    literals: tuple[Plain, ...]

    def holds(self, value: Plain) -> bool:
        """Compare a known value."""
        match self.operator:
            case Operator.IS | Operator.IN:
                return value in self.literals
            case Operator.IS_NOT | Operator.NOT_IN:
                return value not in self.literals
            case Operator.BETWEEN:
                low, high = self.literals
                return bool(_ORDER[Operator.AT_MOST](low, value)) and bool(
                    _ORDER[Operator.AT_LEAST](high, value)
                )
            case _:
                return bool(_ORDER[self.operator](value, self.literals[0]))

    def truth(self, value: Plain | None) -> Truth:
        """Compare in three values: None is unknown."""
        if value is None:
            return Truth.UNKNOWN
        return Truth.TRUE if self.holds(value) else Truth.FALSE


def truth(when: Iterable[Condition], values: Values) -> Truth:
    """AND over conditions: false wins, then unknown; an empty list is true."""
    unknown = False
    for condition in when:
        value = values.get(condition.fact)
        if value is None:
            unknown = True
        elif not condition.holds(value):
            return Truth.FALSE
    return Truth.UNKNOWN if unknown else Truth.TRUE


def undecided(rules: Iterable[Sequence[Condition]], values: Values) -> tuple[str, ...]:
    """Return the facts that keep any of some rules unknown, in the author's order."""
    return lacking((when for when in rules if truth(when, values) is Truth.UNKNOWN), values)


def lacking(rules: Iterable[Sequence[Condition]], values: Values) -> tuple[str, ...]:
    """Return the facts of some rules that are unknown, in the author's order."""
    facts = (c.fact for when in rules for c in when if values.get(c.fact) is None)
    return tuple(dict.fromkeys(facts))


def parse(text: str, specs: Mapping[str, FactSpec]) -> Condition:
    """Read one condition.

    Raises UserError with a sentence for the author when the shape, the fact, the
    operator or the literal is wrong.
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise UserError(
            'Write "{text}" as FACT OPERATOR VALUE, for example "hotel.hour >= 12". '
            "Operators: is, is not, in, not in, between A and B, >, >=, <, <=.",
            text=text.strip(),
        )
    spec = spec_of(found["fact"], specs)
    sign = Operator(" ".join(found["operator"].split()))
    _check_order(spec, sign)
    literals = tuple(plain(parse_value(spec, part)) for part in _parts(sign, found["literal"]))
    _check_span(sign, literals, text)
    return Condition(" ".join(text.split()), spec.key, sign, literals)


def spec_of(key: str, specs: Mapping[str, FactSpec]) -> FactSpec:
    """Return the declaration of a fact. Raises UserError naming the nearest one."""
    if key in specs:
        return specs[key]
    near = get_close_matches(key, specs, n=1)
    if near:
        raise UserError("There is no fact {fact}: did you mean {near}?", fact=key, near=near[0])
    raise UserError("There is no fact {fact}: declare it in facts.toml.", fact=key)


def _check_order(spec: FactSpec, sign: Operator) -> None:
    if sign in _ORDERED and spec.type in (FactType.BOOL, FactType.ENUM):
        raise UserError(
            "{fact} has no order, so {operator} does not fit: use is, is not, in or not in.",
            fact=spec.key,
            operator=sign.value,
        )


def _parts(sign: Operator, literal: str) -> list[str]:
    if sign in _LISTS:
        return literal.split(",")
    if sign is not Operator.BETWEEN:
        return [literal]
    low, word, high = re.sub(r"\s+", " ", literal).partition(" and ")
    if not word or " and " in high:
        raise UserError('Write "between A and B" with two values: {literal}.', literal=literal)
    return [low, high]


def _check_span(sign: Operator, literals: tuple[Plain, ...], text: str) -> None:
    if sign is Operator.BETWEEN and _ORDER[Operator.MORE](literals[0], literals[1]):
        raise UserError(
            '"{text}" can never be true: write the smaller value first.', text=text.strip()
        )
