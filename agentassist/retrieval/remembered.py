# SPDX-License-Identifier: Apache-2.0
"""Vectors of sentences that are compared with again and again, such as a policy's examples."""

from collections.abc import Sequence

import numpy as np

from agentassist.retrieval.encoder import Encoder

_MOST = 4096


class RememberedVectors:
    """Encodes a sentence once; forgets all when it has become too many (6 MB).

    It forgets all, too, when another model is handed over: their vectors never mix.
    """

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}
        self._model = ""

    def of(self, encoder: Encoder, texts: Sequence[str]) -> list[np.ndarray]:
        """Return a unit vector for each text, in order."""
        if encoder.digest != self._model:
            self._known, self._model = {}, encoder.digest
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(new) > _MOST:
            self._known = {}
            new = list(dict.fromkeys(texts))
        self._known.update(zip(new, encoder.encode_query(new), strict=True))
        return [self._known[text] for text in texts]
