# SPDX-License-Identifier: Apache-2.0
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agentassist.domain.knowledge import Feedback, FeedbackKind
from agentassist.errors import BadInput, Cancelled
from agentassist.services.learning import LONGEST_TEXT, learn
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from tests.storage.build import article

DAY = datetime(2023, 5, 1, tzinfo=UTC)


@pytest.fixture
def late(database: Database) -> Database:
    """Give a database with two articles."""
    with database.transaction() as connection:
        for key in ("parcel-late", "refund"):
            Knowledge(connection).save_article(article(key), ())
    return database


def _write(folder: Path, *lines: object) -> Path:
    path = folder / "solved.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def _links(database: Database, key: str) -> tuple[Feedback, ...]:
    with database.reading() as connection:
        knowledge = Knowledge(connection)
        return knowledge.feedback(knowledge.ids_of([key])[key])


def test_each_linked_article_is_a_lesson(late: Database, tmp_path: Path) -> None:
    line = {"id": 1, "text": "parcel?", "articles": ["parcel-late", "refund"], "date": "2023-05-01"}
    report = learn(late, _write(tmp_path, line))
    assert (report.new, report.unchanged, report.faults) == (1, 0, ())
    [link] = _links(late, "parcel-late")
    assert (link.kind, link.query, link.at) == (FeedbackKind.LINKED, "parcel?", DAY)
    assert len(_links(late, "refund")) == 1


def test_a_second_run_adds_nothing(late: Database, tmp_path: Path) -> None:
    path = _write(tmp_path, {"id": 1, "text": "parcel?", "articles": ["refund"]})
    learn(late, path)
    again = learn(late, path)
    assert (again.new, again.unchanged) == (0, 1)
    assert len(_links(late, "refund")) == 1
    assert learn(late, path, source="other desk").new == 1


def test_a_contact_without_a_date_was_now(
    late: Database, tmp_path: Path, now: Callable[[], datetime]
) -> None:
    learn(late, _write(tmp_path, {"id": 1, "text": "x", "articles": "refund"}), now=now)
    [link] = _links(late, "refund")
    assert link.at == now()


def test_secrets_are_taken_out_and_long_texts_cut(late: Database, tmp_path: Path) -> None:
    text = "my card 4111 1111 1111 1111 was charged " + "x" * 9_000
    report = learn(late, _write(tmp_path, {"id": 1, "text": text, "articles": ["refund"]}))
    [link] = _links(late, "refund")
    assert report.redacted == 1
    assert "4111 1111" not in link.query
    assert len(link.query) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"text": "x", "articles": ["refund"]}, "id"),
        ({"id": 2, "articles": ["refund"]}, "text"),
        ({"id": 2, "text": "x"}, "articles"),
        ({"id": 2, "text": "x", "articles": []}, "articles"),
        ({"id": 2, "text": "x", "articles": [["refund"]]}, "articles"),
        ({"id": 2, "text": "x", "articles": ["gone"]}, "articles"),
        ({"id": 2, "text": "x", "articles": ["refund"], "date": "soon"}, "date"),
        ([], ""),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(
    late: Database, tmp_path: Path, line: object, field: str
) -> None:
    good = {"id": 1, "text": "x", "articles": ["refund"]}
    path = _write(tmp_path, good, line, good | {"id": 3})
    report = learn(late, path)
    [fault] = report.faults
    assert (report.new, report.skipped) == (2, 1)
    assert (fault.place.file, fault.place.line, fault.place.field) == (str(path), 2, field)


def test_what_is_known_of_a_contact_is_taken(late: Database, tmp_path: Path) -> None:
    report = learn(late, _write(tmp_path, {"id": 1, "text": "x", "articles": ["gone", "refund"]}))
    [fault] = report.faults
    assert (report.new, report.skipped, fault.kept) == (1, 0, True)
    assert "gone" in fault.reason


def test_a_dry_run_writes_nothing(late: Database, tmp_path: Path) -> None:
    path = _write(tmp_path, {"id": 1, "text": "x", "articles": ["refund"]})
    assert learn(late, path, dry_run=True).new == 1
    assert _links(late, "refund") == ()


def test_it_can_be_stopped(late: Database, tmp_path: Path) -> None:
    path = _write(tmp_path, {"id": 1, "text": "x", "articles": ["refund"]})
    with pytest.raises(Cancelled):
        learn(late, path, cancelled=lambda: True)
    assert _links(late, "refund") == ()


def test_an_empty_file_is_refused(late: Database, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        learn(late, _write(tmp_path))
