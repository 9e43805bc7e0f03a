# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agentassist.cli import kb
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Feedback, FeedbackKind, Gap
from agentassist.storage.database import opened
from agentassist.storage.knowledge import Knowledge
from tests.storage.build import article, at

run = CliRunner().invoke


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data folder in which one thing was asked twice and one article flagged."""
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    made = article("return-late")
    with opened(f"sqlite:///{tmp_path / 'agentassist.db'}") as database:
        database.upgrade()
        with database.transaction() as connection:
            knowledge = Knowledge(connection)
            knowledge.save_article(made, ())
            for minute in (0, 1):
                knowledge.add_gap(Gap(new_id(), "lamp\nflickers", "en", at(minute)))
            knowledge.add_feedback(
                Feedback(new_id(), made.id, FeedbackKind.FLAGGED, "lamp", at(2), reason="too old")
            )
    return tmp_path


def lines(data_dir: Path, word: str) -> list[list[str]]:
    done = run(kb.app, [word, "--data-dir", str(data_dir)])
    assert done.exit_code == 0
    return [[cell for cell in line.split("  ") if cell] for line in done.stdout.splitlines()]


def test_gaps_are_listed(data_dir: Path) -> None:
    heads, row = lines(data_dir, "gaps")
    assert [cell.strip() for cell in heads] == ["WHEN", "TIMES", "LANGUAGE", "QUERY"]
    assert [cell.strip() for cell in row] == ["2026-03-01 12:01 UTC", "2", "en", "lamp flickers"]


def test_flags_are_listed(data_dir: Path) -> None:
    heads, row = lines(data_dir, "flags")
    assert [cell.strip() for cell in heads] == ["WHEN", "ARTICLE", "REASON", "QUERY"]
    assert [cell.strip() for cell in row] == [
        "2026-03-01 12:02 UTC",
        "return-late",
        "too old",
        "lamp",
    ]


def test_both_for_programs(data_dir: Path) -> None:
    [gap] = json.loads(run(kb.app, ["gaps", "--json", "--data-dir", str(data_dir)]).stdout)
    assert (gap["query"], gap["language"], gap["times"]) == ("lamp flickers", "en", 2)
    [flag] = json.loads(run(kb.app, ["flags", "--json", "--data-dir", str(data_dir)]).stdout)
    assert (flag["key"], flag["reason"]) == ("return-late", "too old")


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("gaps", "No gap was reported.\n"), ("flags", "No article was flagged.\n")],
)
def test_nothing_is_said_to_be_nothing(tmp_path: Path, word: str, sentence: str) -> None:
    empty = ["--data-dir", str(tmp_path / "new")]
    assert run(kb.app, [word, *empty]).stdout == sentence
    assert json.loads(run(kb.app, [word, "--json", *empty]).stdout) == []
