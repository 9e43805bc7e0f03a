# SPDX-License-Identifier: Apache-2.0
"""One prompt in full, from its verdict down to why. Made anew for every verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QScrollArea, QWidget

from agentassist.domain.verdict import (
    Answer,
    ConditionResult,
    Offer,
    Pressure,
    Prompt,
    Tone,
    Truth,
    Verdict,
    VerdictKind,
)
from agentassist.ui.ask_box import AskBox
from agentassist.ui.offer_list import NeedList, OfferList
from agentassist.ui.prompt_foot import PromptFoot
from agentassist.ui.prompt_outcomes import Outcome
from agentassist.ui.prompt_parts import Badge, Keys, bullets, icon_button
from agentassist.ui.prompt_words import (
    category_word,
    limit_words,
    pressure_word,
    source_words,
    value_words,
)
from agentassist.ui.say_box import SayBox
from agentassist.ui.theme import Colours
from agentassist.ui.why_box import WhyBox
from agentassist.ui.widgets import GAP, TIGHT, Flow, chip, column, label, row


@dataclass(slots=True)
class Shown:
    """What the agent chose to see of a prompt: it outlives the verdict."""

    tone: Tone = Tone.CALM
    short: bool = False
    why: bool = False
    read_only: bool = False


class PromptView(QWidget):
    """Signals:
    answered: an Outcome.
    fact_given: fact key and value.
    need_chosen: policy id and need, empty to skip.
    override_wanted: the Prompt.
    find_out_wanted: the Prompt that nobody can answer now.
    tone: a Tone.
    why_wanted: the Prompt, once the explanation is open.
    """

    answered = Signal(object)
    fact_given = Signal(str, str)
    need_chosen = Signal(str, str)
    override_wanted = Signal(object)
    find_out_wanted = Signal(object)
    tone = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, prompt: Prompt, colours: Colours, shown: Shown, keys: Keys) -> None:
        super().__init__()
        self._prompt = prompt
        self._colours = colours
        self._shown = shown
        self._keys = keys
        self.say = self._say()
        self.foot = self._foot()
        parts = [self._head(), self.say, *self._middle(prompt.verdict), None, self.foot]
        self._layout = column(*parts, parent=self, gap=GAP)
        self.why: WhyBox | None = None
        if shown.why:
            self._explain()

    def show_tone(self, tone: Tone) -> None:
        """Say it in another tone."""
        self._shown.tone = tone
        self.say.show_wording(tone, short=self._shown.short)

    def _head(self) -> QLayout:
        verdict = self._prompt.verdict
        parts: list[QWidget | None] = [Badge(verdict.kind, self._colours)]
        if verdict.category:
            parts.append(chip(category_word(verdict.category), "guard"))
        if verdict.conditions:
            parts.append(chip(self.tr("%n condition(s)", "", len(verdict.conditions)), "yes"))
        parts.append(None)
        if not self._shown.read_only:
            parts.append(self._close())
        return column(row(*parts), label(verdict.title, "strong", wrap=True), gap=TIGHT)

    def _close(self) -> QPushButton:
        hide = Outcome(self._prompt, Answer.IGNORED)
        hint = self.tr("Hide this prompt")
        return icon_button("close", self._colours.muted, lambda: self.answered.emit(hide), hint)

    def _say(self) -> SayBox:
        box = SayBox(self._prompt.verdict, self._colours, self._keys)
        box.show_wording(self._shown.tone, short=self._shown.short)
        box.tone_chosen.connect(self._choose_tone)
        box.short_chosen.connect(self._choose_length)
        return box

    def _choose_tone(self, tone: Tone) -> None:
        self._shown.tone = tone
        self.tone.emit(tone)

    def _choose_length(self, short: bool) -> None:  # noqa: FBT001  a signal's value
        self._shown.short = short

    def _middle(self, verdict: Verdict) -> Iterator[QWidget]:
        """Yield what stands between the sentence and the buttons."""
        if verdict.conditions:
            yield label(bullets(verdict.conditions), wrap=True)
        if (
            told := limit_words(verdict.authority)
            if verdict.kind is not VerdictKind.DECLINE
            else ""
        ):
            yield self._limit(told, within=verdict.authority.within)
        if verdict.question:
            yield AskBox(verdict, verdict.question, self._keys, self.fact_given.emit)
        if verdict.discovery:
            yield NeedList(verdict.discovery, self._keys, self._choose_need)
        elif verdict.alternatives:
            yield OfferList(verdict, self._keys, self._take)
        if verdict.kind is VerdictKind.REFUSE:
            yield from self._protection(verdict, self._prompt.pressure)

    def _limit(self, told: str, *, within: bool) -> QLabel:
        made = label(told, "small" if within else "signed", wrap=True)
        made.setAccessibleName(told)
        return made

    def _protection(self, verdict: Verdict, pressure: tuple[Pressure, ...]) -> Iterator[QWidget]:
        """Yield what proof is missing, and what pushes past it."""
        if verdict.missing:
            lines = [self._lacking(name, verdict.why) for name in verdict.missing]
            title = label(self.tr("Proof that is missing"), "section", wrap=True)
            holder = QWidget()
            column(title, label(bullets(lines), wrap=True), parent=holder, gap=TIGHT)
            yield holder
        if pressure:
            pressing = Flow(TIGHT)
            pressing.add(label(self.tr("Pressing:"), "small"))
            for kind in pressure:
                pressing.add(chip(pressure_word(kind), "guard"))
            pressing.add(label(self.tr("Stay kind and firm."), "small"))
            yield pressing

    def _lacking(self, name: str, why: tuple[ConditionResult, ...]) -> str:
        seen = next((x for x in why if x.name == name and x.value), None)
        if seen is None:
            return self.tr("{proof}: not known").format(proof=name)
        source = source_words(seen.source, seen.age_seconds)
        if seen.truth is Truth.UNKNOWN:
            return self.tr("{proof}: too old ({source})").format(proof=name, source=source)
        value = value_words(seen.value, seen.names)
        return self.tr("{proof}: {value} ({source})").format(proof=name, value=value, source=source)

    def _choose_need(self, need: str) -> None:
        self.need_chosen.emit(self._prompt.verdict.policy_id, need)

    def _take(self, offer: Offer) -> None:
        self.answered.emit(Outcome(self._prompt, Answer.ACCEPTED, offer))

    def _foot(self) -> PromptFoot:
        foot = PromptFoot(self._prompt, self._keys)
        foot.answered.connect(self.answered)
        foot.override_wanted.connect(self.override_wanted)
        foot.find_out_wanted.connect(self.find_out_wanted)
        foot.why_toggled.connect(self._toggle_why)
        if self._shown.read_only:
            foot.show_why_only()
        return foot

    def _toggle_why(self) -> None:
        self._shown.why = not self._shown.why
        if self._shown.why:
            self._explain()
            self.why_wanted.emit(self._prompt)
            QTimer.singleShot(0, self, self._bring_up_why)
        elif self.why:
            self.why.hide()

    def _explain(self) -> None:
        """Make the explanation when it is wanted first: it is half of all that a card shows."""
        if self.why is None:
            self.why = WhyBox(self._prompt)
            self._layout.addWidget(self.why)
        self.why.show()

    def _bring_up_why(self) -> None:
        """Scroll the explanation into sight: it is longer than the card."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        content = area.widget() if area is not None else None
        if area is not None and content is not None:
            top = self.foot.mapTo(content, QPoint(0, 0)).y()
            area.verticalScrollBar().setValue(top - GAP)
