# SPDX-License-Identifier: Apache-2.0
"""How often alternatives are put to a customer in one contact: twice, and none a second time."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.verdict import Answer, Decision, Verdict, VerdictKind

ROUNDS = 2
"""After so many rounds of alternatives the answer is "let me find out"."""


def turned_down(decisions: Iterable[Decision], policy_id: str) -> frozenset[str]:
    """Return the ids of the alternatives of a policy that the customer did not want."""
    mine = (item for item in decisions if item.policy_id == policy_id and item.offer_id)
    return frozenset(item.offer_id for item in mine if item.answer is Answer.DECLINED)


def rounds(decisions: Iterable[Decision], policy_id: str) -> int:
    """Count the rounds that were turned down: what was refused in one breath is one."""
    return len(
        {
            item.at
            for item in decisions
            if item.policy_id == policy_id and item.answer is Answer.DECLINED
        }
    )


def may_offer(verdict: Verdict, decisions: Iterable[Decision]) -> bool:
    """True when a verdict still has something that the customer has not turned down.

    A verdict without alternatives of its own (a yes, a question, a refusal for safety) is
    not a re-offer and may always be shown.
    """
    if verdict.kind is not VerdictKind.DECLINE:
        return True
    given = tuple(decisions)
    gone = turned_down(given, verdict.policy_id)
    fresh = any(offer.id not in gone for offer in verdict.alternatives)
    return fresh and rounds(given, verdict.policy_id) < ROUNDS


def with_answers(past: Past, decisions: Iterable[Decision]) -> dict[tuple[str, str], OfferRecord]:
    """Return what a customer answered before, and in this contact on top of it."""
    records = dict(past)
    for item in decisions:
        if item.offer_id and item.answer in (Answer.ACCEPTED, Answer.DECLINED):
            key = (item.policy_id, item.offer_id)
            records[key] = _after(records.get(key, OfferRecord()), item.answer, item.at)
    return records


def records(decisions: Iterable[Decision]) -> Mapping[tuple[str, str], OfferRecord]:
    """Count answers by alternative."""
    return with_answers({}, decisions)


def _after(record: OfferRecord, answer: Answer, at: datetime) -> OfferRecord:
    if answer is Answer.ACCEPTED:
        return OfferRecord(record.accepted + 1, record.declined, record.declined_at)
    latest = max(record.declined_at or at, at)
    return OfferRecord(record.accepted, record.declined + 1, latest)
