# SPDX-License-Identifier: Apache-2.0
"""The three most pressing things about a caller; each leads to where it was read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import cycle
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from agentassist.domain.highlight import Highlight, HighlightKind
from agentassist.domain.promise import Promise
from agentassist.ui.formats import day, day_and_clock
from agentassist.ui.widgets import ChoiceButton, chip, clear, column, holds_focus
from agentassist.ui.words import word

_CHIP = "chip"


class HighlightsBox(QWidget):
    """Up and down move, Enter shows the source in the timeline. Hidden while empty.

    Signals:
        source_wanted: the id of the interaction to show.
    """

    source_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Highlights"))
        self._now = now
        self._rows = column(parent=self, gap=0)
        self._shown: tuple[ChoiceButton, ...] = ()
        self.clear()

    @property
    def rows(self) -> tuple[ChoiceButton, ...]:
        """The highlights on screen, from the top."""
        return self._shown

    def show_highlights(
        self, highlights: tuple[Highlight, ...], promises: tuple[Promise, ...] = ()
    ) -> None:
        """Show what is pressing; `promises` tell who owns those among them."""
        held = holds_focus(self)
        self.clear()
        owners = {promise.id: promise.owner for promise in promises}
        self._shown = tuple(
            self._row(item, owners.get(item.promise_id, "") if item.promise_id else "")
            for item in highlights
        )
        for row in self._shown:
            self._rows.addWidget(row)
        self._align()
        self.setVisible(bool(highlights))
        if held:
            self.focus_first()

    def clear(self) -> None:
        """Show nothing."""
        clear(self._rows)
        self._shown = ()
        self.hide()

    def focus_first(self) -> None:
        """Put the focus on the most pressing one."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the highlights, and let Enter press the one in focus."""
        rows = self.rows
        at = next((place for place, item in enumerate(rows) if item.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if at is None or not (step or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)
        elif step:
            rows[max(0, min(len(rows) - 1, at + step))].setFocus()
        else:
            rows[at].click()

    def _align(self) -> None:
        """Let all texts begin below each other, whatever their chips say."""
        chips = [item for row in self.rows if (item := row.findChild(QLabel, _CHIP))]
        widest = max((item.sizeHint().width() for item in chips), default=0)
        for item in chips:
            item.setMinimumWidth(widest)

    def _row(self, item: Highlight, owner: str) -> ChoiceButton:
        text, kind = self._mark(item)
        sources = cycle(item.sources)
        mark = chip(text, kind)
        mark.setObjectName(_CHIP)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = ChoiceButton(
            self._says(item),
            self._about(item, owner),
            lambda: self._show_source(sources),
            mark=mark,
            look="source",
        )
        made.setAccessibleName(f"{text}: {self._says(item)}. {self._about(item, owner)}")
        if item.sources:
            made.setToolTip(self._hint(item))
        return made

    def _show_source(self, sources: Iterator[UUID]) -> None:
        """Show the next of the sources, after the last one the first again."""
        if (source := next(sources, None)) is not None:
            self.source_wanted.emit(source)

    def _hint(self, item: Highlight) -> str:
        if len(item.sources) > 1:
            return self.tr("Show where this is in the timeline; again for the next place")
        return self.tr("Show where this is in the timeline")

    def _mark(self, item: Highlight) -> tuple[str, str]:
        late = item.until is not None and item.until < self._now()
        match item.kind:
            case HighlightKind.PROMISE:
                return (self.tr("Overdue"), "danger") if late else (self.tr("Open"), "caution")
            case HighlightKind.REPEAT:
                return self.tr("{count}×").format(count=item.count), "caution"
            case HighlightKind.COMPLAINT:
                return self.tr("Complaint"), "danger"
            case HighlightKind.POST:
                kind = "caution" if item.answered else "danger"
                return self.tr("Public"), kind
            case HighlightKind.MOOD:
                return ("“ ”", "yes") if item.good else ("“ ”", "plain")

    def _says(self, item: Highlight) -> str:
        match item.kind:
            case HighlightKind.REPEAT:
                return self.tr("Again about {about}").format(about=item.words)
            case HighlightKind.POST | HighlightKind.MOOD:
                return f"“{item.words}”"
            case _:
                return item.words

    def _about(self, item: Highlight, owner: str) -> str:
        parts = [owner]
        if item.until:
            due = self.tr("due {when}").format(when=day_and_clock(item.until, self._now()))
            parts.append(due)
        if item.kind is HighlightKind.REPEAT and item.first_at:
            since = day(item.first_at, self._now())
            parts.append(self.tr("none marked as solved, since {day}").format(day=since))
        if item.kind is HighlightKind.POST:
            parts.append(self.tr("may spread"))
            if not item.answered:
                parts.append(self.tr("not answered"))
        if item.kind is HighlightKind.COMPLAINT:
            parts.append(self.tr("not confirmed as solved"))
        if item.channel and item.at and item.kind is not HighlightKind.REPEAT:
            parts.append(f"{word(item.channel)}, {day(item.at, self._now())}")
        return " · ".join(filter(None, parts))
