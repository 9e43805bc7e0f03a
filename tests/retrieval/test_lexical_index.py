# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import numpy as np
import pytest

from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.lexical_index import Fields, LexicalIndex

ROWS = (
    Fields("Returns", ("can I send it back",), "Deadline", "You have thirty days for a parcel."),
    Fields("Parcel", (), "", "Where it is now and what the tracking says."),
    Fields("Router", (), "Lights", "Error E-4410/7 means no line. See returns of devices."),
    Fields("환불", ("돈은 언제 돌려받나요",), "", "반품이 도착하면 환불을 시작합니다."),
)


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(Analyzer(), ROWS)


def best(index: LexicalIndex, query: str, *, typing: bool = False) -> int:
    cover = index.scores(query, typing=typing).cover
    return int(np.argmax(cover)) if cover.any() else -1


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("returning", 0),
        ("parcels", 1),
        ("E4410/7", 2),
        ("e-4410/7", 2),
        ("환불은 언제 되나요", 3),
        ("돈을 돌려받고 싶어요", 3),
        ("nothing like it anywhere", -1),
        ("", -1),
        ("the and of", -1),
        ("😀", -1),
        ("\0", -1),
    ],
)
def test_the_right_row_is_best(index: LexicalIndex, query: str, row: int) -> None:
    assert best(index, query) == row


def test_a_title_weighs_more_than_a_question_heading_and_body() -> None:
    rows = [
        Fields("zebra", ("b b",), "c", "d e"),
        Fields("a", ("zebra b",), "c", "d e"),
        Fields("a", ("b b",), "zebra", "d e"),
        Fields("a", ("b b",), "c", "zebra e"),
    ]
    cover = LexicalIndex.build(Analyzer(), rows).scores("zebra").cover
    assert list(np.argsort(-cover)) == [0, 1, 2, 3]


def test_cover_grows_with_the_share_of_the_query_that_is_there(index: LexicalIndex) -> None:
    whole = index.scores("tracking parcel").cover[1]
    half = index.scores("tracking xylophone").cover[1]
    assert whole > half > 0


@pytest.mark.parametrize(("typed", "row"), [("track", 1), ("what does the rout", 2), ("tr", 1)])
def test_the_last_word_may_be_unfinished(index: LexicalIndex, typed: str, row: int) -> None:
    assert best(index, typed, typing=True) == row
    assert best(index, typed + " ", typing=True) == best(index, typed)


def test_codes_are_told_from_words(index: LexicalIndex) -> None:
    assert index.scores("error E-4410/7").rare > 0.3
    assert index.scores("error parcel").rare == 0
    assert index.scores("E-9999/9").rare == 0


def test_appended_rows_are_found_at_once_and_after_saving(
    index: LexicalIndex, tmp_path: Path
) -> None:
    index.append([Fields("Giraffe", (), "", "Long neck.")])
    index.append([Fields("Zebra", (), "", "Stripes on the parcel.")])
    assert (best(index, "giraffe"), best(index, "zebra stripes"), index.size) == (4, 5, 6)
    before = index.scores("parcel giraffe").cover
    about = index.save(tmp_path)
    loaded = LexicalIndex.load(Analyzer(), tmp_path, about)
    assert np.allclose(index.scores("parcel giraffe").cover, before, atol=1e-3)
    assert np.allclose(loaded.scores("parcel giraffe").cover, before, atol=1e-3)


def test_matched_counts_terms_of_the_query_in_a_row(index: LexicalIndex) -> None:
    scores = index.scores("tracking parcel router")
    assert [scores.matched(row) for row in range(3)] == [1, 2, 1]
    assert scores.asked == 3


def test_an_empty_index_finds_nothing() -> None:
    assert LexicalIndex(Analyzer()).scores("parcel").cover.size == 0
