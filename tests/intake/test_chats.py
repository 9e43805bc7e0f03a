# SPDX-License-Identifier: Apache-2.0
"""Exported chats of both messengers, in the forms that telephones and computers write."""

import contextlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake.formats import Format, Hints
from agentassist.intake.kakaotalk import KakaoTalkFormat
from agentassist.intake.whatsapp import WhatsAppFormat

OWN = Hints(own=("Shop",))
KOREAN_HEAD = "김서연 님과 카카오톡 대화\n저장한 날짜 : 2026-03-02 15:05:03\n\n"


def _items(made: Format, path: Path, hints: Hints = OWN) -> list[RawRecord | RowFault]:
    [part] = made.parts(path, hints)
    with contextlib.closing(part.records) as records:
        return list(records)


def _chat(tmp_path: Path, made: Format, text: str, name: str = "chat.txt") -> list[dict[str, str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert made.recognises(path)
    return [dict(item.fields) for item in _items(made, path) if isinstance(item, RawRecord)]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("12/31/26, 3:05\u202fPM - ", "2026-12-31T15:05:00"),
        ("31/12/2026, 15:05 - ", "2026-12-31T15:05:00"),
        ("31/12/2026 15:05 - ", "2026-12-31T15:05:00"),
        ("31.12.26, 15:05 - ", "2026-12-31T15:05:00"),
        ("2026/12/31 15:05 - ", "2026-12-31T15:05:00"),
        ("2026-12-31, 3:05 p.\u00a0m. - ", "2026-12-31T15:05:00"),
        ("2026. 3. 1. 오후 3:05 - ", "2026-03-01T15:05:00"),
        ("2026년 3월 1일 오전 12:05 - ", "2026-03-01T00:05:00"),
        ("[31.12.26, 15:05:33] ", "2026-12-31T15:05:33"),
        ("[12/31/26, 12:05:33\u202fAM] ", "2026-12-31T00:05:33"),
        ("\u200e[2026. 3. 1. 오후 12:05:33] ", "2026-03-01T12:05:33"),
        ("[31.12.2026 klo 14.08.18] ", "2026-12-31T14:08:18"),
    ],
)
def test_whatsapp_writes_times_in_many_ways(tmp_path: Path, line: str, at: str) -> None:
    [stretch] = _chat(tmp_path, WhatsAppFormat(), f"{line}Ann: hello\n{line}Shop: hi\n")
    assert stretch["at"] == at
    assert stretch["text"] == "Customer: hello\nAgent: hi"


def test_a_pause_parts_a_chat_and_lines_go_on(tmp_path: Path) -> None:
    stretches = _chat(
        tmp_path,
        WhatsAppFormat(),
        "31/12/26, 15:05 - Messages and calls are end-to-end encrypted.\n"
        "31/12/26, 15:05 - +1 415-555-0101: hello\nsecond: line\n\nlast line\n"
        "31/12/26, 15:06 - Shop: \u200e<Media omitted>\n"
        "31/12/26, 15:07 - Ann changed the subject\n"
        "01/01/27, 09:00 - Shop: are you there?\n",
        "WhatsApp Chat with Ann Lee (2).txt",
    )
    assert [item["direction"] for item in stretches] == ["inbound", "outbound"]
    assert stretches[0]["text"].splitlines() == [
        "Customer: hello",
        "second: line",
        "",
        "last line",
        "Agent: <Media omitted>",
    ]
    assert stretches[0]["phone"] == "+1 415-555-0101"
    assert stretches[0]["subject"] == "Ann Lee"
    assert len({item["conversation"] for item in stretches}) == 1


def test_the_order_of_day_and_month_is_told_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("03/04/2026, 15:05 - Ann: a\n03/04/2026, 15:06 - Shop: b\n")
    with pytest.raises(BadInput, match="--dates"):
        _items(WhatsAppFormat(), path)
    [record] = _items(WhatsAppFormat(), path, Hints(own=("Shop",), dates="mdy"))
    assert isinstance(record, RawRecord)
    assert record.fields["at"] == "2026-03-04T15:05:00"
    text = "03/04/2026, 15:05 - Ann: a\n04/03/2026, 15:06 - Shop: b\n"  # only months can go on so
    assert _chat(tmp_path, WhatsAppFormat(), text)[0]["at"] == "2026-03-04T15:05:00"


@pytest.mark.parametrize(
    "text",
    [
        KOREAN_HEAD + "--------------- 2026년 3월 1일 일요일 ---------------\n"
        "[김서연] [오후 3:05] 안녕\n하세요\n[Shop] [오후 3:06] [안내] 네\n김서연님이 나갔습니다.\n",
        KOREAN_HEAD + "2026년 3월 1일 오후 3:05\n2026년 3월 1일 오후 3:05, 김서연 : 안녕\n하세요\n"
        "2026년 3월 1일 오후 3:06, Shop : [안내] 네\n"
        "2026년 3월 1일 오후 3:07, 김서연님이 나갔습니다.\n",
        KOREAN_HEAD + "2026년 3월 1일 일요일\n2026. 3. 1. 오후 3:05, 김서연 : 안녕\n하세요\n"
        "2026. 3. 1. 15:06, Shop : [안내] 네\n",
        "KakaoTalk Chats with 김서연\nDate Saved : 2026-03-02 15:05:03\n\n"
        "--------------- Sunday, March 1, 2026 ---------------\n"
        "[김서연] [3:05 PM] 안녕\n하세요\n[Shop] [3:06 PM] [안내] 네\n",
        "KakaoTalk Chats with 김서연\nDate Saved : March 2, 2026 at 3:05 PM\n\n"
        "March 1, 2026 at 3:05 PM, 김서연 : 안녕\n하세요\n"
        "March 1, 2026 at 3:06 PM, Shop : [안내] 네\n",
    ],
)
def test_kakaotalk_of_every_device(tmp_path: Path, text: str) -> None:
    [stretch] = _chat(tmp_path, KakaoTalkFormat(), text)
    assert stretch["text"] == "Customer: 안녕\n하세요\nAgent: [안내] 네"
    assert (stretch["at"], stretch["subject"]) == ("2026-03-01T15:05:00", "김서연")


