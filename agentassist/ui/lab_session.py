# SPDX-License-Identifier: Apache-2.0
"""Who is signed in to the lab; what needs a login waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agentassist.domain.staff import Person
from agentassist.errors import Problem
from agentassist.ui.lab_sign_in import LabSignIn
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import sentence

SignIn = Callable[[str, str], Person]
"""Returns who this is. Raises UserError for a wrong login or password; blocks."""


class LabSession(QObject):
    """One person at a time.

    Signals:
        changed: the Person who is signed in, or None.
        failed: an error that is no wrong password.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, sign_in: SignIn, runner: TaskRunner, line: LabSignIn, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sign_in, self._runner, self._line = sign_in, runner, line
        self._person: Person | None = None
        self._for_second = False
        line.given.connect(self._try)

    @property
    def person(self) -> Person | None:
        """Who is signed in."""
        return self._person

    def need(self, what: str, then: Callable[[Person], object]) -> None:
        """Go on with who is signed in, or ask for a login first; `what` says what for."""
        self._for_second = False
        if self._person is not None:
            then(self._person)
        else:
            self._line.ask(what, then)

    def second(self, what: str, then: Callable[[Person], object]) -> None:
        """Ask for another person's login; who is signed in stays so."""
        self._for_second = True
        self._line.ask(what, then)

    def enter(self, person: Person) -> None:
        """Take somebody as signed in, and go on with what waited for it."""
        if not self._for_second:
            self._person = person
            self.changed.emit(person)
        self._for_second = False
        self._line.accept(person)

    def leave(self) -> None:
        """Sign out."""
        self._person = None
        self.changed.emit(None)

    def _try(self, login: str, password: str) -> None:
        job = lambda: self._sign_in(login, password)  # noqa: E731
        self._runner.submit(Lane.IO, job, self.enter, self._refuse, "lab-sign-in")

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, Problem):
            self._line.show_fault(sentence(error))
        else:
            self._line.leave()
            self.failed.emit(error)
