# SPDX-License-Identifier: Apache-2.0
"""The prompts of a contact, above the line the agent types in."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from agentassist.domain.verdict import Match, Prompt
from agentassist.ui.policy_prompt import Outcome, PolicyPrompt
from agentassist.ui.theme import Theme

_SHOWN = 2


class PromptBoard(QObject):
    """Keeps at most two prompts on screen; one that stays right stays where it is.

    Signals:
        answered: an Outcome.
        fact_given: fact key and value.
    """

    answered = Signal(object)
    fact_given = Signal(str, str)

    def __init__(self, theme: Theme, layout: QVBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = layout
        self._cards: dict[str, PolicyPrompt] = {}

    @property
    def cards(self) -> tuple[PolicyPrompt, ...]:
        """The prompts on screen, the newest first."""
        return tuple(self._cards.values())

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Put new or changed verdicts on top; leave the others; drop what is over two."""
        for prompt in reversed(prompts):
            shown = self._cards.get(prompt.verdict.policy_id)
            if shown is None or _news(shown.prompt, prompt):
                self._put(prompt)
        for policy_id in list(self._cards)[_SHOWN:]:
            self._remove(policy_id)

    def tell(self, policy_id: str, text: str) -> None:
        """Say on a prompt what is new about it, as long as it is on screen."""
        if card := self._cards.get(policy_id):
            card.show_news(text)

    def clear(self) -> None:
        """Take all prompts off."""
        for policy_id in list(self._cards):
            self._remove(policy_id)

    def _put(self, prompt: Prompt) -> None:
        self._remove(prompt.verdict.policy_id)
        card = PolicyPrompt(self._theme, prompt)
        card.answered.connect(self._answer)
        card.fact_given.connect(self.fact_given)
        card.opened.connect(lambda offered: self._put(replace(offered, match=Match.SHOW)))
        self._cards = {prompt.verdict.policy_id: card, **self._cards}
        self._layout.insertWidget(0, card)

    def _answer(self, outcome: Outcome) -> None:
        self._remove(outcome.prompt.verdict.policy_id)
        self.answered.emit(outcome)

    def _remove(self, policy_id: str) -> None:
        if card := self._cards.pop(policy_id, None):
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()


def _news(shown: Prompt, prompt: Prompt) -> bool:
    louder = shown.match is Match.OFFER and prompt.match is Match.SHOW
    return louder or (shown.verdict != prompt.verdict and prompt.match is shown.match)
