# SPDX-License-Identifier: Apache-2.0
"""The desk as a process: found by others, alone, without torch, and safe to kill."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from agentassist.credentials import TOKEN_FILE
from agentassist.settings import Settings
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened

PATIENCE_SECONDS = 60.0
GRACE = "+1 303-555-0142"


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "AGENTASSIST_DATA_DIR": str(settings.data_dir),
        "AGENTASSIST_MODEL": str(settings.model),
        "AGENTASSIST_WEBHOOK": "false",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def run(settings: Settings, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agentassist", *arguments]
    return subprocess.run(
        command,
        env=environment(settings),
        capture_output=True,
        text=True,
        input=text,
        timeout=60,
        check=False,
    )


def eventually(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


@pytest.fixture
def desk(sample: Settings, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    errors = (tmp_path / "stderr.txt").open("w+")
    child = subprocess.Popen(
        [sys.executable, "-m", "agentassist"], env=environment(sample), stderr=errors, text=True
    )
    eventually(lambda: run(sample, "call", "end", "--id", "nobody").returncode == 0)
    yield child
    child.terminate()
    child.wait(20)
    errors.close()


def ringing(settings: Settings, reference: str) -> bool:
    with opened(settings.url) as database, database.reading() as connection:
        return Calls(connection).by_reference(reference) is not None


def test_a_softphone_reaches_the_desk(desk: subprocess.Popen[str], sample: Settings) -> None:
    popped = run(sample, "call", "pop", "--from", GRACE, "--id", "soft-1", "--json")
    assert popped.returncode == 0, popped.stderr
    assert json.loads(popped.stdout)
    eventually(lambda: ringing(sample, "soft-1"))
    assert run(sample, "call", "say", "my parcel is lost", "--id", "soft-1").returncode == 0

    def heard() -> list[str]:
        with opened(sample.url) as database, database.reading() as connection:
            call = Calls(connection).by_reference("soft-1")
            assert call is not None
            return [item.text for item in Calls(connection).utterances(call.id)]

    eventually(lambda: heard() == ["my parcel is lost"])


def test_the_second_start_leaves_the_first_alone(
    desk: subprocess.Popen[str], sample: Settings
) -> None:
    assert run(sample).returncode == 0
    assert desk.poll() is None


def test_without_a_desk_the_command_says_so(sample: Settings) -> None:
    result = run(sample, "call", "pop", "--from", GRACE)
    assert result.returncode == 1
    assert "desk" in result.stderr
    assert "Traceback" not in result.stderr


SCRIPT = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from agentassist.app import build
from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.clock import utc_now
from agentassist.settings import load

application = build(load().settings)
searching = []
application.searching.connect(lambda: searching.append(True))
application.start()
def turn(condition):
    while not condition():
        QApplication.processEvents()
        time.sleep(0.002)
turn(lambda: searching)
application.switchboard.reported.emit(
    CallEvent(CallEventKind.RINGING, "killed-1", utc_now(), remote="+1 303-555-0142"))
turn(lambda: application.calls.contact)
%s
"""


def start(settings: Settings, last: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT % last],
        env=environment(settings),
        stdout=subprocess.PIPE,
        text=True,
    )


def test_torch_is_never_loaded_in_the_desk(sample: Settings) -> None:
    child = start(
        sample,
        "application.close()\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))",
    )
    out, _ = child.communicate(timeout=PATIENCE_SECONDS)
    assert out.strip() == "[]"


def test_a_killed_desk_loses_at_most_the_last_second_of_notes(sample: Settings) -> None:
    child = start(
        sample,
        "notes = application.window.panes.conversation.notes\n"
        "written = 0\n"
        "while True:\n"
        "    notes.appendPlainText(f'line {written}')\n"
        "    print(written, time.time(), flush=True)\n"
        "    written += 1\n"
        "    end = time.time() + 0.05\n"
        "    turn(lambda: time.time() > end)\n",
    )
    assert child.stdout is not None
    typed: dict[int, float] = {}
    while len(typed) < 60:
        number, at = child.stdout.readline().split()
        typed[int(number)] = float(at)
    child.send_signal(signal.SIGKILL)
    killed = time.time()
    child.communicate()
    with opened(sample.url) as database, database.reading() as connection:
        call = Calls(connection).by_reference("killed-1")
        assert call is not None
        kept = Calls(connection).draft(call.id).splitlines()
    old_enough = [number for number, at in typed.items() if at < killed - 1]
    assert old_enough
    assert kept[: len(old_enough)] == [f"line {number}" for number in old_enough]


def test_a_switchboard_reaches_the_desk_over_http(sample: Settings, tmp_path: Path) -> None:
    env = {**environment(sample), "AGENTASSIST_WEBHOOK": "true", "AGENTASSIST_WEBHOOK_PORT": "0"}
    child = subprocess.Popen([sys.executable, "-m", "agentassist"], env=env)
    try:
        eventually(lambda: run(sample, "call", "end", "--id", "nobody").returncode == 0)
        token, port = _found(sample, child.pid)
        body = json.dumps(
            {"event": "newCall", "from": "13035550142", "to": "18005550199",
             "direction": "in", "callId": "http-1"}
        ).encode()  # fmt: skip
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/cti/{token}", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
        eventually(lambda: ringing(sample, "http-1"))
    finally:
        child.terminate()
        child.wait(20)


def _found(settings: Settings, desk: int) -> tuple[str, int]:
    eventually(lambda: (settings.data_dir / TOKEN_FILE).exists())
    ports: list[int] = []

    def listening() -> bool:
        found = psutil.Process(desk).net_connections("tcp")
        ports.extend(item.laddr.port for item in found if item.status == "LISTEN")
        return bool(ports)

    eventually(listening)
    return (settings.data_dir / TOKEN_FILE).read_text().split()[-1], ports[0]
