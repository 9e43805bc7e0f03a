# SPDX-License-Identifier: Apache-2.0
"""Try a policy on facts: the card changes as the agent would see it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agentassist.domain.verdict import Match, Prompt, Verdict
from agentassist.services.policy_lab import Slider
from agentassist.ui.lab_sliders import FactControls
from agentassist.ui.policy_prompt import PolicyPrompt
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, TIGHT, button, clear, column, label, row


class LabTrial(QWidget):
    """Facts to choose, and below them the verdict on them.

    Signals:
        changed: the facts that are tried, as people write them.
        test_wanted: these facts are to become a test.
    """

    changed = Signal(object)
    test_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: dict[str, str] = {}
        self._verdict: Verdict | None = None
        self.facts = FactControls(theme)
        self.facts.changed.connect(self._change)
        self._clear_button = button(self.tr("Clear all"), self.forget, "quiet")
        self.test_button = button(self.tr("Make this a test"), self._make_test)
        self._problem = label("", "fault", wrap=True)
        self._problem.hide()
        self._empty = label(self.tr("This policy looks at no fact: it always says yes."), "muted",
                            wrap=True)  # fmt: skip
        self._card: QVBoxLayout = column()
        self.card: PolicyPrompt | None = None
        head = row(label(self.tr("Try it"), "heading"), None, self._clear_button, gap=TIGHT)
        seen = label(self.tr("As the agent sees it"), "section")
        column(head, self.facts, self._empty, row(seen, None, self.test_button), self._problem,
               self._card, parent=self, gap=GAP)  # fmt: skip

    @property
    def values(self) -> Mapping[str, str]:
        """The facts that are tried."""
        return dict(self._values)

    def show_sliders(self, sliders: Sequence[Slider]) -> None:
        """Show the facts of a policy; values of facts that it has too stay."""
        known = {slider.fact for slider in sliders}
        self._values = {key: text for key, text in self._values.items() if key in known}
        self.facts.show_sliders(sliders, self._values)
        self._empty.setVisible(not sliders)
        self._clear_button.setVisible(bool(sliders))

    def set_values(self, values: Mapping[str, str]) -> None:
        """Try other facts."""
        self._values = {key: text for key, text in values.items() if text}
        self.facts.show_values(self._values)
        self.changed.emit(self.values)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show the verdict as a card; the same verdict leaves it alone."""
        self._problem.hide()
        if verdict == self._verdict:
            return
        self._verdict = verdict
        prompt = Prompt(verdict, Match.SHOW, self.tr("tried in the policy lab"),
                        verdict.policy_id, QLocale().name()[:2])  # fmt: skip
        if self.card is not None:
            self.card.show_prompt(prompt)
            return
        self.card = PolicyPrompt(self._theme, prompt, read_only=True)
        self.card.fact_given.connect(self._change)
        self.card.fact_given.connect(lambda *_: self.facts.show_values(self._values))
        self._card.addWidget(self.card)

    def show_problem(self, text: str) -> None:
        """Say why there is no verdict; the last one stays."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def allow_tests(self, *, allowed: bool) -> None:
        """Offer to make tests, or not: only a draft can take them."""
        self.test_button.setEnabled(allowed)
        hint = "" if allowed else self.tr("Begin a draft first: a test changes the policy.")
        self.test_button.setToolTip(hint)

    def forget(self) -> None:
        """Know nothing."""
        self.set_values({})

    def clear(self) -> None:
        """Be ready for another policy."""
        self._values = {}
        self._verdict = None
        self.card = None
        clear(self._card)
        self._problem.hide()

    def _change(self, fact: str, text: str) -> None:
        if text:
            self._values[fact] = text
        else:
            self._values.pop(fact, None)
        self.changed.emit(self.values)

    def _make_test(self) -> None:
        self.test_wanted.emit(self.values)
