# SPDX-License-Identifier: Apache-2.0
"""Logins of those who sign: made, changed and closed by name, and signed in with."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from agentassist.domain.clock import utc_now
from agentassist.domain.identifiers import new_id
from agentassist.domain.sign_in import (
    check_password,
    checked_login,
    checked_role,
    folded,
    wait_after,
)
from agentassist.domain.staff import Person, Role
from agentassist.errors import UserError
from agentassist.services.secrets import LOG_N, is_right, make_secret
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.staff import StaffRow, StaffRows

_NO_MATCH = "Login and password do not match. Check both, and the Caps Lock key."
_WAIT = "Too many wrong passwords. Try again in {seconds} seconds."
_UNKNOWN = "There is no login {login}. `agentassist staff list` shows those there are."


@dataclass(frozen=True, slots=True)
class Login:
    """A login as it is listed."""

    person: Person
    created_at: datetime
    disabled_at: datetime | None


class Staff:
    """Signs people in, and keeps their logins. Every change is in the audit, by `actor`."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = utc_now,
        actor: str = "",
        *,
        log_n: int = LOG_N,
    ) -> None:
        self._database = database
        self._now = now
        self._actor = actor
        self._log_n = log_n
        self._strangers: dict[str, tuple[int, datetime]] = {}
        self._nobody = ""

    # Signing in

    def sign_in(self, login: str, password: str) -> Person:
        """Return who this is. Takes a fifth of a second, also for a login that is not there.

        Raises:
            UserError: they do not match, the login is closed, or it is too early after
                wrong passwords; the sentence never tells which logins there are.
            Unavailable: the database does not answer.
        """
        name = folded(login)
        row = self._begin_try(name)
        right = is_right(password, row.secret if row else self._nobodys_secret())
        if row is None or not right:
            self._note_refusal(row)
            raise UserError(_NO_MATCH)
        if row.disabled_at is not None:
            raise UserError("This login is closed. Ask a supervisor.")
        with self._database.transaction() as connection:
            StaffRows(connection).change(row.id, wrong=0, wait_until=None)
        return _person(row)

    def _begin_try(self, login: str) -> StaffRow | None:
        """Count a try as wrong before it is looked at: many at once gain nothing."""
        with self._database.transaction() as connection:
            rows = StaffRows(connection)
            row = rows.by_login(login, to_change=True)
            if row is None:
                self._refuse_stranger(login)
                return None
            self._refuse_early(row.wait_until)
            wrong, until = self._after(row.wrong)
            rows.change(row.id, wrong=wrong, wait_until=until)
        return row

    def _note_refusal(self, row: StaffRow | None) -> None:
        if row is not None and wait_after(row.wrong + 1):
            with self._database.transaction() as connection:
                self._note(connection, "sign-in refused", row.login, {"wrong": row.wrong + 1})

    def _refuse_stranger(self, login: str) -> None:
        """Let a login that is not there wait too; it may be a password, so it is not stored."""
        wrong, until = self._strangers.get(login, (0, self._now()))
        self._refuse_early(until)
        self._strangers[login] = self._after(wrong)

    def _after(self, wrong: int) -> tuple[int, datetime]:
        return wrong + 1, self._now() + wait_after(wrong + 1)

    def _refuse_early(self, until: datetime | None) -> None:
        left = until - self._now() if until else timedelta(0)
        if left > timedelta(0):
            raise UserError(_WAIT, seconds=int(left.total_seconds()) + 1)

    def _nobodys_secret(self) -> str:
        self._nobody = self._nobody or make_secret(str(time.monotonic_ns()), self._log_n)
        return self._nobody

    # Logins

    def keeper(self, by: str, ask: Callable[[], str]) -> str:
        """Return who keeps the logins: a supervisor, once there is one who can sign in.

        `by` is their login, `ask` obtains the password; nothing is asked before.

        Raises:
            UserError: nobody was named, or who was named is no supervisor.
        """
        open_ones = (one.person for one in self.everybody() if one.disabled_at is None)
        if not any(person.role == Role.SUPERVISOR for person in open_ones):
            return self._actor
        if not by:
            raise UserError("A supervisor keeps the logins. Name yours with `--by LOGIN`.")
        person = self.sign_in(by, ask())
        if person.role != Role.SUPERVISOR:
            raise UserError("Only a supervisor keeps the logins. Ask one.")
        return person.login

    def acting_for(self, actor: str) -> "Staff":
        """Return the same logins, kept by somebody else."""
        return Staff(self._database, self._now, actor, log_n=self._log_n)

    def add(self, login: str, name: str, role: str, password: str) -> Person:
        """Make a login. Raises UserError when it is taken or the password too easy."""
        login, role = checked_login(login), checked_role(role)
        check_password(login, password)
        person = Person(login, name.strip() or login, role)
        row = StaffRow(
            new_id(),
            login,
            person.name,
            role,
            make_secret(password, self._log_n),
            created_at=self._now(),
        )
        with self._database.transaction() as connection:
            if not StaffRows(connection).add(row):
                raise UserError("The login {login} is taken. Choose another.", login=login)
            self._note(connection, "staff added", login, {"role": role})
        return person

    def everybody(self) -> tuple[Login, ...]:
        """Return all logins, closed ones too."""
        with self._database.reading() as connection:
            rows = StaffRows(connection).all()
        return tuple(Login(_person(row), row.created_at, row.disabled_at) for row in rows)

    def set_password(self, login: str, password: str) -> None:
        """Give a login another password; who waited after wrong ones may try again."""
        login = folded(login)
        check_password(login, password)
        secret = {"secret": make_secret(password, self._log_n), "wrong": 0, "wait_until": None}
        self._change(login, "staff password changed", {}, **secret)

    def set_role(self, login: str, role: str) -> None:
        """Give a login another role."""
        role = checked_role(role)
        self._change(folded(login), "staff role changed", {"role": role}, role=role)

    def disable(self, login: str) -> None:
        """Close a login; what it signed stays."""
        self._change(folded(login), "staff disabled", {}, disabled_at=self._now())

    def enable(self, login: str) -> None:
        """Open a login again."""
        self._change(folded(login), "staff enabled", {}, disabled_at=None)

    def _change(self, login: str, kind: str, details: dict[str, object], **columns: object) -> None:
        with self._database.transaction() as connection:
            rows = StaffRows(connection)
            row = rows.by_login(login, to_change=True)
            if row is None:
                raise UserError(_UNKNOWN, login=login)
            rows.change(row.id, **columns)
            self._note(connection, kind, login, details)

    def _note(
        self, connection: Connection, kind: str, login: str, details: dict[str, object]
    ) -> None:
        Audit(connection, now=self._now).append(kind, self._actor, login, details)


def _person(row: StaffRow) -> Person:
    return Person(row.login, row.name, row.role)
