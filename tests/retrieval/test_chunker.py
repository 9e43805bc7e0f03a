# SPDX-License-Identifier: Apache-2.0
import re

from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.chunker import (
    LONGEST_WORD,
    MOST_WORDS,
    count_words,
    cut,
    digest_of,
    encoded_text,
)
from tests.retrieval.conftest import make_article


def texts(body: str) -> list[str]:
    return [passage.text for passage in cut(make_article("one", "A title", body))]


def test_a_short_article_is_one_passage() -> None:
    (only,) = cut(make_article("one", "A title", "# A title\n\nSome *short* [text](kb:x)."))
    assert (only.heading, only.text, only.ordinal) == ("", "Some short text.", 0)
    assert only.digest == digest_of(encoded_text("A title", "", "Some short text."))


def test_an_empty_article_is_found_by_what_it_has() -> None:
    made = make_article("one", "A title", "  \n", short_answer="In short.")
    assert [passage.text for passage in cut(made)] == ["In short."]


def test_passages_carry_their_heading_path() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    body = f"# Top\n\n{words}\n\n## Inner\n\n{words}\n\n# Next\n\n{words}"
    headings = [passage.heading for passage in cut(make_article("one", "A title", body))]
    assert headings == ["Top", "Top > Inner", "Next"]


def test_short_sections_share_a_passage_with_their_headings_in_it() -> None:
    (only,) = cut(make_article("one", "A title", "## First\n\nOne.\n\n## Second\n\nTwo."))
    assert only.text.splitlines() == ["First", "One.", "Second", "Two."]


def test_a_heading_with_nothing_under_it_is_kept() -> None:
    assert "Alone" in "\n".join(texts("## Alone\n\n## Other\n\nText."))


def test_lists_tables_and_code_become_lines() -> None:
    body = (
        "1. first\n2. second\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nrun this\n\nand that\n```"
    )
    assert texts(body) == ["1. first\n2. second\na | b\nc | d\nrun this\nand that"]


def test_markup_is_text_and_nothing_else() -> None:
    assert texts("<script>alert(1)</script> & <b>bold</b>") == [
        "<script>alert(1)</script> & <b>bold</b>"
    ]


def test_korean_is_cut_by_its_words() -> None:
    body = " ".join(["환불은 영업일 기준 5일 안에 됩니다."] * 60)
    parts = texts(body)
    assert [count_words(part) <= MOST_WORDS for part in parts] == [True] * len(parts)
    assert len(parts) == 3


def test_long_sections_are_cut_evenly() -> None:
    paragraphs = "\n\n".join(" ".join(f"w{n}x{m}" for m in range(20)) for n in range(16))
    sizes = [count_words(text) for text in texts(paragraphs)]
    assert sum(sizes) == 320
    assert min(sizes) >= 60


def test_an_unchanged_passage_keeps_its_id() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    before = cut(make_article("one", "A title", f"# Top\n\n{words}\n\n# Next\n\n{words} end"))
    after = cut(make_article("one", "A title", f"# New\n\n{words}\n\n# Next\n\n{words} end"))
    assert before[1].id == after[1].id
    assert before[0].id != after[0].id


def test_equal_passages_have_different_ids() -> None:
    words = " ".join(["same"] * 100)
    ids = {passage.id for passage in cut(make_article("one", "T", f"{words}\n\n{words}"))}
    assert len(ids) == 2


plain_words = st.from_regex(r"[a-z가-힣]{1,12}", fullmatch=True)
blocks = st.lists(st.lists(plain_words, min_size=1, max_size=200).map(" ".join), max_size=12)


@given(blocks)
def test_no_word_is_lost_and_none_is_added(paragraphs: list[str]) -> None:
    found = " ".join(texts("\n\n".join(paragraphs))).split() if paragraphs else []
    assert found == " ".join(paragraphs).split()


@given(st.text())
def test_no_passage_is_too_long_whatever_the_text(body: str) -> None:
    passages = cut(make_article("one", "A title", body))
    assert passages
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert count_words(passage.text) <= MOST_WORDS


@given(st.integers(min_value=1, max_value=40_000))
def test_text_without_spaces_is_cut_too(length: int) -> None:
    parts = texts("x" * length)
    assert re.sub(r"\s", "", "".join(parts)) == "x" * length
    assert all(len(part) <= MOST_WORDS * (LONGEST_WORD + 1) for part in parts)
