# SPDX-License-Identifier: Apache-2.0
"""One mail to the fields of an interaction, whoever wrote it and however badly."""

import base64
import email
import time
import tracemalloc
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.intake.mail import COLUMNS, MAX_MAIL, Sight, record_of
from agentassist.intake.mime import MAX_HEADERS, MAX_PARTS, content, leaves
from tests.intake.mails import OWN, PLACE, fields, mail

MULTIPART = {"Content-Type": 'multipart/mixed; boundary="b"'}


def test_a_mail_says_who_when_and_what() -> None:
    found = fields(mail())
    assert found["id"].startswith("a1@example.com#")
    assert (found["name"], found["email"], found["author"]) == (
        "Ann Lee",
        "ann@example.com",
        "Ann Lee",
    )
    assert (found["at"], found["zone"]) == ("2026-03-02T01:00:00+00:00", "+09:00")
    assert (found["channel"], found["direction"]) == ("email", "inbound")
    assert (found["subject"], found["text"]) == ("Order", "Hello, where is my order?")
    assert set(found) <= set(COLUMNS)


KOREAN = "안녕하세요, 배송이 늦어요"


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "utf-8"),
        ("cp949", "ks_c_5601-1987"),
        ("cp949", "euc-kr"),
        ("iso2022_kr", "iso-2022-kr"),
        ("utf-7", "utf-7"),
        ("gb18030", "gb2312"),
        ("cp949", "us-ascii"),
        ("cp949", "utf-8"),
        ("utf-8", "no-such-encoding"),
        ("cp949", ""),
    ],
)
def test_encodings_are_read_whatever_they_are_called(codec: str, label: str) -> None:
    text = "你好，订单在哪里" if codec == "gb18030" else KOREAN
    content_type = f"text/plain; charset={label}" if label else "text/plain"
    assert fields(mail(text.encode(codec), Content_Type=content_type))["text"] == text


@pytest.mark.parametrize("codec", ["cp949", "utf-8"])
@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_transfer_encodings_are_undone(codec: str, way: str) -> None:
    data = KOREAN.encode(codec)
    if way == "base64":
        data = base64.encodebytes(data)
    if way == "quoted-printable":
        data = "".join(f"={byte:02X}" for byte in data).encode()
    headers = {"Content-Type": f"text/plain; charset={codec}", "Content-Transfer-Encoding": way}
    assert fields(mail(data, headers))["text"] == KOREAN


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?UTF-8?B?7JWI64WV?=", "안녕"),
        ("=?utf-8?B?7JWI64U=?= =?utf-8?B?lQ==?=", "안녕"),  # cut within a character
        ("=?euc-kr?B?vsiz58fPvLy/5A==?=", "안녕하세요"),
        ("=?ks_c_5601-1987?Q?=BE=C8=B3=E7?= 12", "안녕 12"),
        ("=?utf-8?q?caf=C3=A9?=x", "caféx"),
        ("=?utf-8?B?7JWI64WV", "=?utf-8?B?7JWI64WV"),  # never ends
        ("=?utf-8?B?7JWI64W!!!V?=", "안녕"),
        ("=?x-nothing?B?7JWI64WV?=", "안녕"),
        ("안녕".encode(), "안녕"),
        ("안녕하세요 고객님 반갑습니다".encode("cp949"), "안녕하세요 고객님 반갑습니다"),
        ("a\r\n b", "a b"),
    ],
)
def test_subjects_are_decoded(raw: str | bytes, shown: str) -> None:
    assert fields(mail(Subject=raw))["subject"] == shown


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("ann@example.com", "", "ann@example.com"),
        ("ANN@Example.COM (Ann)", "Ann", "ann@example.com"),
        ('"Lee, Ann" <ann@example.com>', "Lee, Ann", "ann@example.com"),
        ("Lee, Ann <ann@example.com>", "Ann", "ann@example.com"),
        ("=?utf-8?B?7JWI64WV?= <ann@example.com>", "안녕", "ann@example.com"),
        ("=?utf-8?Q?Ann_=3Cann=40example.com=3E?=", "", "ann@example.com"),
        ("안녕 <ann@example.com>", "안녕", "ann@example.com"),
        ("((((" * 3000 + " <ann@example.com>", "", "ann@example.com"),
    ],
)
def test_senders_are_read(sender: str, name: str, address: str) -> None:
    found = fields(mail(From=sender))
    assert (found.get("name", ""), found["email"]) == (name, address)


@pytest.mark.parametrize(
    ("sender", "receiver", "more", "direction", "customer"),
    [
        ("ann@example.com", "help@shop.example", {}, "inbound", "ann@example.com"),
        ("help@shop.example", "ann@example.com", {}, "outbound", "ann@example.com"),
        ("rosa@shop.example", "ann@example.com", {}, "outbound", "ann@example.com"),
        ("rosa@shop.example", "help@shop.example", {}, "internal", ""),
        ("form@shop.example", "help@shop.example", {"Reply_To": "ann@example.com"}, "inbound",
         "ann@example.com"),
        ("ann@example.com", "bob@example.com", {"Cc": "help@shop.example"}, "inbound",
         "ann@example.com"),
    ],
)  # fmt: skip
def test_our_own_addresses_tell_the_direction(
    sender: str, receiver: str, more: dict[str, str], direction: str, customer: str
) -> None:
    found = fields(mail(From=sender, To=receiver, **more))
    assert (found["direction"], found.get("email", "")) == (direction, customer)


