# SPDX-License-Identifier: Apache-2.0
"""Smoke tests: the benchmarks run and tell what they claim to. Nothing here judges speed."""

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.storage.database import opened
from agentassist.storage.rows import position_of
from agentassist.storage.schema.history import interactions
from benchmarks import sqlite_rows, words
from benchmarks.__main__ import TOPICS, main
from benchmarks.figures import Budget, Figure, figure, p95, table
from benchmarks.gaps import GapMeter
from tests.model import model_folder

__all__ = ["model_folder"]


def test_p95_is_a_value_that_was_measured() -> None:
    assert p95([float(one) for one in range(1, 101)]) == 95
    assert p95([3.0, 1.0, 2.0]) == 3
    assert p95([7.0]) == 7


@pytest.mark.parametrize(
    ("budget", "met"),
    [
        (None, None),
        (Budget(2.0), True),
        (Budget(1.9), False),
        (Budget(2.5, on_p95=True), False),
        (Budget(3.0, on_p95=True), True),
        (Budget(1.5, at_least=True), True),
        (Budget(2.5, at_least=True), False),
    ],
)
def test_a_budget_is_met_or_not(budget: Budget | None, met: bool | None) -> None:
    assert figure("x", "ms", [1.0, 2.0, 3.0], budget).met is met


def test_figures_survive_json_and_name_what_was_missed() -> None:
    given = figure("start", "s", [0.25, 0.75], Budget(0.5), "warm")
    again = Figure.from_json(json.loads(json.dumps(given.to_json())))
    assert again == given
    shown = table([again, figure("late", "ms", [1200.0], Budget(5))])
    assert "≤ 0.5 s" in shown
    assert "1,200 ms" in shown
    assert [line.split("|")[6].strip() for line in shown.splitlines()[2:]] == ["yes", "NO"]


def test_made_up_sentences_differ_but_return_with_their_seed() -> None:
    texts = ["The parcel left our house on the last day of the month. It never came back to us."]
    first, again = words.Sentences(texts), words.Sentences(texts)
    made = [first.several(3) for _ in range(20)]
    assert len(set(made)) == 20
    assert made == [again.several(3) for _ in range(20)]


def test_rows_past_the_types_are_stored_as_by_the_types(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 9, 30, 0, 5, tzinfo=UTC)
    talk = Interaction(new_id(), None, Channel.CHAT, "안녕하세요", at, status="open")
    row = {item.name: getattr(talk, item.name) for item in fields(talk)}
    row |= {"position": position_of(at), "source_ref": None}
    read: list[list[object]] = []
    made: list[list[str]] = []
    for name in ("by-type.db", "past-types.db"):
        with opened(f"sqlite:///{tmp_path / name}") as database:
            database.upgrade()
            with database.transaction() as connection:
                if name == "by-type.db":
                    connection.execute(insert(interactions), [row])
                else:
                    for index in interactions.indexes:
                        index.drop(connection)
        if name == "past-types.db":
            sqlite_rows.write(tmp_path / name, interactions, [row])
        with closing(sqlite3.connect(tmp_path / name)) as plain:
            columns = ", ".join(column.name for column in interactions.columns)
            read.append(plain.execute(f"SELECT {columns} FROM interactions").fetchall())
            master = "SELECT sql FROM sqlite_master WHERE tbl_name = 'interactions' ORDER BY name"
            made.append([" ".join(str(sql).split()) for (sql,) in plain.execute(master)])
    assert read[0] == read[1] != []
    assert made[0] == made[1]


def test_the_meter_sees_a_blocked_window(qtbot: QtBot) -> None:
    meter = GapMeter()
    meter.enter("calm")
    qtbot.wait(30)
    meter.enter("blocked")
    time.sleep(0.1)
    qtbot.wait(20)
    meter.close()
    assert meter.longest["blocked"].late > 0.09
    assert meter.longest["blocked"].worked < 0.05


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_can_be_measured(name: str) -> None:
    assert callable(import_module(f"benchmarks.{name}").measure)


def test_a_quick_run_prints_a_table_and_writes_json(
    tmp_path: Path, model_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / model_folder.name).symlink_to(model_folder, target_is_directory=True)
    file = tmp_path / "figures.json"
    assert main(["timeline", "--quick", "--cache", str(tmp_path), "--json", str(file)]) == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    names = [one["name"] for one in written["figures"]]
    assert "call to painted timeline, customer of 10,000" in names
    assert "call to painted timeline, 10 merged customers of 100" in names
    assert "memory after scrolling through everything" in names
    assert "longest gap: filtering: a word that is nowhere" in names
    assert all(0 < one["median"] <= one["p95"] for one in written["figures"])
    assert "call to painted timeline" in capsys.readouterr().out
