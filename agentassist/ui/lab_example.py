# SPDX-License-Identifier: Apache-2.0
"""Past decisions of one cell of the matrix, to click through one by one."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from agentassist.domain.verdict import VerdictKind
from agentassist.domain.what_if import Example
from agentassist.ui.formats import day_and_clock
from agentassist.ui.lab_matrix import Cell, mark_word
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, button, chip, column, label, restyle, row
from agentassist.ui.words import word

LOOKS = {
    VerdictKind.YES: "yes",
    VerdictKind.YES_WITH: "yes",
    VerdictKind.ASK: "accent",
    VerdictKind.DECLINE: "caution",
    VerdictKind.REFUSE: "guard",
}


class Examples(QFrame):
    """One example at a time.

    Signals:
        opened: the id of the example's policy.
        test_wanted: the Example is to become a test of the draft.
    """

    opened = Signal(str)
    test_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._now = now
        self._examples: Sequence[Example] = ()
        self._at = 0
        self._head = label("", "heading")
        self._meaning = label("", "small", wrap=True)
        self._place = label("", "muted")
        self.back = button("‹", lambda: self._go(-1), "quiet", self.tr("The one before"))
        self.forth = button("›", lambda: self._go(1), "quiet", self.tr("The next one"))
        for made in (self.back, self.forth):
            made.setAccessibleName(made.toolTip())
        self._title = label("", "strong", wrap=True)
        self._when = label("", "small")
        self._before, self._after = chip(""), chip("")
        self._facts = label("", "", wrap=True)
        self._open = button(self.tr("Open the policy"), self._tell_opened)
        self._test = button(self.tr("Make this call a test"), self._tell_test)
        self._empty = label("", "muted", wrap=True)
        self._arrange()
        self.show_cell((VerdictKind.YES, VerdictKind.YES), 0, ())

    def show_cell(self, cell: Cell, count: int, examples: Sequence[Example]) -> None:
        """Show the first example of a cell."""
        self._examples, self._at = examples, 0
        self._head.setText(f"{word(cell[0])}  →  {word(cell[1])}")
        counted = self.tr("%n decision(s)", "", count)
        self._meaning.setText(f"{counted} · {mark_word(*cell)}")
        self._show()

    def _show(self) -> None:
        some = bool(self._examples)
        for part in (self._title, self._when, self._before, self._after, self._facts, self._open,
                     self._test, self.back, self.forth, self._place, self._arrow):  # fmt: skip
            part.setVisible(some)
        self._empty.setVisible(not some)
        self._empty.setText(self.tr("Choose a cell of the matrix to see the calls behind it."))
        if not some:
            return
        example = self._examples[self._at]
        self._place.setText(f"{self._at + 1} / {len(self._examples)}")
        self.back.setEnabled(self._at > 0)
        self.forth.setEnabled(self._at + 1 < len(self._examples))
        self._title.setText(example.title or example.policy_id)
        self._when.setText(day_and_clock(example.at, self._now()))
        for part, kind in ((self._before, example.before), (self._after, example.after)):
            part.setText(word(kind))
            restyle(part, "chip", LOOKS[kind])
        self._facts.setText("\n".join(example.facts))

    def _go(self, by: int) -> None:
        self._at = max(0, min(len(self._examples) - 1, self._at + by))
        self._show()

    def _tell_opened(self) -> None:
        self.opened.emit(self._examples[self._at].policy_id)

    def _tell_test(self) -> None:
        self.test_wanted.emit(self._examples[self._at])

    def _arrange(self) -> None:
        self._arrow = label("→", "muted")
        verdicts = row(self._before, self._arrow, self._after, None, gap=TIGHT)
        column(
            row(self._head, None, self.back, self._place, self.forth, gap=TIGHT), self._meaning,
            self._empty, self._title, self._when, verdicts, self._facts,
            row(self._test, self._open, None), None, parent=self, margin=MARGIN, gap=GAP,
        )  # fmt: skip
