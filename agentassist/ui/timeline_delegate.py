# SPDX-License-Identifier: Apache-2.0
"""Paints the rows of a timeline; all of it is plain text."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agentassist.domain.history import Channel, Interaction
from agentassist.ui.formats import clock
from agentassist.ui.icons import paint_icon
from agentassist.ui.text_block import TextBlock
from agentassist.ui.theme import Colours, Theme
from agentassist.ui.timeline_model import Index, Role, Row
from agentassist.ui.widgets import em
from agentassist.ui.words import state, word

_PAD = 8
_BADGE_EMS = 1.6
_ICON_SHARE = 0.57
_PREVIEW_LINES = 2
_OPEN_CHARACTERS = 20_000
_PREVIEW_CHARACTERS = 400


class TimelineDelegate(QStyledItemDelegate):
    """Two lines of text closed, all of it open; a coloured badge names the channel."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of the row at the view's width, in pixels."""
        row: Row = index.data(Role.ROW)
        height = QFontMetrics(option.font).height() + 2 * _PAD
        if row.interaction is not None:
            height += _block(row.interaction, option, index).height + 2
        return QSize(option.rect.width(), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a separator or an interaction."""
        row: Row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.interaction is None:
            self._paint_separator(painter, option, row.text)
        else:
            self._paint_ground(painter, option, row)
            self._paint_badge(painter, option.rect, row.interaction.channel)
            top = self._paint_head(painter, option, row.interaction)
            painter.setPen(QColor(self._theme.colours.text))
            _block(row.interaction, option, index).draw(painter, QPointF(_left(option.rect), top))
        painter.restore()

    def _paint_separator(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        colours = self._theme.colours
        area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(_smaller(option.font))
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        start = area.left() + painter.fontMetrics().horizontalAdvance(text) + _PAD
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(start, area.center().y(), area.right(), area.center().y())

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        colours, area = self._theme.colours, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(area).adjusted(2.5, 1.5, -2.5, -1.5), 6, 6)
        if row.apart:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(_left(area), area.top(), area.right() - _PAD, area.top())
        if row.joined:
            x = area.left() + _PAD + em(_BADGE_EMS) / 2
            painter.setPen(QPen(QColor(colours.border), 2))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.top() + _PAD))

    def _paint_badge(self, painter: QPainter, area: QRect, channel: Channel) -> None:
        ground, ink = channel_colours(self._theme.colours, channel)
        side = em(_BADGE_EMS)
        badge = QRectF(area.left() + _PAD, area.top() + _PAD, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(badge, 7, 7)
        margin = side * (1 - _ICON_SHARE) / 2
        paint_icon(painter, channel.value, ink, badge.adjusted(margin, margin, -margin, -margin))

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Interaction
    ) -> int:
        height = QFontMetrics(option.font).height()
        area = QRect(_left(option.rect), option.rect.top() + _PAD, _room(option.rect), height)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = " · ".join(
            filter(None, (state(item.status), clock(item.occurred_at) if item.occurred_at else ""))
        )
        painter.setFont(_smaller(option.font))
        painter.setPen(QColor(self._theme.colours.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, right)
        room = area.width() - painter.fontMetrics().horizontalAdvance(right) - _PAD
        painter.setFont(_bolder(option.font))
        painter.setPen(QColor(self._theme.colours.text))
        head = " · ".join(filter(None, (word(item.channel), item.subject or item.author)))
        shown = painter.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
        return area.bottom() + 3


def channel_colours(colours: Colours, channel: Channel) -> tuple[str, str]:
    """Return ground and ink of a channel's badge."""
    if channel is Channel.SOCIAL:
        return colours.danger_soft, colours.danger
    if channel in (Channel.PURCHASE, Channel.WEB):
        return colours.yes_soft, colours.yes
    if channel is Channel.NOTE:
        return colours.caution_soft, colours.caution
    return colours.accent_soft, colours.accent


def _block(item: Interaction, option: QStyleOptionViewItem, index: Index) -> TextBlock:
    if index.data(Role.EXPANDED):
        return TextBlock(item.text[:_OPEN_CHARACTERS], option.font, _room(option.rect))
    preview = " ".join(item.text[:_PREVIEW_CHARACTERS].split())
    return TextBlock(preview, option.font, _room(option.rect), _PREVIEW_LINES)


def _left(area: QRect) -> int:
    return area.left() + 2 * _PAD + em(_BADGE_EMS)


def _room(area: QRect) -> int:
    return area.width() - 3 * _PAD - em(_BADGE_EMS)


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made


def _bolder(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
