# SPDX-License-Identifier: Apache-2.0
"""Servers that hang, end, lie or never stop: each is a typed error, in time and in memory.

What a real server answers is in `tests/services/test_mailbox.py`.
"""

import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.errors import UserError
from agentassist.intake.imap import Account, Mailbox
from agentassist.intake.imap_client import MailServerFault
from agentassist.intake.imap_mails import mails_in, sizes_in
from tests.intake.mails import mail
from tests.mail_servers import Line, misbehaving

TIMEOUT = 0.5
Answer = Callable[[Line, str], None]


def polite(**answers: Answer) -> Callable[[Line], None]:
    """Return a server that behaves, but for the commands that are given."""
    usual: dict[str, Answer] = {
        "CAPABILITY": lambda line, tag: line.say("* CAPABILITY IMAP4rev1 IDLE"),
        "EXAMINE": lambda line, tag: line.say(
            "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok"
        ),
        "SEARCH": lambda line, tag: line.say("* SEARCH 1 2 3"),
        "SIZE": lambda line, tag: line.say("* 1 FETCH (UID 1 RFC822.SIZE 10)"),
        "BODY": lambda line, tag: give(line, 1, mail()),
    }

    def talk(line: Line) -> None:
        line.say("* OK ready")
        while True:
            tag, command = line.heard()
            if not tag:
                return
            words = command.replace("UID SEARCH", "SEARCH").split()
            name = words[0].upper()
            if name == "UID":
                name = "BODY" if "BODY.PEEK" in command else "SIZE"
            if name in answers:
                answers[name](line, tag)
            elif name in usual:
                usual[name](line, tag)
            line.say(f"{tag} OK done")

    return talk


