# SPDX-License-Identifier: Apache-2.0
"""Tables of mail: what joins mails to conversations, and how far each mailbox was read."""

from sqlalchemy import BigInteger, Column, Index, Table, Uuid

from agentassist.storage.schema.base import metadata
from agentassist.storage.schema.types import CleanText, UtcDateTime

# Each link of a mail (an id in its headers) leads to one conversation.
mail_links = Table(
    "mail_links",
    metadata,
    Column("source", CleanText(), primary_key=True),
    Column("link", CleanText(), primary_key=True),
    Column("conversation_id", Uuid(), nullable=False),
    Index("ix_mail_links_conversation_id", "conversation_id"),
)

# `last_uid` counts within one `uidvalidity` (RFC 3501, section 2.3.1.1).
mail_folders = Table(
    "mail_folders",
    metadata,
    Column("account", CleanText(), primary_key=True),
    Column("folder", CleanText(), primary_key=True),
    Column("uidvalidity", BigInteger(), nullable=False),
    Column("last_uid", BigInteger(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
)
