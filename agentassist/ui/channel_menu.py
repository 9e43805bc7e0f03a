# SPDX-License-Identifier: Apache-2.0
"""The channels on which a contact can go on, as a menu below what was pressed."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from agentassist.domain.history import Channel
from agentassist.ui.words import word

_CHANNELS = (Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.SOCIAL)


def pick_channel(
    below: QWidget, present: Channel, chosen: Callable[[Channel], object], at: QPoint | None = None
) -> QMenu:
    """Let the agent choose another channel than the present one; nothing waits for it.

    `at` is where in `below` the menu opens, its lower left corner when left out.
    """
    menu = QMenu(below)
    for channel in _CHANNELS:
        if channel is not present:
            act = menu.addAction(word(channel))
            act.triggered.connect(lambda _=False, channel=channel: chosen(channel))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(at or QPoint(0, below.height())))
    return menu
