# SPDX-License-Identifier: Apache-2.0
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.condition import Operator, parse
from agentassist.domain.facts import FactSpec, FactType, Plain, Text, Unit
from agentassist.domain.policy_cases import cells
from agentassist.domain.verdict import Truth
from agentassist.errors import UserError

ASK = Text("?")
SPECS = {
    spec.key: spec
    for spec in (
        FactSpec("shop.open", FactType.BOOL, ASK),
        FactSpec("shop.hour", FactType.INT, ASK, high=23),
        FactSpec("shop.time", FactType.INT, ASK, high=1439, unit=Unit.DAY_TIME),
        FactSpec("order.status", FactType.ENUM, ASK, values=("packed", "sent", "in_shop")),
        FactSpec("bank.fee", FactType.MONEY, ASK, high=9_999, currency="USD"),
    )
}


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("shop.open is yes", [True], [False]),
        ("shop.open is not yes", [False], [True]),
        ("shop.hour is 5", [5], [4, 6]),
        ("shop.hour is not 5", [4, 6], [5]),
        ("shop.hour in 5, 7", [5, 7], [6]),
        ("shop.hour not in 5,7", [6], [5, 7]),
        ("shop.hour between 5 and 7", [5, 6, 7], [4, 8]),
        ("shop.hour >= 5", [5, 6], [4]),
        ("shop.hour > 5", [6], [5]),
        ("shop.hour <= 5", [5], [6]),
        ("shop.hour < 5", [4], [5]),
        ("shop.hour>=5", [5], [4]),
        ("  shop.hour   >=  5 ", [5], [4]),
        ("shop.time >= 10:30", [630], [629]),
        ("shop.time between 07:00 and 20:59", [420, 1259], [419, 1260]),
        ("order.status is packed", ["packed"], ["sent"]),
        ("order.status is in_shop", ["in_shop"], ["sent"]),
        ("order.status in packed, sent", ["packed", "sent"], ["in_shop"]),
        ("bank.fee > 1500 USD", [1501], [1500]),
    ],
)
def test_each_operator(text: str, true: list[Plain], false: list[Plain]) -> None:
    condition = parse(text, SPECS)
    assert [condition.truth(value) for value in true] == [Truth.TRUE] * len(true)
    assert [condition.truth(value) for value in false] == [Truth.FALSE] * len(false)
    assert condition.truth(None) is Truth.UNKNOWN


def test_the_text_is_kept_with_single_spaces() -> None:
    assert parse(" shop.hour   not  in 1,  2", SPECS).text == "shop.hour not in 1, 2"


SHAPE = (
    'Write "{text}" as FACT OPERATOR VALUE, for example "hotel.hour >= 12". '
    "Operators: is, is not, in, not in, between A and B, >, >=, <, <=."
)


@pytest.mark.parametrize(
    "text", ["", "shop.open", "shop.open = yes", "12 < shop.hour", "shop.hour >="]
)
def test_another_shape_is_answered_with_the_grammar(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, SPECS)
    assert str(caught.value) == SHAPE.format(text=text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("shop.hours > 5", "There is no fact shop.hours: did you mean shop.hour?"),
        ("zebra is yes", "There is no fact zebra: declare it in facts.toml."),
        (
            "shop.open > no",
            "shop.open has no order, so > does not fit: use is, is not, in or not in.",
        ),
        (
            "order.status between packed and sent",
            "order.status has no order, so between does not fit: use is, is not, in or not in.",
        ),
        ("shop.hour between 5", 'Write "between A and B" with two values: 5.'),
        (
            "shop.hour between 7 and 5",
            '"shop.hour between 7 and 5" can never be true: write the smaller value first.',
        ),
        ("shop.hour is 24", "24 is not a value of shop.hour: write 0 to 23."),
        ("shop.hour in 1, x", "x is not a value of shop.hour: write 0 to 23."),
        ("shop.hour is 5 and 6", "5 and 6 is not a value of shop.hour: write 0 to 23."),
    ],
)
def test_a_fault_is_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, SPECS)
    assert str(caught.value) == sentence


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UserError):
        assert parse(text, SPECS).fact in SPECS


HOURS = st.integers(0, 23)
CONDITIONS = st.one_of(
    st.tuples(st.sampled_from([">=", ">", "<=", "<", "is", "is not"]), HOURS).map(
        lambda x: f"shop.hour {x[0]} {x[1]}"
    ),
    st.tuples(HOURS, HOURS).map(lambda x: f"shop.hour between {min(x)} and {max(x)}"),
    st.lists(HOURS, min_size=1, max_size=3).map(
        lambda x: f"shop.hour not in {', '.join(map(str, x))}"
    ),
)


@given(st.lists(CONDITIONS, min_size=1, max_size=5))
def test_within_a_cell_no_condition_changes(texts: list[str]) -> None:
    conditions = [parse(text, SPECS) for text in texts]
    firsts = [int(value) for value in cells(SPECS["shop.hour"], conditions)]
    for hour in range(24):
        stand_in = max(first for first in firsts if first <= hour)
        for condition in conditions:
            assert condition.holds(hour) == condition.holds(stand_in)


def test_operators_are_written_as_in_the_grammar() -> None:
    assert {sign.value for sign in Operator} == {
        "is", "is not", "in", "not in", "between", ">=", ">", "<=", "<",
    }  # fmt: skip
