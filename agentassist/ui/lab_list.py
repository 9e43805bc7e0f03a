# SPDX-License-Identifier: Apache-2.0
"""The left of the lab: drafts and policies, found by a word, walked with the arrow keys."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from agentassist.domain.policy_draft import Draft, DraftState
from agentassist.services.policy_lab import PolicyRow
from agentassist.ui.icons import paint_icon
from agentassist.ui.lab_inputs import Line
from agentassist.ui.lab_list_model import LabFilter, LabListModel
from agentassist.ui.lab_words import lab_word
from agentassist.ui.pill import pill, scaled
from agentassist.ui.rows_model import Role
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, Flow, button, column, em, label

Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE


class LabListDelegate(QStyledItemDelegate):
    """Two lines each: the title, and below it what became of it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines; of one for a heading."""
        height = QFontMetrics(option.font).height()
        heading = isinstance(index.data(Role.ITEM), str)
        return QSize(0, height + 2 * _PAD if heading else 2 * height + _PAD + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading, a draft or a policy."""
        item = index.data(Role.ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, str):
            self._paint_heading(painter, option, item)
        else:
            self._paint_ground(painter, option)
            model = index.model()
            assert isinstance(model, LabListModel)  # noqa: S101  it is made for it
            about = model.about(item) if isinstance(item, PolicyRow) else item.author
            self._paint_lines(painter, option, item, about)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        painter.setFont(scaled(option.font, 0.9, bold=True))
        painter.setPen(QColor(self._theme.colours.muted))
        area = option.rect.adjusted(_PAD, _PAD, -_PAD, 0)
        painter.drawText(area, _LEFT, text)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.setBrush(QColor(self._theme.colours.accent_soft))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Draft | PolicyRow, about: str
    ) -> None:
        colours = self._theme.colours
        height = QFontMetrics(option.font).height()
        area = option.rect.adjusted(_PAD, 3, -_PAD, 0)
        top = QRect(area.left(), area.top(), area.width(), height + 2)
        painter.setFont(scaled(option.font, 0.85, bold=True))
        word, ground, ink = self._mark(item)
        if word:
            taken = pill(painter, top, word, ground, ink, right=True)
            top.setRight(top.right() - taken - TIGHT)
        if isinstance(item, PolicyRow) and item.protected:
            side = em(0.95)
            box = QRectF(top.left(), top.center().y() - side / 2, side, side)
            paint_icon(painter, "shield", colours.guard, box)
            top.setLeft(top.left() + side + TIGHT)
        _write(painter, top, item.title, scaled(option.font, 1.0, bold=True), colours.text)
        below = QRect(area.left(), top.bottom() + 1, area.width(), height)
        _write(painter, below, about, scaled(option.font, 0.9), colours.muted)

    def _mark(self, item: Draft | PolicyRow) -> tuple[str, str, str]:
        colours = self._theme.colours
        if isinstance(item, PolicyRow):
            text = lab_word(item.state) if item.state else ""
            return text, colours.accent_soft, colours.accent
        soft, ink = {
            DraftState.IN_REVIEW: (colours.caution_soft, colours.caution),
            DraftState.REVIEWED: (colours.yes_soft, colours.yes),
        }.get(item.state, (colours.accent_soft, colours.accent))
        return lab_word(item.state), soft, ink


class LabList(QFrame):
    """Drafts and policies with a search.

    Signals:
        draft_chosen: a Draft; policy_chosen: the id of a policy.
        draft_wanted: a new draft is to begin.
        policy_wanted: a new policy is to begin; its category, empty for an ordinary one.
    """

    draft_chosen = Signal(object)
    policy_chosen = Signal(str)
    draft_wanted = Signal()
    policy_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._filter = LabFilter()
        self.model = LabListModel(self)
        self.search = Line(self.tr("Find a policy"), self.tr("Find a policy"))
        self.search.edited.connect(self._filter_changed)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LabListDelegate(theme, self))
        self.view.setAccessibleName(self.tr("Drafts and policies"))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.selectionModel().currentChanged.connect(self._tell)
        self._only = {
            key: self._toggle_button(text, key)
            for key, text in (("protected", self.tr("Protected")), ("changed", self.tr("Changed")))
        }
        self._empty = label("", "muted", wrap=True)
        self._empty.hide()
        self.new_draft = button(self.tr("New draft"), self.draft_wanted.emit, "primary")
        self.new_policy = button(self.tr("New policy"), lambda: self.policy_wanted.emit(""))
        self.new_protected = button(
            self.tr("New protected"), lambda: self.policy_wanted.emit("security"), "quiet"
        )
        self._arrange()
        self.allow_new(allowed=False)

    def show_drafts(self, drafts: Iterable[Draft]) -> None:
        """Show the drafts; what is chosen stays chosen."""
        self._keeping(lambda: self.model.show_drafts(drafts))

    def show_policies(self, policies: Iterable[PolicyRow]) -> None:
        """Show the policies; what is chosen stays chosen."""
        self._keeping(lambda: self.model.show_policies(policies))
        self._say_empty()

    def select(self, key: object) -> None:
        """Put the frame on a policy or draft, silently."""
        place = self.model.row_of(key)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        with QSignalBlocker(self.view.selectionModel()):
            self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.viewport().update()

    def allow_new(self, *, allowed: bool) -> None:
        """Offer new policies, or not: only a draft can take them."""
        self.new_policy.setVisible(allowed)
        self.new_protected.setVisible(allowed)
        self._only["changed"].setVisible(allowed)

    def _keeping(self, change: Callable[[], None]) -> None:
        item = self.model.item(self.view.currentIndex().row())
        place = self.view.verticalScrollBar().value()
        change()
        if item is not None and not isinstance(item, str):
            self.select(item.id)
        self.view.verticalScrollBar().setValue(place)

    def _tell(self, now: QModelIndex) -> None:
        item = now.data(Role.ITEM)
        if isinstance(item, Draft):
            self.draft_chosen.emit(item)
        elif isinstance(item, PolicyRow):
            self.policy_chosen.emit(item.id)

    def _filter_changed(self) -> None:
        only = next((key for key, made in self._only.items() if made.isChecked()), "")
        self._filter = LabFilter(self.search.text(), only)
        self._keeping(lambda: self.model.choose(self._filter))
        self._say_empty()

    def _say_empty(self) -> None:
        some = self.model.rowCount() > 0
        filtered = self._filter != LabFilter()
        self._empty.setText(
            self.tr("Nothing matches. Try another word.")
            if filtered
            else self.tr("There are no policies yet. Begin a draft, then add one.")
        )
        self._empty.setVisible(not some)

    def _toggle_button(self, text: str, key: str) -> QPushButton:
        def pressed() -> None:
            for other, made in self._only.items():
                made.setChecked(made.isChecked() and other == key)
            self._filter_changed()

        made = button(text, pressed, "filter")
        made.setCheckable(True)
        return made

    def _arrange(self) -> None:
        filters = Flow()
        for made in self._only.values():
            filters.add(made)
        new = Flow()
        for made in (self.new_draft, self.new_policy, self.new_protected):
            new.add(made)
        layout = column(self.search, filters, self._empty, self.view, new, parent=self,
                        margin=MARGIN, gap=GAP)  # fmt: skip
        layout.setStretch(3, 1)


def _write(painter: QPainter, area: QRect, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    mode = Qt.TextElideMode.ElideRight
    painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(text, mode, area.width()))
