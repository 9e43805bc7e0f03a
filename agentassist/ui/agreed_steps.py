# SPDX-License-Identifier: Apache-2.0
"""What was agreed, in the place of its prompt: steps to tick, by whom and until when."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from agentassist.domain.agreement import Agreement
from agentassist.ui.formats import clock, day_and_clock
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, button, chip, column, label, row


class AgreedSteps(QFrame):
    """One agreement. What is ticked here stands in the wrap-up as done.

    Signals:
        ticked: the changed Agreement.
        taken_back: the Agreement was a mistake.
    """

    ticked = Signal(object)
    taken_back = Signal(object)

    def __init__(
        self,
        agreement: Agreement,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("verdict", "yes")
        self.agreement = agreement
        self.setAccessibleName(self.tr("Agreed: {what}").format(what=agreement.text))
        undo = button(self.tr("Take back"), lambda: self.taken_back.emit(self.agreement), "quiet")
        head = row(chip(self.tr("AGREED"), "yes"), None, undo)
        about = self.tr("{owner}, until {time}").format(
            owner=agreement.owner or self.tr("You"), time=self._until(now())
        )
        steps = [self._step(place, text) for place, text in enumerate(agreement.steps)]
        what, when = label(agreement.text, "strong", wrap=True), label(about, "small", wrap=True)
        column(head, what, *steps, when, parent=self, margin=MARGIN, gap=TIGHT)

    def _step(self, place: int, text: str) -> QWidget:
        """Return a box beside its text: the text of a check box does not wrap."""
        holder, box = QWidget(), QCheckBox()
        box.setAccessibleName(text)
        box.setChecked(place in self.agreement.done)
        box.toggled.connect(partial(self._tick, place))
        shown = label(text, wrap=True)
        layout = row(box, shown, parent=holder, gap=GAP)
        layout.setStretch(1, 1)
        return holder

    def _tick(self, place: int, done: bool) -> None:  # noqa: FBT001  as Qt's signal has it
        self.agreement = self.agreement.ticked(place, done=done)
        self.ticked.emit(self.agreement)

    def _until(self, now: datetime) -> str:
        """Return the time alone where it is today."""
        due = self.agreement.due_at
        days = (due.astimezone().date() - now.astimezone().date()).days
        if days == 1:
            return self.tr("tomorrow {time}").format(time=clock(due))
        return clock(due) if days == 0 else day_and_clock(due, now)
