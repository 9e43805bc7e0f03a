# SPDX-License-Identifier: Apache-2.0
"""A whole desk on sample data: the real window, database, search and model."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.app import Application, build
from agentassist.demo import prepare
from agentassist.domain.call import CallEvent, CallEventKind, Speaker
from agentassist.domain.clock import utc_now
from agentassist.services.opening import open_parts
from agentassist.settings import Settings
from agentassist.ui.contact import Contact
from agentassist.ui.desk_window import DeskWindow
from agentassist.ui.policy_prompt import PolicyPrompt
from tests.model import model_folder

__all__ = ["model_folder"]

PATIENCE_SECONDS = 30.0


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Handle events until the condition holds; the lanes get the interpreter in between."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        QApplication.processEvents()
        time.sleep(0.002)


class Desk:
    """The application with the few verbs a journey is told in."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.panes = application.window.panes

    def ring(
        self, number: str, reference: str = "c1", kind: CallEventKind = CallEventKind.RINGING
    ) -> None:
        event = CallEvent(kind, reference, datetime.now(UTC), remote=number, queue="Orders")
        self.application.switchboard.reported.emit(event)

    def pops(self, number: str, reference: str = "c1") -> None:
        self.ring(number, reference)
        wait_for(lambda: self.contact is not None and self.contact.call.reference == reference)

    def hears(self, text: str, speaker: Speaker = Speaker.CUSTOMER) -> None:
        self.application.switchboard.said.emit(speaker, text, "")

    @property
    def contact(self) -> Contact | None:
        return self.application.calls.contact if self.application.calls else None

    @property
    def prompts(self) -> tuple[PolicyPrompt, ...]:
        return self.application.board.cards if self.application.board else ()

    def titles(self) -> list[str]:
        return [card.suggestion.article.title for card in self.panes.knowledge.cards]

    def wrap_up(self) -> None:
        self.panes.strip.close_wanted.emit()
        wait_for(self.panes.wrap_up.isVisible)

    def save(self) -> None:
        self.panes.wrap_up.save_button.click()
        wait_for(lambda: self.contact is None)


class Samples:
    """Makes the sample once for each kind of database."""

    def __init__(self, folder: Path, model: Path, request: pytest.FixtureRequest) -> None:
        self._folder = folder
        self._model = model
        self._request = request
        self._made: dict[str, Settings] = {}

    def on(self, kind: str) -> Settings:
        """Return the settings of the sample; to be copied, not to be used."""
        if kind not in self._made:
            self._made[kind] = _fill(self._settings(kind))
        return self._made[kind]

    def _settings(self, kind: str) -> Settings:
        team = kind == "postgresql"
        return Settings(
            data_dir=self._folder / kind,
            database_url=self._request.getfixturevalue("postgres").migrated() if team else "",
            model=self._model,
            language="en",
            theme="light",
            agent="Sam",
            webhook=False,
        )


@pytest.fixture
def sample(tmp_path: Path, samples: Samples) -> Settings:
    """Give a data folder of its own with the sample in it, everything encoded, on SQLite."""
    return _own(samples.on("sqlite"), tmp_path)


@pytest.fixture
def ending() -> Iterator[ExitStack]:
    """Give what is undone after the desks are closed: a desk reads until its end."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def sample_on_each(
    tmp_path: Path,
    samples: Samples,
    database_kind: str,
    ending: ExitStack,
    request: pytest.FixtureRequest,
) -> Settings:
    """Give a sample of its own on each kind of database."""
    template = samples.on(database_kind)
    own = _own(template, tmp_path)
    if not template.database_url:
        return own
    server = request.getfixturevalue("postgres")
    url = server.copy(template.database_url)
    ending.callback(server.drop, url)
    return own.model_copy(update={"database_url": url})


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory: pytest.TempPathFactory, model_folder: Path, request: pytest.FixtureRequest
) -> Samples:
    """Give the maker of samples."""
    return Samples(tmp_path_factory.mktemp("samples"), model_folder, request)


def _fill(settings: Settings) -> Settings:
    prepare(settings, utc_now())
    parts = open_parts(settings, utc_now, lambda: None)
    parts.desk.index.open()
    parts.desk.index.load_model()
    parts.desk.index.update()
    parts.close()
    return settings


def _own(template: Settings, folder: Path) -> Settings:
    shutil.copytree(template.data_dir, folder / "desk")
    return template.model_copy(update={"data_dir": folder / "desk"})


@pytest.fixture
def open_desk(qapp: QApplication, qtbot: QtBot, ending: ExitStack) -> Iterator[Callable[..., Desk]]:
    """Give a function that starts a desk; all are closed in the end."""
    del ending
    opened: list[Application] = []

    def start(settings: Settings, *, searching: bool = True) -> Desk:
        application = build(settings)
        opened.append(application)
        ready: list[bool] = []
        (application.searching if searching else application.ready).connect(
            lambda: ready.append(True)
        )
        application.start()
        wait_for(lambda: bool(ready))
        return Desk(application)

    yield start
    for application in opened:
        application.close()
    # Windows that are to be deleted later would be styled again by every later theme.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, DeskWindow)]
    assert left == [], "windows outlived the test"


@pytest.fixture
def desk(open_desk: Callable[..., Desk], sample: Settings) -> Desk:
    """Give a desk on the sample whose search is ready."""
    return open_desk(sample)
