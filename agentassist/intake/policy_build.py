# SPDX-License-Identifier: Apache-2.0
"""From the tables of policy files to the policies of the domain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypedDict

from agentassist.domain import condition
from agentassist.domain.condition import Condition
from agentassist.domain.facts import (
    FactSpec,
    FactType,
    Sensitivity,
    Source,
    Text,
    Unit,
    Value,
    parse_value,
)
from agentassist.domain.policy import (
    Allow,
    Alternative,
    AnyPolicy,
    Authority,
    Category,
    Decline,
    Guard,
    Limit,
    OrderButton,
    Policy,
    PolicyTest,
    ProtectedPolicy,
    SafePath,
    Weights,
    Wow,
    YesWith,
)
from agentassist.domain.verdict import Owner, VerdictKind
from agentassist.errors import UserError
from agentassist.intake import policy_schema as schema
from agentassist.intake.policy_faults import PolicyFault, place
from agentassist.intake.toml_outline import Outline, Path

Texts = Mapping[str, tuple[str, ...]]


class _Head(TypedDict):
    """What both kinds of policy have."""

    id: str
    title: Text
    sector: str
    yes: Text
    request: str
    scope: tuple[Condition, ...]
    overrides: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    version: int
    owner: str
    examples: Texts
    counter: Texts
    tests: tuple[PolicyTest, ...]


def fact(table: schema.FactTable) -> FactSpec:
    """Make a fact's declaration. Raises UserError when its range is missing or empty."""
    kind = FactType(table.type)
    if kind in (FactType.INT, FactType.MONEY) and (
        table.min is None or table.max is None or table.min > table.max
    ):
        raise UserError("{fact} needs min and max, the smaller first.", fact=table.key)
    if kind is FactType.ENUM and not table.values:
        raise UserError("{fact} needs its values, as a list of texts.", fact=table.key)
    if len(set(table.values)) < len(table.values):
        raise UserError("{fact} lists a value twice: remove one.", fact=table.key)
    if kind is FactType.MONEY and not table.currency:
        raise UserError("{fact} needs its currency, such as USD.", fact=table.key)
    return FactSpec(
        table.key,
        kind,
        Text(table.ask, table.ask_ko),
        table.min or 0,
        table.max or 0,
        tuple(table.values),
        table.currency,
        Unit(table.unit),
        Source(table.source),
        timedelta(minutes=table.max_age_minutes) if table.max_age_minutes else None,
        Sensitivity(table.sensitivity),
        Text(table.name, table.name_ko),
        table.volunteered,
        _value_names(table),
    )


def _value_names(table: schema.FactTable) -> tuple[Text, ...]:
    """Return what people call the values; nothing where no Korean is given."""
    if not table.values_ko:
        return ()
    if len(table.values_ko) != len(table.values):
        raise UserError("{fact} needs as many values_ko as values.", fact=table.key)
    pairs = zip(table.values, table.values_ko, strict=True)
    return tuple(Text(value.replace("_", " "), korean) for value, korean in pairs)


def authority(table: schema.AuthorityFile) -> Authority:
    """Make the limits of authority."""
    limits = (Limit(**row.model_dump()) for row in table.limit)
    return Authority(
        currency=table.currency, limits=tuple(limits), retired=frozenset(table.retired)
    )


def weights(table: schema.RankingFile) -> Weights:
    """Make the weights of the ranking."""
    values = table.model_dump(exclude={"rest_days"})
    return Weights(**values, rest=timedelta(days=table.rest_days))


