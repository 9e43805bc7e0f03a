# SPDX-License-Identifier: Apache-2.0
"""Memory does not grow with the file, and a desk on the same database hardly waits."""

import time
import tracemalloc
from pathlib import Path

import pytest

from agentassist.domain.importing import Progress, RecordKind
from agentassist.services import pace
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.services.pace import Pace
from agentassist.storage.database import Database

ROWS = 12_000


def _contacts(path: Path) -> Path:
    rows = (f"n{n},p{n}@example.com,t{n},{'some words ' * 8}{n}\n" for n in range(ROWS))
    path.write_text("id,from,thread,text\n" + "".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", [RecordKind.INTERACTIONS, RecordKind.CUSTOMERS])
def test_memory_stays_flat(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: RecordKind
) -> None:
    monkeypatch.setattr(pace, "FEWEST", 500)
    monkeypatch.setattr(pace, "MOST", 500)
    monkeypatch.setattr("agentassist.services.threads._REMEMBERED", 1_000)
    monkeypatch.setattr("agentassist.services.linking._REMEMBERED", 1_000)
    used: list[int] = []

    def look(progress: Progress) -> None:
        del progress
        used.append(tracemalloc.get_traced_memory()[0])

    path = _contacts(tmp_path / "contacts.csv")
    columns = {"name": "text", "email": "from"} if kind is RecordKind.CUSTOMERS else {}
    tracemalloc.start()
    try:
        Importer(database, progress=look).run(path, ImportOptions(kind=kind, columns=columns))
    finally:
        tracemalloc.stop()
    assert len(used) >= ROWS // 500
    assert max(used[len(used) // 2 :]) < max(used[: len(used) // 2]) + 300_000


def test_batches_follow_the_time_they_take() -> None:
    steady = Pace()
    for _ in range(10):
        steady.took(0.01)
    assert steady.size == pace.MOST
    steady.took(0.07)
    assert steady.size == pace.MOST
    for _ in range(10):
        steady.took(1)
    assert steady.size == pace.FEWEST
    with steady.timed():
        time.sleep(0.001)
    assert steady.size == 2 * pace.FEWEST
