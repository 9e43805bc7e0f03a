# SPDX-License-Identifier: Apache-2.0
"""The order of cards: text in, an answer out, what stays right left alone, acts remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from agentassist.domain.calm_cards import News, settle
from agentassist.domain.knowledge import FeedbackKind, Scope, Suggestion, Suggestions
from agentassist.domain.live_question import Asked
from agentassist.domain.turn_gate import Attention
from agentassist.ui.contact import Contact
from agentassist.ui.suggestions_panel import SuggestionsPanel
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_MIN_CHARACTERS = 3
_NO_TOPIC = -1


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """A search under way. `typed` is the agent's own, which is answered whatever it is."""

    text: str
    topic: int = _NO_TOPIC
    only_sure: bool = False
    typed: bool = False


class SuggestionsController(QObject):
    """Holds order only: the panel shows, services answer.

    Remembers for each card the question it came up for: that is what an act on it is
    stored with.
    """

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panel: SuggestionsPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panel = panel
        self._contact: Contact | None = None
        self._last: _Inquiry | None = None
        self._topic = _NO_TOPIC
        self._came_up_for: dict[UUID, str] = {}
        panel.searched.connect(self.search)
        panel.acted.connect(self._act)
        panel.gap_logged.connect(self._log_gap)
        panel.article_wanted.connect(self.open_link)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact: what is still on its way for the last one is dropped."""
        self._runner.cancel("suggest")
        self._contact = contact
        self._last = None
        self._topic = _NO_TOPIC
        self._came_up_for.clear()
        self._panel.clear()

    def search(self, text: str) -> None:
        """Answer what the agent typed to search for; it is never taken for small talk."""
        self._ask(_Inquiry(text, typed=True))

    def follow(self, asked: Asked, *, draft: bool = False) -> None:
        """Answer live text; what asks for nothing leaves the cards as they are.

        A `draft` is an unfinished line. A topic that it opens is none yet: the cards it
        brings up give way to those of the whole line.
        """
        if asked.attention is not Attention.SILENT:
            topic = _NO_TOPIC if draft and asked.topic != self._topic else asked.topic
            self._ask(_Inquiry(asked.text, topic, only_sure=asked.attention is Attention.QUIET))

    def search_again(self) -> None:
        """Ask the last question anew: an answer by words alone gives way to a better one."""
        self._topic = _NO_TOPIC
        if self._last:
            self._ask(self._last)

    def _ask(self, inquiry: _Inquiry) -> None:
        if len(inquiry.text.strip()) < _MIN_CHARACTERS:
            return
        self._last = inquiry
        job = partial(self._desk.assist.suggest, inquiry.text, Scope())
        show = self._when_still(self._contact, partial(self._show, inquiry))
        self._runner.submit(Lane.MODEL, job, show, key="suggest")

    def _show(self, inquiry: _Inquiry, found: Suggestions) -> None:
        hidden = self._contact.dismissed_articles if self._contact else set()
        cards = tuple(card for card in found.cards if card.article.id not in hidden)
        if not inquiry.typed:
            news = News(cards, inquiry.topic == self._topic != _NO_TOPIC, inquiry.only_sure)
            cards = settle(self._panel.shown, news, self._panel.held)
        if inquiry.only_sure and cards == self._panel.shown:
            return  # nothing was found to be sure of: that is no news about the knowledge base
        self._topic = inquiry.topic
        before = self._came_up_for
        self._came_up_for = {x.article.id: before.get(x.article.id, found.query) for x in cards}
        self._panel.show_suggestions(Suggestions(found.query, found.mode, cards))

    def _act(self, card: Suggestion, kind: FeedbackKind) -> None:
        call_id = self._contact.call.id if self._contact else None
        if kind is FeedbackKind.USED:
            QGuiApplication.clipboard().setText(card.article.short_answer or card.passage.text)
        if kind is FeedbackKind.OPENED:
            self._open(card.article.id)
        query = self._came_up_for.get(card.article.id, "")
        if kind is FeedbackKind.NOT_RELEVANT:
            self._dismiss(card)
        record = partial(self._desk.assist.record, kind, card, query, call_id)
        self._runner.submit(Lane.STORE, record, lambda _: self._panel.show_done(kind, card))

    def _dismiss(self, card: Suggestion) -> None:
        if self._contact:
            self._contact.dismissed_articles.add(card.article.id)
        self._panel.drop(card)

    def _open(self, article_id: UUID) -> None:
        job = partial(self._desk.assist.article, article_id)
        self._runner.submit(
            Lane.READ, job, lambda found: self._panel.show_article(*found), key="article"
        )

    def open_link(self, key: str) -> None:
        """Open the article that a link names."""
        job = partial(self._desk.assist.article_by_key, key)
        self._runner.submit(
            Lane.READ, job, lambda found: self._panel.show_article(*found), key="article"
        )

    def _log_gap(self, query: str) -> None:
        call_id = self._contact.call.id if self._contact else None
        job = partial(self._desk.assist.log_gap, query, "", call_id)
        self._runner.submit(Lane.STORE, job, lambda _: self._panel.show_gap_logged())

    def _when_still(
        self, contact: Contact | None, show: Callable[[Any], None]
    ) -> Callable[[Any], None]:
        """Wrap `show` so that it does nothing once another contact is on screen."""
        return lambda result: show(result) if self._contact is contact else None
