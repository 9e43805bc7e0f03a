# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.korean_lexicon import KoreanLexicon, Piece

LEXICON = KoreanLexicon(
    {
        "환불": Piece(9, ("환불",)),
        "규정": Piece(4, ("규정",)),
        "요금제": Piece(5, ("요금제",)),
        "요금": Piece(7, ("요금",)),
        "도와주": Piece(2, ("돕",)),
    },
    {"은": 20, "이": 20, "세요": 6, "": 40},
)
hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("word", "morphemes", "inside"),
    [
        ("환불", ("환불",), 2),
        ("환불은", ("환불",), 2),
        ("환불규정이", ("환불", "규정"), 4),
        ("요금제", ("요금제",), 3),
        ("도와주세요", ("돕",), 3),
        ("에서", (), 0),
    ],
)
def test_a_word_is_cut_into_what_was_learned(
    word: str, morphemes: tuple[str, ...], inside: int
) -> None:
    reading = LEXICON.read(word)
    assert (reading.morphemes, reading.inside, reading.known) == (morphemes, inside, True)


def test_what_was_never_seen_stays_whole_beside_what_was() -> None:
    reading = LEXICON.read("환불쿠폰은")
    assert (reading.morphemes, reading.known) == (("환불", "쿠폰"), False)


def test_without_any_piece_only_the_ending_goes() -> None:
    assert KoreanLexicon({}, {}).read("환불은").morphemes == ("환불",)


@given(hangul)
def test_any_word_can_be_cut_and_its_parts_lie_inside(word: str) -> None:
    reading = LEXICON.read(word)
    assert 0 <= reading.inside <= len(word)
    assert reading == LEXICON.read(word)


def test_a_saved_lexicon_reads_the_same(tmp_path: Path) -> None:
    LEXICON.save(tmp_path)
    loaded = KoreanLexicon.load(tmp_path)
    for word in ("환불규정이", "도와주세요", "모르는말은"):
        assert loaded.read(word) == LEXICON.read(word)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pieces": {"a": []}, "endings": {}}', "null"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        KoreanLexicon.from_json(text)
