# SPDX-License-Identifier: Apache-2.0
"""The parts of the lab's window, made one by one: the desk paints in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from PySide6.QtCore import QLocale

from agentassist.ui.lab_form import LabForm
from agentassist.ui.lab_list import LabList
from agentassist.ui.lab_new import NewPolicy
from agentassist.ui.lab_reports import LabCoverage, LabHistory
from agentassist.ui.lab_review import ReviewBar
from agentassist.ui.lab_sign_in import LabSignIn
from agentassist.ui.lab_speech import LabSpeech
from agentassist.ui.lab_toml import LabToml
from agentassist.ui.lab_trial import LabTrial
from agentassist.ui.lab_what_if import LabWhatIf
from agentassist.ui.theme import Theme


@dataclass(slots=True)
class LabParts:
    """What the window is put together from."""

    list: LabList
    form: LabForm
    toml: LabToml
    speech: LabSpeech
    trial: LabTrial
    review: ReviewBar
    sign_in: LabSignIn
    new_policy: NewPolicy
    what_if: LabWhatIf
    coverage: LabCoverage
    history: LabHistory

    @classmethod
    def made(cls, theme: Theme, now: Callable[[], datetime]) -> "LabParts":
        """Make all parts at once."""
        return cls(*part_by_part(theme, now))


def part_by_part(theme: Theme, now: Callable[[], datetime]) -> Iterator[Any]:
    """Yield the parts in the order of `LabParts`; each takes a few milliseconds."""
    makers: dict[str, Callable[[], object]] = {
        "list": lambda: LabList(theme),
        "form": LabForm,
        "toml": lambda: LabToml(theme),
        "speech": lambda: LabSpeech(QLocale().name()[:2]),
        "trial": lambda: LabTrial(theme),
        "review": ReviewBar,
        "sign_in": LabSignIn,
        "new_policy": NewPolicy,
        "what_if": lambda: LabWhatIf(theme, now),
        "coverage": lambda: LabCoverage(now),
        "history": lambda: LabHistory(now),
    }
    for field in fields(LabParts):
        yield makers[field.name]()
