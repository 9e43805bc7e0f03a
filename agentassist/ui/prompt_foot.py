# SPDX-License-Identifier: Apache-2.0
"""The ways on from a verdict that are not one of its alternatives."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from agentassist.domain.verdict import Answer, Prompt, VerdictKind
from agentassist.ui.prompt_outcomes import Outcome
from agentassist.ui.prompt_parts import Keys
from agentassist.ui.prompt_words import signs
from agentassist.ui.widgets import TIGHT, Flow, button

_YES = (VerdictKind.YES, VerdictKind.YES_WITH)


class PromptFoot(Flow):
    """Buttons by the kind of verdict; they wrap in a narrow column.

    Signals:
        answered: an Outcome.
        find_out_wanted: the Prompt that nobody can answer now.
        override_wanted: the Prompt, for a yes that somebody else has to sign.
        why_toggled: the agent opens or closes the explanation.
    """

    answered = Signal(object)
    find_out_wanted = Signal(object)
    override_wanted = Signal(object)
    why_toggled = Signal()

    def __init__(self, prompt: Prompt, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(TIGHT)
        self.setParent(parent)
        self._prompt = prompt
        self._keys = keys
        for made in filter(None, self._buttons()):
            self.add(made)
        self.why = button(self.tr("Why?"), self.why_toggled.emit, "quiet")
        keys.add(self.why, "Alt+Y")
        self.add(self.why)

    def show_why_only(self) -> None:
        """Leave nothing to press but the explanation."""
        for made in self.findChildren(QPushButton):
            made.setVisible(made is self.why)
        self.rearrange()

    def _buttons(self) -> Iterable[QPushButton | None]:
        verdict = self._prompt.verdict
        kind = verdict.kind
        offering = kind is VerdictKind.DECLINE and verdict.discovery is None
        yield self._settle(kind) if kind in _YES or kind is VerdictKind.REFUSE else None
        yield self._declined() if offering or kind is VerdictKind.YES_WITH else None
        yield self._find_out() if kind in (VerdictKind.ASK, VerdictKind.DECLINE) else None
        yield self._override() if offering else None
        yield self._two_sign() if kind is VerdictKind.REFUSE and verdict.exception else None

    def _settle(self, kind: VerdictKind) -> QPushButton:
        authority = self._prompt.verdict.authority
        if kind is VerdictKind.REFUSE:
            return self._accept(self.tr("&Understood"), "Alt+U")
        if authority.within:
            return self._accept(self.tr("&Done"), "Alt+D")
        text = self.tr("Get it signed: {who}").format(who=signs(authority))
        made = button(text, lambda: self.override_wanted.emit(self._prompt), "primary")
        self._keys.add(made, "Alt+O")
        return made

    def _accept(self, text: str, keys: str) -> QPushButton:
        accepted = Outcome(self._prompt, Answer.ACCEPTED)
        made = button(text, lambda: self.answered.emit(accepted), "primary")
        self._keys.add(made, keys)
        return made

    def _override(self) -> QPushButton:
        text, hint = (
            self.tr("Say yes anyway…"),
            self.tr("With a reason, and signed where it has to be"),
        )
        made = button(text, lambda: self.override_wanted.emit(self._prompt), "quiet", hint)
        self._keys.add(made, "Alt+O")
        return made

    def _two_sign(self) -> QPushButton:
        text, hint = (
            self.tr("Two of us sign…"),
            self.tr("The one way round that this policy allows"),
        )
        made = button(text, lambda: self.override_wanted.emit(self._prompt), "", hint)
        self._keys.add(made, "Alt+O")
        return made

    def _declined(self) -> QPushButton:
        made = button(self.tr("Customer declines"), lambda: None, "menu")
        menu = QMenu(made)
        for reason in self._reasons():
            menu.addAction(reason, partial(self._decline, reason))
        made.setMenu(menu)
        self._keys.add(made, "Alt+X")
        return made

    def _reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Too late for me"),
            self.tr("Costs too much"),
            self.tr("I want only what I asked for"),
            self.tr("I will think about it"),
            self.tr("Another reason"),
        )

    def _decline(self, reason: str) -> None:
        self.answered.emit(Outcome(self._prompt, Answer.DECLINED, reason=reason))

    def _find_out(self) -> QPushButton:
        text, hint = (
            self.tr("Let me find out…"),
            self.tr("Promise an answer, by whom and until when"),
        )
        made = button(text, lambda: self.find_out_wanted.emit(self._prompt), "", hint)
        self._keys.add(made, "Alt+L")
        return made
