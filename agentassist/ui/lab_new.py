# SPDX-License-Identifier: Apache-2.0
"""A line that names a new policy: its sector, its name in the files, and what it protects."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from agentassist.services.policy_lab import Choices
from agentassist.ui.lab_inputs import Choice, Line
from agentassist.ui.lab_words import lab_word
from agentassist.ui.widgets import GAP, TIGHT, Flow, button, column, em, label


class NewPolicy(QFrame):
    """Hidden until a new policy is wanted.

    Signals:
        named: id, sector and category (empty for an ordinary policy).
    """

    named = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "inset")
        self._title = label("", "strong")
        self.sector = Choice(self.tr("Sector"), ())
        self.category = Choice(self.tr("Protects"), ())
        self.name = Line(self.tr("Name in the files"), "late_breakfast")
        self.name.setMinimumWidth(em(12))
        self.name.returnPressed.connect(self._tell)
        self._fault = label("", "fault", wrap=True)
        self._fault.hide()
        fields = Flow(GAP)
        for field in (self.sector, self.category, self.name):
            fields.add(field)
        fields.add(button(self.tr("Begin"), self._tell, "primary"))
        fields.add(button(self.tr("Cancel"), self.hide, "quiet"))
        column(self._title, fields, self._fault, parent=self, margin=GAP, gap=TIGHT)
        self.hide()

    def ask(self, choices: Choices, category: str) -> None:
        """Ask for the name of a new policy."""
        self.sector.offer([(lab_word(name), name) for name in choices.sectors])
        self.category.offer([(lab_word(name), name) for name in choices.categories])
        self.category.show_value(category)
        self.category.setVisible(bool(category))
        self._title.setText(
            self.tr("A new protected policy") if category else self.tr("A new policy")
        )
        self.name.clear()
        self._fault.hide()
        self.show()
        self.name.setFocus()

    def _tell(self) -> None:
        name = "_".join(self.name.text().casefold().split())
        if not name.isascii() or not name.replace("_", "").replace(".", "").isalnum():
            self._fault.setText(self.tr("Write English words, such as late_breakfast."))
            self._fault.show()
            return
        sector = str(self.sector.currentData())
        whole = name if "." in name else f"{sector}.{name}"
        category = "" if self.category.isHidden() else str(self.category.currentData())
        self.hide()
        self.named.emit(whole, sector, category)
