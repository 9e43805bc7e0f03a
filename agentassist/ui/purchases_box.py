# SPDX-License-Identifier: Apache-2.0
"""The last purchases, each with what may be done: a press brings the request to its policy."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QMenu, QPushButton, QWidget

from agentassist.domain.history import Purchase
from agentassist.domain.order_action import OrderAction, Stand
from agentassist.ui.formats import amount, day
from agentassist.ui.icons import icon
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import (
    GAP,
    TIGHT,
    Flow,
    button,
    chip,
    clear,
    column,
    holds_focus,
    label,
    row,
)
from agentassist.ui.words import state

Actions = Mapping[UUID, tuple[OrderAction, ...]]

_FIRST = 1
STEP = 10


class PurchasesBox(QWidget):
    """The newest purchase in full with its buttons, the others with a menu. Hidden while empty.

    Signals:
        request_wanted: the id of a policy and the order number it is about.
        more_wanted: how many purchases to show.
    """

    request_wanted = Signal(str, str)
    more_wanted = Signal(int)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._most = _FIRST
        self._first: QPushButton | None = None
        self._rows = column(gap=TIGHT)
        self._more = button(self.tr("More purchases"), self._ask_more, "act")
        title = row(label(self.tr("Last purchases"), "section"), None, self._more)
        column(title, self._rows, parent=self, gap=0)
        self.clear()

    def show_purchases(self, purchases: tuple[Purchase, ...], actions: Actions) -> None:
        """Show the newest; what may be done may come later, in another call."""
        held = holds_focus(self)
        clear(self._rows)
        self._first = None
        for place, purchase in enumerate(purchases[: self._most]):
            self._rows.addLayout(
                self._purchase(purchase, actions.get(purchase.id, ()), newest=place == 0)
            )
        self._more.setVisible(len(purchases) > self._most)
        self.setVisible(bool(purchases))
        if held:
            self.focus_first()

    def clear(self) -> None:
        """Show nothing."""
        clear(self._rows)
        self._most, self._first = _FIRST, None
        self.hide()

    def focus_first(self) -> None:
        """Put the focus on the first thing that may be done with the newest purchase."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_more(self) -> None:
        self._most += STEP
        self.more_wanted.emit(self._most + 1)

    def _purchase(
        self, purchase: Purchase, actions: tuple[OrderAction, ...], *, newest: bool
    ) -> QLayout:
        items = ", ".join(_item(line.name, line.quantity) for line in purchase.lines)
        name = label(items or _number(purchase), "strong" if newest else "", wrap=True)
        head = row(name, gap=GAP)
        head.setStretch(0, 1)
        head.addWidget(chip(state(purchase.status) or "–"), 0, Qt.AlignmentFlag.AlignTop)
        about = label(self._about(purchase), "small", wrap=True)
        deed = self._copy(purchase) if newest else self._menu(purchase, actions)
        foot = row(about, gap=TIGHT)
        foot.setStretch(0, 1)
        foot.addWidget(deed, 0, Qt.AlignmentFlag.AlignTop)
        if newest and actions:
            return column(head, foot, self._buttons(purchase, actions), gap=0)
        self._first = self._first or deed
        return column(head, foot, gap=0)

    def _about(self, purchase: Purchase) -> str:
        parts = [_number(purchase)]
        if purchase.ordered_at:
            parts.append(day(purchase.ordered_at, self._now()))
        if purchase.total:
            parts.append(amount(purchase.total))
        if purchase.delivered_at:
            arrived = day(purchase.delivered_at, self._now())
            parts.append(self.tr("arrived {day}").format(day=arrived))
        return " · ".join(parts)

    def _buttons(self, purchase: Purchase, actions: tuple[OrderAction, ...]) -> Flow:
        deeds = Flow()
        for action in actions:
            made = button(
                self._says(action),
                partial(self._request, action, purchase),
                "deed",
                self._hint(action),
            )
            made.setAccessibleName(f"{self._says(action)}: {_number(purchase)}")
            deeds.add(made)
            self._first = self._first or made
        return deeds

    def _menu(self, purchase: Purchase, actions: tuple[OrderAction, ...]) -> QPushButton:
        made = button(self.tr("Actions"), lambda: None, "act-menu")
        made.setAccessibleName(self.tr("Actions for {number}").format(number=_number(purchase)))
        menu = QMenu(made)
        for action in actions:
            text = self._says(action).replace("&", "&&")
            menu.addAction(text, partial(self._request, action, purchase))
        menu.addAction(self.tr("Copy number"), partial(_copy, _number(purchase)))
        made.setMenu(menu)
        return made

    def _copy(self, purchase: Purchase) -> QPushButton:
        hint = self.tr("Copy {number}").format(number=_number(purchase))
        made = button("", partial(_copy, _number(purchase)), "act", hint)
        made.setIcon(icon("copy", self._theme.colours.accent))
        return made

    def _request(self, action: OrderAction, purchase: Purchase) -> None:
        self.request_wanted.emit(action.policy_id, _number(purchase))

    def _says(self, action: OrderAction) -> str:
        if action.stand is Stand.OPEN and action.days_left is not None:
            until = day(self._now() + timedelta(days=action.days_left), self._now())
            return self.tr("{action} · until {day}").format(action=action.label, day=until)
        return f"{action.label}…" if action.stand is not Stand.OPEN else action.label

    def _hint(self, action: OrderAction) -> str:
        return {
            Stand.OPEN: self.tr("Nothing we know speaks against it"),
            Stand.ASK: self.tr("There is a question to ask first"),
            Stand.INSTEAD: self.tr("Not this, but there is another way"),
        }[action.stand]


def _number(purchase: Purchase) -> str:
    return purchase.shown or purchase.order_number


def _item(name: str, quantity: int) -> str:
    return f"{quantity} × {name}" if quantity > 1 else name


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
