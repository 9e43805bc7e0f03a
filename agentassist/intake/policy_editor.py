# SPDX-License-Identifier: Apache-2.0
"""JSON Schema of policy files, so that an editor completes keys and shows what they mean.

For Taplo (Even Better TOML) and any other editor that knows the `#:schema` line; draft
2020-12. The check itself does not use it: it says more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from agentassist.intake import policy_schema as tables

KINDS: Mapping[str, type[BaseModel]] = {
    "policy": tables.PolicyFile,
    "protected": tables.ProtectedFile,
    "facts": tables.FactsFile,
    "authority": tables.AuthorityFile,
    "ranking": tables.RankingFile,
    "wording": tables.WordingFile,
    "wow": tables.WowFile,
}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CONDITIONS = (
    'Conditions, all of which must be true: "hotel.hour >= 12". Operators: is, is not, in, '
    "not in, between A and B, >, >=, <, <=."
)
HELP: Mapping[str, str] = {
    "accepted": "What an alternative gains each time that this customer took it before.",
    "account_bound": "True: only for the verified account holder.",
    "act": "Words for the deed, such as swap or read out.",
    "action": "The action of authority.toml that signs it.",
    "allow": "A full proof: everything in `when` must be known and true.",
    "alternative": "What can be done instead; at least one that we own.",
    "alternatives": "The ids of the alternatives that are shown, in any order.",
    "amount": "The money fact that is signed.",
    "asks": "The fact that is asked for.",
    "ask": "The sentence that obtains the fact.",
    "by": "Who of us carries it out, such as lead; empty for whoever is speaking.",
    "condition": "The condition of the yes, as a full sentence.",
    "cost": "In minor units: 500 is 5.00.",
    "counter": "At least 3 sentences that only sound like it.",
    "currency": "Three capital letters, such as USD.",
    "decline": "A listed ground to say no; more of them are an OR.",
    "declined": "What an alternative loses each time that this customer turned it down before.",
    "delivers": "Which of the policy's needs it meets.",
    "discovery": "The question that finds out which of the needs it is.",
    "examples": "At least 5 sentences with which customers ask for it.",
    "exception": "dual_control: two people may open it together. Never on safety or ethics.",
    "expect": "The verdict.",
    "fact": "One fact that decisions may rest on.",
    "facts": "What is known in this case, by fact.",
    "frame": "A sentence that answers are spoken in.",
    "guards": "What it stands before, whatever was said.",
    "hint": "What the agent could do, as a sentence to the agent.",
    "id": "Lower-case words joined by dots, such as hotel.breakfast.late.",
    "key": "The fact's name: lower-case words joined by dots.",
    "label": "What the button on an order is called.",
    "limit": "How much a role may do on its own.",
    "max": "The largest value.",
    "max_age_minutes": "How long it holds; older is unknown.",
    "min": "The smallest value.",
    "name": "What it is called.",
    "need": "What each need that an alternative meets is worth.",
    "needs": "What the customer is after, such as eat_now.",
    "object": "Words for the thing, such as sim or password.",
    "offer": 'A thing or a deed that fits after "I can offer you".',
    "order_button": "Offers the policy on each order for which `when` is true.",
    "overrides": "The policies of the same request that it speaks before.",
    "owner": "Who carries it out, or, of a policy, who looks after it.",
    "per_action": "Up to how much each time, in minor units.",
    "per_customer": "Up to how much for one customer within 90 days.",
    "per_day": "Up to how much by one agent within a day.",
    "protected": "The category: refuse, unless everything in an `allow` is proven.",
    "reason": "A short sentence about the world, not about our rules.",
    "refuse": "A plain and kind no.",
    "request": "The type of request it answers, where several policies share one.",
    "rest_days": "For how many days an alternative rests that was turned down.",
    "retired": "Protected policies that were given up on purpose.",
    "role": "agent, lead or supervisor.",
    "safe_path": "What a refused customer can do at once.",
    "scope": f"Whom the policy is for. {_CONDITIONS}",
    "sector": "The kind of company; common serves all.",
    "sensitivity": "standing: what a customer is worth or feels; protected rules cannot read it.",
    "shown": "How many alternatives are shown.",
    "soon": "What it is worth to come at once.",
    "source": "Where the fact comes from.",
    "steps": "What is to be done, one after the other.",
    "test": "A case of your own: facts in, verdict out.",
    "text": "The sentence, with the names in braces that belong to it.",
    "title": "What the policy is called on the desk.",
    "touches": "The kind of data it changes: the protected policy for it is asked first.",
    "type": "bool, int, money or enum.",
    "unit": '"time of day": minutes of the day, written 10:30.',
    "valid_from": "Its first day, without quotes: 2026-12-01.",
    "valid_until": "Its last day, without quotes: 2026-12-31.",
    "values": "The values of an enum.",
    "version": "Counts up with each change.",
    "volunteered": "Told unasked: of a fact, true; of a surprise, the fact it answers to.",
    "when": _CONDITIONS,
    "within_hours": "How soon it comes: 0 to 168 hours.",
    "wow": "A small surprise.",
    "yes": "What the agent says when the answer is yes.",
    "yes_with": "A condition under which the answer is still yes.",
}


def editor_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file. Raises KeyError for another kind."""
    schema = KINDS[kind].model_json_schema()
    for table in _tables(schema):
        for key, entry in table.get("properties", {}).items():
            entry.setdefault("description", _help(key))
    return {"$schema": _DIALECT, **schema, "title": f"agentassist {kind} file"}


def _tables(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema.get("$defs", {}).values()


def _help(key: str) -> str:
    base = key.removesuffix("_ko")
    return HELP[base] if base == key else f"In Korean. {HELP[base]}"
