# SPDX-License-Identifier: Apache-2.0
"""The policy read back as sentences, in both languages; a sentence leads to its rule."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from agentassist.domain.policy_speech import Spoken
from agentassist.ui.widgets import GAP, TIGHT, button, clear, column, em, label, row

_LANGUAGES = (("en", "English"), ("ko", "한국어"))


class Sentence(QPushButton):
    """A sentence that wraps, set in by its depth; pressing it leads to its rule."""

    def __init__(self, spoken: Spoken) -> None:
        super().__init__()
        self.setProperty("look", "spoken")
        self.setAccessibleName(spoken.text)
        text = label(spoken.text, "" if spoken.depth else "strong", wrap=True)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        dot = label("•" if spoken.depth else "", "muted")
        dot.setVisible(bool(spoken.depth))
        dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line = row(column(dot, None), text, parent=self, gap=TIGHT)
        self._line.setContentsMargins(TIGHT + em(0.9) * max(0, spoken.depth - 1), 2, TIGHT, 2)
        self._line.setStretch(1, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Height depends on how the sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the sentence at this width, in pixels."""
        return self._line.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the height that the sentence takes at the present width."""
        width = max(self.width(), em(12))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line; what wrapping adds, `heightForWidth` says."""
        return QSize(1, em(1) + TIGHT)


class LabSpeech(QWidget):
    """Shows what the policy says, one language at a time.

    Signals:
        chosen: the path, in the file, of the rule that a sentence tells of.
    """

    chosen = Signal(object)

    def __init__(self, language: str) -> None:
        super().__init__()
        self._said: Mapping[str, Sequence[Spoken]] = {}
        self._language = language
        self._tabs: dict[str, QPushButton] = {}
        for key, name in _LANGUAGES:
            made = button(name, partial(self.speak, key), "filter")
            made.setCheckable(True)
            self._tabs[key] = made
        self._list: QVBoxLayout = column(gap=0)
        self._problem = label("", "fault", wrap=True)
        self._problem.hide()
        head = row(label(self.tr("Read back"), "heading"), None, *self._tabs.values(), gap=TIGHT)
        column(head, self._problem, self._list, parent=self, gap=GAP)
        self.speak(language)

    def show_speech(self, said: Mapping[str, Sequence[Spoken]]) -> None:
        """Show sentences by language; what is shown already stays."""
        self._problem.hide()
        if said != self._said:
            self._said = said
            self._fill()

    def show_problem(self, text: str) -> None:
        """Say why there is nothing to read back; the last sentences stay."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def speak(self, language: str) -> None:
        """Switch to a language."""
        for key, made in self._tabs.items():
            made.setChecked(key == language)
        if language != self._language:
            self._language = language
            self._fill()

    def clear(self) -> None:
        """Say nothing."""
        self.show_speech({})

    def _fill(self) -> None:
        clear(self._list)
        for spoken in self._said.get(self._language, ()):
            made = Sentence(spoken)
            made.clicked.connect(partial(self.chosen.emit, spoken.path))
            self._list.addWidget(made)
            made.show()  # else it would come an event later, and the list would flicker