def test_a_folder_of_sent_mail_tells_the_direction_too() -> None:
    found = fields(mail(From="rosa@home.example", To="ann@example.com"), Sight((), sent=True))
    assert (found["direction"], found["email"]) == ("outbound", "ann@example.com")


@pytest.mark.parametrize("label", ["Sent", "=?UTF-8?B?67O064K47Y647KeA7ZWo?="])
def test_a_label_of_sent_mail_tells_the_direction_too(label: str) -> None:
    labels = {"X-Gmail-Labels": f"Archived,{label},Opened"}
    found = fields(mail(headers=labels, From="me@home.example", To="ann@example.com"), Sight())
    assert (found["direction"], found["email"]) == ("outbound", "ann@example.com")


def test_the_time_is_that_of_the_mail_else_of_its_arrival() -> None:
    received = "from a by b; Tue, 3 Mar 2026 00:00:00 +0000"
    assert fields(mail(Date="soon", Received=received))["at"] == "2026-03-03T00:00:00+00:00"
    assert fields(mail(Date="Mon, 31 Feb 2026 10:00:00 +0000", Received=received))["at"].startswith(
        "2026-03-03"
    )
    assert fields(mail(Date="Mon, 2 Mar 1492 10:00:00 +0000"), Sight()).get("at") is None


def test_plain_text_is_preferred_and_html_is_read() -> None:
    parts = (
        "--b\r\nContent-Type: text/html\r\n\r\n<p>as <b>html</b></p>\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nas text\r\n--b--\r\n"
    )
    assert fields(mail(parts, MULTIPART))["text"] == "as text"
    assert fields(mail(parts.replace("as text", " "), MULTIPART))["text"] == "as html"


def test_a_flowed_text_is_joined() -> None:
    text = "One sentence \r\ngoes on \r\nhere.\r\nAnother.\r\n\r\n-- \r\nAnn Lee \r\nBlue"
    found = fields(mail(text, Content_Type="text/plain; charset=utf-8; format=flowed"))
    assert found["text"] == "One sentence goes on here.\nAnother."
    assert found["signature"] == "Ann Lee Blue"


def test_what_is_attached_is_named_only() -> None:
    parts = (
        "--b\r\n\r\nsee there\r\n"
        '--b\r\nContent-Type: application/pdf; name="x.pdf"\r\n'
        "Content-Disposition: attachment; filename*=utf-8''%EC%95%88%EB%85%95.pdf\r\n\r\nJVB\r\n"
        "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nsecret\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\n\r\nsecret too\r\n--b--\r\n"
    )
    found = fields(mail(parts, MULTIPART))
    assert found["text"] == "see there"
    assert found["attachments"] == "안녕.pdf, text/plain, message.eml"
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto-reply"),
        ({"Auto-Submitted": "no"}, ""),
        ({"X-Autoreply": "yes"}, "auto-reply"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"List-Id": "news <news.example.com>"}, "bulk"),
        ({"From": "MAILER-DAEMON@mx.example.com"}, "bounce"),
        ({"Content-Type": "multipart/report; report-type=delivery-status"}, "bounce"),
        ({}, ""),
    ],
)
def test_mails_that_nobody_wrote_are_marked(headers: dict[str, str], automatic: str) -> None:
    found = fields(mail(headers=headers))
    assert (found.get("automatic", ""), found.get("status", "")) == (automatic, automatic)


def test_the_same_mail_has_the_same_key_and_another_with_its_id_has_not() -> None:
    assert fields(mail())["id"] == fields(mail())["id"]
    assert fields(mail())["id"] != fields(mail(Subject="Another"))["id"]
    nameless = fields(mail(Message_ID=""))["id"]
    assert nameless.startswith("sha256:")
    assert nameless != fields(mail("else", Message_ID=""))["id"]


def test_a_body_without_a_blank_line_before_it_is_read() -> None:
    raw = mail().replace(b"\r\n\r\n", b"\r\n")
    assert fields(raw)["text"] == "Hello, where is my order?"
    parts = "--b\r\nContent-Type: text/plain\r\nfirst\r\n--b--\r\n"
    assert fields(mail(parts, MULTIPART))["text"] == "first"


def test_a_mail_that_says_it_has_parts_and_has_none_is_read_as_text() -> None:
    assert fields(mail("only text", MULTIPART))["text"] == "only text"


def test_the_mails_of_a_digest_are_named_only() -> None:
    one = "--b\r\n\r\nSubject: x\r\n\r\nsecret\r\n"
    parts = f"{one}{one}--b--\r\n"
    digest = {"Content-Type": 'multipart/digest; boundary="b"'}
    assert fields(mail(parts, digest))["text"] == "message.eml, message.eml"


