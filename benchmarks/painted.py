# SPDX-License-Identifier: Apache-2.0
"""The moment at which something is on the screen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from agentassist.domain.knowledge import Suggestion
from agentassist.ui.suggestions_panel import SuggestionsPanel


class Painted(QObject):
    """Tells when a widget was painted while `due` held: that is when it is on screen.

    Signals:
        seen: the time (perf_counter) when the painting was done.
    """

    seen = Signal(float)

    def __init__(self, widget: QWidget, due: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._due = due
        self._told = False
        widget.installEventFilter(self)

    def arm(self) -> None:
        """Wait for the next time."""
        self._told = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Look at each painting; nothing is kept from the widget."""
        if not self._told and event.type() == QEvent.Type.Paint and self._due():
            self._told = True
            QTimer.singleShot(0, self, lambda: self.seen.emit(time.perf_counter()))
        return False


def shown(knowledge: SuggestionsPanel) -> tuple[Suggestion, ...]:
    """Return what is on the cards: the cards themselves stay the same."""
    return tuple(card.suggestion for card in knowledge.cards)


def card_page(knowledge: QWidget) -> QWidget:
    """Return what the cards of the knowledge panel lie on."""
    page = knowledge.findChildren(QScrollArea)[0].widget()
    if page is None:
        raise RuntimeError("the panel has no page of cards")
    return page
