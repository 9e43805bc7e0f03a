# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agentassist.cli import kb

run = CliRunner().invoke


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    return tmp_path / "data"


def _file(folder: Path, *lines: object) -> str:
    path = folder / "given.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return str(path)


def test_json_lines_are_imported_listed_and_learned_from(data_dir: Path, tmp_path: Path) -> None:
    there = ["--data-dir", str(data_dir)]
    given = _file(tmp_path, {"id": "plug", "text": "Pull the plug."}, {"id": "no text"})
    done = run(kb.app, ["import", given, *there])
    assert done.exit_code == 0
    assert "given.jsonl:2 [text]: left out:" in done.stdout
    [listed] = json.loads(run(kb.app, ["list", "--json", *there]).stdout)
    assert (listed["key"], listed["state"]) == ("plug", "published")
    given = _file(tmp_path, {"id": 1, "text": "no net", "articles": ["plug"]})
    for expected in ("new", "unchanged"):
        [report] = json.loads(run(kb.app, ["learn", given, "--json", *there]).stdout)
        assert (report["kind"], report[expected], report["rows"]) == ("solved contacts", 1, 1)


def test_a_file_of_which_nothing_can_be_taken_fails(data_dir: Path, tmp_path: Path) -> None:
    given = _file(tmp_path, {"id": 1, "text": "no net", "articles": ["gone"]})
    done = run(kb.app, ["learn", given, "--data-dir", str(data_dir)])
    assert done.exit_code == 1
    assert "import the articles first" in done.stdout
    missing = run(kb.app, ["learn", str(tmp_path / "no.jsonl"), "--data-dir", str(data_dir)])
    assert missing.exit_code == 1
    assert "no such file" in missing.stderr
