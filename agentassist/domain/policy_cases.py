# SPDX-License-Identifier: Apache-2.0
"""Every case that the conditions of a policy can tell apart.

A condition compares one fact with literals, so the range of a fact falls into cells in
which no condition changes its truth. One value of each cell stands for all of it: the
product of the cells is a complete, finite set of cases.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from agentassist.domain.condition import Condition, Operator
from agentassist.domain.facts import FactSpec, FactType, Plain

Case = Mapping[str, Plain]

LARGEST = 200_000
"""How many cases a policy may have: beyond it nobody understands it either."""


WORK = 4_000_000
"""How many conditions may be looked at to prove one policy: some seconds of patience."""


def cells(spec: FactSpec, conditions: Iterable[Condition]) -> tuple[Plain, ...]:
    """Return one value of each cell of a fact, ascending (or as the enum lists them)."""
    if spec.type is FactType.BOOL:
        return (True, False)
    if spec.type is FactType.ENUM:
        return spec.values
    edges = {spec.low}
    for condition in conditions:
        if condition.fact == spec.key:
            edges.update(_edges(condition))
    return tuple(sorted(edge for edge in edges if spec.low <= edge <= spec.high))


def _edges(condition: Condition) -> Iterator[int]:
    """Yield the first value of each cell that a condition begins."""
    numbers = [int(literal) for literal in condition.literals]
    match condition.operator:
        case Operator.AT_LEAST | Operator.LESS:
            yield numbers[0]
        case Operator.MORE | Operator.AT_MOST:
            yield numbers[0] + 1
        case Operator.BETWEEN:
            yield numbers[0]
            yield numbers[1] + 1
        case _:
            yield from numbers
            yield from (number + 1 for number in numbers)


def axes(
    conditions: Sequence[Condition], specs: Mapping[str, FactSpec]
) -> dict[str, tuple[Plain, ...]]:
    """Return the cells of every fact that the conditions read, in order of appearance."""
    facts = dict.fromkeys(condition.fact for condition in conditions)
    return {fact: cells(specs[fact], conditions) for fact in facts}


def count(table: Mapping[str, Sequence[Plain]]) -> int:
    """Return the number of cases."""
    return prod(len(values) for values in table.values())


def exceeds(table: Mapping[str, Sequence[object]], conditions: int) -> bool:
    """True where the cases, or the conditions to look at in all of them, are too many."""
    number = prod(len(values) for values in table.values())
    return number > LARGEST or number * conditions > WORK


def cases(table: Mapping[str, Sequence[Plain]]) -> Iterator[Case]:
    """Yield every case."""
    names = tuple(table)
    return (dict(zip(names, values, strict=True)) for values in product(*table.values()))
