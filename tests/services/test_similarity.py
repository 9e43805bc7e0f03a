# SPDX-License-Identifier: Apache-2.0
from collections.abc import Sequence

import numpy as np
import pytest

from agentassist.services.similarity import ExampleSimilarity


class Letters:
    """Encodes a text by its first letter, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(list(texts))
        rows = np.zeros((len(texts), 2), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, 0 if text.startswith("a") else 1] = 1
        return rows


def test_scores_come_in_the_order_of_the_sentences() -> None:
    assert ExampleSimilarity(Letters())("an", ["be", "and", "at"]) == [0.0, 1.0, 1.0]


def test_sentences_are_encoded_once_and_a_text_once_in_a_row() -> None:
    letters = Letters()
    similarity = ExampleSimilarity(letters)
    similarity("an", ["and", "be"])
    similarity("an", ["be", "at"])
    similarity("an", ["and"])
    assert letters.asked == [["and", "be"], ["an"], ["at"]]


def test_nothing_to_compare_costs_nothing() -> None:
    letters = Letters()
    assert ExampleSimilarity(letters)("an", []) == []
    assert letters.asked == []


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agentassist.services.similarity._MOST", 3)
    similarity = ExampleSimilarity(Letters())
    similarity("an", ["a1", "a2", "a3"])
    assert similarity("an", ["a1", "b2"]) == [1.0, 0.0]
    assert similarity("an", ["a3"]) == [1.0]
