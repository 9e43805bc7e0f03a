# SPDX-License-Identifier: Apache-2.0
"""Two conversations under the policies that ship, from the first sentence to the record."""

from datetime import UTC, datetime, timedelta

import pytest

from agentassist.domain.basis import given_json, read_given, verdict_hash
from agentassist.domain.customer import Customer
from agentassist.domain.facts import from_json, to_json
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy import Bundle
from agentassist.domain.spending import Claim
from agentassist.domain.verdict import Answer, Decision, Match, Prompt, Verdict, VerdictKind
from agentassist.places import resource
from agentassist.services.authority import Budgets
from agentassist.services.policies import PolicyService
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def desk(database: Database, sector: str) -> PolicyService:
    budgets = Budgets(database, "Sam", lambda: NOON, zone=UTC)
    made = PolicyService(
        database, resource("policies"), None, lambda: NOON, sector=sector, zone=UTC,
        spent=budgets.spent,
    )  # fmt: skip
    assert made.load() == []
    return made


def bundle_of(service: PolicyService) -> Bundle:
    assert service.bundle is not None
    return service.bundle


class Shop:
    """A customer whose only order came 35 days ago, and what the agent found out so far."""

    def __init__(self, database: Database, customer: Customer) -> None:
        self.service = desk(database, "retail")
        self._database = database
        self._customer = customer
        bought = NOON - timedelta(days=40)
        came = NOON - timedelta(days=35)
        order = Purchase(
            new_id(), customer.id, "mp203377", status="Delivered", ordered_at=bought,
            delivered_at=came,
        )  # fmt: skip
        self._record = Essentials(customer, purchases=(order,))
        self.answers: dict[str, str] = {}

    def prompt(self, text: str, need: str | None = None) -> Prompt:
        known = self.service.facts_for(self._record, None, self.answers)
        needs = {} if need is None else {"retail.return.late": need}
        found = self.service.prompts(text, known, customer_id=self._customer.id, needs=needs)
        return found[0]

    def keep(self, prompt: Prompt, answer: Answer, offer: str) -> Decision:
        """Record what became of a prompt, with all it came from."""
        assert prompt.basis is not None
        verdict = prompt.verdict
        made = Decision(
            new_id(), None, self._customer.id, verdict.policy_id, verdict.bundle, verdict.kind,
            answer, NOON, request=prompt.request, title=verdict.title, offer_id=offer,
            facts=to_json(prompt.basis.facts), given=given_json(prompt.basis),
            verdict_hash=verdict_hash(verdict),
        )  # fmt: skip
        with self._database.transaction() as connection:
            Calls(connection).add_decision(made)
        return made


@pytest.fixture
def shop(database: Database, grace: Customer) -> Shop:
    return Shop(database, Customer(grace.id, grace.name, tier="Silver"))


LATE = "I missed the return date, can I send it back?"


def test_a_late_return_from_the_first_sentence_to_the_record(shop: Shop) -> None:
    asked = shop.prompt(LATE)
    assert (asked.match, asked.verdict.policy_id) == (Match.SHOW, "retail.return.late")
    assert asked.verdict.question is not None
    assert asked.verdict.question.fact == "order.is_defective"

    shop.answers["order.is_defective"] = "no"
    why = shop.prompt(LATE).verdict
    assert why.kind is VerdictKind.DECLINE
    assert why.discovery is not None
    assert [need for need, _ in why.discovery.needs] == [
        "money_back", "get_rid_of_it", "something_that_fits",
    ]  # fmt: skip

    offered = shop.prompt(LATE, "something_that_fits")
    assert [offer.id for offer in offered.verdict.alternatives] == ["exchange", "store_credit"]
    assert offered.verdict.wording.long.startswith("I can offer you an exchange")
    shop.keep(offered, Answer.DECLINED, "exchange")

    then = shop.prompt(LATE, "something_that_fits")
    assert [offer.id for offer in then.verdict.alternatives] == ["store_credit"]
    kept = shop.keep(then, Answer.ACCEPTED, "store_credit")
    again = read_given(kept.given, from_json(kept.facts)).verdict(bundle_of(shop.service))
    assert verdict_hash(again) == kept.verdict_hash


