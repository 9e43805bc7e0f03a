# SPDX-License-Identifier: Apache-2.0
"""Why: what was heard, each condition with what was seen, the order of the offers, ways to a yes.

What decided stands first; the conditions that had no part in it are folded away.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QWidget

from agentassist.domain.verdict import ConditionResult, Prompt, Truth, VerdictKind
from agentassist.domain.ways_to_yes import Way
from agentassist.ui.prompt_parts import bullets
from agentassist.ui.prompt_words import (
    condition_words,
    order_words,
    source_words,
    value_words,
    way_words,
)
from agentassist.ui.widgets import GAP, TIGHT, button, column, label, row
from agentassist.ui.words import word

_MARKS = {Truth.TRUE: "✓", Truth.FALSE: "✕", Truth.UNKNOWN: "?"}
_YES = (VerdictKind.YES, VerdictKind.YES_WITH)
_SHOWN = 4


class WhyBox(QFrame):
    """The explanation of one prompt. The ways to a yes come later, by `show_ways`."""

    def __init__(self, prompt: Prompt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self.setAccessibleName(self.tr("Why"))
        self._prompt = prompt
        self._ways = label("", wrap=True)
        self._ways_title = self._title(self.tr("It would be a yes with"))
        if prompt.verdict.kind in _YES:
            self._ways_title.hide()
            self._ways.hide()
        column(*self._parts(), parent=self, margin=GAP, gap=TIGHT)

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show what would make it a yes."""
        nothing = self.tr("Nothing that can be found out in this contact.")
        self._ways.setText(bullets([way_words(way) for way in ways]) if ways else nothing)

    def _parts(self) -> list[QWidget | QLayout]:
        verdict = self._prompt.verdict
        parts: list[QWidget | QLayout] = []
        if self._prompt.evidence:
            heard = self.tr("Heard: {evidence}").format(evidence=f"“{self._prompt.evidence}”")
            parts.append(label(heard, "small", wrap=True))
        if verdict.reasons:
            parts += [self._title(self.tr("Because")), label(bullets(verdict.reasons), wrap=True)]
        parts += self._conditions()
        if verdict.kind is VerdictKind.DECLINE and len(verdict.alternatives) > 1:
            parts += [self._title(self.tr("In this order because")), self._order()]
        parts += [self._ways_title, self._ways]
        about = self.tr("Policy {policy}, version {version}, bundle {bundle}")
        text = about.format(
            policy=verdict.guarded_by or verdict.policy_id,
            version=verdict.policy_version,
            bundle=verdict.bundle[:8],
        )
        parts.append(label(text, "small", wrap=True))
        return parts

    def _title(self, text: str) -> QLabel:
        return label(text, "section", wrap=True)

    def _order(self) -> QLabel:
        lines = [order_words(offer) for offer in self._prompt.verdict.alternatives]
        numbered = (f"{place}  {line}" for place, line in enumerate(lines, start=1))
        return label("\n".join(numbered), wrap=True)

    def _conditions(self) -> list[QWidget | QLayout]:
        results = _decisive_first(self._prompt)
        if not results:
            return []
        first, rest = results[:_SHOWN], results[_SHOWN:]
        parts: list[QWidget | QLayout] = [self._title(self.tr("Looked at")), _table(first)]
        if rest:
            folded = _table(rest)
            folded.hide()
            parts += [row(self._more(folded, len(rest)), None), folded]
        return parts

    def _more(self, folded: QWidget, number: int) -> QPushButton:
        def unfold() -> None:
            folded.show()
            made.hide()

        made = button(self.tr("%n more condition(s)", "", number), unfold, "act")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made


def _decisive_first(prompt: Prompt) -> list[ConditionResult]:
    """Put first what decided: what was true of a decline, unknown of a question, false of a yes."""
    deciding = {
        VerdictKind.ASK: Truth.UNKNOWN,
        VerdictKind.DECLINE: Truth.TRUE,
        VerdictKind.REFUSE: Truth.UNKNOWN,
        VerdictKind.YES: Truth.FALSE,
        VerdictKind.YES_WITH: Truth.TRUE,
    }[prompt.verdict.kind]
    others = [truth for truth in (Truth.UNKNOWN, Truth.TRUE, Truth.FALSE) if truth is not deciding]
    order = [deciding, *others]
    return sorted(prompt.verdict.why, key=lambda item: order.index(item.truth))


def _table(results: Sequence[ConditionResult]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(TIGHT)
    grid.setColumnStretch(1, 1)
    for line, item in enumerate(results):
        mark = label(_MARKS[item.truth], "mark")
        mark.setProperty("truth", item.truth.value)
        mark.setToolTip(word(item.truth))
        mark.setAccessibleName(word(item.truth))
        grid.addWidget(mark, line, 0)
        seen = f"{value_words(item.value, item.names)} · " if item.value else ""
        about = seen + (source_words(item.source, item.age_seconds) or word(item.truth))
        text = label(condition_words(item), wrap=True)
        text.setAccessibleName(f"{condition_words(item)}: {word(item.truth)}, {about}")
        grid.addLayout(column(text, label(about, "small", wrap=True), gap=0), line, 1)
    return holder
