# SPDX-License-Identifier: Apache-2.0
"""The missing fact as something to answer: buttons, a field, or one key for what is on record."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from agentassist.domain.verdict import ConditionResult, Question, Verdict
from agentassist.ui.money_text import as_fact
from agentassist.ui.prompt_parts import Keys, answer
from agentassist.ui.prompt_words import answer_words, source_words, value_words
from agentassist.ui.widgets import GAP, TIGHT, Flow, button, column, label, row

Give = Callable[[str, str], object]


class AskBox(QWidget):
    """Below the sentence that asks. `give` takes the fact and its value, as facts are written."""

    def __init__(
        self,
        verdict: Verdict,
        question: Question,
        keys: Keys,
        give: Give,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._give = give
        self._keys = keys
        self._place = 0
        old = next((x for x in verdict.why if x.fact == question.fact and x.value), None)
        parts: list[QWidget] = []
        answers = Flow(GAP)
        if old is not None:
            parts.append(label(self._on_record(old), "small", wrap=True))
            self._add(
                answers,
                self.tr("Still so: {value}").format(value=value_words(old.value, old.names)),
                old.value,
            )
        for value in question.answers:
            if old is not None and value == old.value:
                continue
            self._add(answers, answer_words(value, question.names), value)
        if self._place:
            parts.append(answers)
        if not question.answers:
            parts.append(self._field(", ".join(verdict.missing)))
        column(*parts, parent=self, gap=TIGHT)

    def _add(self, answers: Flow, text: str, value: str) -> None:
        self._place += 1
        made = answer(self._place, text, partial(self._give, self._question.fact, value))
        self._keys.add(made, f"Alt+{self._place}")
        answers.add(made)

    def _on_record(self, old: ConditionResult) -> str:
        text = self.tr("On record: {value} ({source}). Too old to count on.")
        source = source_words(old.source, old.age_seconds)
        return text.format(value=value_words(old.value, old.names), source=source)

    def _field(self, name: str) -> QWidget:
        holder = QWidget()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self._hint(name))
        self.field.setAccessibleName(name or self._question.fact)
        self.field.returnPressed.connect(self._enter)
        take = button(self.tr("Enter"), self._enter)
        layout = row(self.field, take, parent=holder)
        layout.setStretch(0, 1)
        return holder

    def _hint(self, name: str) -> str:
        low, high = (value_words(end) for end in (self._question.low, self._question.high))
        if not low:
            return name
        return self.tr("{name}: {low} to {high}").format(name=name, low=low, high=high)

    def _enter(self) -> None:
        text = self.field.text().strip()
        if not text:
            return
        currency = self._question.currency
        self._give(self._question.fact, as_fact(text, currency) if currency else text)
