# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.negation import negates


@pytest.mark.parametrize(
    "text",
    [
        "I can't join", "not able to pay", "it DOESN’T work", "unable to log in",
        "already verified",
        "결제가 안 돼요", "로그인을 못 하겠어요", "작동하지 않아요", "버튼이 없어요", "그게 아니라",
    ],
)  # fmt: skip
def test_what_denies_or_complains(text: str) -> None:
    assert negates(text)


@pytest.mark.parametrize(
    "text", ["how do I join", "note the date", "안녕하세요", "안내 부탁드려요", "환불해 주세요", ""]
)
def test_what_does_not(text: str) -> None:
    assert not negates(text)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    negates(text)
