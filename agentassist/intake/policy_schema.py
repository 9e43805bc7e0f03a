# SPDX-License-Identifier: Apache-2.0
"""The shape of policy files. A key that is not here is refused, never ignored.

Every text has a Korean twin with the suffix `_ko`; English stands in where it is empty.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Owner = Literal["us", "shared", "customer"]
Touches = Literal["credentials", "sim", "payee", "contact"]
Guarded = Literal["unverified", "third_party", "credentials", "sim", "payee", "contact"]
Expected = Literal["yes", "yes_with", "ask", "decline", "refuse"]
Sector = Literal["retail", "hotel", "telecom", "bank", "common"]

LANGUAGES = ("en", "ko")

LARGEST = 10**12
"""No amount, count or limit is larger: what is would not be a number but a mistake."""

Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Bound = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Weight = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AlternativeTable(_Table):
    """`[[decline.alternative]]`: cost in minor units, ours to bear."""

    id: str
    offer: str
    offer_ko: str = ""
    when: list[str] = []
    delivers: list[str]
    owner: Owner
    cost: Amount = 0
    within_hours: Bound
    steps: list[str] = []
    steps_ko: list[str] = []
    by: str = ""


class DeclineTable(_Table):
    """`[[decline]]`: `when` is an AND; a further table is an OR."""

    id: str
    when: list[str]
    reason: str
    reason_ko: str = ""
    alternative: list[AlternativeTable] = []


class YesWithTable(_Table):
    """`[[yes_with]]`: the condition is a full sentence that is said after the yes."""

    id: str
    when: list[str]
    condition: str
    condition_ko: str = ""


class OrderButtonTable(_Table):
    """`[order_button]`: the policy is offered on orders for which all of `when` is true."""

    label: str = Field(min_length=1, max_length=40)
    label_ko: str = Field("", max_length=40)
    when: list[str] = Field(min_length=1)


class AllowTable(_Table):
    """`[[allow]]`: everything in `when` must be proven."""

    when: list[str]
    condition: str = ""
    condition_ko: str = ""


class SafePathTable(_Table):
    """`[[safe_path]]`: what a refused customer can do at once."""

    id: str
    offer: str
    offer_ko: str = ""
    owner: Owner = "us"
    within_hours: Bound


class TestTable(_Table):
    """`[[test]]`: facts in, verdict out."""

    facts: dict[str, Any] = {}
    expect: Expected
    alternatives: list[str] | None = None
    asks: str = ""


class _PolicyBase(_Table):
    id: str = Field(min_length=1, max_length=80, pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")
    title: str
    title_ko: str = ""
    sector: Sector
    request: str = Field("", max_length=80, pattern=r"^([a-z][a-z0-9_]*(\.[a-z0-9_]+)*)?$")
    scope: list[str] = []
    overrides: list[str] = []
    valid_from: date | None = None
    valid_until: date | None = None
    version: int = Field(1, ge=1, le=LARGEST)
    owner: str = ""
    yes: str = "Yes, gladly."
    yes_ko: str = "네, 그렇게 해 드리겠습니다."
    examples: list[str] = []
    examples_ko: list[str] = []
    counter: list[str] = []
    counter_ko: list[str] = []
    test: list[TestTable] = []


class PolicyFile(_PolicyBase):
    """An ordinary policy: yes, unless a decline is true."""

    needs: list[str]
    needs_ko: list[str] = []
    decline: list[DeclineTable] = []
    yes_with: list[YesWithTable] = []
    account_bound: bool = False
    touches: Touches | None = None
    action: str = ""
    amount: str = ""
    order_button: OrderButtonTable | None = None
    discovery: str = ""
    discovery_ko: str = ""


class ProtectedFile(_PolicyBase):
    """A protected policy: refused, unless everything in an `allow` is proven."""

    protected: Literal["safety", "security", "privacy", "health", "ethics"]
    exception: Literal["", "dual_control"] = ""
    refuse: str = "That is one I have to turn down, to keep you safe."
    refuse_ko: str = "고객님의 안전을 위해 그 요청은 도와드릴 수 없습니다."
    act: list[str] = []
    act_ko: list[str] = []
    object: list[str] = []
    object_ko: list[str] = []
    allow: list[AllowTable] = []
    safe_path: list[SafePathTable] = []
    guards: list[Guarded] = []


class FactTable(_Table):
    """`[[fact]]`: `min` and `max` for int and money, `values` for enum."""

    key: str = Field(pattern=r"^[a-z]\w*(\.\w+)+$")
    type: Literal["bool", "int", "money", "enum"]
    ask: str = ""
    ask_ko: str = ""
    name: str = ""
    name_ko: str = ""
    min: Bound | None = None
    max: Bound | None = None
    values: list[str] = []
    values_ko: list[str] = []
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    unit: Literal["", "time of day"] = ""
    source: Literal["crm", "order", "call", "agent", "clock"] = "agent"
    max_age_minutes: int | None = Field(None, ge=1, le=5_256_000)
    sensitivity: Literal["open", "personal", "standing"] = "open"
    volunteered: bool = False


class FactsFile(_Table):
    """facts.toml."""

    fact: list[FactTable] = []


class LimitTable(_Table):
    """`[[limit]]`: up to how much a role may act alone, in minor units.

    Each time, for one customer within 90 days, by one agent within a day.
    """

    action: str
    role: str
    per_action: Amount
    per_customer: Amount | None = None
    per_day: Amount | None = None
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")


class AuthorityFile(_Table):
    """authority.toml. `retired` names the protected policies that were given up on purpose."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    limit: list[LimitTable] = []
    retired: list[str] = []


class RankingFile(_Table):
    """ranking.toml: the weights, reviewed in one place."""

    need: Weight = 1.0
    accepted: Weight = 0.5
    declined: Weight = 1.0
    soon: Weight = 1.0
    cost: int = Field(20_000, ge=1, le=LARGEST)
    shown: int = Field(2, ge=1, le=2)
    rest_days: int = Field(30, ge=0, le=3_650)


class FrameTable(_Table):
    """`[[frame]]` in wording/*.toml: a sentence that verdicts are spoken in, by name."""

    name: str
    text: str
    text_ko: str = ""


class WordingFile(_Table):
    """wording/*.toml."""

    frame: list[FrameTable] = []


class WowTable(_Table):
    """`[[wow]]`: a small surprise for something that the customer told unasked."""

    id: str
    hint: str
    hint_ko: str = ""
    volunteered: str
    when: list[str] = []
    sector: Sector | Literal[""] = ""
    cost: Amount = 0


class WowFile(_Table):
    """wow.toml."""

    wow: list[WowTable] = []
