# SPDX-License-Identifier: Apache-2.0
"""The age clock in words and colours."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agentassist.domain.age_clock import Age
from agentassist.domain.queue import QueueItem
from agentassist.ui.formats import roughly
from agentassist.ui.theme import Colours


def waiting(item: QueueItem, now: datetime) -> str:
    """Return how late a line is, or how much time it has left."""
    span = roughly(item.due_at - now)
    if now >= item.due_at:
        return QCoreApplication.translate("queue", "{time} late").format(time=span)
    return QCoreApplication.translate("queue", "{time} left").format(time=span)


def age_colours(colours: Colours, age: Age) -> tuple[str, str]:
    """Return ground and ink of an age."""
    return {
        Age.FINE: (colours.yes_soft, colours.yes),
        Age.SOON: (colours.caution_soft, colours.caution),
        Age.LATE: (colours.danger_soft, colours.danger),
    }[age]
