# SPDX-License-Identifier: Apache-2.0
"""Past decisions over a draft, and how often each rule decided: streamed, never held."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo

from agentassist.domain.policy import Bundle
from agentassist.domain.policy_coverage import Coverage
from agentassist.domain.verdict import VerdictKind
from agentassist.domain.what_if import PastCase, Replay, WhatIf
from agentassist.errors import Cancelled
from agentassist.services.lab_rows import RuleUse
from agentassist.storage.database import Database
from agentassist.storage.past_decisions import PastDecisions

Progress = Callable[[int, int], None]
"""Called with what is done so far and what there is in all."""
Stop = Callable[[], bool]
"""True once the person wants no more of it."""

_STEP = 2_000


def what_if(
    database: Database,
    before: Bundle,
    after: Bundle,
    since: datetime | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    refusals: bool = False,
    language: str = "en",
    zone: tzinfo | None = None,
) -> WhatIf:
    """Decide past decisions again; `refusals` takes only those. Raises Cancelled."""
    run = Replay(before, after, language, zone)
    verdict = VerdictKind.REFUSE if refusals else None
    for case in _watched(database, since, verdict, progress, stop):
        run.add(case)
    return run.result()


def coverage(
    database: Database,
    bundle: Bundle,
    since: datetime | None = None,
    language: str = "en",
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    zone: tzinfo | None = None,
) -> tuple[RuleUse, ...]:
    """Return how often each rule decided, by policy; those never used too."""
    run = Coverage(bundle, zone)
    for case in _watched(database, since, None, progress, stop):
        run.add(case)
    with database.reading() as connection:
        overridden = _by_rule(bundle, PastDecisions(connection).overrides(since))
    return tuple(
        RuleUse(
            policy_id,
            bundle.policies[policy_id].title.say(language),
            kind,
            rule,
            uses,
            overridden.get((policy_id, kind, rule), 0),
        )
        for (policy_id, kind, rule), uses in sorted(run.uses.items())
    )


def _by_rule(
    bundle: Bundle, overrides: Mapping[tuple[str, str, str], int]
) -> dict[tuple[str, str, str], int]:
    """Bring overrides to the rules of coverage.

    What names a policy is the safeguard that stood before another one.
    """
    found: dict[tuple[str, str, str], int] = {}
    for (policy_id, verdict, rule), times in overrides.items():
        key = (policy_id, verdict.replace(" ", "_"), rule)
        if rule in bundle.policies:
            key = (rule, VerdictKind.REFUSE.value, "")
        found[key] = found.get(key, 0) + times
    return found


def _watched(
    database: Database,
    since: datetime | None,
    verdict: VerdictKind | None,
    progress: Progress | None,
    stop: Stop | None,
) -> Iterator[PastCase]:
    """Yield past decisions; tell how far it is, and stop when asked to."""
    with database.reading() as connection:
        past = PastDecisions(connection)
        total = past.count(since, verdict)
        for number, case in enumerate(past.cases(since, verdict)):
            if number % _STEP == 0:
                _look(number, total, progress, stop)
            yield case
        _look(total, total, progress, stop)


def _look(done: int, total: int, progress: Progress | None, stop: Stop | None) -> None:
    if stop is not None and stop():
        raise Cancelled
    if progress is not None:
        progress(done, total)
