# SPDX-License-Identifier: Apache-2.0
"""What the caller looked at before calling: why they call, and what they know already."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agentassist.domain.visits import Visit, VisitKind
from agentassist.ui.formats import clock, lasting_words
from agentassist.ui.icons import icon_label
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import TIGHT, ChoiceButton, clear, column, label

_ICONS = {VisitKind.ARTICLE: "book", VisitKind.SEARCH: "search", VisitKind.PAGE: "web"}


class VisitsBox(QWidget):
    """A short list, hidden while empty.

    Signals:
        article_wanted: the key of an article of ours that was read.
        source_wanted: the id of the visit in the timeline.
    """

    article_wanted = Signal(str)
    source_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = column(gap=0)
        column(label(self.tr("Before this contact"), "section"), self._rows, parent=self, gap=TIGHT)
        self.clear()

    def show_visits(self, visits: tuple[Visit, ...]) -> None:
        """Show what was read and searched for, the newest first."""
        self.clear()
        for visit in visits:
            self._rows.addWidget(self._row(visit))
        self.setVisible(bool(visits))

    def clear(self) -> None:
        """Show nothing."""
        clear(self._rows)
        self.hide()

    def _row(self, visit: Visit) -> ChoiceButton:
        made = ChoiceButton(
            self._says(visit),
            self._about(visit),
            lambda: self._open(visit),
            mark=icon_label(_ICONS[visit.kind], self._theme.colours.muted),
            look="source",
            inline=True,
        )
        made.setToolTip(
            self.tr("Open the article") if visit.article else self.tr("Show it in the timeline")
        )
        return made

    def _open(self, visit: Visit) -> None:
        if visit.article:
            self.article_wanted.emit(visit.article)
        else:
            self.source_wanted.emit(visit.source)

    def _says(self, visit: Visit) -> str:
        if visit.kind is VisitKind.SEARCH:
            return self.tr("Searched: “{words}”").format(words=visit.text)
        if visit.article:
            return self.tr("Already read: {title}").format(title=visit.text)
        return visit.text

    def _about(self, visit: Visit) -> str:
        parts = [clock(visit.at) if visit.at else ""]
        if visit.seconds:
            parts.append(lasting_words(visit.seconds))
        if visit.times > 1:
            parts.append(self.tr("{count}×").format(count=visit.times))
        return " · ".join(filter(None, parts))
