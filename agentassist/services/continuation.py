# SPDX-License-Identifier: Apache-2.0
"""Moving a customer to another channel: what was asked, done, open and promised goes along."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from agentassist.domain.call import Call, Utterance
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.moving import (
    MOVED_FROM,
    MOVED_TO,
    SOURCES,
    MovedSummary,
    lines_of_call,
    lines_of_loop,
)
from agentassist.domain.queue import QueueItem
from agentassist.domain.verdict import Decision
from agentassist.errors import UserError
from agentassist.services.redaction import redact
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.loop_queue import LoopQueue
from agentassist.storage.loops import Loops

_MOST_READ = 50
_MOST_SOURCES = 12
_RECENT = timedelta(days=30)


class Continuation:
    """Composes and keeps summaries for the colleague who goes on."""

    def __init__(
        self, database: Database, agent: str = "", now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._agent = agent
        self._now = now

    def of_call(
        self, call: Call, said: Sequence[Utterance], decisions: Sequence[Decision], to: Channel
    ) -> MovedSummary:
        """Compose it from the contact on screen."""
        if call.customer_id is None:
            lines = lines_of_call(said, decisions, (), ())
            return MovedSummary(None, None, Channel.CALL, to, lines)
        with self._database.reading() as connection:
            promises = History(connection).promises(call.customer_id)
            since = self._now() - _RECENT
            loops = LoopQueue(connection).of_customer(call.customer_id, since)
        lines = lines_of_call(said, decisions, promises, loops)
        return MovedSummary(call.customer_id, None, Channel.CALL, to, lines)

    def of_item(self, item: QueueItem, to: Channel) -> MovedSummary:
        """Compose it from a line of the queue.

        Raises:
            UserError: it is no longer there, or it is a promise, which has no channel.
        """
        with self._database.reading() as connection:
            loop = Loops(connection).get(item.id)
            if loop is None:
                raise UserError("Only messages and complaints can go on on another channel.")
            thread = LoopQueue(connection).thread(loop, _MOST_READ)
            mine = History(connection).promises(item.customer_id) if item.customer_id else ()
        lines = lines_of_loop(loop, thread, mine)
        return MovedSummary(item.customer_id, loop.conversation_id, loop.channel, to, lines)

    def store(self, summary: MovedSummary, text: str) -> Interaction:
        """Put a summary on the timeline; `text` is how it reads in the agent's language."""
        sources = list(dict.fromkeys(str(key) for line in summary.lines for key in line.sources))
        note = Interaction(
            id=new_id(),
            customer_id=summary.customer_id,
            channel=Channel.NOTE,
            text=redact(text),
            occurred_at=self._now(),
            direction=Direction.INTERNAL,
            subject=_subject(text),
            author=self._agent,
            conversation_id=summary.conversation_id,
            attributes={
                MOVED_FROM: summary.moved_from.value,
                MOVED_TO: summary.moved_to.value,
                SOURCES: " ".join(sources[:_MOST_SOURCES]),
            },
        )
        with self._database.transaction() as connection:
            History(connection).add_interactions((note,))
            moved = {"from": summary.moved_from.value, "to": summary.moved_to.value}
            Audit(connection).append("moved to another channel", self._agent, str(note.id), moved)
        return note


def as_text(summary: MovedSummary) -> str:
    """Return a summary as lines of text, each with what it is: for the command line."""
    return "\n".join(f"{line.kind.value.capitalize()}: {line.text}" for line in summary.lines)


def _subject(text: str) -> str:
    return text.splitlines()[0][:120] if text.strip() else ""
