# SPDX-License-Identifier: Apache-2.0
"""Comparing sentences by meaning with the model of the moment, for matching requests."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agentassist.retrieval.analyzer import query_text
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.remembered import RememberedVectors
from agentassist.retrieval.scale import NAME, Scale


@dataclass(frozen=True, slots=True)
class ModelMeaning:
    """One model, and the vectors it has made so far: a switch of models gives another."""

    encoder: Encoder
    remembered: RememberedVectors = field(default_factory=RememberedVectors)

    @property
    def model(self) -> str:
        """The model's digest."""
        return self.encoder.digest

    def speaks(self, language: str) -> bool:
        """Tell whether the model was made for a language."""
        return self.encoder.speaks(language)

    def likeness(self, texts: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        """Return for each text how alike it is to each sentence, on the bundled model's scale.

        Raises:
            Unavailable: the model was closed.
        """
        if not texts or not sentences:
            return [[0.0] * len(sentences) for _ in texts]
        known = self.remembered.of(self.encoder, sentences)
        vectors = self.encoder.encode_query([query_text(text) for text in texts])
        scale = Scale(*self.encoder.calibration.get(NAME, ()))
        found: list[list[float]] = scale.of(vectors @ known.T).tolist()
        return found
