# SPDX-License-Identifier: Apache-2.0
"""Which comparison fits which fact, in words, and how a condition is put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from agentassist.domain.condition import Condition, Operator, parse
from agentassist.domain.facts import FactSpec, FactType, Plain, shown
from agentassist.domain.money import Money
from agentassist.errors import UserError

_WORDS = {
    Operator.IS: QT_TRANSLATE_NOOP("operators", "is"),
    Operator.IS_NOT: QT_TRANSLATE_NOOP("operators", "is not"),
    Operator.IN: QT_TRANSLATE_NOOP("operators", "is one of"),
    Operator.NOT_IN: QT_TRANSLATE_NOOP("operators", "is none of"),
    Operator.BETWEEN: QT_TRANSLATE_NOOP("operators", "from … to …"),
    Operator.AT_LEAST: QT_TRANSLATE_NOOP("operators", "at least"),
    Operator.MORE: QT_TRANSLATE_NOOP("operators", "more than"),
    Operator.AT_MOST: QT_TRANSLATE_NOOP("operators", "at most"),
    Operator.LESS: QT_TRANSLATE_NOOP("operators", "less than"),
}
_ORDERED = (
    Operator.AT_LEAST,
    Operator.MORE,
    Operator.AT_MOST,
    Operator.LESS,
    Operator.BETWEEN,
    Operator.IS,
    Operator.IS_NOT,
)
_FITTING = {
    FactType.BOOL: (Operator.IS,),
    FactType.ENUM: (Operator.IS, Operator.IS_NOT, Operator.IN, Operator.NOT_IN),
    FactType.INT: _ORDERED,
    FactType.MONEY: _ORDERED,
}
_LISTS = (Operator.IN, Operator.NOT_IN)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition in parts. `literals` are plain values: money in minor units."""

    fact: str
    operator: Operator
    literals: tuple[Plain, ...]


def operator_word(operator: Operator) -> str:
    """Return what an operator is called."""
    return QCoreApplication.translate("operators", str(_WORDS[operator]))


def fitting(spec: FactSpec) -> tuple[Operator, ...]:
    """Return the comparisons that make sense for a fact."""
    return _FITTING[spec.type]


def read(text: str, specs: Mapping[str, FactSpec]) -> Comparison | None:
    """Take a condition apart; None when it is not one that the choosers can show."""
    try:
        found: Condition = parse(text, specs)
    except UserError:
        return None
    if found.operator not in fitting(specs[found.fact]):
        return None
    return Comparison(found.fact, found.operator, found.literals)


def written(comparison: Comparison, spec: FactSpec) -> str:
    """Write a condition as its file has it."""
    values = [_literal(spec, value) for value in comparison.literals]
    joiner = " and " if comparison.operator is Operator.BETWEEN else ", "
    return f"{comparison.fact} {comparison.operator.value} {joiner.join(values)}"


def _literal(spec: FactSpec, value: Plain) -> str:
    text = shown(spec, value)
    return text.removesuffix(f" {spec.currency}") if spec.type is FactType.MONEY else text


def begun(spec: FactSpec) -> Comparison:
    """Return a first condition on a fact, to be changed."""
    operator = fitting(spec)[0]
    return Comparison(spec.key, operator, suited(spec, operator, ()))


def suited(spec: FactSpec, operator: Operator, before: Sequence[Plain]) -> tuple[Plain, ...]:
    """Return literals for an operator, from those that stood there where they fit."""
    kept = tuple(value for value in before if spec.admits(_typed(spec, value)))
    if operator is Operator.BETWEEN:
        low = kept[0] if kept else spec.low
        high = kept[-1] if len(kept) > 1 else spec.high
        return (low, high)
    if operator in _LISTS:
        return kept or spec.values[:1]
    return kept[:1] or (first_value(spec),)


def _typed(spec: FactSpec, value: Plain) -> bool | int | str | Money:
    if spec.type is FactType.MONEY and type(value) is int:
        return Money(value, spec.currency)
    return value


def first_value(spec: FactSpec) -> Plain:
    """Return a value to begin with."""
    if spec.type is FactType.BOOL:
        return True
    return spec.values[0] if spec.type is FactType.ENUM else spec.low
