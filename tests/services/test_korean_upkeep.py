# SPDX-License-Identifier: Apache-2.0
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState, Scope
from agentassist.errors import Cancelled, Unavailable
from agentassist.retrieval import korean_teacher
from agentassist.retrieval.chunker import cut
from agentassist.retrieval.encoder import Encoder
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

Clock = Callable[[], datetime]


def article(key: str, title: str, body: str, language: str) -> Article:
    return Article(new_id(), key, title, body, language, state=ArticleState.PUBLISHED)


RETURNS = article("returns", "Returns", "Send it back within 30 days.", "en")
KOREAN = [
    article("refund", "환불 규정", "반품이 도착하면 카드로 환불됩니다.", "ko"),
    article("help", "도움 요청", "상담원이 도와 드립니다. 전화하십시오.", "ko"),
    article("roaming", "해외 로밍", "요금제를 신청하면 해외에서 데이터를 씁니다.", "ko"),
]


def publish(database: Database, *articles: Article) -> None:
    with database.transaction() as connection:
        for one in articles:
            Knowledge(connection).save_article(one, cut(one))


def no_model() -> Encoder:
    raise Unavailable("There is no model.")


@pytest.fixture
def make(database: Database, tmp_path: Path, now: Clock) -> Iterator[Callable[[], KnowledgeIndex]]:
    made: list[KnowledgeIndex] = []

    def build() -> KnowledgeIndex:
        made.append(KnowledgeIndex(database, tmp_path / "index", no_model, now))
        made[-1].open()
        return made[-1]

    yield build
    for index in made:
        index.close()


def best(index: KnowledgeIndex, text: str) -> str:
    return next(iter(index.ranked_keys(text, Scope(), 1)), "")


def morphemes(index: KnowledgeIndex, text: str) -> int:
    """Count the terms of a query that are a morpheme of the best row."""
    return index.rank(text, Scope(), 1)[0].evidence.matched


def test_korean_articles_are_indexed_again_by_their_morphemes(
    database: Database, make: Callable[[], KnowledgeIndex]
) -> None:
    publish(database, RETURNS, *KOREAN)
    index = make()
    before = morphemes(index, "해외로밍요금제신청")
    assert index.learn_korean()
    assert morphemes(index, "해외로밍요금제신청") > before
    assert [best(index, text) for text in ("환불해 주세요", "도와주세요", "send it back")] == [
        "refund",
        "help",
        "returns",
    ]
    assert not index.learn_korean()


def test_what_was_learned_is_there_at_the_next_start_and_after_a_change(
    database: Database, make: Callable[[], KnowledgeIndex]
) -> None:
    publish(database, RETURNS, *KOREAN)
    first = make()
    first.learn_korean()
    after = morphemes(first, "해외로밍요금제신청")
    second = make()
    assert morphemes(second, "해외로밍요금제신청") == after
    publish(database, replace(KOREAN[0], title="환불 규정과 쿠폰", version=2))
    second.article_changed(KOREAN[0].id)
    assert best(second, "환불쿠폰") == "refund"


def test_without_korean_or_without_the_analyser_nothing_is_learned(
    database: Database,
    make: Callable[[], KnowledgeIndex],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    publish(database, RETURNS)
    index = make()
    assert not index.learn_korean()
    publish(database, *KOREAN)
    index.refresh()
    with monkeypatch.context() as patched:
        patched.setattr(korean_teacher, "_MODULE", "agentassist.no_such_module")
        with caplog.at_level("INFO"):
            assert not index.learn_korean()
    assert "no_such_module" in caplog.text
    caplog.clear()
    assert best(index, "환불은 언제") == "refund"
    assert not index.learn_korean()
    assert make().learn_korean()


def test_learning_gives_way_to_a_call(
    database: Database, make: Callable[[], KnowledgeIndex]
) -> None:
    publish(database, *KOREAN)
    index = make()
    with pytest.raises(Cancelled):
        index.learn_korean(lambda: True)
    assert best(index, "환불은 언제") == "refund"


def test_articles_that_come_while_it_learns_are_not_lost(
    database: Database, make: Callable[[], KnowledgeIndex]
) -> None:
    publish(database, *KOREAN[:2])
    index = make()

    def publish_one() -> bool:
        if best(index, "로밍") != "roaming":
            publish(database, KOREAN[2])
            index.article_changed(KOREAN[2].id)
        return False

    index.learn_korean(publish_one)
    assert best(index, "해외 로밍") == "roaming"
