# SPDX-License-Identifier: Apache-2.0
"""Examples that stand nearer to another type of request than to their own.

By words alone, so that the check needs no model: the cosine of tf-idf vectors over the
terms of `likeness`. Only a clear margin counts: two requests of one desk do share words.
All sentences are compared at once over an inverted index, which takes time with the number
of terms that they share instead of with the square of the sentences.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agentassist.domain.likeness import terms

NEAR = 0.6
"""How alike another type's example must be, at least."""

MARGIN = 0.3
"""By how much it must be nearer than the nearest of its own."""

_EVERYWHERE = "common"


@dataclass(frozen=True, slots=True)
class Sample:
    """One example: whose it is, its place in the file, the request and the sector it serves."""

    policy_id: str
    place: int
    request: str
    sector: str
    text: str

    def meets(self, other: "Sample") -> bool:
        """True when both can come up at one desk."""
        return _EVERYWHERE in (self.sector, other.sector) or self.sector == other.sector


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An example and the one of another type that it resembles more than its own."""

    sample: Sample
    other: Sample
    near: float
    own: float


def lookalikes(samples: Sequence[Sample]) -> list[Lookalike]:
    """Return the examples of one language that would be taken for another type."""
    vectors = _vectors([" ".join(sample.text.casefold().split()) for sample in samples])
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, weight in vector.items():
            postings[term].append((number, weight))
    found = (_compare(samples, n, _scores(vector, postings)) for n, vector in enumerate(vectors))
    return [each for each in found if each is not None]


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return vectors of length one; rare terms weigh more."""
    counts = [Counter(terms(text)) for text in texts]
    documents = Counter(term for count in counts for term in count)
    rarity = {term: math.log(1 + len(texts) / number) for term, number in documents.items()}
    return [_unit({term: n * rarity[term] for term, n in count.items()}) for count in counts]


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.hypot(*vector.values()) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _scores(
    vector: Mapping[str, float], postings: Mapping[str, Iterable[tuple[int, float]]]
) -> Mapping[int, float]:
    scores: defaultdict[int, float] = defaultdict(float)
    for term, weight in sorted(vector.items()):
        for number, other in postings[term]:
            scores[number] += weight * other
    return scores


def _compare(
    samples: Sequence[Sample], number: int, scores: Mapping[int, float]
) -> Lookalike | None:
    mine = samples[number]
    own, near, nearest = 0.0, 0.0, mine
    for at, score in scores.items():
        other = samples[at]
        if other.request == mine.request:
            own = max(own, score) if at != number else own
        elif score > near and mine.meets(other):
            near, nearest = score, other
    clear = near >= NEAR and near - own >= MARGIN
    return Lookalike(mine, nearest, near, own) if clear else None
