# SPDX-License-Identifier: Apache-2.0
"""Who works in the lab: a line to sign in, never a dialog; the password is forgotten at once."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from agentassist.domain.staff import Person
from agentassist.ui.lab_inputs import Line
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, Flow, button, column, em, label


class LabSignIn(QFrame):
    """Hidden until a login is needed; says what for.

    Signals:
        given: login and password.
        left: the person does not want to sign in.
    """

    given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "told")
        self._then: Callable[[Person], object] | None = None
        self._what = label("", "strong", wrap=True)
        self.login = Line(self.tr("Login"), self.tr("Login"))
        self.password = Line(self.tr("Password"), self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.sign_button = button(self.tr("Sign in"), self._give, "primary")
        self._fault = label("", "fault", wrap=True)
        fields = Flow(GAP)
        for field in (self.login, self.password):
            field.setMinimumWidth(em(11))
            field.returnPressed.connect(self._give)
            fields.add(field)
        fields.add(self.sign_button)
        fields.add(button(self.tr("Cancel"), self.leave, "quiet"))
        about = label(
            self.tr("No login yet? IT makes one: agentassist staff add"),
            "small",
            wrap=True,
        )
        column(self._what, fields, self._fault, about, parent=self, margin=MARGIN, gap=TIGHT)
        self.hide()

    def ask(self, what: str, then: Callable[[Person], object]) -> None:
        """Ask for a login; `then` goes on once it is right."""
        self._what.setText(what)
        self._then = then
        self._fault.setText("")
        self._fault.hide()
        self.show()
        self.login.setFocus()

    def show_fault(self, text: str) -> None:
        """Say that it was not right, and let them try again."""
        self.sign_button.setEnabled(True)
        self._fault.setText(text)
        self._fault.show()
        self.password.setFocus()

    def accept(self, person: Person) -> None:
        """Go on with what was asked for."""
        then, self._then = self._then, None
        self._close()
        if then is not None:
            then(person)

    def leave(self) -> None:
        """Put it away."""
        self._then = None
        self._close()
        self.left.emit()

    def _give(self) -> None:
        if self.login.text().strip() and self.password.text():
            self.sign_button.setEnabled(False)
            self.given.emit(self.login.text().strip(), self.password.text())
            self.password.clear()

    def _close(self) -> None:
        self.password.clear()
        self.sign_button.setEnabled(True)
        self.hide()
