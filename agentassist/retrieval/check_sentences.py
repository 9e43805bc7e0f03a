# SPDX-License-Identifier: Apache-2.0
"""Sentences on which an exported model must agree with the library it came from.

Made by combination, so that they are many, varied in length and always the same.
"""

from itertools import product

_WHO = (
    "A customer",
    "My neighbour",
    "The night clerk",
    "Someone from the warehouse",
    "Our oldest guest",
    "Ms. Okonkwo-Lindqvist",
)
_WHAT = (
    "wants the charge of 49.90 EUR taken back",
    "cannot sign in since the update",
    "asks whether the room can be kept until four",
    "found the parcel opened and half empty",
    "is moving to another city next month",
    "would like the invoice sent again, with the company's name",
    "hears nothing but a crackle on the line",
    "forgot the answer to the security question",
)
_WHY = (
    "",
    "and has called twice about it already",
    "because the card was lost on the train between two stations, together with the passport "
    "and a telephone that nobody answers",
    "although the page said that order #AX-4410/7 would arrive on 03/11 at the latest",
)
_ODD = (
    "?",
    "error 0x80070057",
    "RS-232 to USB-C, 1.5 m, part no. 77-B/2",
    "naïve café, Zürich, 12 °C",
    "환불은 언제 되나요",
    "thanks, bye 👋",
    "AAAAAAAAAAAAAAAAAAAA",
    "tab\tand\nnewline",
)

PARAPHRASES = (
    ("My parcel is late.", "The parcel has not arrived yet."),
    ("I forgot my password.", "I cannot remember my password."),
    ("Can I get my money back?", "How do I get a refund of my money?"),
    ("The internet at home does not work.", "There is no internet in my house."),
    ("I want to cancel my order.", "Please cancel the order that I made."),
    ("What time is check-out?", "When do I have to check out?"),
    ("내 소포가 늦어요.", "소포가 아직 도착하지 않았어요."),
    ("환불은 언제 되나요?", "환불 받는 데 얼마나 걸리나요?"),
)


def check_sentences() -> tuple[str, ...]:
    """Return about 200 different sentences, of one word to some two hundred."""
    plain = tuple(
        f"{who} {what} {why}".strip() + "." for who, what, why in product(_WHO, _WHAT, _WHY)
    )
    return (*plain, *_ODD, " ".join(plain[:12]), " ".join(plain[40:70]))
