# SPDX-License-Identifier: Apache-2.0
"""Keys of a source's threads to our conversations, for many interactions at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agentassist.domain.identifiers import new_keys
from agentassist.storage.bulk import CONVERSATIONS, Bulk, conversation_row

if TYPE_CHECKING:
    from sqlalchemy import Connection

_REMEMBERED = 20_000


class Threads:
    """The conversations of one source; what was seen last is remembered."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[str, str] = {}

    def forget(self) -> None:
        """Look everything up again: what was added may have been taken back."""
        self._known.clear()

    def keys(
        self, connection: "Connection", given: Sequence[tuple[str, str, str | None]]
    ) -> dict[str, str]:
        """Add the conversations that are not there; map the threads of all to their keys.

        `given` are (thread, topic, customer); the first of a thread tells its topic.
        """
        wanted: dict[str, tuple[str, str | None]] = {}
        for thread, topic, owner in given:
            if thread not in self._known:
                wanted.setdefault(thread, (topic, owner))
        if len(self._known) > _REMEMBERED:
            kept = {thread: self._known[thread] for thread, _, _ in given if thread in self._known}
            self._known = kept
        if wanted:
            self._known |= self._added(connection, wanted)
        return self._known

    def _added(
        self, connection: "Connection", wanted: dict[str, tuple[str, str | None]]
    ) -> dict[str, str]:
        new = dict(zip(wanted, new_keys(len(wanted)), strict=True))
        rows = [
            conversation_row(new[thread], owner, topic, self._source, thread)
            for thread, (topic, owner) in wanted.items()
        ]
        bulk = Bulk(connection)
        if bulk.insert_new(CONVERSATIONS, rows) == len(rows):
            return new
        found = bulk.by_reference(CONVERSATIONS, "id", self._source, list(wanted))
        return {thread: key for thread, (key,) in found.items()}
