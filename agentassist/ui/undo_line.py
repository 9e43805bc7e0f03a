# SPDX-License-Identifier: Apache-2.0
"""One line that says what was just done, and takes it back on request."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.ui.widgets import GAP, TIGHT, button, label, row

_SHOWN_MS = 12_000


class UndoLine(QFrame):
    """Hidden until something was done; it goes by itself after `shown_ms`."""

    def __init__(self, shown_ms: int = _SHOWN_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self._back: Callable[[], object] | None = None
        self._go_on: Callable[[], object] | None = None
        self._text = label("", wrap=True)
        self.undo_button = button(self.tr("Undo"), self.undo, "quiet")
        self.more_button = button("", self._more, "quiet")
        layout = row(self._text, self.more_button, self.undo_button, parent=self, gap=GAP)
        layout.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        layout.setStretch(0, 1)
        self._timer = QTimer(self, singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        text: str,
        back: Callable[[], object] | None = None,
        more: str = "",
        go_on: Callable[[], object] | None = None,
    ) -> None:
        """Say what was done; `back` undoes it, and `go_on` is the step called `more`."""
        self._text.setText(text)
        self._back, self._go_on = back, go_on
        self.undo_button.setVisible(back is not None)
        self.more_button.setText(more)
        self.more_button.setAccessibleName(more)
        self.more_button.setVisible(go_on is not None)
        self.show()
        self._timer.start()

    def drop(self) -> None:
        """Say nothing any more."""
        self._back = self._go_on = None
        self._timer.stop()
        self.hide()

    def undo(self) -> None:
        """Take back what the line tells."""
        back = self._back
        self.drop()
        if back:
            back()

    def _more(self) -> None:
        go_on = self._go_on
        self.drop()
        if go_on:
            go_on()
