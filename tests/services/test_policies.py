# SPDX-License-Identifier: Apache-2.0
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import Customer
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Answer, Decision, Match, Polarity, VerdictKind
from agentassist.errors import Unavailable, UserError
from agentassist.places import resource
from agentassist.services.policies import PolicyService
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies
from tests.policy_samples import AUTHORITY, BREAKFAST, files

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in files().items():
        path = tmp_path / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "policies"


@pytest.fixture
def service(database: Database, folder: Path) -> PolicyService:
    return PolicyService(database, folder, None, lambda: NOON, zone=UTC)


def test_before_loading_there_is_nothing(service: PolicyService) -> None:
    assert service.prompts("can I still get breakfast", {}) == ()
    assert service.titles() == ()
    assert service.facts_for(None, None, {"caller.verified": "yes"}) == {}
    with pytest.raises(UserError, match="No policies are loaded"):
        service.pick("hotel.breakfast.late", {})


def test_loading_stores_the_bundle_and_puts_it_in_force(
    service: PolicyService, database: Database
) -> None:
    assert service.load() == []
    assert service.bundle is not None
    with database.reading() as connection:
        stored = Policies(connection).active()
    assert stored is not None
    assert stored.digest == service.bundle.digest
    assert dict(stored.files) == files()


def test_a_prompt_comes_with_verdict_evidence_and_language(service: PolicyService) -> None:
    service.load()
    known = service.facts_for(None, None)
    (prompt,) = service.prompts("Can I still get breakfast?", known)
    assert prompt.match is Match.SHOW
    assert prompt.evidence == "can I still get breakfast"
    assert prompt.request == "can i still get breakfast"
    assert prompt.language == "en"
    assert prompt.verdict.kind is VerdictKind.DECLINE
    assert [offer.id for offer in prompt.verdict.alternatives] == ["room_service"]


def test_the_language_follows_the_text_unless_it_is_named(service: PolicyService) -> None:
    service.load()
    (korean,) = service.prompts("조식 먹을 수 있나요", {})
    assert korean.language == "ko"
    assert korean.verdict.wording.long == "몇 시로 도와드릴까요?"
    (english,) = service.prompts("조식 먹을 수 있나요", {}, "en")
    assert english.verdict.wording.long == "What time shall I note for you?"


def test_answers_of_the_agent_settle_a_question(service: PolicyService) -> None:
    service.load()
    asked = service.pick("bank.fee.refund", service.facts_for(None, None)).verdict
    assert asked.question is not None
    answers = {"caller.verified": "yes", "caller.is_account_holder": "yes", "bank.fee": "900"}
    got = service.pick("bank.fee.refund", service.facts_for(None, None, answers)).verdict
    assert got.kind is VerdictKind.YES
    assert got.authority.within


def test_an_answer_that_does_not_fit_says_what_would(service: PolicyService) -> None:
    service.load()
    assert service.answer("hotel.occupancy_pct", "50").value == 50
    with pytest.raises(UserError, match="write 0 to 100"):
        service.answer("hotel.occupancy_pct", "many")
    with pytest.raises(UserError, match="no fact nothing"):
        service.answer("nothing", "1")


def test_the_record_fills_what_it_knows(service: PolicyService) -> None:
    service.load()
    record = Essentials(Customer(new_id(), "Grace", tier="Gold"))
    call = Call(new_id(), "r", CallState.TALKING, "+1", context={"verified": "yes"})
    known = service.facts_for(record, call)
    assert {key: fact.value for key, fact in known.items()} == {
        "hotel.hour": 12,
        "customer.tier": "gold",
        "caller.verified": True,
    }


def test_titles_are_sorted_and_follow_sector_and_language(database: Database, folder: Path) -> None:
    service = PolicyService(database, folder, None, lambda: NOON, sector="hotel")
    service.load()
    assert service.titles("ko") == (("hotel.breakfast.late", "조식 시간 외 조식"),)
    assert service.prompts("refund the fee", {}) == ()


