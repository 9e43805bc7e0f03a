# SPDX-License-Identifier: Apache-2.0
"""What was turned down is not put to the customer again, and after two rounds nothing is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.decision import decide
from agentassist.domain.facts import FactValue, Source
from agentassist.domain.identifiers import new_id
from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.reoffers import ROUNDS, may_offer, rounds, turned_down, with_answers
from agentassist.domain.verdict import Answer, Decision, Offer, Owner, Verdict, VerdictKind
from tests.policy_samples import AT, good

LATE = "hotel.breakfast.late"
NOON = {
    "hotel.hour": FactValue(14, Source.CLOCK, AT),
    "hotel.occupancy_pct": FactValue(50, Source.AGENT, AT),
}


def answered(offer: str, answer: Answer = Answer.DECLINED, minute: int = 0) -> Decision:
    at = AT + timedelta(minutes=minute)
    return Decision(
        new_id(), None, None, LATE, "b", VerdictKind.DECLINE, answer, at, offer_id=offer
    )


def verdict(*offers: str, kind: VerdictKind = VerdictKind.DECLINE) -> Verdict:
    made = tuple(Offer(one, one, Owner.US, 1) for one in offers)
    return Verdict(kind, LATE, 1, "b", "Late", alternatives=made)


def test_only_what_was_turned_down_under_this_policy_counts() -> None:
    other = replace(answered("other"), policy_id="x")
    decisions = [answered("a"), answered("b", Answer.ACCEPTED), answered("", minute=1), other]
    assert turned_down(decisions, LATE) == {"a"}
    assert rounds(decisions, LATE) == 2


def test_one_breath_is_one_round() -> None:
    assert rounds([answered("a"), answered("b")], LATE) == 1
    assert may_offer(verdict("c"), [answered("a"), answered("b")])
    assert not may_offer(verdict("c"), [answered("a"), answered("b", minute=1)])


def test_nothing_is_offered_twice() -> None:
    assert not may_offer(verdict("a"), [answered("a")])
    assert may_offer(verdict("a", "b"), [answered("a")])
    assert not may_offer(verdict(), [])


def test_a_refusal_for_safety_is_no_re_offer() -> None:
    refused = verdict("shop", kind=VerdictKind.REFUSE)
    assert may_offer(refused, [answered("shop"), answered("shop", minute=1)])
    assert may_offer(verdict(kind=VerdictKind.ASK), [answered("a"), answered("a", minute=1)])


def test_the_next_round_leaves_out_what_was_turned_down() -> None:
    bundle = good()
    first = decide(bundle, LATE, NOON, at=AT)
    assert [x.id for x in first.alternatives] == ["fireside", "room_service"]
    past = with_answers({}, [answered("fireside")])
    second = decide(bundle, LATE, NOON, at=AT, past=past)
    assert [x.id for x in second.alternatives] == ["room_service"]
    assert may_offer(second, [answered("fireside")])


def test_answers_of_this_contact_add_to_those_before() -> None:
    before: Past = {(LATE, "a"): OfferRecord(1, 2, AT - timedelta(days=40))}
    after = with_answers(before, [answered("a"), answered("a", Answer.ACCEPTED, 1)])
    assert after == {(LATE, "a"): OfferRecord(2, 3, AT)}


_MOVES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


@given(_MOVES, st.sampled_from([("a",), ("b", "c"), ("a", "d"), ()]))
def test_never_more_than_two_rounds_and_never_twice(moves: list[str], shown: tuple[str]) -> None:
    """Whatever a customer turns down, one offer in each round."""
    decisions: list[Decision] = []
    for minute, offer in enumerate(moves):
        if may_offer(verdict(offer), decisions):
            assert offer not in turned_down(decisions, LATE)
            decisions.append(answered(offer, minute=minute))
    assert rounds(decisions, LATE) <= ROUNDS
    assert len(turned_down(decisions, LATE)) == len(decisions)
    if may_offer(verdict(*shown), decisions):
        assert set(shown) - turned_down(decisions, LATE)
