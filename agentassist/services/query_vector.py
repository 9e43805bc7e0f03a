# SPDX-License-Identifier: Apache-2.0
"""The vector of what is asked, and the model it belongs to: two models never mix."""

from dataclasses import dataclass

import numpy as np

from agentassist.retrieval.analyzer import query_text, spoken_by
from agentassist.retrieval.encoder import Encoder


@dataclass(frozen=True, slots=True)
class QueryVector:
    """A unit vector, float32 [dimension], and the encoder that made it."""

    encoder: Encoder
    vector: np.ndarray

    @classmethod
    def of(cls, encoder: Encoder, text: str) -> "QueryVector | None":
        """Encode a query; None when the model does not speak its language."""
        text = query_text(text)
        if not spoken_by(encoder.languages, text):
            return None
        return cls(encoder, encoder.encode_query([text])[0])
