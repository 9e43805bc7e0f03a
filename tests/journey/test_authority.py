# SPDX-License-Identifier: Apache-2.0
"""What costs is held, what is above a limit is signed, through the real window and database."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.override import Override, OverrideKind
from agentassist.domain.spending import Claim, EntryState
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.domain.wrap_up import LineKind
from agentassist.places import resource
from agentassist.services.authority import Budgets
from agentassist.services.replay import replay
from agentassist.services.staff import Staff
from agentassist.settings import Settings
from agentassist.storage.authority import AuthorityEntries
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened
from agentassist.storage.overrides import Overrides
from agentassist.ui.agreed_steps import AgreedSteps
from agentassist.ui.policy_prompt import Outcome, PolicyPrompt
from agentassist.ui.sign_panel import SignPanel
from tests.journey.conftest import Desk, wait_for

GRACE = "+1 303-555-0142"
WORD = "correct horse 7"
FEE = "bank.fee.refund"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
REFUND = r'(action = "fee_refund"\nrole = "agent"\nper_action = 1500\n)(?:per_\w+ = \d+\n)*'
COURTESY = {
    "caller.verified": "yes",
    "caller.is_account_holder": "yes",
    "bank.is_our_mistake": "no",
    "bank.courtesies_this_year": "0",
}


@pytest.fixture
def tight(sample: Settings, tmp_path: Path) -> Settings:
    """Give a sample where an agent may refund 40.00 of fees a day, and three who sign."""
    folder = tmp_path / "policies"
    shutil.copytree(resource("policies"), folder)
    file = folder / "authority.toml"
    limits, found = re.subn(REFUND, r"\1per_day = 4000\n", file.read_text(encoding="utf-8"))
    assert found == 1
    file.write_text(limits, encoding="utf-8")
    with opened(sample.url) as database:
        staff = Staff(database, log_n=8)
        for login, role in (("mina", "lead"), ("kim", "supervisor"), ("sam", "lead")):
            staff.add(login, login.title(), role, WORD)
    return sample.model_copy(update={"policies": folder})


@pytest.fixture
def desk(open_desk: Callable[..., Desk], tight: Settings) -> Desk:
    return open_desk(tight)


def press(parent: QWidget, text: str) -> None:
    (found,) = [
        b
        for b in parent.findChildren(QPushButton)
        if b.text().replace("&", "").startswith(text) and b.isVisibleTo(parent)
    ]
    found.click()


def card_of(desk: Desk, policy: str, **facts: str) -> PolicyPrompt:
    """Bring a policy up by hand, with facts the agent found out."""
    if desk.contact is None:
        desk.pops(GRACE)
    assert desk.contact is not None
    desk.contact.facts |= {key.replace("__", "."): value for key, value in facts.items()}
    desk.contact.needs[policy] = ""  # asked what it is for, and they would not say
    desk.panes.conversation.request_picked.emit(policy)
    wait_for(lambda: desk.prompts)
    wait_for(lambda: desk.application.runner.idle)
    return desk.prompts[0]


def fee(desk: Desk, minor: int) -> PolicyPrompt:
    return card_of(desk, FEE, **COURTESY, bank__fee=f"{minor} USD")


def panels(desk: Desk) -> list[SignPanel]:
    found = desk.panes.conversation.findChildren(SignPanel)
    return [panel for panel in found if not panel.isHidden()]


def fill(panel: SignPanel, **typed: str) -> None:
    """Type into the fields that are named: reason, amount, login, password, login 2, ..."""
    fields = {f.accessibleName().split(" ")[0].casefold(): f for f in panel.findChildren(QLineEdit)}
    fields |= {f.accessibleName().casefold(): f for f in panel.findChildren(QLineEdit)}
    fields["reason"] = fields.pop("why?")
    for name, text in typed.items():
        fields[name.replace("_", " ")].setText(text)


def sign(desk: Desk, **typed: str) -> None:
    (panel,) = panels(desk)
    fill(panel, **typed)
    press(panel, "Sign" if "login" in typed or "login_1" in typed else "Say yes")
    wait_for(lambda: desk.application.runner.idle)


def finish(desk: Desk, settings: Settings) -> tuple[Decision, ...]:
    desk.wrap_up()
    desk.save()
    with opened(settings.url) as database, database.reading() as connection:
        call = Calls(connection).by_reference("c1")
        assert call is not None
        return Calls(connection).decisions(call.id)


def entries(settings: Settings, call_id: object) -> list[tuple[str, int, EntryState]]:
    with opened(settings.url) as database, database.reading() as connection:
        rows = AuthorityEntries(connection).of_call(call_id)  # type: ignore[arg-type]
        return [(row.actor, row.amount, row.state) for row in rows]


def signed(settings: Settings) -> list[Override]:
    with opened(settings.url) as database:
        assert database.check() == []
        with database.reading() as connection:
            return list(Overrides(connection).since(LONG_AGO))


def test_within_the_limit_it_is_held_at_once_and_spent_by_the_wrap_up(
    desk: Desk, tight: Settings
) -> None:
    card = fee(desk, 1_500)
    assert card.prompt.verdict.kind is VerdictKind.YES
    press(card, "Done")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact is not None
    (made,) = desk.contact.decisions
    assert entries(tight, made.call_id) == [("Sam", 1_500, EntryState.RESERVED)]
    (stored,) = finish(desk, tight)
    assert (stored.id, stored.answer) == (made.id, Answer.ACCEPTED)
    assert entries(tight, made.call_id) == [("Sam", 1_500, EntryState.COMMITTED)]
    with opened(tight.url) as database:
        found = replay(database)
    assert found.total > 1  # those of the sample too
    assert (found.same, found.different) == (found.total, ())


def test_above_the_limit_the_lead_signs_and_it_stays_yes(desk: Desk, tight: Settings) -> None:
    card = fee(desk, 4_500)
    assert card.prompt.verdict.kind is VerdictKind.YES
    press(card, "Get it signed")
    sign(desk, reason="Twice delayed", login="mina", password="a guess at it")
    (panel,) = panels(desk)
    assert "Login and password do not match" in panel.accessibleDescription()
    assert all(f.text() == "" for f in panel.findChildren(QLineEdit) if f.echoMode().value)
    sign(desk, login="sam", password=WORD)
    assert "You cannot sign for yourself" in panel.accessibleDescription()
    sign(desk, login="mina", password=WORD)
    assert panels(desk) == []
    assert desk.prompts == ()
    (stored,) = finish(desk, tight)
    assert (stored.verdict, stored.answer, stored.reason) == (
        VerdictKind.YES, Answer.ACCEPTED, "Twice delayed",
    )  # fmt: skip
    (override,) = signed(tight)
    assert (override.id, override.signer, override.amount) == (stored.id, "mina", 4_500)
    assert entries(tight, stored.call_id) == [("mina", 4_500, EntryState.COMMITTED)]


def test_a_budget_that_ran_out_meanwhile_is_told(desk: Desk, tight: Settings) -> None:
    card = fee(desk, 1_500)
    assert card.prompt.verdict.authority.within
    with opened(tight.url) as database:
        bundle = desk.application.desk.policies.bundle if desk.application.desk else None
        assert bundle is not None
        other = Budgets(database, "Sam", lambda: datetime.now(UTC))
        for _ in range(2):
            claim = Claim(
                id=new_id(), policy_id=FEE, action="fee_refund", amount=Money(1_500, "USD")
            )
            assert other.hold(claim, bundle.authority).within
    press(card, "Done")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact is not None
    assert desk.contact.decisions == []
    (again,) = desk.prompts
    authority = again.prompt.verdict.authority
    assert again.prompt.verdict.kind is VerdictKind.YES
    assert (authority.within, authority.signer) == (False, "lead")
    assert "used up elsewhere" in again.told
    press(again, "Get it signed")
    sign(desk, reason="Spent by others", login="kim", password=WORD)
    (stored,) = finish(desk, tight)
    assert stored.answer is Answer.ACCEPTED


def test_a_decline_is_overridden_with_a_reason(desk: Desk, tight: Settings, qtbot: QtBot) -> None:
    facts = {
        "order__is_defective": "no", "customer__tier": "silver",
        "order__days_since_delivery": "66", "order__item_condition": "good",
    }  # fmt: skip
    card = card_of(desk, "retail.return.late", **facts)
    assert card.prompt.verdict.kind is VerdictKind.DECLINE
    desk.application.window.activateWindow()
    press(card, "Say yes anyway")
    (panel,) = panels(desk)
    wait_for(lambda: panel.findChildren(QLineEdit)[0].hasFocus())
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panels(desk) == []
    press(card, "Say yes anyway")
    sign(desk)
    (panel,) = panels(desk)
    assert "Write the reason first" in panel.accessibleDescription()
    fill(panel, reason="Promised by us last week")
    qtbot.keyClick(panel.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    wait_for(lambda: not panels(desk) and desk.application.runner.idle)
    (stored,) = finish(desk, tight)
    assert (stored.answer, stored.reason) == (Answer.OVERRIDDEN, "Promised by us last week")
    with opened(tight.url) as database, database.reading() as connection:
        assert stored.call_id is not None
        closed = Calls(connection).wrap_up(stored.call_id)
    assert closed is not None
    assert stored.title in [line.text for line in closed.summary if line.kind is LineKind.DONE]
    (override,) = signed(tight)
    assert (override.kind, override.signer, override.actor) == (OverrideKind.WITHIN, "", "Sam")
    assert override.rule


def test_two_people_open_what_a_policy_lets_them(desk: Desk, tight: Settings) -> None:
    card = card_of(desk, "telecom.sim.swap", caller__verified="yes")
    assert card.prompt.verdict.kind is VerdictKind.REFUSE
    press(card, "Two of us sign")
    sign(desk, reason="Shop checked the passport", login_1="mina", password_1=WORD)
    (panel,) = panels(desk)
    assert "1 more must sign" in panel.accessibleDescription()
    sign(desk, login_1="mina", password_1=WORD, login_2="kim", password_2=WORD)
    (stored,) = finish(desk, tight)
    assert (stored.verdict, stored.answer) == (VerdictKind.REFUSE, Answer.OVERRIDDEN)
    (override,) = signed(tight)
    assert (override.kind, override.signer) == (OverrideKind.DUAL_CONTROL, "mina kim")


def test_an_alternative_above_the_limit_is_signed_and_can_be_taken_back(
    desk: Desk, tight: Settings
) -> None:
    card = fee(desk, 9_000)
    offers = card.prompt.verdict.alternatives
    (offer,) = [item for item in offers if item.id == "sixty_back"]
    assert offer.authority is not None
    assert (offer.authority.within, offer.authority.signer) == (False, "lead")
    card.answered.emit(Outcome(card.prompt, Answer.ACCEPTED, offer))
    assert len(desk.prompts) == 1
    assert desk.contact is not None
    assert desk.contact.decisions == []
    sign(desk, reason="Loyal for years", login="mina", password=WORD)
    (made,) = desk.contact.decisions
    assert (made.answer, made.offer_id) == (Answer.ACCEPTED, "sixty_back")
    assert entries(tight, made.call_id) == [("mina", 6_000, EntryState.RESERVED)]
    (agreed,) = desk.panes.conversation.findChildren(AgreedSteps)
    wait_for(agreed.isVisible)
    press(agreed, "Take back")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact.decisions == []
    assert entries(tight, made.call_id) == [("mina", 6_000, EntryState.RELEASED)]


def test_the_panel_goes_with_its_contact(desk: Desk, tight: Settings) -> None:
    press(fee(desk, 4_500), "Get it signed")
    assert len(panels(desk)) == 1
    finish(desk, tight)
    wait_for(lambda: desk.application.runner.idle)
    assert panels(desk) == []
    desk.pops(GRACE, "c2")
    assert signed(tight) == []


def test_an_answer_that_changed_while_it_was_to_be_signed_is_read_again(
    desk: Desk, tight: Settings
) -> None:
    press(fee(desk, 4_500), "Get it signed")
    card = fee(desk, 9_000)
    assert card.prompt.verdict.kind is VerdictKind.DECLINE
    sign(desk, reason="Twice delayed", login="mina", password=WORD)
    assert panels(desk) == []
    assert "Nothing was signed" in card.told
    assert signed(tight) == []


def test_while_the_database_is_busy_nothing_counts_and_nothing_is_lost(
    desk: Desk, tight: Settings
) -> None:
    card = fee(desk, 1_500)
    with closing(sqlite3.connect(tight.data_dir / "agentassist.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        press(card, "Done")
        wait_for(lambda: desk.application.runner.idle)
        other.execute("ROLLBACK")
    assert desk.contact is not None
    assert desk.contact.decisions == []
    assert desk.application.window.notice.isVisible()
    (again,) = desk.prompts
    press(again, "Done")
    wait_for(lambda: desk.application.runner.idle)
    assert [one.answer for one in desk.contact.decisions] == [Answer.ACCEPTED]
