# SPDX-License-Identifier: Apache-2.0
"""When to search: whether a turn asks for something that articles could answer.

A logistic regression over what a turn does and where it stands in the conversation. It
knows no trade and needs no model: words of wanting, asking, failing and acting count as
cues, whichever they are, since what they weigh apart does not hold from trade to trade.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agentassist.domain import turn_words as lists
from agentassist.domain.turn import Turn, cues, names_a_datum, tells_what_is_done

_MATTER = 2
_FULL = 4


class Attention(StrEnum):
    """What a turn is worth: leave the cards, show only what is sure, or search."""

    SILENT = "silent"
    QUIET = "quiet"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Past:
    """What of a conversation matters to the next turn.

    `asked` when a turn had a cue; `said` when one had a matter; `open` are the terms of what
    was asked last.
    """

    asked: bool = False
    said: bool = False
    open: frozenset[str] = frozenset()

    def after(self, turn: Turn) -> "Past":
        """Return the past of the turn that follows."""
        plain = not turn.data
        request = (
            plain
            and bool(turn.content)
            and cues(turn.substance) > 0
            and not tells_what_is_done(turn)
        )
        return Past(
            self.asked or request,
            self.said or (plain and turn.weight >= _MATTER),
            turn.terms if request else self.open,
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """Weights by feature, `bias`, and the scores from which a turn is quiet or a search."""

    weights: Mapping[str, float]
    bias: float
    quiet: float
    search: float

    def score(self, turn: Turn, past: Past) -> float:
        """Return how likely a turn is a request, 0 to 1."""
        found = features(turn, past)
        return _logistic(self.bias + sum(self.weights[key] * found[key] for key in self.weights))

    def attention(self, turn: Turn, score: float) -> Attention:
        """Return what a turn with this score calls for.

        Kind words alone, and a name or number without a word of wanting, call for nothing.
        """
        if not turn.substance or (names_a_datum(turn) and not cues(turn.substance)):
            return Attention.SILENT
        if score >= self.search:
            return Attention.SEARCH
        return Attention.QUIET if score >= self.quiet else Attention.SILENT


def features(turn: Turn, past: Past) -> dict[str, float]:
    """Return what the gate weighs, each about 0 to 1."""
    return _of_turn(turn) | _of_place(turn, past)


def _of_turn(turn: Turn) -> dict[str, float]:
    matter, found = turn.weight, cues(turn.substance)
    length = len(turn.substance.split())
    return {
        "no matter": float(matter == 0),
        "one word": float(matter == 1),
        "length": math.log1p(length) / 3,
        "share of data": turn.data / max(1, length),
        "data": float(turn.data > 0),
        "names a datum": float(names_a_datum(turn)),
        "cue": float(found > 0),
        "two cues": float(found > 1),
        "more": float(bool(lists.MORE.search(turn.substance))),
        "own": float(bool(lists.OWN.search(turn.substance))),
        "please": float("please" in turn.folded.split() or "주세요" in turn.folded),
        "done": float(tells_what_is_done(turn)),
    }


def _of_place(turn: Turn, past: Past) -> dict[str, float]:
    mine = turn.terms
    return {
        "after a request": float(past.asked),
        "after a matter": float(past.said),
        "about the same": len(mine & past.open) / len(mine) if mine else 0.0,
        "first matter": 0.0 if past.said else min(turn.weight, _FULL) / _FULL,
    }


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))
