# SPDX-License-Identifier: Apache-2.0
"""The desk and other processes: real sockets, real kills."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from agentassist.errors import Unavailable, UserError
from agentassist.ui.desk_commands import MAX_LINE, desk_name
from agentassist.ui.instance import MAX_CONNECTIONS, Instance, send

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
CLIENT = """
import json, sys
from agentassist.ui.instance import send
print(json.dumps(send(sys.argv[1], json.loads(sys.argv[2]), 5000)))
"""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Instance]:
    instance = Instance(tmp_path, patience_ms=300)
    assert instance.claim()
    yield instance
    instance.close()


@pytest.fixture
def aside(qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """Run a blocking job beside the event loop and return its result."""

    def run(job: Callable[..., Any], *args: object) -> Any:
        future: Future[Any] = pool.submit(job, *args)
        qtbot.waitUntil(future.done, timeout=20_000)
        return future.result()

    with ThreadPoolExecutor(1) as pool:
        yield run


def told(name: str, command: dict[str, str]) -> dict[str, Any]:
    """Let another process send a command."""
    client = subprocess.run(
        [sys.executable, "-c", CLIENT, name, json.dumps(command)], capture_output=True, check=True
    )
    assert client.stderr == b""
    answer: dict[str, Any] = json.loads(client.stdout)
    return answer


def raw(name: str, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        caller.connect(name)
        answer = b""
        with suppress(ConnectionError):
            caller.sendall(data)
        with suppress(ConnectionError):
            while part := caller.recv(65_536):
                answer += part
        return answer


def test_a_command_is_answered_and_signalled(
    desk: Instance, qtbot: QtBot, aside: Callable[..., Any]
) -> None:
    command = {"command": "pop", "from": "+15550100", "id": "c-1"}
    with qtbot.waitSignal(desk.command) as caught:
        assert aside(told, desk.name, command) == {"ok": True}
    assert caught.args == [command]


def test_a_bad_command_gets_a_sentence(
    desk: Instance, qtbot: QtBot, aside: Callable[..., Any]
) -> None:
    with qtbot.assertNotEmitted(desk.command):
        answer = aside(told, desk.name, {"command": "format"})
    assert answer["ok"] is False
    assert "raise, pop, say, end or lab" in answer["error"]


def test_many_lines_on_one_connection(
    desk: Instance, qtbot: QtBot, aside: Callable[..., Any]
) -> None:
    heard: list[dict[str, str]] = []
    desk.command.connect(heard.append)
    answer = aside(raw, desk.name, b'{"command": "say", "text": "one"}\nnonsense\n' * 2)
    assert answer.count(b'"ok": true') == 2
    assert answer.count(b'"ok": false') == 2
    assert [command["text"] for command in heard] == ["one", "one"]


def test_a_line_without_end_is_refused(
    desk: Instance, qtbot: QtBot, aside: Callable[..., Any]
) -> None:
    with qtbot.assertNotEmitted(desk.command):
        answer = aside(raw, desk.name, b"x" * (MAX_LINE * 4))
    assert b"at most" in answer or answer == b""


@pytest.mark.parametrize("said", [b"", b'{"command": "ra'])
def test_who_says_nothing_is_hung_up_on(
    desk: Instance, aside: Callable[..., Any], said: bytes
) -> None:
    began = time.monotonic()
    assert aside(raw, desk.name, said) == b""
    assert 0.2 < time.monotonic() - began < 3


def test_a_crowd_is_turned_away(desk: Instance, qtbot: QtBot, aside: Callable[..., Any]) -> None:
    crowd = [socket.socket(socket.AF_UNIX) for _ in range(MAX_CONNECTIONS)]
    for caller in crowd:
        caller.connect(desk.name)
    assert aside(raw, desk.name, b"") == b""
    for caller in crowd:
        caller.close()
    qtbot.waitUntil(lambda: len(desk.children()) == 1)
    assert aside(told, desk.name, {"command": "raise"}) == {"ok": True}


def test_the_second_start_finds_the_first(
    desk: Instance, tmp_path: Path, qtbot: QtBot, aside: Callable[..., Any]
) -> None:
    second = Instance(tmp_path)
    assert not second.claim()
    second.close()
    with qtbot.waitSignal(desk.command):
        assert aside(told, second.name, {"command": "raise"}) == {"ok": True}


def test_another_data_folder_is_another_desk(desk: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "other")
    assert other.claim()
    assert other.name != desk.name
    other.close()


def test_after_close_there_is_room(desk: Instance, tmp_path: Path) -> None:
    desk.close()
    desk.close()
    with pytest.raises(Unavailable, match="not running"):
        send(desk.name, {"command": "raise"})
    second = Instance(tmp_path)
    assert second.claim()
    second.close()


def test_a_desk_that_hangs(desk: Instance) -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        send(desk.name, {"command": "raise"}, 100)


def test_a_data_folder_that_cannot_be_made(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    instance = Instance(tmp_path / "file" / "folder")
    with pytest.raises(UserError, match="cannot be written"):
        instance.claim()
    instance.close()


def started(data_dir: Path) -> "subprocess.Popen[str]":
    desk = subprocess.Popen(
        [sys.executable, "-c", DESK, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert desk.stdout is not None
    assert desk.stdout.readline() == "True\n"
    return desk


def test_the_place_is_taken_over_after_a_kill(
    qtbot: QtBot, tmp_path: Path, aside: Callable[..., Any]
) -> None:
    killed = started(tmp_path)
    instance = Instance(tmp_path)
    assert not instance.claim()
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=10)
    assert Path(instance.name).is_socket()
    with pytest.raises(Unavailable, match="not running"):
        send(instance.name, {"command": "raise"})
    assert instance.claim()
    assert aside(told, instance.name, {"command": "raise"}) == {"ok": True}
    instance.close()


def cleared(data_dir: Path) -> None:
    """Remove the socket that a killed desk left behind."""
    Path(desk_name(data_dir)).unlink(missing_ok=True)


def test_ten_starts_at_once_are_one_desk(tmp_path: Path) -> None:
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", DESK, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(10)
    ]
    claims = [desk.stdout.readline() for desk in desks if desk.stdout]
    for desk in desks:
        desk.kill()
        desk.communicate(timeout=10)
    cleared(tmp_path)
    assert sorted(claims) == ["False\n"] * 9 + ["True\n"]


def test_a_client_without_an_application(tmp_path: Path) -> None:
    desk = started(tmp_path)
    name = Instance(tmp_path).name
    command = {"command": "say", "text": "안녕하세요"}
    assert told(name, command) == {"ok": True}
    assert desk.stdout is not None
    assert desk.stdout.readline() == f"{command}\n"
    desk.kill()
    desk.communicate(timeout=10)
    cleared(tmp_path)
