# SPDX-License-Identifier: Apache-2.0
"""What was merged with a customer or moved, by whom, when and why; each with its undo."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from agentassist.domain.customer import Customer
from agentassist.domain.merge import Move
from agentassist.ui.formats import day_and_clock
from agentassist.ui.widgets import GAP, button, chip, clear, column, label, row

if TYPE_CHECKING:
    from agentassist.services.merging import MergeRecord

_SHOWN = 20


class MergeHistory(QWidget):
    """The newest first; what was undone says so.

    Signals:
        split_wanted: the id of a merge to undo.
        return_wanted: the id of a move to undo.
        doubt_wanted: the id of somebody who may be the same person after all.
    """

    split_wanted = Signal(object)
    return_wanted = Signal(object)
    doubt_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._rows = column(parent=self, gap=GAP)
        self.hide()

    def show_history(
        self,
        merges: "tuple[MergeRecord, ...]",
        moves: tuple[Move, ...],
        apart: tuple[Customer, ...] = (),
    ) -> None:
        """Show what happened to a customer, and who is somebody else."""
        clear(self._rows)
        if merges or moves or apart:
            self._rows.addWidget(label(self.tr("What was merged and moved before"), "section"))
        for record in merges[:_SHOWN]:
            self._rows.addLayout(self._merge(record))
        for move in moves[:_SHOWN]:
            self._rows.addLayout(self._move(move))
        for other in apart[:_SHOWN]:
            self._rows.addLayout(self._other(other))
        self.setVisible(bool(merges or moves or apart))

    def clear(self) -> None:
        """Show nothing."""
        self.show_history((), ())

    def _merge(self, record: "MergeRecord") -> QLayout:
        merge = record.merge
        text = self.tr("{joined} joined {kept}").format(
            joined=record.absorbed or "?", kept=record.kept or "?"
        )
        about = self._about(merge.merged_at, merge.actor, merge.reason)
        undone = merge.undone_at is not None
        return self._row(text, about, lambda: self.split_wanted.emit(merge.id), undone=undone)

    def _move(self, move: Move) -> QLayout:
        key: UUID = move.id
        nobody = move.to_customer_id is None
        text = self.tr("Contacts moved to nobody") if nobody else self.tr("Contacts moved")
        about = self._about(move.moved_at, move.actor, move.reason)
        undone = move.undone_at is not None
        return self._row(text, about, lambda: self.return_wanted.emit(key), undone=undone)

    def _other(self, other: Customer) -> QLayout:
        key: UUID = other.id
        text = self.tr("{name} is somebody else").format(name=other.name)
        about = " · ".join(filter(None, (other.postal_code, other.birth_date)))
        return self._row(text, about, lambda: self.doubt_wanted.emit(key), undone=False)

    def _row(self, text: str, about: str, undo: Callable[[], object], *, undone: bool) -> QLayout:
        words = column(label(text, wrap=True), label(about, "small", wrap=True), gap=0)
        end: QWidget
        if undone:
            end = chip(self.tr("undone"))
        else:
            end = button(self.tr("Undo"), undo, "quiet")
            end.setAccessibleName(f"{self.tr('Undo')}: {text}")
        made = row(words, end)
        made.setStretch(0, 1)
        return made

    def _about(self, at: datetime, actor: str, reason: str) -> str:
        return " · ".join(filter(None, (day_and_clock(at, self._now()), actor, reason)))
