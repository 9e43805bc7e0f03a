# SPDX-License-Identifier: Apache-2.0
"""Vectors of sentences that are compared with again and again, such as a policy's examples."""

from collections.abc import Sequence
from threading import Lock

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
        self._lock = Lock()

    def of(self, encoder: Encoder, texts: Sequence[str]) -> list[np.ndarray]:
        """Return a unit vector for each text, in order."""
        with self._lock:
            known = self._room(encoder, texts)
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(zip(new, encoder.encode_query(new), strict=True))
            return [known[text] for text in texts]

    def _room(self, encoder: Encoder, texts: Sequence[str]) -> dict[str, np.ndarray]:
        new = set(texts) - self._known.keys()
        if encoder.digest != self._model or len(self._known) + len(new) > _MOST:
            self._known, self._model = {}, encoder.digest
        return self._known
