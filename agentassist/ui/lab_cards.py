# SPDX-License-Identifier: Apache-2.0
"""Rules as cards in a list: closed they say what they do, open they are a form."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from agentassist.domain.policy_form import PolicyForm
from agentassist.ui.lab_context import FormContext, Piece, file_path
from agentassist.ui.lab_document import Path, part
from agentassist.ui.widgets import GAP, TIGHT, button, column, em, label, row

Summary = Callable[[Any, int], str]
"""What a closed card says of an item at a place."""
Pieces = Callable[[FormContext, Path], Sequence[Piece]]
"""Makes the fields of an item."""


class FoldButton(QPushButton):
    """The head of something that folds: its text is cut to the room there is, never wider."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self._full = ""
        self.setProperty("look", look)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a text behind the sign of being open or closed."""
        self._full = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        sign = "▾" if self.isChecked() else "▸"
        room = max(em(2), self.width() - em(2.5))
        text = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{sign}  {text}")
        self.setToolTip(self._full if text != self._full else "")


class Card(QFrame):
    """One item. Its fields are made when it is opened for the first time."""

    def __init__(self, context: FormContext, path: Path, summary: Summary, pieces: Pieces) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._context, self._path = context, path
        self._summary, self._pieces = summary, pieces
        self._fields: Sequence[Piece] = ()
        self._form: PolicyForm | None = None
        self._head = FoldButton("fold")
        self._head.clicked.connect(self.toggle)
        self._tools = QWidget()
        self._head_line = row(self._head, self._tools, gap=TIGHT)
        self._head_line.setStretch(0, 1)
        self._body = QWidget()
        self._body.hide()
        column(
            self._head_line, context.slot(path), self._body, parent=self, margin=TIGHT, gap=TIGHT
        )
        self._add_tools()

    @property
    def is_open(self) -> bool:
        """Tell whether the fields are shown."""
        return self._head.isChecked()

    def show_form(self, form: PolicyForm) -> None:
        """Show the item that the path names now."""
        self._form = form
        text = self._summary(part(form, self._path), int(self._path[-1]))
        self._head.show_text(text)
        for field in self._fields:
            field.show_form(form)

    def open(self) -> None:
        """Show the fields."""
        if not self.is_open:
            self._head.setChecked(True)
            self.toggle()

    def close_fields(self) -> None:
        """Hide the fields, those of cards inside too."""
        for field in self._fields:
            if isinstance(field, Cards):
                field.close_all()
        if self.is_open:
            self._head.setChecked(False)
            self.toggle()

    def find_inside(self, path: Path) -> "Card | None":
        """Return the card inside this one that a path leads to."""
        inner = (field.part_at(path) for field in self._fields if isinstance(field, Cards))
        return next(filter(None, inner), None)

    def take_focus(self) -> None:
        """Put the focus on the head."""
        self._head.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self) -> None:
        """Show or hide the fields, as the head is pressed."""
        if self.is_open and not self._fields:
            self._fields = self._pieces(self._context, self._path)
            column(*self._fields, parent=self._body, margin=TIGHT, gap=GAP)
        self._body.setVisible(self.is_open)
        if self._form is not None:
            self.show_form(self._form)

    def _add_tools(self) -> None:
        context, path = self._context, self._path
        row(
            _tool("↑", self.tr("Move up"), lambda: context.moved.emit(path, -1)),
            _tool("↓", self.tr("Move down"), lambda: context.moved.emit(path, 1)),
            _tool("✕", self.tr("Remove"), lambda: context.removed.emit(path)),
            parent=self._tools, gap=0,
        )  # fmt: skip


class Cards(Piece):
    """A list of items. Items are told apart by their place, so cards stay when texts change."""

    def __init__(
        self,
        context: FormContext,
        path: Path,
        name: str,
        add: str,
        blank: Callable[[PolicyForm], Any],
        summary: Summary,
        pieces: Pieces,
    ) -> None:
        super().__init__()
        self._context, self.path, self._blank = context, path, blank
        self._summary, self._pieces = summary, pieces
        self._form: PolicyForm | None = None
        self._cards: list[Card] = []
        self._list: QVBoxLayout = column(gap=TIGHT)
        self._add_button = button(add, self._add, "quiet")
        head = [label(name, "section")] if name else []
        column(*head, context.slot(path), self._list, row(self._add_button, None),
               parent=self, gap=TIGHT)  # fmt: skip

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards, in order."""
        return tuple(self._cards)

    def show_form(self, form: PolicyForm) -> None:
        """Show as many cards as there are items."""
        self._form = form
        count = len(part(form, self.path))
        while len(self._cards) > count:
            card = self._cards.pop()
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < count:
            place = (*self.path, len(self._cards))
            self._cards.append(Card(self._context, place, self._summary, self._pieces))
            self._list.addWidget(self._cards[-1])
            self._cards[-1].show()  # at once: see LabSpeech
        for card in self._cards:
            card.show_form(form)

    def close_all(self) -> None:
        """Close every card."""
        for card in self._cards:
            card.close_fields()

    def part_at(self, path: Path) -> Card | None:
        """Open and return the innermost card that a path of the file leads to."""
        here = file_path(self.path)
        place = path[len(here)] if len(path) > len(here) else None
        if path[: len(here)] != here or not isinstance(place, int) or place >= len(self._cards):
            return None
        card = self._cards[place]
        card.open()
        return card.find_inside(path) or card

    def _add(self) -> None:
        if self._form is not None:
            self._context.added.emit(self.path, self._blank(self._form))
            self._cards[-1].open()
            self._cards[-1].take_focus()


