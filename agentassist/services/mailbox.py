# SPDX-License-Identifier: Apache-2.0
"""Fetch a mailbox and keep up with it: all that is there once, then what arrives.

How far each folder was read is remembered after each batch was stored. A run that was cut
off goes on there, and a mail that comes twice is known by its key, so nothing is doubled.
A server that hangs, ends or lies is left and asked anew, later each time; a mail over which
it fails again and again is reported and passed over.
"""

import ipaddress
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from time import monotonic, sleep

from agentassist.domain.clock import utc_now
from agentassist.domain.importing import ImportReport, Progress, RecordKind, RowFault
from agentassist.domain.waiting import never, silent
from agentassist.errors import Cancelled, Place, Unavailable, UserError
from agentassist.intake.formats import Part
from agentassist.intake.imap import BATCH_MAILS, IDLE_SECONDS, Account, Folder, Mailbox
from agentassist.intake.imap_client import MailServerFault
from agentassist.intake.imap_mails import FetchedMails
from agentassist.intake.mail import Sight
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.settings import Settings
from agentassist.storage.database import Database
from agentassist.storage.mail import MailFolders, ReadUpTo

LOOK_SECONDS = 5 * 60
"""How often the folders are looked at that are not waited for."""
_TRIES = 6
_FAILURES = 3
_FIRST_DELAY = 1.0
_LONGEST_DELAY = 300.0
_SLICE = 0.2


def account_of(settings: Settings) -> Account:
    """Return the mailbox that the settings name.

    Raises:
        UserError: they name none, or one that would be read in the clear.
    """
    if not settings.imap_host or not settings.imap_user or not settings.imap_folders:
        raise UserError("No mailbox is set up. Set imap_host, imap_user and imap_folders first.")
    if not settings.imap_tls and not _is_here(settings.imap_host):
        raise UserError(
            "Without imap_tls a password would be sent in the clear: only a server on this"
            " machine may do without."
        )
    return Account(
        settings.imap_host,
        settings.imap_user,
        settings.imap_port,
        settings.imap_tls,
        settings.imap_ca,
    )


def _is_here(host: str) -> bool:
    try:
        return host.casefold() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Backoff:
    """Delays that double up to five minutes, each with chance in it, until `reset`."""

    def __init__(self, first: float = _FIRST_DELAY) -> None:
        """Begin with a delay of at most `first` seconds."""
        self._first = self._next = first

    def delay(self) -> float:
        """Return how long to wait this time, in seconds."""
        delay, self._next = self._next, min(2 * self._next, _LONGEST_DELAY)
        return delay * random.uniform(0.5, 1.0)  # noqa: S311 - it keeps desks apart, no secret

    def reset(self) -> None:
        """Begin anew after something went well."""
        self._next = self._first


