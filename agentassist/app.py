# SPDX-License-Identifier: Apache-2.0
"""The composition root: builds everything from the settings, and ends it in reverse order.

Services are imported where they are built, in the store lane: the window is on screen
before the first of them is loaded.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QtMsgType, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from agentassist.domain.call import CallEvent, CallEventKind, CallState, Speaker
from agentassist.domain.clock import utc_now
from agentassist.domain.identifiers import new_id
from agentassist.domain.pre_call import tidy
from agentassist.errors import Problem
from agentassist.settings import Settings
from agentassist.ui.advice_controller import AdviceController
from agentassist.ui.call_controller import CallController
from agentassist.ui.desk_commands import CONTEXT
from agentassist.ui.desk_window import DeskWindow
from agentassist.ui.identity_controller import IdentityController
from agentassist.ui.lab_opener import LabOpener
from agentassist.ui.loops_controller import LoopsController
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.search_starter import SearchStarter
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.theme import Theme
from agentassist.ui.translations import install
from agentassist.ui.why_controller import WhyController

if TYPE_CHECKING:
    from agentassist.cti.adapter import Adapter
    from agentassist.services.desk import Desk
    from agentassist.services.opening import Parts

_log = logging.getLogger(__name__)
_SAID_MS = 20_000
_SWITCH_SECONDS = 0.001
_TEAM_READ_WIDTH = 3  # a server may be far away; SQLite is not
_QUIET = "propagateSizeHints"  # what the offscreen platform says of every window

Now = Callable[[], datetime]


class Switchboard(QObject):
    """Carries what adapters report from their threads to the UI thread.

    Signals:
        reported: a CallEvent.
        said: Speaker, text and the reference of the call.
    """

    reported = Signal(object)
    said = Signal(object, str, str)

    def say(self, speaker: Speaker, text: str, reference: str) -> None:
        """Report a spoken line; may be called on any thread."""
        self.said.emit(speaker, text, reference)


class Application(QObject):
    """The running desk; `start`, `run`, then `close`.

    Signals:
        ready: the database is open and calls can be taken.
        searching: the search answers with everything it has.
    """

    ready = Signal()
    searching = Signal()

    def __init__(self, qt: QApplication, settings: Settings, now: Now = utc_now) -> None:
        super().__init__()
        self._qt = qt
        self._settings = settings
        self._now = now
        self._adapters = ExitStack()
        self._parts: Parts | None = None
        self._starter: SearchStarter | None = None
        self._closed = False
        self.calls: CallController | None = None
        self.identity: IdentityController | None = None
        self.loops: LoopsController | None = None
        self.board: PromptBoard | None = None
        self.lab: LabOpener | None = None
        self._lab_wanted = False
        self.theme = Theme(qt, settings.theme, settings.text_scale)
        self.window = DeskWindow(self.theme, now, settings.data_dir / "window.ini")
        self.runner = TaskRunner(_TEAM_READ_WIDTH if settings.database_url else 1, self)
        self.switchboard = Switchboard()
        self.switchboard.reported.connect(self._keep_event)
        self._early: list[CallEvent] = []
        self.runner.failed.connect(self.report)
        self.window.closed.connect(qt.quit)
        self.window.lab_wanted.connect(self.open_lab)
        self.window.notice.details_wanted.connect(self._show_logs)

    @property
    def desk(self) -> "Desk | None":
        """The services, once they are open."""
        return self._parts.desk if self._parts else None

    def start(self) -> None:
        """Show the window at once and open everything else behind it."""
        self.window.show_state("search", self.tr("search is starting"), "plain")
        self.window.show()
        guard = refuse_on(threading.get_ident())
        job = partial(_open_parts, self._settings, self._now, guard)
        self.runner.submit(Lane.STORE, job, self._connect)

    def listen(self) -> None:
        """Take call events from the loopback webhook; its token comes from the keyring."""
        if self._settings.webhook:
            job = partial(make_webhook, self._settings)
            self.runner.submit(Lane.IO, job, self.add_adapter, self._no_webhook)

    def add_adapter(self, adapter: "Adapter") -> None:
        """Take call events from an adapter until the end."""
        try:
            adapter.start(self.switchboard.reported.emit)
        except Problem as problem:
            self._no_webhook(problem)
            return
        self._adapters.callback(adapter.close)
        if address := adapter.status().address:
            self.window.show_state("calls", self.tr("calls: {place}").format(place=address), "yes")

    def obey(self, command: dict[str, str]) -> None:
        """Carry out what another process of this user asked for."""
        verb, reference = command["command"], command.get("id", "")
        if verb == "raise":
            self.window.come_forward()
        elif verb == "lab":
            self.open_lab()
        elif verb == "say":
            speaker = Speaker(command.get("speaker") or Speaker.CUSTOMER)
            self.switchboard.said.emit(speaker, command["text"], reference)
        else:
            kind = CallEventKind.RINGING if verb == "pop" else CallEventKind.ENDED
            self.switchboard.reported.emit(self._event(kind, command))

    def open_lab(self) -> None:
        """Open the policy lab beside the desk, as soon as there is a database."""
        self._lab_wanted = self.lab is None
        if self.lab is not None:
            self.lab.open()

    def report(self, error: BaseException) -> None:
        """Show an error inline and write it to the log."""
        self.window.notice.show_problem(error)
        if isinstance(error, Problem):
            _log.info("%s: %s", type(error).__name__, error.template)
        else:
            _log.error("unexpected", exc_info=error)

    def run(self) -> int:
        """Run until the window closes; return the exit code."""
        return self._qt.exec()

    def close(self) -> None:
        """End everything, the newest first; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._adapters.close()
        self.window.panes.conversation.flush_notes()
        if self._starter is not None:
            self._starter.close()
        if self.loops is not None:
            self.loops.close()
        if self.lab is not None:
            self.lab.close()
        self.runner.close()
        if self._parts is not None:
            self._parts.close()
        self.theme.close()
        self.window.close()
        self.window.deleteLater()

    def _connect(self, parts: "Parts") -> None:
        self._parts = parts
        panes = self.window.panes
        self.board = PromptBoard(self.theme, panes.conversation.prompts, self)
        advice = AdviceController(
            parts.desk, self.runner, panes.conversation, panes.knowledge, self.board, self
        )
        self.calls = CallController(parts.desk, self.runner, panes, advice, self)
        WhyController(parts.desk, self.runner, self.board, self.calls, self)
        self.identity = IdentityController(
            parts.desk, self.runner, panes, self.window.toast, self.calls, parent=self
        )
        self.calls.popped.connect(self.window.announce)
        self.calls.resumed.connect(self._say_resumed)
        self._answer(self.calls)
        self.loops = LoopsController(parts.desk, self.runner, panes, self.calls, self)
        self.loops.said.connect(lambda text: self.window.statusBar().showMessage(text, _SAID_MS))
        self.loops.start()
        self._make_lab(parts.desk)
        self.window.show_state("database", self._database_word(), "plain")
        self.ready.emit()
        self._start_search(parts.desk, self.calls, advice)

    def _make_lab(self, desk: "Desk") -> None:
        layout = self._settings.data_dir / "window.ini"
        self.lab = LabOpener(desk, self.runner, self.theme, self._now, layout, self)
        self.lab.failed.connect(self.report)
        if self._lab_wanted:
            self.open_lab()

    def _keep_event(self, event: CallEvent) -> None:
        """Keep what rings before the database is open."""
        self._early.append(event)

    def _answer(self, calls: CallController) -> None:
        self.switchboard.reported.disconnect(self._keep_event)
        self.switchboard.reported.connect(calls.take)
        self.switchboard.said.connect(calls.hear)
        for event in self._early:
            calls.take(event)
        self._early.clear()
        calls.resume()

    def _say_resumed(self) -> None:
        text = self.tr("This contact was not finished. Your notes are here; wrap it up.")
        self.window.statusBar().showMessage(text)

    def _start_search(self, desk: "Desk", calls: CallController, advice: AdviceController) -> None:
        starter = self._starter = SearchStarter(desk, self.runner, lambda: _live(calls), self)
        starter.state_changed.connect(partial(self.window.show_state, "search"))
        starter.model_loaded.connect(advice.search_again)
        starter.ready.connect(self.searching)
        warm = partial(self._learn_requests, desk, advice)
        starter.model_loaded.connect(warm)
        starter.settled.connect(warm)
        starter.ready.connect(partial(self.runner.submit, Lane.READ, desk.duplicates.warm))
        starter.failed.connect(self._no_model)
        calls.finished.connect(starter.resume)
        starter.start()
        loaded = partial(self._policies_loaded, desk, advice)
        self.runner.submit(Lane.STORE, desk.policies.load, loaded)

    def _learn_requests(self, desk: "Desk", advice: AdviceController) -> None:
        """Learn beside the desk when requests are shown, then look at the last one again."""
        self.runner.submit(Lane.IO, desk.policies.warm, lambda _: advice.advise_again())

    def _policies_loaded(
        self, desk: "Desk", advice: AdviceController, faults: list[Problem]
    ) -> None:
        if faults:
            self.report(faults[0])
        self._learn_requests(desk, advice)
        advice.advise_again()
        if self.calls is not None:
            self.calls.brief_again()

    def _no_model(self, error: BaseException) -> None:
        self.window.show_state("search", self.tr("keywords only"), "caution")
        self.report(error)

    def _no_webhook(self, error: BaseException) -> None:
        self.window.show_state("calls", self.tr("no call events"), "caution")
        self.report(error)

    def _show_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.log_dir)))

    def _database_word(self) -> str:
        return (
            self.tr("team database") if self._settings.database_url else self.tr("local database")
        )

    def _event(self, kind: CallEventKind, command: dict[str, str]) -> CallEvent:
        contact = self.calls.contact if self.calls else None
        on_screen = contact.call.reference if contact else ""
        fallback = on_screen if kind is CallEventKind.ENDED else f"command-{new_id()}"
        return CallEvent(
            kind,
            command.get("id") or fallback,
            self._now(),
            remote=command.get("from", ""),
            local=command.get("to", ""),
            queue=command.get("queue", ""),
            context=told_before(command),
        )


