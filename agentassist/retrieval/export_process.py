# SPDX-License-Identifier: Apache-2.0
"""Starts the export of a model in a child process, so that torch is never loaded here."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.retrieval.model_folder import Precision

Progress = Callable[[int, int, str], None]

_MODULE = "agentassist.retrieval.model_export"


class Export:
    """A running export to `target`.

    `wait` blocks and reports; `cancel` may come from any thread. Whoever starts one waits.
    """

    def __init__(
        self,
        source: Path,
        target: Path,
        languages: Sequence[str] = (),
        precision: Precision | None = None,
    ) -> None:
        self.target = target
        command = [sys.executable, "-m", _MODULE, str(source), str(target)]
        command += [f"--language={language}" for language in languages]
        command += [f"--precision={precision}"] if precision else []
        self._stopped = False
        # What the libraries have to say is not for people; `wait` closes it.
        self._errors = tempfile.TemporaryFile(mode="w+", encoding="utf-8")  # noqa: SIM115
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"},
        )

    def wait(self, progress: Progress = lambda step, of, text: None) -> None:
        """Wait for the end and hand on each step.

        Raises:
            UserError: the folder cannot be exported; the sentence says why.
            Unavailable: the disk is full, or the child ended for a reason of its own.
            Cancelled: `cancel` was called.
        """
        word = reason = ""
        with self._errors, self._child:
            for line in self._child.stdout or ():
                word, _, rest = line.rstrip("\n").partition(" ")
                if word == "progress":
                    step, of, text = rest.split(" ", 2)
                    progress(int(step), int(of), text)
                else:
                    reason = rest
        self._raise_for(word, reason)

    def _raise_for(self, word: str, reason: str) -> None:
        if self._stopped:
            raise Cancelled
        if word == "failed":
            raise UserError("The model cannot be used: {reason}", reason=reason)
        if word == "unavailable":
            raise Unavailable("{reason}", reason=reason)
        if self._child.returncode:
            raise Unavailable(
                "The export of the model ended early (status {status}). Try it again.",
                status=self._child.returncode,
            )

    def cancel(self) -> None:
        """End the child; what it had written so far is removed by the next export."""
        self._stopped = True
        self._child.terminate()
