# SPDX-License-Identifier: Apache-2.0
"""What a customer does again and again, in a sentence that says how often it was seen."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from agentassist.domain.pattern import Pattern, PatternKind
from agentassist.ui.formats import date_of
from agentassist.ui.icons import icon_label
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import ChoiceButton, clear, column
from agentassist.ui.words import word


class PatternsBox(QWidget):
    """One row for each pattern, hidden while there is none.

    Signals:
        source_wanted: the id of the newest interaction that shows it.
    """

    source_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = column(parent=self, gap=0)
        self.hide()

    def show_patterns(self, patterns: tuple[Pattern, ...]) -> None:
        """Show what was noticed."""
        clear(self._rows)
        for pattern in patterns:
            self._rows.addWidget(self._row(pattern))
        self.setVisible(bool(patterns))

    def clear(self) -> None:
        """Show nothing."""
        self.show_patterns(())

    def _row(self, pattern: Pattern) -> ChoiceButton:
        mark = icon_label("repeat", self._theme.colours.muted)
        made = ChoiceButton(
            self._says(pattern),
            self._seen(pattern),
            lambda: self._show_source(pattern),
            mark=mark,
            look="source",
        )
        if pattern.sources:
            made.setToolTip(self.tr("Show the last time in the timeline"))
        return made

    def _show_source(self, pattern: Pattern) -> None:
        if pattern.sources:
            self.source_wanted.emit(pattern.sources[0])

    def _says(self, pattern: Pattern) -> str:
        match pattern.kind:
            case PatternKind.ORDERS_MONTHLY:
                return self._monthly(pattern)
            case PatternKind.ORDERS_EVERY:
                return self._every(pattern)
            case PatternKind.CONTACTS_WEEKDAY:
                return self._weekday(pattern)
            case PatternKind.QUESTION_EVERY:
                text = self.tr("Asks about “{topic}” about every {days} days")
                return text.format(topic=pattern.words, days=pattern.number)
            case PatternKind.RETURNS:
                text = self.tr("{count} returned orders in {days} days")
                return text.format(count=pattern.seen, days=pattern.number)

    def _monthly(self, pattern: Pattern) -> str:
        text = self.tr("Orders every month around day {day}")
        if pattern.words:
            text = self.tr("Orders {what} every month around day {day}")
        return text.format(what=pattern.words, day=pattern.number)

    def _every(self, pattern: Pattern) -> str:
        text = self.tr("Orders about every {days} days")
        if pattern.words:
            text = self.tr("Orders {what} about every {days} days")
        return text.format(what=pattern.words, days=pattern.number)

    def _weekday(self, pattern: Pattern) -> str:
        weekday = QLocale().dayName(pattern.number + 1)
        if pattern.channel is None:
            return self.tr("Turns to us on a {weekday}").format(weekday=weekday)
        channel = word(pattern.channel)
        text = self.tr("Turns to us on a {weekday} ({channel})")
        return text.format(weekday=weekday, channel=channel)

    def _seen(self, pattern: Pattern) -> str:
        seen = self.tr("seen {seen} times of {among}, last {day}").format(
            seen=pattern.seen, among=pattern.among, day=date_of(pattern.last)
        )
        return " · ".join((seen, self.tr("today fits"))) if pattern.fits_now else seen
