# SPDX-License-Identifier: Apache-2.0
"""When a suggestion is strong, possible, or better not made.

Set on the development sets: of quiet turns in service chats 1 to 8 in a hundred bring
something up, of questions out of every scope 1 to 11, of real customers' openings 81 to
98 (the ranges are over three knowledge bases). A question of the same trade that the
knowledge base does not answer is still the hard case: one in three brings something up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from agentassist.domain.knowledge import Strength

_CLOSE_PHRASE = 0.5
_FEWEST_MATCHES = 2
_CODE_COVER = 0.3
_COVER_HELPS = 0.1


class Basis(Enum):
    """What a score rests on: each has its own scale."""

    MEANING = "meaning"
    WORDS = "words"
    KOREAN_WORDS = "Korean words"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an article, in absolute terms.

    `meaning` is the best cosine of a passage or phrase, 0 where no model voted; `phrase`
    the closest title or question alone; `cover` the share of the query's information
    that one passage holds; `rare` the share that lies in codes the index knows;
    `matched` how many of the `asked` terms stand in the passage.
    """

    meaning: float
    phrase: float
    cover: float
    rare: float
    matched: int
    asked: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where possible and strong begin on one scale."""

    possible: float
    strong: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The bounds of each basis."""

    bounds: Mapping[Basis, Bounds] = field(
        default_factory=lambda: {
            Basis.MEANING: Bounds(possible=0.44, strong=0.60),
            Basis.WORDS: Bounds(possible=0.42, strong=0.90),
            Basis.KOREAN_WORDS: Bounds(possible=0.24, strong=0.42),
        }
    )


def strength_of(evidence: Evidence, thresholds: Thresholds) -> Strength | None:
    """Return how sure an article is, None for not sure enough to show."""
    if evidence.rare > 0 and evidence.cover >= _CODE_COVER:
        return Strength.STRONG
    bounds = thresholds.bounds[evidence.basis]
    value = _surety(evidence)
    if value >= bounds.strong:
        return Strength.STRONG
    return Strength.POSSIBLE if value >= bounds.possible else None


def is_close(evidence: Evidence) -> bool:
    """Tell whether the closest phrase is close enough to be named as the reason."""
    return evidence.phrase >= _CLOSE_PHRASE


def _surety(evidence: Evidence) -> float:
    if evidence.basis is Basis.MEANING:
        return evidence.meaning + _COVER_HELPS * min(evidence.cover, 1.0)
    return evidence.cover if _enough_words(evidence) else 0.0


def _enough_words(evidence: Evidence) -> bool:
    """One word is enough only where one word was asked: chance brings single matches."""
    return evidence.matched >= min(_FEWEST_MATCHES, evidence.asked) > 0
