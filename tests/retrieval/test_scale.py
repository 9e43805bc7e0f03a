# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.phrases import PhraseKind
from agentassist.retrieval.scale import NAME, UNLIKE, Scale, sentences, unlike_of
from agentassist.retrieval.vote import Neighbours, votes


def test_the_bundled_model_stays_as_it_is(encoder: Encoder) -> None:
    assert encoder.calibration[NAME] == (UNLIKE,)
    cosines = np.array([0.0, 0.2, 0.7, 1.0], dtype=np.float32)
    assert np.allclose(Scale(*encoder.calibration[NAME]).of(cosines), cosines)
    assert unlike_of(encoder.encode(sentences())) == pytest.approx(UNLIKE, abs=1e-3)


def test_a_model_that_puts_everything_close_is_stretched() -> None:
    stretched = Scale(0.7).of(np.array([0.7, 0.85, 1.0], dtype=np.float32))
    assert stretched == pytest.approx([UNLIKE, (1 + UNLIKE) / 2, 1.0], abs=1e-5)


def test_what_has_no_vector_stays_without() -> None:
    assert Scale(0.7).of(np.zeros(2, dtype=np.float32)).tolist() == [0, 0]


def test_votes_are_the_same_on_either_scale() -> None:
    """A model that adds one direction to all texts puts them closer, and says nothing new."""
    random = np.random.default_rng(5)
    plain = random.normal(size=(12, 16))
    plain /= np.linalg.norm(plain, axis=1, keepdims=True)
    share = 0.6
    close = np.hstack([plain * np.sqrt(1 - share), np.full((12, 1), np.sqrt(share))])
    unlike = share + (1 - share) * UNLIKE
    kinds = [PhraseKind.QUESTION] * 11

    def said(vectors: np.ndarray, scale: Scale) -> np.ndarray:
        query, known = vectors[0], vectors[1:]
        near = Neighbours(tuple(range(11)), scale.of(known @ query), known, scale)
        return votes(near, kinds, [0] * 11)

    assert np.allclose(said(plain, Scale()), said(close, Scale(unlike)), atol=1e-4)
