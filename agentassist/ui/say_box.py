# SPDX-License-Identifier: Apache-2.0
"""The sentence to say: large, in three tones, in full or in 140 characters, ready to copy."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.domain.verdict import Tone, Verdict
from agentassist.domain.wording import CHARACTERS
from agentassist.ui.prompt_parts import Keys, OneOf, icon_button
from agentassist.ui.prompt_words import tone_word
from agentassist.ui.theme import Colours
from agentassist.ui.widgets import GAP, TIGHT, button, column, label, row

_TONES = tuple(Tone)


class SayBox(QFrame):
    """Shows one wording of a verdict at a time.

    Signals:
        tone_chosen: a Tone.
        short_chosen: True for the short wording.
    """

    tone_chosen = Signal(object)
    short_chosen = Signal(bool)

    def __init__(
        self, verdict: Verdict, colours: Colours, keys: Keys, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "speech")
        self._verdict = verdict
        self._tone, self._is_short = Tone.CALM, False
        self._text = label("", "say", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._count = label("", "small")
        names = (tone_word(tone) for tone in _TONES)
        self._tones = OneOf(names, self._choose, self.tr("How the customer sounds"))
        self._short = self._short_button(keys)
        foot = row(self._tones, self._short, self._count, self._copy_button(colours, keys), gap=GAP)
        foot.setStretch(0, 1)
        layout = column(self._text, foot, parent=self, gap=TIGHT)
        layout.setContentsMargins(GAP, GAP, GAP, TIGHT)
        self._tones.setToolTip("Alt+E")
        self.show_wording(self._tone, short=False)

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def show_wording(self, tone: Tone, *, short: bool) -> None:
        """Show the sentence of a tone, in full or short."""
        self._tone, self._is_short = tone, short
        said = self._verdict.said(tone)
        text = (said.short or said.long) if short else said.long
        self._text.setText(text)
        self._text.setAccessibleName(self.tr("Say: {sentence}").format(sentence=text))
        self._count.setText(f"{len(text)}/{CHARACTERS}" if short else "")
        self._tones.choose(_TONES.index(tone))
        self._short.setChecked(short)

    def next_tone(self) -> None:
        """Go on to the next tone, round and round."""
        self._choose((_TONES.index(self._tone) + 1) % len(_TONES))

    def _choose(self, place: int) -> None:
        self.show_wording(_TONES[place], short=self._is_short)
        self.tone_chosen.emit(_TONES[place])

    def _short_button(self, keys: Keys) -> QPushButton:
        made = button(self.tr("Short"), self._toggle, "toggle", self.tr("At most 140 characters"))
        made.setCheckable(True)
        keys.add(made, "Alt+S")
        return made

    def _toggle(self) -> None:
        self.show_wording(self._tone, short=not self._is_short)
        self.short_chosen.emit(self._is_short)

    def _copy_button(self, colours: Colours, keys: Keys) -> QPushButton:
        made = icon_button("copy", colours.accent, self._copy, self.tr("Copy the sentence"))
        keys.add(made, "Alt+0")
        return made

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
