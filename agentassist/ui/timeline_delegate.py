# SPDX-License-Identifier: Apache-2.0
"""Paints the rows of a timeline; all of it is plain text."""

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agentassist.domain.case_clues import is_answer
from agentassist.domain.history import Channel, Interaction
from agentassist.ui.case_words import about_case
from agentassist.ui.entry_texts import EntryTexts
from agentassist.ui.formats import clock
from agentassist.ui.icons import paint_icon
from agentassist.ui.theme import Colours, Theme
from agentassist.ui.timeline_model import Index, TimelineModel
from agentassist.ui.timeline_rows import Row
from agentassist.ui.widgets import em
from agentassist.ui.words import state, word

_PAD = 8
_BADGE_EMS = 1.6
_ICON_SHARE = 0.57
_THREAD = 3
_FOLDED, _UNFOLDED, _PINNED, _ANSWERS = "▸", "▾", "★ ", "↳ "


class TimelineDelegate(QStyledItemDelegate):
    """A coloured badge names the channel, a coloured line holds a case together.

    Attributes:
        texts: what is written in the entries.
    """

    def __init__(self, model: TimelineModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._badge = em(_BADGE_EMS)
        self.texts = EntryTexts(theme)

    def forget(self) -> None:
        """Measure everything anew: the font or the palette has changed."""
        self._badge = em(_BADGE_EMS)
        self.texts.forget()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row at the view's width, in pixels."""
        row, width = self._model.row(index.row()), option.rect.width()
        height = option.fontMetrics.height() + _PAD
        if item := row.interaction:
            opened = self._model.is_open(item)
            height += _PAD + 2
            height += self.texts.height(item, option.font, self._room(width), opened=opened)
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a day, the head of a case, or an interaction."""
        row = self._model.row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.case is not None:
            self._paint_thread(painter, option, row)
        if row.interaction is not None:
            self._paint_entry(painter, option, row, row.interaction)
        elif row.is_head:
            self._paint_case(painter, option, row)
        else:
            self._paint_separator(painter, option, row.text)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, item: Interaction
    ) -> None:
        self._paint_ground(painter, option, row)
        self._paint_badge(painter, option.rect, item.channel)
        top = self._paint_head(painter, option, item)
        painter.setPen(QColor(self._theme.colours.text))
        room, opened = self._room(option.rect.width()), self._model.is_open(item)
        block = self.texts.block(item, option.font, room, opened=opened)
        block.draw(painter, QPointF(self._left(option.rect), top))

    def _paint_thread(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        """Draw the line that holds a case together."""
        area = option.rect
        top = area.top() + (area.height() // 2 - 2 if row.is_head else 0)
        bottom = area.bottom() + 1 if not row.hidden else area.top() + area.height() // 2 + 4
        painter.fillRect(QRect(area.left() + 1, top, _THREAD, bottom - top), self._ink(row))

    def _paint_case(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        assert row.case is not None  # noqa: S101  a head has one
        area = option.rect.adjusted(_PAD + _THREAD, 0, -_PAD, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.setBrush(QColor(self._theme.colours.accent_soft))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(6.5, 0.5, -2.5, -0.5), 6, 6)
        painter.setFont(_smaller(_bolder(option.font)))
        painter.setPen(self._ink(row))
        count = f"{row.case.count:,}  {_FOLDED if row.hidden else _UNFOLDED}"
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, count)
        metrics = painter.fontMetrics()
        room = area.width() - metrics.horizontalAdvance(count) - 2 * _PAD
        shown = metrics.elidedText(about_case(row.case), Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)

    def _ink(self, row: Row) -> QColor:
        colours = self._theme.colours
        inks = (colours.accent, colours.guard, colours.yes, colours.caution)
        return QColor(inks[row.case.id.int % len(inks)] if row.case else colours.muted)

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
            painter.drawLine(self._left(area), area.top(), area.right() - _PAD, area.top())
        if row.joined:
            x = area.left() + _PAD + self._badge / 2
            painter.setPen(QPen(QColor(colours.border), 2))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.top() + _PAD))

    def _paint_badge(self, painter: QPainter, area: QRect, channel: Channel) -> None:
        ground, ink = channel_colours(self._theme.colours, channel)
        side = self._badge
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
        area = QRect(
            self._left(option.rect),
            option.rect.top() + _PAD,
            self._room(option.rect.width()),
            height,
        )
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
        pinned = _PINNED if self._model.is_pinned(item) else ""
        answers = _ANSWERS if is_answer(item) else ""
        named = f"{pinned}{answers}{word(item.channel)}"
        head = " · ".join(filter(None, (named, item.subject or item.author)))
        shown = painter.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
        return area.bottom() + 3

    def _left(self, area: QRect) -> int:
        return area.left() + 2 * _PAD + self._badge

    def _room(self, width: int) -> int:
        return width - 3 * _PAD - self._badge


def channel_colours(colours: Colours, channel: Channel) -> tuple[str, str]:
    """Return ground and ink of a channel's badge."""
    if channel is Channel.SOCIAL:
        return colours.danger_soft, colours.danger
    if channel in (Channel.PURCHASE, Channel.WEB):
        return colours.yes_soft, colours.yes
    if channel is Channel.NOTE:
        return colours.caution_soft, colours.caution
    return colours.accent_soft, colours.accent


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made


def _bolder(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
