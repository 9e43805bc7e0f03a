# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.facts import Text
from agentassist.domain.policy import Alternative, Policy, Weights
from agentassist.domain.ranking import OfferRecord, rank, score
from agentassist.domain.verdict import Owner
from tests.policy_samples import AT

WEIGHTS = Weights()
PLAIN = Alternative(
    id="plain", offer=Text("this"), delivers=("one",), owner=Owner.US, within_hours=1
)
POLICY = Policy(
    id="p",
    title=Text("P"),
    sector="hotel",
    yes=Text("Yes."),
    needs={"one": Text("one"), "two": Text("two")},
)


@pytest.mark.parametrize(
    ("option", "needs", "record", "value"),
    [
        (PLAIN, 1, OfferRecord(), 1.5),
        (PLAIN, 2, OfferRecord(), 2.5),
        (replace(PLAIN, within_hours=0), 1, OfferRecord(), 2.0),
        (replace(PLAIN, cost=20_000), 1, OfferRecord(), 0.5),
        (PLAIN, 1, OfferRecord(accepted=2), 2.5),
        (PLAIN, 1, OfferRecord(declined=1), 0.5),
    ],
)
def test_the_score_follows_its_formula(
    option: Alternative, needs: int, record: OfferRecord, value: float
) -> None:
    assert score(option, needs, record, WEIGHTS) == value


def ids(*options: Alternative, past: dict[tuple[str, str], OfferRecord] | None = None) -> list[str]:
    return [option.id for option in rank(POLICY, options, past or {}, WEIGHTS, AT)]


def test_two_are_shown_and_ties_keep_the_authors_order() -> None:
    options = [replace(PLAIN, id=name) for name in ("c", "a", "b")]
    assert ids(*options) == ["c", "a"]


def test_an_unknown_need_counts_for_nothing() -> None:
    boast = replace(PLAIN, id="boast", delivers=("one", "fame", "glory"))
    assert ids(PLAIN, boast) == ["plain", "boast"]


@pytest.mark.parametrize(("days", "shown"), [(29, ["b"]), (30, ["b", "a"])])
def test_a_refused_offer_rests_for_thirty_days(days: int, shown: list[str]) -> None:
    options = [replace(PLAIN, id=name) for name in ("a", "b")]
    refused = OfferRecord(declined=1, declined_at=AT - timedelta(days=days))
    assert ids(*options, past={("p", "a"): refused}) == shown


@given(st.lists(st.tuples(st.integers(0, 168), st.integers(0, 9_000)), min_size=1, max_size=6))
def test_something_is_always_left(offers: list[tuple[int, int]]) -> None:
    options = [
        replace(PLAIN, id=str(number), within_hours=hours, cost=cost)
        for number, (hours, cost) in enumerate(offers)
    ]
    refused = {("p", option.id): OfferRecord(declined=3, declined_at=AT) for option in options}
    assert 1 <= len(ids(*options, past=refused)) <= 2
