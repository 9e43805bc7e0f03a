# SPDX-License-Identifier: Apache-2.0
"""Vectors of sentences that are compared with again and again, such as policies' examples."""

from collections.abc import Sequence
from threading import Lock

import numpy as np

from agentassist.retrieval.encoder import Encoder

_MOST = 8192
_MATRICES = 8


class RememberedVectors:
    """Encodes a sentence once; forgets all when it has become too many (12 MB).

    It forgets all, too, when another model is handed over: their vectors never mix. Nobody
    waits for what another thread encodes.
    """

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}
        self._matrices: dict[tuple[str, ...], np.ndarray] = {}
        self._model = ""
        self._lock = Lock()

    def of(self, encoder: Encoder, texts: Sequence[str]) -> np.ndarray:
        """Return the unit vectors of the texts, float32 [n, dimension], in order."""
        key = tuple(texts)
        with self._lock:
            if encoder.digest != self._model:
                self._known, self._matrices, self._model = {}, {}, encoder.digest
            if key in self._matrices:
                return self._matrices[key]
            known = {text: self._known[text] for text in key if text in self._known}
        new = [text for text in dict.fromkeys(key) if text not in known]
        known.update(zip(new, encoder.encode_query(new), strict=True))
        matrix = np.array([known[text] for text in key], dtype=np.float32)
        matrix = matrix.reshape(len(key), encoder.dimension)
        with self._lock:
            if encoder.digest == self._model:
                self._remember(key, known, matrix)
        return matrix

    def _remember(
        self, key: tuple[str, ...], known: dict[str, np.ndarray], matrix: np.ndarray
    ) -> None:
        if len(self._known.keys() | known.keys()) > _MOST:
            self._known = {}
        if len(self._matrices) >= _MATRICES:
            self._matrices.clear()
        self._known |= known
        self._matrices[key] = matrix
