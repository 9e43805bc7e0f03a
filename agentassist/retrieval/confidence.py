# SPDX-License-Identifier: Apache-2.0
"""When a suggestion is strong, possible, or better not made.

Two things can make an article sure: a passage that is close, and phrases that led to it
before. The second is a logistic regression, set on the development sets of intents (their
training parts indexed, their test parts asked, each set with the same weight), on how
much the phrases vote, how near the nearest is, and how the knowledge base itself is made:
where there are many phrases an article, a smaller vote is enough; where phrases of
different articles lie close to each other, more is needed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from agentassist.domain.knowledge import Strength

POSSIBLE = 0.40
STRONG = 0.75
_CLOSE_PHRASE = 0.5
_FEWEST_MATCHES = 2
_CODE_COVER = 0.3
_CODE_SHARE = 0.25
_COVER_HELPS = 0.1

_VOTE = 7.93
_NEAREST = 1.04
_SAID_COVER = 1.62
_DENIED = -1.08
_LENGTH = 0.58
_DENSITY = 0.36
_RIVALRY = -4.16
_REST = -5.41


class Basis(Enum):
    """What a score rests on: each has its own scale."""

    MEANING = "meaning"
    WORDS = "words"
    KOREAN_WORDS = "Korean words"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a knowledge base tells of itself.

    `density` is the logarithm of known phrases an article, of those that have any.
    `rivalry` is how close the nearest phrase of another article is on average, a cosine.
    """

    density: float = math.log(4)
    rivalry: float = 0.55


@dataclass(frozen=True, slots=True)
class Said:
    """What phrases say for an article; all 0 where none is known.

    `vote` as in `vote.votes`; `nearest` the best cosine of a phrase; `cover` the share of
    the query's information that one phrase holds; `denied` when the query denies or
    complains and the phrases do not; `words` how many words the query has.
    """

    vote: float = 0.0
    nearest: float = 0.0
    cover: float = 0.0
    denied: bool = False
    words: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an article, in absolute terms.

    `meaning` is the best cosine of a passage, 0 where no model voted; `phrase` that of the
    closest title or question; `cover` the share of the query's information that one
    passage holds; `rare` the share that lies in codes the index knows; `matched` how many
    of the `asked` terms stand in the passage.
    """

    meaning: float
    phrase: float
    cover: float
    rare: float
    matched: int
    asked: int
    basis: Basis
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where possible and strong begin on one scale."""

    possible: float
    strong: float


BOUNDS: Mapping[Basis, Bounds] = {
    Basis.MEANING: Bounds(possible=0.40, strong=0.60),
    Basis.WORDS: Bounds(possible=0.42, strong=0.90),
    Basis.KOREAN_WORDS: Bounds(possible=0.29, strong=0.45),
}


def confidence(evidence: Evidence, calibration: Calibration) -> float:
    """Return how likely it is that an article answers, 0..1."""
    if evidence.rare >= _CODE_SHARE and evidence.cover >= _CODE_COVER:
        return 1.0
    return max(_of_passages(evidence), _of_phrases(evidence.said, calibration))


def strength_of(likely: float) -> Strength | None:
    """Return how sure an article is, None for not sure enough to show."""
    if likely >= STRONG:
        return Strength.STRONG
    return Strength.POSSIBLE if likely >= POSSIBLE else None


def is_close(evidence: Evidence) -> bool:
    """Tell whether the closest phrase is close enough to be named as the reason."""
    return evidence.phrase >= _CLOSE_PHRASE


def _of_passages(evidence: Evidence) -> float:
    """Return the likelihood on a line through both bounds, in log odds."""
    bounds = BOUNDS[evidence.basis]
    share = (_surety(evidence) - bounds.possible) / (bounds.strong - bounds.possible)
    return _logistic(_odds(POSSIBLE) + share * (_odds(STRONG) - _odds(POSSIBLE)))


def _of_phrases(said: Said, calibration: Calibration) -> float:
    if said.vote <= 0:
        return 0.0
    return _logistic(
        _VOTE * math.sqrt(min(1.0, said.vote))
        + _NEAREST * said.nearest
        + _SAID_COVER * min(1.2, said.cover)
        + _DENIED * said.denied
        + _LENGTH * math.log(1 + said.words)
        + _DENSITY * calibration.density
        + _RIVALRY * calibration.rivalry
        + _REST
    )


def _surety(evidence: Evidence) -> float:
    if evidence.basis is Basis.MEANING:
        closest = max(evidence.meaning, evidence.phrase if not evidence.said.vote else 0.0)
        return closest + _COVER_HELPS * min(evidence.cover, 1.0)
    return evidence.cover if _enough_words(evidence) else 0.0


def _enough_words(evidence: Evidence) -> bool:
    """One word is enough only where one word was asked: chance brings single matches."""
    return evidence.matched >= min(_FEWEST_MATCHES, evidence.asked) > 0


def _odds(likely: float) -> float:
    return math.log(likely / (1 - likely))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