def test_kakaotalk_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text(
        'Date,User,Message\n2026-03-01 15:05:03,"김서연","안녕\n하세요"\n'
        '2026-02-31 15:05:03,"김서연","x"\n2026-03-01 15:06:03,Shop,"네, 네"\n'
    )
    assert KakaoTalkFormat().recognises(path)
    fault, stretch = _items(KakaoTalkFormat(), path)
    assert isinstance(fault, RowFault)
    assert fault.place.line == 4
    assert isinstance(stretch, RawRecord)
    assert stretch.fields["text"] == "Customer: 안녕\n하세요\nAgent: 네, 네"


def test_whatsapp_in_the_zip_of_a_telephone(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Ann Lee.zip"
    days = (("31", "Ann"), ("32", "Ann"), ("31", "Shop"))
    text = "".join(f"[{day}.12.26, 15:05:33] {name}: hello\n" for day, name in days)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", text)
        archive.writestr("photo.jpg", b"x")
    assert WhatsAppFormat().recognises(path)
    fault, stretch = _items(WhatsAppFormat(), path)
    assert isinstance(fault, RowFault)
    assert str(fault.place) == f"{path}:2"
    assert isinstance(stretch, RawRecord)
    assert stretch.fields["subject"] == "Ann Lee"


def test_a_zip_that_is_torn_or_explodes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", "0" * 60_000_000)
    with pytest.raises(BadInput, match="too large"):
        _items(WhatsAppFormat(), path)
    data = path.read_bytes()
    path.write_bytes(data[:60] + b"\x00" * 40 + data[100:])
    with pytest.raises(BadInput):
        _items(WhatsAppFormat(), path)
    path.write_bytes(data[:100])
    assert not WhatsAppFormat().recognises(path)


def test_a_group_keeps_its_names(tmp_path: Path) -> None:
    text = "31/12/26, 15:05 - Ann: a\n31/12/26, 15:06 - Bo: b\n31/12/26, 15:07 - Shop: c\n"
    [stretch] = _chat(tmp_path, WhatsAppFormat(), text)
    assert stretch["text"] == "Ann: a\nBo: b\nAgent: c"
    assert (stretch["name"], stretch["phone"]) == ("", "")


def test_nobody_is_us_until_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("31/12/26, 15:05 - Ann: a\n31/12/26, 15:06 - Shop: b\n")
    with pytest.raises(BadInput, match="--own NAME: Ann, Shop"):
        _items(WhatsAppFormat(), path, Hints())


def test_two_chats_of_one_name_are_not_one(tmp_path: Path) -> None:
    head = "31/12/26, 15:0"
    one = _chat(tmp_path, WhatsAppFormat(), f"{head}1 - Ann: hi\n{head}2 - Shop: hi\n", "1.txt")
    two = _chat(tmp_path, WhatsAppFormat(), f"{head}3 - Ann: hi\n{head}4 - Shop: hi\n", "2.txt")
    assert one[0]["conversation"] != two[0]["conversation"]


def test_a_day_that_does_not_exist_costs_its_message(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(
        "2026. 3. 1. 오후 3:05 - Ann: a\n2026. 3. 32. 오후 3:05 - Ann: b\n"
        "2026. 3. 2. 오후 3:05 - Shop: c\n"
    )
    items = _items(WhatsAppFormat(), path)
    assert [item.place.line for item in items if isinstance(item, RowFault)] == [2]
    assert len(items) == 3


def test_other_texts_are_left_to_others(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    for text in ("name,phone\nAnn,1\n", "", "hello\nthere\n", "2026-12-31\tAnn\n"):
        path.write_text(text)
        assert not WhatsAppFormat().recognises(path)
        assert not KakaoTalkFormat().recognises(path)


@pytest.mark.parametrize("made", [WhatsAppFormat(), KakaoTalkFormat()])
@given(noise=st.text(max_size=200), at=st.integers(0, 200))
def test_damage_is_faults_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, made: Format, noise: str, at: int
) -> None:
    path = tmp_path_factory.mktemp("chat") / "chat.txt"
    whole = (
        KOREAN_HEAD + "2026년 3월 1일 오후 3:05, 김서연 : 안녕\n31/12/26, 15:05 - Ann: a\n"
        "2026년 3월 1일 오후 3:06, Shop : 네\n31/12/26, 15:06 - Shop: b\n"
    )
    damaged = (whole[:at] + noise + whole[at:]).encode("utf-8", "surrogatepass")
    path.write_bytes(damaged.replace(b"\x00", b""))
    made.recognises(path)
    with contextlib.suppress(BadInput):
        assert all(isinstance(item, RawRecord | RowFault) for item in _items(made, path))
