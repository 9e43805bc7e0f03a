# SPDX-License-Identifier: Apache-2.0
"""One suggestion: the passage first, how sure, why, and what can be done with one key."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from agentassist.domain.knowledge import Audience, FeedbackKind, Strength, Suggestion
from agentassist.ui.icons import icon
from agentassist.ui.passage_view import PassageView
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import MARGIN, TIGHT, Flow, button, chip, column, em, label

_PASSAGE_LINES = 5
_KEYS = {
    Qt.Key.Key_Return: FeedbackKind.USED,
    Qt.Key.Key_Enter: FeedbackKind.USED,
    Qt.Key.Key_L: FeedbackKind.LINKED,
    Qt.Key.Key_N: FeedbackKind.NOT_RELEVANT,
    Qt.Key.Key_F: FeedbackKind.FLAGGED,
    Qt.Key.Key_Space: FeedbackKind.OPENED,
}


class SuggestionCard(QFrame):
    """Takes the keys Enter, L, N, F and Space while it has the focus.

    Signals:
        acted: the suggestion and the FeedbackKind of what the agent did.
    """

    acted = Signal(object, object)

    def __init__(
        self, theme: Theme, place: int, suggestion: Suggestion, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self._theme = theme
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{place}: {suggestion.article.title}")
        self.setAccessibleDescription(suggestion.passage.text)
        column(*self._parts(place), parent=self, margin=MARGIN, gap=TIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the card's own keys."""
        kind = _KEYS.get(Qt.Key(event.key()))
        if kind is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.acted.emit(self.suggestion, kind)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the article."""
        super().mouseDoubleClickEvent(event)
        self.acted.emit(self.suggestion, FeedbackKind.OPENED)

    def _parts(self, place: int) -> list[QWidget | QLayout]:
        card = self.suggestion
        parts: list[QWidget | QLayout] = [self._head(place)]
        if card.article.short_answer:
            parts.append(label(card.article.short_answer, "strong", wrap=True))
        passage = PassageView(self._theme, card.passage.text, card.words, _PASSAGE_LINES)
        parts += [passage, label(self._why(), "small", wrap=True), self._actions()]
        return parts

    def _head(self, place: int) -> QLayout:
        card = self.suggestion
        strong = card.strength is Strength.STRONG
        marks = Flow()
        marks.add(
            chip(self.tr("Strong") if strong else self.tr("Possible"), "yes" if strong else "plain")
        )
        if card.article.audience is Audience.INTERNAL:
            marks.add(chip(self.tr("Internal: do not paste"), "caution"))
        title = label(f"{place}  {card.article.title}", "heading", wrap=True)
        return column(marks, title, gap=TIGHT)

    def _why(self) -> str:
        card = self.suggestion
        reasons = []
        if card.words:
            reasons.append(self.tr("Words: {words}").format(words=", ".join(_once(card.words))))
        if card.question:
            reasons.append(self.tr("Close to “{question}”").format(question=card.question))
        if card.semantic and not reasons:
            reasons.append(self.tr("Close in meaning"))
        return " · ".join(reasons)

    def _actions(self) -> Flow:
        def act(text: str, name: str, kind: FeedbackKind, hint: str) -> QWidget:
            made = button(text, lambda: self.acted.emit(self.suggestion, kind), "act", hint)
            made.setIcon(icon(name, self._theme.colours.accent))
            made.setIconSize(QSize(em(0.9), em(0.9)))
            return made

        actions = Flow(gap=0)
        actions.add(act(self.tr("Copy answer"), "copy", FeedbackKind.USED, self.tr("Enter")))
        actions.add(act(self.tr("Open"), "book", FeedbackKind.OPENED, self.tr("Space")))
        actions.add(act(self.tr("Link"), "link", FeedbackKind.LINKED, "L"))
        actions.add(act(self.tr("Not relevant"), "dismiss", FeedbackKind.NOT_RELEVANT, "N"))
        actions.add(act(self.tr("Flag"), "flag", FeedbackKind.FLAGGED, "F"))
        return actions


def _once(words: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(word.casefold() for word in words))
