# SPDX-License-Identifier: Apache-2.0
import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.korean_lexicon import KoreanLexicon, Piece
from agentassist.retrieval.lexical_index import Fields, LexicalIndex

ROWS = (
    Fields("Returns", ("can I send it back",), "Deadline", "You have thirty days for a parcel."),
    Fields("Parcel", (), "", "Where it is now and what the tracking says."),
    Fields("Router", (), "Lights", "Error E-4410/7 means no line. See returns of devices."),
    Fields("환불", ("돈은 언제 돌려받나요",), "", "반품이 도착하면 환불을 시작합니다."),
)


LEXICON = KoreanLexicon(
    {"환불": Piece(9, ("환불",)), "반품": Piece(4, ("반품",)), "돌려받": Piece(2, ("돌려받",))},
    {"을": 9, "이": 9, "": 9},
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
        ("E 4410 7", 2),
        ("the prcel", 1),
        ("my roter", 2),
        ("환불은 언제 되나요", 3),
        ("환불은언제되나요", 3),
        ("환 불", 3),
        ("환뷸 언제", 3),
        (unicodedata.normalize("NFD", "환불"), 3),
        ("\u200b환\u200b불", 3),
        ("refund가 아니라 환불", 3),
        ("router가 안돼요", 2),
        ("ㅋㅋㅋ ㅠㅠ", -1),
        ("\ud800", -1),
        ("أين الطرد", -1),
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


@pytest.mark.parametrize(
    ("typed", "row"), [("track", 1), ("what does the rout", 2), ("tr", 1), ("환부", 3), ("환ㅂ", 3)]
)
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


def test_a_misspelt_word_weighs_less_than_the_right_one(index: LexicalIndex) -> None:
    right, wrong = index.scores("parcel").cover, index.scores("prcel").cover
    assert right[1] > 0
    assert wrong[1] > 0
    assert index.scores("prcel tracking").cover[1] < index.scores("parcel tracking").cover[1]


def test_a_code_with_another_digit_is_not_a_typo(index: LexicalIndex) -> None:
    scores = index.scores("E4410/8")
    assert index.scores("E4410/7").rare > scores.rare
    assert not index.scores("E44107x").cover.any()


def test_appended_words_may_be_misspelt_too(index: LexicalIndex) -> None:
    index.append([Fields("Giraffe", (), "", "Long neck.")])
    assert best(index, "girafe") == 4


def test_morphemes_find_what_syllables_do_not_tell_apart(index: LexicalIndex) -> None:
    taught = index.taught(LEXICON, ROWS)
    assert best(taught, "반품이") == 3
    assert taught.scores("환불반품").matched(3) > index.scores("환불반품").matched(3)


def test_a_lexicon_is_kept_with_the_index_it_made(index: LexicalIndex, tmp_path: Path) -> None:
    taught = index.taught(LEXICON, ROWS)
    taught.append([Fields("쿠폰", (), "", "환불 쿠폰")])
    about = json.loads(json.dumps(taught.save(tmp_path)))
    loaded = LexicalIndex.load(Analyzer(), tmp_path, about)
    for query in ("환불은", "환불반품을", "쿠폰"):
        assert np.allclose(loaded.scores(query).cover, taught.scores(query).cover)
    (tmp_path / "korean.json").write_text("{}")
    with pytest.raises(KeyError):
        LexicalIndex.load(Analyzer(), tmp_path, about)


def test_an_index_of_another_version_is_refused(index: LexicalIndex, tmp_path: Path) -> None:
    about = json.loads(json.dumps(index.save(tmp_path)))
    about["analysis"]["version"] = 1
    with pytest.raises(ValueError, match="1"):
        LexicalIndex.load(Analyzer(), tmp_path, about)


def test_it_can_learn_where_there_is_korean_and_again_when_it_has_grown(
    index: LexicalIndex,
) -> None:
    assert index.can_learn()
    assert not LexicalIndex.build(Analyzer(), ROWS[:3]).can_learn()
    assert not LexicalIndex(Analyzer()).can_learn()
    taught = index.taught(LEXICON, ROWS)
    assert not taught.can_learn()
    taught.append([ROWS[0]] * len(ROWS))
    assert taught.can_learn()


def test_many_appended_rows_are_merged_and_found(index: LexicalIndex) -> None:
    index.append([Fields(f"Animal {number}", (), "", "") for number in range(1100)])
    index.append([Fields("Zebra", (), "", "")])
    assert (best(index, "zebra"), best(index, "parcel")) == (1104, 1)


@given(st.text(alphabet=st.characters(codec=None)), st.booleans())
def test_any_query_is_answered(query: str, typing: bool) -> None:
    scores = LexicalIndex.build(Analyzer(), ROWS).scores(query, typing=typing)
    assert np.isfinite(scores.cover).all()
    assert 0 <= scores.rare <= 1


def test_rows_that_come_to_an_empty_index_weigh_as_much_as_built_ones(index: LexicalIndex) -> None:
    filled = LexicalIndex(Analyzer())
    filled.append(ROWS)
    for query in ("parcel", "what does the tracking say"):
        np.testing.assert_allclose(filled.scores(query).cover, index.scores(query).cover, rtol=1e-3)


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("Pull the plug …", "Pull the plug of the router. Wait.", ""),
        ("Pull the plug.", "Pull the plug. Wait.", ""),
        ("Pull the plug", "Wait longer.", "Pull the plug"),
        ("Pull the plug", "Pull the plug", "Pull the plug"),
    ],
)
def test_a_title_that_is_how_the_text_begins_does_not_count_twice(
    title: str, text: str, kept: str
) -> None:
    assert Fields.of(title, (), "", text).title == kept
