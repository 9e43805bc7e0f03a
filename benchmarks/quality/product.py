# SPDX-License-Identifier: Apache-2.0
"""The product, used as anybody may: by its command line, in a data folder of its own."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.children import environment
from benchmarks.options import ROOT

_SECONDS = 3600


class Product:
    """A data folder with the model in it. `seconds` is how long its commands took so far."""

    def __init__(self, folder: Path, model: Path | None = None) -> None:
        self.folder = folder
        self.seconds = 0.0
        if model is not None:
            shutil.copytree(model, folder / "models" / model.name, copy_function=_linked)

    def copied(self, folder: Path) -> "Product":
        """Return a copy that may learn what this one must not know."""
        shutil.copytree(self.folder, folder)
        return Product(folder)

    def take_in(self, file: Path) -> None:
        """Import articles or labelled utterances."""
        self._run("kb", "import", str(file))

    def learn(self, file: Path) -> None:
        """Take over solved contacts."""
        self._run("kb", "learn", str(file))

    def customers(self, records: Path) -> None:
        """Import customers from a file, or a whole export from a folder."""
        self._run("customers", "import", str(records))

    def duplicates(self, run: Path, *more: str) -> Path:
        """Write which records are of one person."""
        self._run("customers", "duplicates", "--run", str(run), *more)
        return run

    def rank(self, queries: Path, run: Path) -> Path:
        """Rank the articles for each query."""
        return self._answer("search", queries, run)

    def label(self, queries: Path, run: Path) -> Path:
        """Name the article that would be shown for each query, or none."""
        return self._answer("search", queries, run, "--labels")

    def turns(self, turns: Path, run: Path) -> Path:
        """Score for each turn of a customer whether something is to be searched for."""
        # Neither articles nor a model are needed, so it takes no data folder.
        self._timed("kb", "turns", "--queries", str(turns), "--run", str(run))
        return run

    def decide(self, policies: Path, cases: Path, run: Path) -> Path:
        """Decide cases by the policies of a folder."""
        files = ("--policies", str(policies), "--cases", str(cases), "--run", str(run))
        self._timed("policy", "decide", *files)
        return run

    def can(self, command: str) -> bool:
        """Tell whether `kb COMMAND` is there."""
        return self._ended("kb", command, "--help").returncode == 0

    def _answer(self, command: str, queries: Path, run: Path, *more: str) -> Path:
        self._run("kb", command, "--queries", str(queries), "--run", str(run), *more)
        return run

    def _run(self, *words: str) -> None:
        self._timed(*words, "--data-dir", str(self.folder))

    def _timed(self, *words: str) -> None:
        began = time.perf_counter()
        ended = self._ended(*words)
        self.seconds += time.perf_counter() - began
        if ended.returncode:
            raise RuntimeError(f"agentassist {' '.join(words[:2])}: {ended.stderr[-2000:]}")

    def _ended(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "agentassist", *words],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )


def _linked(source: str, target: str) -> None:
    """Link a file, which costs no room; copy it where that cannot be done."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
