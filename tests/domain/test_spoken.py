# SPDX-License-Identifier: Apache-2.0
"""Lines of a transcript go to who said them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import Speaker
from agentassist.domain.spoken import spoken

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("no names here: none at all", ()),
        ("Customer: hello\nBot: hi", ((CUSTOMER, "hello"), (AGENT, "hi"))),
        ("[Customer]: hello", ((CUSTOMER, "hello"),)),
        ("고객： 안녕하세요\n챗봇: 네", ((CUSTOMER, "안녕하세요"), (AGENT, "네"))),
        ("Customer: my lamp\nhas a crack", ((CUSTOMER, "my lamp has a crack"),)),
        ("Customer: at 12:30: noon", ((CUSTOMER, "at 12:30: noon"),)),
        ("preface\nAgent: hi\nCustomer:\n", ((AGENT, "hi"),)),
    ],
)
def test_who_says_what(text: str, lines: tuple[object, ...]) -> None:
    assert spoken(text) == lines


@given(st.text())
def test_any_text_gives_lines_with_something_in_them(text: str) -> None:
    assert all(said.strip() for _, said in spoken(text))
