# SPDX-License-Identifier: Apache-2.0
"""Computing past verdicts again: the same bundle and facts give the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.basis import read_given, verdict_hash
from agentassist.domain.facts import from_json
from agentassist.domain.policy import Bundle
from agentassist.domain.verdict import Decision
from agentassist.errors import Cancelled, UserError
from agentassist.intake.policy_files import load_kept
from agentassist.storage.database import Database
from agentassist.storage.decided import count_since, decided_since
from agentassist.storage.policies import Policies

_TOLD_EACH = 1_000


class Fault(StrEnum):
    """Why a decision could not be confirmed."""

    NO_BUNDLE = "its policies are not stored any more"
    UNREADABLE = "what it came from cannot be read"
    OTHER_VERDICT = "the verdict is another one"
    OTHER_BYTES = "the verdict is the same, its words or reasons are not"


@dataclass(frozen=True, slots=True)
class Different:
    """One decision that did not come out as it was stored."""

    decision_id: UUID
    at: datetime
    policy_id: str
    fault: Fault
    stored: str
    computed: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found. `unrecorded` were stored without what they came from."""

    total: int
    unrecorded: int
    different: tuple[Different, ...]

    @property
    def same(self) -> int:
        """How many came out byte for byte."""
        return self.total - self.unrecorded - len(self.different)


Progress = Callable[[int, int], None]


def replay(
    database: Database,
    since: datetime | None = None,
    progress: Progress = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Replayed:
    """Decide everything again that was decided since a time, and compare.

    Raises:
        Cancelled: it was stopped.
        Unavailable: the database does not answer.
    """
    with database.reading() as connection:
        of = count_since(connection, since)
        bench = _Bench(connection)
        different: list[Different] = []
        total = unrecorded = 0
        for total, decision in enumerate(decided_since(connection, since), 1):
            unrecorded += not decision.verdict_hash
            found = bench.look_at(decision) if decision.verdict_hash else None
            different += [found] if found else []
            if total % _TOLD_EACH == 0:
                progress(total, of)
                if cancelled():
                    raise Cancelled
    return Replayed(total, unrecorded, tuple(different))


class _Bench:
    """Decides again; each bundle is read once."""

    def __init__(self, connection: Connection) -> None:
        self._policies = Policies(connection)
        self._bundles: dict[str, Bundle | None] = {}

    def look_at(self, decision: Decision) -> Different | None:
        """Return how a decision differs from what it was, None when it does not."""
        bundle = self._bundle(decision.bundle)
        if bundle is None:
            return _different(decision, Fault.NO_BUNDLE)
        try:
            verdict = read_given(decision.given, from_json(decision.facts)).verdict(bundle)
        except (UserError, ValueError, KeyError, TypeError, LookupError, AttributeError):
            return _different(decision, Fault.UNREADABLE)
        if verdict.kind is not decision.verdict:
            return _different(decision, Fault.OTHER_VERDICT, verdict.kind.value)
        if verdict_hash(verdict) != decision.verdict_hash:
            return _different(decision, Fault.OTHER_BYTES, verdict.kind.value)
        return None

    def _bundle(self, digest: str) -> Bundle | None:
        if digest not in self._bundles:
            stored = self._policies.bundle(digest)
            read = load_kept(stored.files) if stored else None
            # A newer program may write the canonical form otherwise; the files are the same.
            self._bundles[digest] = replace(read, digest=digest) if read else None
        return self._bundles[digest]


def _different(decision: Decision, fault: Fault, computed: str = "") -> Different:
    stored = decision.verdict.value
    return Different(decision.id, decision.at, decision.policy_id, fault, stored, computed)
