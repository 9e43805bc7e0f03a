# SPDX-License-Identifier: Apache-2.0
"""The policy lab: a second window for supervisors, beside the desk, never over it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from agentassist.domain.staff import Person
from agentassist.ui.lab_parts import LabParts
from agentassist.ui.lab_words import lab_word
from agentassist.ui.notice_bar import NoticeBar
from agentassist.ui.theme import Theme
from agentassist.ui.toast import Toast
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, button, column, label, row, scrolled

_SIZE = (1366, 820)
_HANDLE = 8


class LabWindow(QMainWindow):
    """Owns the parts of the lab. It shows and asks; `LabController` holds the order.

    Signals:
        closed: the window is going away.
        page_shown: the page that came to the front.
        undo_wanted, redo_wanted: take a step back, or forward again.
        sign_out_wanted, sign_in_wanted: somebody leaves, or wants in.
        remove_wanted: the policy on screen is to be taken out of the draft.
    """

    closed = Signal()
    page_shown = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()
    sign_in_wanted = Signal()
    sign_out_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], datetime],
        layout_file: Path,
        parts: LabParts | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Policy lab") + " · agentassist")
        self._layout = QSettings(str(layout_file), QSettings.Format.IniFormat)
        made = parts or LabParts.made(theme, now)
        self.list, self.form, self.toml = made.list, made.form, made.toml
        self.speech, self.trial, self.review = made.speech, made.trial, made.review
        self.sign_in, self.new_policy = made.sign_in, made.new_policy
        self.what_if, self.coverage, self.history = made.what_if, made.coverage, made.history
        self.notice = NoticeBar()
        self._make_head()
        self._make_middle()
        self._arrange()
        self.toast = Toast(self._centre)
        self._add_keys()
        self._restore()
        self.show_page(self.bench)
        self.list.search.setFocus()
        self.show_person(None)
        self.allow_undo(undo=False, redo=False)

    def show_page(self, page: QWidget) -> None:
        """Bring the bench, what-if, coverage or history to the front."""
        for made, other in self._tabs.items():
            other.setChecked(made is page)
        self._pages.setCurrentWidget(page)
        self.page_shown.emit(page)

    @property
    def page(self) -> QWidget | None:
        """What is in front."""
        return self._pages.currentWidget()

    def show_person(self, person: Person | None) -> None:
        """Show who is signed in."""
        known = person is not None
        text = f"{person.name or person.login} · {lab_word(person.role)}" if person else ""
        self._who.setText(text)
        self._who.setVisible(known)
        self.sign_button.setVisible(not known)
        self.sign_out_button.setVisible(known)

    def show_policy(self, title: str, about: str) -> None:
        """Name the policy on screen; an empty title: none is chosen."""
        self._title.setText(title or self.tr("Choose a policy on the left"))
        self._about.setText(about)
        self._about.setVisible(bool(about))
        for part in (self.form_button, self.text_button, self._work, self._right):
            part.setVisible(bool(title))
        self._hint.setVisible(not title)

    def show_text(self, *, shown: bool) -> None:
        """Bring the file's text to the front, or the form."""
        self._work.setCurrentWidget(self.toml if shown else self.form)
        self.form_button.setChecked(not shown)
        self.text_button.setChecked(shown)

    @property
    def text_shown(self) -> bool:
        """True while the file's text is in front of the form."""
        return self._work.currentWidget() is self.toml

    def allow_undo(self, *, undo: bool, redo: bool) -> None:
        """Offer to go back and forward."""
        self.undo_button.setEnabled(undo)
        self.redo_button.setEnabled(redo)

    def allow_remove(self, *, allowed: bool) -> None:
        """Offer to take the policy out of the draft."""
        self.remove_button.setVisible(allowed)

    def come_forward(self) -> None:
        """Show and raise the window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toast at the foot."""
        super().resizeEvent(event)
        self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout; what is typed is saved by the owner."""
        self._layout.setValue("lab/geometry", self.saveGeometry())
        self._layout.setValue("lab/columns", self.columns.saveState())
        self._layout.sync()
        self.closed.emit()
        super().closeEvent(event)

    def _make_head(self) -> None:
        self.undo_button = button(self.tr("Undo"), self.undo_wanted.emit, "quiet", "Ctrl+Z")
        self.redo_button = button(self.tr("Redo"), self.redo_wanted.emit, "quiet", "Ctrl+Shift+Z")
        self._who = label("", "muted")
        self.sign_button = button(self.tr("Sign in"), self.sign_in_wanted.emit)
        self.sign_out_button = button(self.tr("Sign out"), self.sign_out_wanted.emit, "quiet")

    def _make_middle(self) -> None:
        self._title = label("", "heading", wrap=True)
        self._about = label("", "small", wrap=True)
        self.form_button = self._tab(self.tr("Form"), lambda: self.show_text(shown=False))
        self.text_button = self._tab("TOML", lambda: self.show_text(shown=True))
        self.remove_button = button(self.tr("Take out"), self.remove_wanted.emit, "quiet",
                                    self.tr("Take this policy out of the draft"))  # fmt: skip
        self._work = QStackedWidget()
        self._work.addWidget(self.form)
        self._work.addWidget(self.toml)
        self._hint = label(
            self.tr(
                "Choose a policy to read it, try it, and see how it does.\n"
                "Begin a draft to change something: nothing changes for agents until it is "
                "put in force."
            ),
            "muted",
            wrap=True,
        )
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _arrange(self) -> None:
        middle = QFrame()
        middle.setProperty("look", "panel")
        named = column(self._title, self._about, gap=0)
        head = row(named, self.remove_button, self.form_button, self.text_button, gap=TIGHT)
        head.setStretch(0, 1)
        inner = column(head, self.new_policy, self._hint, self._work, parent=middle, margin=MARGIN)
        inner.setStretch(2, 1)
        inner.setStretch(3, 4)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setHandleWidth(_HANDLE)
        self._right.setChildrenCollapsible(False)
        for shown in (self.speech, self.trial):
            self._right.addWidget(_framed(shown))
        self._right.setSizes([230, 470])
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(_HANDLE)
        self.columns.setChildrenCollapsible(False)
        for part in (self.list, middle, self._right):
            self.columns.addWidget(part)
        self.columns.setSizes([270, 620, 450])
        self.bench = QWidget()
        bench = column(self.columns, self.review, parent=self.bench, margin=MARGIN, gap=GAP)
        bench.setStretch(0, 1)
        self._stack()

    def _stack(self) -> None:
        self._pages = QStackedWidget()
        self._tabs: dict[QWidget, QPushButton] = {}
        names = (
            (self.bench, self.tr("Policies")),
            (self.what_if, self.tr("What if")),
            (self.coverage, self.tr("In use")),
            (self.history, self.tr("History")),
        )
        for page, name in names:
            self._pages.addWidget(page)
            self._tabs[page] = self._tab(name, partial(self.show_page, page))
        strip = QFrame()
        strip.setProperty("look", "strip")
        top = row(label(self.tr("Policy lab"), "title"), *self._tabs.values(), None,
                  self.undo_button, self.redo_button, self._who, self.sign_out_button,
                  self.sign_button, parent=strip, gap=GAP)  # fmt: skip
        top.setContentsMargins(MARGIN, TIGHT, MARGIN, 0)
        self._centre = QWidget()
        self._centre.setObjectName("desk")
        layout = column(strip, self.notice, self.sign_in, self._pages, parent=self._centre, gap=0)
        layout.setStretch(3, 1)
        self.setCentralWidget(self._centre)

    def _tab(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        made = button(text, pressed, "tab")
        made.setCheckable(True)
        return made

    def _restore(self) -> None:
        self.resize(*_SIZE)
        if geometry := self._layout.value("lab/geometry"):
            self.restoreGeometry(geometry)
        if columns := self._layout.value("lab/columns"):
            self.columns.restoreState(columns)

    def _add_keys(self) -> None:
        pages = list(self._tabs)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Z": self.undo_wanted.emit,
            "Ctrl+Shift+Z": self.redo_wanted.emit,
            "Ctrl+Y": self.redo_wanted.emit,
            "Ctrl+F": lambda: _focus(self.list.search),
            "Ctrl+L": lambda: _focus(self.list.view),
            "Ctrl+E": lambda: self.show_text(shown=not self.text_shown),
            "Ctrl+T": self.trial.test_button.click,
            "Ctrl+B": self.toast.undo,
            "F6": self._next_part,
        }
        keys |= {f"Ctrl+{at}": partial(self.show_page, page) for at, page in enumerate(pages, 1)}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)

    def _next_part(self) -> None:
        stops: list[QWidget] = [self.list.view, self.form_button, self.trial.test_button]
        stops += self.review.step_buttons()
        visible = [stop for stop in stops if stop.isVisible() and stop.isEnabled()]
        now = next((at for at, stop in enumerate(visible) if stop.hasFocus()), -1)
        if visible:
            _focus(visible[(now + 1) % len(visible)])


def _framed(part: QWidget) -> QFrame:
    """Return a part in a panel of its own that scrolls."""
    made = QFrame()
    made.setProperty("look", "panel")
    content = QWidget()
    layout = column(part, None, parent=content)
    layout.setContentsMargins(0, 0, GAP, 0)
    column(scrolled(content), parent=made, margin=MARGIN)
    return made


def _focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
