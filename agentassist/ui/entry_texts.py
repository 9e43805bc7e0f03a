# SPDX-License-Identifier: Apache-2.0
"""The texts of a timeline, laid out once for as long as they may be seen again."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from PySide6.QtGui import QFont

from agentassist.domain.history import Interaction
from agentassist.ui.text_block import TextBlock, mark_words
from agentassist.ui.theme import Theme

_PREVIEW_LINES = 2
_OPEN_CHARACTERS = 20_000
_PREVIEW_CHARACTERS = 400
_SEARCHED_CHARACTERS = 200_000
_BEFORE_WORD = 60
_KEPT_HEIGHTS = 4_000
_KEPT_BLOCKS = 60

_Laid: TypeAlias = tuple[UUID, int, bool]


class EntryTexts:
    """Two lines of an entry that is closed, all of one that is open.

    Call `forget` when the font or the palette changes.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._heights: dict[_Laid, int] = {}
        self._blocks: OrderedDict[_Laid, TextBlock] = OrderedDict()

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark these words in every text from now on."""
        if words != self._words:
            self._words = words
            self.forget()

    def forget(self) -> None:
        """Lay everything out anew."""
        self._heights.clear()
        self._blocks.clear()

    def height(self, item: Interaction, font: QFont, width: int, *, opened: bool) -> int:
        """Return the height of a text in pixels."""
        laid = (item.id, width, opened)
        height = self._heights.get(laid)
        if height is None:
            height = self._lay_out(item, font, width, opened=opened).height
            if len(self._heights) > _KEPT_HEIGHTS:
                self._heights.clear()
            self._heights[laid] = height
        return height

    def block(self, item: Interaction, font: QFont, width: int, *, opened: bool) -> TextBlock:
        """Return a text to be drawn."""
        laid = (item.id, width, opened)
        block = self._blocks.get(laid)
        if block is None:
            block = self._blocks[laid] = self._lay_out(item, font, width, opened=opened)
            while len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(laid)
        return block

    def _lay_out(self, item: Interaction, font: QFont, width: int, *, opened: bool) -> TextBlock:
        text = item.text[:_OPEN_CHARACTERS] if opened else preview(item.text, self._words)
        marks = mark_words(text, self._words, self._theme.colours.mark)
        return TextBlock(text, font, width, None if opened else _PREVIEW_LINES, marks)


def preview(text: str, words: Sequence[str] = ()) -> str:
    """Return what a closed entry shows: its beginning, or what stands around a word sought."""
    start = _first_word(text[:_SEARCHED_CHARACTERS], words) - _BEFORE_WORD if words else 0
    start = max(0, start)
    shown = " ".join(text[start : start + _PREVIEW_CHARACTERS].split())
    return f"… {shown}" if start else shown


def _first_word(text: str, words: Sequence[str]) -> int:
    folded = text.casefold()
    found = [at for word in words if (at := folded.find(word.casefold())) >= 0]
    return min(found, default=0)
