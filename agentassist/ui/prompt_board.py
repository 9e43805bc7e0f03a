# SPDX-License-Identifier: Apache-2.0
"""The prompts of a contact, above the line the agent types in."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from agentassist.domain.verdict import Match, Prompt, Tone, VerdictKind
from agentassist.domain.ways_to_yes import Way
from agentassist.ui.policy_prompt import PolicyPrompt
from agentassist.ui.prompt_outcomes import Outcome
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import holds_focus

_FULL = 2
_UNSURE = 3


class PromptBoard(QObject):
    """Keeps at most two prompts and three unsure matches; one that stays right stays put.

    One card is in front: it has the keys. Another is folded to a line, unless it protects.
    The tone is that of the customer, and so of all cards.

    Signals:
        answered: an Outcome.
        fact_given: fact key and value.
        need_chosen: policy id and need, empty where the customer would not say.
        opened: the Prompt that the agent wants to see in full; it is shown already.
        override_wanted: the Prompt.
        find_out_wanted: the Prompt that nobody can answer now.
        tone: the Tone that the agent chose.
        why_wanted: the Prompt whose explanation was opened.
    """

    answered = Signal(object)
    fact_given = Signal(str, str)
    need_chosen = Signal(str, str)
    opened = Signal(object)
    override_wanted = Signal(object)
    find_out_wanted = Signal(object)
    tone = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, theme: Theme, layout: QVBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = layout
        self._tone, self._tone_chosen = Tone.CALM, False
        self._front = ""
        self._cards: dict[str, PolicyPrompt] = {}

    @property
    def cards(self) -> tuple[PolicyPrompt, ...]:
        """The prompts on screen, the newest first."""
        return tuple(self._cards.values())

    def card(self, policy_id: str) -> PolicyPrompt | None:
        """Return the card of a policy; None where it is not on screen."""
        return self._cards.get(policy_id)

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Put new verdicts on top, changed ones in their place; drop what is too many."""
        for prompt in reversed(prompts):
            shown = self._cards.get(prompt.verdict.policy_id)
            if shown is None:
                self._put(prompt)
            elif _news(shown.prompt, prompt):
                shown.show_prompt(_no_quieter(shown.prompt, prompt))
        self._drop(Match.SHOW, _FULL)
        self._drop(Match.OFFER, _UNSURE)
        self._arrange()

    def show_tone(self, tone: Tone) -> None:
        """Say all prompts of this contact in a tone."""
        self._tone = tone
        for card in self.cards:
            card.show_tone(tone)

    def suggest_tone(self, tone: Tone) -> None:
        """Begin the next cards in a tone, unless the agent chose one in this contact.

        A card that is on screen may be read out just now, and stays as it is.
        """
        if not self._tone_chosen:
            self._tone = tone

    def show_ways(self, prompt: Prompt, ways: Sequence[Way]) -> None:
        """Show what would make a verdict a yes, if that verdict is still on screen."""
        card = self._cards.get(prompt.verdict.policy_id)
        if card is not None and card.prompt.verdict == prompt.verdict:
            card.show_ways(ways)

    def tell(self, policy_id: str, text: str) -> None:
        """Say on a card in a quiet line what has changed."""
        if card := self._cards.get(policy_id):
            card.tell(text)

    def drop(self, policy_id: str) -> None:
        """Take a prompt off that was settled in another way."""
        self._remove(policy_id)
        self._arrange()

    def clear(self) -> None:
        """Take all prompts off; the next contact begins calm."""
        self._tone, self._tone_chosen = Tone.CALM, False
        for policy_id in list(self._cards):
            self._remove(policy_id)

    def _put(self, prompt: Prompt) -> None:
        card = PolicyPrompt(self._theme, prompt)
        card.show_tone(self._tone)
        card.answered.connect(self._answer)
        card.fact_given.connect(self.fact_given)
        card.need_chosen.connect(self.need_chosen)
        card.opened.connect(self._open)
        card.override_wanted.connect(self.override_wanted)
        card.find_out_wanted.connect(self.find_out_wanted)
        card.tone.connect(self._take_tone)
        card.why_wanted.connect(self.why_wanted)
        policy_id = prompt.verdict.policy_id
        self._cards = {policy_id: card, **self._cards}
        if prompt.match is Match.SHOW and not self._at_work(prompt):
            self._front = policy_id
        self._layout.insertWidget(0, card)

    def _at_work(self, newer: Prompt) -> bool:
        """True while the agent works with the card in front; what protects comes up anyway."""
        front = self._cards.get(self._front)
        if front is None or newer.verdict.kind is VerdictKind.REFUSE:
            return False
        return front.explained or holds_focus(front)

    def _open(self, prompt: Prompt) -> None:
        """Show a card in full that was a line, and fold the one that was in front."""
        policy_id = prompt.verdict.policy_id
        self._front = policy_id
        if prompt.match is Match.OFFER:
            self._cards[policy_id].show_prompt(replace(prompt, match=Match.SHOW))
        self._arrange()
        self.opened.emit(prompt)

    def _take_tone(self, tone: Tone) -> None:
        self._tone_chosen = True
        self.show_tone(tone)
        self.tone.emit(tone)

    def _arrange(self) -> None:
        """Leave one card in full with the keys, and every card in full that protects.

        Of unsure matches, the first that would protect has a key: one with two meanings is none.
        """
        sure = [key for key, card in self._cards.items() if card.prompt.match is Match.SHOW]
        if self._front not in sure:
            self._front = sure[0] if sure else ""
        chips = [k for k, c in self._cards.items() if k not in sure and c.prompt.verdict.category]
        for key, card in self._cards.items():
            guards = card.prompt.verdict.kind is VerdictKind.REFUSE
            card.fold(on=key in sure and key != self._front and not guards)
            card.bring_to_front(on=key == self._front or key in chips[:1])

    def _drop(self, match: Match, most: int) -> None:
        mine = [key for key, card in self._cards.items() if card.prompt.match is match]
        for policy_id in mine[most:]:
            self._remove(policy_id)

    def _answer(self, outcome: Outcome) -> None:
        self._remove(outcome.prompt.verdict.policy_id)
        self._arrange()
        self.answered.emit(outcome)

    def _remove(self, policy_id: str) -> None:
        if card := self._cards.pop(policy_id, None):
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()


def _news(shown: Prompt, prompt: Prompt) -> bool:
    """True for another verdict, a surer match or more pressure."""
    louder = shown.match is Match.OFFER and prompt.match is Match.SHOW
    pushed = set(prompt.pressure) - set(shown.pressure)
    return louder or shown.verdict != prompt.verdict or bool(pushed)


def _no_quieter(shown: Prompt, prompt: Prompt) -> Prompt:
    """Keep in full what is shown in full: the agent has begun to work with it."""
    return replace(prompt, match=Match.SHOW) if shown.match is Match.SHOW else prompt