LEAF = st.tuples(st.sampled_from(["plain", "html", "calendar"]), st.text("ab\n가 -=.", max_size=80))
TREE = st.recursive(
    LEAF,
    lambda inner: st.tuples(
        st.sampled_from(["mixed", "alternative", "related"]), st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


def made(tree: tuple[str, object]) -> EmailMessage:
    name, what = tree
    message = EmailMessage()
    if isinstance(what, str):
        message.set_content(what, subtype=name)
        return message
    assert isinstance(what, list)
    message["Content-Type"] = f"multipart/{name}"
    for inner in what:
        message.attach(made(inner))
    return message


@given(TREE)
def test_parts_are_those_of_the_standard_library(tree: tuple[str, object]) -> None:
    raw = made(tree).as_bytes()
    parsed = email.message_from_bytes(raw)
    theirs = [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in parsed.walk()
        if not part.is_multipart() and not part.get_content_type().startswith("multipart/")
    ]
    ours = [(leaf.kind, content(leaf, 10_000)) for leaf in leaves(raw)[1]]
    assert [leaf for leaf in ours if leaf != ("text/plain", b"")] == [
        leaf for leaf in theirs if leaf != ("text/plain", b"")
    ]


# Bad input


def test_what_is_no_mail_is_a_fault() -> None:
    for raw in (b"", b"\x00" * 1000, b"%PDF-1.7 ...", b"just text\n\nand more"):
        assert isinstance(record_of(raw, PLACE, Sight()), RowFault)


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return b"From: a@b.example\r\nDate: x\r\n" + head + b"\r\nhi\r\n"


def test_a_bomb_of_parts_is_a_fault_at_once() -> None:
    many = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    bombs = {
        "nested": nested(31),
        "nested deeply": nested(20_000),
        "parts": many + b"--b\r\n\r\n" * (MAX_PARTS + 1),
        "headers": b"From: a@b.example\r\n" + b"X: y\r\n" * MAX_HEADERS,
    }
    assert isinstance(record_of(nested(30), PLACE, Sight()), RawRecord)
    for name, bomb in bombs.items():
        assert isinstance(record_of(bomb, PLACE, Sight()), RowFault), name


HARD = {
    "empty lines": nested(30) + b"\r\n" * 4_000_000,
    "boundaries that are none": nested(20) + b"--b1b1 " * 1_400_000,
    "html": mail("<div>" * 80_000 + "x", Content_Type="text/html"),
    "fonts": mail(
        "".join(f"<font size={n}>" for n in range(500)) + "<p>x" * 60_000, Content_Type="text/html"
    ),
    "quotes": mail("> a\n\n" * 60_000),
    "announcements": mail("On " + "Monday wrote" * 20_000),
    "blanks": mail(" " * 200_000 + "x"),
    "subject": mail(Subject="=?a?q?" * 30_000),
    "receivers": mail(Cc=", ".join(f"p{n}@example.com" for n in range(9_000))),
    "references": mail(References="<a@b.example> " * 12_000),
    "parameters": mail(Content_Type="text/plain; " + "a*0*=b; " * 20_000),
    "encoded": mail(base64.encodebytes(b"x" * 6_000_000), Content_Transfer_Encoding="base64"),
    "one line": mail("x" * MAX_MAIL),
}


@pytest.mark.parametrize("name", HARD)
def test_no_mail_takes_long_or_much(name: str) -> None:
    started = time.process_time()
    record_of(HARD[name], PLACE, Sight())
    assert time.process_time() - started < 3
    tracemalloc.start()
    record_of(HARD[name], PLACE, Sight())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000


HEADER = st.sampled_from(
    (
        *("From", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding"),
        *("Message-ID", "In-Reply-To", "Content-Disposition", "List-Id", "Received"),
        *("References", "Reply-To"),
    )
)
VALUE = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(str.encode),
    st.sampled_from(
        (
            *(
                b"multipart/mixed; boundary=b",
                b"multipart/alternative",
                b"text/html; charset=utf-7",
            ),
            *(b"text/plain; charset=idna", b'text/plain; charset="', b"base64", b"x-uuencode"),
            *(b"=?utf-8?b?", b"=?hex?q?41?=", b"<a@b>, <c@d> (", b"attachment; filename*1*=''%"),
            *(b"Mon, 99 Foo 2026 25:61:61 +9999", b"text/plain; charset*0=a; charset*1=b"),
        )
    ),
)
BODY = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [b"--b", b"--b--", b"", b"> x", b"-- ", b"<p>", b"begin 644 x", b"On x wrote:"]
        ),
    ),
    max_size=15,
).map(b"\n".join)


@settings(max_examples=400)
@given(st.lists(st.tuples(HEADER, VALUE), max_size=8), BODY)
def test_any_bytes_are_a_record_or_a_fault(headers: list[tuple[str, bytes]], body: bytes) -> None:
    head = b"".join(name.encode() + b": " + value + b"\n" for name, value in headers)
    found = record_of(head + b"\n" + body, PLACE, Sight(OWN))
    if isinstance(found, RawRecord):
        assert set(found.fields) <= set(COLUMNS)
        assert all(text.encode("utf-8") for text in found.fields.values())
