# SPDX-License-Identifier: Apache-2.0
"""When a suggestion is strong, possible, or better not made."""

from dataclasses import dataclass

from agentassist.domain.knowledge import Strength


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an article, in absolute terms.

    `meaning` is the best cosine of a passage or phrase, 0 where no model voted; `cover`
    the share of the query's words that one passage holds; `known` how many different
    words of the query the index knows at all; `rare` the share that is codes.
    """

    meaning: float
    cover: float
    known: int
    rare: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where possible and strong begin."""

    possible: float = 0.42
    strong: float = 0.58


def strength_of(evidence: Evidence, thresholds: Thresholds) -> Strength | None:
    """Return how sure an article is, None for not sure enough to show."""
    return Strength.POSSIBLE
