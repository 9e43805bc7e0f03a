# SPDX-License-Identifier: Apache-2.0
"""Two records side by side: for each field that differs, a press says whose value is shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from agentassist.domain.merge import FieldPair, MergePreview
from agentassist.ui.formats import language_name
from agentassist.ui.widgets import GAP, TIGHT, ChoiceButton, column, discard, label
from agentassist.ui.words import field_word

_LEFT, _RIGHT, _RESULT = range(3)


class FieldChoices(QWidget):
    """Left is the record that stays in front, right the one that joins it.

    Left and Right choose for the field with the frame, Up and Down go to another field.

    Signals:
        taken: the names of the fields that are shown from the right.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(TIGHT)
        self._grid.setVerticalSpacing(TIGHT)
        for place in (_LEFT, _RIGHT, _RESULT):
            self._grid.setColumnStretch(place, 1)
        self._rest = label("", "small", wrap=True)
        self._pairs: list[FieldPair] = []
        self._filled: set[str] = set()
        self._sides: list[tuple[_Side, _Side]] = []
        self._results: list[QLabel] = []
        self._head = label("", "strong", wrap=True)
        column(self._grid, self._rest, parent=self, gap=GAP)

    def show_preview(self, preview: MergePreview) -> None:
        """Show both records; with the same two only what was chosen changes."""
        pairs = [pair for pair in preview.pairs if pair.disputed]
        self._filled = {p.name for p in preview.pairs if p.take_absorbed and not p.disputed}
        known = [(pair.name, pair.kept, pair.absorbed) for pair in self._pairs]
        self._pairs = pairs
        if known != [(pair.name, pair.kept, pair.absorbed) for pair in pairs] or not pairs:
            self._build(preview)
        self._head.setText(preview.result.name)
        for pair, sides, result in zip(pairs, self._sides, self._results, strict=True):
            sides[_LEFT].setChecked(not pair.take_absorbed)
            sides[_RIGHT].setChecked(pair.take_absorbed)
            result.setText(_shown(pair.name, pair.result))

    def focus_first(self) -> None:
        """Put the frame on the first field, if there is a choice."""
        if self._sides:
            self._sides[0][self._pairs[0].take_absorbed].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Left and Right, go on with Up and Down."""
        at = next((at for at, pair in enumerate(self._sides) if _framed(pair)), None)
        side = {Qt.Key.Key_Left: _LEFT, Qt.Key.Key_Right: _RIGHT}.get(Qt.Key(event.key()))
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if at is None or (side is None and step is None):
            super().keyPressEvent(event)
        elif side is not None:
            self._sides[at][side].setFocus()
            self._choose(self._pairs[at].name, side)
        else:
            to = (at + (step or 0)) % len(self._sides)
            self._sides[to][self._pairs[to].take_absorbed].setFocus()

    def _build(self, preview: MergePreview) -> None:
        self._sides, self._results = [], []
        while item := self._grid.takeAt(0):
            discard(item)
        self._add_heads(preview)
        for line, pair in enumerate(self._pairs):
            self._add_pair(1 + 2 * line, pair)
        self._show_rest(preview)

    def _add_heads(self, preview: MergePreview) -> None:
        self._head = label(preview.result.name, "strong", wrap=True)
        heads = (
            (self.tr("Stays in front"), label(preview.kept.name, "strong", wrap=True)),
            (self.tr("Joins it"), label(preview.absorbed.name, "strong", wrap=True)),
            (self.tr("Result"), self._head),
        )
        for place, (text, name) in enumerate(heads):
            holder = QWidget()
            column(label(text, "section"), name, parent=holder, gap=0)
            self._grid.addWidget(holder, 0, place, Qt.AlignmentFlag.AlignTop)

    def _add_pair(self, line: int, pair: FieldPair) -> None:
        self._grid.addWidget(label(field_word(pair.name), "small"), line, 0, 1, 3)
        left = _Side(pair.name, pair.kept, lambda: self._choose(pair.name, _LEFT))
        right = _Side(pair.name, pair.absorbed, lambda: self._choose(pair.name, _RIGHT))
        result = label("", wrap=True)
        for place, made in enumerate((left, right, result)):
            self._grid.addWidget(made, line + 1, place)
        self._sides.append((left, right))
        self._results.append(result)

    def _choose(self, name: str, side: int) -> None:
        taken = {pair.name for pair in self._pairs if pair.take_absorbed} | self._filled
        (taken.add if side == _RIGHT else taken.discard)(name)
        self.taken.emit(frozenset(taken))

    def _show_rest(self, preview: MergePreview) -> None:
        """Name in one line each what one side alone has, and what both say alike."""
        rest = [pair for pair in preview.pairs if not pair.disputed and pair.result]
        alone = [f"{field_word(p.name)} {_shown(p.name, p.result)}" for p in rest if p.differs]
        same = [f"{field_word(p.name)} {_shown(p.name, p.result)}" for p in rest if not p.differs]
        lines = (
            self.tr("Only one has: {fields}").format(fields=" · ".join(alone)) if alone else "",
            self.tr("The same on both: {fields}").format(fields=" · ".join(same)) if same else "",
        )
        self._rest.setText("\n".join(filter(None, lines)))
        self._rest.setVisible(bool(rest))


class _Side(ChoiceButton):
    """One value of one side; the arrow keys are left to the rows."""

    def __init__(self, name: str, value: str, chosen: Callable[[], object]) -> None:
        super().__init__(_shown(name, value), "", chosen)
        self.setProperty("look", "side")
        self.setCheckable(True)
        self.setAccessibleName(f"{field_word(name)}: {_shown(name, value)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the arrows to the rows: a button would move the frame by itself."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _framed(sides: tuple[_Side, _Side]) -> bool:
    return any(side.hasFocus() for side in sides)


def _shown(name: str, value: str) -> str:
    if name == "language" and value:
        return language_name(value)
    return value or "–"
