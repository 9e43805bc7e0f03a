# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from agentassist.retrieval.confidence import (
    POSSIBLE,
    Basis,
    Calibration,
    Evidence,
    Said,
    confidence,
)
from benchmarks.confidence import NAMES, Asked, accuracy, fit, row

RANDOM = np.random.default_rng(3)


def asked(name: str, count: int) -> Asked:
    """Make answers that are right exactly when they have much of a vote."""
    votes = RANDOM.random(count)
    said = [Said(vote=float(vote), nearest=0.5, cover=0.5, words=5) for vote in votes]
    x = np.array([row(one, Calibration()) for one in said])
    return Asked(name, x, votes > 0.5, votes <= 0.5)


def test_a_fit_finds_what_tells_right_from_wrong() -> None:
    sets = [asked("a", 300), asked("b", 40)]
    found = fit(sets)
    assert len(found) == len(NAMES)
    assert accuracy(sets[1], found) > 0.9
    assert found[0] == max(found)


@pytest.mark.parametrize("vote", [0.1, 0.3, 0.8])
def test_the_product_weighs_the_features_that_are_fitted(vote: float) -> None:
    more = Said(vote=vote, nearest=0.6, cover=0.5, words=4)
    less = Said(vote=vote / 2, nearest=0.6, cover=0.5, words=4)
    denied = Said(vote=vote, nearest=0.6, cover=0.5, denied=True, words=4)
    sure, unsure, doubted = (
        confidence(Evidence(0, 0, 0, 0, 0, 0, Basis.MEANING, one), Calibration())
        for one in (more, less, denied)
    )
    assert sure > unsure
    assert sure > doubted


def test_a_crowded_knowledge_base_needs_more_and_a_dense_one_less() -> None:
    said = Said(vote=0.1, nearest=0.6, cover=0.4, words=5)
    evidence = Evidence(0, 0, 0, 0, 0, 0, Basis.MEANING, said)
    usual = confidence(evidence, Calibration())
    assert confidence(evidence, Calibration(rivalry=0.8)) < usual
    assert confidence(evidence, Calibration(density=4.5)) > usual
    assert usual != POSSIBLE