# One bad file


def test_one_bad_file_keeps_the_last_good_bundle(service: PolicyService, folder: Path) -> None:
    service.load()
    good = service.bundle
    (folder / "hotel/breakfast.toml").write_text("id = ", encoding="utf-8")
    (fault,) = service.load()
    assert str(fault) == "hotel/breakfast.toml:1: This is not TOML: Invalid value. Mend this line."
    assert service.bundle is good
    assert service.prompts("can I still get breakfast", {})


def test_a_bad_file_at_the_first_start_brings_back_the_stored_bundle(
    service: PolicyService, database: Database, folder: Path
) -> None:
    service.load()
    (folder / "hotel/breakfast.toml").write_text(
        BREAKFAST.replace("room_service", "fireside"), encoding="utf-8"
    )
    next_day = PolicyService(database, folder, None, lambda: NOON)
    assert next_day.load()
    assert service.bundle is not None
    assert next_day.bundle is not None
    assert next_day.bundle.digest == service.bundle.digest


def test_a_bundle_that_drops_a_protected_policy_is_refused_whole(
    service: PolicyService, folder: Path
) -> None:
    service.load()
    good = service.bundle
    (folder / "telecom/sim.toml").unlink()
    (folder / "bank/fee.toml").unlink()
    (fault,) = service.load()
    assert str(fault) == (
        "authority.toml: The protected policy telecom.sim.swap is gone. "
        "Put its file back, or name it in `retired` in authority.toml."
    )
    assert service.bundle is good
    retired = AUTHORITY.replace("[[limit]]", 'retired = ["telecom.sim.swap"]\n[[limit]]', 1)
    (folder / "authority.toml").write_text(retired, encoding="utf-8")
    assert service.load() == []
    assert service.bundle is not None
    assert list(service.bundle.policies) == ["hotel.breakfast.late"]


def test_a_call_keeps_the_bundle_it_began_with(service: PolicyService, folder: Path) -> None:
    service.load()
    call_id = new_id()
    service.keep(call_id)
    known = service.facts_for(None, None)
    later = BREAKFAST.replace("hotel.hour >= 12", "hotel.hour >= 13")
    (folder / "hotel/breakfast.toml").write_text(later, encoding="utf-8")
    assert service.load() == []
    new = service.pick("hotel.breakfast.late", known).verdict
    kept = service.pick("hotel.breakfast.late", known, call_id=call_id).verdict
    assert (new.kind, kept.kind) == (VerdictKind.YES, VerdictKind.DECLINE)
    assert new.bundle != kept.bundle
    service.release(call_id)
    assert service.pick("hotel.breakfast.late", known, call_id=call_id).verdict == new


def test_going_back_to_old_files_is_a_rollback(
    service: PolicyService, database: Database, folder: Path
) -> None:
    service.load()
    first = service.bundle
    path = folder / "hotel/breakfast.toml"
    path.write_text(BREAKFAST.replace("12", "13"), encoding="utf-8")
    service.load()
    path.write_text(BREAKFAST, encoding="utf-8")
    service.load()
    assert first is not None
    with database.reading() as connection:
        activations = Policies(connection).activations()
    assert [item.digest == first.digest for item in activations] == [True, False, True]


# What the customer said before


def decision(customer: Customer, answer: Answer, offer: str, days: int) -> Decision:
    return Decision(
        new_id(),
        None,
        customer.id,
        "hotel.breakfast.late",
        "0" * 64,
        VerdictKind.DECLINE,
        answer,
        NOON - timedelta(days=days),
        offer_id=offer,
    )


