# SPDX-License-Identifier: Apache-2.0
"""How a customer is reached: guesses and shared numbers marked, id numbers masked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from agentassist.domain.customer import ContactKind, ContactPoint, Standing
from agentassist.ui.icons import icon_label
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, TIGHT, Flow, button, chip, column, label, row
from agentassist.ui.words import word

_ICONS = {
    ContactKind.PHONE: "call",
    ContactKind.EMAIL: "email",
    ContactKind.HANDLE: "social",
    ContactKind.ACCOUNT: "person",
    ContactKind.ORDER: "purchase",
    ContactKind.ID_NUMBER: "shield",
}
_FIRST = 2
_LONGEST = 42
_SHOWN_OF_ID = 2


class PointsBox(QWidget):
    """The first few contact points; the others on demand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[ContactPoint, ...] = ()
        self._flow = Flow(gap=GAP)
        column(self._flow, parent=self, gap=0)
        self.show_points(())

    def show_points(self, points: tuple[ContactPoint, ...]) -> None:
        """Show contact points, those of the customer's own before guesses."""
        order = [Standing.OWN, Standing.SHARED, Standing.MAYBE]
        self._points = tuple(sorted(points, key=lambda point: order.index(point.standing)))
        few = len(points) <= _FIRST + 1
        self._fill(self._points if few else self._points[:_FIRST])
        if not few:
            self._flow.add(self._make_more(len(points) - _FIRST))
        self.setVisible(bool(points))

    def _fill(self, points: tuple[ContactPoint, ...]) -> None:
        self._flow.clear()
        for point in points:
            self._flow.add(self._point(point))

    def _make_more(self, hidden: int) -> QPushButton:
        made = button(
            self.tr("{count} more").format(count=hidden), lambda: self._fill(self._points), "act"
        )
        made.setAccessibleName(self.tr("Show all ways to reach the customer"))
        return made

    def _point(self, point: ContactPoint) -> QWidget:
        whole = shown_value(point)
        text = label(whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{word(point.kind)} {whole}")
        holder = QWidget()
        parts = [icon_label(_ICONS[point.kind], self._theme.colours.muted), text]
        row(*parts, *self._marks(point), parent=holder, gap=TIGHT)
        return holder

    def _marks(self, point: ContactPoint) -> list[QWidget]:
        if point.standing is Standing.MAYBE:
            from_where = f" · {point.label}" if point.label else ""
            return [chip(self.tr("maybe") + from_where, "caution")]
        return [chip(self.tr("shared"), "plain")] if point.standing is Standing.SHARED else []


def shown_value(point: ContactPoint) -> str:
    """Return a contact point as it may be shown: of an id number only the end."""
    if point.kind is ContactKind.ID_NUMBER:
        return masked_end(point.value)
    return point.shown or point.value


def masked_end(value: str) -> str:
    """Return a number of which only the end is shown."""
    return f"•••{value[-_SHOWN_OF_ID:]}"
