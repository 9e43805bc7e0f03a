# SPDX-License-Identifier: Apache-2.0
"""What somebody wrote, without what they quoted and without their signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.intake.mail_text import written

QUOTED = [
    "On Mon, Mar 2, 2026 at 10:00 AM Help <help@shop.example> wrote:\n> Dear Ann,\n> 02-111-2222",
    "On Mon, Mar 2, 2026 at 10:00 AM Help Desk\n<help@shop.example> wrote:\n\n> Dear Ann",
    "On Mon, 2 Mar 2026, Help wrote:\nDear Ann,\nwithout any marks",
    "-----Original Message-----\nFrom: Help\nSent: Monday\n\nDear Ann",
    "--------- 원본 메일 ---------\n보낸사람: 도움\n\n안녕하세요",
    "----- 원본 메시지 -----\n보낸 사람: 도움\n받는 사람: 앤\n\n안녕하세요",
    "From: Help <help@shop.example>\nSent: Monday, 2 March 2026 10:00\nTo: Ann\nSubject: x\n\nDear",
    "________________________________\nFrom: Help\nSent: Monday\nTo: Ann\n\nDear Ann",
    "*From:* Help\n*Sent:* Monday\n*To:* Ann\n\nDear Ann",
    "보낸 사람: 도움 <help@shop.example>\n보낸 날짜: 3월 2일\n받는 사람: 앤\n제목: x\n\n안녕",
    "2026년 3월 1일 (일) 오후 3:04, 도움 <help@shop.example>님이 작성:\n\n> 네\n> 안녕하세요",
    "2026년 3월 1일 (일) 오후 3:04, 도움 <help@shop.example>님이 작성:\n네\n안녕하세요",
    "> Dear Ann,\n> hello",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_quotations_are_left_out(quoted: str) -> None:
    found = written(f"It is late.\nPlease help.\n\n{quoted}\n")
    assert found.text == "It is late.\nPlease help."
    assert found.quoted > 0


def test_answers_between_quotations_are_kept() -> None:
    text = "On Monday, Help wrote:\n> Which size?\nForty.\n> Which colour?\nBlue.\n"
    assert written(text).text == "Forty.\nBlue."


@pytest.mark.parametrize(
    "text",
    [
        "The parcel came from: Busan\nand went to Seoul.",
        "On the box somebody wrote: fragile.\nIt was not.",
        "a > b, and 3 > 2",
        "I called on 2 March.\nNobody wrote back.",
    ],
)
def test_what_only_looks_like_a_quotation_is_kept(text: str) -> None:
    assert written(text).text == text


def test_a_mail_of_nothing_but_a_quotation_is_kept() -> None:
    forwarded = "---------- Forwarded message ---------\nFrom: Help\nDate: Monday\n\nDear Ann"
    assert written(forwarded).text == forwarded


SIGNED = [
    ("Bye.\n\n-- \nAnn Lee\n+1 415 555 0101", "Bye.", "Ann Lee\n+1 415 555 0101"),
    ("Bye.\n--\nAnn Lee", "Bye.", "Ann Lee"),
    ("Bye.\n\nBest regards,\nAnn Lee\nBlue Ltd.", "Bye.\n\nBest regards,", "Ann Lee\nBlue Ltd."),
    ("네.\n감사합니다.\n김서연\n010-1234-5678", "네.\n감사합니다.", "김서연\n010-1234-5678"),
    ("네.\n\n김서연 드림\n한빛상사 010-1234-5678", "네.\n\n김서연 드림", "한빛상사 010-1234-5678"),
    ("Bye.\n\nSent from my iPhone", "Bye.", "Sent from my iPhone"),
    ("Thank you.", "Thank you.", ""),
    ("Best regards,\n" + "x" * 100, "Best regards,\n" + "x" * 100, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "signature"), SIGNED)
def test_signatures_are_split_off(text: str, said: str, signature: str) -> None:
    found = written(f"{text}\n\n> quoted\n")
    assert (found.text, found.signature) == (said, signature)


def test_the_signature_of_a_quotation_is_nobodys() -> None:
    found = written("It is late.\n\n> Yes\n> -- \n> Rosa\n> 02-111-2222\n")
    assert (found.text, found.signature) == ("It is late.", "")


@given(st.text(alphabet=st.sampled_from("> -a:\nOn wrote보낸사람감사합니다"), max_size=300))
def test_nothing_is_made_up_and_something_is_left(text: str) -> None:
    found = written(text)
    assert bool(found.text) == bool(text.strip())
    lines = {line.strip() for line in text.split("\n")}
    left = f"{found.text}\n{found.signature}".split("\n")
    assert {line.strip() for line in left} <= lines | {""}
