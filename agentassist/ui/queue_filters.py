# SPDX-License-Identifier: Apache-2.0
"""The chips above the queue: mine, late, kinds and channels, each with its number."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.domain.queue import QueueItem
from agentassist.ui.queue_model import QueueFilter, kinds_of
from agentassist.ui.widgets import Flow, column
from agentassist.ui.words import word

_CHANNELS = (Channel.SOCIAL, Channel.CHAT, Channel.CALL, Channel.SMS, Channel.EMAIL)


class QueueFilters(QWidget):
    """Chips that can be pressed; within a kind they add up, between kinds they narrow.

    Signals:
        changed: the QueueFilter that is pressed now.
    """

    changed = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.agent = ""
        self.mine = self._chip()
        self.late = self._chip()
        self.kinds: dict[StrEnum, QPushButton] = {kind: self._chip() for kind in LoopKind}
        self.channels: dict[StrEnum, QPushButton] = {one: self._chip() for one in _CHANNELS}
        flow = Flow()
        for chip in (self.mine, self.late, *self.kinds.values(), *self.channels.values()):
            flow.add(chip)
        self._flow = flow
        column(flow, parent=self)
        self.show_counts(())

    def chosen(self) -> QueueFilter:
        """Return what is pressed now."""
        return QueueFilter(
            frozenset(one for one, chip in self.channels.items() if chip.isChecked()),  # type: ignore[misc]
            frozenset(one for one, chip in self.kinds.items() if chip.isChecked()),  # type: ignore[misc]
            self.agent if self.mine.isChecked() else None,
            self.late.isChecked(),
        )

    def clear(self) -> None:
        """Press nothing."""
        for chip in (self.mine, self.late, *self.kinds.values(), *self.channels.values()):
            chip.setChecked(False)

    def show_counts(self, items: Iterable[QueueItem]) -> None:
        """Show how many lines each chip stands for; chips of nothing hide."""
        now, some = self._now(), tuple(items)
        mine = sum(item.owner.casefold() == self.agent.casefold() for item in some)
        late = sum(item.is_late(now) for item in some)
        kinds = Counter(kind for item in some for kind in kinds_of(item))
        spoken = (item.channel for item in some if item.kind is not LoopKind.PROMISE)
        self._label(self.mine, self.tr("Mine"), mine)
        self._label(self.late, self.tr("Late"), late)
        for kind, chip in self.kinds.items():
            self._label(chip, word(kind), kinds[kind])  # type: ignore[index]
        channels = Counter(spoken)
        for channel, chip in self.channels.items():
            self._label(chip, word(channel), channels[channel])  # type: ignore[index]
        self._flow.rearrange()

    def _label(self, chip: QPushButton, text: str, count: int) -> None:
        chip.setText(f"{text} {count:,}")
        chip.setAccessibleName(self.tr("Show only {channel}").format(channel=text))
        chip.setVisible(count > 0 or chip.isChecked())

    def _chip(self) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("look", "filter")
        chip.setCheckable(True)
        chip.toggled.connect(lambda _: self.changed.emit(self.chosen()))
        return chip
