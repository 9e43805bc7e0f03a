# SPDX-License-Identifier: Apache-2.0
"""Who answers for a yes: with a reason, with a lead's login, or with two people's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from agentassist.domain.basis import Basis
from agentassist.domain.facts import Value
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.override import Asked, OverrideKind, Signature, currency_of, signing
from agentassist.domain.policy import Bundle
from agentassist.domain.spending import Spending
from agentassist.domain.verdict import Offer, Owner, VerdictKind
from agentassist.errors import UserError
from agentassist.services.authority import Budgets
from agentassist.services.overrides import Signatures
from agentassist.services.staff import Staff
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.overrides import Overrides
from agentassist.storage.schema.spending import authority_entries, overrides
from tests.policy_samples import AT, AUTHORITY, FEE, facts, good

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
WORD = "correct horse 7"
MINA, KIM, SAM, JUNIOR = (Signature(login, WORD) for login in ("mina", "kim", "sam", "junior"))
CALLER: Mapping[str, Value] = {"caller.verified": True, "caller.is_account_holder": True}


@pytest.fixture
def bundle() -> Bundle:
    return good()


@pytest.fixture
def budgets(database: Database) -> Budgets:
    return Budgets(database, "Sam Rivera", lambda: NOON, zone=UTC)


@pytest.fixture
def signatures(database: Database, budgets: Budgets) -> Signatures:
    staff = Staff(database, lambda: NOON, log_n=8)
    for login, name, role in (
        ("mina", "Mina Park", "lead"),
        ("kim", "Kim Lee", "supervisor"),
        ("sam", "Sam Rivera", "lead"),
        ("junior", "Jo", "agent"),
    ):
        staff.add(login, name, role, WORD)
    return Signatures(database, staff, budgets, "Sam Rivera", lambda: NOON)


def asked(bundle: Bundle, policy: str, values: Mapping[str, Value], **more: Any) -> Asked:
    basis = Basis(policy=policy, facts=facts(values), at=AT)
    given: dict[str, Any] = {"reason": "Twice delayed"} | more
    return Asked(id=new_id(), verdict=basis.verdict(bundle), basis=basis, **given)


def fee(bundle: Bundle, minor: int, **more: Any) -> Asked:
    return asked(bundle, "bank.fee.refund", {**CALLER, "bank.fee": Money(minor, "USD")}, **more)


def breakfast(bundle: Bundle, **more: Any) -> Asked:
    return asked(
        bundle, "hotel.breakfast.late", {"hotel.hour": 14, "hotel.occupancy_pct": 99}, **more
    )


def sim(bundle: Bundle, **more: Any) -> Asked:
    return asked(bundle, "telecom.sim.swap", {"caller.verified": True}, **more)


def written(database: Database) -> int:
    with database.reading() as connection:
        entries = connection.execute(select(authority_entries)).all()
        return len(entries) + len(list(Overrides(connection).since(AT)))


def test_what_needs_no_signature_and_what_has_no_way_round(bundle: Bundle) -> None:
    assert signing(fee(bundle, 1_500).verdict) is None
    asks = asked(bundle, "bank.fee.refund", {})
    assert asks.verdict.kind is VerdictKind.ASK
    assert signing(asks.verdict) is None
    refused = sim(bundle).verdict
    assert signing(replace(refused, exception="")) is None
    for category in ("safety", "ethics"):
        assert signing(replace(refused, category=category)) is None
    free = Offer("x", "x", Owner.US, 1)
    assert signing(breakfast(bundle).verdict, free) is None


def test_inside_authority_a_reason_is_enough(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    made = signatures.sign(breakfast(bundle), (), bundle)
    assert (made.kind, made.signer, made.rule, made.amount) == (
        OverrideKind.WITHIN, "", "lunch_setup", 0,
    )  # fmt: skip
    with database.reading() as connection:
        entry = next(Audit(connection).of_kind("override"))
    assert (entry.actor, entry.subject, entry.details["rule"]) == (
        "Sam Rivera", str(made.id), "lunch_setup",
    )  # fmt: skip
    assert "Twice delayed" not in str(entry.details)


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_without_a_reason_nothing_is_written(
    signatures: Signatures, bundle: Bundle, database: Database, reason: str
) -> None:
    with pytest.raises(UserError, match="Write the reason first"):
        signatures.sign(breakfast(bundle, reason=reason), (), bundle)
    assert written(database) == 0


def test_above_the_limit_the_lead_signs_and_it_is_held_on_the_leads_authority(
    signatures: Signatures, budgets: Budgets, bundle: Bundle, database: Database
) -> None:
    request = fee(bundle, 4_500)
    assert request.verdict.kind is VerdictKind.YES
    with pytest.raises(UserError, match="1 more must sign"):
        signatures.sign(request, (), bundle)
    made = signatures.sign(request, (MINA,), bundle)
    assert (made.kind, made.actor, made.signer) == (OverrideKind.SIGNED, "Sam Rivera", "mina")
    assert (made.verdict, made.amount, made.currency) == ("yes", 4_500, "USD")
    assert budgets.spent(None) == {}
    lead = Budgets(database, "mina", lambda: NOON, zone=UTC)
    assert lead.spent(None) == {("fee_refund", "USD"): Spending(0, 4_500)}
    assert signatures.sign(request, (MINA,), bundle) == made
    assert written(database) == 2


def test_who_cannot_cover_it_is_told_who_can(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    more = AUTHORITY + '[[limit]]\naction = "fee_refund"\nrole = "supervisor"\nper_action = 9000\n'
    larger = good(authority=more, fee=FEE.replace("6000", "9000").replace("7000", "9500"))
    request = fee(larger, 7_000)
    with pytest.raises(UserError, match=r"Mina Park has 60\.00 USD left .* supervisor signs"):
        signatures.sign(request, (MINA,), larger)
    assert written(database) == 0
    assert signatures.sign(request, (KIM,), larger).signer == "kim"
    with pytest.raises(UserError, match="more than anybody may give"):
        signatures.sign(fee(bundle, 7_000), (KIM,), bundle)


def test_nobody_signs_for_themselves_and_agents_for_nobody(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    with pytest.raises(UserError, match="You cannot sign for yourself"):
        signatures.sign(fee(bundle, 4_500), (SAM,), bundle)
    with pytest.raises(UserError, match="Jo may not sign for others"):
        signatures.sign(fee(bundle, 4_500), (JUNIOR,), bundle)
    with pytest.raises(UserError, match="Login and password do not match"):
        signatures.sign(fee(bundle, 4_500), (Signature("mina", "guess-guess"),), bundle)
    assert written(database) == 0


def test_at_a_desk_without_a_name_nobody_can_sign(
    database: Database, budgets: Budgets, signatures: Signatures, bundle: Bundle
) -> None:
    nameless = Signatures(database, Staff(database), budgets, " ", lambda: NOON)
    with pytest.raises(UserError, match="an agent without a name"):
        nameless.sign(fee(bundle, 4_500), (MINA,), bundle)


def test_dual_control_takes_two_people_with_the_right_role(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    with pytest.raises(UserError, match="2 more must sign"):
        signatures.sign(sim(bundle), (), bundle)
    with pytest.raises(UserError, match="1 more must sign"):
        signatures.sign(sim(bundle), (MINA,), bundle)
    with pytest.raises(UserError, match="Two different people"):
        signatures.sign(sim(bundle), (MINA, Signature(" MINA", WORD)), bundle)
    for other in (JUNIOR, SAM):
        with pytest.raises(UserError):
            signatures.sign(sim(bundle), (MINA, other), bundle)
    assert written(database) == 0
    made = signatures.sign(sim(bundle), (MINA, KIM), bundle)
    assert (made.kind, made.signer, made.verdict) == (
        OverrideKind.DUAL_CONTROL, "mina kim", "refuse",
    )  # fmt: skip


def test_a_refusal_without_the_exception_is_never_signed(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    request = sim(bundle)
    for verdict in (
        replace(request.verdict, exception=""),
        replace(request.verdict, category="safety"),
    ):
        with pytest.raises(UserError, match="There is no override here"):
            signatures.sign(replace(request, verdict=verdict), (MINA, KIM), bundle)
    assert written(database) == 0


def test_an_alternative_above_authority_is_signed_as_goodwill(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    tight = AUTHORITY.replace("per_action = 1500", "per_action = 100", 1)
    tight += '[[limit]]\naction = "goodwill"\nrole = "lead"\nper_action = 5000\n'
    small = good(authority=tight)
    request = breakfast(small)
    offer = request.verdict.alternatives[0]
    made = signatures.sign(replace(request, offer=offer), (MINA,), small)
    assert (made.kind, made.amount, made.rule) == (OverrideKind.SIGNED, 500, "")
    with database.reading() as connection:
        row = connection.execute(select(authority_entries)).one()
    assert (row.action, row.actor, row.role, row.id) == ("goodwill", "mina", "lead", made.id)


def test_an_amount_is_told_in_the_currency_of_its_policy(bundle: Bundle) -> None:
    won = replace(bundle.facts["bank.fee"], currency="KRW")
    other = replace(bundle, facts={**bundle.facts, "bank.fee": won})
    assert currency_of(bundle, "bank.fee.refund") == "USD"
    assert currency_of(other, "bank.fee.refund") == "KRW"
    assert currency_of(other, "hotel.breakfast.late") == "USD"
    assert currency_of(other, "telecom.sim.swap") == "USD"


def test_a_told_amount_is_held_too(signatures: Signatures, bundle: Bundle) -> None:
    request = fee(bundle, 7_000)
    unknown = replace(request.verdict, authority=replace(request.verdict.authority, amount=None))
    told = replace(request, verdict=unknown, amount=Money(1_501, "USD"))
    with pytest.raises(UserError, match=r"Sam Rivera has 15\.00 USD left .* the lead signs it"):
        signatures.sign(told, (), bundle)
    made = signatures.sign(told, (MINA,), bundle)
    assert (made.kind, made.amount, made.rule) == (OverrideKind.SIGNED, 1_501, "above")


def test_a_decline_without_an_action_is_goodwill(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    costly = breakfast(bundle, amount=Money(1_501, "USD"))
    with pytest.raises(UserError, match="more than anybody may give"):
        signatures.sign(costly, (), bundle)
    signatures.sign(breakfast(bundle, amount=Money(1_500, "USD")), (), bundle)
    with database.reading() as connection:
        row = connection.execute(select(authority_entries)).one()
    assert (row.action, row.actor, row.amount) == ("goodwill", "Sam Rivera", 1_500)


Change = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda table: update(table).values(reason="Nothing happened"), "was changed"),
        (lambda table: update(table).values(signer="kim"), "was changed"),
        (lambda table: update(table).values(amount=1), "was changed"),
        (lambda table: update(table).values(at=AT), "was changed"),
        (delete, "was taken out"),
    ],
)
def test_an_edited_row_is_found(
    signatures: Signatures, bundle: Bundle, database: Database, change: Change, fault: str
) -> None:
    made = signatures.sign(fee(bundle, 4_500), (MINA,), bundle)
    assert database.check() == []
    with database.transaction() as connection:
        connection.execute(change(overrides))
    (told,) = database.check()
    assert str(made.id) in told
    assert fault in told


def test_a_row_that_nobody_signed_is_found(
    signatures: Signatures, bundle: Bundle, database: Database
) -> None:
    signatures.sign(fee(bundle, 4_500), (MINA,), bundle)
    with database.transaction() as connection:
        row = connection.execute(select(overrides)).one()._asdict()
        connection.execute(insert(overrides).values({**row, "id": new_id()}))
    (told,) = database.check()
    assert "is not in the audit" in told


def test_a_password_is_in_no_text(signatures: Signatures) -> None:
    assert WORD not in repr(MINA)
    assert WORD not in repr(fee(good(), 1))
