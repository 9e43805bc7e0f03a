# SPDX-License-Identifier: Apache-2.0
"""How a merge is written down, whoever decides on it: the record, its evidence, its snapshot."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.comparison import Clue, Comparison, Field
from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import FieldPair, Holdings, Merge
from agentassist.services.contact_points import masked
from agentassist.storage.audit import Audit
from agentassist.storage.holdings import holdings
from agentassist.storage.merges import Merges


class MergeWriter:
    """Writes merges into the database and the audit, on one connection."""

    def __init__(self, connection: Connection, actor: str, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._actor = actor
        self._now = now

    def add(
        self,
        kept: Customer,
        absorbed: Customer,
        pairs: Iterable[FieldPair],
        comparison: Comparison,
        reason: str,
    ) -> Merge:
        """Join the absorbed one to the kept one; `pairs` say whose value each field shows.

        Raises:
            UserError: they are one already.
        """
        merge = Merge(
            id=new_id(),
            customer_id=absorbed.id,
            survivor_id=kept.id,
            merged_at=self._now(),
            actor=self._actor,
            reason=reason,
            evidence=evidence(comparison),
            snapshot={"kept": self._side(kept), "absorbed": self._side(absorbed)},
            chosen={pair.name: str(absorbed.id) for pair in pairs if pair.take_absorbed},
        )
        Merges(self._connection).add(merge)
        self._note("customers merged", merge)
        return merge

    def undo(self, merge_id: UUID) -> Merge:
        """Part two customers again.

        Raises:
            UserError: there is no such merge, or it was undone before.
        """
        merge = Merges(self._connection).undo(merge_id, self._actor, self._now())
        self._note("customers split", merge)
        return merge

    def _side(self, customer: Customer) -> dict[str, Any]:
        return snapshot(customer, holdings(self._connection, customer.id))

    def _note(self, kind: str, merge: Merge) -> None:
        # Fields are named and values are not: the audit holds no personal data.
        told = {
            "merge": str(merge.id),
            "customer": str(merge.customer_id),
            "taken": sorted(merge.chosen),
            "evidence": _compared(merge.evidence),
        }
        audit = Audit(self._connection, now=self._now)
        audit.append(kind, self._actor, str(merge.survivor_id), told)


def evidence(comparison: Comparison) -> Mapping[str, object]:
    """Return why two records are one, as JSON; id numbers are masked."""
    return {
        "score": round(comparison.score, 1),
        "clues": [_plain_clue(clue) for clue in comparison.clues],
        "vetoes": [veto.value for veto in comparison.vetoes],
    }


def snapshot(customer: Customer, holds: Holdings) -> dict[str, Any]:
    """Return a customer as JSON, as it was when it was merged; id numbers are masked."""
    points = tuple(map(_masked, customer.contact_points))
    plain = asdict(replace(customer, contact_points=points))
    return plain | {"id": str(customer.id), "holds": asdict(holds)}


def _plain_clue(clue: Clue) -> dict[str, object]:
    hide = masked if clue.field is Field.ID_NUMBER else str
    return {
        "field": clue.field.value,
        "how": clue.how.value,
        "weight": round(clue.weight, 1),
        "one": hide(clue.one),
        "other": hide(clue.other),
    }


def _compared(found: Mapping[str, Any]) -> dict[str, object]:
    """Return what agreed how, without values."""
    return {clue["field"]: clue["how"] for clue in found.get("clues", ())}


def _masked(point: ContactPoint) -> ContactPoint:
    """Return a point as it may be repeated: an id number only with its end."""
    secret = point.kind is ContactKind.ID_NUMBER
    return replace(point, value=masked(point.value)) if secret else point
