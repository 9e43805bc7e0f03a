# SPDX-License-Identifier: Apache-2.0
"""The policies that ship: sound, complete in both languages, and in words one can say."""

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from agentassist.domain.facts import Text
from agentassist.domain.policy import AnyPolicy, Policy, ProtectedPolicy
from agentassist.domain.policy_cases import axes, count
from agentassist.intake.policy_files import load_folders, load_texts
from agentassist.places import resource
from tests.policy_samples import shipped

BUNDLE = shipped()
POLICIES = list(BUNDLE.policies.values())


def texts(thing: object) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, tuple | list):
        for item in thing:
            yield from texts(item)
    elif isinstance(thing, dict):
        yield from texts(list(thing.values()))


def test_the_packs_are_sound_and_quick_to_load() -> None:
    began = time.perf_counter()
    loaded = load_folders([resource("policies")])
    assert [str(fault) for fault in loaded.faults] == []
    assert time.perf_counter() - began < 2


def test_what_must_ship_is_there() -> None:
    assert set(BUNDLE.policies) >= {
        "retail.return.late",
        "retail.item.discontinued",
        "retail.order.cancel",
        "hotel.breakfast.late",
        "hotel.checkout.late",
        "hotel.pool.gate",
        "telecom.sim.swap",
        "telecom.contract.leave_early",
        "bank.fee.refund",
        "bank.transfer.undo",
        "common.account.someone_else",
        "common.credential.disclose",
    }
    categories = {p.category.value for p in POLICIES if isinstance(p, ProtectedPolicy)}
    assert categories >= {"safety", "security", "privacy"}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_everything_is_written_in_both_languages(policy: AnyPolicy) -> None:
    missing = [text.en for text in texts(policy) if text.en and not text.ko]
    assert missing == []
    for language in ("en", "ko"):
        assert len(set(policy.examples[language])) >= 5
        assert len(set(policy.counter[language])) >= 3


def test_every_question_is_asked_in_both_languages() -> None:
    for spec in BUNDLE.facts.values():
        assert spec.ask.ko
        assert spec.name.en
        assert spec.name.ko


@pytest.mark.parametrize(
    "policy", [p for p in POLICIES if isinstance(p, Policy)], ids=lambda policy: policy.id
)
def test_every_decline_offers_something_we_do_ourselves(policy: Policy) -> None:
    for rule in policy.declines:
        assert any(option.owner.value == "us" for option in rule.alternatives)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_the_number_of_cases_stays_readable(policy: AnyPolicy) -> None:
    assert count(axes(policy.conditions(), BUNDLE.facts)) <= 2_000


def test_two_hundred_policies_load_in_time() -> None:
    files = dict(load_folders([resource("policies")]).files)
    name, text = "retail/late_return.toml", files["retail/late_return.toml"]
    for number in range(200):
        examples = (
            f"examples = [{', '.join(f'{chr(34)}ask {number} {n}{chr(34)}' for n in range(5))}]"
        )
        copy = text.replace('"retail.return.late"', f'"retail.return.copy{number}"')
        copy = copy[: copy.index("examples = [")] + examples + copy[copy.index("\ncounter = [") :]
        files[name.replace(".toml", f"{number}.toml")] = copy
    began = time.perf_counter()
    loaded = load_texts(files)
    taken = time.perf_counter() - began
    assert loaded.bundle is not None, [str(fault) for fault in loaded.faults][:3]
    assert len(loaded.bundle.policies) == len(POLICIES) + 200
    assert taken < 8, f"{taken:.1f} s for {len(loaded.bundle.policies)} policies"
