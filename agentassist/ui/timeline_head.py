# SPDX-License-Identifier: Apache-2.0
"""The head of a timeline: how many there are, what is searched, and what is left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from agentassist.domain.cases import Case
from agentassist.domain.history import Channel, TimelineFilter
from agentassist.ui.case_words import about_case
from agentassist.ui.timeline_filters import ChannelChips, FilterBar
from agentassist.ui.widgets import GAP, MARGIN, button, column, label, row

_TYPING_PAUSE_MS = 150


class TimelineHead(QWidget):
    """Holds the filter, and shows the counts.

    Signals:
        changed: the filter is another one now.
        all_wanted: the agent has seen enough of one case.
    """

    changed = Signal()
    all_wanted = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.counts: dict[Channel, int] = {}
        self.case: Case | None = None
        self._uncounted = False
        self.chips = ChannelChips()
        self.bar = FilterBar(now)
        self.bar.hide()
        self.search = self._search_field()
        self.more_filters = self._filter_button()
        self.heading = label(self.tr("Timeline"), "heading")
        self.case_line = self._case_banner()
        self.case_line.hide()
        title = row(self.heading, None, self.search, self.more_filters)
        title.setStretch(2, 2)
        column(title, self.bar, self.chips, self.case_line, parent=self, margin=MARGIN, gap=GAP)
        self.chips.changed.connect(self._tell)
        self.bar.changed.connect(self._tell)

    def chosen(self) -> TimelineFilter:
        """Return the filter as it is set now."""
        chosen = self.bar.chosen(self.chips.pressed(), self.search.text().strip())
        return replace(chosen, case=self.case.keys) if self.case else chosen

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are searched."""
        return tuple(self.search.text().split())

    def show_only(self, case: Case) -> None:
        """Leave out all but one case."""
        self.case = case
        self._case_name.setText(about_case(case))
        self.case_line.show()
        self._tell()

    def release(self) -> None:
        """Leave nothing out any more, silently."""
        self.case = None
        self.case_line.hide()
        self._pause.stop()
        self.search.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.search.clear()
        self.search.blockSignals(False)  # noqa: FBT003
        self.chips.release()
        self.bar.release()
        self._mark()

    def show_counts(
        self, counts: Mapping[Channel, int], uncounted: frozenset[Channel] = frozenset()
    ) -> None:
        """Show how many there are by channel; `uncounted` ones have more."""
        self.counts = dict(counts)
        self._uncounted = bool(uncounted)
        self.chips.show_counts(counts, uncounted)

    def show_found(self, found: int, *, whole: bool) -> None:
        """Show how many were found so far, `whole` when that is all of them."""
        total = sum(self.counts.values())
        shown = f"{total:,}{'+' if self._uncounted else ''}"
        if not total:
            self.heading.setText(self.tr("Timeline"))
        elif self.chosen() != TimelineFilter():
            text = self.tr("Timeline · {found} of {total}")
            self.heading.setText(text.format(found=f"{found:,}{'' if whole else '+'}", total=shown))
        else:
            self.heading.setText(f"{self.tr('Timeline')} · {shown}")

    def allow(self, *, known: bool) -> None:
        """Allow filters where there is something to leave out."""
        self.search.setEnabled(known)
        self.more_filters.setEnabled(known)

    def go_to_date(self) -> None:
        """Let the agent choose a date."""
        self.more_filters.setChecked(True)
        self.bar.date.setFocus()

    def _tell(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Let the button tell of filters that are set, also while their bar is hidden."""
        self.more_filters.setText(self.tr("Filters") + (" •" if self.bar.active else ""))

    def _case_banner(self) -> QWidget:
        holder = QWidget()
        self._case_name = label("", "strong", wrap=True)
        layout = row(
            self._case_name, button(self.tr("Show all"), self.all_wanted.emit, "act", "Esc")
        )
        layout.setStretch(0, 1)
        holder.setLayout(layout)
        return holder

    def _filter_button(self) -> QPushButton:
        made = QPushButton(self.tr("Filters"))
        made.setProperty("look", "filter")
        made.setCheckable(True)
        made.setAccessibleName(self.tr("More filters"))
        made.toggled.connect(self.bar.setVisible)
        return made

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search the history"))
        field.setAccessibleName(self.tr("Search the history"))
        field.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        field.textEdited.connect(lambda: self._pause.start())
        field.textChanged.connect(lambda text: None if text else self._pause.start())
        return field
