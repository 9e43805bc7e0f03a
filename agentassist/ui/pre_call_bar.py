# SPDX-License-Identifier: Apache-2.0
"""What the caller told a bot or a menu already, in one line: nobody says it twice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.call import Speaker
from agentassist.domain.customer import ContactKind
from agentassist.domain.identity import Identifier
from agentassist.domain.pre_call import PreCall
from agentassist.ui.points_box import masked_end
from agentassist.ui.widgets import MARGIN, TIGHT, button, column, em, label, row, scrolled

_LINES_SHOWN = 60
_HEIGHT = 8


class PreCallBar(QFrame):
    """Hidden when nothing came with the call; the talk with a bot opens below the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "told")
        self.setAccessibleName(self.tr("Before the call"))
        self._told = label("", wrap=True)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = button(self.tr("Show the talk"), self._toggle, "quiet")
        self._talk = label("", wrap=True)
        self._talk.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._area = scrolled(self._talk)
        self._area.setFixedHeight(em(_HEIGHT))
        line = row(self._told, self._open)
        line.setStretch(0, 1)
        layout = column(line, self._area, parent=self, gap=TIGHT)
        layout.setContentsMargins(MARGIN, TIGHT, MARGIN, TIGHT)
        self.clear()

    def show_told(self, told: PreCall) -> None:
        """Show what came with a call; nothing where there is nothing to spare the caller."""
        self.setVisible(told.told)
        self._told.setText(self._says(told))
        self._open.setVisible(bool(told.said))
        talk = (self._line(who, said) for who, said in told.said[-_LINES_SHOWN:])
        self._talk.setText("\n".join(talk))
        self._area.hide()
        self._name_button()

    def clear(self) -> None:
        """Show nothing."""
        self.show_told(PreCall())

    def _says(self, told: PreCall) -> str:
        to_whom = self.tr("Told the bot:") if told.said else self.tr("Told the menu:")
        parts = [told.intent, *(_shown(item) for item in told.identifiers)]
        if told.tried:
            parts.append(self.tr("tried: {steps}").format(steps=", ".join(told.tried)))
        said = " · ".join(filter(None, parts)) or self.tr("see the talk")
        return f"{to_whom} {said}"

    def _line(self, who: Speaker, said: str) -> str:
        named = self.tr("Customer") if who is Speaker.CUSTOMER else self.tr("Bot")
        return f"{named}: {said}"

    def _toggle(self) -> None:
        self._area.setVisible(not self._area.isVisible())
        self._name_button()

    def _name_button(self) -> None:
        shown = self._area.isVisible()
        self._open.setText(self.tr("Hide the talk") if shown else self.tr("Show the talk"))


def _shown(item: Identifier) -> str:
    return masked_end(item.value) if item.kind is ContactKind.ID_NUMBER else item.value
