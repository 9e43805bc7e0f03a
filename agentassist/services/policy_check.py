# SPDX-License-Identifier: Apache-2.0
"""Checking policies and trying them on cases, without a database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from agentassist.domain.call import Speaker
from agentassist.domain.condition import spec_of
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactValue, parse_value
from agentassist.domain.policy import Bundle, Policy
from agentassist.domain.spoken import Line
from agentassist.domain.verdict import Verdict, VerdictKind
from agentassist.errors import UserError
from agentassist.intake.policy_editor import KINDS, editor_schema
from agentassist.intake.policy_faults import PolicyFault
from agentassist.intake.policy_files import Loaded, load_folders
from agentassist.services.policy_facts import heard

_ALLOWED = frozenset({VerdictKind.YES, VerdictKind.YES_WITH})


@dataclass(frozen=True, slots=True)
class Tried:
    """One case that was decided; `problem` says why it was not.

    `outcome` is the verdict in the words of case files: allow, alternative, decline,
    verify, ask, escalate.
    """

    id: str
    verdict: Verdict | None
    outcome: str = "error"
    problem: str = ""


def check(folder: Path) -> Loaded:
    """Load a folder of policy files and prove them."""
    return load_folders([folder])


def sound(folder: Path) -> Bundle:
    """Return the bundle of a folder. Raises its first fault."""
    loaded = check(folder)
    if loaded.bundle is None:
        raise _first(loaded.faults)
    return loaded.bundle


def _first(faults: Sequence[PolicyFault]) -> UserError:
    return faults[0] if faults else UserError("There are no policies in this folder.")


def schema_of(kind: str) -> dict[str, object]:
    """Return the JSON Schema of a kind of file. Raises UserError naming the kinds."""
    if kind not in KINDS:
        raise UserError(
            "There are no {kind} files: write {kinds}.", kind=kind, kinds=", ".join(KINDS)
        )
    return editor_schema(kind)


def facts_of(bundle: Bundle, raw: Mapping[str, object], at: datetime) -> dict[str, FactValue]:
    """Read facts as people and case files write them. Raises UserError for a wrong one."""
    facts = {}
    for key, value in raw.items():
        spec = spec_of(key, bundle.facts)
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        facts[key] = FactValue(parse_value(spec, text), spec.source, at)
    return facts


def attempt(
    bundle: Bundle, cases: Iterable[Mapping[str, object]], now: Callable[[], datetime]
) -> Iterator[Tried]:
    """Decide cases (`id`, `policy`, `facts`, `day`, `messages`) in turn; a wrong one is told."""
    at = now()
    for number, case in enumerate(cases, 1):
        name = str(case.get("id", number))
        try:
            verdict = _decided(bundle, case, at)
            yield Tried(name, verdict, outcome(bundle, verdict))
        except UserError as error:
            yield Tried(name, None, problem=str(error))


def _decided(bundle: Bundle, case: Mapping[str, object], at: datetime) -> Verdict:
    raw = case.get("facts", {})
    if not isinstance(raw, Mapping):
        raise UserError("`facts` must be an object with fact names and values.")
    policy, day = str(case.get("policy", "")), day_of(str(case.get("day", "")))
    facts = heard(bundle.facts, _lines(case), at) | facts_of(bundle, raw, at)
    return decide(bundle, policy, facts, at=at, day=day)


def day_of(text: str) -> date | None:
    """Read a day, None for an empty text. Raises UserError for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError("{text} is no day: write it as 2026-12-31.", text=text) from error


def _lines(case: Mapping[str, object]) -> Iterator[Line]:
    """Yield what was said, oldest first: `messages` with `role` (agent, customer) and `text`."""
    messages = case.get("messages", [])
    if not isinstance(messages, list):
        raise UserError("`messages` must be a list of objects with role and text.")
    for message in messages:
        if not isinstance(message, Mapping) or not isinstance(message.get("text"), str):
            raise UserError("Each of `messages` must have a role and a text.")
        customer = message.get("role") == Speaker.CUSTOMER
        yield (Speaker.CUSTOMER if customer else Speaker.AGENT, message["text"])


def outcome(bundle: Bundle, verdict: Verdict) -> str:
    """Put a verdict in the words of case files."""
    if verdict.kind in _ALLOWED:
        return "allow" if verdict.authority.within else "escalate"
    if verdict.kind is VerdictKind.ASK:
        fact = verdict.question.fact if verdict.question else ""
        return "verify" if fact.startswith("caller.") else "ask"
    if verdict.missing:
        return "verify"
    return _instead(bundle, verdict)


def _instead(bundle: Bundle, verdict: Verdict) -> str:
    """Tell a colleague's turn, and what the customer came for in another shape, apart.

    The first of a policy's needs is what the customer came for.
    """
    policy = bundle.policies[verdict.policy_id]
    wanted = next(iter(policy.needs), "") if isinstance(policy, Policy) else ""
    fitting = [offer for offer in verdict.alternatives if wanted in offer.meets]
    if not fitting:
        return "decline"
    return "escalate" if all(offer.by for offer in fitting) else "alternative"
