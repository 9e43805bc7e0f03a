# SPDX-License-Identifier: Apache-2.0
"""A case in one line, in the agent's language."""

from PySide6.QtCore import QCoreApplication

from agentassist.domain.cases import Case
from agentassist.ui.words import word

_LONGEST = 60
_CHANNELS = 4


def name_of(case: Case) -> str:
    """Return what a case goes by: its order number, else its subject."""
    return case.number or case.subject[:_LONGEST]


def about_case(case: Case) -> str:
    """Return what a head says: name, days, whether somebody still waits, and channels."""
    title = QCoreApplication.translate("cases", "Case")
    parts = [f"{title} {name_of(case)}".strip()]
    if case.state is not None:
        parts.append(word(case.state))
    if case.days > 1:
        days = QCoreApplication.translate("cases", "{days} days")
        parts.append(days.format(days=case.days))
    return " · ".join([*parts, _channels(case)])


def _channels(case: Case) -> str:
    shown = ", ".join(word(one) for one in case.channels[:_CHANNELS])
    more = len(case.channels) - _CHANNELS
    return f"{shown} +{more}" if more > 0 else shown
