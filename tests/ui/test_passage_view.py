# SPDX-License-Identifier: Apache-2.0
import pytest
from PySide6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot

from agentassist.ui.passage_view import PassageView
from agentassist.ui.theme import Theme

TEXT = "Gold members may send a lamp back within sixty days, with its box or without. " * 3


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PassageView:
    made = PassageView(theme, 20)
    made.show_passage(TEXT, ("lamp",))
    qtbot.addWidget(made)
    return made


def test_the_height_follows_the_width_however_often_it_is_asked(view: PassageView) -> None:
    widths = list(range(120, 420, 20))
    heights = [view.heightForWidth(width) for width in widths]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1]
    assert [view.heightForWidth(width) for width in widths] == heights


def test_a_larger_font_is_laid_out_anew(view: PassageView) -> None:
    before = view.heightForWidth(300)
    larger = QFont(view.font())
    larger.setPointSizeF(view.font().pointSizeF() * 2)
    view.setFont(larger)
    assert view.heightForWidth(300) > before


def test_marks_take_the_colours_of_another_theme(view: PassageView, theme: Theme) -> None:
    view.resize(300, view.heightForWidth(300))
    light = QColor(theme.colours.mark)
    assert _has(view, light)
    theme.choose("dark")
    assert QColor(theme.colours.mark) != light
    assert _has(view, QColor(theme.colours.mark))
    assert not _has(view, light)


def _has(view: PassageView, colour: QColor) -> bool:
    image = view.grab().toImage()
    return any(
        image.pixelColor(x, y) == colour
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    )
