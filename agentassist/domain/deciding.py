# SPDX-License-Identifier: Apache-2.0
"""From a prompt and its answer to the record that is kept, and can be computed again."""

from datetime import datetime
from uuid import UUID

from agentassist.domain.basis import given_json, verdict_hash
from agentassist.domain.call import Call
from agentassist.domain.facts import to_json
from agentassist.domain.verdict import Answer, Decision, Offer, Prompt


def decision(
    prompt: Prompt,
    answer: Answer,
    call: Call,
    *,
    key: UUID,
    at: datetime,
    offer: Offer | None = None,
    reason: str = "",
) -> Decision:
    """Return the record of an answer in a call, with all that the verdict came from."""
    verdict, basis = prompt.verdict, prompt.basis
    return Decision(
        id=key,
        call_id=call.id,
        customer_id=call.customer_id,
        policy_id=verdict.policy_id,
        bundle=verdict.bundle,
        verdict=verdict.kind,
        answer=answer,
        at=at,
        request=prompt.request,
        title=verdict.title,
        offer_id=offer.id if offer else "",
        offer=offer.text if offer else "",
        reason=reason,
        facts=to_json(basis.facts) if basis else "{}",
        given=given_json(basis) if basis else "{}",
        verdict_hash=verdict_hash(verdict) if basis else "",
    )
