# SPDX-License-Identifier: Apache-2.0
"""Holds the order of the policy lab: lists, drafts, reviews, replays, history."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from agentassist.domain.policy_draft import Draft, Outcome
from agentassist.domain.staff import Person
from agentassist.domain.what_if import Example
from agentassist.services.policy_lab import PolicyLab, Standing
from agentassist.ui.formats import day_and_clock
from agentassist.ui.lab_editor import LabEditor
from agentassist.ui.lab_jobs import LongJob
from agentassist.ui.lab_past import LabPast
from agentassist.ui.lab_session import LabSession, SignIn
from agentassist.ui.lab_window import LabWindow
from agentassist.ui.task_runner import Lane, TaskRunner

_RECENT = timedelta(days=90)


class LabController(QObject):
    """Runs one lab window; `close` it.

    Signals:
        activated: other policies are in force.
    """

    activated = Signal()

    def __init__(
        self,
        lab: PolicyLab,
        sign_in: SignIn,
        runner: TaskRunner,
        window: LabWindow,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lab, self._runner, self._window, self._now = lab, runner, window, now
        self.session = LabSession(sign_in, runner, window.sign_in, self)
        self.editor = LabEditor(lab, runner, window, self.session, self)
        self.past = LabPast(lab, runner, window, self.session, self.editor, self)
        self._activation = LongJob(runner, "lab-activate", self)
        self._standing: Standing | None = None
        self._connect()

    def start(self) -> None:
        """Fill the lists."""
        self._open_draft(None)

    def close(self) -> None:
        """Save what was typed, and stop what runs."""
        self.editor.save()
        self.past.close()
        self._activation.cancel()

    # Lists

    def refresh(self) -> None:
        """Read drafts and policies anew."""
        draft = self.editor.draft
        draft_id, language = draft.id if draft else None, self.editor.language
        since = self._now() - _RECENT

        def job() -> tuple[Any, Any]:
            return self._lab.drafts(), self._lab.policies(language, draft_id, since)

        self._runner.submit(Lane.IO, job, self._show_lists, self._fail, "lab-list")

    def _show_lists(self, found: tuple[Any, Any]) -> None:
        drafts, policies = found
        self._window.list.show_drafts(drafts)
        self._window.list.show_policies(policies)
        self._window.list.select(self.editor.policy_id)
        self._window.allow_remove(allowed=self._removable())

    def _removable(self) -> bool:
        here = self.editor.policy_id
        rows = self._window.list.model.policies
        return self.editor.draft is not None and any(
            row.id == here and not row.protected for row in rows
        )

    def _open_policy(self, policy_id: str) -> None:
        self._window.show_page(self._window.bench)
        self._window.list.select(policy_id)
        self.editor.open_policy(policy_id)
        self._window.allow_remove(allowed=self._removable())
        if self._standing is not None:
            self.editor.check()

    # Drafts

    def _open_draft(self, draft: Draft | None) -> None:
        self.editor.then(partial(self._become_draft, draft))

    def _become_draft(self, draft: Draft | None) -> None:
        self._standing = None
        window = self._window
        window.list.allow_new(allowed=draft is not None)
        self.past.allow_replay(allowed=False)
        window.what_if.name(draft.title if draft else "")
        if draft is None:
            window.review.clear()
            window.form.show_faults(())
            window.toml.show_faults(())
        else:
            window.review.show_draft(draft)
        self.editor.open_draft(draft)
        self.refresh()

    def _begin(self) -> None:
        title = self.tr("Changes of {day}").format(day=day_and_clock(self._now(), self._now()))

        def begin(person: Person) -> None:
            job = lambda: self._lab.begin(title, person)  # noqa: E731
            self._runner.submit(Lane.STORE, job, self._open_draft, self._fail)

        self.session.need(self.tr("Sign in to begin a draft."), begin)

    def _begun(self, draft: Draft) -> None:
        self._window.list.allow_new(allowed=True)
        self._window.review.show_draft(draft)
        said = self.tr("A draft was begun. Agents see no change until it is put in force.")
        self._window.toast.show_done(said, lambda: self._discard_as(draft))
        self.refresh()

    def _new_policy(self, policy_id: str, sector: str, category: str) -> None:
        def step(draft: Draft, person: Person) -> Draft:
            form = self._lab.template(policy_id, sector, category)
            return self._lab.save(draft.id, policy_id, form, draft.revision, person)

        self.editor.policy_id = policy_id
        self._step(self.tr("Sign in to add a policy."), step)

    def _ask_new(self, category: str) -> None:
        draft = self.editor.draft
        job = lambda: self._lab.choices(draft.id if draft else None, self.editor.language)  # noqa: E731
        show = lambda choices: self._window.new_policy.ask(choices, category)  # noqa: E731
        self._runner.submit(Lane.IO, job, show, self._fail)

    def _remove(self) -> None:
        gone = self.editor.policy_id
        said = self.tr("{policy} is taken out of the draft.").format(policy=gone)

        def step(draft: Draft, person: Person) -> Draft:
            return self._lab.remove(draft.id, gone, draft.revision, person)

        def back(draft: Draft, person: Person) -> Draft:
            return self._lab.revert(draft.id, gone, draft.revision, person)

        self.editor.close_policy()
        undo = partial(self._step, "", back)
        tell = partial(self._window.toast.show_done, said, undo)
        self._step(self.tr("Sign in to change policies."), step, tell)

    def _step(
        self,
        what: str,
        step: Callable[[Draft, Person], Draft],
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """Let a signed-in person do something to the draft once everything is saved."""
        change = partial(self.editor.change_draft, step, done=done)
        self.editor.then(lambda: self.session.need(what, change))

    def _checked(self, standing: Standing) -> None:
        self._standing = standing
        self._window.review.show_standing(standing, self.session.person)
        self._window.what_if.name(standing.draft.title)
        self.past.allow_replay(allowed=bool(standing.changes) and not standing.faults)

    def _saved(self, draft: Draft) -> None:
        self._window.review.show_draft(draft)
        self.refresh()

    # Reviewing

    def _submit(self) -> None:
        self._step(
            self.tr("Sign in to send it for review."),
            lambda draft, person: self._lab.submit(draft.id, draft.revision, person),
        )

    def _review(self, outcome: Outcome, note: str) -> None:
        self._step(
            self.tr("Sign in to review. It takes another person than the author."),
            lambda draft, person: self._lab.review(draft.id, draft.revision, outcome, note, person),
        )

    def _rebase(self) -> None:
        self._step(
            self.tr("Sign in to change policies."),
            lambda draft, person: self._lab.rebase(draft.id, draft.revision, person),
        )

    def _rename(self, title: str) -> None:
        self._step(
            self.tr("Sign in to change policies."),
            lambda draft, person: self._lab.rename(draft.id, title, draft.revision, person),
        )

    def _activate(self) -> None:
        what = self.tr("Sign in to put it in force.")
        self.editor.then(lambda: self.session.need(what, self._activate_as))

    def _activate_as(self, person: Person) -> None:
        draft = self.editor.draft
        if draft is not None:
            self._activation.start(
                lambda progress, stop: self._lab.activate(
                    draft.id, draft.revision, person, progress, stop
                ),
                self._activated, self._not_activated,
            )  # fmt: skip

    def _activated(self, draft: Draft) -> None:
        self._window.review.progress.hide()
        said = self.tr("“{title}” is in force. Running calls keep what they began with.")
        self._window.toast.show_done(said.format(title=draft.title), self.past.take_back)
        self._become_draft(None)
        self.activated.emit()

    def _not_activated(self, error: BaseException) -> None:
        self._window.review.progress.hide()
        self._fail(error)
        self.editor.check()

    def _discard(self) -> None:
        if (draft := self.editor.draft) is not None:
            self._discard_as(draft)

    def _discard_as(self, draft: Draft) -> None:
        def discard(person: Person) -> None:
            job = lambda: self._lab.discard(draft.id, person)  # noqa: E731
            self._runner.submit(Lane.STORE, job, self._discarded, self._fail)

        self.editor.drop_changes()
        self.session.need(self.tr("Sign in to discard a draft."), discard)

    def _discarded(self, draft: Draft) -> None:
        self._become_draft(None)
        said = self.tr("“{title}” is discarded.").format(title=draft.title)
        self._window.toast.show_done(said, lambda: self._restore(draft))

    def _restore(self, draft: Draft) -> None:
        def restore(person: Person) -> None:
            job = lambda: self._lab.restore(draft.id, person)  # noqa: E731
            self._runner.submit(Lane.STORE, job, self._open_draft, self._fail)

        self.session.need(self.tr("Sign in to bring the draft back."), restore)

    # Tests

    def _add_test(self, values: dict[str, str]) -> None:
        policy_id = self.editor.policy_id
        said = self.tr("Added as a test.")
        self._step(
            self.tr("Sign in to add a test."),
            lambda draft, person: self._lab.add_test(
                draft.id, policy_id, values, draft.revision, person
            ),
            lambda: self._window.toast.show_done(said, self.editor.undo),
        )

    def _test_of(self, example: Example) -> None:
        said = self.tr("The call is a test of “{title}” now.").format(title=example.title)
        self._step(
            self.tr("Sign in to add a test."),
            lambda draft, person: self._lab.test_of_decision(
                draft.id, example.decision_id, draft.revision, person
            ),
            lambda: self._window.toast.show_done(said),
        )

    def _rolled_back(self) -> None:
        self.refresh()
        self.activated.emit()

    def _fail(self, error: BaseException) -> None:
        self._window.notice.show_problem(error)

    def _signed(self, person: Person | None) -> None:
        self._window.show_person(person)
        if self._standing is not None:
            self._window.review.show_standing(self._standing, person)

    def _ask_login(self) -> None:
        self._window.sign_in.ask(self.tr("Sign in"), lambda _person: None)

    def _go_to_rule(self, path: tuple[str | int, ...]) -> None:
        self._window.show_text(shown=False)
        self._window.form.go_to(path)

    def _connect(self) -> None:
        window, editor, review = self._window, self.editor, self._window.review
        for source in (editor.failed, self.session.failed):
            source.connect(self._fail)
        editor.saved.connect(self._saved)
        editor.begun.connect(self._begun)
        editor.checked.connect(self._checked)
        self.session.changed.connect(self._signed)
        window.list.draft_chosen.connect(self._open_draft)
        window.list.policy_chosen.connect(self._open_policy)
        window.list.draft_wanted.connect(self._begin)
        window.list.policy_wanted.connect(self._ask_new)
        window.new_policy.named.connect(self._new_policy)
        window.remove_wanted.connect(self._remove)
        window.sign_in_wanted.connect(self._ask_login)
        window.sign_out_wanted.connect(self.session.leave)
        window.speech.chosen.connect(self._go_to_rule)
        window.trial.test_wanted.connect(self._add_test)
        window.closed.connect(self.editor.save)
        review.submitted.connect(self._submit)
        review.reviewed.connect(self._review)
        review.activated.connect(self._activate)
        review.discarded.connect(self._discard)
        review.rebased.connect(self._rebase)
        review.renamed.connect(self._rename)
        review.left.connect(lambda: self._open_draft(None))
        review.what_if_wanted.connect(lambda: window.show_page(window.what_if))
        review.fault_wanted.connect(self._show_fault)
        review.progress.cancelled.connect(self._activation.cancel)
        self._activation.progressed.connect(review.show_progress)
        self._activation.stopped.connect(review.progress.hide)
        for source in (window.what_if.opened, window.coverage.opened):
            source.connect(self._open_policy)
        window.what_if.test_wanted.connect(self._test_of)
        self.past.failed.connect(self._fail)
        self.past.activated.connect(self._rolled_back)

    def _show_fault(self) -> None:
        standing = self._standing
        if standing is None or not standing.faults:
            return
        fault = standing.faults[0]
        if fault.policy_id and fault.policy_id != self.editor.policy_id:
            self._open_policy(fault.policy_id)
        self._window.show_text(shown=False)
        self._window.form.go_to(fault.path)
