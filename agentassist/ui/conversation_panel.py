# SPDX-License-Identifier: Apache-2.0
"""What is being said, and the agent's own notes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QMenu, QPlainTextEdit, QWidget

from agentassist.domain.call import Speaker, Utterance
from agentassist.ui.conflict_line import ConflictLine
from agentassist.ui.find_out_form import FindOutForm
from agentassist.ui.formats import clock
from agentassist.ui.noted_menu import NotedMenu
from agentassist.ui.policy_prompt import PolicyPrompt
from agentassist.ui.refusal_hint import RefusalHint
from agentassist.ui.surprise_line import SurpriseLine
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    button,
    clear,
    column,
    discard,
    em,
    holds_focus,
    label,
    row,
    scrolled,
)
from agentassist.ui.words import word

_DRAFT_PAUSE_MS = 400
_PREVIEW_PAUSE_MS = 200
_SHOWN = 200
_AROUND = 12


class LineField(QLineEdit):
    """Enter says the line as the customer, Ctrl+Enter as the agent.

    Signals:
        entered: Speaker and text.
    """

    entered = Signal(object, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter; the rest is ordinary typing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        text = self.text().strip()
        by_agent = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if text:
            self.clear()
            self.entered.emit(Speaker.AGENT if by_agent else Speaker.CUSTOMER, text)


class ConversationPanel(QFrame):
    """The transcript, a line to type what is said, and notes that are saved as they grow.

    Between transcript and line stand what was agreed, the prompts, and what concerns them:
    sources that disagree, a small surprise, what to find out, and a bare no.

    Signals:
        said: Speaker and text that the agent typed for the customer or for themselves.
        typed: the unfinished line, shortly after the last key.
        notes_changed: the notes, shortly after the last key.
        requests_wanted: the agent wants to pick what is asked from a list.
        request_picked: the id of the policy that was picked.
    """

    said = Signal(object, str)
    typed = Signal(str)
    notes_changed = Signal(str)
    requests_wanted = Signal()
    request_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._lines = column(gap=GAP)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint = label("", "muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.prompts = column(gap=GAP)
        self.agreed = column(gap=GAP)
        self.conflict = ConflictLine()
        self.surprise = SurpriseLine()
        self.find_out = FindOutForm()
        self.refusal = RefusalHint()
        self.told = NotedMenu()
        self.line = self._line_field()
        self.notes = self._notes_field()
        self._transcript = self._scrolled_lines()
        foot = column(self.line, self.notes, margin=MARGIN, gap=GAP)
        self._pick = button(
            self.tr("&Requests…"),
            self.requests_wanted.emit,
            "quiet",
            self.tr("Pick what the customer asks for (Ctrl+P)"),
        )
        title = row(label(self.tr("Conversation"), "heading"), None, self.told, self._pick)
        head = column(title, margin=MARGIN)
        column(head, self._transcript, foot, parent=self, gap=0)
        self.clear()

    def show_utterance(self, utterance: Utterance) -> None:
        """Add what was said below the rest and scroll to it."""
        self._hint.hide()
        self._lines.addWidget(_bubble(utterance))
        if self._lines.count() > _SHOWN and (oldest := self._lines.takeAt(0)):
            discard(oldest)

    def show_requests(self, titles: Sequence[tuple[str, str]]) -> None:
        """Open the list of what can be asked: pairs of policy id and title."""
        menu = QMenu(self._pick)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for policy_id, title in titles:
            menu.addAction(title.replace("&", "&&"), partial(self.request_picked.emit, policy_id))
        if not titles:
            menu.addAction(self.tr("No policies are loaded")).setEnabled(False)
        menu.popup(self._pick.mapToGlobal(self._pick.rect().bottomLeft()))

    def show_notes(self, text: str) -> None:
        """Put a saved draft back, unless the agent has begun to write."""
        if text and not self.notes.toPlainText():
            self.notes.setPlainText(text)

    def flush_notes(self) -> None:
        """Report notes that are still waiting for a pause in the typing."""
        if self._draft_pause.isActive():
            self._draft_pause.stop()
            self.notes_changed.emit(self.notes.toPlainText())

    def drop_notes(self) -> None:
        """Forget notes that wait to be reported: they were saved in another way."""
        self._draft_pause.stop()

    def clear(self) -> None:
        """Start over for the next contact."""
        clear(self._lines)
        clear(self.prompts)
        clear(self.agreed)
        for aside in (self.conflict, self.surprise, self.find_out, self.refusal):
            aside.drop()
        self.line.clear()
        self.notes.clear()
        self._draft_pause.stop()
        self._hint.setText(
            self.tr("Type what the customer says and press Enter: knowledge and options follow.")
        )
        self._hint.show()

    def _line_field(self) -> LineField:
        field = LineField()
        field.setPlaceholderText(self.tr("The customer says…  (Ctrl+Enter: I say)"))
        field.setAccessibleName(self.tr("What the customer says"))
        field.entered.connect(self.said)
        pause = QTimer(self, singleShot=True, interval=_PREVIEW_PAUSE_MS)
        pause.timeout.connect(lambda: self.typed.emit(field.text()))
        field.textEdited.connect(lambda: pause.start())
        return field

    def _notes_field(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setPlaceholderText(self.tr("Notes, saved as you type"))
        field.setAccessibleName(self.tr("Notes"))
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * 4)
        self._draft_pause = QTimer(self, singleShot=True, interval=_DRAFT_PAUSE_MS)
        self._draft_pause.timeout.connect(lambda: self.notes_changed.emit(field.toPlainText()))
        field.textChanged.connect(self._note_typed)
        return field

    def _note_typed(self) -> None:
        if not self._draft_pause.isActive():
            self._draft_pause.start()

    def _scrolled_lines(self) -> QWidget:
        content = QWidget()
        about = column(self.conflict, self.surprise, self.find_out, self.refusal, gap=GAP)
        parts = (self._hint, self._lines, None, self.agreed, self.prompts, about)
        column(*parts, parent=content, margin=MARGIN)
        self._area = scrolled(content)
        # What is newest, and the prompts below it, stay in sight while the content grows.
        self._area.verticalScrollBar().rangeChanged.connect(self._scroll_down)
        return self._area

    def _scroll_down(self, _least: int, most: int) -> None:
        """Scroll to the end, but never past the sentence of the first prompt."""
        first = self.prompts.itemAt(0)
        card = first.widget() if first is not None else None
        if isinstance(card, PolicyPrompt) and card.explained:
            return  # nothing moves away from under a reader
        if holds_focus(self._area) and (focus := QApplication.focusWidget()):
            self._area.ensureWidgetVisible(focus, 0, em(_AROUND))  # such as where a yes is signed
            return
        asked = self.refusal.isVisible() or self.find_out.isVisible()  # they stand at the end
        top = card.geometry().top() - TIGHT if card is not None and not asked else most
        self._area.verticalScrollBar().setValue(min(most, top))


def _bubble(utterance: Utterance) -> QFrame:
    frame = QFrame()
    frame.setProperty("said", utterance.speaker.value)
    text = label(utterance.text, wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    about = label(f"{word(utterance.speaker)} · {clock(utterance.said_at)}", "small")
    column(about, text, parent=frame, margin=GAP, gap=TIGHT)
    return frame
