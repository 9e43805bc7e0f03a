# SPDX-License-Identifier: Apache-2.0
"""The policies that ship: sound, complete in both languages, and in words one can say."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import combinations
from pathlib import Path

import pytest

from agentassist.domain.condition import Condition
from agentassist.domain.decision import judge
from agentassist.domain.facts import FactType, Text, plain
from agentassist.domain.likeness import Likeness
from agentassist.domain.policy import AnyPolicy, Policy, ProtectedPolicy
from agentassist.domain.policy_cases import axes, cases, cells, count
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import VerdictKind
from agentassist.intake.policy_files import load_folders, load_texts
from agentassist.places import resource
from tests.policy_samples import shipped

BUNDLE = shipped()
POLICIES = list(BUNDLE.policies.values())
ORDINARY = [p for p in POLICIES if isinstance(p, Policy)]
SECTORS = ("retail", "hotel", "telecom", "bank")
LANGUAGES = ("en", "ko")
GUIDE = Path(__file__).parents[2] / "docs" / "policy-packs.md"

EACH = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
EACH_ORDINARY = pytest.mark.parametrize("policy", ORDINARY, ids=lambda policy: policy.id)
EACH_SECTOR = pytest.mark.parametrize("sector", SECTORS)


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
    assert time.perf_counter() - began < 4


# What is there


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
    assert categories >= {"safety", "security", "privacy", "health"}


@EACH_SECTOR
def test_a_sector_answers_eight_requests_of_its_own(sector: str) -> None:
    own = [policy for policy in POLICIES if policy.sector == sector]
    assert len({policy.asked for policy in own}) >= 8
    assert {type(policy) for policy in own} == {Policy, ProtectedPolicy}


@EACH_SECTOR
def test_two_requests_of_a_sector_have_policies_for_some_only(sector: str) -> None:
    own = [policy for policy in POLICIES if policy.sector == sector]
    answering = Counter(policy.asked for policy in own)
    assert sum(number > 1 for number in answering.values()) >= 2
    assert all(policy.scope for policy in own if policy.overrides)


def test_every_guard_has_a_protected_policy_behind_it() -> None:
    for policy in ORDINARY:
        for guard in policy.guards():
            assert BUNDLE.index.guardians(guard, policy.sector)


def test_the_list_of_what_ships_is_complete() -> None:
    listed = set(re.findall(r"`([\w.]+)`", GUIDE.read_text(encoding="utf-8")))
    assert set(BUNDLE.policies) - listed == set()
    assert {limit.action for limit in BUNDLE.authority.limits} - listed == set()


# Both languages


@EACH
def test_everything_is_written_in_both_languages(policy: AnyPolicy) -> None:
    missing = [text.en for text in texts(policy) if text.en and not text.ko]
    assert missing == []


@pytest.mark.parametrize("request_id", sorted({policy.asked for policy in POLICIES}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_has_examples_in_both_languages(request_id: str, language: str) -> None:
    answering = BUNDLE.index.answering[request_id]
    assert len({x for p in answering for x in p.examples.get(language, ())}) >= 5
    assert len({x for p in answering for x in p.counter.get(language, ())}) >= 3


def test_every_question_is_asked_in_both_languages() -> None:
    for spec in BUNDLE.facts.values():
        assert spec.ask.ko or spec.volunteered
        assert spec.name.en
        assert spec.name.ko
        assert len([name for name in spec.value_names if name.ko]) == len(spec.values)


SENTENCE = re.compile(r"(?:니다|세요|해요|네요|까요|나요|가요|죠|겠어요)[.?]?$")


def _sentences(policy: AnyPolicy) -> Iterator[str]:
    """Yield what is said as a Korean sentence of its own."""
    yield policy.yes.ko
    if isinstance(policy, ProtectedPolicy):
        yield policy.refuse.ko
        yield from (rule.condition.ko for rule in policy.allow if rule.condition.ko)
        return
    yield from (rule.reason.ko for rule in policy.declines)
    yield from (rule.condition.ko for rule in policy.yes_with)
    if policy.discovery.ko:
        yield policy.discovery.ko


def _offers(policy: AnyPolicy) -> Iterator[Text]:
    if isinstance(policy, ProtectedPolicy):
        yield from (path.offer for path in policy.safe_paths)
    else:
        yield from (option.offer for rule in policy.declines for option in rule.alternatives)


@EACH
def test_korean_is_polite_and_offers_are_nouns(policy: AnyPolicy) -> None:
    assert [said for said in _sentences(policy) if not SENTENCE.search(said)] == []
    assert [x.ko for x in _offers(policy) if SENTENCE.search(x.ko) or x.ko[-1] in ".!?"] == []


def test_korean_questions_are_polite() -> None:
    asked = [spec.ask.ko for spec in BUNDLE.facts.values() if spec.ask.ko]
    assert [sentence for sentence in asked if not SENTENCE.search(sentence)] == []


# Distinct requests


@pytest.mark.parametrize("language", LANGUAGES)
@EACH_SECTOR
def test_examples_of_two_requests_of_a_desk_do_not_look_alike(sector: str, language: str) -> None:
    """A common policy stands on every desk. Three quarters of the wording is too much."""
    desk = [p for p in POLICIES if p.sector in (sector, "common")]
    sentences = {normalise(x): p.asked for p in desk for x in p.examples.get(language, ())}
    likeness = Likeness(sentences)
    pairs = ((a, b) for a, b in combinations(sentences, 2) if sentences[a] != sentences[b])
    assert [(a, b) for a, b in pairs if likeness(a, [b])[0] > 0.75] == []


# Alternatives


@EACH_ORDINARY
def test_every_decline_offers_something_we_do_ourselves(policy: Policy) -> None:
    for rule in policy.declines:
        assert any(option.owner.value == "us" for option in rule.alternatives)


def test_a_decline_leaves_two_alternatives_in_every_case() -> None:
    """Count every case that the facts can take."""
    lonely, declined = Counter[str](), Counter[str]()
    for policy in ORDINARY:
        for case in cases(axes(policy.conditions(), BUNDLE.facts)):
            outcome = judge(policy, case)
            if outcome.kind is VerdictKind.DECLINE:
                declined[policy.id] += 1
                lonely[policy.id] += len(outcome.options) < 2
    assert set(lonely) >= {"retail.return.late", "bank.fee.refund"}
    assert sum(declined.values()) > 100
    assert +lonely == Counter()


@EACH_ORDINARY
def test_an_alternative_has_an_end_and_each_rule_two_of_them(policy: Policy) -> None:
    for rule in policy.declines:
        assert len(rule.alternatives) >= 2, rule.id
        assert all(0 <= option.within_hours <= 168 for option in rule.alternatives)


# Tests of the authors


def _limits(policy: AnyPolicy) -> Iterator[tuple[str, int]]:
    """Yield each value at which a verdict may change, with its fact."""
    conditions: tuple[Condition, ...] = (*policy.scope, *policy.conditions())
    for fact in dict.fromkeys(condition.fact for condition in conditions):
        spec = BUNDLE.facts[fact]
        if spec.type in (FactType.INT, FactType.MONEY):
            edges = (int(edge) for edge in cells(spec, conditions))
            yield from ((fact, edge) for edge in edges if edge > spec.low)


@EACH
def test_every_limit_is_tested_on_both_sides(policy: AnyPolicy) -> None:
    tried = {(key, plain(value)) for test in policy.tests for key, value in test.facts.items()}
    missing = [
        (fact, value)
        for fact, edge in _limits(policy)
        for value in (edge - 1, edge)
        if (fact, value) not in tried
    ]
    assert missing == []


@EACH
def test_a_protected_policy_is_tried_with_each_proof_missing(policy: AnyPolicy) -> None:
    if not isinstance(policy, ProtectedPolicy) or not policy.allow:
        return
    kinds = {test.expect for test in policy.tests}
    assert kinds == {VerdictKind.YES_WITH, VerdictKind.REFUSE}


@EACH
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
