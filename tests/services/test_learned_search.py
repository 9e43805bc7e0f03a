# SPDX-License-Identifier: Apache-2.0
"""What agents link, copy and dismiss changes what the next customer's words bring up."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import (
    Article,
    ArticleState,
    Feedback,
    FeedbackKind,
    Scope,
    Suggestion,
)
from agentassist.retrieval.chunker import cut
from agentassist.retrieval.encoder import Encoder
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from tests.model import model_folder

__all__ = ["model_folder"]

Clock = Callable[[], datetime]
Open = Callable[[], KnowledgeIndex]
SAID = "the thing you sold me makes a noise like a kettle, says Maria Okonkwo"
LATER = "what you sold me makes a noise like a kettle"


def article(key: str, title: str, body: str, language: str = "en") -> Article:
    return Article(new_id(), key, title, body, language, state=ArticleState.PUBLISHED)


PUMP = article("pump", "Descale the pump", "Run one litre of vinegar through the boiler.")
RETURNS = article("returns", "Return an item", "Send it back within 30 days of delivery.")
BILL = article("bill", "Where is my bill?", "Invoices are in your account under Orders.")
REFUND = article("ko-refund", "환불 안내", "반품이 도착하면 카드로 환불됩니다.", "ko")


def publish(database: Database, *articles: Article) -> None:
    with database.transaction() as connection:
        for one in articles:
            Knowledge(connection).save_article(one, cut(one))


@pytest.fixture
def act(database: Database, now: Clock) -> Callable[..., Feedback]:
    def store(of: Article, kind: FeedbackKind, said: str = SAID, days: int = 0) -> Feedback:
        given = Feedback(new_id(), of.id, kind, said, now() - timedelta(days=days))
        with database.transaction() as connection:
            Knowledge(connection).add_feedback(given)
        return given

    return store


@pytest.fixture
def make(database: Database, tmp_path: Path, model_folder: Path, now: Clock) -> Iterator[Open]:
    made: list[KnowledgeIndex] = []

    def build() -> KnowledgeIndex:
        index = KnowledgeIndex(
            database, tmp_path / "index", lambda: Encoder.open(model_folder), now
        )
        made.append(index)
        index.open()
        index.load_model()
        index.update()
        return index

    yield build
    for index in made:
        index.close()


@pytest.fixture
def index(database: Database, make: Open) -> KnowledgeIndex:
    publish(database, PUMP, RETURNS, BILL, REFUND)
    return make()


def learn(index: KnowledgeIndex) -> None:
    assert index.refresh()
    index.update()


def score(index: KnowledgeIndex, of: Article, text: str = LATER) -> float:
    found = index.rank(text, Scope(), 10)
    return next((one.score for one in found if one.article_id == of.id), 0.0)


def card(index: KnowledgeIndex, of: Article, text: str = LATER) -> Suggestion | None:
    found = index.search(text, Scope()).cards
    return next((one for one in found if one.article.id == of.id), None)


def test_one_link_is_enough_for_the_next_customer(
    index: KnowledgeIndex, act: Callable[..., Feedback], now: Clock
) -> None:
    assert card(index, PUMP) is None
    act(PUMP, FeedbackKind.LINKED)
    learn(index)
    found = card(index, PUMP)
    assert found is not None
    assert (found.solved, found.solved_on) == (1, now().date())


def test_nothing_of_the_other_customer_is_on_the_card(
    index: KnowledgeIndex, act: Callable[..., Feedback], tmp_path: Path
) -> None:
    act(PUMP, FeedbackKind.LINKED)
    learn(index)
    assert "Okonkwo" not in repr(index.search(LATER, Scope()))
    index.close()
    kept = b"".join(one.read_bytes() for one in (tmp_path / "index").rglob("*") if one.is_file())
    assert SAID.encode() not in kept


def test_a_dismissal_counts_against(index: KnowledgeIndex, act: Callable[..., Feedback]) -> None:
    before = score(index, RETURNS, SAID)
    act(RETURNS, FeedbackKind.NOT_RELEVANT)
    learn(index)
    assert score(index, RETURNS, SAID) < before


def test_a_link_says_more_than_a_copy_and_other_acts_say_nothing(
    index: KnowledgeIndex, act: Callable[..., Feedback]
) -> None:
    plain = score(index, PUMP)
    act(PUMP, FeedbackKind.OPENED)
    act(PUMP, FeedbackKind.FLAGGED)
    assert not index.refresh()
    act(PUMP, FeedbackKind.USED)
    learn(index)
    copied = score(index, PUMP)
    act(RETURNS, FeedbackKind.LINKED)
    learn(index)
    assert plain < copied
    assert score(index, RETURNS) > score(index, PUMP)


def test_what_was_learned_outlives_a_change_of_the_article_and_a_lost_cache(
    database: Database,
    index: KnowledgeIndex,
    make: Open,
    act: Callable[..., Feedback],
    tmp_path: Path,
) -> None:
    act(PUMP, FeedbackKind.LINKED)
    learn(index)
    publish(database, replace(PUMP, body="Use citric acid instead of vinegar."))
    index.article_changed(PUMP.id)
    assert card(index, PUMP) is not None
    index.close()
    assert card(make(), PUMP) is not None
    shutil.rmtree(tmp_path / "index")
    assert card(make(), PUMP) is not None


def test_a_retired_article_votes_no_more_and_again_when_it_is_back(
    database: Database, index: KnowledgeIndex, act: Callable[..., Feedback]
) -> None:
    act(PUMP, FeedbackKind.LINKED)
    learn(index)
    with database.transaction() as connection:
        Knowledge(connection).retire(PUMP.id)
    index.article_changed(PUMP.id)
    assert card(index, PUMP) is None
    publish(database, PUMP)
    index.article_changed(PUMP.id)
    assert card(index, PUMP) is not None


def test_korean_contacts_vote_by_their_words(
    index: KnowledgeIndex, act: Callable[..., Feedback]
) -> None:
    text = "토스터가 자꾸 꺼져서 돈으로 돌려받고 싶어요"
    before = score(index, REFUND, text)
    act(REFUND, FeedbackKind.LINKED, "토스터가 자꾸 꺼져요 돌려받고 싶습니다")
    learn(index)
    assert score(index, REFUND, text) > before


def test_scope_keeps_a_contact_of_another_article_out(
    index: KnowledgeIndex, act: Callable[..., Feedback]
) -> None:
    act(PUMP, FeedbackKind.LINKED)
    learn(index)
    public = Scope(include_internal=False)
    assert index.search(LATER, public).cards == ()
