# SPDX-License-Identifier: Apache-2.0
"""Address books of every version, as telephones and mailers write them."""

import quopri
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput
from agentassist.intake.formats import Hints
from agentassist.intake.vcard import MAX_CARD, Cards, VcardFormat


def read(folder: Path, text: str | bytes, encoding: str = "") -> list[RawRecord | RowFault]:
    path = folder / "people.vcf"
    path.write_bytes(text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode())
    [part] = VcardFormat().parts(path, Hints(encoding=encoding))
    assert (part.kind, part.ours) == (RecordKind.CUSTOMERS, True)
    found = list(part.records)
    assert part.records.position == part.records.size == path.stat().st_size
    part.records.close()
    return found


def one(folder: Path, text: str | bytes, encoding: str = "") -> Mapping[str, str]:
    [record] = [item for item in read(folder, text, encoding) if isinstance(item, RawRecord)]
    assert set(record.fields) <= set(Cards.columns)
    return record.fields


def card(*lines: str, version: str = "3.0") -> str:
    return "\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_a_card_is_a_customer(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        card(
            "UID:urn:uuid:4fbe8971",
            "N:Lee;Ann;Mary;Dr.;",
            "FN:Dr. Ann Mary Lee",
            "ORG:Blue Ltd.;Sales",
            "TEL;TYPE=CELL,VOICE:+1 415 555 0101",
            'TEL;TYPE="work,pref":+1 415 555 0102',
            "TEL;TYPE=FAX:+1 415 555 0103",
            "EMAIL;TYPE=INTERNET:ann@example.com",
            "item1.EMAIL:lee@example.com",
            "ADR;TYPE=HOME:;;1 Main St\\, Apt 2;San Francisco;CA;94110;USA",
            "BDAY:1990-05-04",
            "PHOTO;ENCODING=b:" + "A" * 60,
            "NOTE:two\\nlines",
        ),
    )
    assert found == {
        "customer_key": "4fbe8971",
        "name": "Dr. Ann Mary Lee",
        "phone.mobile": "+1 415 555 0101",
        "phone.work": "+1 415 555 0102",
        "email": "ann@example.com",
        "email.2": "lee@example.com",
        "organisation": "Blue Ltd.",
        "address": "1 Main St, Apt 2",
        "city": "San Francisco",
        "state": "CA",
        "zip": "94110",
        "country": "USA",
        "birth_date": "1990-05-04",
    }


def test_version_4_is_read(tmp_path: Path) -> None:
    text = card(
        "FN:Ann Lee",
        'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+82-10-1234-5678',
        "BDAY:19900504",
        "KIND:individual",
        version="4.0",
    )
    found = one(tmp_path, text)
    assert (found["phone.mobile"], found["birth_date"]) == ("tel:+82-10-1234-5678", "1990-05-04")


@pytest.mark.parametrize("codec", ["cp949", "utf-8"])
def test_version_2_1_of_a_korean_telephone_is_read(tmp_path: Path, codec: str) -> None:
    name = quopri.encodestring("김;서연;;;".encode(codec), quotetabs=True).decode().strip()
    address = "".join(f"={byte:02X}" for byte in ";;테헤란로 1;강남구;서울;04001;".encode(codec))
    soft = "=\n".join(address[start : start + 60] for start in range(0, len(address), 60))
    label = "EUC-KR" if codec == "cp949" else "UTF-8"
    text = card(
        f"N;CHARSET={label};ENCODING=QUOTED-PRINTABLE:{name}",
        "FN;CHARSET=UTF-8:서연 김",
        "TEL;CELL;PREF:010-1234-5678",
        "TEL;HOME:02-123-4567",
        f"ADR;HOME;CHARSET={label};ENCODING=QUOTED-PRINTABLE:{soft}",
        version="2.1",
    )
    found = one(tmp_path, text)
    assert found["name"] == "김서연"
    assert (found["phone.mobile"], found["phone.home"]) == ("010-1234-5678", "02-123-4567")
    assert (found["address"], found["zip"]) == ("서울 강남구 테헤란로 1", "04001")


