# SPDX-License-Identifier: Apache-2.0
"""The race with other engines can be run. Nothing here judges who wins."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.options import Options
from benchmarks.peers.__main__ import OURS, Race, Row, every, main, report
from benchmarks.peers.engines import ENGINES
from benchmarks.peers.packages import NOT_MEASURED, PACKAGES
from benchmarks.quality.files import write_lines
from tests.model import model_folder

__all__ = ["model_folder"]

ROW = Row("kb/x", "txtai", "9.0", 0.5, 0.0123, 0.05, 1234.5, 700_000_000, 1_400_000_000)


def test_every_engine_has_a_package_and_no_absent_one_is_measured() -> None:
    assert set(ENGINES) == set(PACKAGES)
    assert not set(NOT_MEASURED) & set(PACKAGES)


def test_the_table_shows_what_was_measured_and_names_who_is_missing() -> None:
    content = {
        "rows": [asdict(ROW)],
        "failed": {"whoosh on kb/x": "it broke"},
        "not_measured": {"marqo": "a server"},
        "ours_at_run_time": 600_000_000,
    }
    lines = report(content).splitlines()
    cells = "kb/x | txtai | 9.0 | 0.500 | 12.3 ms | 50.0 ms | 1,234 | 700 MB | 1,400 MB"
    assert lines[2] == f"| {cells} |"
    assert "600 MB" in lines[4]
    assert lines[-2:] == ["- whoosh on kb/x: it broke", "- marqo: a server"]


def test_queries_are_taken_from_all_over() -> None:
    queries = [{"id": str(number)} for number in range(1000)]
    taken = every(queries, quick=False)
    assert len(taken) <= 400
    assert taken[-1]["id"] > "9"
    assert len(every(queries, quick=True)) == 10


def test_without_figures_it_says_how_to_get_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--markdown", "--json", str(tmp_path / "none.json")]) == 1
    assert "make peers" in capsys.readouterr().err


def test_our_search_runs_in_the_race(tmp_path: Path, model_folder: Path) -> None:
    cache, folder = tmp_path / "cache", tmp_path / "sets" / "kb"
    (cache / "models").mkdir(parents=True)
    (cache / "models" / model_folder.name).symlink_to(model_folder, target_is_directory=True)
    folder.mkdir(parents=True)
    shutil.copyfile(Path(__file__).with_name("tiny_score.py"), folder.parent / "score.py")
    articles = [{"id": key, "title": f"About {key}", "text": key} for key in ("lamps", "sofas")]
    write_lines(folder / "corpus.jsonl", articles)
    write_lines(folder / "queries.jsonl", [{"id": "q", "text": "tell me of lamps"}])
    (folder / "qrels.tsv").write_text("query_id\tdoc_id\tgrade\nq\tlamps\t1\n", encoding="utf-8")
    race = Race(
        folder.parent, "kb", tmp_path, Options(quick=True, cache=cache), Path(sys.executable)
    )
    row = race.run(OURS, 1)
    assert (row.ndcg, row.engine) == (1, OURS)
    assert min(row.median, row.pieces_per_second, row.memory) > 0
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["ranked"]["q"]
