# SPDX-License-Identifier: Apache-2.0
"""What led to an article before votes for it now: kernel ridge regression near the query.

The nearest known phrases are asked which article they lead to. Unlike nearest neighbours
they are weighed against each other: ten that say the same count little more than one,
and what leads elsewhere next door counts against. Nothing is trained, so one linked
contact counts at once, and a vote that rests on little, or on old contacts, stays small.

With kernel K(a, b) = exp(g (cos(a, b) - 1)) and noise n of each phrase the weights are
w = (K + diag(n))^-1 k, where k are the kernels to the query (Rasmussen and Williams 2006,
equation 2.25, local to the query). An article's vote is the sum over its phrases, about 1
when the query is one of them, about 0 when nothing is near.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from agentassist.retrieval.phrases import PhraseKind
from agentassist.retrieval.scale import Scale

NEIGHBOURS = 128
_SHARPNESS = 2.0
# A question of the author is nearly sure; what was said when an agent linked the article may
# have been about other things too. Titles and answers hardly vote: they are counted apart.
_NOISE = {
    PhraseKind.TITLE: 10.0,
    PhraseKind.ANSWER: 10.0,
    PhraseKind.QUESTION: 0.5,
    PhraseKind.LINKED: 0.7,
    PhraseKind.USED: 1.4,
    PhraseKind.DISMISSED: 2.8,
}
# What solved it last month says more than what solved it three years ago.
_DAYS_TO_DOUBLE = 365.0


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The known phrases nearest to a query: n rows, float32 cosines [n], vectors [n, d].

    The cosines are on the scale already that those of the vectors are to be read on.
    """

    rows: tuple[int, ...]
    cosines: np.ndarray
    vectors: np.ndarray
    scale: Scale = field(default_factory=Scale)


def votes(near: Neighbours, kinds: Sequence[PhraseKind], ages: Sequence[int]) -> np.ndarray:
    """Return how much each phrase says for its article, float64 [n]; negative is against.

    `ages` are by how many days a contact is older than the newest one near, 0 for what an
    author wrote: where all are old, none is worth less for it.
    """
    vectors = near.vectors.astype(np.float64)
    noise = np.array([_NOISE[kind] for kind in kinds]) * 2 ** (np.array(ages) / _DAYS_TO_DOUBLE)
    sign = np.array([-1.0 if kind is PhraseKind.DISMISSED else 1.0 for kind in kinds])
    kernel = np.exp(_SHARPNESS * (near.scale.of(vectors @ vectors.T) - 1))
    kernel[np.diag_indices_from(kernel)] += noise
    weights = np.linalg.solve(kernel, np.exp(_SHARPNESS * (near.cosines - 1.0)))
    said: np.ndarray = sign * weights
    return said