class Builder:
    """Makes one policy. Faults are collected in `faults`, so that all are told at once."""

    def __init__(self, file: str, outline: Outline, facts: Mapping[str, FactSpec]) -> None:
        self.faults: list[PolicyFault] = []
        self._file = file
        self._outline = outline
        self._facts = facts

    def policy(self, table: schema.PolicyFile) -> Policy:
        """Make an ordinary policy."""
        names = [*table.needs_ko, *([""] * len(table.needs))]
        needs = {
            need: Text(need.replace("_", " "), name)
            for need, name in zip(table.needs, names, strict=False)
        }
        return Policy(
            **self._head(table),
            needs=needs,
            declines=tuple(self._decline(x, i) for i, x in enumerate(table.decline)),
            yes_with=tuple(self._yes_with(x, i) for i, x in enumerate(table.yes_with)),
            account_bound=table.account_bound,
            touches=Guard(table.touches) if table.touches else None,
            action=table.action,
            amount=table.amount,
            button=self._button(table.order_button) if table.order_button else None,
            discovery=Text(table.discovery, table.discovery_ko),
        )

    def protected(self, table: schema.ProtectedFile) -> ProtectedPolicy:
        """Make a protected policy."""
        return ProtectedPolicy(
            **self._head(table),
            category=Category(table.protected),
            refuse=Text(table.refuse, table.refuse_ko),
            act=_texts(table.act, table.act_ko),
            object=_texts(table.object, table.object_ko),
            safe_paths=tuple(_safe_path(path) for path in table.safe_path),
            allow=tuple(self._allow(x, i) for i, x in enumerate(table.allow)),
            exception=table.exception,
            guards=tuple(Guard(guard) for guard in table.guards),
        )

    def _head(self, table: schema.PolicyFile | schema.ProtectedFile) -> _Head:
        return {
            "id": table.id,
            "title": Text(table.title, table.title_ko),
            "sector": table.sector,
            "yes": Text(table.yes, table.yes_ko),
            "request": table.request,
            "scope": self._when(table.scope, ("scope",)),
            "overrides": tuple(table.overrides),
            "valid_from": table.valid_from,
            "valid_until": table.valid_until,
            "version": table.version,
            "owner": table.owner,
            "examples": _texts(table.examples, table.examples_ko),
            "counter": _texts(table.counter, table.counter_ko),
            "tests": self._tests(table.test),
        }

    def _fault(self, path: Path, error: UserError) -> None:
        where = place(self._file, self._outline, path)
        self.faults.append(PolicyFault("R7", where, error.template, **error.values))

    def _when(self, texts: Sequence[str], path: Path) -> tuple[Condition, ...]:
        parsed = (self._condition(text, (*path, i)) for i, text in enumerate(texts))
        return tuple(each for each in parsed if each is not None)

    def _condition(self, text: str, path: Path) -> Condition | None:
        try:
            return condition.parse(text, self._facts)
        except UserError as error:
            self._fault(path, error)
            return None

    def _decline(self, table: schema.DeclineTable, index: int) -> Decline:
        path: Path = ("decline", index)
        options = enumerate(table.alternative)
        return Decline(
            id=table.id,
            when=self._when(table.when, (*path, "when")),
            reason=Text(table.reason, table.reason_ko),
            alternatives=tuple(self._option(x, (*path, "alternative", i)) for i, x in options),
        )

    def _option(self, table: schema.AlternativeTable, path: Path) -> Alternative:
        steps_ko = [*table.steps_ko, *([""] * len(table.steps))]
        return Alternative(
            id=table.id,
            offer=Text(table.offer, table.offer_ko),
            delivers=tuple(table.delivers),
            owner=Owner(table.owner),
            within_hours=table.within_hours,
            when=self._when(table.when, (*path, "when")),
            cost=table.cost,
            steps=tuple(Text(*pair) for pair in zip(table.steps, steps_ko, strict=False)),
            by=table.by,
        )

    def wow(self, table: schema.WowTable, index: int) -> Wow:
        """Make a hint at a small surprise."""
        path: Path = ("wow", index)
        try:
            condition.spec_of(table.volunteered, self._facts)
        except UserError as error:
            self._fault((*path, "volunteered"), error)
        return Wow(
            id=table.id,
            hint=Text(table.hint, table.hint_ko),
            volunteered=table.volunteered,
            when=self._when(table.when, (*path, "when")),
            sector=table.sector,
            cost=table.cost,
        )

    def _yes_with(self, table: schema.YesWithTable, index: int) -> YesWith:
        return YesWith(
            id=table.id,
            when=self._when(table.when, ("yes_with", index, "when")),
            condition=Text(table.condition, table.condition_ko),
        )

    def _button(self, table: schema.OrderButtonTable) -> OrderButton:
        return OrderButton(
            label=Text(table.label, table.label_ko),
            when=self._when(table.when, ("order_button", "when")),
        )

    def _allow(self, table: schema.AllowTable, index: int) -> Allow:
        return Allow(
            when=self._when(table.when, ("allow", index, "when")),
            condition=Text(table.condition, table.condition_ko),
        )

    def _tests(self, tables: Iterable[schema.TestTable]) -> tuple[PolicyTest, ...]:
        return tuple(self._test(table, index) for index, table in enumerate(tables))

    def _test(self, table: schema.TestTable, index: int) -> PolicyTest:
        values = {
            key: self._value(key, raw, ("test", index, "facts", key))
            for key, raw in table.facts.items()
        }
        return PolicyTest(
            facts={key: value for key, value in values.items() if value is not None},
            expect=VerdictKind(table.expect.replace("_", " ")),
            alternatives=None if table.alternatives is None else tuple(table.alternatives),
            asks=table.asks,
        )

    def _value(self, key: str, raw: object, path: Path) -> Value | None:
        text = ("yes" if raw else "no") if isinstance(raw, bool) else _written(raw)
        try:
            return parse_value(condition.spec_of(key, self._facts), text)
        except UserError as error:
            self._fault(path, error)
            return None


def _written(raw: object) -> str:
    """Write a value as it stands in a file; lists and endless numbers are none of any fact."""
    if isinstance(raw, list | dict):
        return "A list"
    return str(raw) if not isinstance(raw, int) or abs(raw) <= schema.LARGEST else "This number"


def _texts(english: Sequence[str], korean: Sequence[str]) -> Texts:
    given = {"en": tuple(english), "ko": tuple(korean)}
    return {language: texts for language, texts in given.items() if texts}


def _safe_path(table: schema.SafePathTable) -> SafePath:
    return SafePath(
        id=table.id,
        offer=Text(table.offer, table.offer_ko),
        owner=Owner(table.owner),
        within_hours=table.within_hours,
    )


def any_policy(builder: Builder, table: schema.PolicyFile | schema.ProtectedFile) -> AnyPolicy:
    """Make the policy of a file, of either kind."""
    if isinstance(table, schema.ProtectedFile):
        return builder.protected(table)
    return builder.policy(table)
