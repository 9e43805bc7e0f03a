# SPDX-License-Identifier: Apache-2.0
"""Everything a verdict came from, kept so that it can be computed again, byte for byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from agentassist.domain.decision import decide, to_bytes
from agentassist.domain.facts import Facts
from agentassist.domain.policy import Bundle
from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.spending import Spending, Spent
from agentassist.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What `decide` was given beside the bundle. `policy` is the id that was asked for."""

    policy: str
    facts: Facts
    at: datetime
    language: str = "en"
    role: str = "agent"
    past: Past = field(default_factory=dict)
    spent: Spent = field(default_factory=dict)
    need: str | None = None
    day: date | None = None

    def verdict(self, bundle: Bundle) -> Verdict:
        """Return the verdict. Raises UserError when the bundle has no such policy."""
        return decide(
            bundle,
            self.policy,
            self.facts,
            at=self.at,
            language=self.language,
            role=self.role,
            past=self.past,
            spent=self.spent,
            need=self.need,
            day=self.day,
        )


def verdict_hash(verdict: Verdict) -> str:
    """Return the sha256 of a verdict's bytes, in hex."""
    return hashlib.sha256(to_bytes(verdict)).hexdigest()


def given_json(basis: Basis) -> str:
    """Write all but the facts as canonical JSON: the same basis always gives the same text."""
    given = {
        "policy": basis.policy,
        "at": basis.at.astimezone(UTC).isoformat(),
        "language": basis.language,
        "role": basis.role,
        "past": sorted(_past_row(*item) for item in basis.past.items()),
        "spent": sorted([*key, x.customer, x.day] for key, x in basis.spent.items()),
        "need": basis.need,
        "day": basis.day.isoformat() if basis.day else None,
    }
    return json.dumps(given, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _past_row(key: tuple[str, str], record: OfferRecord) -> list[object]:
    declined = record.declined_at.astimezone(UTC).isoformat() if record.declined_at else ""
    return [*key, record.accepted, record.declined, declined]


def read_given(text: str, facts: Facts) -> Basis:
    """Read what `given_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    given: Mapping[str, Any] = json.loads(text)
    return Basis(
        policy=str(given["policy"]),
        facts=facts,
        at=datetime.fromisoformat(given["at"]),
        language=str(given["language"]),
        role=str(given["role"]),
        past={(row[0], row[1]): _record(*row[2:]) for row in given["past"]},
        spent={(row[0], row[1]): Spending(*row[2:]) for row in given["spent"]},
        need=given.get("need"),
        day=date.fromisoformat(given["day"]) if given.get("day") else None,
    )


def _record(accepted: int, declined: int, declined_at: str) -> OfferRecord:
    at = datetime.fromisoformat(declined_at) if declined_at else None
    return OfferRecord(accepted, declined, at)
