# SPDX-License-Identifier: Apache-2.0
"""Cosines of one model on the scale of another: every weight and bound here was set on one.

Models differ in how close they put what has nothing in common: 0.2 with one, 0.7 with
another. What is the same is at 1 with all of them.
"""

from dataclasses import dataclass

import numpy as np

from agentassist.retrieval.check_sentences import PARAPHRASES

NAME = "unlike"
"""The name of a model's own value in its manifest."""
UNLIKE = 0.206
"""That of the bundled model, on which all weights were set."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`unlike` is the mean cosine of sentences that have nothing to do with each other."""

    unlike: float = UNLIKE

    def of(self, cosines: np.ndarray) -> np.ndarray:
        """Return cosines as the bundled model would give them; 1 stays 1, and 0 for no vector."""
        stretched = 1 - (1 - cosines) * np.float32((1 - UNLIKE) / (1 - self.unlike))
        return np.where(cosines == 0, np.float32(0), stretched)


def sentences() -> list[str]:
    """Return what `unlike_of` wants encoded: sentences of different meaning."""
    return [one for one, _ in PARAPHRASES if one.isascii()]


def unlike_of(vectors: np.ndarray) -> float:
    """Return the mean cosine of different rows of unit vectors [n, d]."""
    likeness = vectors @ vectors.T
    return float(likeness[~np.eye(len(likeness), dtype=bool)].mean())
