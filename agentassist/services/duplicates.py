# SPDX-License-Identifier: Apache-2.0
"""Duplicates: merging what is certain, and remembering what a person told apart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.comparison import Clue, Comparison, Field
from agentassist.domain.customer import Customer
from agentassist.domain.duplicates import DuplicatePair
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.errors import Cancelled, UserError
from agentassist.services.contact_points import masked
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.duplicates import DuplicateQueries, ToldApart
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks

REASON = "found as a duplicate"
_AT_ONCE = 100


class Duplicates:
    """Acts on what a search found."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def merge(
        self,
        certain: Iterable[DuplicatePair],
        actor: str,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Merge these pairs, each by a record that can be undone; return how many there were.

        A hundred are one transaction. What was merged meanwhile by somebody else is left out.

        Raises:
            Cancelled: `cancelled` answered True; what was merged before stays.
        """
        done = 0
        for some in chunks(certain, _AT_ONCE):
            if cancelled():
                raise Cancelled
            with self._database.transaction() as connection:
                done += sum(self._merge(connection, pair, actor) for pair in some)
        return done

    def _merge(self, connection: Connection, pair: DuplicatePair, actor: str) -> bool:
        both = Customers(connection).many((pair.one, pair.other))
        if len(both) < 2 or ToldApart(connection).of([both[0].id]) & {_ordered(both)}:  # noqa: PLR2004 - two
            return False
        kept, absorbed = sorted(both, key=_kept_first)
        merge = Merge(
            new_id(),
            absorbed.id,
            kept.id,
            self._now(),
            actor,
            REASON,
            evidence(pair.comparison),
            {"kept": plain(kept), "absorbed": plain(absorbed)},
        )
        Merges(connection).add(merge)
        agreed = {clue.field.value: clue.how.value for clue in pair.comparison.clues}
        details = {"merge": str(merge.id), "customer": str(absorbed.id), "compared": agreed}
        Audit(connection, now=self._now).append("duplicates merged", actor, str(kept.id), details)
        return True

    def tell_apart(self, one: UUID, other: UUID, actor: str, reason: str = "") -> None:
        """Remember that two customers are two people: they are never suggested again.

        Raises:
            UserError: they are one customer already.
        """
        with self._database.transaction() as connection:
            survivors = DuplicateQueries(connection).survivors((one, other))
            if survivors[one] == survivors[other]:
                raise UserError("These two are one customer already. Undo the merge first.")
            if ToldApart(connection).add(one, other, actor, self._now(), reason):
                details = {"other": str(other), "reason": reason}
                Audit(connection, now=self._now).append("told apart", actor, str(one), details)

    def take_back(self, one: UUID, other: UUID, actor: str) -> None:
        """Forget that two customers were told apart."""
        with self._database.transaction() as connection:
            ToldApart(connection).take_back(one, other)
            details = {"other": str(other)}
            Audit(connection, now=self._now).append("not told apart", actor, str(one), details)


def evidence(comparison: Comparison) -> Mapping[str, object]:
    """Return why two records are one, as JSON; id numbers are masked."""
    return {
        "score": round(comparison.score, 1),
        "clues": [_plain_clue(clue) for clue in comparison.clues],
        "vetoes": [veto.value for veto in comparison.vetoes],
    }


def _plain_clue(clue: Clue) -> dict[str, object]:
    hide = masked if clue.field is Field.ID_NUMBER else str
    return {
        "field": clue.field.value,
        "how": clue.how.value,
        "weight": round(clue.weight, 1),
        "one": hide(clue.one),
        "other": hide(clue.other),
    }


def plain(customer: Customer) -> dict[str, object]:
    """Return a customer as JSON can hold it."""
    return {**asdict(customer), "id": str(customer.id)}


def _ordered(both: tuple[Customer, ...]) -> tuple[UUID, UUID]:
    first, second = sorted(customer.id for customer in both)
    return first, second


def _kept_first(customer: Customer) -> tuple[int, UUID]:
    """The fuller record is kept, of two equal ones the older."""
    given = (customer.birth_date, customer.address, customer.postal_code, customer.language)
    named = customer.name not in {point.shown for point in customer.contact_points}
    filled = sum(map(bool, given)) + len(customer.contact_points) + 2 * named
    return -filled, customer.id
