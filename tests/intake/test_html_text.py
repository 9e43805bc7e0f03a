# SPDX-License-Identifier: Apache-2.0
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.intake.html_text import is_html, plain, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("a &amp; b &lt;c&gt; &#44032;", "a & b <c> 가"),
        ("<script>alert(1)</script>seen<style>p{}</style>", "seen"),
        ("<div>It arrives <b>tomorrow</b>.</div>", "It arrives tomorrow."),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("line\nbroken", "line broken"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<!-- no --><img src=x onerror=y>shown", "shown"),
    ],
)
def test_what_a_person_would_read(html: str, text: str) -> None:
    assert text_of(html) == text


def test_plain_text_is_left_alone() -> None:
    assert plain("3 < 5 and\n5 > 3") == "3 < 5 and\n5 > 3"
    assert not is_html("AT&T and 1 < 2")
    assert is_html("<br/>")


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<", "<a b='", "<!--", "<font>", "&", "<script>", "</p", "<p><b><i>", "<!", '<a b="'],
)
def test_what_never_closes_takes_no_time(piece: str) -> None:
    began = perf_counter()
    text_of(piece * (1_000_000 // len(piece)))
    assert perf_counter() - began < 5


@given(st.text())
def test_anything_is_text(text: str) -> None:
    assert isinstance(plain(text), str)
    assert text_of(f"<style>{text.replace('<', '')}</style>seen") == "seen"
