# SPDX-License-Identifier: Apache-2.0
"""What may be done for the customer: an inline card, never a dialog, never over the typing."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QMenu, QPushButton, QWidget

from agentassist.domain.verdict import Answer, Match, Offer, Prompt, VerdictKind
from agentassist.ui.formats import amount
from agentassist.ui.icons import icon, icon_label
from agentassist.ui.theme import Colours, Theme
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    ChoiceButton,
    button,
    chip,
    column,
    label,
    row,
)
from agentassist.ui.words import word

_LOOKS = {
    VerdictKind.YES: ("yes", "yes"),
    VerdictKind.YES_WITH: ("yes", "yes"),
    VerdictKind.ASK: ("ask", "accent"),
    VerdictKind.DECLINE: ("decline", "caution"),
    VerdictKind.REFUSE: ("refuse", "guard"),
}
_ICONS = {
    VerdictKind.YES: "yes",
    VerdictKind.YES_WITH: "yes",
    VerdictKind.ASK: "ask",
    VerdictKind.DECLINE: "switch",
    VerdictKind.REFUSE: "shield",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the agent reports back on a prompt."""

    prompt: Prompt
    answer: Answer
    offer: Offer | None = None
    reason: str = ""


class PolicyPrompt(QFrame):
    """A verdict in one word and colour, a sentence to say, one key for each way on.

    Signals:
        answered: an Outcome.
        fact_given: fact key and value the agent chose as the answer to a question.
        opened: the agent wants to see an offered (uncertain) prompt in full.
    """

    answered = Signal(object)
    fact_given = Signal(str, str)
    opened = Signal(object)

    def __init__(self, theme: Theme, prompt: Prompt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompt = prompt
        self._theme = theme
        offered = prompt.match is Match.OFFER
        look, self._kind = _LOOKS[prompt.verdict.kind]
        self.setProperty("verdict", "offer" if offered else look)
        self.setAccessibleName(f"{word(prompt.verdict.kind)}: {prompt.verdict.title}")
        self._why = label(self._explanation(), "small", wrap=True)
        self._why.hide()
        self._news = label("", "small", wrap=True)
        self._news.setProperty("chip", "caution")
        self._news.hide()
        parts = [self._question()] if offered else self._full()
        column(*parts, parent=self, margin=MARGIN, gap=GAP)

    def show_news(self, text: str) -> None:
        """Say quietly what has changed since the agent looked last."""
        self._news.setText(text)
        self._news.setVisible(bool(text))

    def _question(self) -> QLayout:
        text = self.tr("About “{title}”?").format(title=self.prompt.verdict.title)
        show = button(self.tr("Show"), lambda: self.opened.emit(self.prompt), "quiet")
        hide = button(self.tr("No"), self._ignore, "quiet")
        text_label = label(text, wrap=True)
        layout = row(text_label, show, hide)
        layout.setStretch(0, 1)
        return layout

    def _full(self) -> list[QWidget | QLayout]:
        verdict = self.prompt.verdict
        parts: list[QWidget | QLayout] = [
            self._head(),
            self._news,
            label(verdict.wording.long, "say", wrap=True),
        ]
        if verdict.conditions:
            parts.append(label("\n".join(f"• {text}" for text in verdict.conditions), wrap=True))
        if verdict.missing and verdict.kind is VerdictKind.REFUSE:
            missing = self.tr("Missing: {proof}").format(proof=", ".join(verdict.missing))
            parts.append(label(missing, "small", wrap=True))
        parts += [
            self._offer(place, offer) for place, offer in enumerate(verdict.alternatives, start=1)
        ]
        if verdict.question and verdict.question.answers:
            parts.append(self._answers(verdict.question.fact, verdict.question.answers))
        elif verdict.question:
            parts.append(self._answer_field(verdict.question.fact, ", ".join(verdict.missing)))
        return [*parts, self._foot(), self._why]

    def _head(self) -> QLayout:
        colours = self._theme.colours
        verdict = self.prompt.verdict
        ink = _ink(colours, self._kind)
        badge = chip(word(verdict.kind), self._kind)
        close = QPushButton()
        close.setProperty("look", "quiet")
        close.setIcon(icon("close", colours.muted))
        close.setAccessibleName(self.tr("Hide this prompt"))
        close.clicked.connect(self._ignore)
        line = row(icon_label(_ICONS[verdict.kind], ink), badge, None, close)
        return column(line, label(verdict.title, "strong", wrap=True), gap=TIGHT)

    def _offer(self, place: int, offer: Offer) -> QPushButton:
        about = [word(offer.owner), self._within(offer.within_hours)]
        if offer.cost and offer.cost.minor:
            about.append(self.tr("costs us {amount}").format(amount=amount(offer.cost)))
        accepted = Outcome(self.prompt, Answer.ACCEPTED, offer)
        made = ChoiceButton(
            f"{place}   {offer.text}", " · ".join(about), lambda: self.answered.emit(accepted)
        )
        made.setToolTip(self.tr("The customer accepts this (Alt+{key})").format(key=place))
        made.setShortcut(f"Alt+{place}")
        return made

    def _answers(self, fact: str, answers: tuple[str, ...]) -> QWidget:
        holder = QWidget()
        layout = row(parent=holder, gap=TIGHT)
        for answer in answers:
            layout.addWidget(
                button(self._spoken(answer), partial(self.fact_given.emit, fact, answer))
            )
        layout.addStretch(1)
        return holder

    def _answer_field(self, fact: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name or fact)
        field.returnPressed.connect(lambda: self.fact_given.emit(fact, field.text().strip()))
        return field

    def _foot(self) -> QLayout:
        kind = self.prompt.verdict.kind
        parts: list[QWidget | None] = []
        if kind in (VerdictKind.YES, VerdictKind.YES_WITH):
            parts.append(button(self.tr("&Done"), lambda: self._answer(Answer.ACCEPTED), "primary"))
        if kind in (VerdictKind.YES_WITH, VerdictKind.DECLINE):
            parts.append(self._declined())
        if kind is VerdictKind.REFUSE:
            parts.append(
                button(self.tr("&Understood"), lambda: self._answer(Answer.ACCEPTED), "primary")
            )
        parts += [button(self.tr("Why?"), self._toggle_why, "quiet"), None]
        return row(*parts, gap=TIGHT)

    def _declined(self) -> QPushButton:
        made = button(self.tr("Customer declines"), lambda: None, "menu")
        menu = QMenu(made)
        for reason in self._reasons():
            action = QAction(reason, menu)
            action.triggered.connect(lambda _on, text=reason: self._answer(Answer.DECLINED, text))
            menu.addAction(action)
        made.setMenu(menu)
        return made

    def _reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Too late for me"),
            self.tr("Costs too much"),
            self.tr("I want only what I asked for"),
            self.tr("I will think about it"),
            self.tr("Another reason"),
        )

    def _answer(self, answer: Answer, reason: str = "") -> None:
        self.answered.emit(Outcome(self.prompt, answer, reason=reason))

    def _ignore(self) -> None:
        self._answer(Answer.IGNORED)

    def _explanation(self) -> str:
        verdict = self.prompt.verdict
        lines = [self.tr("Heard: {evidence}").format(evidence=self.prompt.evidence)]
        lines += verdict.reasons
        lines += [
            self.tr("{condition}: {truth} (seen: {value}, from {source})").format(
                condition=item.condition,
                truth=word(item.truth),
                value=item.value or "–",
                source=item.source or "–",
            )
            for item in verdict.why
        ]
        lines.append(f"{verdict.policy_id} v{verdict.policy_version}")
        return "\n".join(lines)

    def _toggle_why(self) -> None:
        self._why.setVisible(not self._why.isVisible())

    def _within(self, hours: int) -> str:
        if hours == 0:
            return self.tr("at once")
        if hours < 24:  # noqa: PLR2004  hours of a day
            return self.tr("within %n hour(s)", "", hours)
        return self.tr("within %n day(s)", "", round(hours / 24))

    def _spoken(self, value: str) -> str:
        return {"yes": self.tr("Yes"), "no": self.tr("No")}.get(value, value)


def _ink(colours: Colours, kind: str) -> str:
    return str(getattr(colours, kind))
