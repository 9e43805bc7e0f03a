# SPDX-License-Identifier: Apache-2.0
"""Cards stay where people saw them; only what is clearly better takes a place."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.calm_cards import CARDS, News, settle
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, Passage, Strength, Suggestion

ARTICLES = {name: Article(new_id(), name, name, "body", "en") for name in "ABCDEF"}


def card(name: str, score: float = 0.5, *, strong: bool = False) -> Suggestion:
    article = ARTICLES[name]
    passage = Passage(new_id(), article.id, 0, "", f"{name} {score}", "d")
    return Suggestion(article, passage, Strength.STRONG if strong else Strength.POSSIBLE, score)


def names(cards: tuple[Suggestion, ...]) -> str:
    return "".join(one.article.key for one in cards)


def cards(text: str) -> list[Suggestion]:
    return [card(name) for name in text]


@pytest.mark.parametrize(
    ("shown", "found", "expected"),
    [
        ("", "ABC", "ABC"),
        ("ABC", "CAB", "ABC"),
        ("ABC", "CA", "ABC"),
        ("ABC", "", "ABC"),
        ("AB", "CB", "ABC"),
        ("ABC", "DAB", "ABC"),
    ],
)
def test_on_the_same_topic_nothing_moves(shown: str, found: str, expected: str) -> None:
    assert names(settle(cards(shown), News(cards(found)))) == expected


@pytest.mark.parametrize(
    ("shown", "found", "expected"),
    [
        ("ABC", "DEF", "DEF"),
        ("ABC", "DB", "DB"),
        ("ABC", "C", "C"),
        ("ABC", "DC", "DC"),
        ("ABC", "", ""),
        ("ABC", "DCE", "DEC"),
    ],
)
def test_on_another_topic_what_is_found_again_stays(shown: str, found: str, expected: str) -> None:
    assert names(settle(cards(shown), News(cards(found), same_topic=False))) == expected


def test_a_clearly_better_card_takes_the_place_of_the_weakest() -> None:
    shown = [card("A", 0.6), card("B", 0.4), card("C", 0.5)]
    assert names(settle(shown, News([card("D", 0.44)]))) == "ABC"
    assert names(settle(shown, News([card("D", 0.45)]))) == "ADC"
    assert names(settle(shown, News([card("D", 0.1, strong=True)]))) == "ADC"


def test_a_strong_card_gives_way_to_no_possible_one() -> None:
    shown = [card(name, 0.2, strong=True) for name in "ABC"]
    assert names(settle(shown, News([card("D", 0.9)]))) == "ABC"


def test_only_what_is_sure_comes_up_when_hardly_anything_was_asked() -> None:
    news = News([card("A"), card("B", strong=True)], only_sure=True)
    assert names(settle([], news)) == "B"
    assert names(settle(cards("C"), replace(news, same_topic=False))) == "CB"


def test_a_card_takes_over_what_is_new_about_it() -> None:
    newer = replace(card("B"), words=("lamp",))
    assert settle(cards("AB"), News([newer]))[1] is newer


FOUND = st.lists(
    st.builds(card, st.sampled_from("ABCDEF"), st.floats(0, 1), strong=st.booleans()),
    max_size=CARDS,
    unique_by=lambda one: one.article.id,
)
HELD = st.none() | st.sampled_from([one.id for one in ARTICLES.values()])


@given(FOUND, FOUND, st.booleans(), st.booleans(), HELD)
def test_whatever_comes_cards_are_calm(
    shown: list[Suggestion],
    found: list[Suggestion],
    same_topic: bool,
    only_sure: bool,
    held: UUID | None,
) -> None:
    news = News(found, same_topic, only_sure)
    settled = settle(shown, news, held)
    before = [one.article.id for one in shown]
    after = [one.article.id for one in settled]
    again = {one.article.id for one in found}
    assert len(set(after)) == len(after) <= CARDS
    assert set(after) <= set(before) | again
    stays = [one for one in before if one in again or one == held]
    assert [one for one in after if one in stays] == stays  # in the order they stood
    if len(after) >= len(before):
        assert all(after.index(one) == before.index(one) for one in stays)
    if same_topic or only_sure:
        assert len(after) >= len(before)
    assert settle(settled, news, held) == settled  # the same answer again moves nothing
