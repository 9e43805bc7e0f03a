# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from agentassist.retrieval.phrases import PhraseKind
from agentassist.retrieval.vote import Neighbours, votes

RANDOM = np.random.default_rng(7)


def unit(count: int, size: int = 32) -> np.ndarray:
    made = RANDOM.normal(size=(count, size)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def near(query: np.ndarray, vectors: np.ndarray) -> Neighbours:
    return Neighbours(tuple(range(len(vectors))), vectors @ query, vectors)


def test_what_was_said_before_is_almost_sure_to_lead_there_again() -> None:
    vectors = unit(5)
    said = votes(near(vectors[2], vectors), [PhraseKind.QUESTION] * 5, [0] * 5)
    assert said[2] == pytest.approx(0.67, abs=0.05)
    assert np.argmax(said) == 2


def test_a_question_of_the_author_weighs_more_than_a_contact() -> None:
    vectors = unit(1)
    query = near(vectors[0], vectors)
    question, linked, used, dismissed, title = (
        float(votes(query, [kind], [0])[0])
        for kind in (
            PhraseKind.QUESTION,
            PhraseKind.LINKED,
            PhraseKind.USED,
            PhraseKind.DISMISSED,
            PhraseKind.TITLE,
        )
    )
    assert question > linked > used > title > 0 > dismissed


def test_the_same_again_adds_less_each_time() -> None:
    one = unit(1)
    totals = [
        float(
            votes(
                near(one[0], one.repeat(count, 0)), [PhraseKind.LINKED] * count, [0] * count
            ).sum()
        )
        for count in (1, 2, 10, 100)
    ]
    assert totals == sorted(totals)
    assert totals[1] - totals[0] < totals[0]
    assert totals[3] < 1.0


def test_old_contacts_say_less() -> None:
    vectors = unit(1)
    query = near(vectors[0], vectors)
    year, month = (float(votes(query, [PhraseKind.LINKED], [age])[0]) for age in (365, 30))
    assert 0 < year < month


def test_order_does_not_matter() -> None:
    vectors, query = unit(40), unit(1)[0]
    kinds = [PhraseKind(int(kind)) for kind in RANDOM.integers(0, 6, 40)]
    ages = RANDOM.integers(0, 1000, 40).tolist()
    said = votes(near(query, vectors), kinds, ages)
    turned = votes(near(query, vectors[::-1]), kinds[::-1], ages[::-1])
    assert np.allclose(said, turned[::-1])
