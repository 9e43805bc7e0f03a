# SPDX-License-Identifier: Apache-2.0
"""What may be done for the customer: an inline card, never a dialog, never over the typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QWidget

from agentassist.domain.verdict import Answer, Match, Prompt, Tone
from agentassist.domain.ways_to_yes import Way
from agentassist.ui.icons import icon_label
from agentassist.ui.prompt_outcomes import Outcome
from agentassist.ui.prompt_parts import Badge, Keys, icon_button, look
from agentassist.ui.prompt_view import PromptView, Shown
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    button,
    column,
    holds_focus,
    label,
    restyle,
    row,
)
from agentassist.ui.words import word

__all__ = ["Outcome", "PolicyPrompt"]


class PolicyPrompt(QFrame):
    """A verdict in one word, colour and shape, a sentence to say, one key for each way on.

    It keeps its place, and never gets smaller, while facts arrive. Unsure matches and folded
    cards are one line. Panels of others stand in `below`.

    Signals:
        answered: an Outcome.
        fact_given: fact key and value the agent chose as the answer to a question.
        need_chosen: policy id and the need the customer named, empty where they would not say.
        opened: the Prompt of an unsure match, or of a folded card, that is wanted in full.
        override_wanted: the Prompt of a yes that has to be signed, or goes against the verdict.
        find_out_wanted: the Prompt that nobody can answer now.
        tone: the Tone that the agent chose.
        why_wanted: the Prompt whose explanation was opened; answer it with `show_ways`.
    """

    answered = Signal(object)
    fact_given = Signal(str, str)
    need_chosen = Signal(str, str)
    opened = Signal(object)
    override_wanted = Signal(object)
    find_out_wanted = Signal(object)
    tone = Signal(object)
    why_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        prompt: Prompt,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.prompt = prompt
        self._theme = theme
        self._inked = theme.colours
        self._shown = Shown(read_only=read_only)
        self._folded = self._in_front = False
        self._keys = Keys()
        self._view: PromptView | None = None
        self._told = label("", "signed", wrap=True)
        self._told.hide()
        self.below = column(gap=GAP)
        self._content = QWidget()
        self._parts = column(
            self._told, self._content, self.below, parent=self, margin=MARGIN, gap=GAP
        )
        self._next_tone = QShortcut(QKeySequence("Alt+E"), self, self._turn_tone)
        self._next_tone.setEnabled(False)
        self._fill()

    def show_prompt(self, prompt: Prompt) -> None:
        """Put another verdict in this one's place; the agent's tone and length stay."""
        self.prompt = prompt
        self._refill()

    def show_tone(self, tone: Tone) -> None:
        """Say it in a tone; nothing is told."""
        self._shown.tone = tone
        if self._view:
            self._view.show_tone(tone)

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show what would make it a yes."""
        if self._view and self._view.why:
            self._view.why.show_ways(ways)

    @property
    def told(self) -> str:
        """What was said last to have changed."""
        return self._told.text()

    def explain(self) -> None:
        """Open why, or close it again."""
        if self._view:
            self._view.foot.why.click()

    def tell(self, text: str) -> None:
        """Say in a quiet line what has changed; empty takes it away."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def bring_to_front(self, *, on: bool) -> None:
        """Give this card the keys, or take them away."""
        self._in_front = on
        self._keys.switch(on=on)
        self._next_tone.setEnabled(on and self._view is not None)

    def fold(self, *, on: bool) -> None:
        """Leave one line of the card, or show it in full again."""
        if on is not self._folded:
            self._folded = on
            self.setMinimumHeight(0)
            self._refill()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._inked is not self._theme.colours:
            self._refill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Forget the height to keep when the text wraps at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.setMinimumHeight(0)

    @property
    def explained(self) -> bool:
        """True while the agent reads why."""
        return self._view is not None and self._shown.why

    @property
    def _is_line(self) -> bool:
        return self._folded or self.prompt.match is Match.OFFER

    def _refill(self) -> None:
        """Make the content anew without a flicker; focus and height stay where they were."""
        focused = holds_focus(self._content)
        kept = self.height() if self.isVisible() and not self._is_line and self._view else 0
        self.setUpdatesEnabled(False)
        old, self._keys = self._content, Keys()
        self._content = QWidget()
        self._parts.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        self._fill()
        self._content.show()
        self.setMinimumHeight(kept)
        self.setUpdatesEnabled(True)
        if focused and (first := self._content.findChild(QPushButton)):
            first.setFocus()

    def _fill(self) -> None:
        self._inked = self._theme.colours
        verdict = self.prompt.verdict
        shown = look(verdict.kind).style
        style = f"chip-{shown}" if self._is_line else shown
        if self.property("verdict") != style:
            restyle(self, "verdict", style)
        self.setAccessibleName(f"{word(verdict.kind)}: {verdict.title}")
        self._view = None if self._is_line else self._full()
        self._parts.setContentsMargins(*_margins(line=self._is_line))
        layout = column(parent=self._content)
        if self._view:
            layout.addWidget(self._view)
        else:
            layout.addLayout(self._folded_line() if self._folded else self._question())
        for pressed in self._content.findChildren(QPushButton):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the typing alone
        self.bring_to_front(on=self._in_front)

    def _full(self) -> PromptView:
        view = PromptView(self.prompt, self._theme.colours, self._shown, self._keys)
        view.answered.connect(self.answered)
        view.fact_given.connect(self.fact_given)
        view.need_chosen.connect(self.need_chosen)
        view.override_wanted.connect(self.override_wanted)
        view.find_out_wanted.connect(self.find_out_wanted)
        view.tone.connect(self.tone)
        view.why_wanted.connect(self.why_wanted)
        return view

    def _question(self) -> QLayout:
        """Return an unsure match as one line; a protected one has its shield and a key."""
        verdict = self.prompt.verdict
        guarded = bool(verdict.category)
        ink = self._theme.colours.guard if guarded else self._theme.colours.muted
        text = self.tr("About “{title}”?").format(title=verdict.title)
        show = button(self.tr("Show"), self._open, "quiet")
        if guarded:
            self._keys.add(show, "Alt+P")
        return _line(
            icon_label("shield" if guarded else "ask", ink), text, show, self._hide_button()
        )

    def _folded_line(self) -> QLayout:
        badge = Badge(self.prompt.verdict.kind, self._theme.colours)
        show = button(self.tr("Show"), self._open, "quiet")
        return _line(badge, self.prompt.verdict.title, show, self._hide_button())

    def _hide_button(self) -> QPushButton:
        ink, hint = self._theme.colours.muted, self.tr("Hide this prompt")
        return icon_button("close", ink, self._ignore, hint)

    def _open(self) -> None:
        self.opened.emit(self.prompt)

    def _ignore(self) -> None:
        self.answered.emit(Outcome(self.prompt, Answer.IGNORED))

    def _turn_tone(self) -> None:
        if self._view:
            self._view.say.next_tone()


def _margins(*, line: bool) -> tuple[int, int, int, int]:
    return (MARGIN, TIGHT, TIGHT, TIGHT) if line else (MARGIN, MARGIN, MARGIN, MARGIN)


def _line(mark: QWidget, text: str, *ways: QPushButton) -> QLayout:
    text_label = label(text, wrap=True)
    layout = row(mark, text_label, *ways, gap=TIGHT)
    layout.setStretch(1, 1)
    return layout
