# SPDX-License-Identifier: Apache-2.0
"""What an agent should know before the first word: who, what is pressing, what may be done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from agentassist.domain.customer import Customer, Preference
from agentassist.domain.highlight import Highlight, Told
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.order_action import OrderAction
from agentassist.domain.promise import Promise
from agentassist.domain.promised import most_pressing, promised
from agentassist.ui.formats import day_and_clock, language_name
from agentassist.ui.highlights_box import HighlightsBox
from agentassist.ui.patterns_box import PatternsBox
from agentassist.ui.perhaps_also import PerhapsAlso
from agentassist.ui.points_box import PointsBox
from agentassist.ui.purchases_box import PurchasesBox
from agentassist.ui.theme import Theme
from agentassist.ui.visits_box import VisitsBox
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

if TYPE_CHECKING:
    from agentassist.services.briefing import Briefing


class EssentialsPanel(QFrame):
    """One customer at a time: what the record says at once, the briefing right after it.

    `perhaps` names records that may be the same person. `clear` empties everything.

    Signals:
        source_wanted: the id of an interaction to show in the timeline.
        article_wanted: the key of an article that the caller has read.
        request_wanted: the id of a policy and the order number it is about.
        more_purchases_wanted: how many purchases to show.
    """

    source_wanted = Signal(object)
    article_wanted = Signal(str)
    request_wanted = Signal(str, str)
    more_purchases_wanted = Signal(int)

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Customer"))
        self._now = now
        self._essentials: Essentials | None = None
        self._head = column(gap=0)
        self.perhaps = PerhapsAlso()
        self._points = PointsBox(theme)
        self.highlights = HighlightsBox(now)
        self.visits = VisitsBox(theme)
        self.purchases = PurchasesBox(theme, now)
        self.patterns = PatternsBox(theme)
        self._promised = column(gap=GAP)
        self._likes = column(gap=GAP)
        self._open = chip("", "caution")
        self._hint = self._empty()
        self._content = QWidget()
        self._arrange()
        column(scrolled(self._content), parent=self)
        self._connect()
        self.clear()

    def show_essentials(self, essentials: Essentials) -> None:
        """Show a customer, as far as the record tells."""
        self.clear()
        self._hint.hide()
        self._essentials = essentials
        self._head.addLayout(self._make_head(essentials.customer))
        self._points.show_points(essentials.customer.contact_points)
        told = Told(promises=essentials.promises)
        self._show_highlights(most_pressing(promised(told, self._now())))
        self.purchases.show_purchases(essentials.purchases, {})
        self._show_likes(essentials.preferences)

    def show_briefing(self, briefing: "Briefing") -> None:
        """Add what the history tells about the customer on screen."""
        self._show_highlights(briefing.highlights)
        self.visits.show_visits(briefing.visits)
        self.patterns.show_patterns(briefing.patterns)
        self._open.setText(self.tr("{count} open").format(count=briefing.open_loops))
        self._open.setVisible(briefing.open_loops > 0)

    def show_purchases(
        self, purchases: tuple[Purchase, ...], actions: Mapping[UUID, tuple[OrderAction, ...]]
    ) -> None:
        """Show purchases with what may be done for each."""
        self.purchases.show_purchases(purchases, actions)

    def clear(self) -> None:
        """Show that nobody is on the line."""
        self._essentials = None
        self.perhaps.clear()
        for layout in (self._head, self._promised, self._likes):
            clear(layout)
        self._points.show_points(())
        for box in (self.highlights, self.visits, self.purchases, self.patterns):
            box.clear()
        self._hint.show()

    def _arrange(self) -> None:
        column(
            self._head,
            self.perhaps,
            self._points,
            self.highlights,
            self._promised,
            self.purchases,
            self.visits,
            self.patterns,
            self._likes,
            self._hint,
            None,
            parent=self._content,
            margin=MARGIN,
            gap=TIGHT,
        )

    def _connect(self) -> None:
        for box in (self.highlights, self.visits, self.patterns):
            box.source_wanted.connect(self.source_wanted)
        self.visits.article_wanted.connect(self.article_wanted)
        self.purchases.request_wanted.connect(self.request_wanted)
        self.purchases.more_wanted.connect(self.more_purchases_wanted)

    def _empty(self) -> QLabel:
        hint = label(
            self.tr("The caller's name, promises and purchases appear here."), "muted", wrap=True
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return hint

    def _show_highlights(self, found: tuple[Highlight, ...]) -> None:
        promises = self._essentials.promises if self._essentials else ()
        self.highlights.show_highlights(found, promises)
        shown = {item.promise_id for item in found}
        self._show_promises(tuple(item for item in promises if item.id not in shown))

    # The head

    def _make_head(self, customer: Customer) -> QLayout:
        name = label(customer.name, "title", wrap=True)
        facts = Flow()
        for text, kind in self._facts(customer):
            facts.add(chip(text, kind))
        self._open = chip("", "caution")
        facts.add(self._open)
        self._open.hide()
        head = row(_avatar(customer.name), column(name, facts, gap=TIGHT), gap=MARGIN)
        head.setStretch(1, 1)
        return head

    def _facts(self, customer: Customer) -> list[tuple[str, str]]:
        facts = []
        if customer.tier:
            facts.append((customer.tier[:1].upper() + customer.tier[1:], "accent"))
        if customer.language:
            facts.append((language_name(customer.language), "plain"))
        there = self._there(customer.time_zone)
        if there is not None:
            local = self.tr("there {time}").format(time=f"{there:%H:%M}")
            offset = f"{there:%z}"
            facts.append((f"{local} ({offset[:3]}:{offset[3:5]})", "plain"))
        if customer.birth_date[4:] == f"{there or self._now().astimezone():-%m-%d}":
            facts.append((self.tr("Birthday today"), "yes"))
        return facts

    def _there(self, zone: str) -> datetime | None:
        try:
            return self._now().astimezone(ZoneInfo(zone)) if zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    # Promises that are no highlight, and preferences

    def _show_promises(self, promises: tuple[Promise, ...]) -> None:
        clear(self._promised)
        if promises:
            self._promised.addWidget(label(self.tr("Promised"), "section"))
        for promise in promises:
            self._promised.addLayout(self._promise(promise))

    def _promise(self, promise: Promise) -> QLayout:
        late = promise.is_overdue(self._now())
        about = f"{day_and_clock(promise.due_at, self._now())} · {promise.owner}"
        mark = chip(self.tr("Overdue"), "danger") if late else chip(self.tr("Open"), "caution")
        text = column(label(promise.text, wrap=True), label(about, "small", wrap=True), gap=0)
        made = row(column(mark, None), text)
        made.setStretch(1, 1)
        return made

    def _show_likes(self, preferences: tuple[Preference, ...]) -> None:
        if preferences:
            self._likes.addWidget(label(self.tr("Likes and needs"), "section"))
        for preference in preferences:
            self._likes.addWidget(label(preference.text, wrap=True))


def _avatar(name: str) -> QLabel:
    made = label("".join(part[0] for part in name.split()[:2]).upper() or "?", "avatar")
    made.setFixedSize(em(2.2), em(2.2))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
