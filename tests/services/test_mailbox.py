# SPDX-License-Identifier: Apache-2.0
"""A mailbox on a real server comes in once, and goes on coming in; nothing in it changes."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import count

import pytest
from imap_tools.utils import encode_folder
from sqlalchemy import func, insert, select

from agentassist.domain.history import Conversation, Direction
from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import ImportReport
from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.intake.imap import Account
from agentassist.intake.imap_client import MailServerFault
from agentassist.services.import_options import ImportOptions
from agentassist.services.mailbox import Backoff, MailFetcher, account_of
from agentassist.settings import Settings
from agentassist.storage.database import Database
from agentassist.storage.mail import MailFolders
from agentassist.storage.schema.history import conversations, interactions
from tests.intake.mails import mail
from tests.intake.test_imap import give, idle, literal, polite
from tests.mail_servers import PASSWORD, Dovecot, Line, misbehaving

_users = (f"agent{n}@shop.example" for n in count())


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    return Account("localhost", next(_users), dovecot.port, ca=dovecot.certificate)


class Told:
    """Collects what a fetcher tells."""

    def __init__(self) -> None:
        self.reports: list[ImportReport] = []
        self.faults: list[Unavailable] = []

    @property
    def new(self) -> int:
        return sum(report.new for report in self.reports)

    @property
    def lost(self) -> int:
        return sum(report.skipped for report in self.reports)


def fetcher(
    database: Database,
    account: Account,
    told: Told,
    folders: tuple[str, ...] = ("INBOX",),
    cancelled: Callable[[], bool] = lambda: False,
) -> MailFetcher:
    return MailFetcher(
        database,
        account,
        PASSWORD,
        ImportOptions(source="mail", own=("@shop.example",)),
        folders,
        told=told.reports.append,
        trouble=lambda fault, delay: told.faults.append(fault),
        cancelled=cancelled,
        backoff=Backoff(0.01),
    )


def stored(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(interactions)).scalar_one()


def letters(dovecot: Dovecot, user: str, numbers: range, folder: str = "") -> None:
    for n in numbers:
        dovecot.deliver(user, mail(Message_ID=f"<{n}@example.com>", Subject=f"No {n}"), folder)


def test_a_mailbox_comes_in_once_and_stays_as_it_was(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(130))
    told = Told()
    fetcher(database, account, told).once()
    assert (told.new, told.lost, stored(database)) == (130, 0, 130)
    fetcher(database, account, told).once()
    assert (told.new, stored(database)) == (130, 130)
    letters(dovecot, account.user, range(130, 133))
    fetcher(database, account, told).once()
    assert (told.new, stored(database)) == (133, 133)
    assert dovecot.flags(account.user) == [""] * 133


def test_sent_mail_is_known_by_its_folder(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(1))
    answer = mail(From="me@home.example", To="ann@example.com", Message_ID="<r@home.example>")
    dovecot.deliver(account.user, answer, ".Sent")
    told = Told()
    fetcher(database, account, told, ("INBOX", "Sent")).once()
    with database.reading() as connection:
        found = connection.execute(select(interactions.c.direction)).scalars().all()
    assert sorted(found) == [Direction.INBOUND, Direction.OUTBOUND]


def test_new_mail_comes_within_seconds(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(2))
    told, stop = Told(), threading.Event()
    watching = fetcher(database, account, told, cancelled=stop.is_set)
    thread = threading.Thread(target=_until_stopped, args=(watching,))
    thread.start()
    try:
        wait_for(lambda: told.new == 2)
        time.sleep(0.5)  # until it waits
        for n in range(2, 5):
            letters(dovecot, account.user, range(n, n + 1))
            delivered = time.monotonic()
            wait_for(lambda: told.new == n + 1)  # noqa: B023 - it is over before n changes
            assert time.monotonic() - delivered < 5
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert told.faults == []


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    assert what()


def test_a_run_that_was_stopped_goes_on(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(250))
    told = Told()
    with pytest.raises(Cancelled):
        fetcher(database, account, told, cancelled=lambda: told.new >= 100).once()
    assert 100 <= stored(database) < 250
    fetcher(database, account, told).once()
    assert (told.new, stored(database)) == (250, 250)
    assert all(report.unchanged == 0 for report in told.reports)


def test_a_folder_that_was_made_anew_is_read_anew_and_doubles_nothing(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(3))
    told = Told()
    fetcher(database, account, told).once()
    with database.transaction() as connection:
        folders = MailFolders(connection)
        reached = folders.read_up_to(account.name, "INBOX")
        assert reached.last_uid == 3
        other = replace(reached, uidvalidity=reached.uidvalidity - 1)
        folders.remember(account.name, "INBOX", other, told_at())
    fetcher(database, account, told).once()
    assert (stored(database), told.reports[-1].unchanged) == (3, 3)


def told_at() -> datetime:
    return datetime.now(UTC)


def test_a_folder_with_a_korean_name_is_read_and_known_as_sent(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    sent = mail(From="me@home.example", To="ann@example.com")
    name = encode_folder("보낸편지함").decode().strip('"')
    dovecot.deliver(account.user, sent, f".{name}")
    fetcher(database, account, Told(), ("보낸편지함",)).once()
    with database.reading() as connection:
        found = connection.execute(select(interactions.c.direction)).scalars().all()
    assert found == [Direction.OUTBOUND]


def test_a_mail_of_many_megabytes_is_read_from_its_beginning(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    dovecot.deliver(account.user, mail("short\r\n" + "x" * 70 + ("\r\n" + "y" * 70) * 160_000))
    told = Told()
    fetcher(database, account, told).once()
    assert (told.new, told.lost) == (1, 0)
    assert [fault.kept for report in told.reports for fault in report.faults] == [True]


KILLED = """
import os, signal, sys
from pathlib import Path
from agentassist.intake.imap import Account
from agentassist.services.import_options import ImportOptions
from agentassist.services.mailbox import MailFetcher
from agentassist.storage.database import opened
from sqlalchemy import event

