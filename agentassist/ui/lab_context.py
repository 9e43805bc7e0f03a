# SPDX-License-Identifier: Apache-2.0
"""What every part of the form shares: what may be chosen, who is told, where faults show."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from agentassist.domain.facts import FactSpec, Text
from agentassist.domain.policy_form import PolicyForm
from agentassist.services.policy_lab import Choices, FactChoice, LabFault
from agentassist.ui.lab_document import Path
from agentassist.ui.widgets import label
from agentassist.ui.words import template_sentence

_FILE_NAMES = {
    "declines": "decline",
    "alternatives": "alternative",
    "safe_paths": "safe_path",
    "tests": "test",
    "button": "order_button",
}
_KOREAN = "_ko"


def file_path(path: Path) -> Path:
    """Return the path of a part of the form as its file has it."""
    return tuple(_FILE_NAMES.get(step, step) if isinstance(step, str) else step for step in path)


def spec_of(choice: FactChoice) -> FactSpec:
    """Return the declaration of a fact, as far as choosers need it."""
    return FactSpec(
        choice.key, choice.type, Text(""), choice.low, choice.high, choice.values,
        choice.currency, choice.unit, choice.source, None, choice.sensitivity, Text(choice.name),
    )  # fmt: skip


class Piece(QWidget):
    """A part of the form. `path` is what it shows, empty where that is several parts."""

    path: Path = ()

    def show_form(self, form: PolicyForm) -> None:
        """Show what the form says here."""
        raise NotImplementedError


class FormContext(QObject):
    """Carries changes of parts up and faults down.

    Signals:
        changed: the path of a part and its new value.
        added, removed: the path of a list, of an item.
        moved: the path of an item, and -1 or 1.
    """

    changed = Signal(object, object)
    added = Signal(object, object)
    removed = Signal(object)
    moved = Signal(object, int)

    def __init__(self, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = choices
        self.specs: Mapping[str, FactSpec] = {fact.key: spec_of(fact) for fact in choices.facts}
        self._slots: dict[Path, QLabel] = {}

    def change(self, path: Path, value: Any) -> None:
        """Tell that a person changed a part."""
        self.changed.emit(path, value)

    def slot(self, path: Path) -> QLabel:
        """Return the line below a field where its faults are said; hidden while there are none."""
        made = label("", "fault", wrap=True)
        made.hide()
        key = file_path(path)
        self._slots[key] = made
        made.destroyed.connect(lambda: self._forget(key, made))
        return made

    def show_faults(self, faults: Iterable[LabFault]) -> None:
        """Say each fault at the field it belongs to, else at the nearest around it."""
        said: dict[Path, list[str]] = {}
        for fault in faults:
            said.setdefault(self._home(fault.path), []).append(_sentence(fault))
        for key, line in self._slots.items():
            text = "\n".join(dict.fromkeys(said.get(key, ())))
            if text != line.text():
                line.setText(text)
            line.setVisible(bool(text))

    def _home(self, path: Path) -> Path:
        bare = tuple(s.removesuffix(_KOREAN) if isinstance(s, str) else s for s in path)
        for candidate in (path, bare):
            for end in range(len(candidate), 0, -1):
                if candidate[:end] in self._slots:
                    return candidate[:end]
        return ()

    def _forget(self, key: Path, line: QLabel) -> None:
        if self._slots.get(key) is line:
            del self._slots[key]


def _sentence(fault: LabFault) -> str:
    rule = f"{fault.rule} · " if fault.rule.startswith("R") else ""
    return rule + template_sentence(fault.template, fault.values)
