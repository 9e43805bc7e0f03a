# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest

from agentassist.domain.importing import RowFault
from agentassist.domain.knowledge import Article, ArticleState, Audience
from agentassist.errors import BadInput
from agentassist.intake.article_lines import (
    LONGEST_UTTERANCE,
    MOST_UTTERANCES,
    ArticleLines,
    readable,
)


def _read(path: Path, *lines: object) -> tuple[list[Article], list[RowFault]]:
    given = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(given), encoding="utf-8")
    with ArticleLines(path) as items:
        found = list(items)
    faults = [item for item in found if isinstance(item, RowFault)]
    return [item.article for item in found if not isinstance(item, RowFault)], faults


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_a_line_is_a_published_article(path: Path) -> None:
    line = {
        "id": "returns",
        "title": "Can I return it?",
        "summary": "Yes.",
        "text": "Within 30 days.\n## Later\nAsk us.",
        "questions": ["send it back", "send it back", " "],
        "labels": ["returns"],
        "products": "lamp;sofa",
        "audience": "public",
        "flow": {"name": "x", "steps": 2},
    }
    [article], [] = _read(path, line)
    assert (article.key, article.title) == ("returns", "Can I return it?")
    assert article.summary == "Yes."
    assert article.body == "Within 30 days.\n## Later\nAsk us.\n"
    assert article.questions == ("send it back",)
    assert (article.labels, article.products) == (("returns",), ("lamp", "sofa"))
    assert (article.state, article.audience) == (ArticleState.PUBLISHED, Audience.PUBLIC)
    assert article.extra == {"summary": "Yes.", "flow.name": "x", "flow.steps": "2"}


def test_without_a_title_the_first_sentence_is_one(path: Path) -> None:
    [short, long], [] = _read(
        path,
        {"id": 1, "text": "Pull the plug. Wait."},
        {"id": 2, "text": "word " * 60},
    )
    assert (short.key, short.title, short.audience) == ("1", "Pull the plug.", Audience.INTERNAL)
    assert long.title.endswith("word …")
    assert len(long.title) < 125


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ({"id": "a", "text": "환불은 삼십 일 안에 됩니다."}, "ko"),
        ({"id": "a", "text": "Thirty days."}, "en"),
        ({"id": "a", "text": "Dreißig Tage.", "language": "de"}, "de"),
        ({"id": "a", "text": "환불 되나요", "label": "refund"}, "ko"),
    ],
)
def test_the_language_is_given_or_seen(path: Path, line: object, language: str) -> None:
    [article], [] = _read(path, line)
    assert article.language == language


def test_utterances_of_a_label_are_one_article(path: Path) -> None:
    [article, card, refund], [] = _read(
        path,
        {"id": "1", "text": "where is my card", "label": "card_arrival?"},
        {"id": "2", "text": "money back", "label": "REFUND_NOW"},
        {"id": "shop", "text": "Open at nine."},
        {"id": "3", "text": "card not here", "label": "card_arrival?"},
        {"id": "4", "text": "where is my card", "label": "card_arrival?"},
    )
    assert article.key == "shop"
    assert (card.key, card.title) == ("card_arrival?", "Card arrival?")
    assert card.questions == ("where is my card", "card not here")
    assert (refund.key, refund.body, refund.state) == ("REFUND_NOW", "", ArticleState.PUBLISHED)


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("card_arrival", "Card arrival"),
        ("100_NIGHT_TRIAL", "100 night trial"),
        ("EMI", "EMI"),
        ("changeSeat", "Change Seat"),
        ("환불_문의", "환불 문의"),
        ("__", "__"),
    ],
)
def test_a_label_is_made_readable(label: str, title: str) -> None:
    assert readable(label) == title


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", ""),
        ("[1]", ""),
        ({"text": "no id"}, "id"),
        ({"id": "b"}, "text"),
        ({"id": "b", "text": ["x"]}, "text"),
        ({"id": "b", "text": True}, "text"),
        ({"id": "b\nc", "text": "x"}, "id"),
        ({"id": "b" * 121, "text": "x"}, "id"),
        ({"id": "b", "text": "x", "questions": [["y"]]}, "questions"),
        ({"id": "b", "text": "x", "labels": 3}, "labels"),
        ({"id": "b", "text": "x", "audience": "all"}, "audience"),
        ({"id": "b", "text": " ", "label": "x"}, "text"),
        ({"id": "good", "text": "again"}, "id"),
        ({"id": "b", "text": "the same key", "label": "good"}, "label"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(path: Path, line: object, field: str) -> None:
    articles, [fault] = _read(
        path, {"id": "good", "text": "x"}, line, "", {"id": "last", "text": "y"}
    )
    assert [article.key for article in articles] == ["good", "last"]
    assert (fault.place.file, fault.place.line, fault.place.field) == (str(path), 2, field)
    assert fault.reason


def test_utterances_are_bounded(path: Path) -> None:
    many = [{"text": str(number), "label": "many"} for number in range(MOST_UTTERANCES + 1)]
    [many_, long], [over, cut] = _read(path, *many, {"text": "x" * 5000, "label": "long"})
    assert (len(many_.questions), over.kept) == (MOST_UTTERANCES, False)
    assert (len(long.questions[0]), cut.kept) == (LONGEST_UTTERANCE, True)


def test_halves_of_characters_are_replaced(path: Path) -> None:
    [article], [] = _read(path, '{"id": "a", "text": "x\\ud800", "n\\udfff": "y\\ud800"}')
    assert article.body == "x\ufffd\n"
    assert article.extra == {"n\ufffd": "y\ufffd"}


def test_an_empty_file_is_refused(path: Path) -> None:
    with pytest.raises(BadInput):
        _read(path)