def test_a_file_in_cp949_without_saying_so_is_read(tmp_path: Path) -> None:
    text = card("N:김;서연;;;", "FN:서연 김", "TEL:010-1234-5678")
    assert one(tmp_path, text.encode("cp949"))["name"] == "김서연"
    assert one(tmp_path, text.encode("cp949"), "cp949")["name"] == "김서연"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:홍;길동;;;",), "홍길동"),
        (("N:;홍길동;;;", "FN:홍길동"), "홍길동"),
        (("N:王;小明;;;", "FN:小明 王"), "王小明"),
        (("N:Hong;Gildong;;;",), "Gildong Hong"),
        (("ORG:한빛상사;영업부", "TEL:02-123-4567"), "한빛상사"),
        (("FN:  Ann   Lee ",), "Ann Lee"),
    ],
)
def test_names_are_in_the_order_in_which_they_are_said(
    tmp_path: Path, lines: tuple[str, ...], name: str
) -> None:
    assert one(tmp_path, card(*lines))["name"] == name


def test_lines_are_unfolded(tmp_path: Path) -> None:
    found = one(tmp_path, card("FN:Ann Maria", "  Lee", "EMAIL:ann", " @example.com"))
    assert (found["name"], found["email"]) == ("Ann Maria Lee", "ann@example.com")


def test_two_people_with_one_number_are_two_and_a_card_is_known_again(tmp_path: Path) -> None:
    text = card("FN:Ann", "TEL:1234567") + card("FN:Bob", "TEL:1234567")
    keys = [
        item.fields["customer_key"] for item in read(tmp_path, text) if isinstance(item, RawRecord)
    ]
    assert len(set(keys)) == 2
    assert keys == [
        item.fields["customer_key"] for item in read(tmp_path, text) if isinstance(item, RawRecord)
    ]


def test_a_birthday_without_a_year_is_none(tmp_path: Path) -> None:
    assert "birth_date" not in one(tmp_path, card("FN:Ann", "BDAY:--0504"))


def test_bad_cards_are_named_and_the_others_come_in(tmp_path: Path) -> None:
    text = (
        "noise\n"
        + card("FN:Ann")
        + card("NOTE:nothing")
        + card("FN:Friends", "KIND:group")
        + "BEGIN:VCARD\nFN:Cut\n"
        + card("FN:Bob", *(f"TEL:010-0000-{n:04}" for n in range(40)))
        + "BEGIN:VCARD\nFN:Last"
    )
    found = read(tmp_path, text)
    names = [item.fields["name"] for item in found if isinstance(item, RawRecord)]
    assert names == ["Ann", "Cut", "Bob", "Last"]
    faults = [(item.place.line, item.kept) for item in found if isinstance(item, RowFault)]
    assert faults == [(6, False), (10, False), (15, True), (17, True), (61, True)]


def test_an_empty_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="empty"):
        read(tmp_path, b"")


def test_the_card_of_an_agent_inside_is_passed_over(tmp_path: Path) -> None:
    inner = card("FN:Agent", "TEL:999")
    text = card("FN:Boss", "AGENT:", *inner.strip().split("\n"), "TEL:111", version="2.1")
    found = one(tmp_path, text)
    assert (found["name"], found["phone"]) == ("Boss", "111")


def test_hostile_cards_take_neither_long_nor_much(tmp_path: Path) -> None:
    bombs = [
        b"BEGIN:VCARD\n" + b"X" * 3 * MAX_CARD,
        b"BEGIN:VCARD\n" * 100_000,
        b"BEGIN:VCARD\nFN:" + b"=\n" * 500_000,
        b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:" + b"=\n" * 400_000,
        b"BEGIN:VCARD\n" + b"TEL:1\n" * 150_000 + b"END:VCARD\n",
        b"BEGIN:VCARD\nTEL;" + b'T="a",' * 160_000 + b":1\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN:a\n" + b" x\n" * 300_000 + b"END:VCARD\n",
    ]
    for bomb in bombs:
        started = time.process_time()
        read(tmp_path, bomb)
        assert time.process_time() - started < 3


@given(st.binary(max_size=300), st.lists(st.sampled_from(
    [b"BEGIN:VCARD", b"END:VCARD", b"N:a;b", b"FN;CHARSET=x:\xff", b"TEL;TYPE=:", b"ADR:;;", b" ",
     b"AGENT:", b"ORG:", b"BDAY:1990-02-31", b"N;ENCODING=QUOTED-PRINTABLE:=", b"UID:", b"KIND:"]
), max_size=12))  # fmt: skip
def test_any_bytes_are_cards_or_faults(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, lines: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("cards")
    text = b"BEGIN:VCARD\n" + b"\n".join(lines) + b"\n" + noise
    for item in read(folder, text):
        if isinstance(item, RawRecord):
            assert all(value.encode() for value in item.fields.values())
