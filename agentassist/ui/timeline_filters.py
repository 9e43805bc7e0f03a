# SPDX-License-Identifier: Apache-2.0
"""What of a history is shown: channels, states, who wrote, when, pinned, and words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QPushButton, QWidget

from agentassist.domain.history import Channel, Direction, TimelineFilter
from agentassist.domain.state_kind import StateKind
from agentassist.ui.widgets import GAP, Flow, column, label, row
from agentassist.ui.words import word


class ChannelChips(Flow):
    """A chip with its count for each channel that there is.

    Signals:
        changed: a chip was pressed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[Channel, QPushButton] = {}

    def show_counts(
        self, counts: Mapping[Channel, int], uncounted: frozenset[Channel] = frozenset()
    ) -> None:
        """Show chips; those in `uncounted` have more than their count says."""
        if list(self.chips) != [channel for channel in Channel if channel in counts]:
            self._make(counts)
        for channel, chip in self.chips.items():
            more = "+" if channel in uncounted else ""
            chip.setText(f"{word(channel)} {counts[channel]:,}{more}")
        self.rearrange()

    def pressed(self) -> frozenset[Channel]:
        """Return the channels that are pressed."""
        return frozenset(channel for channel, chip in self.chips.items() if chip.isChecked())

    def release(self) -> None:
        """Let all chips go, silently."""
        for chip in self.chips.values():
            chip.blockSignals(True)  # noqa: FBT003  Qt's signature
            chip.setChecked(False)
            chip.blockSignals(False)  # noqa: FBT003

    def _make(self, counts: Mapping[Channel, int]) -> None:
        kept = self.pressed()
        self.clear()
        self.chips = {channel: self._chip(channel) for channel in Channel if channel in counts}
        for channel, chip in self.chips.items():
            chip.setChecked(channel in kept)
            chip.toggled.connect(self.changed)
            self.add(chip)

    def _chip(self, channel: Channel) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("look", "filter")
        chip.setCheckable(True)
        chip.setAccessibleName(self.tr("Show only {channel}").format(channel=word(channel)))
        return chip


class Period(StrEnum):
    """Spans of time that are asked for often."""

    ANY = "any"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CHOSEN = "chosen"


_DAYS = {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


class FilterBar(QWidget):
    """The filters beside channels and words; hidden until the agent asks for them.

    Signals:
        changed: something else is chosen.
        date_picked: a date to go to, a datetime.
    """

    changed = Signal()
    date_picked = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.state = self._box(self.tr("State"), self._states())
        self.direction = self._box(self.tr("Direction"), self._directions())
        self.period = self._box(self.tr("Period"), self._periods())
        self.since, self.until = self._date(self.tr("From")), self._date(self.tr("To"))
        self.pinned = self._toggle(self.tr("Pinned"))
        self.date = self._date(self.tr("Go to a date"))
        self.date.dateChanged.connect(self._go)
        self._days = QWidget()
        row(self.since, label("–"), self.until, parent=self._days, gap=GAP)
        self._days.hide()
        self.since.dateChanged.connect(self._changed)
        self.until.dateChanged.connect(self._changed)
        choices = Flow(GAP)
        go = QWidget()
        row(label(self.tr("Go to a date"), "small"), self.date, parent=go)
        for part in (self.state, self.direction, self.period, self._days, self.pinned, go):
            choices.add(part)
        self._days.hide()
        column(choices, parent=self)

    def chosen(self, channels: frozenset[Channel], text: str) -> TimelineFilter:
        """Return the filter as it is set, with channels and words."""
        since, until = self._span()
        return TimelineFilter(
            channels=channels,
            text=text,
            states=_one(self.state),
            directions=_one(self.direction),
            since=since,
            until=until,
            pinned=self.pinned.isChecked(),
        )

    @property
    def active(self) -> bool:
        """True when anything here leaves something out."""
        return self.chosen(frozenset(), "") != TimelineFilter()

    def release(self) -> None:
        """Let everything go, silently."""
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        for box in (self.state, self.direction, self.period):
            box.setCurrentIndex(0)
        self.pinned.setChecked(False)
        self.blockSignals(False)  # noqa: FBT003

    def _span(self) -> tuple[datetime | None, datetime | None]:
        period = Period(self.period.currentData())
        if period is Period.ANY:
            return None, None
        if period is Period.CHOSEN:
            since, until = sorted((_day(self.since), _day(self.until)))
            return _midnight(since), _midnight(until + timedelta(days=1))
        today = self._now().astimezone().date()
        return _midnight(today - timedelta(days=_DAYS[period] - 1)), None

    def _states(self) -> dict[str, object]:
        return {self.tr("Any state"): None} | {_capital(word(kind)): kind for kind in StateKind}

    def _directions(self) -> dict[str, object]:
        return {self.tr("From anybody"): None} | {
            _capital(word(direction)): direction for direction in Direction
        }

    def _periods(self) -> dict[str, object]:
        return {
            self.tr("Any time"): Period.ANY,
            self.tr("Last 7 days"): Period.WEEK,
            self.tr("Last 30 days"): Period.MONTH,
            self.tr("Last 12 months"): Period.YEAR,
            self.tr("From … to …"): Period.CHOSEN,
        }

    def _box(self, name: str, choices: Mapping[str, object]) -> QComboBox:
        box = QComboBox()
        for text, value in choices.items():
            box.addItem(text, value)
        box.setAccessibleName(name)
        box.currentIndexChanged.connect(self._changed)
        return box

    def _date(self, name: str) -> QDateEdit:
        today = self._now().astimezone()
        made = QDateEdit(QDate(today.year, today.month, today.day))
        made.setCalendarPopup(True)
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _toggle(self, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("look", "filter")
        made.setCheckable(True)
        made.setAccessibleName(self.tr("Show only what is pinned"))
        made.toggled.connect(self._changed)
        return made

    def _changed(self, *_values: Any) -> None:
        self._days.setVisible(self.period.currentData() is Period.CHOSEN)
        self.changed.emit()

    def _go(self) -> None:
        """Go to the end of the day: what happened on it stands below."""
        self.date_picked.emit(_midnight(_day(self.date) + timedelta(days=1)))


def _one(box: QComboBox) -> frozenset[Any]:
    value = box.currentData()
    return frozenset() if value is None else frozenset({value})


def _day(field: QDateEdit) -> date:
    value = field.date()
    return date(value.year(), value.month(), value.day())


def _midnight(day: date) -> datetime:
    """Return the beginning of a local day, aware."""
    return datetime.combine(day, time.min).astimezone()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
