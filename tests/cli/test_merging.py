# SPDX-License-Identifier: Apache-2.0
"""Merging, splitting and moving from the command line, on a database of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    people, notes = tmp_path / "people.csv", tmp_path / "notes.csv"
    people.write_text("name,phone,tier\n김민수,010-5550-0123,gold\nMinsu Kim,+1 415 555 0100,\n")
    notes.write_text("id,phone,text\n1,+1 415 555 0100,hello\n")
    folder = tmp_path / "data"
    run(folder, "customers", "import", str(people), "--kind", "customers", "--region", "KR")
    run(folder, "interactions", "import", str(notes), "--channel", "sms")
    return folder


def run(data_dir: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)])


def read(data_dir: Path, *words: str) -> Any:
    result = run(data_dir, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def pair(data_dir: Path) -> list[str]:
    return [read(data_dir, "customers", "find", name)[0]["id"] for name in ("김민수", "Minsu")]


def test_a_merge_is_shown_done_listed_and_undone(data_dir: Path, pair: list[str]) -> None:
    shown = run(data_dir, "customers", "merge", *pair, "--take", "name=B", "--dry-run")
    assert "Nothing done" in shown.output
    assert "1 sms" in shown.output
    assert len(read(data_dir, "customers", "find", "Min")) == 1
    assert read(data_dir, "customers", "show", pair[0])["counts"] == {}
    done = read(data_dir, "customers", "merge", *pair, "--take", "name=B", "--reason", "asked")
    assert done["fields"]["name"]["shown"] == "Minsu Kim"
    joined = read(data_dir, "customers", "show", pair[0])
    assert (joined["name"], joined["tier"], joined["counts"]) == ("Minsu Kim", "gold", {"sms": 1})
    (row,) = read(data_dir, "customers", "merges", pair[1])
    assert (row["kind"], row["what"], row["reason"]) == ("merge", "Minsu Kim into 김민수", "asked")
    assert run(data_dir, "customers", "split", done["merge_id"]).exit_code == 0
    assert read(data_dir, "customers", "show", pair[0])["name"] == "김민수"
    again = run(data_dir, "customers", "split", done["merge_id"])
    assert (again.exit_code, again.stderr) == (1, "This merge was undone already.\n")


def test_a_conversation_is_moved_and_moved_back(data_dir: Path, pair: list[str]) -> None:
    (item,) = read(data_dir, "customers", "show", pair[1])["interactions"]
    done = read(data_dir, "customers", "move", item["id"], pair[0])
    assert read(data_dir, "customers", "show", pair[0])["counts"] == {"sms": 1}
    assert "to " + pair[0] in run(data_dir, "customers", "merges", pair[1]).output
    assert run(data_dir, "customers", "split", done["move_id"]).exit_code == 0
    assert read(data_dir, "customers", "show", pair[1])["counts"] == {"sms": 1}
    assert run(data_dir, "customers", "move", item["id"], "nobody").exit_code == 0
    assert read(data_dir, "customers", "show", pair[1])["counts"] == {}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["merge", "A", "A"], "one customer already"),
        (["merge", "A", "B", "--take", "shoe=B"], "write FIELD=A or FIELD=B"),
        (["move", "A", "nobody"], "no conversation or contact"),
        (["move", "A", "Peter"], "the word nobody"),
        (["merges", "A"], "Nothing was merged"),
    ],
)
def test_what_cannot_be_done_says_why(
    data_dir: Path, pair: list[str], words: list[str], sentence: str
) -> None:
    ids = dict(zip("AB", pair, strict=True))
    result = run(data_dir, "customers", *(ids.get(one, one) for one in words))
    assert result.exit_code == 1
    assert sentence in result.stderr
