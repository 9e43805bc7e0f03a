# SPDX-License-Identifier: Apache-2.0
"""Trying a policy: what a form may choose from, facts to move, and tests made of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import get_args

from agentassist.domain.condition import Condition, Operator
from agentassist.domain.decision import decide
from agentassist.domain.facts import (
    Facts,
    FactSpec,
    FactType,
    FactValue,
    Text,
    Unit,
    known,
    parse_value,
    plain,
    shown,
)
from agentassist.domain.policy import (
    GUARD_FACTS,
    AnyPolicy,
    Bundle,
    Category,
    Guard,
    Policy,
)
from agentassist.domain.policy_form import (
    AllowForm,
    AlternativeForm,
    DeclineForm,
    NeedForm,
    Plain,
    PolicyForm,
    SafePathForm,
    TestForm,
)
from agentassist.domain.policy_speech import value_text
from agentassist.domain.verdict import Owner, Verdict, VerdictKind
from agentassist.errors import UserError
from agentassist.intake.policy_schema import Sector, Touches
from agentassist.services.lab_rows import Choices, FactChoice, Slider

_UNORDERED = (Operator.IS, Operator.IS_NOT, Operator.IN, Operator.NOT_IN)
_QUARTER, _HUNDRED = 15, 100


def choices(bundle: Bundle, language: str) -> Choices:
    """Return what a form may choose from."""
    actions = {limit.action for limit in bundle.authority.limits}
    return Choices(
        tuple(_choice(spec, language) for spec in bundle.facts.values()),
        get_args(Sector),
        tuple(sorted(actions - {"goodwill", "wow"})),
        get_args(Touches),
        tuple(guard.value for guard in Guard),
        tuple(category.value for category in Category),
        tuple(owner.value for owner in Owner),
        bundle.authority.currency,
        tuple(bundle.policies),
    )


def _choice(spec: FactSpec, language: str) -> FactChoice:
    ordered = spec.type in (FactType.INT, FactType.MONEY)
    bool_only = (Operator.IS,) if spec.type is FactType.BOOL else _UNORDERED
    return FactChoice(
        spec.key,
        spec.called(language),
        spec.type,
        tuple(op.value for op in (Operator if ordered else bool_only)),
        ("yes", "no") if spec.type is FactType.BOOL else spec.values,
        spec.low,
        spec.high,
        spec.currency,
        spec.unit,
        spec.source,
        spec.sensitivity,
        _names(spec, language),
    )


def _names(spec: FactSpec, language: str) -> tuple[str, ...]:
    values = ("yes", "no") if spec.type is FactType.BOOL else spec.values
    read = (parse_value(spec, value) for value in values)
    return tuple(value_text(spec, plain(value), language) for value in read)


def sliders(bundle: Bundle, policy: AnyPolicy, language: str) -> tuple[Slider, ...]:
    """Return the facts its verdict can rest on: guards first, its own, then of others.

    Others are the policies that answer the same request.
    """
    conditions = _conditions(bundle, policy)
    facts = dict.fromkeys([*_guard_facts(policy), *(c.fact for c in conditions)])
    if isinstance(policy, Policy) and policy.amount:
        facts[policy.amount] = None
    others = _conditions_of_request(bundle, policy)
    facts |= dict.fromkeys(condition.fact for condition in others)
    specs = (bundle.facts[fact] for fact in facts if fact in bundle.facts)
    return tuple(_slider(spec, (*conditions, *others), language) for spec in specs)


def _guard_facts(policy: AnyPolicy) -> tuple[str, ...]:
    bound = isinstance(policy, Policy) and policy.account_bound
    return tuple(GUARD_FACTS.values()) if bound else ()


def _conditions(bundle: Bundle, policy: AnyPolicy) -> tuple[Condition, ...]:
    guards = policy.guards() if isinstance(policy, Policy) else ()
    behind = (bundle.index.guardians(guard, policy.sector) for guard in guards)
    before = (c for row in behind for guardian in row for c in guardian.conditions())
    return (*policy.scope, *before, *policy.conditions())


def _conditions_of_request(bundle: Bundle, policy: AnyPolicy) -> tuple[Condition, ...]:
    others = (other for other in bundle.index.answering.get(policy.id, ()) if other != policy)
    return tuple(condition for other in others for condition in _conditions(bundle, other))


def _slider(spec: FactSpec, conditions: Iterable[Condition], language: str) -> Slider:
    ordered = spec.type in (FactType.INT, FactType.MONEY)
    numbers = (
        literal
        for condition in conditions
        if ordered and condition.fact == spec.key
        for literal in condition.literals
        if type(literal) is int
    )
    edges = tuple(sorted(set(numbers)))
    return Slider(
        spec.key,
        spec.called(language),
        spec.type,
        spec.ask.say(language),
        spec.low,
        spec.high,
        _step(spec, edges),
        ("yes", "no") if spec.type is FactType.BOOL else spec.values,
        edges,
        spec.currency,
        spec.unit,
        _names(spec, language),
    )


def _step(spec: FactSpec, edges: Iterable[int]) -> int:
    """Return the coarsest step that still meets every edge."""
    wide = _QUARTER if spec.unit is Unit.DAY_TIME else 1
    wide = _HUNDRED if spec.type is FactType.MONEY else wide
    return wide if all(edge % wide == 0 for edge in (*edges, spec.low)) else 1


def facts_from(bundle: Bundle, values: Mapping[str, str], at: datetime) -> dict[str, FactValue]:
    """Read facts as people write them; an empty one is unknown. Raises UserError."""
    given = {key: text for key, text in values.items() if text.strip()}
    if strange := next((key for key in given if key not in bundle.facts), ""):
        raise UserError("There is no fact {fact} in the active policies.", fact=strange)
    specs = bundle.facts
    return {
        key: FactValue(parse_value(specs[key], text), specs[key].source, at)
        for key, text in given.items()
    }


def decided(
    bundle: Bundle, policy_id: str, facts: Facts, at: datetime, language: str = "en"
) -> Verdict:
    """Decide, also under a policy that was not proven. Raises UserError where it cannot."""
    try:
        return decide(bundle, policy_id, facts, at=at, language=language)
    except (ValueError, LookupError) as error:
        raise UserError("This policy cannot decide yet: mend its faults first.") from error


def test_of(bundle: Bundle, policy: AnyPolicy, facts: Facts, at: datetime) -> TestForm:
    """Make a test of facts: it expects what the policy says on them now."""
    verdict = decided(bundle, policy.id, facts, at)
    kept = test_facts(bundle, policy, facts, at)
    shows = verdict.kind in (VerdictKind.DECLINE, VerdictKind.REFUSE)
    return TestForm(
        facts=kept,
        expect=expected(verdict.kind),
        alternatives=tuple(option.id for option in verdict.alternatives) if shows else None,
        asks=verdict.question.fact if verdict.question else "",
    )


def expected(kind: VerdictKind) -> str:
    """Write a verdict as tests do."""
    return kind.value.replace(" ", "_")


def test_facts(bundle: Bundle, policy: AnyPolicy, facts: Facts, at: datetime) -> dict[str, Plain]:
    """Return the facts this policy looks at that were known, as tests write them."""
    read = {slider.fact for slider in sliders(bundle, policy, "en")}
    return {
        key: _test_value(bundle.facts[key], fact)
        for key, fact in facts.items()
        if key in read and known(bundle.facts[key], fact, at) is not None
    }


def _test_value(spec: FactSpec, fact: FactValue) -> Plain:
    return shown(spec, fact.value) if spec.unit is Unit.DAY_TIME else plain(fact.value)


def template(policy_id: str, sector: str, category: str) -> PolicyForm:
    """Return a new policy that shows what is wanted; its faults say what is missing."""
    if category:
        return PolicyForm(
            id=policy_id,
            sector=sector,
            protected=category,
            refuse=Text(
                "I keep this safe for you, so I leave it as it is.",
                "고객님의 안전을 위해 그대로 두겠습니다.",
            ),
            allow=(AllowForm(when=("caller.verified is yes",)),),
            safe_paths=(SafePathForm(id="safe_way", within_hours=24),),
        )
    option = AlternativeForm(id="instead", delivers=("first_need",), within_hours=24)
    return PolicyForm(
        id=policy_id,
        sector=sector,
        yes=Text("Yes, gladly.", "네, 그렇게 해 드리겠습니다."),
        needs=(NeedForm(id="first_need"),),
        declines=(DeclineForm(id="reason_one", alternatives=(option,)),),
    )
