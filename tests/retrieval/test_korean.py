# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.korean import korean_terms, strip_particle
from agentassist.retrieval.korean_lexicon import KoreanLexicon, Piece

LEXICON = KoreanLexicon(
    {"환불": Piece(9, ("환불",)), "규정": Piece(4, ("규정",)), "쓰": Piece(3, ("쓰",))}, {"": 9}
)
hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=9)


@pytest.mark.parametrize("lexicon", [None, LEXICON], ids=["without", "with a lexicon"])
@pytest.mark.parametrize("word", ["환불은", "환불을", "환불이", "환불에서"])
def test_a_word_has_the_terms_of_its_bare_form(word: str, lexicon: KoreanLexicon | None) -> None:
    assert dict(korean_terms("환불", lexicon)).keys() <= dict(korean_terms(word, lexicon)).keys()
    assert strip_particle(word) == "환불"


def test_a_compound_has_the_morphemes_of_both() -> None:
    assert {"m환불", "m규정"} <= dict(korean_terms("환불규정은", LEXICON)).keys()
    assert "m환불" not in dict(korean_terms("환불규정은", None))


def test_an_unknown_word_is_a_morpheme_too() -> None:
    assert {"m환불", "m쿠폰", "m환불쿠폰"} <= dict(korean_terms("환불쿠폰은", LEXICON)).keys()


@pytest.mark.parametrize("word", ["것", "어떻게", "무엇"])
def test_stop_words_have_no_terms(word: str) -> None:
    assert not list(korean_terms(word, LEXICON))


@given(hangul, st.sampled_from([None, LEXICON]))
def test_weights_are_positive_and_pairs_are_all_there(
    word: str, lexicon: KoreanLexicon | None
) -> None:
    terms = dict(korean_terms(word, lexicon))
    assert all(weight > 0 for weight in terms.values())
    assert not terms or all(word[at : at + 2] in terms for at in range(len(word) - 1))
