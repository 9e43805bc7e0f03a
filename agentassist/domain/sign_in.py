# SPDX-License-Identifier: Apache-2.0
"""The rules of signing in: how logins are compared, what a password needs, when to wait."""

import unicodedata
from datetime import timedelta

from agentassist.domain.staff import ROLES, Person
from agentassist.errors import UserError

LONGEST_LOGIN = 100
_SHORTEST, _LONGEST = 8, 1_000
_FREE_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=15)


def folded(text: str) -> str:
    """Write a login or a name in the one form in which they are compared."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def checked_login(text: str) -> str:
    """Return a login as it is stored. Raises UserError when it cannot be one."""
    login = folded(text)
    if 1 < len(login) <= LONGEST_LOGIN and login.isprintable() and " " not in login:
        return login
    raise UserError("A login has 2 to 100 letters or digits and no spaces.")


def checked_role(text: str) -> str:
    """Return a role. Raises UserError with those that there are."""
    if text in ROLES:
        return text
    raise UserError("{role} is no role. Write one of: {roles}.", role=text, roles=", ".join(ROLES))


def check_password(login: str, password: str) -> None:
    """Raise UserError for a password that would be guessed."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise UserError("A password has 8 to 1,000 characters.")
    if login in folded(password) or len(set(password)) < _SHORTEST // 2:
        raise UserError("This password is easy to guess. Choose one without the login in it.")


def password_bytes(password: str) -> bytes:
    """Return what is hashed: the same on each keyboard that can write the password."""
    return unicodedata.normalize("NFKC", password[: _LONGEST + 1]).encode("utf-8", "replace")


def wait_after(wrong: int) -> timedelta:
    """Return how long nobody may try after `wrong` wrong passwords: doubled each time."""
    if wrong < _FREE_TRIES:
        return timedelta(0)
    doublings = min(wrong - _FREE_TRIES, 20)
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << doublings))


def is_same_person(agent: str, person: Person) -> bool:
    """Tell whether who signs is the agent at the desk, who is known by name only."""
    return folded(agent) in {folded(person.login), folded(person.name)}
