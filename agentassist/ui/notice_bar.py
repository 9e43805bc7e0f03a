# SPDX-License-Identifier: Apache-2.0
"""One sentence across the window when something went wrong, with what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.errors import Problem
from agentassist.ui.widgets import MARGIN, button, label, restyle, row
from agentassist.ui.words import sentence


class NoticeBar(QFrame):
    """Hidden until there is something to say; never a dialog, never in the way of typing.

    Signals:
        details_wanted: the person wants to see the log folder.
    """

    details_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "problem")
        self._text = label("", wrap=True)
        self._details = button(self.tr("Show the log"), self.details_wanted.emit, "quiet")
        layout = row(
            self._text, self._details, button(self.tr("Close"), self.hide, "quiet"), parent=self
        )
        layout.setContentsMargins(MARGIN, 4, MARGIN, 4)
        layout.setStretch(0, 1)
        self.hide()

    def show_problem(self, error: BaseException) -> None:
        """Show an error: its own sentence, or that it was a fault of the program."""
        expected = isinstance(error, Problem)
        self._text.setText(sentence(error) if isinstance(error, Problem) else self._bug())
        self._details.setVisible(not expected)
        restyle(self, "notice", "problem" if expected else "bug")
        self.show()

    def _bug(self) -> str:
        return self.tr(
            "Something in the program failed and was written to the log. You can go on working."
        )