@pytest.mark.parametrize(("days", "first"), [(3, "room_service"), (40, "room_service")])
def test_what_was_turned_down_moves_back(
    service: PolicyService, database: Database, grace: Customer, days: int, first: str
) -> None:
    service.load()
    with database.transaction() as connection:
        Calls(connection).add_decision(decision(grace, Answer.DECLINED, "fireside", days))
    known = service.facts_for(None, None, {"hotel.occupancy_pct": "10"})
    fresh = service.pick("hotel.breakfast.late", known).verdict
    assert fresh.alternatives[0].id == "fireside"
    again = service.pick("hotel.breakfast.late", known, customer_id=grace.id).verdict
    assert again.alternatives[0].id == first
    assert len(again.alternatives) == (1 if days < 30 else 2)


# When a part is down


class Gone:
    """A model that was closed after it was handed over."""

    model = "gone"

    def speaks(self, language: str) -> bool:
        return language == "en"

    def likeness(self, texts: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        raise Unavailable("The language model is closed. Keyword search goes on.")


def test_without_the_model_words_are_compared(database: Database, folder: Path) -> None:
    service = PolicyService(database, folder, Gone, lambda: NOON)
    service.load()
    with pytest.raises(Unavailable):
        service.warm()
    assert service.prompts("can I still get breakfast", {})


def test_loading_the_same_policies_keeps_what_was_learnt(service: PolicyService) -> None:
    service.load()
    service.warm()
    (before,) = service.prompts("can I still get breakfast", {})
    service.load()
    (after,) = service.prompts("can I still get breakfast", {})
    assert after == before


def test_a_prompt_tells_how_the_request_is_meant(service: PolicyService) -> None:
    service.load()
    (prompt,) = service.prompts("we do not want to still get breakfast", {})
    assert prompt.polarity is Polarity.REFUSES
    assert prompt.match is Match.OFFER


def test_a_database_that_does_not_answer_does_not_keep_policies_out(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_self: Database) -> None:
        raise Unavailable("The database does not answer.")

    monkeypatch.setattr(Database, "reading", down)
    service = PolicyService(database, folder, None, lambda: NOON)
    (problem,) = service.load()
    assert isinstance(problem, Unavailable)
    assert service.bundle is not None
    assert service.prompts("can I still get breakfast", {}, customer_id=new_id())


def test_after_close_there_is_nothing(service: PolicyService) -> None:
    service.load()
    service.close()
    assert service.prompts("can I still get breakfast", {}) == ()


def test_the_shipped_policies_answer_in_time(
    database: Database, now: Callable[[], datetime]
) -> None:
    service = PolicyService(database, resource("policies"), None, now, zone=UTC)
    began = time.perf_counter()
    assert service.load() == []
    assert time.perf_counter() - began < 3
    known = service.facts_for(None, None)
    began = time.perf_counter()
    for _ in range(20):
        prompts = service.prompts("hello there, we overslept, can I still get breakfast?", known)
    assert (time.perf_counter() - began) / 20 < 0.15
    assert prompts[0].verdict.policy_id == "hotel.breakfast.late"


class TestActionsOnOrders:
    @pytest.fixture
    def shipped(self, database: Database) -> PolicyService:
        made = PolicyService(database, resource("policies"), None, lambda: NOON, zone=UTC)
        assert made.load() == []
        return made

    def order(self, status: str, days: int) -> Purchase:
        at = NOON - timedelta(days=days)
        return Purchase(new_id(), new_id(), "MP-1", status=status, ordered_at=at, delivered_at=at)

    def test_they_follow_the_state_of_that_order_alone(self, shipped: PolicyService) -> None:
        here, other = self.order("delivered", 5), self.order("pending", 1)
        record = Essentials(Customer(new_id(), "Ann", tier="Gold"), purchases=(here, other))
        found = {item.label: item for item in shipped.actions(record, here, "en")}
        assert found["Return"].days_left == 55
        assert "Cancel" not in found
        assert "취소" in [item.label for item in shipped.actions(record, other, "ko")]

    def test_without_policies_there_are_none(self, service: PolicyService) -> None:
        record = Essentials(Customer(new_id(), "Ann"))
        assert service.actions(record, self.order("delivered", 5), "en") == ()

    def test_answers_about_another_order_are_left_behind(self, shipped: PolicyService) -> None:
        answers = {"order.is_defective": "yes", "price.same_item_in_stock_at_listed_shop": "no"}
        about_the_caller = {"caller.verified": "yes", "customer.tier": "gold"}
        assert shipped.without_order(answers | about_the_caller) == about_the_caller


# In the middle of a call


def test_what_was_turned_down_in_this_contact_rests_at_once(service: PolicyService) -> None:
    service.load()
    facts = service.facts_for(None, None, {"hotel.occupancy_pct": "50"})
    first = service.pick("hotel.breakfast.late", facts)
    assert [x.id for x in first.verdict.alternatives] == ["fireside", "room_service"]
    declined = Decision(
        new_id(), None, None, "hotel.breakfast.late", "", VerdictKind.DECLINE, Answer.DECLINED,
        NOON, offer_id="fireside",
    )  # fmt: skip
    again = service.pick("hotel.breakfast.late", facts, said=(declined,))
    assert [x.id for x in again.verdict.alternatives] == ["room_service"]
    assert again.basis is not None
    assert service.bundle is not None
    assert again.basis.verdict(service.bundle) == again.verdict
    (heard,) = service.prompts("Can I still get breakfast?", facts, said=(declined,))
    assert heard.verdict == again.verdict


def test_an_alternative_stands_as_long_as_its_conditions_do(service: PolicyService) -> None:
    service.load()
    quiet = service.facts_for(None, None, {"hotel.occupancy_pct": "50"})
    full = service.facts_for(None, None, {"hotel.occupancy_pct": "95"})
    assert service.stands("hotel.breakfast.late", "fireside", quiet)
    assert not service.stands("hotel.breakfast.late", "fireside", full)
    assert service.stands("hotel.breakfast.late", "room_service", full)
    assert not service.stands("hotel.breakfast.late", "never was", quiet)
    assert not service.stands("gone", "fireside", quiet)


def test_a_policy_that_is_retired_in_mid_call_stays_for_the_call(
    service: PolicyService, folder: Path
) -> None:
    """Its facts stay readable too, and the next caller no longer meets it."""
    service.load()
    call = Call(new_id(), "r", CallState.TALKING, "+1")
    service.keep(call.id)
    (folder / "hotel" / "breakfast.toml").unlink()
    kept = (folder / "facts.toml").read_text(encoding="utf-8")
    rows = [row for row in f"\n{kept}".split("\n[[fact]]")[1:] if "hotel." not in row]
    text = "".join(f"[[fact]]{row}\n" for row in rows)
    (folder / "facts.toml").write_text(text, encoding="utf-8")
    assert service.load() == []
    answers = {"hotel.occupancy_pct": "50"}
    assert service.answer("hotel.occupancy_pct", "50", call.id).value == 50
    facts = service.facts_for(None, call, answers)
    (heard,) = service.prompts("Can I still get breakfast?", facts, call_id=call.id)
    assert heard.verdict.kind is VerdictKind.DECLINE
    assert service.stands("hotel.breakfast.late", "fireside", facts, call_id=call.id)
    assert "hotel.breakfast.late" in dict(service.titles("en", call.id))
    assert service.prompts("Can I still get breakfast?", service.facts_for(None, None)) == ()
    service.release(call.id)
    assert "hotel.breakfast.late" not in dict(service.titles("en", call.id))


def test_only_what_is_told_unasked_can_be_noted(database: Database) -> None:
    service = PolicyService(database, resource("policies"), None, lambda: NOON)
    assert service.volunteered("en") == ()
    service.load()
    noted = dict(service.volunteered("ko"))
    assert noted["told.new_baby"] == "아기 탄생"
    assert all(key.startswith("told.") for key in noted)
