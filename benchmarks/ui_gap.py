# SPDX-License-Identifier: Apache-2.0
"""The longest time that the window did not answer, while everything happens at once."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete

from agentassist.storage.database import opened
from agentassist.storage.schema.knowledge import vectors
from benchmarks import knowledge, models
from benchmarks.children import run_child
from benchmarks.figures import Budget, Figure, figure
from benchmarks.gaps import gap_note
from benchmarks.options import Options

_PASSAGES = 1_000
_REPEATS = 3
_BUDGET = Budget(50, on_p95=True)
_SEARCHES = ("the model loads", "passages are encoded in the background")


def measure(options: Options) -> list[Figure]:
    """Run whole desks in fresh processes: with every passage encoded, and with none."""
    phases: dict[str, list[dict[str, float]]] = {}
    for _ in range(1 if options.quick else _REPEATS):
        for search in _SEARCHES[:1] if options.quick else _SEARCHES:
            for phase, gap in _gaps(options, search).items():
                phases.setdefault(phase, []).append(gap)
    return [_figure(phase, gaps) for phase, gaps in phases.items()]


def _gaps(options: Options, search: str) -> dict[str, Any]:
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        data_dir = knowledge.copied(options, _PASSAGES, Path(folder) / "data")
        if search == _SEARCHES[1]:
            _forget_vectors(data_dir)
        gaps: dict[str, Any] = run_child(
            "gap_child", str(data_dir), str(models.exported(options)), search
        )
        return gaps


def _forget_vectors(data_dir: Path) -> None:
    for file in (data_dir / "index" / "vectors").rglob("*"):
        file.unlink() if file.is_file() else None
    with (
        opened(f"sqlite:///{data_dir / 'agentassist.db'}") as database,
        database.transaction() as connection,
    ):
        connection.execute(delete(vectors))


def _figure(phase: str, gaps: list[dict[str, float]]) -> Figure:
    late = [1000 * gap["late"] for gap in gaps]
    return figure(f"longest gap of the window: {phase}", "ms", late, _BUDGET, gap_note(gaps))
