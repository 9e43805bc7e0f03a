# SPDX-License-Identifier: Apache-2.0
"""The command line against a desk in another process."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentassist.ui.desk_commands import desk_name

DESK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from agentassist.ui.instance import Instance
app = QCoreApplication([])
desk = Instance(Path(sys.argv[1]))
desk.command.connect(lambda command: print(command, flush=True))
print(desk.claim(), flush=True)
app.exec()
"""
CLI = "from agentassist.cli.call import app; app()"
Desk = subprocess.Popen[str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    running = subprocess.Popen(
        [sys.executable, "-c", DESK, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "True\n"
    yield running
    running.kill()
    running.communicate(timeout=10)
    Path(desk_name(tmp_path)).unlink(missing_ok=True)


def call(data_dir: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CLI, *words, "--data-dir", str(data_dir)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def heard(desk: Desk) -> dict[str, str]:
    assert desk.stdout is not None
    command: dict[str, str] = ast.literal_eval(desk.stdout.readline())
    return command


def test_pop_announces_a_call(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "pop", "--from", "+15550100", "--to", "12", "--queue", "q", "--id", "c-1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "c-1\n", "")
    assert heard(desk) == {
        "command": "pop",
        "from": "+15550100",
        "to": "12",
        "queue": "q",
        "id": "c-1",
    }


def test_pop_names_the_call_when_nobody_did(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "pop", "--json")
    answer = json.loads(done.stdout)
    assert answer["ok"] is True
    assert heard(desk)["id"] == answer["id"] != ""


def test_pop_carries_what_was_known_before(desk: Desk, tmp_path: Path) -> None:
    told = ("intent=return=order", "tried=a", "tried=b")
    done = call(tmp_path, "pop", *(word for pair in told for word in ("--context", pair)))
    assert done.returncode == 0
    command = heard(desk)
    assert (command["context.intent"], command["context.tried"]) == ("return=order", "a\nb")
    assert call(tmp_path, "pop", "--context", "intent").returncode == 2


def test_say_takes_a_text(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "say", "어디 있어요?", "--speaker", "agent", "--id", "c-1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert heard(desk) == {
        "command": "say",
        "text": "어디 있어요?",
        "speaker": "agent",
        "id": "c-1",
    }


def test_say_takes_lines(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "say", "--json", stdin="one\n\n  two  \n")
    assert json.loads(done.stdout) == {"ok": True, "lines": 2}
    assert [heard(desk)["text"] for _ in range(2)] == ["one", "two"]


def test_end(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "end", "--json")
    assert json.loads(done.stdout) == {"ok": True, "id": ""}
    assert heard(desk) == {"command": "end", "id": ""}


def test_a_refused_command(desk: Desk, tmp_path: Path) -> None:
    done = call(tmp_path, "pop", "--from", "1" * 300)
    assert (done.returncode, done.stdout) == (1, "")
    assert "at most 250 characters" in done.stderr


@pytest.mark.parametrize("words", [["pop", "--from", "1"], ["say", "Hello"], ["end"]])
def test_without_a_desk(tmp_path: Path, words: list[str]) -> None:
    done = call(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The desk is not running. Start it with: agentassist\n"


def test_wrong_usage(tmp_path: Path) -> None:
    assert call(tmp_path, "say", "Hello", "--speaker", "robot").returncode == 2
