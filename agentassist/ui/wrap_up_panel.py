# SPDX-License-Identifier: Apache-2.0
"""Closing a contact: everything is filled in, the agent corrects and saves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from agentassist.domain.promise import Promise
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    Flow,
    button,
    chip,
    clear,
    column,
    em,
    label,
    row,
    scrolled,
)
from agentassist.ui.words import word

if TYPE_CHECKING:
    from agentassist.services.wrap_up import Review

_OWNER_EMS = 10


@dataclass(frozen=True, slots=True)
class Filled:
    """What the agent confirmed."""

    disposition: Disposition
    summary: tuple[SummaryLine, ...]
    promises: tuple[Promise, ...]
    notes: str


class _Line(QWidget):
    """A line of the summary: its kind, its text, and on request what it was taken from."""

    def __init__(self, line: SummaryLine, source: str) -> None:
        super().__init__()
        self._line = line
        self.field = QLineEdit(line.text)
        self.field.setCursorPosition(0)
        self.field.setAccessibleName(word(line.kind))
        self._source = label(f"“{source}”", "small", wrap=True)
        self._source.hide()
        kind = chip(word(line.kind), "plain")
        kind.setMinimumWidth(_widest_kind(kind))
        parts = [kind, self.field]
        if source:
            parts.append(button(self.tr("Source"), self._toggle, "quiet"))
        head = row(*parts)
        head.setStretch(1, 1)
        column(head, self._source, parent=self, gap=TIGHT)

    def value(self) -> SummaryLine:
        """Return the line as it stands now."""
        return replace(self._line, text=self.field.text().strip())

    def _toggle(self) -> None:
        self._source.setVisible(not self._source.isVisible())


def _widest_kind(like: QLabel) -> int:
    like.ensurePolished()
    words = (like.fontMetrics().horizontalAdvance(word(kind)) for kind in LineKind)
    return max(words) + like.sizeHint().width() - like.fontMetrics().horizontalAdvance(like.text())


class _Promise(QWidget):
    """A suggested promise: ticked it is kept, with its text and due time."""

    def __init__(self, promise: Promise) -> None:
        super().__init__()
        self._promise = promise
        self._kept = QCheckBox()
        self._kept.setChecked(True)
        self._kept.setAccessibleName(self.tr("Keep this promise"))
        self.field = QLineEdit(promise.text)
        self.field.setCursorPosition(0)
        self.field.setAccessibleName(self.tr("What is promised"))
        self._owner = QLineEdit(promise.owner)
        self._owner.setAccessibleName(self.tr("Who keeps it"))
        self._owner.setPlaceholderText(self.tr("Who"))
        self._owner.setMaximumWidth(em(_OWNER_EMS))
        self._owner.setCursorPosition(0)
        self._due = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(int(promise.due_at.timestamp())))
        self._due.setCalendarPopup(True)
        self._due.setAccessibleName(self.tr("Due"))
        head = row(self._kept, self.field)
        head.setStretch(1, 1)
        column(head, row(None, self._owner, self._due), parent=self, gap=TIGHT)

    def value(self) -> Promise | None:
        """Return the promise as it stands now, None when it is not ticked or empty."""
        text = self.field.text().strip()
        if not self._kept.isChecked() or not text:
            return None
        due = datetime.fromtimestamp(self._due.dateTime().toSecsSinceEpoch(), UTC)
        owner = self._owner.text().strip() or self._promise.owner
        return replace(self._promise, text=text, owner=owner, due_at=due)


class WrapUpPanel(QFrame):
    """Disposition, summary with sources, promises, notes.

    Signals:
        saved: a Filled, ready to store.
        back_wanted: the agent goes back to the conversation.
        promise_wanted: the agent adds a promise of their own.
        requests_wanted: the agent wants to pick what the customer asked for.
        find_out_wanted: the agent would rather find out.
    """

    saved = Signal(object)
    back_wanted = Signal()
    promise_wanted = Signal()
    requests_wanted = Signal()
    find_out_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._lines: list[_Line] = []
        self._promises: list[_Promise] = []
        self._alternative_offered = False
        self._disposition = self._disposition_box()
        self._refusal = self._refusal_frame()
        self._refusal.hide()
        self._summary = column(gap=GAP)
        self._kept = column(gap=GAP)
        self._notes = QPlainTextEdit()
        self._notes.setTabChangesFocus(True)
        self._notes.setAccessibleName(self.tr("Notes"))
        self._fault = label("", wrap=True)
        self._fault.setProperty("chip", "danger")
        self._fault.hide()
        self._save = button(self.tr("&Save and finish"), self._emit, "primary", "Ctrl+Return")
        self._save.setShortcut("Ctrl+Return")
        self._build()

    def show_review(
        self, review: "Review", sources: Mapping[UUID, str], *, alternative_offered: bool
    ) -> None:
        """Fill the form; `sources` are the texts that summary lines refer to."""
        self._alternative_offered = alternative_offered
        self._disposition.setCurrentIndex(self._disposition.findData(review.disposition))
        self._fault.hide()
        self._save.setEnabled(True)
        self._show_lines(review.summary, sources)
        clear(self._kept)
        self._promises = []
        for promise in review.promises:
            self.add_promise(promise)

    def share_notes(self, notes: QTextDocument) -> None:
        """Show and edit the notes of the conversation: there is one text, not two copies."""
        self._notes.setDocument(notes)

    def add_promise(self, promise: Promise) -> None:
        """Add a promise to the form."""
        item = _Promise(promise)
        self._promises.append(item)
        self._kept.addWidget(item)
        if not promise.text:
            item.field.setFocus()

    def show_fault(self, text: str) -> None:
        """Say inline why saving failed; everything typed is still here."""
        self._fault.setText(text)
        self._fault.show()
        self._save.setEnabled(True)

    def _show_lines(self, lines: tuple[SummaryLine, ...], sources: Mapping[UUID, str]) -> None:
        clear(self._summary)
        shown = lines or (SummaryLine(LineKind.ASKED, ""), SummaryLine(LineKind.DONE, ""))
        self._lines = [
            _Line(line, " ".join(sources.get(source, "") for source in line.sources))
            for line in shown
        ]
        for item in self._lines:
            self._summary.addWidget(item)

    def _disposition_box(self) -> QComboBox:
        box = QComboBox()
        for disposition in Disposition:
            box.addItem(word(disposition), disposition)
        box.setAccessibleName(self.tr("How it ended"))
        box.currentIndexChanged.connect(self._check_refusal)
        return box

    def _check_refusal(self) -> None:
        declined = self._disposition.currentData() == Disposition.DECLINED
        bare = declined and not self._alternative_offered
        self._refusal.setVisible(bare)

    def _refusal_frame(self) -> QFrame:
        """Return what stands beside a bare no: three ways on, and none of them is a dialog."""
        frame = QFrame()
        frame.setProperty("verdict", "decline")
        text = self.tr("Nobody leaves with a bare no. What can you offer instead?")
        frame.setAccessibleName(text)
        ways = Flow(gap=GAP)
        for name, wanted in (
            (self.tr("Back to the alternatives"), self.back_wanted),
            (self.tr("Pick the request"), self.requests_wanted),
            (self.tr("Let me find out"), self.find_out_wanted),
        ):
            ways.add(button(name, wanted.emit, "quiet"))
        column(label(text, wrap=True), ways, parent=frame, margin=MARGIN, gap=GAP)
        return frame

    def _build(self) -> None:
        add = button(self.tr("&Add a promise"), self.promise_wanted.emit, "quiet")
        back = button(self.tr("&Back"), self.back_wanted.emit, "")
        content = QWidget()
        self._notes.setMinimumHeight(self._notes.fontMetrics().lineSpacing() * 5)
        column(
            self._section(self.tr("How it &ended"), self._disposition),
            self._disposition,
            self._refusal,
            label(self.tr("Summary"), "section"),
            self._summary,
            row(label(self.tr("Promises"), "section"), None, add),
            self._kept,
            label(self.tr("Notes"), "section"),
            self._notes,
            None,
            parent=content,
            margin=MARGIN,
        )
        head = column(label(self.tr("Wrap-up"), "heading"), margin=MARGIN)
        foot = column(self._fault, row(back, None, self._save), margin=MARGIN)
        column(head, scrolled(content), foot, parent=self, gap=0)

    def _section(self, text: str, buddy: QWidget) -> QLabel:
        made = label(text, "section")
        made.setBuddy(buddy)
        return made

    def _emit(self) -> None:
        self._save.setEnabled(False)
        self._fault.hide()
        lines = [item.value() for item in self._lines]
        promises = [item.value() for item in self._promises]
        self.saved.emit(
            Filled(
                Disposition(self._disposition.currentData()),
                tuple(line for line in lines if line.text),
                tuple(promise for promise in promises if promise),
                self._notes.toPlainText().strip(),
            )
        )

    @property
    def save_button(self) -> QPushButton:
        """The button that finishes the contact."""
        return self._save
