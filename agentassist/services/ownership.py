# SPDX-License-Identifier: Apache-2.0
"""Who has to do what: a loop or a promise gets another owner, and the audit says so."""

from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.storage.audit import Audit
from agentassist.storage.loop_queue import LoopQueue
from agentassist.storage.loops import Loops

if TYPE_CHECKING:
    from sqlalchemy import Connection


def give(connection: "Connection", key: UUID, owner: str, actor: str) -> None:
    """Give a loop or a promise to somebody, in this transaction.

    Raises:
        UserError: there is neither with this id.
    """
    loop = Loops(connection).get(key)
    if loop is not None:
        Loops(connection).assign([key], owner)
        before, kind = loop.owner, "loop assigned"
    else:
        before, kind = LoopQueue(connection).give_promise(key, owner).owner, "promise assigned"
    Audit(connection).append(kind, actor, str(key), {"from": before, "to": owner})
