# SPDX-License-Identifier: Apache-2.0
"""One name in two scripts, two orders and several spellings; and two names that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain import korean_names
from agentassist.domain.names import name_key, name_tokens
from agentassist.domain.nicknames import may_be_called

ONE_PERSON = [
    ("김민수", "Kim Min-su", "Minsoo Kim", "KIM, Minsu", "Min Soo Kim", "김 민수", "민수 김"),
    ("이영희", "Young-hee Lee", "Yi Yeonghui", "Rhee Younghee", "영희 이"),
    ("박서연", "Seoyeon Park", "Seo-Yun Bak", "Park Seo Yeon"),
    ("최준호", "Joon-ho Choi", "Choe Junho", "CHOI JUN HO"),
    ("정현우", "Hyunwoo Jung", "Chung Hyun-woo", "Jeong Hyeonu"),
    ("남궁민", "Namkoong Min"),
    ("José Müller", "Muller, Jose", "jose  MÜLLER", "Dr. José Müller"),
    ("Mary-Jane O’Brien", "OBrien Maryjane", "o'brien, mary-jane"),
]


@pytest.mark.parametrize("names", ONE_PERSON)
def test_orders_scripts_and_spellings_have_one_key(names: tuple[str, ...]) -> None:
    assert {name_key(name) for name in names} == {name_key(names[0])}


def test_other_names_have_other_keys() -> None:
    names = [each[0] for each in ONE_PERSON]
    assert len({name_key(name) for name in names}) == len(names)
    assert name_key("김민수") != name_key("김민주")


@pytest.mark.parametrize(
    ("hangul", "latin"), [("김민수", "gimminsu"), ("숙희", "sukhui"), ("a한", "ahan")]
)
def test_syllables_are_romanised_one_by_one(hangul: str, latin: str) -> None:
    assert korean_names.romanised(hangul) == latin


@pytest.mark.parametrize("name", ["Bob Smith", "Anna Maria Schmidt", "Grace Whitfield"])
def test_names_that_are_not_korean_have_no_korean_reading(name: str) -> None:
    assert not korean_names.readings(name_tokens(name))


@pytest.mark.parametrize(
    ("one", "other"), [("robert", "bob"), ("bob", "rob"), ("elizabeth", "liz"), ("bill", "william")]
)
def test_short_forms(one: str, other: str) -> None:
    assert may_be_called(one, other)
    assert may_be_called(other, one)


@pytest.mark.parametrize(("one", "other"), [("charles", "charlotte"), ("anna", "otto")])
def test_two_full_forms_are_two_names(one: str, other: str) -> None:
    assert not may_be_called(one, other)


@given(st.text(max_size=60))
def test_any_text_has_a_key_that_case_does_not_change(text: str) -> None:
    assert name_key(text) == name_key(f"  {text}  ")
    assert all(token == token.casefold() for token in name_tokens(text))


@given(st.lists(st.sampled_from(["grace", "whitfield", "smith", "olga"]), min_size=1, max_size=4))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert name_key(" ".join(words)) == name_key(" ".join(reversed(words)))


@given(st.text("abzKIM019 \t_.-'\x1f", max_size=50) | st.from_regex(r"(Mr|dr|Prof|Ann|Kim|x1) ?"))
def test_a_plain_name_has_the_words_that_it_has_after_a_mark(name: str) -> None:
    # A mark that is not spoken leads past the short way.
    assert name_tokens(name) == name_tokens(f"{name}.")
