# SPDX-License-Identifier: Apache-2.0
"""mbox, Maildir and .eml: every mail comes in, whatever stands beside it."""

import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput
from agentassist.intake.eml import EmlFormat
from agentassist.intake.formats import Format, Hints
from agentassist.intake.mail import MAX_MAIL
from agentassist.intake.maildir import MaildirFormat
from agentassist.intake.mbox import MboxFormat
from tests.intake.mails import OWN, mail

LINE = b"From ann@example.com Mon Mar  2 10:00:00 2026\n"
HINTS = Hints(own=OWN)


def read(made: Format, path: Path) -> list[RawRecord | RowFault]:
    [part] = made.parts(path, HINTS)
    assert (part.kind, part.ours) == (RecordKind.INTERACTIONS, True)
    found = list(part.records)
    part.records.close()
    return found


def texts(found: list[RawRecord | RowFault]) -> list[str]:
    return [item.fields["text"] for item in found if isinstance(item, RawRecord)]


def one(body: str, number: int = 1) -> bytes:
    return mail(body, Message_ID=f"<{number}@example.com>").replace(b"\r\n", b"\n")


def test_an_mbox_is_read_mail_by_mail(tmp_path: Path) -> None:
    path = tmp_path / "inbox.mbox"
    bodies = ["first\n\nFrom here on it is late", "second\n\n>From us\n\n>>From them", "third"]
    path.write_bytes(b"\n\n".join(LINE + one(body, n) for n, body in enumerate(bodies)) + b"\n")
    found = read(MboxFormat(), path)
    assert texts(found)[0] == bodies[0]
    assert "From us" in str(texts(found)[1])
    assert [item.place.line for item in found] == [1, 12, 25]
    [part] = MboxFormat().parts(path, HINTS)
    assert list(part.records)
    assert part.records.position == part.records.size == path.stat().st_size
    part.records.close()


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Mar 02 10:00:00 2026\r\n",
        b"From 1234567@xxx Mon Mar 02 10:00:00 +0000 2026\n",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n",
        b"From  Mon Mar  2 10:00:00 2026\n",
    ],
)
def test_the_lines_between_mails_of_usual_programs_are_known(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(line + one("a") + b"\n\n" + line + one("b"))
    assert MboxFormat().recognises(path)
    assert texts(read(MboxFormat(), path)) == ["a", "b"]


def test_one_bad_mail_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    bad = b"\x00\xff\xfe nothing of a mail\n"
    path.write_bytes(LINE + one("a") + b"\n\n" + LINE + bad + b"\n" + LINE + one("b"))
    found = read(MboxFormat(), path)
    assert texts(found) == ["a", "b"]
    [fault] = [item for item in found if isinstance(item, RowFault)]
    assert (fault.place.line, fault.kept) == (10, False)


def test_a_mail_without_end_is_cut_and_the_next_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        file.write(LINE + one("long"))
        for _ in range(40):
            file.write(b"x" * 1_000_000)
        file.write(b"\n\n" + LINE + one("b"))
    tracemalloc.start()
    found = read(MboxFormat(), path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * MAX_MAIL
    assert [type(item) for item in found] == [RowFault, RawRecord, RawRecord]
    assert isinstance(found[0], RowFault)
    assert found[0].kept


@given(st.lists(st.sampled_from([b"", b"From me", b">From me", b"a", b"-- "]), max_size=8))
def test_a_mail_comes_out_of_an_mboxrd_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("mbox") / "a.mbox"
    quoted = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    body = b"\n".join(quoted)
    whole = [LINE + one("a") + b"\n" + body + b"\n\n", LINE + one("b")]
    path.write_bytes(b"".join(whole))
    [part] = MboxFormat().parts(path, HINTS)
    mails = [raw for _, raw, _ in part.records._mails()]  # type: ignore[attr-defined]  # its bytes
    part.records.close()
    assert mails[0].rstrip(b"\n") == (one("a") + b"\n" + b"\n".join(lines)).rstrip(b"\n")
    assert len(mails) == 2


def maildir(home: Path, mails: Mapping[str, bytes]) -> Path:
    for name, raw in mails.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(raw)
    for folder in ("cur", "new", "tmp"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    return home


def test_a_maildir_is_read_with_its_folders(tmp_path: Path) -> None:
    sent = mail("sent", From="me@home.example", To="ann@example.com", Message_ID="<s@home.example>")
    home = maildir(
        tmp_path,
        {
            "cur/1.host:2,S": one("seen", 1),
            "cur/2.host:2,DS": one("draft", 2),
            "new/3.host": one("new", 3),
            "tmp/4.host": one("not delivered", 4),
            ".Sent/cur/5.host:2,S": sent,
            ".Sent/new/.keep": b"",
        },
    )
    assert MaildirFormat().recognises(home)
    found = read(MaildirFormat(), home)
    assert sorted(texts(found)) == ["new", "seen", "sent"]
    ways = {r.fields["text"]: r.fields["direction"] for r in found if isinstance(r, RawRecord)}
    assert (ways["sent"], ways["seen"]) == ("outbound", "inbound")


def test_eml_files_are_read_alone_and_in_folders(tmp_path: Path) -> None:
    (tmp_path / "보낸메일함").mkdir()
    (tmp_path / "a.EML").write_bytes(one("a", 1))
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "보낸메일함" / "c.eml").write_bytes(mail("c", To="eve@example.com"))
    (tmp_path / "notes.txt").write_text("no mail")
    made = EmlFormat()
    assert made.recognises(tmp_path)
    found = read(made, tmp_path)
    assert texts(found) == ["a", "c"]
    assert [item.place.file for item in found if isinstance(item, RowFault)] == [
        str(tmp_path / "b.eml")
    ]
    assert texts(read(made, tmp_path / "a.EML")) == ["a"]
    with pytest.raises(BadInput, match="no such file"):
        read(made, tmp_path / "none.eml")


def test_the_file_tells_the_time_that_a_mail_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(Date=""))
    [record] = read(EmlFormat(), path)
    assert isinstance(record, RawRecord)
    assert record.fields["at"]
    assert "zone" not in record.fields or record.fields["zone"] == "+00:00"


def test_a_folder_of_tables_is_no_folder_of_mails(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "b.eml").write_bytes(mail())
    assert not EmlFormat().recognises(tmp_path)
    assert not MaildirFormat().recognises(tmp_path)
    assert not MboxFormat().recognises(tmp_path)
