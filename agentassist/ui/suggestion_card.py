# SPDX-License-Identifier: Apache-2.0
"""One suggestion: the passage first, how sure, why, and what can be done with one key."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.domain.knowledge import Audience, FeedbackKind, Strength, Suggestion
from agentassist.ui.formats import date_of
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

    def __init__(self, theme: Theme, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = place
        self._suggestion: Suggestion | None = None
        self._icons: list[tuple[QPushButton, str]] = []
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._strong = chip(self.tr("Strong"), "yes")
        self._possible = chip(self.tr("Possible"), "plain")
        self._internal = chip(self.tr("Internal: do not paste"), "caution")
        self._marks = Flow()
        for mark in (self._strong, self._possible, self._internal):
            self._marks.add(mark)
        self._title = label("", "heading", wrap=True)
        self._short = label("", "strong", wrap=True)
        self._passage = PassageView(theme, _PASSAGE_LINES)
        self._reason = label("", "small", wrap=True)
        parts = (self._marks, self._title, self._short, self._passage, self._reason)
        column(*parts, self._actions(), parent=self, margin=MARGIN, gap=TIGHT)
        self.hide()

    @property
    def suggestion(self) -> Suggestion:
        """What is on the card.

        Raises:
            LookupError: nothing was shown yet.
        """
        if self._suggestion is None:
            raise LookupError("the card is empty")
        return self._suggestion

    def shows(self, suggestion: Suggestion) -> bool:
        """Tell whether this very suggestion is on the card, and the card on screen."""
        return not self.isHidden() and self._suggestion == suggestion

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Put a suggestion on the card: making a new card takes longer than finding one."""
        self._suggestion = suggestion
        article, strong = suggestion.article, suggestion.strength is Strength.STRONG
        self._strong.setVisible(strong)
        self._possible.setVisible(not strong)
        self._internal.setVisible(article.audience is Audience.INTERNAL)
        self._marks.rearrange()
        self._title.setText(f"{self._place}  {article.title}")
        self._short.setText(article.short_answer)
        self._short.setVisible(bool(article.short_answer))
        self._passage.show_passage(suggestion.passage.text, suggestion.words)
        self._reason.setText(self._why())
        self.setAccessibleName(f"{self._place}: {article.title}")
        self.setAccessibleDescription(suggestion.passage.text)
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour_icons()

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

    def _why(self) -> str:
        card = self.suggestion
        reasons = []
        if card.words:
            reasons.append(self.tr("Words: {words}").format(words=", ".join(_once(card.words))))
        if card.question:
            reasons.append(self.tr("Close to “{question}”").format(question=card.question))
        if card.solved and card.solved_on:
            solved = self.tr("Solved %n contact(s) like this, last on {day}", "", card.solved)
            reasons.append(solved.format(day=date_of(card.solved_on)))
        if card.semantic and not reasons:
            reasons.append(self.tr("Close in meaning"))
        return " · ".join(reasons)

    def _actions(self) -> Flow:
        def act(text: str, name: str, kind: FeedbackKind, hint: str) -> QWidget:
            made = button(text, lambda: self.acted.emit(self.suggestion, kind), "act", hint)
            made.setIconSize(QSize(em(0.9), em(0.9)))
            self._icons.append((made, name))
            return made

        actions = Flow(gap=0)
        actions.add(act(self.tr("Copy answer"), "copy", FeedbackKind.USED, self.tr("Enter")))
        actions.add(act(self.tr("Open"), "book", FeedbackKind.OPENED, self.tr("Space")))
        actions.add(act(self.tr("Link"), "link", FeedbackKind.LINKED, "L"))
        actions.add(act(self.tr("Not relevant"), "dismiss", FeedbackKind.NOT_RELEVANT, "N"))
        actions.add(act(self.tr("Flag"), "flag", FeedbackKind.FLAGGED, "F"))
        self._colour_icons()
        return actions

    def _colour_icons(self) -> None:
        for made, name in self._icons:
            made.setIcon(icon(name, self._theme.colours.accent))


def _once(words: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(word.casefold() for word in words))
