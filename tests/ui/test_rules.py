# SPDX-License-Identifier: Apache-2.0
"""What holds for the whole interface: plain text, names, contrast, words for everything."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

import agentassist.ui
from agentassist.domain.call import CallState, Speaker
from agentassist.domain.customer import ContactKind
from agentassist.domain.history import Channel, Direction
from agentassist.domain.identity import Means
from agentassist.domain.state_kind import StateKind
from agentassist.domain.verdict import Owner, Truth, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind
from agentassist.ui.desk_window import DeskWindow
from agentassist.ui.theme import DARK, LIGHT, Colours, Theme
from agentassist.ui.words import word
from tests.ui.conftest import NOON, customer, timeline

UI = Path(agentassist.ui.__file__).parent
AA = 4.5
HOSTILE = '<img src="file:///etc/passwd"><b>Bold</b>'


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> DeskWindow:
    made = DeskWindow(theme, lambda: NOON, tmp_path / "window.ini")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.name)
def test_labels_and_boxes_are_made_in_one_place(path: Path) -> None:
    """QLabel guesses markup in what it is given; the helpers switch that off."""
    if path.name in ("widgets.py", "icons.py"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"QLabel", "QMessageBox", "QToolTip"}, f"line {node.lineno}"


def test_a_name_that_is_markup_is_shown_as_it_is(window: DeskWindow) -> None:
    window.panes.show_customer(timeline(customer(HOSTILE)))
    labels = [label for label in window.findChildren(QLabel) if HOSTILE in label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_every_control_has_a_name(window: DeskWindow) -> None:
    window.panes.show_customer(timeline())
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in window.findChildren(QWidget)
        if _is_control(widget) and not _spoken_name(widget)
    ]
    assert nameless == []


def test_tab_reaches_every_control_and_comes_back(window: DeskWindow, qtbot: QtBot) -> None:
    window.panes.show_customer(timeline())
    start = window.panes.conversation.line
    start.setFocus()
    reached, at = set(), start.nextInFocusChain()
    while at is not start:
        reached.add(at)
        at = at.nextInFocusChain()
    wanted = {w for w in window.findChildren(QWidget) if _is_control(w) and w is not start}
    assert wanted <= reached


def test_mnemonics_are_unique(window: DeskWindow) -> None:
    texts = [w.text() for w in window.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()]
    keys = [found.group(1).lower() for text in texts if (found := re.search("&([^&])", str(text)))]
    assert len(keys) == len(set(keys)), keys


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(colours: Colours) -> None:
    grounds = (colours.window, colours.surface, colours.raised)
    pairs = list(product((colours.text, colours.muted, colours.accent), grounds))
    pairs += [
        (getattr(colours, kind), getattr(colours, f"{kind}_soft"))
        for kind in ("accent", "yes", "caution", "danger", "guard")
    ]
    pairs += [(colours.on_accent, colours.accent), (colours.text, colours.mark)]
    pairs += [(colours.text, colours.guard_soft), (colours.muted, colours.guard_soft)]
    poor = {pair: round(_contrast(*pair), 2) for pair in pairs if _contrast(*pair) < AA}
    assert poor == {}


@pytest.mark.parametrize(
    "kind",
    [
        CallState,
        Speaker,
        ContactKind,
        Channel,
        Direction,
        Means,
        Owner,
        Truth,
        VerdictKind,
        Disposition,
        LineKind,
        StateKind,
    ],
)
def test_every_member_has_a_word(kind: type[StrEnum]) -> None:
    assert all(word(member) for member in kind)


def _is_control(widget: QWidget) -> bool:
    own = not widget.objectName().startswith("qt_")
    return own and widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def _contrast(ink: str, ground: str) -> float:
    """Return the contrast ratio of WCAG 2.1 (1 to 21)."""
    darker, lighter = sorted(_luminance(QColor(name)) for name in (ink, ground))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: QColor) -> Iterator[float]:
    yield from (colour.redF(), colour.greenF(), colour.blueF())
