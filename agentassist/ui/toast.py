# SPDX-License-Identifier: Apache-2.0
"""What was just done, and one button that undoes it, for ten seconds at the foot of the desk."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.ui.widgets import MARGIN, TIGHT, button, em, label, row

SHOWN_MS = 10_000


class Toast(QFrame):
    """Floats above the foot of `over`, away from the notes, and never takes the focus.

    It stays while the mouse is on it or it has the focus. A newer toast replaces it: what
    it would have undone can still be undone where it is listed.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("look", "toast")
        self._over = over
        self._act: Callable[[], object] | None = None
        self._text = label("", "toast", wrap=True)
        self.undo_button = self._button(self.tr("Undo"), self.undo, self.tr("Ctrl+B"))
        self._close = self._button(self.tr("Close"), self.hide)
        layout = self._line = row(self._text, self.undo_button, self._close, parent=self, gap=TIGHT)
        layout.setContentsMargins(MARGIN, TIGHT, TIGHT, TIGHT)
        layout.setStretch(0, 1)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def show_done(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done; with `undo` a button takes it back."""
        self._act = undo
        self._text.setText(text)
        self.undo_button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self.place()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def undo(self) -> None:
        """Take back what the toast tells; without a toast nothing happens."""
        act, self._act = self._act, None
        if act is not None and not self.isHidden():
            self.hide()
            act()

    def place(self) -> None:
        """Stay at the foot; the window calls it when its size changes."""
        width = min(self._over.width() - 2 * MARGIN, em(26))
        # A label that wraps asks for the height of a narrow column; the line knows this one.
        height = max(self._line.heightForWidth(width), self._line.minimumSize().height())
        left = self._over.width() - width - 2 * MARGIN
        self.setGeometry(left, self._over.height() - height - 2 * MARGIN, width, height)

    def _button(self, text: str, pressed: Callable[[], object], hint: str = "") -> QPushButton:
        return button(text, pressed, "toast", hint)

    def _leave(self) -> None:
        held = self.underMouse() or self.undo_button.hasFocus() or self._close.hasFocus()
        if held:
            self._timer.start()
        else:
            self.hide()
