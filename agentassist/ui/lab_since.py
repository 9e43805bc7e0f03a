# SPDX-License-Identifier: Apache-2.0
"""Since when past decisions are looked at, and a line that shows how far a long job is."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from agentassist.ui.lab_inputs import Choice
from agentassist.ui.widgets import GAP, button, label, row

_PER_MILLE = 1_000


def since_choice() -> Choice:
    """Return the chooser of a time span; its values are numbers of days, None for all."""
    options: list[tuple[str, object]] = [
        (QCoreApplication.translate("lab", "the last 7 days"), 7),
        (QCoreApplication.translate("lab", "the last 30 days"), 30),
        (QCoreApplication.translate("lab", "the last 90 days"), 90),
        (QCoreApplication.translate("lab", "the last year"), 365),
        (QCoreApplication.translate("lab", "all decisions"), None),
    ]
    made = Choice(QCoreApplication.translate("lab", "Since when"), options)
    made.show_value(90)
    return made


def begin_of(days: object, now: datetime) -> datetime | None:
    """Return when a time span begins; None: at the beginning of everything."""
    return now - timedelta(days=days) if isinstance(days, int) else None


class ProgressLine(QWidget):
    """How far a job is, with a cancel; hidden while none runs.

    Signals:
        cancelled: the person wants no more of it.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        stop = button(self.tr("Cancel"), self.cancelled.emit, "quiet")
        layout = row(self._text, self._bar, stop, parent=self, gap=GAP)
        layout.setStretch(1, 1)
        self.hide()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show what is done of how much; a total of 0 is not known yet."""
        self._text.setText(text)
        self._bar.setRange(0, _PER_MILLE if total else 0)
        self._bar.setValue(_PER_MILLE * done // total if total else 0)
        self.show()
