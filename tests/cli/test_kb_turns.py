# SPDX-License-Identifier: Apache-2.0
"""A stream of turns is scored as the desk follows it, each conversation by itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agentassist.cli import app

TURNS = [
    {"id": "1", "conversation": "a", "text": "hello"},
    {"id": "2", "conversation": "b", "text": "hi good morning"},
    {"id": "3", "conversation": "a", "text": "I want to return a lamp"},
    {"id": "4", "conversation": "b", "speaker": "agent", "text": "How can I help?"},
    {"id": "5", "conversation": "b", "text": "배송이 아직 안 왔어요"},
    {"id": "6", "conversation": "a", "text": "4 5 5 6"},
]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["kb", "turns", *arguments])
    return done.exit_code, done.output


def write(path: Path, lines: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), "utf-8")
    return path


def test_each_customer_turn_gets_a_score_and_the_question(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, said = run("--queries", str(write(tmp_path / "in.jsonl", TURNS)), "--run", str(out))
    assert (code, said) == (0, "")
    found: list[dict[str, Any]] = [json.loads(x) for x in out.read_text("utf-8").splitlines()]
    assert [(x["id"], x["attention"], x["question"]) for x in found] == [
        ("1", "silent", ""),
        ("2", "silent", ""),
        ("3", "search", "I want to return a lamp"),
        ("5", "search", "배송이 아직 안 왔어요"),
        ("6", "silent", "I want to return a lamp"),
    ]
    assert all(0 <= x["score"] <= 1 for x in found)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": 1, "text": "x"}',
        '{"id": 1, "conversation": 1, "text": 1, "speaker": "x"}',
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(line + "\n")
    code, said = run("--queries", str(path), "--run", str(tmp_path / "out.jsonl"))
    assert code == 1
    assert "in.jsonl" in said
    assert "id, conversation and text" in " ".join(said.split())


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", TURNS)
    code, said = run("--queries", str(path), "--run", str(tmp_path))
    assert code == 1
    assert "Choose another place" in said
