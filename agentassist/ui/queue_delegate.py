# SPDX-License-Identifier: Apache-2.0
"""Paints the lines of the queue: who, on which channel, about what, and the age clock."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agentassist.domain.loop import LoopKind
from agentassist.domain.queue import QueueItem
from agentassist.ui.age_words import age_colours, waiting
from agentassist.ui.formats import day_and_clock
from agentassist.ui.icons import paint_icon
from agentassist.ui.pill import PILL_PAD, pill, scaled
from agentassist.ui.rows_model import Role
from agentassist.ui.theme import Colours, Theme
from agentassist.ui.timeline_delegate import channel_colours
from agentassist.ui.widgets import em
from agentassist.ui.words import word

_PAD = 8
_BADGE_EMS = 1.8
_CLOCK_EMS = 8.5
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(QStyledItemDelegate):
    """Two lines each, all of one height, so that ten thousand scroll like ten."""

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of two lines, whatever the row."""
        del index
        height = 2 * QFontMetrics(option.font).height() + 2 * _PAD + 4
        return QSize(option.rect.width(), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one line of the queue."""
        item: QueueItem = index.data(Role.ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        self._paint_badge(painter, option.rect, item)
        self._paint_clock(painter, option, item)
        self._paint_text(painter, option, item)
        painter.restore()

    def clock_area(self, area: QRect) -> QRect:
        """Return where the clock of a row is: that alone changes by itself."""
        return QRect(area.right() - em(_CLOCK_EMS) - _PAD, area.top(), em(_CLOCK_EMS) + _PAD,
                     area.height())  # fmt: skip

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, area = self._theme.colours, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(area).adjusted(2.5, 1.5, -2.5, -1.5), 6, 6)
        else:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(area.left() + _PAD, area.bottom(), area.right() - _PAD, area.bottom())

    def _paint_badge(self, painter: QPainter, area: QRect, item: QueueItem) -> None:
        colours, side = self._theme.colours, em(_BADGE_EMS)
        promise = item.kind is LoopKind.PROMISE
        ground, ink = (
            (colours.guard_soft, colours.guard)
            if promise
            else channel_colours(colours, item.channel)
        )
        badge = QRectF(area.left() + _PAD, area.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(badge, 7, 7)
        margin = side * 0.21
        name = "yes" if promise else item.channel.value
        paint_icon(painter, name, ink, badge.adjusted(margin, margin, -margin, -margin))

    def _paint_clock(
        self, painter: QPainter, option: QStyleOptionViewItem, item: QueueItem
    ) -> None:
        now, area = self._now(), self.clock_area(option.rect)
        ground, ink = age_colours(self._theme.colours, item.age(now))
        height = QFontMetrics(option.font).height()
        top = QRect(area.left(), option.rect.top() + _PAD, area.width() - _PAD, height + 2)
        painter.setFont(scaled(option.font, 0.9, bold=True))
        pill(painter, top, waiting(item, now), ground, ink, right=True)
        below = QRect(area.left(), top.bottom() + 2, area.width() - _PAD, height)
        painter.setFont(scaled(option.font, 0.9))
        painter.setPen(QColor(self._theme.colours.muted))
        began = day_and_clock(item.opened_at, now)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | _MIDDLE, began)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, item: QueueItem) -> None:
        colours, height = self._theme.colours, QFontMetrics(option.font).height()
        left = option.rect.left() + 2 * _PAD + em(_BADGE_EMS)
        width = self.clock_area(option.rect).left() - _PAD - left
        first = QRect(left, option.rect.top() + _PAD, width, height + 2)
        painter.setFont(scaled(option.font, 1.0, bold=True))
        painter.setPen(QColor(colours.text))
        name = item.name or _unknown()
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width // 2)
        painter.drawText(first, Qt.AlignmentFlag.AlignLeft | _MIDDLE, shown)
        used = painter.fontMetrics().horizontalAdvance(shown) + _PAD
        painter.setFont(scaled(option.font, 0.85, bold=True))
        self._paint_chips(painter, first.adjusted(used, 0, 0, 0), item)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        second = QRect(left, first.bottom() + 2, width, height)
        text = " · ".join(filter(None, (_whose(item), item.subject)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(second, Qt.AlignmentFlag.AlignLeft | _MIDDLE, shown)

    def _paint_chips(self, painter: QPainter, area: QRect, item: QueueItem) -> None:
        left = area.left()
        for text, ground, ink in _chips(item, self._theme.colours):
            room = QRect(left, area.top(), area.right() - left, area.height())
            if painter.fontMetrics().horizontalAdvance(text) + 2 * PILL_PAD > room.width():
                return
            left += pill(painter, room, text, ground, ink) + 4


def _chips(item: QueueItem, colours: Colours) -> list[tuple[str, str, str]]:
    chips = []
    if item.public:
        public = QCoreApplication.translate("queue", "Public")
        chips.append((public, colours.danger_soft, colours.danger))
    if item.complaint:
        waits = QCoreApplication.translate("queue", "Complaint, not confirmed")
        text = waits if item.kind is LoopKind.COMPLAINT else word(LoopKind.COMPLAINT)
        chips.append((text, colours.caution_soft, colours.caution))
    if item.kind is LoopKind.PROMISE:
        chips.append((word(LoopKind.PROMISE), colours.guard_soft, colours.guard))
    if item.tier:
        chips.append((item.tier, colours.raised, colours.muted))
    return chips


def _whose(item: QueueItem) -> str:
    if not item.owner:
        return ""
    return QCoreApplication.translate("queue", "with {name}").format(name=item.owner)


def _unknown() -> str:
    return QCoreApplication.translate("queue", "Unknown customer")
