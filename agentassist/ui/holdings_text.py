# SPDX-License-Identifier: Apache-2.0
"""How much belongs to a customer, in one line."""

from PySide6.QtCore import QCoreApplication

from agentassist.domain.merge import Holdings
from agentassist.ui.words import word


def in_words(holds: Holdings) -> str:
    """Return what there is, such as `Chat 2 · E-mail 1 · Orders 1`."""
    counted = [(word(channel), count) for channel, count in holds.interactions.items()]
    counted += [(text, count) for text, count in _rest(holds) if count]
    parts = [f"{text} {count:,}" for text, count in counted]
    return " · ".join(parts) or QCoreApplication.translate("holdings", "nothing")


def _rest(holds: Holdings) -> list[tuple[str, int]]:
    translate = QCoreApplication.translate
    return [
        (translate("holdings", "Orders"), holds.purchases),
        (translate("holdings", "Promises"), holds.promises),
        (translate("holdings", "Contact points"), holds.contact_points),
        (translate("holdings", "Likes and needs"), holds.preferences),
        (translate("holdings", "Ways to pay"), holds.payment_methods),
        (translate("holdings", "Pins"), holds.pins),
        (translate("holdings", "Open loops"), holds.loops),
    ]
