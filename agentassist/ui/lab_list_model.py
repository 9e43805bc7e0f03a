# SPDX-License-Identifier: Apache-2.0
"""The lab's list as rows: drafts on their way, then policies by sector."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from agentassist.domain.policy_draft import Draft
from agentassist.services.policy_lab import PolicyRow
from agentassist.ui.lab_words import lab_word
from agentassist.ui.rows_model import Index, RowsModel

Item = str | Draft | PolicyRow
"""A heading, a draft, or a policy."""


@dataclass(frozen=True, slots=True)
class LabFilter:
    """Which policies to show. `only` is protected, changed, or empty for all."""

    text: str = ""
    only: str = ""

    def passes(self, row: PolicyRow) -> bool:
        """Tell whether a policy is shown: every word is in its title or id."""
        if self.only == "protected" and not row.protected:
            return False
        if self.only == "changed" and not row.state:
            return False
        found = f"{row.title} {row.id}".casefold()
        return all(word in found for word in self.text.casefold().split())


class LabListModel(RowsModel):
    """Headings, drafts and policies; it never reads anything itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: Sequence[Draft] = ()
        self._policies: Sequence[PolicyRow] = ()
        self._filter = LabFilter()
        self._rows: list[Item] = []

    def show_drafts(self, drafts: Iterable[Draft]) -> None:
        """Show other drafts."""
        self._drafts = tuple(drafts)
        self._fill()

    def show_policies(self, policies: Iterable[PolicyRow]) -> None:
        """Show other policies."""
        self._policies = tuple(policies)
        self._fill()

    def choose(self, chosen: LabFilter) -> None:
        """Show what passes another filter."""
        self._filter = chosen
        self._fill()

    @property
    def policies(self) -> Sequence[PolicyRow]:
        """All policies, shown or not."""
        return self._policies

    def item(self, row: int) -> Item | None:
        """Return what stands in a row, None when there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: object) -> int:
        """Return the row of the policy or draft with this id, -1 when it is not shown."""
        rows = enumerate(self._rows)
        return next((at for at, item in rows if not isinstance(item, str) and item.id == key), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        item = self.item(index.row())
        if item is None or isinstance(item, str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def about(self, row: PolicyRow) -> str:
        """Return the second line of a policy."""
        if not row.uses:
            return self.tr("not used yet")
        used = self.tr("%n use(s)", "", row.uses)
        rate = f"{row.override_rate or 0:.0%}"
        return used + " · " + self.tr("{rate} overridden").format(rate=rate)

    def _fill(self) -> None:
        self.beginResetModel()
        rows: list[Item] = []
        if self._drafts and not self._filter.text:
            rows += [self.tr("Drafts"), *self._drafts]
        sector = ""
        for policy in filter(self._filter.passes, self._policies):
            if policy.sector != sector:
                sector = policy.sector
                rows.append(lab_word(sector))
            rows.append(policy)
        self._rows = rows
        self.endResetModel()

    def _spoken(self, item: Item) -> str:
        if isinstance(item, str):
            return item
        if isinstance(item, Draft):
            return f"{item.title}, {lab_word(item.state)}, {item.author}"
        marks = (lab_word(item.protected) if item.protected else "",
                 lab_word(item.state) if item.state else "")  # fmt: skip
        return ", ".join(filter(None, (item.title, *marks, self.about(item))))
