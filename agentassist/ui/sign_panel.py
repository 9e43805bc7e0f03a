# SPDX-License-Identifier: Apache-2.0
"""Where a yes is answered for: a reason, and the logins of those who sign; never a dialog."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from agentassist.domain.override import OverrideKind, Signing
from agentassist.ui.formats import amount
from agentassist.ui.prompt_words import signs
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, button, column, label, row


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed; `logins` are pairs of login and password, `amount` may be empty."""

    reason: str
    logins: tuple[tuple[str, str], ...] = field(repr=False)
    amount: str


class SignPanel(QFrame):
    """Stands below the prompt that is signed. Enter signs, Escape goes back.

    Signals:
        signed: a Filled.
        cancelled: nothing is to be signed after all.
    """

    signed = Signal(object)
    cancelled = Signal()

    def __init__(self, need: Signing, what: str, parent: QWidget | None = None) -> None:
        """Ask for what `need` says; `what` names the request or the alternative."""
        super().__init__(parent)
        self.setProperty("look", "sign")
        self._need = need
        self._fields: list[QLineEdit] = []
        self._reason = self._field(self.tr("Why? In one sentence"))
        self._amount = self._field(self.tr("What it costs us, such as 40.00 (empty: nothing)"))
        self._amount.setVisible(_asks_amount(need))
        self._logins = [self._login(place) for place in range(self._people())]
        self._fault = label("", wrap=True)
        self._fault.setProperty("chip", "caution")
        self._fault.hide()
        self._sign = button(self._verb(), self._emit, "primary")
        self._build(what)
        self._close_where_nobody_may()

    def take_focus(self) -> None:
        """Let the agent write the reason."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fault(self, text: str) -> None:
        """Say inline why it was not signed; what was typed stays, passwords do not."""
        self._fault.setText(text)
        self._fault.show()
        self.setAccessibleDescription(text)
        self._sign.setEnabled(True)
        for _, password in self._logins:
            password.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Escape and Enter; the rest is ordinary typing."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit()
        else:
            super().keyPressEvent(event)

    def _build(self, what: str) -> None:
        title = self._title()
        self.setAccessibleName(f"{title}: {what}")
        cancel = button(self.tr("Cancel"), self.cancelled.emit, "quiet", "Esc")
        column(
            label(title, "strong", wrap=True),
            label(self._about(what), "small", wrap=True),
            self._reason,
            self._amount,
            *(row(login, password, gap=TIGHT) for login, password in self._logins),
            self._fault,
            row(self._sign, cancel, None, gap=TIGHT),
            parent=self,
            margin=MARGIN,
            gap=GAP,
        )

    def _close_where_nobody_may(self) -> None:
        if _nobody_may(self._need):
            for each in (self._reason, *(each for pair in self._logins for each in pair)):
                each.hide()
            self._sign.hide()

    def _people(self) -> int:
        """Return how many may sign: one more where the amount is not known yet."""
        return max(self._need.people, int(_asks_amount(self._need)))

    def _title(self) -> str:
        if self._need.kind is OverrideKind.DUAL_CONTROL:
            return self.tr("Two people sign this together")
        if _nobody_may(self._need):
            return self.tr("More than anybody may sign now")
        if self._need.kind is OverrideKind.SIGNED:
            return self.tr("Above your limit: {who}").format(who=signs(self._need.authority))
        return self.tr("Say yes anyway")

    def _about(self, what: str) -> str:
        return f"{what}. {self._rules()}"

    def _rules(self) -> str:
        if self._need.kind is OverrideKind.DUAL_CONTROL:
            return self.tr(
                "Both are a lead or a supervisor, sign with their own login, and neither is you."
            )
        if _nobody_may(self._need):
            return self.tr("Agree on a smaller amount, or promise to find out.")
        if self._need.kind is OverrideKind.SIGNED:
            told = self.tr("{amount} is signed here, with their own login.")
            sum_ = self._need.authority.amount
            return told.format(amount=amount(sum_) if sum_ else "")
        kept = self.tr("The reason is kept with your name, and supervisors see it.")
        above = self.tr("Above your limit a lead adds login and password.")
        return f"{kept} {above}" if _asks_amount(self._need) else kept

    def _verb(self) -> str:
        return self.tr("Sign") if self._need.people else self.tr("Say yes")

    def _field(self, hint: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(hint)
        made.setAccessibleName(hint)
        made.textEdited.connect(self._fault_seen)
        return made

    def _login(self, place: int) -> tuple[QLineEdit, QLineEdit]:
        number = f" {place + 1}" if self._need.people > 1 else ""
        login = self._field(self.tr("Login") + number)
        password = self._field(self.tr("Password") + number)
        password.setEchoMode(QLineEdit.EchoMode.Password)
        return login, password

    def _fault_seen(self) -> None:
        self._fault.hide()

    def _emit(self) -> None:
        if not self._sign.isEnabled():
            return
        self._sign.setEnabled(False)
        self._fault.hide()
        typed = tuple((login.text(), password.text()) for login, password in self._logins)
        self.signed.emit(Filled(self._reason.text(), typed, self._amount.text().strip()))


def _nobody_may(need: Signing) -> bool:
    return need.kind is OverrideKind.SIGNED and not need.authority.signer


def _asks_amount(need: Signing) -> bool:
    """Tell whether the agent has to say what it costs: the action is limited, no fact tells."""
    return need.kind is OverrideKind.WITHIN and bool(
        need.authority.action and need.authority.amount is None
    )
