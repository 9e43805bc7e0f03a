# SPDX-License-Identifier: Apache-2.0
"""The scorer that lies beside the sets, as a program: nobody marks his own work here."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.files import read_lines, read_table
from benchmarks.quality.results import Difference


@dataclass(frozen=True, slots=True)
class Scorer:
    """Calls `score.py TASK GOLD RUN` of a folder of sets."""

    script: Path

    def score(self, task: str, gold: Path, run: Path, *more: str) -> dict[str, float]:
        """Return the measures of a run.

        Raises:
            RuntimeError: the scorer failed; the message ends with what it said.
        """
        command = [sys.executable, str(self.script), task, str(gold), str(run), "--json", *more]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise RuntimeError(f"{self.script} {task}: {ended.stderr[-1000:]}")
        found: dict[str, float] = json.loads(ended.stdout)
        return found

    def compare(self, gold: Path, run: Path, other: Path, *more: str) -> Difference:
        """Return how far a run of ranked documents is ahead of another in nDCG."""
        found = self.score("compare", gold, run, "--with", str(other), *more)
        return Difference(found["difference"], found["ci95_low"], found["ci95_high"])


def threshold_at_recall(gold: Path, run: Path, recall: float) -> float:
    """Return the highest score at which at least `recall` of the positive turns are found."""
    scores = {str(line["id"]): float(line["score"]) for line in read_lines(run)}
    wanted = [scores.get(row[0], 0.0) for row in read_table(gold) if row[1] == "1"]
    return _nth(sorted(wanted, reverse=True), recall)


def _nth(scores: Sequence[float], share: float) -> float:
    needed = -(-share * len(scores) // 1)
    return scores[max(0, int(needed) - 1)] if scores else 1.0
