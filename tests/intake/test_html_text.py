# SPDX-License-Identifier: Apache-2.0
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.intake.html_text import is_html, plain, text_of
from agentassist.intake.mail_text import written


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
    [
        "<div>",
        "<blockquote>",
        "<p class=",
        "<blockquote>\n<p>x",
        "<",
        "<a b='",
        "<!--",
        "<font>",
        "&",
        "<script>",
        "</p",
        "<p><b><i>",
        "<!",
        '<a b="',
    ],
)
def test_what_never_closes_takes_no_time(piece: str) -> None:
    began = perf_counter()
    text_of(piece * (1_000_000 // len(piece)))
    assert perf_counter() - began < 5


@given(st.text())
def test_anything_is_text(text: str) -> None:
    assert isinstance(plain(text), str)
    assert text_of(f"<style>{text.replace('<', '')}</style>seen") == "seen"


MAIL = """<html><head><title>t</title><style>p {color: red}</style></head><body>
<p>Hello <b>you</b>,<br>next&nbsp;line &amp; more</p><script>alert(1)</script>
<table><tr><td>Order</td><td>W100</td></tr></table>
<div class="gmail_signature">Ann Lee<br>010-1234-5678</div>
<div>On Monday, Help wrote:</div><blockquote><p>Dear Ann</p></blockquote></body></html>"""


def test_a_mail_keeps_its_quotation_and_signature_apart() -> None:
    text = text_of(MAIL)
    assert text.startswith("Hello you,\nnext line & more\n")
    assert "Order W100" in text
    assert "> Dear Ann" in text
    assert "alert" not in text
    assert "color" not in text
    found = written(text)
    assert found.text.endswith("Order W100")
    assert found.signature == "Ann Lee\n010-1234-5678"


@given(st.text(alphabet=st.sampled_from("<>/abdiv p=\"'!-&;blockquote"), max_size=300))
def test_any_html_is_text(html: str) -> None:
    assert isinstance(text_of(html), str)
