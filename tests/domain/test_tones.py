# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator

import pytest

from agentassist.domain import policy_cases, wording
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactType, FactValue, Source, Text, Value
from agentassist.domain.frame_proof import prove_frame
from agentassist.domain.frames import FRAMES
from agentassist.domain.money import Money
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.tones import Said, Voice
from agentassist.domain.verdict import Offer, Owner, Tone, Verdict, VerdictKind, Wording
from tests.policy_samples import AT, shipped

YES = Text("Yes, gladly.", "네.")
ENGLISH, KOREAN = Voice({}, "en"), Voice({}, "ko")


def offers(*texts: str, hours: int = 1) -> list[Offer]:
    return [Offer(text, text, Owner.US, hours - place) for place, text in enumerate(texts)]


def test_yes_says_conditions_and_who_signs() -> None:
    said = ENGLISH.yes(YES, [Text("It is 5.00.", "5.00입니다.")], signed=True)
    calm = "Yes, gladly. It is 5.00. My lead signs it now."
    assert said.wording == Wording(calm, calm)
    assert said.hurried.long == "Yes, gladly. It is 5.00. My lead signs now."
    assert said.upset.long == f"I understand, and I can put this right. {calm}"
    korean = KOREAN.yes(YES, [Text("It is 5.00.", "5.00입니다.")], signed=True)
    assert korean.wording.long == "네. 5.00입니다. 책임자가 바로 승인해 드립니다."


def test_a_decline_begins_with_what_we_can_do() -> None:
    said = ENGLISH.decline(offers("a table", "a tray"), "It is noon")
    offered = "I can offer you a table, or a tray."
    assert said.wording == Wording(f"{offered} It is noon.", offered)
    assert said.hurried.long == "Two ways: a table, or a tray. Which one?"
    assert said.upset.long == f"I understand how disappointing this is. {offered} It is noon."
    one = KOREAN.decline(offers("자리"), "정오입니다.")
    assert one.wording == Wording(
        "지금 해 드릴 수 있는 것은 자리입니다. 정오입니다.", "지금 해 드릴 수 있는 것은 자리입니다."
    )


def test_a_refusal_ends_with_the_safe_path() -> None:
    said = ENGLISH.refuse(Text("I keep it shut.", "닫아 둡니다."), offers("the gym", "a walk"))
    assert said.wording.long == "I keep it shut. The safe way: the gym."
    assert said.hurried.long == "I keep it shut. Soonest: a walk."
    assert said.upset.long == (
        "I can hear how upsetting this is. I keep it shut. The safe way: the gym."
    )


def test_what_has_no_room_is_left_out_and_the_feeling_stays() -> None:
    long = " ".join(["w"] * 20)
    said = ENGLISH.decline(offers(long), "It is noon and the kitchen is being cleaned today")
    assert said.upset.long == f"I understand how disappointing this is. I can offer you {long}."
    tight = ENGLISH.refuse(Text(" ".join(["w"] * 31)), ())
    assert tight.upset.long.startswith("I hear you. w")
    assert len(ENGLISH.refuse(Text("x" * 135), ()).upset.short) == 135


def test_a_file_may_put_other_words_in_place() -> None:
    voice = Voice({"offer_one": Text("How about {first}?")}, "ko")
    assert voice.decline(offers("tea"), "").wording.long == "How about tea?"


@pytest.mark.parametrize("name", FRAMES)
def test_the_built_in_sentences_pass_their_own_check(name: str) -> None:
    assert FRAMES[name].ko
    assert [str(finding) for finding in prove_frame(name, FRAMES[name])] == []


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("offer_three", "I can offer you {first}.", "R10"),
        ("offer_one", "I can offer you something.", "R7"),
        ("offer_one", "I can offer you {first}, or {second}.", "R7"),
        ("offer_one", "I can offer you {first.id}.", "R7"),
        ("offer_one", "I can offer you {first", "R7"),
        ("feeling_short", "Unfortunately.", "R19"),
        ("feeling_short", " ".join(["w"] * 36), "R19"),
    ],
)
def test_a_faulty_sentence_is_found(name: str, text: str, rule: str) -> None:
    assert rule in {finding.rule for finding in prove_frame(name, Text(text))}
    if rule != "R10":
        korean = prove_frame(name, Text(FRAMES[name].en, text))
        assert {finding.path for finding in korean} == {("text_ko",)}


BUNDLE = shipped()


def reachable(bundle: Bundle, policy: AnyPolicy, language: str) -> Iterator[Verdict]:
    """Every verdict of a policy, whoever calls, over the cases its facts can take."""
    axes = policy_cases.axes(policy.conditions(), bundle.facts)
    for case in policy_cases.cases(axes):
        for caller in (True, False):
            values: dict[str, Value] = {"caller.verified": caller}
            values |= {"caller.is_account_holder": caller, "bank.fee": Money(4000, "USD")}
            values |= {key: worth(bundle, key, value) for key, value in case.items()}
            facts = {key: FactValue(value, Source.AGENT, AT) for key, value in values.items()}
            for kept in (facts, dict(list(facts.items())[:-1])):
                yield decide(bundle, policy.id, kept, at=AT, language=language)


def worth(bundle: Bundle, key: str, value: bool | int | str) -> Value:
    spec = bundle.facts[key]
    return Money(int(value), spec.currency) if spec.type is FactType.MONEY else value


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("policy", BUNDLE.policies.values(), ids=lambda policy: policy.id)
def test_every_reachable_answer_can_be_said_in_every_tone(policy: AnyPolicy, language: str) -> None:
    seen = {verdict.kind: verdict for verdict in reachable(BUNDLE, policy, language)}
    sayings = {
        (verdict.kind, tone, verdict.said(tone))
        for verdict in reachable(BUNDLE, policy, language)
        for tone in Tone
    }
    assert seen
    for kind, tone, said in sayings:
        find = wording.unkind_words if kind is VerdictKind.REFUSE else wording.hard_words
        assert not wording.excess(said), said
        assert not find(said.long), said
        assert not find(said.short), said
        assert "{" not in said.long
        if tone is Tone.UPSET:
            assert said.long != seen[kind].wording.long


def test_an_offer_is_never_more_than_the_verdict() -> None:
    """What is said names the shown alternatives and nothing else."""
    for policy in BUNDLE.policies.values():
        if isinstance(policy, ProtectedPolicy):
            continue
        for verdict in reachable(BUNDLE, policy, "en"):
            if verdict.kind is VerdictKind.DECLINE and not verdict.discovery:
                for tone in Tone:
                    assert all(o.text in verdict.said(tone).short for o in verdict.alternatives)


def test_three_tones_are_one_answer() -> None:
    assert [said.long for said in Said(Wording("a"), Wording("b"), Wording("c"))] == ["a", "b", "c"]
