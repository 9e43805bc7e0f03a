# SPDX-License-Identifier: Apache-2.0
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RowFault
from agentassist.domain.knowledge import ArticleState, Audience
from agentassist.errors import BadInput
from agentassist.intake.articles import ArticleFile, read_article, read_folder

PAGE = """---
id: retail-return
title: How do I return something?
language: en
audience: public
state: in_review
labels: [returns, refund]
owner: returns-team
verify_by: 2027-03-31
short_answer: Within 30 days.
questions:
  - can I send it back
reviewed_on: 2026-01-02
colours: {main: [red, 7]}
---
# Return

Within 30 days.
"""


def _write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_page_becomes_an_article(tmp_path: Path) -> None:
    article = read_article(_write(tmp_path, "a.md", PAGE)).article
    assert article.key == "retail-return"
    assert article.audience is Audience.PUBLIC
    assert article.state is ArticleState.IN_REVIEW
    assert article.labels == ("returns", "refund")
    assert article.verify_by == date(2027, 3, 31)
    assert article.body.startswith("# Return")
    assert article.extra == {"reviewed_on": "2026-01-02", "colours": {"main": ["red", 7]}}


def test_what_is_missing_is_the_careful_choice(tmp_path: Path) -> None:
    page = "---\nlabels: solo\n---\n# 반품은 어떻게 하나요?\n\n30일 안에 가능합니다."
    article = read_article(_write(tmp_path, "ko-return.md", page)).article
    assert (article.key, article.title) == ("ko-return", "반품은 어떻게 하나요?")
    assert (article.language, article.labels) == ("ko", ("solo",))
    assert (article.audience, article.state) == (Audience.INTERNAL, ArticleState.DRAFT)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("no front matter", 1, "front matter"),
        ("---\nid: a\n", 1, "not closed"),
        ("---\nid: a\ntitle: [\n---\nx", 4, "YAML"),
        ("---\nid: a\ntitle: T\naudience: everyone\n---\nx", 4, "internal, public"),
        ("---\nid: a\ntitle: T\nverify_by: soon\n---\nx", 4, "2027-03-31"),
        ("---\nid: a\ntitle: T\nlabels: {a: 1}\n---\nx", 4, "list"),
        ("---\nid: two words\ntitle: T\n---\nx", 2, "hyphens"),
        ("---\nid: a\n---\nx", 1, "no title"),
        ("---\n- a\n---\nx", 2, "key: value"),
        ("---\na: &x [1]\nb: *x\n---\nx", 3, "aliases"),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\nx", 2, "too deep"),
        (b"---\nid: a\ntitle: caf\xe9\n---\n", 3, "UTF-8"),
        (b"x" * 1_000_001, 0, "1 MB"),
    ],
)
def test_a_fault_names_the_file_and_the_line(
    tmp_path: Path, text: str | bytes, line: int, sentence: str
) -> None:
    path = _write(tmp_path, "a.md", text)
    with pytest.raises(BadInput, match=sentence) as caught:
        read_article(path)
    assert (caught.value.place.file, caught.value.place.line) == (str(path), line)


def test_a_folder_is_read_in_order_and_ids_are_taken_once(tmp_path: Path) -> None:
    _write(tmp_path, "b/one.md", PAGE)
    _write(tmp_path, "a/one.md", PAGE)
    _write(tmp_path, "c.md", "broken")
    _write(tmp_path, "README.md", "about")
    _write(tmp_path, ".hidden/x.md", PAGE)
    items = list(read_folder(tmp_path))
    assert [type(item) for item in items] == [ArticleFile, RowFault, RowFault]
    double = items[1]
    assert isinstance(double, RowFault)
    assert (double.place.line, double.place.field) == (2, "id")
    assert "a/one.md" in double.reason


def test_an_empty_or_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no Markdown"):
        list(read_folder(tmp_path))
    with pytest.raises(BadInput, match="no such folder"):
        list(read_folder(tmp_path / "none"))


@given(st.text(max_size=200))
def test_any_front_matter_is_an_article_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, front: str
) -> None:
    text = f"---\n{front}\n---\n# Title\n".encode("utf-8", "replace")
    _write(folder := tmp_path_factory.mktemp("a"), "a.md", text)
    [item] = read_folder(folder)
    assert isinstance(item, ArticleFile) or item.reason
