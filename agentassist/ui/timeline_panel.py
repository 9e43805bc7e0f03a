# SPDX-License-Identifier: Apache-2.0
"""One list over all channels, with filters, search and keys; reading never leaves it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QPushButton, QWidget

from agentassist.domain.history import Channel, Timeline, TimelineFilter, TimelinePage
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_delegate import TimelineDelegate
from agentassist.ui.timeline_model import Role, TimelineModel
from agentassist.ui.widgets import GAP, MARGIN, Flow, column, label, row
from agentassist.ui.words import word

_TYPING_PAUSE_MS = 150


class TimelineView(QListView):
    """j and k move, Enter opens in place."""

    def __init__(self, model: TimelineModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(TimelineDelegate(theme, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("Timeline"))
        self.clicked.connect(model.toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle j, k, arrows and Enter; leave the rest to the list."""
        step = {
            Qt.Key.Key_J: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_K: -1,
            Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()))
        if step:
            self.move_by(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._model.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def move_by(self, step: int) -> None:
        """Select the next (1) or previous (-1) interaction."""
        target = self._model.next_interaction(self.currentIndex().row(), step)
        if target is not None:
            index = self._model.index(target)
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)


class TimelinePanel(QFrame):
    """Filter chips with counts, a search field, and the list.

    Signals:
        filter_changed: a TimelineFilter the agent chose.
        more_wanted: the cursor of the page to load next.
    """

    filter_changed = Signal(object)
    more_wanted = Signal(str)

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.model = TimelineModel(now, self)
        self.model.more_wanted.connect(self.more_wanted)
        self.view = TimelineView(self.model, theme)
        self.search = self._search_field()
        self._title = label(self.tr("Timeline"), "heading")
        self._chips: dict[Channel, QPushButton] = {}
        self._chip_row = Flow()
        self._empty = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = row(self._title, None, self.search)
        title.setStretch(2, 2)
        head = column(title, self._chip_row, margin=MARGIN, gap=GAP)
        layout = column(head, self._empty, self.view, parent=self, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.clear()

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the first page of a customer."""
        self.search.clear()
        self._show_chips(timeline.counts)
        self._title.setText(self.tr("Timeline · %n", "", timeline.total))
        self.show_page(timeline.page)

    def show_page(self, page: TimelinePage) -> None:
        """Show the newest page under the present filter."""
        self.model.show(page)
        self.view.scrollToTop()
        filtered = self.chosen() != TimelineFilter()
        self._empty.setText(
            self.tr("Nothing matches. Clear the filter to see all.")
            if filtered
            else self.tr("No contact with this customer so far.")
        )
        self._show_empty(empty=not page.interactions)

    def show_older(self, page: TimelinePage) -> None:
        """Add an older page below."""
        self.model.extend(page)

    def show_entry(self, interaction_id: UUID) -> None:
        """Bring an interaction that is loaded into view, open and in focus."""
        for place in range(self.model.rowCount()):
            index = self.model.index(place)
            interaction = index.data(Role.ROW).interaction
            if interaction is not None and interaction.id == interaction_id:
                self.view.setCurrentIndex(index)
                if not index.data(Role.EXPANDED):
                    self.model.toggle(index)
                self.view.scrollTo(index)
                self.view.setFocus()

    def clear(self) -> None:
        """Show that nobody is on the line."""
        self._show_chips({})
        self._title.setText(self.tr("Timeline"))
        self.model.show(TimelinePage(()))
        self._empty.setText(self.tr("The history of the caller appears here."))
        self._show_empty(empty=True)

    def chosen(self) -> TimelineFilter:
        """Return the filter as it is set now."""
        pressed = (channel for channel, chip in self._chips.items() if chip.isChecked())
        return TimelineFilter(frozenset(pressed), self.search.text().strip())

    def _show_empty(self, *, empty: bool) -> None:
        self._empty.setVisible(empty)
        self.view.setVisible(not empty)
        self.search.setEnabled(bool(self._chips))

    def _show_chips(self, counts: Mapping[Channel, int]) -> None:
        self._chip_row.clear()
        self._chips = {}
        for channel in Channel:
            if count := counts.get(channel):
                self._chips[channel] = self._chip(channel, count)
                self._chip_row.add(self._chips[channel])

    def _chip(self, channel: Channel, count: int) -> QPushButton:
        chip = QPushButton(f"{word(channel)} {count:,}")
        chip.setProperty("look", "filter")
        chip.setCheckable(True)
        chip.setAccessibleName(self.tr("Show only {channel}").format(channel=word(channel)))
        chip.toggled.connect(self._announce)
        return chip

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search the history"))
        field.setAccessibleName(self.tr("Search the history"))
        field.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._announce)
        field.textEdited.connect(lambda: self._pause.start())
        field.textChanged.connect(lambda text: None if text else self._pause.start())
        return field

    def _announce(self) -> None:
        self.filter_changed.emit(self.chosen())
