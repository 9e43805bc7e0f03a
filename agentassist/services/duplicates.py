# SPDX-License-Identifier: Apache-2.0
"""Duplicates: merging what a search found to be certain."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import Customer
from agentassist.domain.duplicates import DuplicatePair
from agentassist.domain.merge import pair_up
from agentassist.errors import Cancelled
from agentassist.services.merge_writer import MergeWriter
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.distinctions import Distinctions
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

        A hundred are one transaction. What was merged meanwhile by somebody else, or told
        apart, is left out.

        Raises:
            Cancelled: `cancelled` answered True; what was merged before stays.
        """
        done = 0
        for some in chunks(certain, _AT_ONCE):
            if cancelled():
                raise Cancelled
            with self._database.transaction() as connection:
                # The audit lets one writer in at a time: what is checked here holds.
                Audit(connection).take_turn()
                done += sum(self._merge(connection, pair, actor) for pair in some)
        return done

    def _merge(self, connection: Connection, pair: DuplicatePair, actor: str) -> bool:
        both = Customers(connection).many((pair.one, pair.other))
        if len(both) < 2 or Distinctions(connection).between(both[0].id, both[1].id):  # noqa: PLR2004 - two
            return False
        kept, absorbed = sorted(both, key=_kept_first)
        filled = pair_up(kept, absorbed, None)
        writer = MergeWriter(connection, actor, self._now)
        writer.add(kept, absorbed, filled, pair.comparison, REASON)
        return True


def _kept_first(customer: Customer) -> tuple[int, UUID]:
    """The fuller record is kept, of two equal ones the older."""
    given = (customer.birth_date, customer.address, customer.postal_code, customer.language)
    named = customer.name not in {point.shown for point in customer.contact_points}
    filled = sum(map(bool, given)) + len(customer.contact_points) + 2 * named
    return -filled, customer.id
