# SPDX-License-Identifier: Apache-2.0
"""Mails that share a link are one conversation, whatever order they come in.

Links are what `intake/mail_links.py` finds in a mail. A mail that links two conversations
makes one of them: what was in the newer one goes over to the older one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.storage.mail import MailLinks

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Linked:
    """The conversation in which an interaction was stored, and its links."""

    conversation_id: UUID
    links: tuple[str, ...]


def join_threads(connection: "Connection", source: str, given: Sequence[Linked]) -> None:
    """Join the conversations of interactions that were just stored with those they link to."""
    if not given:
        return
    stored = MailLinks(connection, source)
    known = stored.conversations(link for item in given for link in item.links)
    groups = _Groups()
    for item in given:
        groups.join(item.conversation_id, _known(item.links, known))
        known |= dict.fromkeys(
            (link for link in item.links if link not in known), item.conversation_id
        )
    for oldest, absorbed in groups.absorbed().items():
        stored.join(absorbed, oldest)
    stored.add({link: groups.oldest(key) for link, key in known.items()})


def _known(links: Iterable[str], known: Mapping[str, UUID]) -> list[UUID]:
    return [known[link] for link in links if link in known]


class _Groups:
    """Disjoint sets of conversations, each named by its oldest."""

    def __init__(self) -> None:
        self._parents: dict[UUID, UUID] = {}

    def join(self, one: UUID, others: Iterable[UUID]) -> None:
        for other in others:
            first, second = sorted((self.oldest(one), self.oldest(other)))
            if first != second:
                self._parents[second] = first

    def oldest(self, key: UUID) -> UUID:
        while key in self._parents:
            key = self._parents[key]
        return key

    def absorbed(self) -> dict[UUID, list[UUID]]:
        """Return for each group that was joined its oldest, and the others."""
        found: dict[UUID, list[UUID]] = {}
        for key in self._parents:
            found.setdefault(self.oldest(key), []).append(key)
        return found
