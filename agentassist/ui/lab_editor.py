# SPDX-License-Identifier: Apache-2.0
"""The policy on screen: loaded, changed, saved a moment after typing, checked and tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from agentassist.domain.policy_draft import Draft
from agentassist.domain.policy_form import PolicyForm
from agentassist.domain.staff import Person
from agentassist.errors import UserError
from agentassist.services.policy_lab import Choices, PolicyLab, Standing
from agentassist.ui.lab_document import Edits
from agentassist.ui.lab_look import Look, attempt, look
from agentassist.ui.lab_session import LabSession
from agentassist.ui.lab_window import LabWindow
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import sentence

_SAVE_MS = 350
_TRY_MS = 30


@dataclass(frozen=True, slots=True)
class _Change:
    """What is not saved yet: a form, or the text of the file."""

    policy_id: str
    form: PolicyForm | None = None
    text: str = ""


class LabEditor(QObject):
    """Holds the draft and the policy that are open, and what was changed.

    Signals:
        saved: the Draft after a save; begun: the Draft that a first change began.
        checked: a Standing.
        failed: an error.
    """

    saved = Signal(object)
    begun = Signal(object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        lab: PolicyLab,
        runner: TaskRunner,
        window: LabWindow,
        session: LabSession,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lab, self._runner, self._window, self._session = lab, runner, window, session
        self.draft: Draft | None = None
        self.policy_id = ""
        self._choices: Choices | None = None
        self._edits: Edits[PolicyForm] = Edits(self._follow_undo)
        self._change: _Change | None = None
        self._saving = False
        self._asked = False
        self._after: list[Callable[[], object]] = []
        self._save_timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._save_timer.timeout.connect(self.save)
        self._try_timer = QTimer(self, singleShot=True, interval=_TRY_MS)
        self._try_timer.timeout.connect(self._try)
        self._connect()

    @property
    def language(self) -> str:
        """The language of the interface."""
        return QLocale().name()[:2]

    @property
    def unsaved(self) -> bool:
        """True while a change is not in the database."""
        return self._change is not None or self._saving

    # What is open

    def open_draft(self, draft: Draft | None) -> None:
        """Work in a draft; None: look at what is in force."""
        self.draft = draft
        self._choices = None
        self._window.trial.allow_tests(allowed=draft is not None)
        if draft is not None:
            self.check()
        if self.policy_id:
            self._load()

    def open_policy(self, policy_id: str) -> None:
        """Show a policy; what was typed into the one before is saved."""
        self.save()
        if policy_id != self.policy_id:
            self.policy_id = policy_id
            self._edits.clear()
            self._window.trial.clear()
        self._load()

    def close_policy(self) -> None:
        """Show none."""
        self.policy_id = ""
        self._edits.clear()
        self._window.show_policy("", "")

    def then(self, step: Callable[[], object]) -> None:
        """Go on once everything is saved."""
        if self.unsaved:
            self._after.append(step)
            self.save()
        else:
            step()

    def _load(self) -> None:
        draft_id = self.draft.id if self.draft else None
        policy_id, values, language = self.policy_id, self._window.trial.values, self.language
        known = self._choices

        def job() -> tuple[Choices, Look]:
            choices = known or self._lab.choices(draft_id, language)
            return choices, look(self._lab, draft_id, policy_id, values, language)

        self._runner.submit(Lane.IO, job, self._loaded, self.failed.emit, "lab-look")

    def _loaded(self, found: tuple[Choices, Look]) -> None:
        self._choices, seen = found
        if seen.policy_id != self.policy_id or self._change is not None:
            return
        if seen.form is not None and self._edits.now is None:
            self._edits.begin(seen.form)
        elif seen.form is not None:
            self._edits.change(seen.form)
        self._show(seen)

    def _show(self, seen: Look) -> None:
        window = self._window
        window.toml.show_text(seen.text)
        window.show_text(shown=window.text_shown or seen.form is None)
        if seen.form is not None and self._choices is not None:
            title = seen.form.title.say(self.language) or seen.policy_id
            window.show_policy(title, seen.policy_id)
            window.form.show_form(seen.form, self._choices)
        else:
            window.show_policy(seen.policy_id, "")
        window.speech.show_problem(sentence(seen.problem) if seen.problem else "")
        if seen.said:
            window.speech.show_speech(seen.said)
            window.trial.show_sliders(seen.sliders)
        if seen.verdict is not None:
            window.trial.show_verdict(seen.verdict)
        window.trial.show_problem(sentence(seen.trial) if seen.trial else "")

    # Changing

    def edit(self, form: PolicyForm, step: object = None) -> None:
        """Take over a change of the form."""
        self._edits.change(form, step)
        self._note(_Change(self.policy_id, form))

    def edit_text(self, text: str) -> None:
        """Take over a change of the file's text."""
        self._note(_Change(self.policy_id, text=text))

    def undo(self) -> None:
        """Take the last change back."""
        self._go(self._edits.undo())

    def redo(self) -> None:
        """Make it again."""
        self._go(self._edits.redo())

    def _go(self, form: PolicyForm | None) -> None:
        if form is not None and self._choices is not None:
            self._window.form.show_form(form, self._choices)
            self._note(_Change(self.policy_id, form))

    def _note(self, change: _Change) -> None:
        self._change = change
        self._window.review.show_saved(self.tr("saving…"))
        self._save_timer.start()

    def _follow_undo(self) -> None:
        self._window.allow_undo(undo=self._edits.can_undo, redo=self._edits.can_redo)

    # Saving

    def save(self) -> None:
        """Save what was changed, if anything was; asks for a login where there is none."""
        self._save_timer.stop()
        if self._change is None or self._saving or self._asked:
            return
        if self._session.person is None:
            self._asked = True
            what = self.tr("Sign in to change policies. What you typed is kept meanwhile.")
            self._session.need(what, self._signed_in)
        else:
            self._save_as(self._session.person)

    def drop_changes(self) -> None:
        """Forget what is not saved: the draft is going away."""
        self._save_timer.stop()
        self._change = None
        self._after.clear()

    def forget_login(self) -> None:
        """The person does not want to sign in: ask again with the next change."""
        self._asked = False

    def _signed_in(self, person: Person) -> None:
        self._asked = False
        self._save_as(person)

    def _save_as(self, person: Person) -> None:
        change, self._change = self._change, None
        if change is None:
            return
        self._saving = True
        begin = self.draft is None
        draft, title = self.draft, self._title_of(change)

        def job() -> Draft:
            onto = draft or self._lab.begin(title, person)
            return _write(self._lab, onto, change, person)

        done = partial(self._saved, begin=begin)
        self._runner.submit(Lane.STORE, job, done, partial(self._not_saved, change))

    def _title_of(self, change: _Change) -> str:
        """Return what a draft is called that a change begins: what the policy is called."""
        form = change.form or self._edits.now
        return (form.title.say(self.language) if form else "") or change.policy_id

    def _saved(self, draft: Draft, *, begin: bool) -> None:
        self._saving = False
        self.draft = draft
        if self._change is not None:
            self.save()
            return
        self._window.review.show_saved(self.tr("saved"))
        (self.begun if begin else self.saved).emit(draft)
        self._window.trial.allow_tests(allowed=True)
        self._load()
        self.check()
        steps, self._after = self._after, []
        for step in steps:
            step()

    def _not_saved(self, change: _Change, error: BaseException) -> None:
        self._saving = False
        self._after.clear()
        self._window.review.show_saved(self.tr("not saved"))
        self.failed.emit(error)
        if isinstance(error, UserError) and self.draft is not None:
            draft_id = self.draft.id
            self._runner.submit(Lane.IO, lambda: self._lab.draft(draft_id),
                                partial(self._overtaken, change))  # fmt: skip

    def _overtaken(self, change: _Change, draft: Draft) -> None:
        """Show what another person saved; ours comes back with redo."""
        if self.draft is None or draft.revision == self.draft.revision:
            return
        self.draft = draft
        self.saved.emit(draft)
        mine = change.form
        draft_id, policy_id = draft.id, change.policy_id

        def shown(theirs: PolicyForm) -> None:
            if policy_id == self.policy_id and self._choices is not None:
                self._edits.begin(theirs)
                if mine is not None:
                    self._edits.change(mine)
                    self._edits.undo()
                self._window.form.show_form(theirs, self._choices)

        self._runner.submit(Lane.IO, lambda: self._lab.form(draft_id, policy_id), shown)

    def change_draft(
        self,
        step: Callable[[Draft, Person], Draft],
        person: Person,
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """Run a step that writes into the draft, show what became of it, then `done`."""
        draft = self.draft
        if draft is None:
            return
        self._saving = True

        def stepped(changed: Draft) -> None:
            self._saved(changed, begin=False)
            done()

        job = partial(step, draft, person)
        self._runner.submit(Lane.STORE, job, stepped, self._step_failed)

    def _step_failed(self, error: BaseException) -> None:
        self._saving = False
        self.failed.emit(error)

    # Checking and trying

    def check(self) -> None:
        """Find faults, differences and who must look."""
        if self.draft is not None:
            draft_id = self.draft.id
            job = lambda: self._lab.standing(draft_id)  # noqa: E731
            self._runner.submit(Lane.IO, job, self._checked, self.failed.emit, "lab-check")

    def _checked(self, standing: Standing) -> None:
        if self.draft is None or standing.draft.id != self.draft.id:
            return
        here = [fault for fault in standing.faults if fault.policy_id == self.policy_id]
        self._window.form.show_faults(here)
        self._window.toml.show_faults(here)
        self.checked.emit(standing)

    def try_soon(self, _values: Mapping[str, str]) -> None:
        """Decide on the facts that are being tried, in a moment."""
        self._try_timer.start()

    def _try(self) -> None:
        if not self.policy_id:
            return
        draft_id = self.draft.id if self.draft else None
        policy_id, values, language = self.policy_id, self._window.trial.values, self.language
        job = partial(attempt, self._lab, draft_id, policy_id, values, language)
        self._runner.submit(Lane.IO, job, self._tried, self.failed.emit, "lab-try")

    def _tried(self, found: tuple[Any, UserError | None]) -> None:
        verdict, problem = found
        if verdict is not None:
            self._window.trial.show_verdict(verdict)
        self._window.trial.show_problem(sentence(problem) if problem else "")

    def _connect(self) -> None:
        window = self._window
        window.form.edited.connect(self.edit)
        window.toml.edited.connect(self.edit_text)
        window.undo_wanted.connect(self.undo)
        window.redo_wanted.connect(self.redo)
        window.trial.changed.connect(self.try_soon)
        window.sign_in.left.connect(self.forget_login)


def _write(lab: PolicyLab, draft: Draft, change: _Change, person: Person) -> Draft:
    if change.form is None:
        return lab.save_text(draft.id, change.policy_id, change.text, draft.revision, person)
    return lab.save(draft.id, change.policy_id, change.form, draft.revision, person)
