# SPDX-License-Identifier: Apache-2.0
"""Two records of one person: what a merge would do, doing it, and undoing it at any time."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import Customer
from agentassist.domain.merge import (
    Merge,
    MergePreview,
    common_points,
    joined,
    pair_up,
)
from agentassist.errors import UserError
from agentassist.services.live_duplicates import LiveDuplicates
from agentassist.services.merge_writer import MergeWriter
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.distinctions import Distinctions
from agentassist.storage.holdings import holdings
from agentassist.storage.merges import Merges


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """A merge with the names that both had then."""

    merge: Merge
    kept: str
    absorbed: str


class Merging:
    """Merges and splits. `agent` is who does it; every act is in the audit.

    Either side may be merged with others already: the records that are read now are joined,
    so that chains and groups need no order.
    """

    def __init__(
        self,
        database: Database,
        agent: str,
        now: Callable[[], datetime],
        duplicates: LiveDuplicates | None = None,
    ) -> None:
        self._database = database
        self._duplicates = duplicates or LiveDuplicates(database)
        self._agent = agent
        self._now = now

    def preview(
        self, kept_id: UUID, absorbed_id: UUID, take: Collection[str] | None = None
    ) -> MergePreview:
        """Return what merging would do; `take` names the fields shown from the absorbed one.

        With `take` None the absorbed value fills what the kept one leaves empty.

        Raises:
            UserError: one of them is not there, or they are one customer already.
        """
        with self._database.reading() as connection:
            return self._preview(connection, kept_id, absorbed_id, take)

    def merge(
        self,
        kept_id: UUID,
        absorbed_id: UUID,
        take: Collection[str] | None = None,
        reason: str = "",
    ) -> Merge:
        """Join the history of `absorbed_id` to that of `kept_id`; nothing is overwritten.

        Raises:
            UserError: one of them is not there, they are one customer already, or there is
                a conflict and no reason.
        """
        self._duplicates.warm()  # before others have to wait for this transaction
        with self._database.transaction() as connection:
            # The audit lets one writer in at a time: two merges cannot make a circle.
            Audit(connection).take_turn()
            it = self._preview(connection, kept_id, absorbed_id, take)
            _refuse_in_doubt(it, reason.strip())
            return self._writer(connection).add(
                it.kept, it.absorbed, it.pairs, it.comparison, reason.strip()
            )

    def split(self, merge_id: UUID) -> Merge:
        """Undo a merge, whenever it was made and whatever was merged since.

        Raises:
            UserError: there is no such merge, or it was undone before.
        """
        with self._database.transaction() as connection:
            return self._writer(connection).undo(merge_id)

    def known(self, merge_id: UUID) -> bool:
        """Tell whether there is such a merge, undone or not."""
        with self._database.reading() as connection:
            return Merges(connection).get(merge_id) is not None

    def of(self, customer_id: UUID) -> tuple[MergeRecord, ...]:
        """Return the merges of a customer, the newest first, undone ones too."""
        with self._database.reading() as connection:
            found = Merges(connection).of(customer_id)
        return tuple(_record(merge) for merge in reversed(found))

    def keep_apart(self, one: UUID, other: UUID, reason: str = "") -> None:
        """Note that two are two people: they are not suggested to be one again.

        Raises:
            UserError: they are one customer already.
        """
        with self._database.transaction() as connection:
            audit = Audit(connection, now=self._now)
            audit.take_turn()
            survivors = Merges(connection).survivors((one, other))
            if survivors[one] == survivors[other]:
                raise UserError("These two are one customer already. Undo the merge first.")
            told = Distinctions(connection)
            if told.add(one, other, self._agent, self._now(), reason.strip()):
                audit.append("customers kept apart", self._agent, str(one), {"other": str(other)})

    def apart(self, customer_id: UUID) -> tuple[Customer, ...]:
        """Return who was found to be somebody else than this customer."""
        with self._database.reading() as connection:
            return Customers(connection).many(sorted(Distinctions(connection).of(customer_id)))

    def allow_again(self, one: UUID, other: UUID) -> None:
        """Take that note back."""
        with self._database.transaction() as connection:
            Distinctions(connection).remove(one, other)
            audit = Audit(connection, now=self._now)
            audit.append("kept apart undone", self._agent, str(one), {"other": str(other)})

    def _preview(
        self,
        connection: Connection,
        kept_id: UUID,
        absorbed_id: UUID,
        take: Collection[str] | None,
    ) -> MergePreview:
        kept, absorbed = (_customer(connection, key) for key in (kept_id, absorbed_id))
        if kept.id == absorbed.id:
            raise UserError("These two are one customer already.")
        pairs = tuple(pair_up(kept, absorbed, take))
        return MergePreview(
            kept=kept,
            absorbed=absorbed,
            result=joined(kept, absorbed, {pair.name: pair.result for pair in pairs}),
            pairs=pairs,
            comparison=self._duplicates.between(connection, kept.id, absorbed.id),
            moves=holdings(connection, absorbed.id),
            stays=holdings(connection, kept.id),
            both=common_points(kept, absorbed),
            apart=Distinctions(connection).between(kept.id, absorbed.id),
        )

    def _writer(self, connection: Connection) -> MergeWriter:
        return MergeWriter(connection, self._agent, self._now)


def _customer(connection: Connection, customer_id: UUID) -> Customer:
    customer = Customers(connection).get(customer_id)
    if customer is None:
        raise UserError("There is no customer {id}. Search by name or number.", id=customer_id)
    return customer


def _refuse_in_doubt(preview: MergePreview, reason: str) -> None:
    if preview.needs_reason and not reason:
        raise UserError(
            "Something speaks against one person. Write the reason why they are one all the same."
        )


def _record(merge: Merge) -> MergeRecord:
    return MergeRecord(merge, _name(merge, "kept"), _name(merge, "absorbed"))


def _name(merge: Merge, side: str) -> str:
    """Return the name of a side when it was merged; empty where no snapshot has it."""
    taken = merge.snapshot.get(side)
    return str(taken.get("name", "")) if isinstance(taken, Mapping) else ""
