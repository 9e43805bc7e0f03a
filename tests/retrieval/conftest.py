# SPDX-License-Identifier: Apache-2.0
"""What tests of the search share: articles, and an index over them."""

from collections.abc import Callable, Sequence
from uuid import UUID, uuid5

import pytest

from agentassist.domain.knowledge import Article, Audience
from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.catalog import Catalog, Header
from agentassist.retrieval.chunker import cut, encoded_text
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import HybridSearch, Lexical, Vectors
from agentassist.retrieval.lexical_index import Fields, LexicalIndex
from agentassist.retrieval.phrases import PhraseKind
from agentassist.retrieval.vector_index import VectorIndex
from tests.model import encoder, model_folder

__all__ = ["encoder", "model_folder"]

_SPACE = UUID("018f0000-0000-7000-8000-000000000000")

Search = Callable[..., HybridSearch]


def make_article(key: str, title: str, body: str, **more: object) -> Article:
    language = str(more.pop("language", "en"))
    return Article(uuid5(_SPACE, key), key, title, body, language, **more)  # type: ignore[arg-type]  # of the test


ARTICLES = (
    make_article(
        "returns",
        "How long can I return something?",
        "You have 30 days from delivery to send an item back for a full refund.",
        questions=("can I send this back", "I changed my mind"),
        audience=Audience.PUBLIC,
        labels=("retail",),
    ),
    make_article(
        "router",
        "My home internet is down",
        "Pull the plug of the router, wait two minutes and plug it in again. A red light "
        "means error E-4410/7 on the line.",
        questions=("wifi is not working",),
        labels=("telecom",),
        products=("home",),
    ),
    make_article(
        "late",
        "Can I check out late?",
        "Late check-out until 14:00 is free for members, when the room is not booked.",
        questions=("keep the room a bit longer",),
        labels=("hotel",),
    ),
    make_article(
        "ko-refund",
        "환불은 언제 받을 수 있나요?",
        "반품한 상품이 도착하면 영업일 기준 5일 안에 결제하신 카드로 환불됩니다.",
        language="ko",
        questions=("돈은 언제 돌려받나요",),
    ),
    make_article(
        "ko-roaming",
        "해외에서 데이터를 쓸 수 있나요?",
        "로밍 요금제를 신청하시면 하루 3GB까지 빠른 속도로 이용하실 수 있습니다.",
        language="ko",
    ),
)


def build_search(articles: Sequence[Article], encoder: Encoder | None = None) -> HybridSearch:
    analyzer, catalog, fields, said = Analyzer(), Catalog(), [], []
    vectors = None
    if encoder is not None:
        size = encoder.dimension
        vectors = Vectors(encoder, VectorIndex(size), VectorIndex(size))
    for article in articles:
        passages = cut(article)
        header = Header.of(article)
        rows = catalog.put(header, [(one.id, one.digest) for one in passages])
        fields += [
            Fields(header.title, header.questions, one.heading, one.text) for one in passages
        ]
        spoken = [one.text if one.kind is PhraseKind.QUESTION else "" for one in header.phrases]
        said += [Fields("", (), "", text) for text in spoken]
        if vectors is not None and vectors.encoder.speaks(article.language):
            texts = [encoded_text(article.title, one.heading, one.text) for one in passages]
            vectors.passages.add(rows, vectors.encoder.encode(texts))
            mine = catalog.phrases.rows(catalog.place(article.id) or 0)
            texts = [one.text for one in header.phrases]
            vectors.phrases.add(mine, vectors.encoder.encode(texts))
    lexical = Lexical(LexicalIndex.build(analyzer, fields), LexicalIndex.build(analyzer, said))
    return HybridSearch(catalog, lexical, vectors)


@pytest.fixture
def keys() -> dict[UUID, str]:
    return {article.id: article.key for article in ARTICLES}