class Section(QFrame):
    """A titled part of the form that folds; its fields are made when it is first open.

    `names` are the keys of the file that it shows.
    """

    def __init__(
        self,
        title: str,
        about: str,
        names: frozenset[str],
        make: Callable[[], Sequence[Piece]],
        *,
        folded: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._title, self._about = title, about
        self.names, self._make = names, make
        self._pieces: Sequence[Piece] = ()
        self._form: PolicyForm | None = None
        self._head = FoldButton("section")
        self._head.clicked.connect(self._fold)
        self._head.setChecked(not folded)
        self._body = QWidget()
        column(self._head, self._body, parent=self, margin=GAP, gap=TIGHT)
        self._fold()

    def show_form(self, form: PolicyForm) -> None:
        """Show the form in every piece."""
        self._form = form
        for piece in self._pieces:
            piece.show_form(form)

    def holds(self, path: Path) -> bool:
        """Tell whether a path of the file leads here."""
        return bool(path) and str(path[0]).removesuffix("_ko") in self.names

    def part_at(self, path: Path) -> "Card | Section | None":
        """Return the card, opened, or the section that a path of the file belongs to."""
        if not self.holds(path):
            return None
        self.unfold()
        found = (piece.part_at(path) for piece in self._pieces if isinstance(piece, Cards))
        return next(filter(None, found), None) or self

    def take_focus(self) -> None:
        """Put the focus on the head."""
        self._head.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self) -> None:
        """Show the fields."""
        self._head.setChecked(True)
        self._fold()

    def close_cards(self) -> None:
        """Close every card: another policy comes."""
        for piece in self._pieces:
            if isinstance(piece, Cards):
                piece.close_all()

    def _fold(self) -> None:
        if self._head.isChecked() and not self._pieces:
            self._pieces = self._make()
            said = [label(self._about, "small", wrap=True)] if self._about else []
            column(*said, *self._pieces, parent=self._body, gap=GAP)
            if self._form is not None:
                self.show_form(self._form)
        self._head.show_text(self._title)
        self._body.setVisible(self._head.isChecked())


def _tool(text: str, name: str, pressed: Callable[[], object]) -> QWidget:
    made = button(text, pressed, "act", name)
    made.setAccessibleName(name)
    return made
