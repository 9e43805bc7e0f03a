# SPDX-License-Identifier: Apache-2.0
"""The desk on sample data with scripted callers, one after the other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from agentassist.app import Application
from agentassist.cti.call_script import CallScript, load
from agentassist.cti.simulator import Simulator
from agentassist.errors import UserError
from agentassist.places import resource, samples
from agentassist.services.curation import import_articles
from agentassist.services.sample_data import load_sample
from agentassist.services.sample_decisions import load_decisions
from agentassist.services.sample_staff import add_sample_staff
from agentassist.settings import Settings
from agentassist.storage.database import opened

_FIRST_MS = 2_500
_PAUSE_MS = 4_000
_STAMP = "sample-date.txt"

Say = Callable[[str], None]


def prepare(
    settings: Settings, now: datetime, say: Say = lambda text: None, *, fresh: bool = False
) -> None:
    """Fill the data folder with the sample: anew each day, so that its dates are of today.

    `fresh` starts over in any case. Models and everything else in the folder stay.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    stamp = settings.data_dir / _STAMP
    today = now.date().isoformat()
    if not fresh and stamp.exists() and stamp.read_text(encoding="utf-8") == today:
        return
    _refuse_real_data(settings.data_dir, stamp)
    stamp.touch()
    for file in settings.data_dir.glob("agentassist.db*"):
        file.unlink()
    with opened(settings.url) as database:
        database.upgrade()
        say("Loading invented customers and their stories ...")
        load_sample(database, resource("sample"), now)
        load_decisions(database, settings.policies or resource("policies"), now)
        add_sample_staff(database, now)
        say("Loading the sample knowledge base ...")
        import_articles(database, samples())
    stamp.write_text(today, encoding="utf-8")


def _refuse_real_data(folder: Path, stamp: Path) -> None:
    # What follows deletes the database: one that no demonstration made may be somebody's work.
    if not stamp.exists() and any(folder.glob("agentassist.db*")):
        raise UserError(
            "The folder {folder} holds data that a demonstration would replace."
            " Name another with --data-dir.",
            folder=folder,
        )


def scripts(language: str) -> tuple[CallScript, ...]:
    """Return the scripted calls: those in `language` first, withheld numbers last."""
    found = [load(path) for path in sorted(resource("call_scripts").glob("*.toml"))]
    return tuple(sorted(found, key=lambda script: (script.language != language, not script.remote)))


class ScriptedCallers(QObject):
    """Rings again some seconds after each contact was saved, round and round.

    Begins when the application can take calls; its simulators end with the application.
    """

    def __init__(
        self, application: Application, calls: Sequence[CallScript], speed: float = 1.0
    ) -> None:
        super().__init__(application)
        self._application = application
        self._calls = calls
        self._speed = speed
        self._next = 0
        application.ready.connect(self._begin)

    def _begin(self) -> None:
        if self._application.calls is not None:
            self._application.calls.finished.connect(lambda: self._ring_in(_PAUSE_MS))
        self._ring_in(_FIRST_MS)

    def _ring_in(self, milliseconds: int) -> None:
        QTimer.singleShot(int(milliseconds / self._speed), self, self._ring)

    def _ring(self) -> None:
        script = self._calls[self._next % len(self._calls)]
        self._next += 1
        say = self._application.switchboard.say
        self._application.add_adapter(Simulator(script, say, speed=self._speed))


def demo_settings(settings: Settings, data_dir: Path | None = None) -> Settings:
    """Return the settings of a demonstration: its own folder, its own database, an agent."""
    folder = data_dir or settings.data_dir / "demo"
    return settings.model_copy(
        update={"data_dir": folder, "database_url": "", "agent": settings.agent or "Sam Rivera"}
    )
