# SPDX-License-Identifier: Apache-2.0
"""Measurements in a fresh process: nothing loaded before can flatter them."""

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.options import ROOT

_SECONDS = 1800
_KEPT = "AGENTASSIST_EVAL"


def run_child(module: str, *arguments: str, seconds: float = _SECONDS) -> Any:
    """Run `python -m benchmarks.MODULE` and return the JSON of its last line.

    Raises:
        RuntimeError: it failed; the message ends with what it said.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{module} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    return json.loads(ended.stdout.splitlines()[-1])


def environment() -> dict[str, str]:
    """Return the environment of a child: offscreen, offline, no settings of this person."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AGENTASSIST_") or name == _KEPT
    }
    # One BLAS thread, as the desk and the command line have.
    fixed = {"QT_QPA_PLATFORM": "offscreen", "HF_HUB_OFFLINE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return kept | fixed