def test_it_goes_the_same_way_in_korean(shop: Shop) -> None:
    shop.answers["order.is_defective"] = "no"
    verdict = shop.prompt("반품 기간이 지났는데 환불되나요?", "").verdict
    assert verdict.kind is VerdictKind.DECLINE
    assert verdict.wording.long == (
        "지금 해 드릴 수 있는 것은 원하시는 상품으로의 교환 또는 결제 금액 전액 적립금입니다. "
        "환불 가능 기간이 얼마 전에 끝났습니다."
    )


class Bank:
    """A caller who wants a fee back, and what the agent found out so far."""

    def __init__(self, database: Database, customer: Customer) -> None:
        self.service = desk(database, "bank")
        self.budgets = Budgets(database, "Sam", lambda: NOON, zone=UTC)
        self._customer = customer
        self.answers: dict[str, str] = {}

    def ask(self, **answers: str) -> Verdict:
        """Learn more, and hear what the policies say now."""
        self.answers |= {key.replace("__", "."): value for key, value in answers.items()}
        known = self.service.facts_for(None, None, self.answers)
        text = "give me back the overdraft charge"
        found = self.service.prompts(text, known, customer_id=self._customer.id)
        return found[0].verdict

    def hold(self, minor: int) -> str:
        """Reserve a refund; return who signs it instead, empty where the agent may."""
        claim = Claim(
            id=new_id(), policy_id="bank.fee.refund", action="fee_refund",
            amount=Money(minor, "USD"), customer_id=self._customer.id,
        )  # fmt: skip
        return self.budgets.hold(claim, bundle_of(self.service).authority).signer


@pytest.fixture
def bank(database: Database, grace: Customer) -> Bank:
    return Bank(database, grace)


def test_a_fee_refund_asks_in_order_and_ends_with_the_lead(bank: Bank) -> None:
    asked = []
    answers = {
        "caller.is_account_holder": "yes",
        "caller.verified": "yes",
        "bank.is_our_mistake": "no",
        "bank.courtesies_this_year": "0",
        "bank.fee": "4000",
    }
    while (verdict := bank.ask()).question is not None:
        asked.append(verdict.question.fact)
        bank.answers[asked[-1]] = answers[asked[-1]]
    assert asked == list(answers)
    assert verdict.kind is VerdictKind.YES
    assert (verdict.authority.within, verdict.authority.signer) == (False, "lead")
    assert verdict.wording.long.endswith("My lead signs it now.")


def test_a_stranger_is_refused_with_a_safe_path_whatever_the_fee(bank: Bank) -> None:
    verdict = bank.ask(
        caller__verified="no", caller__is_account_holder="yes", bank__fee="100",
        bank__is_our_mistake="yes",
    )  # fmt: skip
    assert verdict.kind is VerdictKind.REFUSE
    assert verdict.guarded_by == "common.account.unverified"
    assert [path.id for path in verdict.alternatives] == ["link", "visit"]


def test_what_was_given_counts_for_the_next_refund(bank: Bank) -> None:
    known = {"caller__verified": "yes", "caller__is_account_holder": "yes"}
    fee = {"bank__is_our_mistake": "no", "bank__courtesies_this_year": "0", "bank__fee": "1000"}
    first = bank.ask(**known, **fee)
    assert first.authority.within
    assert bank.hold(1000) == ""
    second = bank.ask()
    assert (second.kind, second.authority.within) == (VerdictKind.YES, False)
    assert bank.hold(1000) == "lead"


def test_our_own_mistake_is_another_policy_of_the_same_request(bank: Bank) -> None:
    known = {"caller__verified": "yes", "caller__is_account_holder": "yes"}
    verdict = bank.ask(**known, bank__is_our_mistake="yes", bank__fee="6000")
    assert (verdict.policy_id, verdict.kind) == ("bank.fee.correction", VerdictKind.YES)
    assert verdict.authority.within
    more = bank.ask(bank__fee="6001")
    assert [offer.id for offer in more.alternatives] == ["correction_tomorrow", "sixty_at_once"]
