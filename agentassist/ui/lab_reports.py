# SPDX-License-Identifier: Apache-2.0
"""How the policies in force do, and when they were put in force: two pages of the lab."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.services.measures import PolicyMeasures, Share, acceptance
from agentassist.services.policy_lab import HistoryRow, RuleUse
from agentassist.ui.lab_inputs import Line
from agentassist.ui.lab_since import ProgressLine, begin_of, since_choice
from agentassist.ui.lab_tables import HistoryModel, Table, UseModel
from agentassist.ui.lab_tiles import Tile, TileRow
from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label, panel, row


class LabCoverage(QWidget):
    """Rules with their use; never used ones, and overridden ones, can be picked out.

    Signals:
        wanted: since when; None: all.
        cancelled: the counting is to stop.
        opened: the id of a policy.
    """

    wanted = Signal(object)
    cancelled = Signal()
    opened = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._rows: Sequence[RuleUse] = ()
        self.since = since_choice()
        self.since.picked.connect(lambda _days: self.want())
        self.search = Line(self.tr("Find a rule"), self.tr("Find a rule"))
        self.search.edited.connect(lambda _text: self._fill())
        self.never = self._toggle(self.tr("Never used"))
        self.overridden = self._toggle(self.tr("Overridden"))
        self.model = UseModel(self)
        self.table = Table(self.model, self.tr("Rules and their use"), 0)
        self.table.activated.connect(self._open)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.cancelled)
        self._empty = label("", "muted", wrap=True)
        self.tiles: dict[str, Tile] = {
            "alternatives": Tile(self.tr("Declines with an alternative")),
            "accepted": Tile(self.tr("Alternatives accepted")),
            "overrides": Tile(self.tr("Overrides")),
            "refusals": Tile(self.tr("Protected refusals")),
            "kept": Tile(self.tr("Promises kept on time")),
        }
        self._arrange()

    def want(self) -> None:
        """Ask for the counts of the chosen time."""
        self.wanted.emit(begin_of(self.since.currentData(), self._now()))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the counting is."""
        self.progress.show_progress(self.tr("Counting"), done, total)

    def show_rules(self, rows: Sequence[RuleUse]) -> None:
        """Show rules, in the order given."""
        self.progress.hide()
        self._rows = rows
        self._fill()

    def show_measures(self, found: PolicyMeasures) -> None:
        """Show whether the house says yes."""
        bare = self.tr("{count} without").format(count=f"{found.bare:,}") if found.bare else ""
        self.tiles["alternatives"].show_figure(_percent(found.declined), bare, "danger")
        offers = sum((acceptance(offer) for offer in found.alternatives), Share())
        self.tiles["accepted"].show_figure(_percent(offers))
        times = sum(one.times for one in found.overrides)
        of_all = Share(times, sum(found.verdicts.values()))
        self.tiles["overrides"].show_figure(f"{times:,}", _percent(of_all) if times else "")
        refusals = sum(one.times for one in found.refusals)
        self.tiles["refusals"].show_figure(f"{refusals:,}")
        self.tiles["kept"].show_figure(_percent(found.promises_kept))

    def show_problem(self, text: str) -> None:
        """Say why there are no counts."""
        self.progress.hide()
        self._empty.setText(text)
        self._empty.show()

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        rows = [row_ for row_ in self._rows if self._passes(row_, words)]
        self.model.show(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("Nothing matches. Take a filter away to see more.")
            if self._rows
            else self.tr("No rule has decided anything yet.")
        )

    def _passes(self, row_: RuleUse, words: Sequence[str]) -> bool:
        found = f"{row_.title} {row_.policy_id} {row_.rule}".casefold()
        return (
            all(word in found for word in words)
            and not (self.never.isChecked() and row_.uses)
            and not (self.overridden.isChecked() and not row_.overrides)
        )

    def _toggle(self, text: str) -> QPushButton:
        made = button(text, self._fill, "filter")
        made.setCheckable(True)
        return made

    def _open(self) -> None:
        chosen = self.model.row(self.table.currentIndex().row())
        if chosen is not None:
            self.opened.emit(chosen.policy_id)

    def _arrange(self) -> None:
        head = row(label(self.tr("How the policies in force do"), "title"), None, self.since)
        tiles = TileRow(tuple(self.tiles.values()))
        filters = Flow(GAP)
        for made in (self.never, self.overridden):
            filters.add(made)
        inner = panel()
        find = row(self.search, filters, gap=GAP)
        find.setStretch(0, 1)
        listed = column(find, self._empty, self.table, parent=inner, margin=MARGIN)
        listed.setStretch(2, 1)
        layout = column(head, tiles, self.progress, inner, parent=self, margin=MARGIN)
        layout.setStretch(3, 1)


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.0%}"


class LabHistory(QWidget):
    """What was put in force, the newest first; any earlier one can be brought back.

    Signals:
        rolled_back: the HistoryRow that is to be in force again.
    """

    rolled_back = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.model = HistoryModel(now, self)
        self.table = Table(self.model, self.tr("What was in force"), 1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        self.back = button(self.tr("Bring this back…"), self._ask)
        self._question = QFrame()
        self._question.setProperty("look", "told")
        self._what = label("", wrap=True)
        self.sure = button(self.tr("Put it in force again"), self._tell, "primary")
        leave = button(self.tr("Cancel"), self._question.hide, "quiet")
        asked = row(self._what, self.sure, leave, parent=self._question, margin=GAP)
        asked.setStretch(0, 1)
        self._question.hide()
        self._empty = label(self.tr("Nothing was put in force yet."), "muted", wrap=True)
        inner = panel()
        listed = column(self._empty, self.table, parent=inner, margin=MARGIN)
        listed.setStretch(1, 1)
        head = row(label(self.tr("History"), "title"), None, self.back)
        layout = column(head, self._question, inner, parent=self, margin=MARGIN)
        layout.setStretch(2, 1)
        self.show_history(())

    def show_history(self, rows: Sequence[HistoryRow]) -> None:
        """Show what was in force."""
        self.model.show(rows)
        self._question.hide()
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._follow()

    def _chosen(self) -> HistoryRow | None:
        return self.model.row(self.table.currentIndex().row())

    def _follow(self) -> None:
        chosen = self._chosen()
        self.back.setEnabled(chosen is not None and not chosen.in_force)
        self._question.hide()

    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        text = self.tr("The policies of {digest} take the place of those in force. Running calls "
                       "keep theirs.")  # fmt: skip
        self._what.setText(text.format(digest=chosen.digest[:12]))
        self._question.show()
        self.sure.setFocus()

    def _tell(self) -> None:
        chosen = self._chosen()
        self._question.hide()
        if chosen is not None:
            self.rolled_back.emit(chosen)
