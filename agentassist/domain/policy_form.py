# SPDX-License-Identifier: Apache-2.0
"""A policy as plain values that a form can edit: what the file says, nothing worked out.

Conditions are texts, so that a half-written one can be kept; numbers that were not given
are None. One form serves both kinds: with `protected` set it is a protected policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from agentassist.domain.facts import Text

NOTHING = Text("")

Plain = bool | int | str
"""A value of a fact as it stands in a test: `true`, `14`, `"14:00"`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedForm:
    """What the customer is after: its word in the file (eat_now), and its Korean name."""

    id: str
    name_ko: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeForm:
    """`[[decline.alternative]]`; `cost` in minor units, `by` who of us carries it out."""

    id: str = ""
    offer: Text = NOTHING
    when: tuple[str, ...] = ()
    delivers: tuple[str, ...] = ()
    owner: str = "us"
    cost: int = 0
    within_hours: int | None = None
    steps: tuple[Text, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineForm:
    """`[[decline]]`."""

    id: str = ""
    when: tuple[str, ...] = ()
    reason: Text = NOTHING
    alternatives: tuple[AlternativeForm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YesWithForm:
    """`[[yes_with]]`."""

    id: str = ""
    when: tuple[str, ...] = ()
    condition: Text = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowForm:
    """`[[allow]]` of a protected policy."""

    when: tuple[str, ...] = ()
    condition: Text = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SafePathForm:
    """`[[safe_path]]` of a protected policy."""

    id: str = ""
    offer: Text = NOTHING
    owner: str = "us"
    within_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonForm:
    """`[order_button]`."""

    label: Text = NOTHING
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestForm:
    """`[[test]]`; `expect` is yes, yes_with, ask, decline or refuse."""

    facts: Mapping[str, Plain] = field(default_factory=dict)
    expect: str = "yes"
    alternatives: tuple[str, ...] | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyForm:
    """Everything a policy file can say. What belongs to the other kind stays empty."""

    id: str
    title: Text = NOTHING
    sector: str = "common"
    version: int = 1
    owner: str = ""
    request: str = ""
    scope: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    yes: Text = NOTHING
    examples: tuple[str, ...] = ()
    examples_ko: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    counter_ko: tuple[str, ...] = ()
    tests: tuple[TestForm, ...] = ()
    # An ordinary policy
    needs: tuple[NeedForm, ...] = ()
    declines: tuple[DeclineForm, ...] = ()
    yes_with: tuple[YesWithForm, ...] = ()
    account_bound: bool = False
    touches: str = ""
    action: str = ""
    amount: str = ""
    button: ButtonForm | None = None
    discovery: Text = NOTHING
    # A protected one: safety, security, privacy, health or ethics
    protected: str = ""
    exception: str = ""
    refuse: Text = NOTHING
    act: tuple[str, ...] = ()
    act_ko: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    object_ko: tuple[str, ...] = ()
    allow: tuple[AllowForm, ...] = ()
    safe_paths: tuple[SafePathForm, ...] = ()
    guards: tuple[str, ...] = ()
