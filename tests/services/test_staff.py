# SPDX-License-Identifier: Apache-2.0
"""Who signs in is who they say; wrong passwords cost time, and nothing secret is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from agentassist.domain.sign_in import is_same_person, wait_after
from agentassist.domain.staff import Person
from agentassist.errors import UserError
from agentassist.services.secrets import is_right, make_secret
from agentassist.services.staff import Staff
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.schema.staff import staff as staff_table

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
RIGHT = "correct horse 7"
QUICK = 8


class Clock:
    """A time that a test can move."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def staff(database: Database, clock: Clock) -> Staff:
    made = Staff(database, clock, "root", log_n=QUICK)
    made.add("Mina", "Mina Park", "lead", RIGHT)
    return made


def test_login_and_password_give_the_person(staff: Staff) -> None:
    assert staff.sign_in(" MINA ", RIGHT) == Person("mina", "Mina Park", "lead")


@pytest.mark.parametrize(
    ("login", "password"),
    [("mina", "wrong"), ("mina", ""), ("nobody", RIGHT), ("", ""), ("mina", "x" * 10**6)],
)
def test_what_does_not_match_gives_one_sentence_for_all(
    staff: Staff, login: str, password: str
) -> None:
    with pytest.raises(UserError, match="Login and password do not match"):
        staff.sign_in(login, password)


def test_a_password_is_the_same_on_each_keyboard() -> None:
    secret = make_secret("비밀번호 한글 1")
    assert is_right("비밀번호 한글 1", secret)


@pytest.mark.parametrize("login", ["mina", "nobody"])
def test_wrong_passwords_make_everybody_wait_also_the_right_one(
    staff: Staff, clock: Clock, login: str
) -> None:
    for _ in range(3):
        with pytest.raises(UserError, match="do not match"):
            staff.sign_in(login, "wrong one")
    with pytest.raises(UserError, match="Try again in 11 seconds"):
        staff.sign_in(login, RIGHT)
    clock.at += timedelta(seconds=10)
    with pytest.raises(UserError, match="do not match"):
        staff.sign_in(login, "wrong again")
    with pytest.raises(UserError, match="Try again in 21 seconds"):
        staff.sign_in(login, RIGHT)


def test_the_right_password_ends_the_waiting(staff: Staff, clock: Clock) -> None:
    for _ in range(3):
        with pytest.raises(UserError):
            staff.sign_in("mina", "wrong one")
    clock.at += timedelta(seconds=10)
    assert staff.sign_in("mina", RIGHT).login == "mina"
    with pytest.raises(UserError, match="do not match"):
        staff.sign_in("mina", "wrong one")
    assert staff.sign_in("mina", RIGHT).login == "mina"


def test_the_waiting_survives_another_desk(staff: Staff, database: Database, clock: Clock) -> None:
    for _ in range(3):
        with pytest.raises(UserError):
            staff.sign_in("mina", "wrong one")
    with pytest.raises(UserError, match="Try again"):
        Staff(database, clock).sign_in("mina", RIGHT)


def test_many_tries_at_once_gain_nothing(staff: Staff) -> None:
    def attempt(_number: int) -> str:
        try:
            staff.sign_in("mina", "wrong one")
        except UserError as error:
            return error.template[:5]
        return "in"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(attempt, range(8)))
    assert sorted(told) == ["Login"] * 3 + ["Too m"] * 5


def test_waits_double_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(wrong).total_seconds() for wrong in (0, 2, 3, 4, 9, 10, 1_000)]
    assert waits == [0, 0, 10, 20, 640, 900, 900]


def test_a_closed_login_is_told_only_to_who_knows_the_password(staff: Staff) -> None:
    staff.disable("mina")
    with pytest.raises(UserError, match="do not match"):
        staff.sign_in("mina", "wrong one")
    with pytest.raises(UserError, match="This login is closed"):
        staff.sign_in("mina", RIGHT)
    staff.enable("mina")
    assert staff.sign_in("mina", RIGHT).login == "mina"


def test_passwords_and_roles_can_change(staff: Staff) -> None:
    staff.set_password("mina", "another one 8")
    staff.set_role("MINA", "supervisor")
    assert staff.sign_in("mina", "another one 8").role == "supervisor"
    with pytest.raises(UserError, match="do not match"):
        staff.sign_in("mina", RIGHT)
    for change in (staff.disable, staff.enable):
        with pytest.raises(UserError, match="There is no login ghost"):
            change("ghost")


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "my Kim-2 word", "x" * 1_001])
def test_an_easy_password_is_refused(staff: Staff, password: str) -> None:
    with pytest.raises(UserError, match="password"):
        staff.add("kim-2", "Kim", "agent", password)
    assert [login.person.login for login in staff.everybody()] == ["mina"]


def test_a_login_is_there_once_and_a_role_is_one_of_three(staff: Staff) -> None:
    with pytest.raises(UserError, match="The login mina is taken"):
        staff.add("MINA", "Other", "lead", RIGHT)
    with pytest.raises(UserError, match=r"boss is no role\. Write one of: agent, lead, supervisor"):
        staff.add("kim", "Kim", "boss", RIGHT)
    for bad in ("", "k", "a b", "x" * 101, "a\x00b"):
        with pytest.raises(UserError, match="A login has 2 to 100"):
            staff.add(bad, "Kim", "lead", RIGHT)


def test_the_database_keeps_no_password_and_the_audit_who_did_it(
    staff: Staff, database: Database
) -> None:
    for _ in range(3):
        with pytest.raises(UserError):
            staff.sign_in("mina", "hunter2-hunter2")
    with database.reading() as connection:
        rows = str(connection.execute(select(staff_table)).all())
        entries = list(Audit(connection).entries())
    assert RIGHT not in rows
    assert [(x.kind, x.actor, x.subject) for x in entries] == [
        ("staff added", "root", "mina"),
        ("sign-in refused", "root", "mina"),
    ]
    assert "hunter2" not in str(entries)


def test_a_damaged_secret_fits_nothing() -> None:
    for secret in ("", "x", "scrypt$15$8$3$bad$bad", "scrypt$99$8$1$AAAA$AAAA", "a$b$c$d$e$f"):
        assert not is_right(RIGHT, secret)


def test_the_agent_is_known_by_login_or_name() -> None:
    mina = Person("mina", "Mina Park", "lead")
    assert is_same_person("ｍｉｎａ ", mina)
    assert is_same_person("mina park", mina)
    assert not is_same_person("Sam", mina)
