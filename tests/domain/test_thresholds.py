# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.facts import Text
from agentassist.domain.policy import Policy
from agentassist.domain.samples import Samples, samples
from agentassist.domain.thresholds import (
    Row,
    Thresholds,
    calibrate,
    digest_of,
    from_mapping,
)

USUAL = Thresholds(show=0.6, offer=0.4)


def policy(number: int, size: int = 8, request: str = "") -> Policy:
    """Return a policy whose examples are points around a place of their own."""
    texts = tuple(f"{number} {place}" for place in range(size))
    return Policy(
        id=f"p{number}", title=Text("t"), sector="common", yes=Text("y"), request=request,
        examples={"en": texts}, counter={"en": (f"{number} counter",)},
    )  # fmt: skip


class Rowed:
    """Likeness by a rule: `own` within a type, `near` to the next type, `other` elsewhere."""

    def __init__(self, known: Samples, own: float, other: float, near: float | None = None) -> None:
        self._types = [int(x.split()[0]) for x in known.sentences]
        self._likeness = {0: own, 1: other if near is None else near}
        self._other = other

    def __call__(self, places: Sequence[int]) -> Iterable[Row]:
        for place in places:
            mine = self._types[place]
            yield [self._likeness.get(x - mine, self._other) for x in self._types]


KNOWN = samples([policy(number) for number in range(30)], "en")


def test_types_that_are_far_apart_are_shown() -> None:
    known = samples([replace(policy(n), counter={}) for n in range(30)], "en")
    learnt = calibrate(known, Rowed(known, 0.9, 0.1), USUAL)
    assert (learnt.coverage, learnt.precision, learnt.accuracy) == (1.0, 1.0, 1.0)
    assert 0.1 < learnt.show <= 0.6
    assert learnt.offer <= learnt.show


def test_the_threshold_lies_above_what_strangers_reach() -> None:
    known = samples([replace(policy(n), counter={}) for n in range(30)], "en")
    learnt = calibrate(known, Rowed(known, 0.95, 0.2, near=0.7), USUAL)
    assert learnt.show > 0.67
    assert learnt.coverage == 1.0


def test_examples_that_cannot_be_told_apart_are_not_shown() -> None:
    learnt = calibrate(KNOWN, Rowed(KNOWN, 0.8, 0.8), USUAL)
    assert learnt.coverage < 0.05
    assert learnt.accuracy < 0.2


@pytest.mark.parametrize("policies", [[], [policy(1)]])
def test_with_nothing_to_learn_from_the_usual_holds(policies: list[Policy]) -> None:
    known = samples(policies, "en")
    assert calibrate(known, Rowed(known, 0.9, 0.1), USUAL) == USUAL


@given(st.lists(st.integers(1, 6), min_size=2, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_no_threshold_is_silly(sizes: list[int], own: float, other: float) -> None:
    known = samples([policy(n, size) for n, size in enumerate(sizes)], "en")
    learnt = calibrate(known, Rowed(known, own, other), USUAL)
    for score in (learnt.show, *learnt.types.values()):
        assert USUAL.show - 0.15 <= score <= 1.16
    assert abs(max(learnt.types.values(), default=learnt.show) - learnt.show) <= 0.16
    assert 0 <= learnt.offer <= learnt.show


def test_policies_of_one_request_learn_together() -> None:
    known = samples([policy(1, request="r"), policy(2, request="r"), policy(3)], "en")
    assert [one.id for one in known.types] == ["p3", "r"]
    assert len(known.types[1].examples) == 16


def test_the_digest_follows_the_sentences() -> None:
    assert digest_of(KNOWN) == digest_of(samples([policy(n) for n in range(30)], "en"))
    assert digest_of(KNOWN) != digest_of(samples([policy(n, 7) for n in range(30)], "en"))


def test_thresholds_are_read_back() -> None:
    learnt = calibrate(KNOWN, Rowed(KNOWN, 0.9, 0.3), USUAL)
    assert from_mapping(asdict(learnt)) == learnt


@pytest.mark.parametrize(
    "stored", [None, [], "x", {}, {"types": 1}, {"types": {}, "show": "high"}, {"show": 0.5}]
)
def test_what_is_no_thresholds_is_learnt_again(stored: object) -> None:
    assert from_mapping(stored) is None
