# SPDX-License-Identifier: Apache-2.0
"""Policy files as forms, and forms as the tables of policy files.

Reading is forgiving: what is of the wrong type is left out of the form, and stays in the
file for as long as nobody edits it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from agentassist.domain.facts import Text
from agentassist.domain.policy_form import (
    AllowForm,
    AlternativeForm,
    ButtonForm,
    DeclineForm,
    NeedForm,
    PolicyForm,
    SafePathForm,
    TestForm,
    YesWithForm,
)
from agentassist.intake.policy_faults import syntax_fault
from agentassist.intake.toml_outline import outline

Table = Mapping[str, Any]


def read_toml(text: str, file: str) -> dict[str, Any]:
    """Read the tables of a file. Raises BadInput with the line when it is not TOML."""
    outline(text, file)  # refuses what nests too deep to be read
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax_fault(file, text, error) from error


def form_of(table: Table) -> PolicyForm:
    """Return the form of a policy file."""
    return PolicyForm(
        id=_word(table, "id"),
        title=_text(table, "title"),
        sector=_word(table, "sector"),
        version=_number(table, "version") or 1,
        owner=_word(table, "owner"),
        request=_word(table, "request"),
        scope=_words(table, "scope"),
        overrides=_words(table, "overrides"),
        valid_from=_day(table, "valid_from"),
        valid_until=_day(table, "valid_until"),
        yes=_text(table, "yes"),
        examples=_words(table, "examples"),
        examples_ko=_words(table, "examples_ko"),
        counter=_words(table, "counter"),
        counter_ko=_words(table, "counter_ko"),
        tests=tuple(_test(row) for row in _rows(table, "test")),
        needs=tuple(NeedForm(id=x, name_ko=y) for x, y in _pairs(table, "needs")),
        declines=tuple(_decline(row) for row in _rows(table, "decline")),
        yes_with=tuple(_yes_with(row) for row in _rows(table, "yes_with")),
        account_bound=table.get("account_bound") is True,
        touches=_word(table, "touches"),
        action=_word(table, "action"),
        amount=_word(table, "amount"),
        button=_button(table.get("order_button")),
        discovery=_text(table, "discovery"),
        protected=_word(table, "protected"),
        exception=_word(table, "exception"),
        refuse=_text(table, "refuse"),
        act=_words(table, "act"),
        act_ko=_words(table, "act_ko"),
        object=_words(table, "object"),
        object_ko=_words(table, "object_ko"),
        allow=tuple(_allow(row) for row in _rows(table, "allow")),
        safe_paths=tuple(_safe_path(row) for row in _rows(table, "safe_path")),
        guards=_words(table, "guards"),
    )


def _word(table: Table, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _number(table: Table, key: str) -> int | None:
    value = table.get(key)
    return value if type(value) is int else None


def _day(table: Table, key: str) -> date | None:
    value = table.get(key)
    return value if type(value) is date else None


def _text(table: Table, key: str) -> Text:
    return Text(_word(table, key), _word(table, f"{key}_ko"))


def _words(table: Table, key: str) -> tuple[str, ...]:
    value = table.get(key)
    return tuple(x for x in value if isinstance(x, str)) if isinstance(value, list) else ()


def _pairs(table: Table, key: str) -> Sequence[tuple[str, str]]:
    english, korean = _words(table, key), _words(table, f"{key}_ko")
    return tuple(zip(english, (*korean, *[""] * len(english)), strict=False))


def _rows(table: Table, key: str) -> list[Table]:
    value = table.get(key)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _decline(row: Table) -> DeclineForm:
    return DeclineForm(
        id=_word(row, "id"),
        when=_words(row, "when"),
        reason=_text(row, "reason"),
        alternatives=tuple(_alternative(x) for x in _rows(row, "alternative")),
    )


def _alternative(row: Table) -> AlternativeForm:
    return AlternativeForm(
        id=_word(row, "id"),
        offer=_text(row, "offer"),
        when=_words(row, "when"),
        delivers=_words(row, "delivers"),
        owner=_word(row, "owner"),
        cost=_number(row, "cost") or 0,
        within_hours=_number(row, "within_hours"),
        steps=tuple(Text(*pair) for pair in _pairs(row, "steps")),
        by=_word(row, "by"),
    )


def _yes_with(row: Table) -> YesWithForm:
    return YesWithForm(
        id=_word(row, "id"), when=_words(row, "when"), condition=_text(row, "condition")
    )


def _allow(row: Table) -> AllowForm:
    return AllowForm(when=_words(row, "when"), condition=_text(row, "condition"))


def _safe_path(row: Table) -> SafePathForm:
    return SafePathForm(
        id=_word(row, "id"),
        offer=_text(row, "offer"),
        owner=_word(row, "owner") or "us",
        within_hours=_number(row, "within_hours"),
    )


def _button(row: object) -> ButtonForm | None:
    if not isinstance(row, dict):
        return None
    return ButtonForm(label=_text(row, "label"), when=_words(row, "when"))


def _test(row: Table) -> TestForm:
    facts = row.get("facts")
    given = facts if isinstance(facts, dict) else {}
    return TestForm(
        facts={key: value for key, value in given.items() if isinstance(value, bool | int | str)},
        expect=_word(row, "expect"),
        alternatives=_words(row, "alternatives") if "alternatives" in row else None,
        asks=_word(row, "asks"),
    )


# And back. None stands for a key that is not to be there.


def table_of(form: PolicyForm) -> dict[str, Any]:
    """Return the keys of a form in the order in which a file has them."""
    return {
        "id": form.id or None,
        **_said("title", form.title),
        "sector": form.sector or None,
        "version": form.version if form.version > 1 else None,
        "owner": form.owner or None,
        "request": form.request or None,
        "scope": _list(form.scope),
        "overrides": _list(form.overrides),
        "valid_from": form.valid_from,
        "valid_until": form.valid_until,
        "protected": form.protected or None,
        "exception": form.exception or None,
        "guards": _list(form.guards),
        "account_bound": form.account_bound or None,
        "touches": form.touches or None,
        "action": form.action or None,
        "amount": form.amount or None,
        "needs": _list([need.id for need in form.needs]),
        "needs_ko": _aligned([need.name_ko for need in form.needs]),
        **_said("yes", form.yes),
        **_said("refuse", form.refuse),
        **_said("discovery", form.discovery),
        "act": _list(form.act),
        "act_ko": _list(form.act_ko),
        "object": _list(form.object),
        "object_ko": _list(form.object_ko),
        "examples": _list(form.examples),
        "examples_ko": _list(form.examples_ko),
        "counter": _list(form.counter),
        "counter_ko": _list(form.counter_ko),
        "order_button": [_button_table(form.button)] if form.button else [],
        "decline": [_decline_table(x) for x in form.declines],
        "yes_with": [_yes_with_table(x) for x in form.yes_with],
        "allow": [_allow_table(x) for x in form.allow],
        "safe_path": [_safe_path_table(x) for x in form.safe_paths],
        "test": [_test_table(x) for x in form.tests],
    }


def _said(key: str, text: Text) -> dict[str, str | None]:
    return {key: text.en or None, f"{key}_ko": text.ko or None}


def _list(texts: Sequence[str]) -> list[str] | None:
    return list(texts) or None


def _aligned(texts: Sequence[str]) -> list[str] | None:
    """Return translations that stand beside others by their place, without an empty end."""
    last = max((place for place, text in enumerate(texts, 1) if text), default=0)
    return list(texts[:last]) or None


def _decline_table(form: DeclineForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "when": list(form.when),
        "reason": form.reason.en,
        "reason_ko": form.reason.ko or None,
        "alternative": [_alternative_table(x) for x in form.alternatives],
    }


def _alternative_table(form: AlternativeForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "offer": form.offer.en,
        "offer_ko": form.offer.ko or None,
        "when": _list(form.when),
        "delivers": list(form.delivers),
        "owner": form.owner,
        "by": form.by or None,
        "cost": form.cost or None,
        "within_hours": form.within_hours,
        "steps": _list([step.en for step in form.steps]),
        "steps_ko": _aligned([step.ko for step in form.steps]),
    }


def _yes_with_table(form: YesWithForm) -> dict[str, Any]:
    condition = {"condition": form.condition.en, "condition_ko": form.condition.ko or None}
    return {"id": form.id, "when": list(form.when), **condition}


def _allow_table(form: AllowForm) -> dict[str, Any]:
    return {"when": list(form.when), **_said("condition", form.condition)}


def _safe_path_table(form: SafePathForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "offer": form.offer.en,
        "offer_ko": form.offer.ko or None,
        "owner": form.owner if form.owner != "us" else None,
        "within_hours": form.within_hours,
    }


def _button_table(form: ButtonForm) -> dict[str, Any]:
    return {"label": form.label.en, "label_ko": form.label.ko or None, "when": list(form.when)}


def _test_table(form: TestForm) -> dict[str, Any]:
    return {
        "facts": dict(form.facts) or None,
        "expect": form.expect,
        "alternatives": None if form.alternatives is None else list(form.alternatives),
        "asks": form.asks or None,
    }