def told_before(command: dict[str, str]) -> dict[str, str]:
    """Return what a command says that a bot or menu learnt before the call."""
    named = {key: text for key, text in command.items() if key.startswith(CONTEXT)}
    return tidy({key.removeprefix(CONTEXT): text for key, text in named.items()})


def build(settings: Settings, now: Now = utc_now) -> Application:
    """Make the application; nothing is opened before `start`."""
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication(["agentassist"])
    qt.setApplicationName("agentassist")
    qt.setDesktopFileName("agentassist")
    install(qt, settings.language)
    qInstallMessageHandler(_log_qt)
    # A lane that computes hands the interpreter on in a fifth of the usual time: the one that
    # reads for the screen asks for it after each row.
    sys.setswitchinterval(_SWITCH_SECONDS)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Application(qt, settings, now)


def _open_parts(settings: Settings, now: Now, guard: Callable[[], None]) -> "Parts":
    # Loading numpy starts a BLAS thread for each processor, which holds the interpreter, and
    # so the window, for 15-75 ms. Vectors of one query gain nothing from them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from agentassist.services.opening import open_parts  # noqa: PLC0415  see the module

    return open_parts(settings, now, guard)


def make_webhook(settings: Settings) -> "Adapter":
    """Make the webhook with its token. Runs in the io lane: a keyring may ask the person."""
    from agentassist.credentials import Credentials, webhook_token  # noqa: PLC0415
    from agentassist.cti.webhook import Webhook  # noqa: PLC0415

    token = webhook_token(Credentials(), settings.data_dir)
    if token.note:
        _log.info("%s", token.note)
    return Webhook(token.token, port=settings.webhook_port, mine=settings.extensions)


def refuse_on(thread: int) -> Callable[[], None]:
    """Return a guard that fails on the thread with this identifier."""

    def guard() -> None:
        if threading.get_ident() == thread:
            raise RuntimeError("this blocks: it must not run on the UI thread")

    return guard


def _live(calls: CallController) -> bool:
    contact = calls.contact
    return contact is not None and contact.call.state is not CallState.ENDED


def _log_qt(kind: QtMsgType, _context: object, text: str) -> None:
    quiet = kind is QtMsgType.QtDebugMsg or _QUIET in text
    logging.getLogger("qt").log(logging.DEBUG if quiet else logging.WARNING, "%s", text)
