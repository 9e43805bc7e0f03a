# SPDX-License-Identifier: Apache-2.0
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.analyzer import (
    LONGEST_QUERY,
    Analyzer,
    Language,
    codes,
    language_of,
    mendable,
    normalise,
    query_text,
    spoken_by,
    strip_particle,
    words,
)
from agentassist.retrieval.stop_words import STOP_WORDS

analyzer = Analyzer()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("refunds", "Refunding"),
        ("the customer's order", "customers orders"),
        ("AX-4410/7", "ax44107"),
        ("ＡＢＣ１２３", "abc123"),
        ("Router", "router’s"),
    ],
)
def test_ways_to_write_a_word_share_a_term(left: str, right: str) -> None:
    assert set(analyzer.terms(left)) & set(analyzer.terms(right))


@pytest.mark.parametrize("word", ["환불은", "환불을", "환불이", "환불에서"])
def test_korean_words_share_terms_whatever_their_particle(word: str) -> None:
    bare = set(analyzer.terms("환불"))
    assert bare <= set(analyzer.terms(word))
    assert strip_particle(word) == "환불"


def test_decomposed_hangul_is_the_same_as_composed() -> None:
    text = "환불 문의"
    assert analyzer.terms(unicodedata.normalize("NFD", text)) == analyzer.terms(text)


@pytest.mark.parametrize(
    "text", ["ok thank you", "hello, hi!", "네 감사합니다", "안녕하세요", "", "😀", "\0"]
)
def test_small_talk_has_no_terms(text: str) -> None:
    assert not analyzer.terms(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my parcel", Language.LATIN),
        ("환불은 언제 되나요", Language.KOREAN),
        ("price match 되나요", Language.KOREAN),
        ("iPhone 15 Pro Max 256GB refund policy question 요", Language.LATIN),
        ("Где моя посылка", Language.OTHER),
        ("أين الطرد", Language.OTHER),
        ("1234 !?", Language.NONE),
    ],
)
def test_language_is_told_by_script(text: str, language: Language) -> None:
    assert language_of(text) is language


def test_a_model_votes_only_in_the_languages_it_speaks() -> None:
    assert spoken_by(("en",), "where is my parcel")
    assert not spoken_by(("en",), "환불은 언제 되나요")
    assert not spoken_by(("ko",), "where is my parcel")
    assert spoken_by(("en", "ko"), "환불은 언제 되나요")
    assert not spoken_by(("en",), "12345")


def test_codes_are_found() -> None:
    assert {"ax44107", "0x80070057"} <= codes("order AX-4410/7 gave error 0x80070057 twice")
    assert not codes("three parcels in 2 days")


def test_marked_words_are_those_of_the_passage() -> None:
    marked = analyzer.shared_words("I want refunds for my order", "A refund of the Orders is late")
    assert marked == ("refund", "Orders")


def test_marked_korean_words_are_those_of_the_passage() -> None:
    assert analyzer.shared_words("환불은 언제", "카드로 환불됩니다") == ("환불됩니다",)


@given(
    st.text(alphabet=st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=20)
)
def test_no_latin_word_is_lost(word: str) -> None:
    assert bool(analyzer.terms(word)) != (word in STOP_WORDS)


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2))
def test_every_korean_bigram_can_be_found(word: str) -> None:
    terms = analyzer.terms(word)
    if terms:
        assert all(word[at : at + 2] in terms for at in range(len(word) - 1))


@given(st.text())
def test_any_text_gives_finite_positive_weights(text: str) -> None:
    assert all(0 < weight < len(text) + 1 for weight in analyzer.query_terms(text).values())


@given(st.text(alphabet=st.characters(codec=None)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_beside_korean_a_latin_word_counts_as_much() -> None:
    assert analyzer.query_terms("wifi가 안돼요")["wifi"] > analyzer.query_terms("wifi down")["wifi"]
    assert analyzer.terms("wifi가 안돼요")["wifi"] == 1


def test_laughter_and_tears_are_no_words() -> None:
    assert not analyzer.terms("ㅋㅋㅋㅋ ㅠㅠ ㅎㅎ")


def test_marks_that_are_not_seen_do_not_part_words() -> None:
    assert analyzer.terms("re\u00adfund \ufeff\u200frouter") == analyzer.terms("refund router")


@given(st.text())
def test_words_are_where_they_say(text: str) -> None:
    assert all(text[word.start : word.end] == word.surface for word in words(text))


@given(st.text(alphabet=st.characters(codec=None)))
def test_mended_text_can_always_be_encoded(text: str) -> None:
    assert "\0" not in mendable(text)
    mendable(text).encode()


@pytest.mark.parametrize("unit", ["x", "환", "a-", "1/", " ", "'", "\0"])
def test_a_megabyte_is_cut_into_terms_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = time.perf_counter()
    analyzer.terms(text)
    codes(text)
    assert time.perf_counter() - begun < 10
    assert len(query_text(text)) <= LONGEST_QUERY
