# SPDX-License-Identifier: Apache-2.0
"""How alike two sentences are by meaning; examples are encoded once and remembered."""

from collections.abc import Callable, Sequence

import numpy as np

Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts in, unit vectors out: float32 [n, d]."""

_MOST = 20_000


class ExampleSimilarity:
    """Cosine similarity over an encoder, for the matching of requests.

    One text is encoded for each utterance; the sentences it is compared with are the
    examples of the policies and stay in memory (1.5 KB each at 384 dimensions).
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, np.ndarray] = {}
        self._last: tuple[str, np.ndarray] | None = None

    def __call__(self, text: str, sentences: Sequence[str]) -> list[float]:
        """Return the cosine of `text` to each sentence, in order."""
        if not sentences:
            return []
        self._learn(sentences)
        rows = np.stack([self._known[sentence] for sentence in sentences])
        return [float(score) for score in rows @ self._vector(text)]

    def _vector(self, text: str) -> np.ndarray:
        """Encode the utterance; the policies are compared with it one after the other."""
        if self._last is None or self._last[0] != text:
            self._last = (text, self._encode([text])[0])
        return self._last[1]

    def _learn(self, sentences: Sequence[str]) -> None:
        new = [sentence for sentence in sentences if sentence not in self._known]
        if not new:
            return
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            new = list(dict.fromkeys(sentences))
        vectors = self._encode(new)
        self._known.update(zip(new, vectors, strict=True))
