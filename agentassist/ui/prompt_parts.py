# SPDX-License-Identifier: Apache-2.0
"""Small pieces of a prompt: the badge, keys on what can be pressed, chips to choose one of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QSizePolicy

from agentassist.domain.verdict import VerdictKind
from agentassist.ui.icons import icon, icon_label
from agentassist.ui.theme import Colours
from agentassist.ui.widgets import TIGHT, ChoiceButton, Flow, button, em, label, row
from agentassist.ui.words import word

_ROOM = 10
_LOOKS = {
    VerdictKind.YES: ("yes", "yes", "yes"),
    VerdictKind.YES_WITH: ("yes", "yes", "yes"),
    VerdictKind.ASK: ("ask", "accent", "ask"),
    VerdictKind.DECLINE: ("decline", "caution", "switch"),
    VerdictKind.REFUSE: ("refuse", "guard", "shield"),
}

_ONE_WORD = {VerdictKind.YES_WITH: VerdictKind.YES}
"""A yes with conditions is a yes: what goes with it stands beside."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of verdict looks: its style, its colour and its icon, never one of them alone."""

    style: str
    colour: str
    icon: str

    def ink(self, colours: Colours) -> str:
        """Return the colour of this look in a palette."""
        return str(getattr(colours, self.colour))


def look(kind: VerdictKind) -> Look:
    """Return how a kind of verdict looks."""
    return Look(*_LOOKS[kind])


class Badge(QFrame):
    """The verdict in one word, with colour, icon and a shape of its own."""

    def __init__(self, kind: VerdictKind, colours: Colours) -> None:
        super().__init__()
        shown = look(kind)
        self.setProperty("badge", shown.style)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        text = label(word(_ONE_WORD.get(kind, kind)), "badge")
        text.setProperty("ink", shown.style)
        ink = colours.guard_soft if kind is VerdictKind.REFUSE else shown.ink(colours)
        layout = row(icon_label(shown.icon, ink), text, parent=self, gap=TIGHT)
        layout.setContentsMargins(_ROOM, TIGHT, _ROOM, TIGHT)


class Keys:
    """What the keys of a card do: kept together, so that only the card in front has them."""

    def __init__(self) -> None:
        self._buttons: list[tuple[QPushButton, str]] = []
        self._on = False

    def add(self, pressed: QPushButton, keys: str) -> None:
        """Let keys press a button, as long as they are on; its tip names them."""
        self._buttons.append((pressed, keys))
        tip = pressed.toolTip()
        pressed.setToolTip(f"{tip} ({keys})" if tip else keys)
        if self._on:
            pressed.setShortcut(QKeySequence(keys))

    def switch(self, *, on: bool) -> None:
        """Give the keys to the buttons, or take them away."""
        self._on = on
        for pressed, keys in self._buttons:
            pressed.setShortcut(QKeySequence(keys if on else ""))


def choice(place: int, text: str, about: str, pressed: Callable[[], object]) -> ChoiceButton:
    """Return a button of two lines with the number of its key before them."""
    made = ChoiceButton(text, about, lambda: pressed(), mark=key_cap(str(place)), look="choice")
    made.setAccessibleName(f"{place}: {', '.join(filter(None, (text, about)))}")
    return made


def key_cap(text: str) -> QLabel:
    """Return a key as it looks on a keyboard."""
    made = label(text, "key")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def answer(place: int, text: str, pressed: Callable[[], object]) -> QPushButton:
    """Return a small button with the number of its key."""
    made = button(f"{place}  {text}", pressed, "answer")
    made.setAccessibleName(f"{place}: {text}")
    return made


class OneOf(Flow):
    """A row of small toggles of which one is down."""

    def __init__(self, names: Iterable[str], chosen: Callable[[int], object], called: str) -> None:
        super().__init__(gap=0)
        self._group = QButtonGroup(self)
        for place, name in enumerate(names):
            made = QPushButton(name)
            made.setCheckable(True)
            made.setProperty("look", "toggle")
            made.setAccessibleName(f"{called}: {name}")
            self._group.addButton(made, place)
            self.add(made)
        self._group.idClicked.connect(chosen)

    def choose(self, place: int) -> None:
        """Put one down, without telling."""
        self._group.button(place).setChecked(True)


def flow(*parts: QPushButton | None, gap: int = TIGHT) -> Flow:
    """Return buttons that wrap like words; what is None is left out."""
    made = Flow(gap)
    for part in filter(None, parts):
        made.add(part)
    return made


def icon_button(name: str, ink: str, pressed: Callable[[], object], hint: str) -> QPushButton:
    """Return a quiet button that is only an icon, as high as the text; `hint` is its name."""
    made = button("", pressed, "act", hint)
    made.setIcon(icon(name, ink))
    made.setIconSize(QSize(em(), em()))
    return made


def bullets(lines: Sequence[str]) -> str:
    """Return lines as a list."""
    return "\n".join(f"• {line}" for line in lines)
