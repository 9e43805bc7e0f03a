# SPDX-License-Identifier: Apache-2.0
"""The policy lab: drafts, trials, reviews, what is in force, and the way back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import insert

from agentassist.domain.call import Call, CallState
from agentassist.domain.facts import Text, to_json
from agentassist.domain.identifiers import new_id
from agentassist.domain.policy_changes import ChangeKind
from agentassist.domain.policy_draft import Draft, DraftState, Outcome
from agentassist.domain.policy_form import AlternativeForm
from agentassist.domain.staff import Person
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.errors import BadInput, UserError
from agentassist.services.policies import PolicyService
from agentassist.services.policy_lab import PolicyLab
from agentassist.storage.audit import Audit
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies
from agentassist.storage.policy_drafts import PolicyDrafts
from agentassist.storage.schema.spending import overrides
from tests.policy_samples import BREAKFAST, FEE, SIM, facts, files
from tests.services.conftest import NOON

ANN = Person("ann", "Ann Lee", "supervisor")
BEN = Person("ben", "Ben Ode", "lead")
EVE = Person("eve", "Eve Moss", "agent")
HOTEL = "hotel.breakfast.late"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "policies", files())
    return tmp_path / "policies"


@pytest.fixture
def service(database: Database, folder: Path, now: Callable[[], datetime]) -> PolicyService:
    made = PolicyService(database, folder, None, now)
    assert made.load() == []
    return made


@pytest.fixture
def lab(database: Database, service: PolicyService, now: Callable[[], datetime]) -> PolicyLab:
    return PolicyLab(database, service, now)


def put(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def reworded(lab: PolicyLab, person: Person = ANN, title: str = "Kinder words") -> Draft:
    """Begin a draft that needs no second person: another reason of a decline."""
    draft = lab.begin(title, person)
    form = lab.form(draft.id, HOTEL)
    decline = replace(form.declines[0], reason=Text("Lunch is being laid", "점심 준비 중입니다"))
    changed = replace(form, declines=(decline,))
    return lab.save(draft.id, HOTEL, changed, draft.revision, person)


def dearer(lab: PolicyLab) -> Draft:
    """Begin a draft that costs more: two people must look."""
    draft = lab.begin("Free champagne", ANN)
    form = lab.form(draft.id, HOTEL)
    extra = AlternativeForm(
        id="champagne",
        offer=Text("a glass of champagne with it"),
        delivers=("eat_now",),
        cost=900,
        within_hours=1,
    )
    decline = replace(form.declines[0], alternatives=(*form.declines[0].alternatives, extra))
    tests = tuple(replace(test, alternatives=None) for test in form.tests)
    changed = replace(form, declines=(decline,), tests=tests)
    return lab.save(draft.id, HOTEL, changed, draft.revision, ANN)


def decision(values: dict[str, object], policy: str, kind: VerdictKind) -> Decision:
    known = facts(values, at=NOON)  # type: ignore[arg-type]
    return Decision(
        new_id(),
        None,
        None,
        policy,
        "b",
        kind,
        Answer.IGNORED,
        NOON,
        title=policy,
        facts=to_json(known),
    )


def store(database: Database, *decided: Decision) -> None:
    with database.transaction() as connection:
        for one in decided:
            Calls(connection).add_decision(one)


def override(policy_id: str, rule: str, verdict: str) -> dict[str, object]:
    ids = {"id": new_id(), "decision_id": new_id(), "call_id": None, "customer_id": None}
    who = {"bundle": "b", "kind": "signed", "actor": "eve", "signer": "ben", "reason": "kind"}
    sums = {"amount": 0, "currency": "USD", "at": NOON}
    return {**ids, **who, **sums, "policy_id": policy_id, "rule": rule, "verdict": verdict}


def test_what_is_in_force_is_listed_by_sector(lab: PolicyLab) -> None:
    rows = lab.policies("ko")
    assert [(row.sector, row.id) for row in rows] == [
        ("bank", "bank.fee.refund"),
        ("hotel", HOTEL),
        ("telecom", "telecom.sim.swap"),
    ]
    assert rows[1].title == "조식 시간 외 조식"
    assert [row.protected for row in rows] == ["", "", "security"]


def test_a_draft_keeps_all_that_was_not_edited(lab: PolicyLab) -> None:
    draft = reworded(lab)
    assert lab.text(draft.id, HOTEL) == BREAKFAST.replace(
        "The dining room is being set for lunch", "Lunch is being laid"
    ).replace("식당은 점심 준비 중입니다", "점심 준비 중입니다")
    assert [row.state for row in lab.policies("en", draft.id)] == ["", "changed", ""]
    assert draft.revision == 2
    assert draft.editors == ("ann",)


def test_a_save_that_changes_nothing_is_none(lab: PolicyLab) -> None:
    draft = lab.begin("Nothing", ANN)
    saved = lab.save(draft.id, HOTEL, lab.form(draft.id, HOTEL), draft.revision, ANN)
    assert saved == draft


def test_a_stale_save_is_refused_with_who_saved(lab: PolicyLab) -> None:
    draft = reworded(lab)
    lab.save_text(draft.id, HOTEL, BREAKFAST + "# seen\n", draft.revision, BEN)
    with pytest.raises(UserError, match="ben has saved this draft"):
        lab.save_text(draft.id, HOTEL, BREAKFAST, draft.revision, ANN)


def test_nobody_without_a_login_changes_anything(lab: PolicyLab) -> None:
    with pytest.raises(UserError, match="Sign in"):
        lab.begin("Anonymous", Person("", "", "supervisor"))


def test_a_faulty_draft_is_kept_and_its_faults_name_the_field(lab: PolicyLab) -> None:
    draft = lab.begin("Half done", ANN)
    form = lab.form(draft.id, HOTEL)
    option = replace(form.declines[0].alternatives[1], within_hours=999)
    decline = replace(form.declines[0], alternatives=(form.declines[0].alternatives[0], option))
    draft = lab.save(draft.id, HOTEL, replace(form, declines=(decline,)), draft.revision, ANN)
    (fault,) = lab.check(draft.id)
    assert fault.rule == "R6"
    assert fault.path == ("decline", 0, "alternative", 1, "within_hours")
    assert fault.policy_id == HOTEL
    assert not lab.standing(draft.id).ready
    with pytest.raises(UserError, match="still has faults"):
        lab.submit(draft.id, draft.revision, ANN)
    with pytest.raises(UserError, match="still has faults"):
        lab.activate(draft.id, draft.revision, ANN)


def test_text_that_is_no_toml_is_kept_and_told_by_line(lab: PolicyLab) -> None:
    draft = lab.begin("Typing", ANN)
    broken = BREAKFAST.replace('sector = "hotel"', "sector = hotel")
    draft = lab.save_text(draft.id, HOTEL, broken, draft.revision, ANN)
    with pytest.raises(BadInput) as told:
        lab.form(draft.id, HOTEL)
    assert told.value.place.line == 4
    assert lab.check(draft.id)[0].line == 4


@pytest.mark.parametrize("text", ["x = " + "[" * 500 + "]" * 500, "a = 1\na = 2\n", "\x01"])
def test_hostile_text_is_told_as_a_fault(lab: PolicyLab, text: str) -> None:
    draft = lab.begin("Hostile", ANN)
    hostile = f'id = "{HOTEL}"\n{text}\n'
    draft = lab.save_text(draft.id, HOTEL, hostile, draft.revision, ANN)
    assert lab.check(draft.id)
    with pytest.raises(UserError):
        lab.form(draft.id, HOTEL)
    with pytest.raises(UserError):
        lab.spoken(draft.id, HOTEL, "en")
    assert lab.policies("en", draft.id)[1].state == "changed"


def test_a_text_of_more_than_a_page_is_refused(lab: PolicyLab) -> None:
    draft = lab.begin("Long", ANN)
    with pytest.raises(UserError, match="at most 256 KB"):
        lab.save_text(draft.id, HOTEL, "#" * 300_000, draft.revision, ANN)


def test_a_policy_is_read_back_in_both_languages(lab: PolicyLab) -> None:
    english = [line.text for line in lab.spoken(None, HOTEL, "en")]
    assert any("hotel.hour is 12 or more" in line for line in english)
    assert any("5.00 USD" in line for line in english)
    korean = [line.text for line in lab.spoken(None, HOTEL, "ko")]
    assert any("객실로 가져다 드리는 조식" in line for line in korean)


def test_facts_are_tried_while_another_policy_is_faulty(lab: PolicyLab) -> None:
    draft = lab.begin("Two at once", ANN)
    draft = lab.save_text(draft.id, "bank.fee.refund", "id = [", draft.revision, ANN)
    form = lab.form(draft.id, HOTEL)
    decline = replace(form.declines[0], when=("hotel.hour >= 15",))
    draft = lab.save(draft.id, HOTEL, replace(form, declines=(decline,)), draft.revision, ANN)
    before = lab.try_facts(None, HOTEL, {"hotel.hour": "14"}, "en")
    after = lab.try_facts(draft.id, HOTEL, {"hotel.hour": "14"}, "en")
    assert (before.kind, after.kind) == (VerdictKind.DECLINE, VerdictKind.YES)
    with pytest.raises(UserError, match="0 to 23"):
        lab.try_facts(draft.id, HOTEL, {"hotel.hour": "99"}, "en")


def test_sliders_have_the_edges_of_the_rules(lab: PolicyLab) -> None:
    hour, occupancy = lab.sliders(None, HOTEL, "en")
    assert (hour.fact, hour.low, hour.high, hour.edges) == ("hotel.hour", 0, 23, (12,))
    assert occupancy.edges == (95,)
    fee = {slider.fact: slider for slider in lab.sliders(None, "bank.fee.refund", "en")}
    assert fee["bank.fee"].step == 100
    assert {"caller.verified", "caller.is_account_holder", "caller.pin_ok"} <= set(fee)


def test_what_was_tried_becomes_a_test_that_holds(lab: PolicyLab) -> None:
    draft = lab.begin("Tests", ANN)
    tried = {"hotel.hour": "13", "hotel.occupancy_pct": "10"}
    draft = lab.add_test(draft.id, HOTEL, tried, draft.revision, ANN)
    draft = lab.add_test(draft.id, HOTEL, {"hotel.hour": ""}, draft.revision, ANN)
    draft = lab.add_test(draft.id, "telecom.sim.swap", {}, draft.revision, ANN)
    assert lab.check(draft.id) == ()
    added = lab.form(draft.id, HOTEL).tests[1:]
    assert added[0].expect == "decline"
    assert added[0].alternatives == ("fireside", "room_service")
    assert (added[1].expect, added[1].asks) == ("ask", "hotel.hour")
    with pytest.raises(UserError, match="already"):
        lab.add_test(draft.id, HOTEL, tried, draft.revision, ANN)


def test_a_call_becomes_a_test(lab: PolicyLab, database: Database) -> None:
    past = decision({"hotel.hour": 14, "customer.tier": "gold"}, HOTEL, VerdictKind.DECLINE)
    store(database, past)
    draft = lab.begin("From a call", ANN)
    draft = lab.test_of_decision(draft.id, past.id, draft.revision, ANN)
    made = lab.form(draft.id, HOTEL).tests[-1]
    assert (made.facts, made.expect) == ({"hotel.hour": 14}, "decline")
    with pytest.raises(UserError, match="not stored"):
        lab.test_of_decision(draft.id, new_id(), draft.revision, ANN)


@pytest.mark.parametrize("category", ["", "privacy"])
def test_a_new_policy_begins_from_a_template(lab: PolicyLab, category: str) -> None:
    draft = lab.begin("New", ANN)
    form = lab.template("hotel.pets.bring", "hotel", category)
    draft = lab.save(draft.id, form.id, form, draft.revision, ANN)
    assert lab.form(draft.id, form.id) == form
    assert draft.files.keys() == {"hotel/pets_bring.toml"}
    assert lab.check(draft.id)
    assert lab.spoken(draft.id, form.id, "en")
    gone = lab.remove(draft.id, form.id, draft.revision, ANN)
    assert gone.files == {}


def test_the_author_alone_puts_words_in_force(
    lab: PolicyLab, service: PolicyService, database: Database
) -> None:
    draft = reworded(lab)
    standing = lab.standing(draft.id)
    assert (standing.two, standing.faults, standing.ready) == ((), (), True)
    assert [(x.kind, x.what, x.id) for x in standing.changes] == [
        (ChangeKind.CHANGED, "decline", "lunch_setup")
    ]
    with pytest.raises(UserError, match="lead or a supervisor"):
        lab.activate(draft.id, draft.revision, EVE)
    active = lab.activate(draft.id, draft.revision, ANN)
    assert active.state is DraftState.ACTIVE
    said = service.pick(HOTEL, facts({"hotel.hour": 14, "hotel.occupancy_pct": 9}, at=NOON)).verdict
    assert said.reasons == ("Lunch is being laid",)
    newest, seed = lab.history()
    assert (newest.source, newest.actor, newest.title) == ("lab", "ann", "Kinder words")
    assert (newest.in_force, seed.source) == (True, "folder")
    with database.reading() as connection:
        kinds = [entry.kind for entry in Audit(connection).entries(str(draft.id))]
        assert Audit(connection).verify() == []
    assert kinds == ["policy draft begun", "policy draft saved", "policies put in force"]


def test_more_money_takes_two_people(lab: PolicyLab) -> None:
    draft = dearer(lab)
    assert [str(why) for why in lab.standing(draft.id).two] == [
        f"{HOTEL} offers champagne, which costs us 9.00 USD."
    ]
    with pytest.raises(UserError, match="Two people"):
        lab.activate(draft.id, draft.revision, ANN)
    with pytest.raises(UserError, match="moved on"):
        lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)
    draft = lab.submit(draft.id, draft.revision, ANN, "for the summer")
    for person, sentence in ((ANN, "somebody else"), (EVE, "lead or a supervisor")):
        with pytest.raises(UserError, match=sentence):
            lab.review(draft.id, draft.revision, Outcome.APPROVED, "", person)
    upper = replace(ANN, login="ANN")
    with pytest.raises(UserError, match="somebody else"):
        lab.review(draft.id, draft.revision, Outcome.APPROVED, "", upper)
    draft = lab.review(draft.id, draft.revision, Outcome.APPROVED, "good", BEN)
    assert (draft.state, lab.standing(draft.id).approved_by) == (DraftState.REVIEWED, "ben")
    assert lab.activate(draft.id, draft.revision, ANN).state is DraftState.ACTIVE


def test_what_was_changed_on_disk_after_the_approval_stays_out(
    lab: PolicyLab, database: Database
) -> None:
    draft = dearer(lab)
    draft = lab.submit(draft.id, draft.revision, ANN)
    draft = lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)
    dear = {name: text.replace("cost = 900", "cost = 1500") for name, text in draft.files.items()}
    assert dear != draft.files
    with database.transaction() as connection:
        PolicyDrafts(connection).change(replace(draft, files=dear), draft.revision)
    with pytest.raises(UserError, match="not what was approved"):
        lab.activate(draft.id, draft.revision, ANN)


@pytest.mark.parametrize("step", ["save", "activate"])
def test_of_two_at_once_one_wins(
    lab: PolicyLab,
    database: Database,
    service: PolicyService,
    now: Callable[[], datetime],
    step: str,
) -> None:
    draft = reworded(lab)
    others = [PolicyLab(database, service, now) for _ in range(4)]
    start = Barrier(len(others))

    def work(place: int) -> str:
        one = others[place]
        start.wait()
        try:
            if step == "save":
                text = BREAKFAST + f"# {place}\n"
                one.save_text(draft.id, HOTEL, text, draft.revision, ANN)
            else:
                one.activate(draft.id, draft.revision, ANN)
        except UserError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(len(others)) as pool:
        told = list(pool.map(work, range(len(others))))
    assert told.count("") == 1
    if step == "activate":
        assert [row.source for row in lab.history()] == ["lab", "folder"]
    with database.reading() as connection:
        assert Audit(connection).verify() == []


def test_an_edit_takes_the_approval_away(lab: PolicyLab) -> None:
    draft = dearer(lab)
    draft = lab.submit(draft.id, draft.revision, ANN)
    draft = lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)
    approved = draft.revision
    text = lab.text(draft.id, HOTEL).replace("cost = 900", "cost = 1500")
    draft = lab.save_text(draft.id, HOTEL, text, draft.revision, ANN)
    assert draft.state is DraftState.DRAFT
    with pytest.raises(UserError, match="ann has saved"):
        lab.activate(draft.id, approved, ANN)
    with pytest.raises(UserError, match="Two people"):
        lab.activate(draft.id, draft.revision, ANN)


def test_a_reviewer_who_edits_is_no_second_pair_of_eyes(lab: PolicyLab) -> None:
    draft = dearer(lab)
    text = lab.text(draft.id, HOTEL).replace("cost = 900", "cost = 800")
    draft = lab.save_text(draft.id, HOTEL, text, draft.revision, BEN)
    draft = lab.submit(draft.id, draft.revision, BEN)
    with pytest.raises(UserError, match="somebody else"):
        lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)


def test_sent_back_with_a_note_is_a_draft_again(lab: PolicyLab) -> None:
    draft = dearer(lab)
    draft = lab.submit(draft.id, draft.revision, ANN)
    draft = lab.review(draft.id, draft.revision, Outcome.SENT_BACK, "too dear", BEN)
    assert draft.state is DraftState.DRAFT
    (said,) = lab.standing(draft.id).reviews
    assert (said.reviewer, said.outcome, said.note) == ("ben", Outcome.SENT_BACK, "too dear")


def test_protected_policies_take_two_people_and_never_go(lab: PolicyLab) -> None:
    draft = lab.begin("Softer", ANN)
    text = SIM.replace("I keep your number safe", "We keep your number safe")
    draft = lab.save_text(draft.id, "telecom.sim.swap", text, draft.revision, ANN)
    assert [str(why) for why in lab.standing(draft.id).two] == [
        "telecom.sim.swap is a protected policy."
    ]
    with pytest.raises(UserError, match="protected and stays"):
        lab.remove(draft.id, "telecom.sim.swap", draft.revision, ANN)
    draft = lab.save_file(draft.id, "bank/fee.toml", "", draft.revision, ANN)
    draft = lab.save_file(draft.id, "telecom/sim.toml", "", draft.revision, ANN)
    assert any("telecom.sim.swap is gone" in str(fault) for fault in lab.check(draft.id))


def test_a_past_refusal_that_would_fall_keeps_a_draft_out(
    lab: PolicyLab, database: Database
) -> None:
    verified: dict[str, object] = {"caller.verified": True}
    store(database, decision(verified, "telecom.sim.swap", VerdictKind.REFUSE))
    draft = lab.begin("Less proof", ANN)
    text = SIM.replace(', "caller.pin_ok is yes"', "").replace(
        'facts = {"caller.verified" = true}\nexpect = "refuse"', 'facts = {}\nexpect = "refuse"'
    )
    draft = lab.save_text(draft.id, "telecom.sim.swap", text, draft.revision, ANN)
    assert lab.check(draft.id) == ()
    draft = lab.submit(draft.id, draft.revision, ANN)
    draft = lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)
    told = lab.what_if(draft.id)
    assert told.matrix == {(VerdictKind.REFUSE, VerdictKind.YES_WITH): 1}
    assert told.protected_flips == 1
    with pytest.raises(UserError, match="1 past refusals"):
        lab.activate(draft.id, draft.revision, ANN)


def test_what_if_tells_flips_money_and_what_is_lost(lab: PolicyLab, database: Database) -> None:
    store(
        database,
        decision({"hotel.hour": 13, "hotel.occupancy_pct": 50}, HOTEL, VerdictKind.DECLINE),
        decision({"hotel.hour": 16, "hotel.occupancy_pct": 50}, HOTEL, VerdictKind.DECLINE),
        decision({"hotel.hour": 9}, HOTEL, VerdictKind.YES),
        decision({}, "no.such.policy", VerdictKind.YES),
    )
    draft = lab.begin("Later", ANN)
    text = lab.text(draft.id, HOTEL).replace("hotel.hour >= 12", "hotel.hour >= 14")
    draft = lab.save_text(
        draft.id, HOTEL, text.replace("pct < 95", "pct < 40"), draft.revision, ANN
    )
    seen: list[tuple[int, int]] = []
    told = lab.what_if(draft.id, progress=lambda done, total: seen.append((done, total)))
    assert told.matrix == {
        (VerdictKind.DECLINE, VerdictKind.YES): 1,
        (VerdictKind.DECLINE, VerdictKind.DECLINE): 1,
        (VerdictKind.YES, VerdictKind.YES): 1,
    }
    assert (told.decisions, told.skipped, told.flips) == (4, 1, 1)
    assert [(x.alternative, x.times) for x in told.lost] == [("fireside", 1)]
    (cost,) = told.costs
    assert (cost.offered_before, cost.offered_after) == (0, 500)
    (example,) = told.examples[VerdictKind.DECLINE, VerdictKind.YES]
    assert example.facts == ("hotel.hour 13", "hotel.occupancy_pct 50")
    assert seen[-1] == (4, 4)


def test_alternatives_that_were_turned_down_together_are_one_decision(
    lab: PolicyLab, database: Database
) -> None:
    call = Call(new_id(), "one", CallState.ENDED, remote="")
    past = decision({"hotel.hour": 13}, HOTEL, VerdictKind.DECLINE)
    with database.transaction() as connection:
        Calls(connection).save_call(call)
    store(database, *(replace(past, id=new_id(), call_id=call.id) for _ in range(2)))
    store(database, replace(past, call_id=call.id, at=NOON + timedelta(minutes=1)))
    draft = lab.begin("Same", ANN)
    assert lab.what_if(draft.id).decisions == 2


def test_coverage_counts_rules_and_those_never_used(lab: PolicyLab, database: Database) -> None:
    store(
        database,
        decision({"hotel.hour": 13, "hotel.occupancy_pct": 50}, HOTEL, VerdictKind.DECLINE),
        decision({"hotel.hour": 9}, HOTEL, VerdictKind.YES),
        decision({"caller.verified": True}, "telecom.sim.swap", VerdictKind.REFUSE),
    )
    used = {(x.policy_id, x.kind, x.rule): x.uses for x in lab.coverage()}
    assert used[HOTEL, "decline", "lunch_setup"] == 1
    assert used[HOTEL, "yes", ""] == 1
    assert used["telecom.sim.swap", "refuse", ""] == 1
    assert used["telecom.sim.swap", "allow", "allow 1"] == 0
    assert used["bank.fee.refund", "decline", "above"] == 0


def test_overrides_are_counted_for_each_rule_they_went_against(
    lab: PolicyLab, database: Database
) -> None:
    rows = [
        ("bank.fee.refund", "above other", "decline"),
        ("bank.fee.refund", "telecom.sim.swap", "refuse"),
        ("telecom.sim.swap", "", "refuse"),
        (HOTEL, "", "yes"),
    ]
    with database.transaction() as connection:
        connection.execute(insert(overrides), [override(*row) for row in rows])
    signed = {(x.policy_id, x.kind, x.rule): x.overrides for x in lab.coverage() if x.overrides}
    assert signed == {
        ("bank.fee.refund", "decline", "above"): 1,
        ("telecom.sim.swap", "refuse", ""): 2,
        (HOTEL, "yes", ""): 1,
    }
    assert {row.id: row.overrides for row in lab.policies("en")}["bank.fee.refund"] == 2


def test_a_draft_that_was_overtaken_is_rebased(lab: PolicyLab) -> None:
    slow, fast = reworded(lab, title="slow"), reworded(lab, BEN, "fast")
    text = lab.text(fast.id, HOTEL).replace("Lunch is being laid", "Lunch is served")
    fast = lab.save_text(fast.id, HOTEL, text, fast.revision, BEN)
    lab.activate(fast.id, fast.revision, BEN)
    assert lab.standing(slow.id).conflicts == ("hotel/breakfast.toml",)
    with pytest.raises(UserError, match="changed in force"):
        lab.activate(slow.id, slow.revision, ANN)
    slow = lab.rebase(slow.id, slow.revision, ANN)
    assert lab.standing(slow.id).ready
    lab.activate(slow.id, slow.revision, ANN)
    states = {draft.title: draft.state for draft in lab.drafts(closed=True)}
    assert states == {"slow": DraftState.ACTIVE, "fast": DraftState.RETIRED}


def test_other_files_merge_by_themselves(lab: PolicyLab, service: PolicyService) -> None:
    other = lab.begin("Fee", ANN)
    other = lab.save_text(other.id, "bank.fee.refund", FEE + "# noted\n", other.revision, ANN)
    words = reworded(lab, BEN)
    lab.activate(words.id, words.revision, BEN)
    assert lab.standing(other.id).conflicts == ()
    assert "Lunch is being laid" in lab.text(other.id, HOTEL)


def test_a_draft_is_discarded_and_brought_back(lab: PolicyLab) -> None:
    draft = reworded(lab)
    assert lab.discard(draft.id, ANN).state is DraftState.DISCARDED
    assert lab.drafts() == ()
    with pytest.raises(UserError, match="moved on"):
        lab.save_text(draft.id, HOTEL, BREAKFAST, draft.revision, ANN)
    assert lab.restore(draft.id, ANN).state is DraftState.DRAFT
    assert lab.drafts()[0].files == draft.files


def test_rolling_back_is_one_more_activation(lab: PolicyLab, service: PolicyService) -> None:
    seed = service.bundle
    draft = reworded(lab)
    lab.activate(draft.id, draft.revision, ANN)
    assert seed is not None
    assert lab.rollback_needs(seed.digest) == ()
    row = lab.rollback(seed.digest, BEN)
    assert (row.source, row.actor, row.digest) == ("rollback", "ben", seed.digest)
    assert service.bundle == seed
    assert [draft.state for draft in lab.drafts(closed=True)] == [DraftState.RETIRED]
    lab.rollback(lab.history()[1].digest, BEN)
    assert [draft.state for draft in lab.drafts(closed=True)] == [DraftState.ACTIVE]
    with pytest.raises(UserError, match="not in force now"):
        lab.rollback(lab.history()[0].digest, BEN)


def test_rolling_money_back_takes_a_second_signature(
    lab: PolicyLab, service: PolicyService
) -> None:
    draft = dearer(lab)
    draft = lab.submit(draft.id, draft.revision, ANN)
    draft = lab.review(draft.id, draft.revision, Outcome.APPROVED, "", BEN)
    lab.activate(draft.id, draft.revision, ANN)
    dear, seed = (row.digest for row in lab.history())
    lab.rollback(seed, ANN)
    with pytest.raises(UserError, match="second lead"):
        lab.rollback(dear, ANN)
    with pytest.raises(UserError, match="different people"):
        lab.rollback(dear, ANN, replace(ANN, login="Ann"))
    assert lab.rollback(dear, ANN, BEN).digest == dear


# What is in force


def test_what_the_lab_put_in_force_stays_over_the_folder(
    lab: PolicyLab, database: Database, folder: Path, now: Callable[[], datetime]
) -> None:
    draft = reworded(lab)
    lab.activate(draft.id, draft.revision, ANN)
    again = PolicyService(database, folder, None, now)
    assert again.load() == []
    assert again.hint is None
    said = again.pick(HOTEL, facts({"hotel.hour": 14, "hotel.occupancy_pct": 9}, at=NOON)).verdict
    assert said.reasons == ("Lunch is being laid",)


def test_a_change_in_the_folder_is_a_hint_until_it_is_imported(
    lab: PolicyLab, database: Database, folder: Path, now: Callable[[], datetime]
) -> None:
    draft = reworded(lab)
    lab.activate(draft.id, draft.revision, ANN)
    put(folder, {"bank/fee.toml": FEE + "# from the folder\n"})
    desk = PolicyService(database, folder, None, now)
    desk.load()
    assert desk.hint is not None
    assert "import it" in str(desk.hint)
    made = lab.import_folder(folder, "From the folder", ANN)
    assert made.files.keys() == {"bank/fee.toml", "hotel/breakfast.toml"}
    desk.load()
    assert desk.hint is None
    lab.discard(made.id, ANN)
    desk.load()
    assert desk.hint is not None


def test_a_running_desk_notices_and_a_running_call_keeps_its_bundle(
    lab: PolicyLab, database: Database, folder: Path, now: Callable[[], datetime]
) -> None:
    desk = PolicyService(database, folder, None, now)
    desk.load()
    call = new_id()
    desk.keep(call)
    assert not desk.refresh()
    draft = reworded(lab)
    lab.activate(draft.id, draft.revision, ANN)
    assert desk.refresh()
    assert not desk.refresh()
    known = facts({"hotel.hour": 14, "hotel.occupancy_pct": 9}, at=NOON)
    assert desk.pick(HOTEL, known, call_id=call).verdict.reasons != ("Lunch is being laid",)
    assert desk.pick(HOTEL, known).verdict.reasons == ("Lunch is being laid",)


def test_a_stored_bundle_that_is_not_sound_never_gets_in(
    lab: PolicyLab,
    service: PolicyService,
    database: Database,
    folder: Path,
    now: Callable[[], datetime],
) -> None:
    broken = dict(files(breakfast=BREAKFAST.replace("within_hours = 1", "within_hours = 999")))
    for texts in (broken, {k: v for k, v in files().items() if k != "telecom/sim.toml"}):
        digest = f"{len(texts):064}"
        with database.transaction() as connection:
            Policies(connection).save_bundle(digest, texts, NOON)
            Policies(connection).activate(digest, NOON, "mallory", "lab")
        before = service.bundle
        assert not service.refresh()
        assert service.bundle is before
    fresh = PolicyService(database, folder, None, now)
    assert fresh.load() != []
    assert fresh.bundle == service.bundle


def test_a_bundle_in_force_is_never_put_there_twice_at_once(lab: PolicyLab) -> None:
    one, other = reworded(lab), reworded(lab, BEN, "other")
    lab.activate(one.id, one.revision, ANN)
    with pytest.raises(UserError, match="changes nothing"):
        lab.activate(other.id, other.revision, BEN)
    with pytest.raises(UserError):
        lab.activate(one.id, one.revision, ANN)


def test_a_draft_that_is_gone_is_told(lab: PolicyLab) -> None:
    with pytest.raises(UserError, match="no such draft"):
        lab.draft(UUID(int=0))
