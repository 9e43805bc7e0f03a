# SPDX-License-Identifier: Apache-2.0
"""Two records: what speaks for one person, what against, and what forbids it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.comparison import Comparison, Field, How, Veto, together
from agentassist.domain.customer import Standing
from agentassist.domain.duplicates import MERGE, SUGGEST
from agentassist.domain.person import Person, mailbox
from agentassist.domain.trust import Trust
from tests.domain.people import card, compared, counts, mail, mobile, person

PHONE = "+14155550134"
HOME = "12 Groom Street, Young, NSW"


def how(found: Comparison, field: Field) -> How | None:
    return next((clue.how for clue in found.clues if clue.field is field), None)


def merges(found: Comparison) -> bool:
    return found.score >= MERGE.score and found.kinds >= MERGE.kinds and not found.vetoes


def test_a_name_and_a_mobile_number_are_one_person() -> None:
    found = compared(
        person("Grace Whitfield", mobile(PHONE)), person("Whitfield, Grace", mobile(PHONE))
    )
    assert merges(found)
    assert how(found, Field.NAME) is How.SAME


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("김민수", "Minsoo Kim", How.SPELT_OTHERWISE),
        ("Bob Whitfield", "Robert Whitfield", How.SHORT_FORM),
        ("Grace Whitfield", "Grace Whitfeild", How.SIMILAR),
        ("Grace Whitfield", "Grace Lindqvist", How.IN_PART),
        ("Grace Whitfield", "Otto Lindqvist", How.DIFFERENT),
        ("gra ce nicolle", "grace nicolle", How.SIMILAR),
    ],
)
def test_how_names_agree(one: str, other: str, expected: How) -> None:
    assert how(compared(person(one), person(other)), Field.NAME) is expected


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = compared(person("Grace Whitfield"), person("Grace Whitfield"))
    crowd = [person("Grace Whitfield") for _ in range(500)]
    common = compared(person("Grace Whitfield"), person("Grace Whitfield"), *crowd)
    assert rare.score > common.score + 5


def test_a_number_that_many_people_share_says_nothing() -> None:
    crowd = [person(f"Guest {number}", mobile(PHONE)) for number in range(40)]
    found = compared(
        person("Grace Whitfield", mobile(PHONE)), person("Otto Lind", mobile(PHONE)), *crowd
    )
    alone = compared(person("Grace Whitfield", mobile(PHONE)), person("Otto Lind", mobile(PHONE)))
    assert found.score < alone.score - 5
    assert found.score < SUGGEST


def test_a_shared_number_never_counts() -> None:
    shared = mobile(PHONE, Standing.SHARED)
    found = compared(person("Grace Whitfield", shared), person("Otto Whitfield", mobile(PHONE)))
    assert how(found, Field.PHONE) is How.SHARED
    assert not merges(found)
    assert found.score < SUGGEST


def test_a_guess_counts_for_half() -> None:
    grace = person("Grace Whitfield", mobile(PHONE))
    guess = compared(grace, person("Grace Whitfield", mobile(PHONE, Standing.MAYBE)))
    own = compared(grace, person("Grace Whitfield", mobile(PHONE)))
    assert how(guess, Field.PHONE) is How.MAYBE
    assert guess.score < own.score


def test_twins_are_two_people() -> None:
    born = {"birth_date": "1990-04-05", "address": HOME, "postal_code": "2594"}
    both = (mail("family@whitfield.example"), mobile(PHONE))
    found = compared(
        person("Grace Whitfield", *both, **born), person("Olga Whitfield", *both, **born)
    )
    assert Veto.GIVEN_NAME in found.vetoes


def test_father_and_son_with_one_name_and_one_mailbox_are_two_people() -> None:
    both = (mail("whitfield@example.org"), mobile(PHONE))
    father = person("George Whitfield", *both, birth_date="1961-03-09", address=HOME)
    son = person("George Whitfield", *both, birth_date="1990-11-23", address=HOME)
    assert Veto.BIRTH_DATE in compared(father, son).vetoes


@pytest.mark.parametrize(
    "date", ["1990-05-04", "1990-04-06", "1909-04-05", "1990-04-50", "19900405"]
)
def test_a_slip_in_a_birth_date_forbids_nothing(date: str) -> None:
    one = person("Grace Whitfield", mobile(PHONE), birth_date="1990-04-05")
    found = compared(one, person("Grace Whitfield", mobile(PHONE), birth_date=date))
    assert merges(found)


def test_who_married_has_another_family_name_and_the_same_birth_date() -> None:
    born = {"birth_date": "1990-04-05"}
    found = compared(
        person("Grace Whitfield", mobile(PHONE), **born),
        person("Grace Lindqvist", mobile(PHONE), **born),
    )
    assert merges(found)


def test_other_id_numbers_forbid_and_a_slip_does_not() -> None:
    one = person("Grace Whitfield", mobile(PHONE), card("8794152"))
    slip = compared(one, person("Grace Whitfield", mobile(PHONE), card("8794125")))
    other = compared(one, person("Grace Whitfield", mobile(PHONE), card("3555719")))
    assert how(slip, Field.ID_NUMBER) is How.SIMILAR
    assert not slip.vetoes
    assert other.vetoes == (Veto.ID_NUMBER,)


def test_a_passport_and_an_identity_card_have_different_numbers() -> None:
    def of(label: str, value: str) -> Person:
        return person("Grace Whitfield", mobile(PHONE), replace(card(value), label=label))

    found = compared(of("passport_number", "8794152"), of("national_id", "3555719"))
    assert how(found, Field.ID_NUMBER) is None
    assert not found.vetoes


def test_where_names_cannot_be_trusted_they_forbid_nothing() -> None:
    one, other = person("Grace Whitfield"), person("Olga Whitfield")
    assert compared(one, other).vetoes
    assert not compared(one, other, trust=Trust(names_forbid=False)).vetoes


def test_addresses_agree_whatever_the_abbreviations() -> None:
    one = person("Grace", address="12 Groom Street, Young", postal_code="2594")
    other = person("Olga", address="12 groom st., YOUNG", postal_code="2594")
    assert how(compared(one, other), Field.ADDRESS) is How.SAME


def test_a_record_of_one_fact_can_be_compared() -> None:
    found = compared(person("", birth_date="1990-04-05"), person("", birth_date="1990-04-05"))
    assert [clue.field for clue in found.clues] == [Field.BIRTH_DATE]
    assert not merges(found)


@pytest.mark.parametrize("date", ["1900-01-01", "1970-01-01", "", "unknown"])
def test_dates_that_stand_for_none_are_not_compared(date: str) -> None:
    assert (
        how(
            compared(person("A", birth_date=date), person("B", birth_date="1990-04-05")),
            Field.BIRTH_DATE,
        )
        is None
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("min.su+shop@gmail.com", "minsu@googlemail.com"),
        ("Kim+news@Example.org", "kim@example.org"),
    ],
)
def test_aliases_of_a_mailbox(one: str, other: str) -> None:
    assert mailbox(one) == mailbox(other)


def test_dots_matter_outside_google() -> None:
    assert mailbox("min.su@example.org") != mailbox("minsu@example.org")


def test_the_best_of_each_field_speaks_for_a_group() -> None:
    whole = person("Grace Whitfield", mobile(PHONE), birth_date="1990-04-05")
    named = person("Grace Whitfield")
    born = person("", mobile(PHONE), birth_date="1990-04-05")
    found = [compared(whole, named), compared(whole, born)]
    said = together(found)
    assert said.score > max(item.score for item in found)
    assert {clue.field for clue in said.clues} == {Field.NAME, Field.PHONE, Field.BIRTH_DATE}


names = st.sampled_from(
    ["", "Grace Whitfield", "Whitfield", "Bob Lind", "Robert Lind", "김민수", "Minsoo Kim"]
)
dates = st.sampled_from(["", "1990-04-05", "1990-05-04", "1961-03-09", "1990-13-05"])
POINTS = (
    *(mail("a.lind@gmail.com"), mail("alind+x@gmail.com"), mail("no address"), mobile(PHONE)),
    *(mobile("+14155550143"), mobile(PHONE, Standing.SHARED), card("8794152"), card("8794125")),
)
points = st.lists(st.sampled_from(POINTS), max_size=4)
places = st.sampled_from(["", HOME, "Young", "21 Groom St, Younge", "서울시 강남구 테헤란로 12"])


@st.composite
def people(draw: st.DrawFn) -> Person:
    return person(
        draw(names),
        *draw(points),
        birth_date=draw(dates),
        address=draw(places),
        postal_code=draw(st.sampled_from(["", "2594", "2549", "60623"])),
    )


@given(people(), people())
def test_comparing_is_symmetric(one: Person, other: Person) -> None:
    there, back = compared(one, other), compared(other, one)
    assert there.score == pytest.approx(back.score)
    assert set(there.vetoes) == set(back.vetoes)
    assert [(c.field, c.how) for c in there.clues] == [(c.field, c.how) for c in back.clues]


@given(people(), people())
def test_the_order_of_values_does_not_matter(one: Person, other: Person) -> None:
    turned = replace(
        one,
        names=one.names[::-1],
        emails=one.emails[::-1],
        phones=one.phones[::-1],
        places=one.places[::-1],
    )
    assert compared(turned, other).score == pytest.approx(compared(one, other).score)


@given(people())
def test_nobody_is_somebody_else(one: Person) -> None:
    assert not compared(one, one).vetoes
    assert all(clue.weight >= 0 for clue in compared(one, one).clues)


@given(people(), people())
def test_a_veto_of_birth_dates_and_id_numbers_stands_whatever_agrees(
    one: Person, other: Person
) -> None:
    father = replace(one, names=("george", "lind"), birth_date="19610309", id_numbers=())
    son = replace(other, names=("george", "lind"), birth_date="19901123", id_numbers=())
    assert Veto.BIRTH_DATE in compared(father, son).vetoes


def test_counts_are_never_too_low() -> None:
    crowd = [person(f"Guest{number} Lind") for number in range(300)]
    made = counts(*crowd)
    assert made.count("name", "lind") >= 300
    assert made.count("name", "guest7") >= 1
