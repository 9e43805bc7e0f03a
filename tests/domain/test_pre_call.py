# SPDX-License-Identifier: Apache-2.0
"""What a bot or menu learnt is understood, bounded, and free of secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import Speaker
from agentassist.domain.customer import ContactKind
from agentassist.domain.identity import Identifier
from agentassist.domain.pre_call import (
    MAX_NAME,
    MAX_TRANSCRIPT,
    MOST,
    PreCall,
    Verification,
    read_context,
    tidy,
    verification,
)

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT


def test_systems_name_things_differently() -> None:
    given_by_one = {"orderNumber": "MP-1", "Authenticated": "TRUE", "lang": "ko", "Reason": "x"}
    assert tidy(given_by_one) == {
        "order": "MP-1",
        "verified": "yes",
        "language": "ko",
        "intent": "x",
    }


def test_what_nobody_knows_stays_as_it_is() -> None:
    context = {"telecom.sim_pin_ok": "yes", "menu": "2"}
    assert tidy(context) == context


@pytest.mark.parametrize("name", ["pin", "Password", "card_number", "OTP", "비밀번호", "cvc"])
def test_a_secret_that_was_keyed_in_is_dropped(name: str) -> None:
    assert tidy({name: "1234", "intent": "a"}) == {"intent": "a"}


@pytest.mark.parametrize(
    ("told", "kept"),
    [("1", "yes"), ("passed", "yes"), ("no", "no"), ("실패", "no"), ("maybe", None)],
)
def test_only_a_plain_answer_verifies(told: str, kept: str | None) -> None:
    assert tidy({"verified": told}).get("verified") == kept


def test_a_context_is_read() -> None:
    told = read_context(
        tidy(
            {
                "intent": "return_order",
                "order": "MP-204817",
                "id_number": "900101-1234567",
                "tried": "track_my_parcel; the app",
                "verified": "yes",
                "verified_by": "PIN",
                "transcript": "Bot: hello\nCustomer: is it too late?",
            }
        )
    )
    assert told == PreCall(
        intent="return order",
        identifiers=(
            Identifier(ContactKind.ORDER, "MP-204817"),
            Identifier(ContactKind.ID_NUMBER, "900101-1234567"),
        ),
        tried=("track my parcel", "the app"),
        verification=Verification(True, "PIN"),
        said=((AGENT, "hello"), (CUSTOMER, "is it too late?")),
    )
    assert told.told
    assert told.lines() == told.said


def test_an_intent_stands_for_what_the_customer_said() -> None:
    assert read_context({"intent": "ReturnOrder"}).lines() == ((CUSTOMER, "return order"),)
    only_bot = read_context({"intent": "refund", "transcript": "Bot: hi"})
    assert only_bot.lines() == ((AGENT, "hi"), (CUSTOMER, "refund"))
    assert read_context({"transcript": "where is it?"}).lines() == ((CUSTOMER, "where is it?"),)
    assert read_context({"language": "ko"}).lines() == ()


def test_a_language_alone_is_nothing_to_show() -> None:
    assert not read_context({"language": "ko", "verified": "yes"}).told


def test_what_the_agent_found_out_counts_over_what_a_menu_reported() -> None:
    menu = {"verified": "no"}
    assert verification({}, {}) == Verification(None)
    assert verification(menu, {}) == Verification(False)
    assert verification(menu, {"caller.verified": "yes"}) == Verification(True, "agent")
    told = {"verified": "yes", "verified_by": "PIN"}
    assert verification(told, {"caller.verified": "no"}) == Verification(False, "agent")


@given(st.dictionaries(st.text(), st.text(max_size=400), max_size=60))
def test_any_context_is_bounded_clean_and_tidy_for_good(context: dict[str, str]) -> None:
    kept = tidy(context)
    assert len(kept) <= MOST
    assert all(0 < len(name) <= MAX_NAME for name in kept)
    assert all(0 < len(text) <= MAX_TRANSCRIPT for text in kept.values())
    assert all(line.isprintable() for text in kept.values() for line in text.split("\n"))
    assert tidy(kept) == kept
    read_context(kept)
