# SPDX-License-Identifier: Apache-2.0
"""Holds the order of what looks back: replays, rules in use, what was in force."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from agentassist.domain.clock import utc_now
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason
from agentassist.domain.what_if import WhatIf
from agentassist.services.measures import PolicyMeasures
from agentassist.services.policy_lab import HistoryRow, PolicyLab, RuleUse
from agentassist.ui.formats import day_and_clock
from agentassist.ui.lab_editor import LabEditor
from agentassist.ui.lab_jobs import LongJob, Progress, Stop
from agentassist.ui.lab_session import LabSession
from agentassist.ui.lab_window import LabWindow
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import template_sentence


class LabPast(QObject):
    """Runs the pages What if, In use and History.

    Signals:
        activated: an earlier bundle is in force again.
        failed: an error.
    """

    activated = Signal()
    failed = Signal(object)

    def __init__(
        self,
        lab: PolicyLab,
        runner: TaskRunner,
        window: LabWindow,
        session: LabSession,
        editor: LabEditor,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lab, self._runner, self._window = lab, runner, window
        self._session, self._editor = session, editor
        self._now = utc_now
        self._replay = LongJob(runner, "lab-what-if", self)
        self._count = LongJob(runner, "lab-coverage", self)
        self._connect()

    def close(self) -> None:
        """Stop what runs."""
        self._replay.cancel()
        self._count.cancel()

    def allow_replay(self, *, allowed: bool) -> None:
        """Offer the replay of past decisions, or not; one that runs goes on."""
        if not self._replay.running:
            self._window.what_if.allow(allowed=allowed)

    # Past decisions and history

    def _what_if(self, since: datetime | None) -> None:
        self._editor.then(partial(self._replay_from, since))

    def _replay_from(self, since: datetime | None) -> None:
        draft = self._editor.draft
        if draft is None:
            return
        language = self._editor.language
        self._replay.start(
            lambda progress, stop: self._lab.what_if(draft.id, since, progress, stop, language),
            self._replayed,
            self._not_replayed,
        )

    def _coverage(self, since: datetime | None) -> None:
        language = self._editor.language

        def work(progress: Progress, stop: Stop) -> tuple[PolicyMeasures, tuple[RuleUse, ...]]:
            measured = self._lab.measures(since)
            return measured, self._lab.coverage(since, language, progress, stop)

        self._count.start(work, self._counted, self._not_counted)

    def _counted(self, found: tuple[PolicyMeasures, tuple[RuleUse, ...]]) -> None:
        self._window.coverage.show_measures(found[0])
        self._window.coverage.show_rules(found[1])

    def _show_page(self, page: QWidget) -> None:
        if page is self._window.coverage:
            self._window.coverage.want()
        if page is self._window.history:
            self._read_history()

    def _read_history(self) -> None:
        self._runner.submit(
            Lane.IO, self._lab.history, self._window.history.show_history, self.failed.emit,
            "lab-history",
        )  # fmt: skip

    def take_back(self) -> None:
        """Bring back what was in force before what is in force now."""

        def back(rows: Sequence[HistoryRow]) -> None:
            before = next((row for row in rows if not row.in_force), None)
            if before is not None:
                self._roll_back(before, undoing=True)

        self._runner.submit(Lane.IO, self._lab.history, back, self.failed.emit)

    def _roll_back(self, chosen: HistoryRow, *, undoing: bool = False) -> None:
        before = next((row for row in self._window.history.model.rows if row.in_force), None)

        def done(_row: HistoryRow) -> None:
            said = self.tr("The policies of {day} are in force again.").format(
                day=day_and_clock(chosen.at, self._now())
            )
            undo = (
                None
                if before is None or undoing
                else partial(self._roll_back, before, undoing=True)
            )
            self._window.toast.show_done(said, undo)
            self._read_history()
            self.activated.emit()

        def roll(person: Person, second: Person | None = None) -> None:
            job = partial(self._lab.rollback, chosen.digest, person, second)
            self._runner.submit(Lane.IO, job, done, self.failed.emit)

        def look(person: Person) -> None:
            needs = partial(self._lab.rollback_needs, chosen.digest)
            then = partial(self._ask_second, lambda second: roll(person, second))
            self._runner.submit(Lane.IO, needs, lambda why: then(why) if why else roll(person),
                                self.failed.emit)  # fmt: skip

        self._session.need(self.tr("Sign in to bring policies back."), look)

    def _ask_second(self, go_on: Callable[[Person], object], why: Sequence[TwoReason]) -> None:
        reasons = " ".join(template_sentence(one.template, one.values) for one in why)
        what = self.tr("A second person signs this with their own login. {reasons}")
        self._session.second(what.format(reasons=reasons), go_on)

    def _replayed(self, result: WhatIf) -> None:
        titles = {row.id: row.title for row in self._window.list.model.policies}
        self._window.what_if.show_result(result, titles)

    def _not_replayed(self, error: BaseException) -> None:
        self._window.what_if.stopped()
        self.failed.emit(error)

    def _not_counted(self, error: BaseException) -> None:
        self._window.coverage.progress.hide()
        self.failed.emit(error)

    def _connect(self) -> None:
        window = self._window
        window.page_shown.connect(self._show_page)
        window.what_if.wanted.connect(self._what_if)
        window.what_if.cancelled.connect(self._replay.cancel)
        window.coverage.wanted.connect(self._coverage)
        window.coverage.cancelled.connect(self._count.cancel)
        window.history.rolled_back.connect(self._roll_back)
        self._replay.progressed.connect(window.what_if.show_progress)
        self._replay.stopped.connect(window.what_if.stopped)
        self._count.progressed.connect(window.coverage.show_progress)
        self._count.stopped.connect(window.coverage.progress.hide)
