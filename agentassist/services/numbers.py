# SPDX-License-Identifier: Apache-2.0
"""What a number says about whom: attached, given its earlier calls, shared, confirmed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import ContactKind, ContactPoint, Standing
from agentassist.errors import UserError
from agentassist.services.contact_points import normalise
from agentassist.services.moving import Moving
from agentassist.services.wrap_up import SOURCE as DESK
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from agentassist.storage.points import Points
from agentassist.storage.unclaimed import Unclaimed, UnclaimedContacts

_SOUGHT_DIGITS = 2
"""So many last digits stand together however a number is parted: the database looks for them."""
_COMPARED_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Attachment:
    """A number that was given to a customer, and its earlier contacts with it.

    `before` are the standings that the number had at the customer's records; where it is
    empty the number is new there. `move_id` is there when earlier contacts were found.
    """

    customer_id: UUID
    point: ContactPoint
    contacts: int = 0
    move_id: UUID | None = None
    before: Mapping[UUID, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A contact point whose standing was changed, and what it was at each record."""

    kind: ContactKind
    value: str
    before: Mapping[UUID, Standing]


class Numbers:
    """Attaches numbers and says how far they speak for their customers.

    `region` is the country of numbers written without one, `agent` who does it.
    """

    def __init__(
        self, database: Database, region: str, agent: str, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._region = region
        self._agent = agent
        self._now = now
        self._moving = Moving(database, agent, now)

    def attach(
        self,
        customer_id: UUID,
        raw: str,
        kind: ContactKind = ContactKind.PHONE,
        live: UUID | None = None,
    ) -> Attachment:
        """Add a number to a known customer, with the earlier contacts of nobody from it.

        `live` is the call on screen, which follows the agent's choice by itself. A guess
        becomes the customer's own; a shared number stays shared.

        Raises:
            UserError: the number is withheld, or there is no such customer.
        """
        point = normalise(kind, raw, self._region)
        if point is None:
            raise UserError("There is nothing to add: the caller withheld the number.")
        with self._database.transaction() as connection:
            Audit(connection).take_turn()
            owner = _owner(connection, customer_id)
            before = Points(connection).of(owner, kind, point.value)
            self._add(connection, owner, point, before)
            move_id, contacts = self._back_fill(connection, owner, point, live)
            self._note(connection, "number attached", owner, contacts)
        return Attachment(owner, point, contacts, move_id, before)

    def detach(self, given: Attachment) -> None:
        """Undo an attachment: the number as it was before, the contacts whose they were."""
        with self._database.transaction() as connection:
            if given.move_id:
                self._moving.take_back(connection, given.move_id)
            points, point = Points(connection), given.point
            if given.before:
                points.set_standings(point.kind, point.value, given.before)
            if given.customer_id not in given.before:
                points.remove(given.customer_id, point.kind, point.value)
            self._note(connection, "number taken away", given.customer_id, given.contacts)

    def share(self, kind: ContactKind, raw: str) -> StandingChange:
        """Mark a number as one of several people, at everybody who has it."""
        return self._change(kind, raw, None, Standing.SHARED)

    def confirm(self, customer_id: UUID, kind: ContactKind, raw: str) -> StandingChange:
        """Turn a guess into the customer's own number or address."""
        return self._change(kind, raw, customer_id, Standing.OWN)

    def take_back(self, change: StandingChange) -> None:
        """Give a contact point the standings that it had."""
        with self._database.transaction() as connection:
            Points(connection).set_standings(change.kind, change.value, change.before)
            self._note_standing(connection, "standing restored", change)

    def _change(
        self, kind: ContactKind, raw: str, customer_id: UUID | None, wanted: Standing
    ) -> StandingChange:
        point = normalise(kind, raw, self._region)
        value = point.value if point else ""
        with self._database.transaction() as connection:
            points = Points(connection)
            if customer_id is None:
                before = points.standings(kind, value)
            else:
                before = points.of(customer_id, kind, value)
            if not before:
                raise UserError("Nobody has this number or address. Add it to a customer first.")
            change = StandingChange(kind, value, before)
            points.set_standings(kind, value, dict.fromkeys(before, wanted))
            self._note_standing(connection, f"marked as {wanted}", change)
        return change

    def _add(
        self,
        connection: Connection,
        owner: UUID,
        point: ContactPoint,
        before: Mapping[UUID, Standing],
    ) -> None:
        Customers(connection).add_point(owner, point)
        guesses = [key for key, standing in before.items() if standing is Standing.MAYBE]
        own = dict.fromkeys(guesses, Standing.OWN)
        Points(connection).set_standings(point.kind, point.value, own)

    def _back_fill(
        self, connection: Connection, owner: UUID, point: ContactPoint, live: UUID | None
    ) -> tuple[UUID | None, int]:
        if point.kind is not ContactKind.PHONE:
            return None, 0
        unclaimed = UnclaimedContacts(connection)
        digits = _digits(point.value)[-_SOUGHT_DIGITS:]
        calls = [key for key in self._same(unclaimed.calls(digits), point.value) if key != live]
        found = set(self._same(unclaimed.contacts(digits), point.value))
        found |= set(unclaimed.of_calls(DESK, map(str, calls)))
        if not found and not calls:
            return None, 0
        contacts = History(connection).many(found)
        done = self._moving.store(connection, contacts, calls, owner, "number attached")
        wrapped = {item.source_ref for item in contacts if item.source == DESK}
        return done.move.id, len(contacts) + len({*map(str, calls)} - wrapped)

    def _same(self, candidates: Iterable[Unclaimed], value: str) -> list[UUID]:
        """Return the candidates one of whose numbers is this one, however it is written."""
        digits = _digits(value)[-_COMPARED_DIGITS:]
        return [
            item.id
            for item in candidates
            if any(digits in _digits(raw) and self._is(raw, value) for raw in item.numbers)
        ]

    def _is(self, raw: str, value: str) -> bool:
        try:
            point = normalise(ContactKind.PHONE, raw, self._region)
        except UserError:
            return False
        return point is not None and point.value == value

    def _note(self, connection: Connection, kind: str, owner: UUID, contacts: int) -> None:
        audit = Audit(connection, now=self._now)
        audit.append(kind, self._agent, str(owner), {"contacts": contacts})

    def _note_standing(self, connection: Connection, kind: str, change: StandingChange) -> None:
        audit = Audit(connection, now=self._now)
        for key, standing in sorted(change.before.items()):
            told = {"kind": change.kind.value, "before": standing.value}
            audit.append(kind, self._agent, str(key), told)


def _owner(connection: Connection, customer_id: UUID) -> UUID:
    if Customers(connection).get(customer_id) is None:
        raise UserError("This customer is no longer there. Search by name or number.")
    return Merges(connection).survivor(customer_id)


def _digits(raw: str) -> str:
    return "".join(filter(str.isdecimal, raw))
