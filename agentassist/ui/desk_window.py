# SPDX-License-Identifier: Apache-2.0
"""The agent's window: the panels, the keys that reach them, and the state of the parts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from agentassist.ui.notice_bar import NoticeBar
from agentassist.ui.panes import Panes
from agentassist.ui.theme import Theme
from agentassist.ui.toast import Toast
from agentassist.ui.widgets import button, chip, column, restyle

_SIZE = (1366, 768)


class DeskWindow(QMainWindow):
    """Owns the panels. A call that pops never takes the focus from what the agent types.

    Signals:
        closed: the window is going away.
        lab_wanted: the policy lab is to be opened.
    """

    closed = Signal()
    lab_wanted = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime], layout_file: Path) -> None:
        super().__init__()
        self.setWindowTitle("agentassist")
        self._layout = QSettings(str(layout_file), QSettings.Format.IniFormat)
        self.panes = Panes(theme, now)
        self.notice = NoticeBar()
        centre = QWidget()
        column(self.notice, self.panes, parent=centre, gap=0)
        self.setCentralWidget(centre)
        self.toast = Toast(centre)
        self._states: dict[str, QLabel] = {}
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(0, 0, 8, 0)
        lab = button(self.tr("Policy lab"), self.lab_wanted.emit, "act", "Ctrl+Shift+L")
        self.statusBar().addPermanentWidget(lab)
        self._add_keys()
        self._restore()
        self.panes.conversation.line.setFocus()

    def show_state(self, part: str, text: str, kind: str = "plain") -> None:
        """Show the state of a part (search, calls, database) at the foot of the window."""
        if part not in self._states:
            self._states[part] = chip("", kind)
            self.statusBar().addPermanentWidget(self._states[part])
        self._states[part].setText(text)
        restyle(self._states[part], "chip", kind)

    def announce(self) -> None:
        """Ask for attention in the task bar, without raising the window."""
        QApplication.alert(self)

    def come_forward(self) -> None:
        """Raise the window because the person started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toast at the foot."""
        super().resizeEvent(event)
        self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and tell the owner."""
        self._layout.setValue("geometry", self.saveGeometry())
        self._layout.setValue("columns", self.panes.columns.saveState())
        self._layout.setValue("left", self.panes.left.saveState())
        self._layout.sync()
        self.closed.emit()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(*_SIZE)
        if geometry := self._layout.value("geometry"):
            self.restoreGeometry(geometry)
        if columns := self._layout.value("columns"):
            self.panes.columns.restoreState(columns)
        if left := self._layout.value("left"):
            self.panes.left.restoreState(left)

    def _add_keys(self) -> None:
        panes = self.panes
        knowledge = panes.knowledge
        for keys, act in {
            "Ctrl+W": panes.strip.close_wanted.emit,
            "Ctrl+F": panes.show_search,
            "Ctrl+K": lambda: _focus(knowledge.search),
            "Ctrl+L": lambda: _focus(panes.conversation.line),
            "Ctrl+T": lambda: _focus(panes.timeline.view),
            "Ctrl+N": lambda: _focus(panes.conversation.notes),
            "Ctrl+G": knowledge.log_gap,
            "Ctrl+H": panes.essentials.highlights.focus_first,
            "Ctrl+O": panes.essentials.purchases.focus_first,
            "Ctrl+M": panes.merge_wanted.emit,
            "Ctrl+B": self.toast.undo,
            "Ctrl+I": panes.conversation.told.click,
            "Ctrl+P": panes.conversation.requests_wanted.emit,
            "Ctrl+U": panes.strip.queue_wanted.emit,
            "Ctrl+1": lambda: knowledge.focus_card(1),
            "Ctrl+2": lambda: knowledge.focus_card(2),
            "Ctrl+3": lambda: knowledge.focus_card(3),
            "Ctrl+Shift+L": self.lab_wanted.emit,
            "F6": self._next_pane,
        }.items():
            QShortcut(QKeySequence(keys), self, act)

    def _next_pane(self) -> None:
        panes = self.panes
        stops: list[QWidget] = [
            panes.caller,
            panes.timeline.view,
            panes.merge,
            panes.moving,
            panes.conversation.line,
            panes.conversation.notes,
            panes.knowledge.search,
            self.toast.undo_button,
        ]
        visible = [stop for stop in stops if stop.isVisible()]
        now = next((i for i, stop in enumerate(visible) if stop.hasFocus()), -1)
        if visible:
            _focus(visible[(now + 1) % len(visible)])


def _focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