class MailFetcher:
    """Fetches the folders of one mailbox into one database.

    `told` gets the report of each batch, `progress` how far a folder is, `trouble` what went
    wrong with the server or the database before it is tried again. `cancelled` is asked often; then
    Cancelled is raised and what was stored stays.
    """

    def __init__(
        self,
        database: Database,
        account: Account,
        password: str,
        options: ImportOptions,
        folders: Sequence[str] = ("INBOX",),
        *,
        progress: Callable[[Progress], None] = silent,
        told: Callable[[ImportReport], None] | None = None,
        trouble: Callable[[Unavailable, float], None] | None = None,
        cancelled: Callable[[], bool] = never,
        backoff: Backoff | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._account = account
        self._password = password
        self._options = options
        self._folders = tuple(folders)
        self._progress = progress
        self._told = told or (lambda report: None)
        self._trouble = trouble or (lambda fault, delay: None)
        self._cancelled = cancelled
        self._now = now
        self._failures: dict[tuple[str, int], int] = {}
        self._backoff = backoff or Backoff()
        self._stored = 0

    def once(self) -> None:
        """Fetch what is new in all folders.

        Raises:
            Unavailable: the server failed several times and nothing came meanwhile.
            UserError: it does not take the password, or has no such folder.
            Cancelled: the person stopped it.
        """
        left, stored = _TRIES, self._stored
        while True:
            try:
                with self._open() as mailbox:
                    return self._look(mailbox)
            except Unavailable as fault:  # the server, or a database that is busy
                left = left - 1 if stored == self._stored else _TRIES
                stored = self._stored
                if not left:
                    raise
                self._pause(fault)

    def watch(self) -> None:
        """Fetch what is new and wait for more, until it is stopped; see `once`."""
        while True:
            try:
                with self._open() as mailbox:
                    self._watch(mailbox)
            except Unavailable as fault:  # the server, or a database that is busy
                self._pause(fault)

    def _watch(self, mailbox: Mailbox) -> None:
        while True:
            self._look(mailbox)
            first = mailbox.examine(self._folders[0])
            if not self._has_new(mailbox, first):
                seconds = IDLE_SECONDS if len(self._folders) == 1 else LOOK_SECONDS
                mailbox.wait(seconds, self._cancelled)
            self._stop_when_cancelled()

    def _has_new(self, mailbox: Mailbox, folder: Folder) -> bool:
        """Say whether something came since the folder was looked at."""
        uids = mailbox.uids_after(folder, self._reached(folder))
        return any(self._failures.get((folder.name, uid), 0) < _FAILURES for uid in uids)

    @contextmanager
    def _open(self) -> Iterator[Mailbox]:
        self._stop_when_cancelled()
        with closing(Mailbox(self._account, self._password)) as mailbox:
            yield mailbox

    def _look(self, mailbox: Mailbox) -> None:
        sent = mailbox.sent_folders()
        for name in self._folders:
            self._fetch_new(mailbox, mailbox.examine(name), sent=name in sent)
        self._backoff.reset()

    def _fetch_new(self, mailbox: Mailbox, folder: Folder, *, sent: bool) -> None:
        """Fetch a folder from where it was left; after a new `uidvalidity` from its beginning."""
        uids = mailbox.uids_after(folder, self._reached(folder))
        failed = self._failures.get((folder.name, uids[0]), 0) if uids else 0
        suspect = uids[0] if failed >= _FAILURES else None
        done = 0
        for batch in mailbox.batches(uids, 1 if failed else BATCH_MAILS):
            self._stop_when_cancelled()
            done += len(batch)
            if batch[0] == suspect:
                continue  # the next one shows whether it is this mail or the server
            self._store(mailbox, folder, batch, sent=sent)
            if suspect is not None:
                self._pass_over(folder, suspect)
                suspect = None
            self._remember(folder, batch[-1])
            self._progress(Progress(folder.name, done, done, len(uids)))

    def _store(self, mailbox: Mailbox, folder: Folder, batch: Sequence[int], *, sent: bool) -> None:
        key = (folder.name, batch[0])
        try:
            mails = mailbox.fetch(batch)
        except MailServerFault:
            self._failures[key] = self._failures.get(key, 0) + 1
            raise
        self._failures.pop(key, None)
        self._stored += 1
        self._backoff.reset()
        place = Place(self._named(folder))
        own = tuple(text.strip().casefold() for text in self._options.own if "@" in text)
        records = FetchedMails(mails, place, Sight(own, sent))
        part = Part(records, RecordKind.INTERACTIONS, ours=True)
        for report in Importer(self._database).take(place.file, [part], self._options):
            self._told(report)

    def _pass_over(self, folder: Folder, uid: int) -> None:
        """Give up a mail over which the server failed while it gave the next one."""
        self._failures.pop((folder.name, uid), None)
        report = ImportReport(RecordKind.INTERACTIONS, self._named(folder))
        sentence = "The mail server fails whenever this mail is fetched: it was passed over."
        self._told(report.with_fault(RowFault(Place(self._named(folder), uid), sentence)))

    def _named(self, folder: Folder) -> str:
        return f"{self._account.name}/{folder.name}"

    def _reached(self, folder: Folder) -> int:
        with self._database.reading() as connection:
            known = MailFolders(connection).read_up_to(self._account.name, folder.name)
        return known.last_uid if known.uidvalidity == folder.uidvalidity else 0

    def _remember(self, folder: Folder, uid: int) -> None:
        if self._options.dry_run:
            return
        reached = ReadUpTo(folder.uidvalidity, uid)
        with self._database.transaction() as connection:
            folders = MailFolders(connection)
            folders.remember(self._account.name, folder.name, reached, self._now())

    def _pause(self, fault: Unavailable) -> None:
        delay = self._backoff.delay()
        self._trouble(fault, delay)
        until = monotonic() + delay
        while monotonic() < until:
            self._stop_when_cancelled()
            sleep(min(_SLICE, max(0.0, until - monotonic())))

    def _stop_when_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled
