# SPDX-License-Identifier: Apache-2.0
"""A small set of policy files for tests, and the ones that ship."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from agentassist.domain.facts import FactValue, Source, Value
from agentassist.domain.policy import Bundle
from agentassist.intake.policy_files import Loaded, load_folders, load_texts
from agentassist.places import resource

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

FACTS = """\
[[fact]]
key = "hotel.hour"
type = "int"
min = 0
max = 23
source = "clock"
max_age_minutes = 10
ask = "What time shall I note for you?"
ask_ko = "몇 시로 도와드릴까요?"

[[fact]]
key = "hotel.occupancy_pct"
type = "int"
min = 0
max = 100
ask = "One moment, I look at how full the house is."

[[fact]]
key = "caller.verified"
type = "bool"
source = "call"
name = "proof of identity"
name_ko = "본인 확인"
ask = "May I quickly confirm that it is you?"

[[fact]]
key = "caller.is_account_holder"
type = "bool"
source = "call"
ask = "Am I speaking with the account holder?"

[[fact]]
key = "caller.pin_ok"
type = "bool"
source = "call"
ask = "Please enter your PIN on the keypad."

[[fact]]
key = "customer.tier"
type = "enum"
values = ["basic", "gold"]
source = "crm"
sensitivity = "standing"
ask = "At which level are you?"

[[fact]]
key = "bank.fee"
type = "money"
currency = "USD"
min = 0
max = 100000
ask = "Which fee is it, and how much?"
"""

AUTHORITY = """\
currency = "USD"
[[limit]]
action = "goodwill"
role = "agent"
per_action = 1500
[[limit]]
action = "fee_refund"
role = "agent"
per_action = 1500
[[limit]]
action = "fee_refund"
role = "lead"
per_action = 6000
"""

BREAKFAST = """\
id = "hotel.breakfast.late"
title = "Breakfast outside breakfast hours"
title_ko = "조식 시간 외 조식"
sector = "hotel"
needs = ["eat_now", "breakfast_food"]
needs_ko = ["지금 식사", "조식 메뉴"]
examples = ["can I still get breakfast", "we overslept, any pancakes", "is it too late to eat",
  "breakfast at noon please", "we missed breakfast"]
examples_ko = ["조식 먹을 수 있나요", "늦잠을 잤어요", "조식이 끝났나요", "점심때 조식 되나요",
  "조식을 놓쳤어요"]
counter = ["breakfast was cold", "book breakfast for tomorrow", "how much is breakfast"]
counter_ko = ["조식이 식었어요", "내일 조식 예약이요", "조식은 얼마인가요"]
[[decline]]
id = "lunch_setup"
when = ["hotel.hour >= 12"]
reason = "The dining room is being set for lunch"
reason_ko = "식당은 점심 준비 중입니다"
  [[decline.alternative]]
  id = "fireside"
  offer = "a table by the fireplace with breakfast dishes"
  offer_ko = "벽난로 옆 자리에서 드시는 조식 메뉴"
  when = ["hotel.occupancy_pct < 95"]
  delivers = ["eat_now", "breakfast_food"]
  owner = "us"
  within_hours = 1
  [[decline.alternative]]
  id = "room_service"
  offer = "breakfast brought to your room"
  offer_ko = "객실로 가져다 드리는 조식"
  delivers = ["eat_now", "breakfast_food"]
  owner = "us"
  cost = 500
  within_hours = 1
[[test]]
facts = {"hotel.hour" = 14, "hotel.occupancy_pct" = 99}
expect = "decline"
alternatives = ["room_service"]
"""

SIM = """\
id = "telecom.sim.swap"
title = "Move a number to a new SIM"
sector = "telecom"
protected = "security"
exception = "dual_control"
guards = ["sim", "unverified", "third_party"]
refuse = "I keep your number safe and leave it where it is."
act = ["activate", "swap", "move"]
act_ko = ["변경", "바꿔"]
object = ["sim", "esim"]
object_ko = ["유심"]
examples = ["I need a new SIM", "activate this SIM", "swap my SIM", "move me to an eSIM",
  "new SIM card"]
counter = ["how big is a SIM", "my SIM has no signal", "block my SIM"]
[[allow]]
when = ["caller.verified is yes", "caller.pin_ok is yes"]
condition = "We text the old number first."
[[safe_path]]
id = "shop"
offer = "a shop visit today with photo identification"
within_hours = 24
[[test]]
facts = {"caller.verified" = true, "caller.pin_ok" = true}
expect = "yes_with"
[[test]]
facts = {"caller.verified" = true}
expect = "refuse"
"""

FEE = """\
id = "bank.fee.refund"
title = "Refund of a fee"
sector = "bank"
needs = ["money_back"]
account_bound = true
action = "fee_refund"
amount = "bank.fee"
examples = ["refund the fee", "give me the charge back", "waive it", "why was I charged",
  "fee back"]
counter = ["what does it cost", "when is it booked", "refund my purchase"]
[[decline]]
id = "above"
when = ["bank.fee > 6000"]
reason = "A courtesy covers up to 60.00"
  [[decline.alternative]]
  id = "part"
  offer = "60.00 back today"
  delivers = ["money_back"]
  owner = "us"
  within_hours = 1
[[test]]
facts = {"caller.verified" = true, "caller.is_account_holder" = true, "bank.fee" = 7000}
expect = "decline"
"""


def files(**changes: str) -> dict[str, str]:
    """Return the sample files; `breakfast="..."` puts another text in its place."""
    texts = {
        "facts.toml": FACTS,
        "authority.toml": AUTHORITY,
        "hotel/breakfast.toml": BREAKFAST,
        "telecom/sim.toml": SIM,
        "bank/fee.toml": FEE,
    }
    names = {name.split("/")[-1].removesuffix(".toml"): name for name in texts}
    return texts | {names.get(key, f"{key}.toml"): text for key, text in changes.items()}


def load(**changes: str) -> Loaded:
    """Load the sample files."""
    return load_texts(files(**changes))


def good(**changes: str) -> Bundle:
    """Return the bundle of the sample files, which must be sound."""
    loaded = load(**changes)
    assert loaded.bundle is not None, [str(fault) for fault in loaded.faults]
    return loaded.bundle


@cache
def shipped() -> Bundle:
    """Return the bundle of the policies that ship."""
    loaded = load_folders([resource("policies")])
    assert loaded.bundle is not None, [str(fault) for fault in loaded.faults]
    return loaded.bundle


def facts(values: Mapping[str, Value], *, at: datetime = AT) -> dict[str, FactValue]:
    """Make facts that were all learnt at one moment."""
    return {key: FactValue(value, Source.AGENT, at) for key, value in values.items()}
