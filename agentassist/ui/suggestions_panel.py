# SPDX-License-Identifier: Apache-2.0
"""What the knowledge base says about what was just said: three cards at most."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from agentassist.domain.calm_cards import CARDS
from agentassist.domain.knowledge import Article, FeedbackKind, SearchMode, Suggestion, Suggestions
from agentassist.ui.article_reader import ArticleReader
from agentassist.ui.suggestion_card import SuggestionCard
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, MARGIN, button, chip, column, label, row, scrolled

_TYPING_PAUSE_MS = 120


class SuggestionsPanel(QFrame):
    """Cards, a search field and an article to read.

    Signals:
        acted: a suggestion, a FeedbackKind.
        searched: text the agent typed here.
        gap_logged: the query that nothing was found for.
        article_wanted: the key of an article that a link names.
    """

    acted = Signal(object, object)
    searched = Signal(str)
    gap_logged = Signal(str)
    article_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._theme = theme
        self._query = ""
        self._cards: list[SuggestionCard] = []
        self._mode = chip(self.tr("keywords only"), "caution")
        self._mode.hide()
        self.search = self._search_field()
        self._list = column(gap=GAP)
        self._slots = self._make_slots()
        self._empty = self._empty_state()
        self._pages = QStackedWidget()
        self._reader = ArticleReader(theme)
        self._reader.closed.connect(lambda: self._pages.setCurrentIndex(0))
        self._reader.link_opened.connect(self.article_wanted)
        self._pages.addWidget(self._card_page())
        self._pages.addWidget(self._reader)
        title = row(label(self.tr("Knowledge"), "heading"), self._mode, None)
        head = column(title, self.search, margin=MARGIN, gap=GAP)
        column(head, self._pages, parent=self, gap=0)
        self.clear()

    @property
    def cards(self) -> tuple[SuggestionCard, ...]:
        """The cards on screen, from the top."""
        return tuple(self._cards)

    @property
    def shown(self) -> tuple[Suggestion, ...]:
        """What is on the cards, from the top."""
        return tuple(card.suggestion for card in self._cards)

    @property
    def held(self) -> UUID | None:
        """The article on the card that has the focus: the agent is about to act on it."""
        focus = self.window().focusWidget()
        for card in self._cards:
            if focus and (card is focus or card.isAncestorOf(focus)):
                return card.suggestion.article.id
        return None

    @property
    def reading(self) -> bool:
        """True while an article is open in place of the cards."""
        return self._pages.currentWidget() is self._reader

    def show_suggestions(self, found: Suggestions) -> None:
        """Show an answer, each card at its place; the focus goes with its article."""
        self._query = found.query
        self._mode.setVisible(found.mode is SearchMode.KEYWORD_ONLY)
        held = self.held
        self._replace(found.cards)
        self._hold(held)
        self._empty.setVisible(not found.cards)
        self._gap.setVisible(True)
        self._empty_text.setText(self.tr("Nothing in the knowledge base fits this."))

    def show_article(self, article: Article, html: str) -> None:
        """Open an article in place of the cards."""
        self._reader.show_article(article, html)
        self._pages.setCurrentIndex(1)

    def show_done(self, kind: FeedbackKind, suggestion: Suggestion) -> None:
        """Confirm an act on the card for a moment, without moving anything."""
        text = {
            FeedbackKind.USED: self.tr("Answer copied"),
            FeedbackKind.LINKED: self.tr("Linked to this contact"),
            FeedbackKind.FLAGGED: self.tr("Flagged for its owner"),
            FeedbackKind.NOT_RELEVANT: self.tr("Removed for this contact"),
        }.get(kind)
        if text:
            self.window().statusBar().showMessage(f"{text}: {suggestion.article.title}", 4000)  # type: ignore[attr-defined]

    def drop(self, suggestion: Suggestion) -> None:
        """Take a card off the screen."""
        kept = tuple(card.suggestion for card in self._cards if card.suggestion is not suggestion)
        self._replace(kept)
        self._empty.setVisible(not kept)
        self._empty_text.setText(self.tr("Nothing else in the knowledge base fits this."))

    def show_gap_logged(self) -> None:
        """Confirm that the curators will see the gap."""
        self._gap.setVisible(False)
        self._empty_text.setText(self.tr("Noted. The knowledge team sees this question."))

    def look_for(self, text: str) -> None:
        """Search for words that come from elsewhere on the desk."""
        self.search.setText(text)
        self.search.setCursorPosition(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pages.setCurrentIndex(0)
        self.searched.emit(text)

    def focus_card(self, place: int) -> None:
        """Move the focus to a card, counted from 1."""
        if place <= len(self._cards):
            self._cards[place - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Start over for the next contact."""
        self._query = ""
        self.search.clear()
        self._pages.setCurrentIndex(0)
        self._replace(())
        self._mode.hide()
        self._gap.hide()
        self._empty.show()
        self._empty_text.setText(self.tr("Answers appear here while the customer speaks."))

    def changeEvent(self, event: QEvent) -> None:
        """Repaint marks when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _replace(self, suggestions: tuple[Suggestion, ...]) -> None:
        self._cards = self._slots[: len(suggestions)]
        for card, suggestion in zip(self._cards, suggestions, strict=True):
            if not card.shows(suggestion):
                card.show_suggestion(suggestion)
        for card in self._slots[len(suggestions) :]:
            card.hide()

    def _hold(self, article_id: UUID | None) -> None:
        """Give the focus to the card of an article, if it had it before in another place."""
        if article_id != self.held:
            for card in self._cards:
                if card.suggestion.article.id == article_id:
                    card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_slots(self) -> list[SuggestionCard]:
        slots = [SuggestionCard(self._theme, place) for place in range(1, CARDS + 1)]
        for card in slots:
            card.acted.connect(self.acted)
            self._list.addWidget(card)
        return slots

    def _card_page(self) -> QWidget:
        content = QWidget()
        layout = column(self._list, self._empty, None, parent=content, margin=MARGIN)
        layout.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        return scrolled(content)

    def _empty_state(self) -> QWidget:
        holder = QWidget()
        self._empty_text = label("", "muted", wrap=True)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._gap = button(self.tr("Report the &gap"), self.log_gap, "", "Ctrl+G")
        column(self._empty_text, row(None, self._gap, None), parent=holder, margin=MARGIN)
        return holder

    def log_gap(self) -> None:
        """Report the query that found nothing, if there is one."""
        if self._query and not self._cards:
            self.gap_logged.emit(self._query)

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search the knowledge base"))
        field.setAccessibleName(self.tr("Search the knowledge base"))
        field.setClearButtonEnabled(True)
        pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        pause.timeout.connect(lambda: self.searched.emit(field.text().strip()))
        field.textEdited.connect(lambda: pause.start())
        return field
