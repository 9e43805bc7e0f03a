# SPDX-License-Identifier: Apache-2.0
"""The panels of the desk and which of them is in front."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from agentassist.domain.call import Call
from agentassist.domain.history import Timeline
from agentassist.domain.identity import Recognition
from agentassist.ui.call_strip import CallStrip
from agentassist.ui.caller_panel import CallerPanel
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.essentials_panel import EssentialsPanel
from agentassist.ui.merge_panel import MergePanel
from agentassist.ui.move_panel import MovePanel
from agentassist.ui.pre_call_bar import PreCallBar
from agentassist.ui.queue_panel import QueuePanel
from agentassist.ui.suggestions_panel import SuggestionsPanel
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_panel import TimelinePanel
from agentassist.ui.widgets import MARGIN, column
from agentassist.ui.wrap_up_panel import WrapUpPanel

_GAP = 10


class Panes(QWidget):
    """Who on the left, what is said in the middle, what we know on the right.

    Signals:
        search_wanted: the agent looks somebody up.
        merge_wanted: the agent wants to merge the customer on screen with another record.
        customer_shown: a Timeline has come on screen.
    """

    search_wanted = Signal()
    merge_wanted = Signal()
    customer_shown = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.strip = CallStrip(now)
        self.told = PreCallBar()
        self.essentials = EssentialsPanel(theme, now)
        self.caller = CallerPanel()
        self.timeline = TimelinePanel(theme, now)
        self.conversation = ConversationPanel()
        self.wrap_up = WrapUpPanel()
        self.wrap_up.share_notes(self.conversation.notes.document())
        self.knowledge = SuggestionsPanel(theme)
        self.merge = MergePanel(now)
        self.moving = MovePanel(now)
        self.queue = QueuePanel(theme, now)
        self._who = _stack(self.essentials, self.caller)
        self._middle = _stack(self.conversation, self.wrap_up, self.merge, self.moving)
        self._before: QWidget = self.conversation
        self.left = _split(Qt.Orientation.Vertical, self._who, self.timeline)
        self.columns = _split(Qt.Orientation.Horizontal, self.left, self._middle, self.knowledge)
        self._arrange()
        self.strip.find_wanted.connect(self.show_search)
        self.caller.closed.connect(lambda: self._who.setCurrentWidget(self.essentials))
        self.queue.back_wanted.connect(self.show_desk)

    def show_queue(self) -> None:
        """Bring the queue of open loops to the front, below the strip; again: the desk."""
        if self._pages.currentWidget() is self.queue:
            self.show_desk()
        else:
            self._pages.setCurrentWidget(self.queue)
            self.queue.take_focus()

    def show_desk(self) -> None:
        """Bring caller, conversation and knowledge to the front."""
        self._pages.setCurrentWidget(self._desk)

    def show_entry(self, interaction_id: UUID) -> None:
        """Bring an entry of the customer on screen into sight."""
        self.timeline.show_entry(interaction_id)

    def show_customer(self, timeline: Timeline) -> None:
        """Show a known caller."""
        self.show_desk()
        self._who.setCurrentWidget(self.essentials)
        self.essentials.show_essentials(timeline.essentials)
        self.timeline.show_timeline(timeline)
        self.customer_shown.emit(timeline)

    def show_caller(self, call: Call, recognition: Recognition) -> None:
        """Ask who it is."""
        self.show_desk()
        self.timeline.clear()
        self.caller.show_recognition(call, recognition)
        self._who.setCurrentWidget(self.caller)

    def show_search(self) -> None:
        """Let the agent look a customer up."""
        if self._who.currentWidget() is not self.caller:
            self.search_wanted.emit()
        self.show_desk()
        self._who.setCurrentWidget(self.caller)
        self.caller.focus_search()

    def show_conversation(self) -> None:
        """Bring the transcript to the front."""
        self._middle.setCurrentWidget(self.conversation)

    def show_wrap_up(self) -> None:
        """Bring the wrap-up to the front."""
        self._middle.setCurrentWidget(self.wrap_up)

    def show_aside(self, panel: QWidget) -> None:
        """Bring a panel to the front of the middle; `leave_aside` goes back."""
        now = self._middle.currentWidget()
        if now is not None and now not in (self.merge, self.moving):
            self._before = now
        self._middle.setCurrentWidget(panel)

    def leave_aside(self) -> None:
        """Go back to what was in front before, if such a panel still is."""
        panel, focused = self._middle.currentWidget(), QApplication.focusWidget()
        if panel in (self.merge, self.moving):
            self._middle.setCurrentWidget(self._before)
            if focused and panel.isAncestorOf(focused) and self._before is self.conversation:
                self.conversation.line.setFocus()
        self.merge.clear()
        self.moving.clear()

    def clear(self) -> None:
        """Make every panel ready for the next contact."""
        self.strip.clear()
        self.told.clear()
        self.essentials.clear()
        self.timeline.clear()
        self._who.setCurrentWidget(self.essentials)
        self.leave_aside()
        self.show_desk()
        self.show_conversation()

    def _arrange(self) -> None:
        self._desk = QWidget()
        column(self.columns, parent=self._desk, margin=MARGIN)
        self._pages = _stack(self._desk, self.queue)
        layout = column(self.strip, self.told, self._pages, parent=self, gap=0)
        layout.setStretch(2, 1)
        self.left.setSizes([410, 310])
        self.columns.setSizes([420, 440, 440])


def _stack(*pages: QWidget) -> QStackedWidget:
    made = QStackedWidget()
    for page in pages:
        made.addWidget(page)
    return made


def _split(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    made = QSplitter(orientation)
    made.setHandleWidth(_GAP)
    made.setChildrenCollapsible(False)
    for part in parts:
        made.addWidget(part)
    return made
