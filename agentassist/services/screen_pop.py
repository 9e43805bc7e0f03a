# SPDX-License-Identifier: Apache-2.0
"""The first round trip: a call event arrives, and the desk knows who it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from agentassist.domain.call import Call, CallEvent, Utterance, advance, begin
from agentassist.domain.customer import ContactKind
from agentassist.domain.history import Timeline
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Identifier, Outcome, Recognition
from agentassist.domain.pre_call import read_context
from agentassist.services.identity import Identity
from agentassist.services.redaction import redact
from agentassist.services.timeline import open_timeline
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database

_UNFINISHED = timedelta(hours=12)
_KEYED = re.compile(r"\s*([^\W\d_]{1,6})\s*(\d{3,})\s*")
"""An order number as a menu takes it, which has no key for the dash of `MP-204817`."""


@dataclass(frozen=True, slots=True)
class Pop:
    """What the desk shows when a call comes in. `timeline` is there on one match only.

    `said` is what was heard before: of a contact that an earlier run left unfinished.
    """

    call: Call
    recognition: Recognition
    timeline: Timeline | None = None
    said: tuple[Utterance, ...] = ()


class ScreenPop:
    """Turns call events into calls, callers and timelines."""

    def __init__(self, database: Database, identity: Identity, now: Callable[[], datetime]) -> None:
        self._database = database
        self._identity = identity
        self._now = now

    def open(self, event: CallEvent) -> Pop:
        """Record the call, look the caller up, and open the timeline of a single match."""
        with self._database.transaction() as connection:
            call = self._record(Calls(connection), event)
            recognition = self._identity.recognise(connection, tuple(identifiers(call)))
            if recognition.outcome is not Outcome.ONE_MATCH:
                return Pop(call, recognition)
            customer = recognition.candidates[0].customer
            call = replace(call, customer_id=customer.id)
            Calls(connection).save_call(call)
            return Pop(call, recognition, open_timeline(connection, customer))

    def advance(self, event: CallEvent) -> Call:
        """Record a later event of a call that is already on screen."""
        with self._database.transaction() as connection:
            return self._record(Calls(connection), event)

    def choose(self, call: Call, customer_id: UUID) -> Pop:
        """Take the agent's choice among many matches, or of a customer found by hand."""
        with self._database.transaction() as connection:
            customer = self._identity.get(connection, customer_id)
            call = replace(call, customer_id=customer.id)
            Calls(connection).save_call(call)
            recognition = Recognition(Outcome.ONE_MATCH)
            return Pop(call, recognition, open_timeline(connection, customer))

    def again(self, call: Call) -> Pop:
        """Read the customer of a call anew; the call stays with the record it was given to.

        So a merge that is undone leaves it where it was.
        """
        with self._database.reading() as connection:
            if call.customer_id is None:
                recognition = self._identity.recognise(connection, tuple(identifiers(call)))
                return Pop(call, recognition)
            customer = self._identity.get(connection, call.customer_id)
            return Pop(call, Recognition(Outcome.ONE_MATCH), open_timeline(connection, customer))

    def unfinished(self) -> Pop | None:
        """Return the last contact with notes that was never wrapped up, if it is of today."""
        since = self._now() - _UNFINISHED
        with self._database.reading() as connection:
            calls = Calls(connection)
            drafts = (draft for draft in calls.open_drafts() if draft.saved_at > since)
            found = (calls.call(draft.call_id) for draft in drafts)
            call = next((item for item in found if item is not None), None)
            if call is None:
                return None
            said = calls.utterances(call.id)
        return replace(self.again(call), said=said)

    @staticmethod
    def received(event: CallEvent) -> CallEvent:
        """Return an event as it is kept: no card number or code that a menu was told.

        Reads memory only; doing it twice changes nothing.
        """
        if not event.context:
            return event
        return replace(event, context={key: redact(text) for key, text in event.context.items()})

    def _record(self, calls: Calls, event: CallEvent) -> Call:
        event = self.received(event)
        known = calls.by_reference(event.reference)
        call = advance(known, event) if known else begin(event, new_id())
        calls.save_call(call)
        return call


def identifiers(call: Call) -> Iterator[Identifier]:
    """Yield what is known of the caller: the number, then what a bot or menu collected."""
    if call.remote:
        yield Identifier(ContactKind.PHONE, call.remote)
    for told in read_context(call.context).identifiers:
        yield told
        if told.kind is ContactKind.ORDER and (parted := _KEYED.fullmatch(told.value)):
            yield Identifier(ContactKind.ORDER, "-".join(parted.groups()))
