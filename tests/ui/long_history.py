# SPDX-License-Identifier: Apache-2.0
"""A long history in memory, paged as the database pages it; cursors are places in it."""

from dataclasses import replace
from datetime import timedelta

from agentassist.domain.cases import CaseBook
from agentassist.domain.history import Channel, Interaction, TimelinePage
from agentassist.domain.identifiers import new_id
from tests.ui.conftest import NOON

SIZE = 60


class LongHistory:
    """`count` interactions, newest first; every 7th run of ten is about one order."""

    def __init__(self, count: int) -> None:
        self.book = CaseBook()
        self.items = tuple(self._item(place) for place in range(count))

    @staticmethod
    def _item(place: int) -> Interaction:
        order = f" MP-{10_000 + place // 70}" if place // 10 % 7 == 0 else ""
        item = Interaction(
            new_id(), new_id(), list(Channel)[place % 5], f"text {place}{order}",
            NOON - timedelta(hours=place), subject=f"subject {place}",
        )  # fmt: skip
        return replace(item, attributes={"message_id": f"<{place}>"})

    def older(self, start: int) -> TimelinePage:
        end = min(start + SIZE, len(self.items))
        return self._page(start, end)

    def newer(self, end: int) -> TimelinePage:
        return self._page(max(0, end - SIZE), end)

    def _page(self, start: int, end: int) -> TimelinePage:
        items = self.items[start:end]
        self.book.read(items)
        older = str(end) if end < len(self.items) else None
        return TimelinePage(items, older, str(start) if start else None)
