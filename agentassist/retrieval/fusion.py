# SPDX-License-Identifier: Apache-2.0
"""How the votes of words and meaning become one order of articles.

Votes are absolute (a cosine, a share of the query covered), so that the lexical half
fades by itself on long talk, of which no passage covers much, and speaks up on a short
query whose words all stand in one passage. Weights were set on the development sets.
"""

from dataclasses import dataclass

import numpy as np

WORDS_WEIGHT = 0.25
RARE_WEIGHT = 1.5
SECOND_MEANING = 0.1
PHRASE_WEIGHT = 0.1
PHRASE_FACTOR = 0.95
_FURTHER_COVERS = (1.0, 0.3, 0.15)


@dataclass(frozen=True, slots=True)
class Votes:
    """What speaks for one article: the best passage first.

    `cosines` and `covers` are of its passages, in the same order; `phrase` is the
    cosine of its closest title or question. `cosines` and `phrase` are 0 without a model.
    """

    cosines: np.ndarray
    covers: np.ndarray
    phrase: float = 0.0


def words_weight(rare: float) -> float:
    """Return the weight of the lexical vote: more the more of the query is codes."""
    return WORDS_WEIGHT + RARE_WEIGHT * rare


def meaning(votes: Votes) -> float:
    """Return the semantic vote: best passage or phrase, helped by the second passage."""
    ordered = np.sort(votes.cosines)[::-1]
    best = float(ordered[0]) if len(ordered) else 0.0
    second = float(ordered[1]) if len(ordered) > 1 else 0.0
    own = max(best, PHRASE_FACTOR * votes.phrase)
    return own + SECOND_MEANING * max(0.0, second) + PHRASE_WEIGHT * votes.phrase


def coverage(votes: Votes) -> float:
    """Return the lexical vote: the best passage and, lightly, the next two."""
    ordered = np.sort(votes.covers)[::-1][: len(_FURTHER_COVERS)]
    return float(np.dot(ordered, _FURTHER_COVERS[: len(ordered)]))


def fused(votes: Votes, rare: float) -> float:
    """Return the score of an article where both halves vote."""
    return meaning(votes) + words_weight(rare) * coverage(votes)


def best_passage(votes: Votes, rare: float) -> int:
    """Return the place in `votes` of the passage to show."""
    return int(np.argmax(votes.cosines + words_weight(rare) * votes.covers))
