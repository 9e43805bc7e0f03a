# SPDX-License-Identifier: Apache-2.0
"""What counts as a complaint, as the customer's yes, and as a machine's mail."""

import pytest

from agentassist.domain import loop_words as words


@pytest.mark.parametrize(
    "text",
    [
        "This is unacceptable, I want my money back.",
        "I am very disappointed with the service",
        "Third time I write about this parcel!",
        "Nobody has answered my mail.",
        "I'd like to speak to a manager",
        "still waiting for my refund",
        "답변이 없네요. 정말 실망입니다.",
        "벌써 세 번째 문의드려요",
        "너무 화가 나네요",
        "다시는 이용하지 않겠습니다",
        "연락도 없고 최악이에요",
    ],
)
def test_complaints_are_heard(text: str) -> None:
    assert words.complains(text)


@pytest.mark.parametrize(
    "text",
    [
        "No complaints, everything was fine.",
        "I can't complain about the sofa",
        "Where is my parcel?",
        "I was not disappointed at all",
        "불만은 없습니다. 배송만 확인해 주세요.",
        "주문을 취소하고 싶어요",
        "",
    ],
)
def test_other_talk_is_no_complaint(text: str) -> None:
    assert not words.complains(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, that works now!",
        "Perfect, thank you so much.",
        "The lamp arrived today. All good.",
        "감사합니다. 잘 받았어요.",
        "해결됐어요 고맙습니다",
    ],
)
def test_the_customers_yes_is_heard(text: str) -> None:
    assert words.confirms(text)
    assert words.is_short(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, but it still does not work.",
        "Thanks for nothing",
        "Thank you in advance",
        "Great, when will it arrive?",
        "Thanks. Please also send the invoice.",
        "It isn't solved",
        "감사하지만 아직 안 돼요",
        "미리 감사드립니다",
        "감사합니다. 영수증도 보내 주세요.",
        "no",
    ],
)
def test_thanks_with_a_wish_is_no_yes(text: str) -> None:
    assert not words.confirms(text)


def test_what_a_mail_quotes_is_not_its_own() -> None:
    mail = "Thanks, got it.\n\nOn Mon, 2 Mar 2026 at 10:00 Dana wrote:\n> This is unacceptable"
    assert words.own_words(mail).strip() == "Thanks, got it."
    assert words.own_words("> old\nnew") == "new"
    assert words.own_words(
        "네, 됐어요\n2026년 3월 2일 (월) 오전 10:00, 상담원 작성:\n최악"
    ).strip() == ("네, 됐어요")


def test_of_a_transcript_only_the_customer_speaks() -> None:
    talk = "Customer: Where is it?\nAgent: I am terribly disappointed for you.\nCustomer: ok"
    assert words.customers_words(talk) == "Where is it?\nok"
    assert words.was_answered_inside(talk)
    assert not words.was_answered_inside("Customer: hello?\nCustomer: anyone?")
    assert words.was_answered_inside("고객: 안녕하세요\n상담원: 네 고객님")


@pytest.mark.parametrize(
    ("attributes", "subject", "author"),
    [
        ({"Auto-Submitted": "auto-replied"}, "", ""),
        ({"auto_submitted": "auto-generated"}, "", ""),
        ({"Precedence": "bulk"}, "", ""),
        ({"List-Unsubscribe": "<mailto:x@example.com>"}, "", ""),
        ({"automatic": "true"}, "", ""),
        ({"automatic": "auto-reply"}, "", ""),
        ({"automatic": "bounce"}, "", ""),
        ({}, "Automatic reply: holiday", ""),
        ({}, "자동 회신: 휴가 중입니다", ""),
        ({}, "Undeliverable: your order", ""),
        ({}, "", "no-reply@shop.example"),
        ({}, "", "MAILER-DAEMON@example.com"),
    ],
)
def test_machines_are_known(attributes: dict[str, str], subject: str, author: str) -> None:
    assert words.is_automatic(attributes, subject, author)


def test_people_are_no_machines() -> None:
    assert not words.is_automatic(
        {"Auto-Submitted": "no", "automatic": "", "priority": "high"}, "Reply", "Dana"
    )
