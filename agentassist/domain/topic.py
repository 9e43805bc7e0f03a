# SPDX-License-Identifier: Apache-2.0
"""Whether a turn goes on with the open request, says it again, or opens another one."""

from agentassist.domain import turn_words as lists
from agentassist.domain.turn import Turn

_FEW = 2
_SHORT = 4
_MOST_SHARED = 0.6
_ENOUGH_SHARED = 0.25


def insists(turn: Turn) -> bool:
    """Tell whether a turn wants something or names what is to be done ("order id" does not)."""
    acts = lists.ACTS.search(turn.substance) and not lists.DATA.search(turn.folded)
    return bool(acts or lists.WANTS.search(turn.substance))


def says_again(turn: Turn, request: Turn) -> bool:
    """Tell whether a turn holds most of what the open request said."""
    return len(turn.terms & request.terms) >= _MOST_SHARED * max(1, len(request.terms))


def is_new(turn: Turn, request: Turn) -> bool:
    """Tell whether a turn opens another request rather than going on with the open one.

    It says enough to stand alone, shares little with the open request, and wants or asks
    for something or announces another matter: a trouble alone explains what was asked.
    """
    if _leans(turn) or _shared(turn, request) >= _ENOUGH_SHARED:
        return False
    marks = (lists.WANTS, lists.ASKS, lists.MORE)
    return any(mark.search(text) for mark in marks for text in (turn.substance, turn.folded))


def _leans(turn: Turn) -> bool:
    """Tell whether a turn needs what was said before it: it points at it, or says too little.

    Two words are enough where one of them is what is to be done: cancel my order.
    """
    if lists.POINTING & set(turn.substance.split()):
        return turn.weight <= _SHORT
    acts = lists.ACTS.search(turn.substance) is not None
    return turn.weight < _FEW + (not acts)


def _shared(turn: Turn, request: Turn) -> float:
    mine = turn.terms
    return len(mine & request.terms) / max(1, min(len(mine), len(request.terms)))
