# SPDX-License-Identifier: Apache-2.0
"""Hostile articles cannot run, load or freeze anything."""

import time

import pytest

from agentassist.services.article_view import to_html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "![x](https://evil.example/pixel.png)",
        '<img src="file:///etc/passwd">',
        "[x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        '<iframe src="https://evil.example"></iframe>',
        "[x](file:///etc/passwd)",
        '<a href="https://ok.example" onclick="x()">y</a>',
    ],
)
def test_nothing_that_acts_survives(hostile: str) -> None:
    html = to_html(hostile)
    for banned in (
        "<script",
        "<img",
        "<iframe",
        'href="javascript',
        'href="data',
        'href="file',
        '<a href="https://ok',
    ):
        assert banned not in html


def test_ordinary_markdown_is_kept() -> None:
    html = to_html(
        "# Title\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[more](kb:retail-return)"
    )
    for wanted in (
        "<h1>Title</h1>",
        "<li>one</li>",
        "<table>",
        "<td>2</td>",
        'href="kb:retail-return"',
    ):
        assert wanted in html


@pytest.mark.parametrize(
    "monster",
    [
        "> " * 500 + "deep",
        "- " * 400 + "x",
        "|a|b|\n|-|-|\n|1|2|\n\n" * 400,
        "x" * 3_000_000,
        "[" * 50_000,
    ],
)
def test_monsters_are_shown_as_written_and_quickly(monster: str) -> None:
    start = time.perf_counter()
    html = to_html(monster)
    assert time.perf_counter() - start < 2
    assert html.count("<table>") <= 50
    assert html.count("<blockquote>") <= 30
