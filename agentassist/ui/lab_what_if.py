# SPDX-License-Identifier: Apache-2.0
"""What if this draft had been in force: past decisions, decided again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from agentassist.domain.money import Money
from agentassist.domain.what_if import Cost, Lost, WhatIf
from agentassist.ui.formats import amount
from agentassist.ui.icons import icon_label
from agentassist.ui.lab_example import Examples
from agentassist.ui.lab_matrix import Cell, FlipView
from agentassist.ui.lab_since import ProgressLine, begin_of, since_choice
from agentassist.ui.lab_tiles import Tile, TileRow
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    Flow,
    button,
    chip,
    clear,
    column,
    em,
    label,
    panel,
    row,
    scrolled,
)

NO_TITLES: Mapping[str, str] = MappingProxyType({})
_MOST_LOST = 6
_WIDE_EMS = 62


class LabWhatIf(QWidget):
    """The matrix, the money, what is lost, and examples.

    Signals:
        wanted: since when past decisions are to be replayed (None: all of them).
        cancelled: the replay is to stop.
        opened: the id of a policy that an example is about.
        test_wanted: an Example that is to become a test.
    """

    wanted = Signal(object)
    cancelled = Signal()
    opened = Signal(str)
    test_wanted = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self._result: WhatIf | None = None
        self._titles: Mapping[str, str] = NO_TITLES
        self._allowed = True
        self._title = label("", "title", wrap=True)
        self.since = since_choice()
        self.run = button(self.tr("Replay"), self._want, "primary")
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.cancelled)
        self._about = label("", "muted", wrap=True)
        self.matrix = FlipView(theme)
        self.matrix.cell_chosen.connect(self._show_cell)
        self.examples = Examples(now)
        self.examples.opened.connect(self.opened)
        self.examples.test_wanted.connect(self.test_wanted)
        self._flips = Tile(self.tr("Would be different"))
        self._protected = Tile(self.tr("Protected answers that flip"))
        self._agreed = Tile(self.tr("Cost of what was agreed"))
        self._offered = Tile(self.tr("Cost of what is offered"))
        self._lost: QVBoxLayout = column(gap=TIGHT)
        self._lost_head = label(self.tr("Alternatives that would be gone"), "section")
        self._results = QWidget()
        self._by_policy: QVBoxLayout = column(gap=TIGHT)
        self._by_policy_head = label(self.tr("By policy"), "section")
        self._arrange()
        self.name("")
        self.clear()

    @property
    def result(self) -> WhatIf | None:
        """The last result, None before the first."""
        return self._result

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the replay is."""
        self.run.setEnabled(False)
        text = self.tr("Replaying: {done} of {total} decisions")
        self.progress.show_progress(text.format(done=f"{done:,}", total=f"{total:,}"), done, total)

    def show_result(self, result: WhatIf, titles: Mapping[str, str] = NO_TITLES) -> None:
        """Show what would have been different; `titles` are those of policies by id."""
        self._result, self._titles = result, titles
        self.stopped()
        self._about.setText(self._summary(result))
        self._results.setVisible(result.decisions > 0)
        self._show_tiles(result)
        self._show_lost(result.lost)
        self._show_policies(result)
        self.matrix.show_counts(result.matrix)
        self._show_cell(self.matrix.current_cell())

    def show_problem(self, text: str) -> None:
        """Say why there is no result."""
        self.stopped()
        self._about.setText(text)

    def stopped(self) -> None:
        """Be ready for the next replay; the last result stays."""
        self.progress.hide()
        self.run.setEnabled(True)

    def name(self, draft: str) -> None:
        """Name the draft that past decisions are replayed over; empty: there is none."""
        named = self.tr("What if “{draft}” had been in force?").format(draft=draft)
        self._title.setText(named if draft else self.tr("What if?"))

    def allow(self, *, allowed: bool) -> None:
        """Offer the replay, or say what it needs."""
        if allowed and not self._allowed:
            self.clear()
        self._allowed = allowed
        self.run.setEnabled(allowed)
        if not allowed:
            self.clear()
            self.run.setEnabled(False)
            self._about.setText(
                self.tr("Choose a draft and mend its faults; then past decisions can be replayed.")
            )

    def clear(self) -> None:
        """Show no result."""
        self._result = None
        self.stopped()
        self._results.hide()
        self._about.setText(
            self.tr("Past decisions are decided again with the draft. Nothing is written.")
        )

    def _want(self) -> None:
        self.wanted.emit(begin_of(self.since.currentData(), self._now()))

    def _summary(self, result: WhatIf) -> str:
        if not result.decisions:
            return self.tr("There are no decisions in that time. Choose a longer one.")
        same = result.decisions - result.flips
        text = self.tr("{count} decisions replayed, {same} as before.")
        said = text.format(count=f"{result.decisions:,}", same=f"{same:,}")
        if result.skipped:
            left = self.tr("{count} are of policies that are not there any more.")
            said += " " + left.format(count=f"{result.skipped:,}")
        return said

    def _show_tiles(self, result: WhatIf) -> None:
        share = result.flips / result.decisions if result.decisions else 0.0
        self._flips.show_figure(f"{result.flips:,}", f"{share:.1%}")
        flips = result.protected_flips
        said = self.tr("may not be put in force") if flips else self.tr("none, as it must be")
        self._protected.show_figure(f"{flips:,}", said, "danger" if flips else "yes")
        cost = result.costs[0] if result.costs else Cost("USD")
        for tile, before, after in (
            (self._agreed, cost.agreed_before, cost.agreed_after),
            (self._offered, cost.offered_before, cost.offered_after),
        ):
            more = after - before
            sign = "+" if more > 0 else "−"
            changed = f"{sign}{amount(Money(abs(more), cost.currency))}"
            said = changed if more else self.tr("the same")
            look = "caution" if more > 0 else "plain" if not more else "yes"
            tile.show_figure(amount(Money(after, cost.currency)), said, look)

    def _show_lost(self, lost: Sequence[Lost]) -> None:
        clear(self._lost)
        self._lost_head.setVisible(bool(lost))
        for item in lost[:_MOST_LOST]:
            times = chip(self.tr("%n time(s)", "", item.times), "caution")
            line = row(times, label(item.offer or item.alternative, wrap=True), gap=GAP)
            line.setStretch(1, 1)
            self._lost.addLayout(line)

    def _show_policies(self, result: WhatIf) -> None:
        clear(self._by_policy)
        self._by_policy_head.setVisible(bool(result.policies))
        ranked = sorted(result.policies.items(), key=lambda item: (-item[1], item[0]))
        for policy_id, count in ranked[:_MOST_LOST]:
            name = self._titles.get(policy_id, policy_id)
            opens = button(name, partial(self.opened.emit, policy_id), "act")
            times = chip(self.tr("%n decision(s)", "", count), "accent")
            self._by_policy.addLayout(row(times, opens, None, gap=GAP))

    def _show_cell(self, cell: Cell) -> None:
        result = self._result or WhatIf()
        count = result.matrix.get(cell, 0)
        examples = tuple(
            replace(example, title=self._titles.get(example.policy_id, example.title))
            for example in result.examples.get(cell, ())
        )
        self.examples.show_cell(cell, count, examples)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the examples below the matrix where both do not fit beside each other."""
        super().resizeEvent(event)
        narrow = self.width() < em(_WIDE_EMS)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._below.setDirection(way)

    def _arrange(self) -> None:
        head = row(self._title, self.since, self.run, gap=GAP)
        head.setStretch(0, 1)
        tiles = TileRow((self._flips, self._protected, self._agreed, self._offered))
        left = panel()
        axes = row(
            label(self.tr("↓ decided then"), "small"),
            None,
            label(self.tr("with this draft →"), "small"),
        )
        lists = (self._by_policy_head, self._by_policy, self._lost_head, self._lost)
        parts = (axes, self.matrix, self._legend(), *lists, None)
        column(*parts, parent=left, margin=MARGIN, gap=GAP)
        self._below = row(left, self.examples, gap=GAP)
        self._below.setStretch(0, 3)
        self._below.setStretch(1, 2)
        results = column(tiles, self._below, parent=self._results, gap=GAP)
        results.setStretch(1, 1)
        content = QWidget()
        inner = column(head, self.progress, self._about, self._results, None, parent=content,
                       margin=MARGIN, gap=GAP)  # fmt: skip
        inner.setStretch(3, 1)
        column(scrolled(content), parent=self)

    def _legend(self) -> Flow:
        legend = Flow(GAP)
        legend.add(chip("▲ " + self.tr("better for the customer"), "yes"))
        legend.add(chip("▼ " + self.tr("worse for the customer"), "caution"))
        legend.add(icon_label("shield", self._theme.colours.guard))
        legend.add(chip(self.tr("protected answer changes"), "guard"))
        return legend
