# SPDX-License-Identifier: Apache-2.0
"""Past decisions for the sample: what three months of calls might have asked, and got.

Each begins with the facts of a test that a policy's author wrote, moved a little, and is
decided by the engine; nothing is made up but the calls. Loading twice adds nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from agentassist.domain.basis import Basis, given_json, verdict_hash
from agentassist.domain.facts import FactSpec, FactType, FactValue, Value, plain, to_json
from agentassist.domain.money import Money
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.verdict import Answer, Decision, Verdict, VerdictKind
from agentassist.intake.policy_files import load_folders
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies

_KEYS = UUID("0d0f6f0e-7a5b-4d0c-8a34-6f9f3a1be2c7")
_SEED = 7
_DAYS = 84
_OPENS, _MINUTES = 8, 12 * 60
_MOVED, _BY = 0.8, 0.1
_TAKES_FIRST, _TAKES_SECOND = 0.62, 0.82
_PROTECTED_SHARE = 0.25


def load_decisions(database: Database, folder: Path, now: datetime, count: int = 1_500) -> int:
    """Write `count` past decisions under the policies of `folder`; return how many.

    Nothing is written when the policies are faulty.
    """
    loaded = load_folders([folder])
    if loaded.bundle is None:
        return 0
    decided = tuple(_decisions(loaded.bundle, now, count))
    with database.transaction() as connection:
        Policies(connection).save_bundle(loaded.bundle.digest, loaded.files, now)
        for decision in decided:
            Calls(connection).add_decision(decision)
    return len(decided)


def _decisions(bundle: Bundle, now: datetime, count: int) -> Iterator[Decision]:
    chance = Random(_SEED)  # noqa: S311  stories, not secrets
    policies = [policy for policy in bundle.policies.values() if policy.tests]
    weights = [_PROTECTED_SHARE if isinstance(p, ProtectedPolicy) else 1.0 for p in policies]
    for number in range(count if policies else 0):
        policy = chance.choices(policies, weights)[0]
        at = _moment(chance, now)
        basis = Basis(policy=policy.id, facts=_facts(bundle, policy, chance, at), at=at)
        verdict = basis.verdict(bundle)
        yield _decision(uuid5(_KEYS, f"{now.date()}:{number}"), basis, verdict, chance)


def _moment(chance: Random, now: datetime) -> datetime:
    """Return a time in opening hours of the last twelve weeks, more of them lately."""
    ago = timedelta(days=1 + int(_DAYS * chance.random() ** 1.4))
    opens = (now - ago).replace(hour=_OPENS, minute=0, second=0, microsecond=0)
    return opens + timedelta(minutes=chance.randrange(_MINUTES))


def _facts(
    bundle: Bundle, policy: AnyPolicy, chance: Random, at: datetime
) -> Mapping[str, FactValue]:
    test = chance.choice(policy.tests)
    return {
        key: FactValue(_near(bundle.facts[key], value, chance), bundle.facts[key].source, at)
        for key, value in test.facts.items()
    }


def _near(spec: FactSpec, value: Value, chance: Random) -> Value:
    """Return a value not far from the author's; a yes or no and a word stay as they are."""
    bare = plain(value)
    if spec.type in (FactType.BOOL, FactType.ENUM) or chance.random() > _MOVED:
        return value
    room = max(1, round((spec.high - spec.low) * _BY))
    moved = min(spec.high, max(spec.low, int(bare) + chance.randint(-room, room)))
    return Money(moved, spec.currency) if spec.type is FactType.MONEY else moved


def _decision(key: UUID, basis: Basis, verdict: Verdict, chance: Random) -> Decision:
    answer, place = _answer(verdict, chance)
    offer = verdict.alternatives[place] if place is not None else None
    return Decision(
        id=key,
        call_id=None,
        customer_id=None,
        policy_id=verdict.policy_id,
        bundle=verdict.bundle,
        verdict=verdict.kind,
        answer=answer,
        at=basis.at,
        request=basis.policy,
        title=verdict.title,
        offer_id=offer.id if offer else "",
        offer=offer.text if offer else "",
        facts=to_json(basis.facts),
        given=given_json(basis),
        verdict_hash=verdict_hash(verdict),
    )


def _answer(verdict: Verdict, chance: Random) -> tuple[Answer, int | None]:
    """Return what the customer said, and the place of the alternative that was accepted."""
    if verdict.kind is VerdictKind.ASK:
        return Answer.IGNORED, None
    if verdict.kind is not VerdictKind.DECLINE:
        return Answer.ACCEPTED, None
    drawn, offers = chance.random(), len(verdict.alternatives)
    if drawn < _TAKES_FIRST and offers:
        return Answer.ACCEPTED, 0
    if drawn < _TAKES_SECOND and offers > 1:
        return Answer.ACCEPTED, 1
    return Answer.DECLINED, 0 if offers else None
