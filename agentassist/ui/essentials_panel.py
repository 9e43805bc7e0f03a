# SPDX-License-Identifier: Apache-2.0
"""What an agent should know before the first word: who, how to reach, what is open."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from agentassist.domain.customer import ContactPoint, Customer
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.promise import Promise
from agentassist.ui.formats import amount, day, day_and_clock
from agentassist.ui.icons import icon_label
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    Flow,
    chip,
    clear,
    column,
    em,
    label,
    row,
    scrolled,
)
from agentassist.ui.words import state

_ICONS = {
    "phone": "call",
    "email": "email",
    "handle": "social",
    "account": "person",
    "order": "purchase",
    "id_number": "person",
}
_PURCHASES = 3
_POINTS = 4


class EssentialsPanel(QFrame):
    """Name, tier, language, contact points, open promises, last purchases, preferences.

    Shows one customer at a time through `show_essentials`; `clear` empties it.
    """

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Customer"))
        self._theme = theme
        self._now = now
        self._content = QWidget()
        self._body = column(parent=self._content, margin=MARGIN, gap=GAP)
        column(scrolled(self._content), parent=self)
        self.clear()

    def show_essentials(self, essentials: Essentials) -> None:
        """Show a customer."""
        clear(self._body)
        self._body.addLayout(self._head(essentials.customer))
        self._body.addWidget(self._points(essentials.customer))
        self._add_promises(essentials.promises)
        self._add_purchases(essentials.purchases)
        self._add_preferences(essentials)
        self._body.addStretch(1)

    def clear(self) -> None:
        """Show that nobody is on the line."""
        clear(self._body)
        hint = label(
            self.tr("The caller's name, promises and purchases appear here."), "muted", wrap=True
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addStretch(1)
        self._body.addWidget(hint)
        self._body.addStretch(1)

    def _head(self, customer: Customer) -> QLayout:
        name = label(customer.name, "title", wrap=True)
        facts = Flow()
        for text, kind in self._facts(customer):
            facts.add(chip(text, kind))
        return row(_avatar(customer.name), column(name, facts, gap=TIGHT), gap=MARGIN)

    def _facts(self, customer: Customer) -> list[tuple[str, str]]:
        facts = []
        if customer.tier:
            facts.append((customer.tier[:1].upper() + customer.tier[1:], "accent"))
        if customer.language:
            facts.append((_language(customer.language), "plain"))
        if local := self._local_time(customer.time_zone):
            facts.append((local, "plain"))
        return facts

    def _local_time(self, zone: str) -> str:
        try:
            there = self._now().astimezone(ZoneInfo(zone)) if zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return ""
        return self.tr("there {time}").format(time=f"{there:%H:%M}") if there else ""

    def _points(self, customer: Customer) -> Flow:
        points = Flow(gap=GAP)
        for point in customer.contact_points[:_POINTS]:
            points.add(self._point(point))
        return points

    def _point(self, point: ContactPoint) -> QWidget:
        shown = label(point.shown or point.value)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        holder = QWidget()
        row(
            icon_label(_ICONS[point.kind], self._theme.colours.muted),
            shown,
            parent=holder,
            gap=TIGHT,
        )
        return holder

    def _add_promises(self, promises: tuple[Promise, ...]) -> None:
        if promises:
            self._body.addWidget(label(self.tr("Promised"), "section"))
        for promise in promises:
            self._body.addLayout(self._promise(promise))

    def _promise(self, promise: Promise) -> QLayout:
        late = promise.is_overdue(self._now())
        due = day_and_clock(promise.due_at, self._now())
        about = f"{due} · {promise.owner}"
        mark = chip(self.tr("Overdue"), "danger") if late else chip(self.tr("Open"), "caution")
        mark_column = column(mark, None)
        return row(
            mark_column,
            column(label(promise.text, wrap=True), label(about, "small", wrap=True), gap=0),
        )

    def _add_purchases(self, purchases: tuple[Purchase, ...]) -> None:
        if purchases:
            self._body.addWidget(label(self.tr("Last purchases"), "section"))
        for purchase in purchases[:_PURCHASES]:
            self._body.addLayout(self._purchase(purchase))

    def _purchase(self, purchase: Purchase) -> QLayout:
        items = ", ".join(item.name for item in purchase.lines) or purchase.shown
        about = [purchase.shown or purchase.order_number]
        if purchase.ordered_at:
            about.append(day(purchase.ordered_at, self._now()))
        if purchase.total:
            about.append(amount(purchase.total))
        head = row(label(items, wrap=True), gap=GAP)
        head.addWidget(chip(state(purchase.status) or "–"), 0, Qt.AlignmentFlag.AlignTop)
        return column(head, label(" · ".join(about), "small", wrap=True), gap=0)

    def _add_preferences(self, essentials: Essentials) -> None:
        if essentials.preferences:
            self._body.addWidget(label(self.tr("Likes and needs"), "section"))
        for preference in essentials.preferences:
            self._body.addWidget(label(preference.text, wrap=True))


def _language(code: str) -> str:
    known = QLocale(code)
    if known.language() is QLocale.Language.English:
        return "English"  # Qt's own name for it is that of one country
    return known.nativeLanguageName() or code


def _avatar(name: str) -> QLabel:
    made = label("".join(part[0] for part in name.split()[:2]).upper() or "?", "avatar")
    made.setFixedSize(em(2.2), em(2.2))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
