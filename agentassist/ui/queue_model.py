# SPDX-License-Identifier: Apache-2.0
"""The queue as rows: what passes the filter, in order of urgency."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject

from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.domain.queue import QueueItem
from agentassist.ui.age_words import waiting
from agentassist.ui.rows_model import RowsModel
from agentassist.ui.words import word


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which lines to show; empty sets mean all. `mine` names the agent, empty for everybody."""

    channels: frozenset[Channel] = frozenset()
    kinds: frozenset[LoopKind] = frozenset()
    mine: str | None = None
    late: bool = False

    def passes(self, item: QueueItem, now: datetime) -> bool:
        """Tell whether a line is shown."""
        promise = item.kind is LoopKind.PROMISE
        return (
            (not self.channels or (not promise and item.channel in self.channels))
            and (not self.kinds or bool(self.kinds & kinds_of(item)))
            and (self.mine is None or item.owner.casefold() == self.mine.casefold())
            and (not self.late or item.is_late(now))
        )


def kinds_of(item: QueueItem) -> frozenset[LoopKind]:
    """Return what a line is: a message can be unanswered and a complaint."""
    return frozenset({item.kind, LoopKind.COMPLAINT} if item.complaint else {item.kind})


class QueueModel(RowsModel):
    """Rows of the queue under a filter; it never reads anything itself."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._items: tuple[QueueItem, ...] = ()
        self._filter = QueueFilter()
        self._rows: list[QueueItem] = []

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """Everything that is open, filtered or not."""
        return self._items

    def show(self, items: Iterable[QueueItem]) -> None:
        """Show another queue under the same filter."""
        self._items = tuple(items)
        self._fill()

    def choose(self, chosen: QueueFilter) -> None:
        """Show what passes another filter."""
        self._filter = chosen
        self._fill()

    def row_of(self, key: UUID) -> int | None:
        """Return the row of a line, None when it is not shown."""
        return next((at for at, item in enumerate(self._rows) if item.id == key), None)

    def item(self, row: int) -> QueueItem | None:
        """Return the line of a row, None when there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _fill(self) -> None:
        now = self._now()
        self.beginResetModel()
        self._rows = [item for item in self._items if self._filter.passes(item, now)]
        self.endResetModel()

    def _spoken(self, item: QueueItem) -> str:
        kinds = [word(kind) for kind in LoopKind if kind in kinds_of(item)]
        channel = "" if item.kind is LoopKind.PROMISE else word(item.channel)
        parts = (item.name, channel, *kinds, waiting(item, self._now()), item.subject, item.owner)
        return ", ".join(filter(None, parts))
