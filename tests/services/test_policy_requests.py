# SPDX-License-Identifier: Apache-2.0
"""Several policies of one request, and the day that counts, through the service."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import Customer
from agentassist.domain.facts import Facts, FactValue
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Truth, VerdictKind
from agentassist.places import resource
from agentassist.services.policies import PolicyService
from agentassist.storage.database import Database
from tests.policy_samples import BREAKFAST, files

SEASON = (
    BREAKFAST[: BREAKFAST.index("[[decline]]")].replace(
        'id = "hotel.breakfast.late"',
        'id = "hotel.breakfast.season"\nrequest = "hotel.breakfast.late"\n'
        'overrides = ["hotel.breakfast.late"]\nvalid_until = 2026-12-31',
    )
    + '[[test]]\nfacts = {}\nexpect = "yes"\n'
)


class Desk:
    """A service in Seoul whose clock can be set."""

    def __init__(self, database: Database, folder: Path, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.now = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)
        zone = ZoneInfo("Asia/Seoul")
        self.service = PolicyService(database, folder, None, lambda: self.now, zone=zone)
        assert self.service.load() == []

    def facts(self) -> Facts:
        return self.service.facts_for(None, None)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path, files(season=SEASON))


def test_two_policies_of_one_request_give_one_prompt(desk: Desk) -> None:
    prompts = desk.service.prompts("can I still get breakfast", desk.facts())
    assert [p.verdict.policy_id for p in prompts] == ["hotel.breakfast.season"]


def test_one_request_is_offered_once_by_hand(desk: Desk) -> None:
    ids = [policy_id for policy_id, _ in desk.service.titles()]
    assert "hotel.breakfast.late" in ids
    assert "hotel.breakfast.season" not in ids


def test_the_last_day_ends_at_midnight_in_the_company(desk: Desk) -> None:
    before = desk.service.pick("hotel.breakfast.late", desk.facts()).verdict
    desk.now = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    after = desk.service.pick("hotel.breakfast.season", desk.facts()).verdict
    assert (before.policy_id, after.policy_id) == ("hotel.breakfast.season", "hotel.breakfast.late")


def test_a_call_goes_on_with_the_day_on_which_it_began(desk: Desk) -> None:
    call = new_id()
    desk.service.keep(call)
    desk.now = datetime(2026, 12, 31, 15, 1, tzinfo=UTC)
    (prompt,) = desk.service.prompts("can I still get breakfast", desk.facts(), call_id=call)
    assert prompt.verdict.policy_id == "hotel.breakfast.season"
    (other,) = desk.service.prompts("can I still get breakfast", desk.facts(), call_id=new_id())
    assert other.verdict.policy_id == "hotel.breakfast.late"
    desk.service.release(call)
    assert (
        desk.service.pick("hotel.breakfast.late", {}, call_id=call).verdict.kind is VerdictKind.ASK
    )


def test_a_request_out_of_season_is_silent(database: Database, tmp_path: Path) -> None:
    texts = files()
    texts["hotel/breakfast.toml"] = BREAKFAST.replace(
        "needs =", "valid_until = 2026-12-31\nneeds ="
    )
    desk = Desk(database, tmp_path, texts)
    assert desk.service.prompts("can I still get breakfast", desk.facts())
    desk.now = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    assert desk.service.prompts("can I still get breakfast", desk.facts()) == ()
    assert "hotel.breakfast.late" not in dict(desk.service.titles())


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 500, "id = 1\nid = 2", "#" * 10_000_000, f"x = {'1' * 6_000}", "\x00"]
)
def test_the_last_good_policies_stay_whatever_a_file_holds(
    desk: Desk, tmp_path: Path, text: str
) -> None:
    before = desk.service.bundle
    (tmp_path / "evil.toml").write_text(text, encoding="utf-8")
    (tmp_path / "link.toml").symlink_to("/etc/hostname")
    assert {str(fault).partition(":")[0] for fault in desk.service.load()} == {
        "evil.toml",
        "link.toml",
    }
    assert desk.service.bundle is before
    assert desk.service.prompts("can I still get breakfast", desk.facts())


# Facts that conflict or change during a call


def purchase(status: str) -> Purchase:
    return Purchase(new_id(), new_id(), "MP-1", status=status)


class Talk:
    """A call about one order, on the policies that ship."""

    def __init__(self, database: Database) -> None:
        self.now = datetime(2026, 12, 31, 14, 0, tzinfo=UTC)
        self.service = PolicyService(database, resource("policies"), None, lambda: self.now)
        assert self.service.load() == []
        self.call = Call(new_id(), "ref", CallState.TALKING, "+1")
        self.service.keep(self.call.id)
        self.answers: dict[str, str] = {}

    def learn(self, fact: str, text: str) -> None:
        self.service.answer(fact, text, self.call.id)
        self.answers[fact] = text

    def facts(self, status: str = "packed") -> dict[str, FactValue]:
        return self.service.facts_for(self._record(status), self.call, self.answers)

    def conflicts(self, status: str) -> list[tuple[str, str]]:
        found = self.service.conflicts(self._record(status), self.call, self.answers)
        return [conflict.values for conflict in found]

    def _record(self, status: str) -> Essentials:
        return Essentials(Customer(new_id(), "Grace"), purchases=(purchase(status),))


@pytest.fixture
def talk(database: Database) -> Talk:
    return Talk(database)


def test_what_the_agent_found_out_counts_and_the_difference_is_seen(talk: Talk) -> None:
    assert talk.facts()["order.status"].value == "packed"
    talk.learn("order.status", "delivered")
    assert talk.facts()["order.status"].value == "delivered"
    assert talk.conflicts("packed") == [("packed", "delivered")]


def test_a_record_that_changes_after_that_is_the_newer_of_the_two(talk: Talk) -> None:
    talk.learn("order.status", "delivered")
    talk.facts("packed")
    assert talk.facts("shipped")["order.status"].value == "shipped"
    assert talk.conflicts("shipped") == [("shipped", "delivered")]
    talk.learn("order.status", "delivered")
    assert talk.facts("shipped")["order.status"].value == "delivered"


def test_an_answer_grows_old_and_is_asked_for_again(talk: Talk) -> None:
    """A code that was confirmed counts for ten minutes, not for as long as the call."""
    proof = "telecom.old_number_confirmed"
    talk.learn(proof, "yes")
    began = talk.facts()[proof].at
    talk.now += timedelta(minutes=11)
    stale = talk.facts()[proof]
    assert stale.at == began
    verdict = talk.service.pick("telecom.sim.swap", {proof: stale}, call_id=talk.call.id).verdict
    assert [why.value for why in verdict.why if why.truth is Truth.TRUE] == []
    talk.learn(proof, "yes")
    assert talk.facts()[proof].at == talk.now


def test_nothing_is_remembered_of_a_call_that_is_over(talk: Talk) -> None:
    talk.learn("order.status", "delivered")
    talk.facts()
    talk.service.release(talk.call.id)
    talk.now += timedelta(minutes=1)
    assert talk.facts()["order.status"].at == talk.now
