# SPDX-License-Identifier: Apache-2.0
"""Mails that come in: whose they are, what belongs together, and what their signatures say."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel
from agentassist.domain.importing import ImportReport
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.services.signatures import numbers_in
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from agentassist.storage.history import History
from agentassist.storage.schema.history import conversations, interactions
from agentassist.storage.schema.mail import mail_links
from tests.intake.mails import OWN, mail
from tests.services.conftest import person

LINE = b"From x Mon Mar  2 10:00:00 2026\n"


def take(database: Database, folder: Path, *mails: bytes, source: str = "mail") -> ImportReport:
    path = folder / "a.mbox"
    path.write_bytes(b"".join(LINE + one.replace(b"\r\n", b"\n") + b"\n\n" for one in mails))
    [report] = Importer(database).run(path, ImportOptions(source=source, region="KR", own=OWN))
    return report


def together(database: Database) -> set[frozenset[str]]:
    """Return which subjects are in one conversation."""
    found: dict[object, set[str]] = {}
    with database.reading() as connection:
        for row in connection.execute(select(interactions)):
            found.setdefault(row.conversation_id, set()).add(row.source_ref.partition("#")[0])
    return {frozenset(refs) for refs in found.values()}


def chain(name: str, before: str = "", references: Sequence[str] = (), **more: str) -> bytes:
    headers = {"In-Reply-To": f"<{before}>" if before else ""}
    headers["References"] = " ".join(f"<{one}>" for one in references)
    more = {"Subject": f"Mail {name}", **more}
    return mail(name, headers, Message_ID=f"<{name}@x.example>", **more)


@pytest.fixture
def ann(database: Database) -> Customer:
    made = person("Ann Lee", (ContactKind.EMAIL, "ann@example.com"))
    with database.transaction() as connection:
        Customers(connection).add(made)
    return made


def points(database: Database, customer: Customer) -> tuple[ContactPoint, ...]:
    with database.reading() as connection:
        found = Customers(connection).get(customer.id)
    assert found is not None
    return found.points(ContactKind.PHONE)


def test_mails_are_linked_and_come_in_once(
    database: Database, tmp_path: Path, ann: Customer
) -> None:
    mails = (
        mail("안녕하세요", Subject="=?utf-8?B?7JWI64WV?="),
        mail("answer", From="help@shop.example", To="ANN@example.com", Message_ID="<b@shop>"),
        mail("who", From="eve@example.com", Message_ID="<c@x>"),
    )
    report = take(database, tmp_path, *mails)
    assert (report.new, report.linked, report.unlinked, report.ignored) == (3, 2, 1, ())
    assert take(database, tmp_path, *mails).new == 0
    with database.reading() as connection:
        assert History(connection).timeline_counts(ann.id) == {Channel.EMAIL: 2}
        shown = History(connection).page(ann.id).interactions
    assert {item.subject for item in shown} == {"안녕", "Order"}
    assert {item.direction.value for item in shown} == {"inbound", "outbound"}


def test_an_auto_reply_is_marked(database: Database, tmp_path: Path, ann: Customer) -> None:
    take(database, tmp_path, mail("I am away", {"Auto-Submitted": "auto-replied"}))
    with database.reading() as connection:
        [shown] = History(connection).page(ann.id).interactions
    assert (shown.status, shown.attributes["automatic"]) == ("auto-reply", "auto-reply")


def test_the_same_mail_in_two_folders_is_one(database: Database, tmp_path: Path) -> None:
    report = take(database, tmp_path, mail(), mail())
    assert (report.new, report.unchanged, report.skipped) == (1, 1, 0)


# Threads

A, B, C, D = "a@x.example", "b@x.example", "c@x.example", "d@x.example"
THREAD = (
    chain("a"),
    chain("b", before=A),
    chain("c", before=B),  # no references
    chain("d", references=["lost@x.example", C]),
)


def test_a_thread_is_one_conversation_in_any_order(database: Database, tmp_path: Path) -> None:
    for number, order in enumerate(permutations(THREAD)):
        for one in order:
            take(database, tmp_path, one, source=f"run {number}")
        assert len(conversations_of(database, f"run {number}")) == 1


def conversations_of(database: Database, source: str) -> set[object]:
    mine = select(interactions.c.conversation_id).where(interactions.c.source == source)
    with database.reading() as connection:
        return set(connection.execute(mine).scalars())


def test_strangers_mails_are_not_joined(database: Database, tmp_path: Path) -> None:
    take(database, tmp_path, chain("a"), chain("b"), chain("e", references=["p@x", A, B, "q@x"]))
    assert len(together(database)) == 3


def test_a_reply_without_references_is_found_by_its_subject(
    database: Database, tmp_path: Path
) -> None:
    about = "Where is order W100?"
    take(
        database,
        tmp_path,
        chain("a", Subject=about),
        chain("b", Subject=f"RE: {about}", From="help@shop.example", To="ann@example.com"),
        chain("c", Subject=f"답장: Re: {about}", Date="Fri, 6 Mar 2026 10:00:00 +0000"),
        chain("d", Subject=f"Re: {about}", Date="Mon, 6 Apr 2026 10:00:00 +0000"),
        chain("e", Subject=about, From="eve@example.com"),
    )
    names = {frozenset(ref[6] for ref in refs) for refs in together(database)}
    assert names == {frozenset("abc"), frozenset("d"), frozenset("e")}


def test_a_subject_that_says_nothing_joins_nothing(database: Database, tmp_path: Path) -> None:
    take(database, tmp_path, chain("a", Subject="문의드립니다"), chain("b", Subject="문의드립니다"))
    assert len(together(database)) == 2


IDS = st.sampled_from([f"{letter}@x.example" for letter in "abcdefgh"])
MAILS = st.lists(
    st.tuples(IDS, st.one_of(st.just(""), IDS), st.lists(IDS, max_size=3)),
    max_size=8,
    unique_by=lambda one: one[0],
)


def components(mails: Iterable[tuple[str, str, list[str]]]) -> set[frozenset[str]]:
    """Join mails that share an id, the slow way."""
    groups: list[tuple[set[str], set[str]]] = []
    for name, before, references in mails:
        links = {name, *filter(None, [before]), *references[:1], *references[-1:]}
        mine, joined = {f"email:{name}"}, set(links)
        for group in [one for one in groups if one[1] & links]:
            groups.remove(group)
            mine |= group[0]
            joined |= group[1]
        groups.append((mine, joined))
    return {frozenset(mine) for mine, _ in groups}


@settings(max_examples=60)
@given(mails=MAILS, data=st.data())
def test_any_order_of_arrival_gives_the_same_conversations(
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    mails: list[tuple[str, str, list[str]]],
    data: st.DataObject,
) -> None:
    order = data.draw(st.permutations(mails))
    runs = data.draw(st.lists(st.integers(0, len(mails)), max_size=3).map(sorted))
    folder = tmp_path_factory.mktemp("threads")
    (folder / "a.db").write_bytes(request.getfixturevalue("_sqlite_template").read_bytes())
    with opened(f"sqlite:///{folder / 'a.db'}") as database:
        for start, end in zip([0, *runs], [*runs, len(order)], strict=True):
            made = [
                chain(name.partition("@")[0], before, references)
                for name, before, references in order[start:end]
            ]
            take(database, folder, *made)
        assert together(database) == components(mails)


def test_links_lead_to_conversations_that_are_there(database: Database, tmp_path: Path) -> None:
    for one in reversed(THREAD):
        take(database, tmp_path, one)
    with database.reading() as connection:
        led = set(connection.execute(select(mail_links.c.conversation_id)).scalars())
        there = set(connection.execute(select(conversations.c.id)).scalars())
    assert len(led) == 1
    assert led <= there


# Signatures

SIGNED = "배송이 늦어요.\n\n-- \n이앤\n한빛상사 | 010-1234-5678\nFax 02-123-4567\n"
QUOTING = "네.\n\n> 그래요\n> -- \n> 010-9999-8888\n"


def test_a_number_under_a_mail_becomes_a_maybe_once(
    database: Database, tmp_path: Path, ann: Customer
) -> None:
    for _ in range(2):
        take(database, tmp_path, mail(SIGNED), mail(QUOTING, Message_ID="<q@x>"))
    take(database, tmp_path, mail(SIGNED, Message_ID="<again@x>", Subject="Again"))
    [point] = points(database, ann)
    assert (point.value, point.standing) == ("+821012345678", Standing.MAYBE)
    assert point.label == "signature of a mail of 2026-03-02 (이앤)"


def test_a_number_that_the_customer_has_stays_as_it_is(
    database: Database, tmp_path: Path, ann: Customer
) -> None:
    own = ContactPoint(ContactKind.PHONE, "+821012345678", "010 1234 5678", "mobile")
    with database.transaction() as connection:
        Customers(connection).add_point(ann.id, own)
    take(database, tmp_path, mail(SIGNED))
    assert points(database, ann) == (own,)


def test_a_number_of_somebody_else_is_a_maybe_too_and_links_nobody(
    database: Database, tmp_path: Path, ann: Customer
) -> None:
    bob = person("Bob", (ContactKind.PHONE, "+821012345678"))
    with database.transaction() as connection:
        Customers(connection).add(bob)
    take(database, tmp_path, mail(SIGNED))
    assert [point.standing for point in points(database, ann)] == [Standing.MAYBE]
    called = mail("제 번호는 010-1234-5678 입니다", From="new@example.com", Message_ID="<n@x>")
    assert take(database, tmp_path, called).linked == 1
    with database.reading() as connection:
        assert History(connection).timeline_counts(bob.id) == {Channel.EMAIL: 1}


@pytest.mark.parametrize(
    "raw",
    [
        mail(SIGNED, {"Auto-Submitted": "auto-replied"}),
        mail(SIGNED, From="help@shop.example", To="ann@example.com"),
        mail(SIGNED, From="eve@example.com"),
        mail(SIGNED.replace("-- ", "")),
    ],
    ids=["auto-reply", "ours", "a stranger's", "no signature"],
)
def test_other_mails_are_not_mined(
    database: Database, tmp_path: Path, ann: Customer, raw: bytes
) -> None:
    take(database, tmp_path, raw)
    assert points(database, ann) == ()


def test_mails_that_find_their_customer_later_are_mined_then(
    database: Database, tmp_path: Path
) -> None:
    take(database, tmp_path, mail(SIGNED))
    late = person("Ann Lee", (ContactKind.EMAIL, "ann@example.com"))
    with database.transaction() as connection:
        Customers(connection).add(late)
    take(database, tmp_path, mail(SIGNED))
    assert [point.value for point in points(database, late)] == ["+821012345678"]


def test_a_number_under_the_mails_of_many_is_nobodys(database: Database, tmp_path: Path) -> None:
    people = [person(f"P{n}", (ContactKind.EMAIL, f"p{n}@example.com")) for n in range(8)]
    with database.transaction() as connection:
        for one in people:
            Customers(connection).add(one)
    mails = [mail(SIGNED, From=f"p{n}@example.com", Message_ID=f"<{n}@x>") for n in range(8)]
    take(database, tmp_path, *mails)
    assert sum(len(points(database, one)) for one in people) == 5


@pytest.mark.parametrize(
    ("signature", "region", "values"),
    [
        ("Ann\n+1 (415) 555-2671", "US", ["+14155552671"]),
        ("T: 02-2123-4567 F: 02-2123-4568", "KR", ["+82221234567"]),
        ("팩스 02-2123-4568", "KR", []),
        ("휴대폰 010.1234.5678 / 대표 1588-1234", "KR", ["+821012345678"]),
        ("사업자등록번호 123-45-67890", "KR", []),
        ("2026-03-02 10:00", "KR", []),
        ("1" * 480, "KR", []),
    ],
)
def test_numbers_are_told_from_other_digits(signature: str, region: str, values: list[str]) -> None:
    assert [number.value for number in numbers_in(signature, region)] == values
