# SPDX-License-Identifier: Apache-2.0
from uuid import UUID

import pytest

from agentassist.domain.knowledge import Scope, SearchMode, Strength
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import HybridSearch
from tests.retrieval.conftest import ARTICLES, build_search, make_article

Keys = dict[UUID, str]

QUIET = [
    "", " ", "\n", "ok", "thank you so much", "hello good morning", "네 감사합니다", "안녕하세요",
    "😀😀", "\0", "\ud800", "\u200b", "what a lovely day at the zoo", "1234", "?!",
]  # fmt: skip


@pytest.fixture
def both(encoder: Encoder) -> HybridSearch:
    return build_search(ARTICLES, encoder)


@pytest.fixture
def words() -> HybridSearch:
    return build_search(ARTICLES)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("am I allowed to send these shoes back to you", "returns"),
        ("there is no connection at my house since yesterday", "router"),
        ("e-4410/7", "router"),
        ("may we stay in our room until the afternoon", "late"),
        ("환불 언제 돼요", "ko-refund"),
        ("돈을 돌려받고 싶은데요", "ko-refund"),
        ("해외 로밍 데이터 얼마예요", "ko-roaming"),
    ],
)
def test_meaning_and_words_find_the_article(
    both: HybridSearch, keys: Keys, text: str, key: str
) -> None:
    mode, hits = both.search(text, Scope())
    assert mode is SearchMode.FULL
    assert keys[hits[0].article_id] == key


@pytest.mark.parametrize(
    ("text", "key"), [("send item back for refund", "returns"), ("환불", "ko-refund")]
)
def test_words_alone_find_it_too(words: HybridSearch, keys: Keys, text: str, key: str) -> None:
    mode, hits = words.search(text, Scope())
    assert mode is SearchMode.KEYWORD_ONLY
    assert keys[hits[0].article_id] == key
    assert not hits[0].semantic


@pytest.mark.parametrize("text", QUIET, ids=range(len(QUIET)))
def test_small_talk_and_noise_bring_up_nothing(
    both: HybridSearch, words: HybridSearch, text: str
) -> None:
    assert both.search(text, Scope())[1] == ()
    assert words.search(text, Scope())[1] == ()


def test_a_megabyte_is_answered(both: HybridSearch, keys: Keys) -> None:
    _, hits = both.search("I want to send this back for a refund. " * 26_000, Scope())
    assert keys[hits[0].article_id] == "returns"


def test_a_code_is_strong(both: HybridSearch, keys: Keys) -> None:
    _, hits = both.search("it says E-4410/7", Scope())
    assert (keys[hits[0].article_id], hits[0].strength) == ("router", Strength.STRONG)


def test_the_closest_question_is_named(both: HybridSearch) -> None:
    _, hits = both.search("I have changed my mind", Scope())
    assert hits[0].question == "I changed my mind"


def test_the_model_has_no_vote_on_korean(both: HybridSearch, words: HybridSearch) -> None:
    text = "환불은 언제 되나요"
    assert both.rank(text, Scope(), 5) == words.rank(text, Scope(), 5)


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope(language="ko"), {"ko-refund", "ko-roaming"}),
        (Scope(include_internal=False), {"returns"}),
        (Scope(labels=frozenset({"hotel", "telecom"})), {"router", "late"}),
    ],
)
def test_nothing_outside_the_scope_is_found(
    both: HybridSearch, keys: Keys, scope: Scope, allowed: set[str]
) -> None:
    for text in ("can I return it late", "my internet is down", "환불 데이터 로밍"):
        assert {keys[one.article_id] for one in both.rank(text, scope, 10)} <= allowed


def test_one_article_is_on_one_card_with_its_best_passage(encoder: Encoder) -> None:
    filler = " ".join(f"paragraph about lamps number {number}" for number in range(24))
    body = f"# Lamps\n\n{filler}\n\n# Refunds\n\nA refund for a lamp takes five days. {filler}"
    one = make_article("lamps", "Everything on lamps", body)
    _, hits = build_search([one], encoder).search("how long does a lamp refund take", Scope())
    assert len(hits) == 1
    ranked = build_search([one], encoder).rank("how long does a lamp refund take", Scope(), 3)
    assert ranked[0].row == 1


def test_at_most_three_cards(encoder: Encoder) -> None:
    many = [
        make_article(f"r{number}", f"How do I return item {number}?", "Send the item back to us.")
        for number in range(8)
    ]
    _, hits = build_search(many, encoder).search("how do I return an item", Scope())
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_an_empty_index_answers_with_nothing(encoder: Encoder) -> None:
    assert build_search([], encoder).search("anything at all", Scope())[1] == ()
    assert build_search([]).keyword("anything at all", Scope()) == ()
