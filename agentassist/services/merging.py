# SPDX-License-Identifier: Apache-2.0
"""Two records of one person: what a merge would do, doing it, and undoing it at any time."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import (
    Agreement,
    Holdings,
    Merge,
    MergePreview,
    common_points,
    compare,
    joined,
    pair_up,
)
from agentassist.errors import UserError
from agentassist.services.contact_points import masked
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

    def __init__(self, database: Database, agent: str, now: Callable[[], datetime]) -> None:
        self._database = database
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
            return _preview(connection, kept_id, absorbed_id, take)

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
        with self._database.transaction() as connection:
            # The audit lets one writer in at a time: two merges cannot make a circle.
            Audit(connection).take_turn()
            preview = _preview(connection, kept_id, absorbed_id, take)
            _refuse_in_doubt(preview, reason.strip())
            merge = self._made(preview, reason.strip())
            Merges(connection).add(merge)
            self._note(connection, "customers merged", merge)
        return merge

    def split(self, merge_id: UUID) -> Merge:
        """Undo a merge, whenever it was made and whatever was merged since.

        Raises:
            UserError: there is no such merge, or it was undone before.
        """
        with self._database.transaction() as connection:
            merge = Merges(connection).undo(merge_id, self._agent, self._now())
            self._note(connection, "customers split", merge)
        return merge

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
        """Note that two are two people: they are not suggested to be one again."""
        with self._database.transaction() as connection:
            Distinctions(connection).add(one, other, self._agent, self._now(), reason.strip())
            audit = Audit(connection, now=self._now)
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

    def _note(self, connection: Connection, kind: str, merge: Merge) -> None:
        # Fields are named and values are not: the audit holds no personal data.
        told = {
            "merge": str(merge.id),
            "customer": str(merge.customer_id),
            "taken": sorted(merge.chosen),
            "evidence": dict(merge.evidence),
        }
        audit = Audit(connection, now=self._now)
        audit.append(kind, self._agent, str(merge.survivor_id), told)

    def _made(self, preview: MergePreview, reason: str) -> Merge:
        absorbed = preview.absorbed.id
        return Merge(
            id=new_id(),
            customer_id=absorbed,
            survivor_id=preview.kept.id,
            merged_at=self._now(),
            actor=self._agent,
            reason=reason,
            evidence=_evidence(preview),
            snapshot=_snapshot(preview),
            chosen={pair.name: str(absorbed) for pair in preview.pairs if pair.take_absorbed},
        )


def _preview(
    connection: Connection, kept_id: UUID, absorbed_id: UUID, take: Collection[str] | None
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
        comparisons=compare(kept, absorbed),
        moves=holdings(connection, absorbed.id),
        stays=holdings(connection, kept.id),
        both=common_points(kept, absorbed),
        apart=Distinctions(connection).between(kept.id, absorbed.id),
    )


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


def _evidence(preview: MergePreview) -> dict[str, object]:
    found: dict[str, object] = {
        agreement.value: [item.what for item in preview.comparisons if item.agreement is agreement]
        for agreement in Agreement
    }
    return {key: value for key, value in found.items() if value}


def _snapshot(preview: MergePreview) -> dict[str, object]:
    return {
        "kept": _side(preview.kept, preview.stays),
        "absorbed": _side(preview.absorbed, preview.moves),
    }


def _side(customer: Customer, holds: Holdings) -> dict[str, Any]:
    points = tuple(map(_masked, customer.contact_points))
    plain = asdict(replace(customer, contact_points=points))
    return plain | {"id": str(customer.id), "holds": asdict(holds)}


def _masked(point: ContactPoint) -> ContactPoint:
    """Return a point as it may be repeated: an id number only with its end."""
    secret = point.kind is ContactKind.ID_NUMBER
    return replace(point, value=masked(point.value)) if secret else point


def _record(merge: Merge) -> MergeRecord:
    return MergeRecord(merge, _name(merge, "kept"), _name(merge, "absorbed"))


def _name(merge: Merge, side: str) -> str:
    """Return the name of a side when it was merged; empty where no snapshot has it."""
    taken = merge.snapshot.get(side)
    return str(taken.get("name", "")) if isinstance(taken, Mapping) else ""
