# SPDX-License-Identifier: Apache-2.0
"""Only words tell whether somebody is in a hurry, in either direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.hurry import hurried


@pytest.mark.parametrize(
    "text",
    [
        "I am in a hurry",
        "Please be quick",
        "my flight leaves in an hour",
        "I don't have much time",
        "I’ve got to run",
        "I need it as soon as possible",
        "the taxi is waiting",
        "we have to leave in ten minutes",
        "빨리 좀 해 주세요",
        "제가 지금 급해서요",
        "시간이 없어요",
        "곧 나가봐야 해요",
        "10분 안에 해 주세요",
    ],
)
def test_a_hurry_is_heard(text: str) -> None:
    assert hurried(text) is True


@pytest.mark.parametrize(
    "text",
    ["No rush at all", "take your time", "I have plenty of time", "it's not urgent",
     "천천히 하셔도 돼요", "급하지 않아요", "시간 많아요"],
)  # fmt: skip
def test_no_hurry_is_heard(text: str) -> None:
    assert hurried(text) is False


@pytest.mark.parametrize(
    "text",
    ["", "I want to return a lamp", "What time is breakfast?", "it was the second time",
     "램프를 반품하고 싶어요", "몇 시에 문을 여나요?"],
)  # fmt: skip
def test_nothing_tells_nothing(text: str) -> None:
    assert hurried(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert hurried(text) in (True, False, None)
