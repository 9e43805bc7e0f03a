# SPDX-License-Identifier: Apache-2.0
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agentassist.retrieval import remembered
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.remembered import RememberedVectors
from tests.model import encoder, model_folder
from tests.small_model import small_folder, small_source

__all__ = ["encoder", "model_folder", "small_folder", "small_source"]


def test_a_sentence_is_encoded_once(encoder: Encoder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []
    encode = encoder.encode_query

    def counted(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode_query", counted)
    known = RememberedVectors()
    first = known.of(encoder, ["late check-out", "lost card", "late check-out"])
    second = known.of(encoder, ["lost card"])
    assert asked == ["late check-out", "lost card"]
    assert np.array_equal(first[1], second[0])
    assert np.array_equal(first[0], first[2])


def test_too_many_are_forgotten(encoder: Encoder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(remembered, "_MOST", 2)
    known = RememberedVectors()
    known.of(encoder, ["one", "two"])
    assert len(known.of(encoder, ["one", "three"])) == 2


def test_the_same_sentences_are_put_together_once(encoder: Encoder) -> None:
    known = RememberedVectors()
    assert known.of(encoder, ["one", "two"]) is known.of(encoder, ["one", "two"])
    assert known.of(encoder, []).shape == (0, encoder.dimension)


def test_vectors_of_two_models_never_mix(encoder: Encoder, small_folder: Path) -> None:
    known, other = RememberedVectors(), Encoder.open(small_folder)
    first = known.of(encoder, ["late check-out"])[0]
    second = known.of(other, ["late check-out"])[0]
    assert np.array_equal(second, other.encode_query(["late check-out"])[0])
    assert abs(float(first @ second)) < 0.9
    other.close()