url, user, port, ca, password, left = sys.argv[1:]
left = int(left)

def count(*rest):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

with opened(url) as database:
    event.listen(database._engine, "before_cursor_execute", count)
    account = Account("localhost", user, int(port), ca=Path(ca))
    MailFetcher(database, account, password, ImportOptions(source="mail")).once()
"""


def test_a_kill_loses_and_doubles_nothing(
    database: Database, database_url: str, dovecot: Dovecot, account: Account
) -> None:
    letters(dovecot, account.user, range(220))
    arguments = [database_url, account.user, str(account.port), str(account.ca), PASSWORD]
    before, killed = 0, 0
    for left in (5, 12, 18, 18):
        command = [sys.executable, "-c", KILLED, *arguments, str(left)]
        killed += subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
        assert stored(database) >= before
        before = stored(database)
    assert killed >= 3
    told = Told()
    fetcher(database, account, told).once()
    assert (stored(database), told.lost) == (220, 0)


def test_a_database_that_is_busy_is_waited_for(
    database: Database, dovecot: Dovecot, account: Account
) -> None:
    if database.path is None:
        pytest.skip("a server has many writers at once")
    letters(dovecot, account.user, range(2))
    told, stop = Told(), threading.Event()
    watching = fetcher(database, account, told, cancelled=stop.is_set)
    thread = threading.Thread(target=_until_stopped, args=(watching,))
    with database.transaction() as connection:
        connection.execute(insert(conversations).values(_conversation()))
        thread.start()
        wait_for(lambda: bool(told.faults))
    try:
        wait_for(lambda: told.new == 2)
    finally:
        stop.set()
        thread.join(10)
    assert stored(database) == 2


def _conversation() -> dict[str, object]:
    return asdict(Conversation(new_id(), None))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ca": None}, "certificate"),
        ({"host": "127.0.0.2"}, "certificate|cannot be reached"),
    ],
)
def test_a_server_that_cannot_show_who_it_is_is_refused(
    database: Database, account: Account, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises((UserError, MailServerFault), match=sentence):
        fetcher(database, replace(account, **change), Told()).once()  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_named(database: Database, account: Account) -> None:
    with pytest.raises(UserError, match="Nowhere"):
        fetcher(database, account, Told(), ("Nowhere",)).once()


# Servers that misbehave


def test_a_mail_over_which_the_server_fails_is_passed_over(database: Database) -> None:
    with misbehaving(_fails_over(2)) as port:
        told = Told()
        there = Account("127.0.0.1", "ann", port, tls=False, timeout=0.5)
        fetcher(database, there, told).once()
    assert (told.new, told.lost, stored(database)) == (2, 1, 2)
    [fault] = [fault for report in told.reports for fault in report.faults]
    assert fault.place.line == 2


def test_the_last_mail_is_not_given_up_before_a_later_one_came(database: Database) -> None:
    told = Told()
    with misbehaving(_fails_over(3)) as port:
        there = Account("127.0.0.1", "ann", port, tls=False, timeout=0.5)
        fetcher(database, there, told).once()
        assert (told.new, told.lost, stored(database)) == (2, 0, 2)
        stop = threading.Event()
        watching = fetcher(database, there, told, cancelled=stop.is_set)
        thread = threading.Thread(target=_until_stopped, args=(watching,))
        thread.start()
        wait_for(lambda: len(told.faults) >= 7)
        time.sleep(1)
        stop.set()
        thread.join(10)
    assert len(told.faults) == 7  # it waits now, and does not ask again and again
    assert (told.new, told.lost) == (2, 0)


def test_a_server_that_fails_over_everything_loses_nothing(database: Database) -> None:
    told = Told()
    with misbehaving(polite(BODY=literal("10000000000"))) as port:
        there = Account("127.0.0.1", "ann", port, tls=False, timeout=0.5)
        with pytest.raises(MailServerFault):
            fetcher(database, there, told).once()
    assert (told.new, told.lost) == (0, 0)
    with misbehaving(polite(IDLE=idle)) as port:
        there = Account("127.0.0.1", "ann", port, tls=False, timeout=0.5)
        fetcher(database, there, told).once()
    assert (told.new, told.lost) == (1, 0)


def _until_stopped(watching: MailFetcher) -> None:
    with suppress(Cancelled):
        watching.watch()


def _fails_over(bad: int) -> Callable[[Line], None]:
    """Return a server of three mails of which one breaks it."""

    def body(line: Line, tag: str, asked: str) -> None:
        for uid in map(int, asked.split(",")):
            if uid == bad:
                literal("10000000000")(line, tag)
            give(line, uid, mail(Message_ID=f"<{uid}@x.example>"))

    return _asked(body)


def _asked(body: Callable[[Line, str, str], None]) -> Callable[[Line], None]:
    """Return a server of three mails that tells `body` which of them are asked for."""

    def talk(line: Line) -> None:
        heard = line.heard
        last: list[str] = [""]

        def listening() -> tuple[str, str]:
            tag, command = heard()
            last[0] = command
            return tag, command

        line.heard = listening  # type: ignore[method-assign]  # it notes what was asked

        def answer(line: Line, tag: str) -> None:
            body(line, tag, last[0].split()[2])

        polite(BODY=answer, IDLE=idle)(line)

    return talk


def test_delays_grow_and_begin_anew() -> None:
    backoff = Backoff(1.0)
    delays = [backoff.delay() for _ in range(20)]
    assert 0.5 <= delays[0] <= 1.0 < delays[3] < delays[-1] <= 300
    assert all(delay >= 150 for delay in delays[-5:])
    backoff.reset()
    assert backoff.delay() <= 1.0


def test_a_mailbox_is_read_in_the_clear_on_this_machine_only() -> None:
    chosen = Settings(imap_host="mail.example.com", imap_user="ann", imap_tls=False)
    with pytest.raises(UserError, match="in the clear"):
        account_of(chosen)
    assert account_of(chosen.model_copy(update={"imap_host": "127.0.0.1"})).tls is False
    with pytest.raises(UserError, match="No mailbox is set up"):
        account_of(Settings())
    assert account_of(Settings(imap_host="mail.example.com", imap_user="ann")).port == 993