def give(line: Line, uid: int, raw: bytes) -> None:
    line.send(b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n" % (uid, uid, len(raw)))
    line.send(raw)
    line.say(")")


def account(port: int) -> Account:
    return Account("127.0.0.1", "ann", port, tls=False, timeout=TIMEOUT)


def everything(port: int) -> list[int]:
    """Do what a fetcher does; return the UIDs of the mails that came."""
    with closing(Mailbox(account(port), "x")) as mailbox:
        mailbox.sent_folders()
        folder = mailbox.examine("INBOX")
        uids = mailbox.uids_after(folder, 0)
        found = [one.uid for batch in mailbox.batches(uids) for one in mailbox.fetch(batch)]
        mailbox.wait(0.3, lambda: False)
        return found


def idle(line: Line, tag: str) -> None:
    del tag
    line.say("+ idling")
    line.heard()


def test_a_server_that_behaves_is_read() -> None:
    with misbehaving(polite(IDLE=idle)) as port:
        assert everything(port) == [1]


def hang(line: Line, tag: str) -> None:
    del tag
    line.heard()  # the client says nothing more: it waits


def drip(line: Line, tag: str) -> None:
    del tag
    while True:
        line.send(b"*")
        time.sleep(TIMEOUT / 4)


def end(line: Line, tag: str) -> None:
    del tag
    line.send(b"* 1 FETCH (UID 1 BODY[] {1000}\r\nabc")
    line.close()


def flood(line: Line, tag: str) -> None:
    del tag
    while True:
        line.send(b"* OK and more\r\n" * 5_000)


def long_line(line: Line, tag: str) -> None:
    del tag
    while True:
        line.send(b"x" * 100_000)


def literal(size: str) -> Answer:
    return lambda line, tag: line.say("* 1 FETCH (UID 1 BODY[] {" + size + "}")


def says(text: str) -> Answer:
    return lambda line, tag: line.say(text)


BAD: dict[str, dict[str, Answer]] = {
    "hangs at log in": {"LOGIN": hang},
    "hangs at capability": {"CAPABILITY": hang},
    "hangs at examine": {"EXAMINE": hang},
    "hangs at search": {"SEARCH": hang},
    "hangs at sizes": {"SIZE": hang},
    "hangs at fetch": {"BODY": hang},
    "hangs at idle": {"IDLE": hang},
    "drips": {"EXAMINE": drip},
    "ends within a mail": {"BODY": end},
    "floods": {"EXAMINE": flood},
    "a line without end": {"SEARCH": long_line},
    "ten gigabytes": {"BODY": literal("10000000000")},
    "a number without end": {"BODY": literal("9" * 5_000)},
    "garbage": {"SEARCH": says("\x00\xff\x01 what")},
    "uids that are none": {"SEARCH": says("* SEARCH one two")},
    "a tag of its own": {"EXAMINE": says("zz99 OK never asked")},
    "bye": {"SEARCH": says("* BYE for now")},
    "no to fetch": {"SIZE": lambda line, tag: line.say(f"{tag} NO not today")},
    "bye within idle": {"IDLE": says("+ idling\r\n* BYE for now")},
    "a list that is none": {"LIST": says("* LIST ((((")},
}


@pytest.mark.parametrize("name", BAD)
def test_a_server_that_misbehaves_is_cut_off(name: str) -> None:
    started = time.monotonic()
    tracemalloc.start()
    with misbehaving(polite(**BAD[name])) as port, pytest.raises(MailServerFault):
        everything(port)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120_000_000
    assert time.monotonic() - started < 30


def test_a_server_that_is_not_there_is_a_fault() -> None:
    with misbehaving(polite()) as port:
        pass
    with pytest.raises(MailServerFault, match="cannot be reached"):
        everything(port)


def test_a_server_that_says_nothing_is_a_fault() -> None:
    with (
        misbehaving(lambda line: hang(line, "")) as port,
        pytest.raises(MailServerFault, match="in time"),
    ):
        everything(port)


def test_a_wrong_password_is_for_the_person_and_a_busy_server_is_not() -> None:
    no = {"LOGIN": lambda line, tag: line.say(f"{tag} NO [AUTHENTICATIONFAILED] no")}
    with misbehaving(polite(**no)) as port, pytest.raises(UserError, match="app password"):
        everything(port)
    busy = {"LOGIN": lambda line, tag: line.say(f"{tag} NO [UNAVAILABLE] later")}
    with misbehaving(polite(**busy)) as port, pytest.raises(MailServerFault):
        everything(port)


def test_uids_that_cannot_be_and_mails_that_were_not_asked_for_are_passed_over() -> None:
    def body(line: Line, tag: str) -> None:
        del tag
        for uid in (900, 2, 1):
            give(line, uid, mail())
        line.say("* 2 FETCH (FLAGS (\\Seen))")

    lies = {"SEARCH": says("* SEARCH 3 4294967295 99999999999999999999 2 2 1 0"), "BODY": body}
    with misbehaving(polite(**lies, IDLE=idle)) as port:
        with closing(Mailbox(account(port), "x")) as mailbox:
            assert mailbox.uids_after(mailbox.examine("INBOX"), 0) == [1, 2, 3]
        assert everything(port) == [1, 2]


PIECES = st.lists(
    st.one_of(
        st.none(),
        st.binary(max_size=30),
        st.tuples(st.binary(max_size=30), st.binary(max_size=30)),
        st.sampled_from([b")", b" UID 3)", b"1 (FLAGS ())", b"1 (UID 2 RFC822.SIZE 9)"]),
        st.tuples(st.sampled_from([b"1 (UID 1 BODY[]<0> {3}", b"1 (BODY[] {3}"]), st.just(b"abc")),
    ),
    max_size=8,
)


@given(PIECES)
def test_any_answer_is_taken_apart(pieces: list[object]) -> None:
    assert all(found.uid == uid for uid, found in mails_in(pieces).items())
    assert all(size >= 0 for size in sizes_in(pieces).values())


def test_a_uid_after_its_mail_is_understood() -> None:
    def body(line: Line, tag: str) -> None:
        del tag
        raw = mail()
        line.send(b"* 1 FETCH (BODY[]<0> {%d}\r\n" % len(raw) + raw + b" UID 3)\r\n")
        give(line, 1, raw)

    with misbehaving(polite(BODY=body, IDLE=idle)) as port:
        assert everything(port) == [1, 3]
