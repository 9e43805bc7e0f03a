# SPDX-License-Identifier: Apache-2.0
"""Which links lead to which conversation, and how far each folder of a mailbox was read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from agentassist.storage.rows import chunks, insert_new, upsert
from agentassist.storage.schema.history import interactions
from agentassist.storage.schema.loops import loops
from agentassist.storage.schema.mail import mail_folders, mail_links


class MailLinks:
    """Reads and writes the links of one source, inside one transaction."""

    def __init__(self, connection: Connection, source: str) -> None:
        self._connection = connection
        self._source = source

    def conversations(self, links: Iterable[str]) -> dict[str, UUID]:
        """Map the links that are known to their conversations."""
        query = select(mail_links.c.link, mail_links.c.conversation_id)
        mine = query.where(mail_links.c.source == self._source)
        found: dict[str, UUID] = {}
        for chunk in chunks(set(links)):
            rows = self._connection.execute(mine.where(mail_links.c.link.in_(chunk)))
            found |= {row.link: row.conversation_id for row in rows}
        return found

    def add(self, links: Mapping[str, UUID]) -> None:
        """Add links; one that is there already stays as it is."""
        rows = [
            {"source": self._source, "link": link, "conversation_id": key}
            for link, key in links.items()
        ]
        for chunk in chunks(rows):
            insert_new(self._connection, mail_links, chunk)

    def join(self, absorbed: Sequence[UUID], into: UUID) -> None:
        """Give all that is in some conversations to another one."""
        for chunk in chunks(absorbed):
            for table in (interactions, loops, mail_links):
                theirs = table.c.conversation_id.in_(chunk)
                statement = update(table).where(theirs).values(conversation_id=into)
                self._connection.execute(statement)


@dataclass(frozen=True, slots=True)
class ReadUpTo:
    """The last mail of a folder that was taken; UIDs count within one `uidvalidity`."""

    uidvalidity: int = 0
    last_uid: int = 0


class MailFolders:
    """Remembers the folders of mailboxes, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read_up_to(self, account: str, folder: str) -> ReadUpTo:
        """Return how far a folder was read; nothing of a new one was."""
        columns = (mail_folders.c.uidvalidity, mail_folders.c.last_uid)
        mine = (mail_folders.c.account == account, mail_folders.c.folder == folder)
        row = self._connection.execute(select(*columns).where(*mine)).one_or_none()
        return ReadUpTo(*row) if row else ReadUpTo()

    def remember(self, account: str, folder: str, reached: ReadUpTo, at: datetime) -> None:
        """Note how far a folder was read."""
        row = {"account": account, "folder": folder, "changed_at": at}
        counted = {"uidvalidity": reached.uidvalidity, "last_uid": reached.last_uid}
        upsert(self._connection, mail_folders, row | counted)
