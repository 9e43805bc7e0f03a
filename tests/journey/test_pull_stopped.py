# SPDX-License-Identifier: Apache-2.0
"""A pull that is stopped or killed in a real process loses and doubles nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live_systems import ANSWERS, Asked, LiveSystem, serving

ROOT = Path(__file__).parent.parent.parent
EXPORT = ROOT / "tests" / "data" / "exports" / "zendesk.json"
TICKETS = 40


def _many() -> dict[str, Any]:
    data = json.loads(EXPORT.read_text(encoding="utf-8"))
    first = data["tickets"][0]
    data["tickets"] = [
        first
        | {"id": 6000 + n, "comments": [c | {"id": c["id"] + n * 10} for c in first["comments"]]}
        for n in range(TICKETS)
    ]
    return dict(data)


@pytest.fixture
def live() -> Iterator[LiveSystem]:
    def answer(data: Any, asked: Asked) -> Any:
        time.sleep(0.01)
        return ANSWERS["zendesk"](data, asked)

    with serving(_many(), answer, "zendesk") as system:
        yield system


def _start(live: LiveSystem, data_dir: Path, *words: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "AGENTASSIST_PULL_FROM": f"zendesk={live.url}",
        "PYTHON_KEYRING_BACKEND": "tests.env_keyring.EnvKeyring",
        "TEST_TOKEN": "me@example.com/token:secret",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("AGENTASSIST_DATABASE_URL", None)
    command = [sys.executable, "-m", "agentassist", "interactions", "pull", "zendesk", *words]
    return subprocess.Popen(
        [*command, "--data-dir", str(data_dir)],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _until(live: LiveSystem, child: subprocess.Popen[str], requests: int) -> None:
    while len(live.asked) < requests and child.poll() is None:
        time.sleep(0.005)


def _stored(data_dir: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(data_dir / "agentassist.db") as connection:
        rows = connection.execute("SELECT source_ref, text FROM interactions ORDER BY source_ref")
        found = [(str(row[0]), str(row[1])) for row in rows]
    connection.close()
    return found


def test_ctrl_c_ends_it_with_a_word(live: LiveSystem, tmp_path: Path) -> None:
    child = _start(live, tmp_path, "--every", "1")
    _until(live, child, 12)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert child.returncode == 1
    assert told.strip().endswith("Stopped.")


def test_kills_at_any_point_lose_and_double_nothing(live: LiveSystem, tmp_path: Path) -> None:
    before: list[tuple[str, str]] = []
    for requests in (3, 11, 24, 40):
        live.asked.clear()
        child = _start(live, tmp_path, "--once")
        _until(live, child, requests)
        child.kill()
        child.communicate(timeout=60)
        now = _stored(tmp_path) if (tmp_path / "agentassist.db").exists() else []
        assert set(before) <= set(now)
        before = now
    child = _start(live, tmp_path, "--once", "--json")
    told, complaints = child.communicate(timeout=120)
    assert child.returncode == 0, complaints
    assert json.loads(told)
    stored = _stored(tmp_path)
    assert len(stored) == len({key for key, _ in stored}) == 4 * TICKETS
