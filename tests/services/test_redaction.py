# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.services import redaction
from agentassist.services.redaction import passes_luhn, redact

SECRETS = [
    ("my card 4242 4242 4242 4242 12/27", "my card [card •••• 4242] 12/27"),
    ("4111-1111-1111-1111, thanks", "[card •••• 1111], thanks"),
    ("amex 378282246310005.", "amex [card •••• 0005]."),
    ("cvv 123", "cvv [code]"),
    ("CVC: 9876", "CVC: [code]"),
    ("your verification code is 482913", "your verification code is [code]"),
    ("482913 is your verification code", "[code] is your verification code"),
    ("one-time code was 123 456", "one-time code was [code]"),
    ("my PIN is 1234.", "my PIN is [code]."),
    ("[인증번호 123456]", "[인증번호 [code]]"),
    ("인증번호는 123456입니다", "인증번호는 [code]입니다"),
    ("password: hunter2", "password: [password]"),
    ('password is "open sesame"', "password is [password]"),
    ("비밀번호는 abcd1234 입니다", "비밀번호는 [password] 입니다"),
]

HARMLESS = [
    "order #W2611340, tracking 357962501027",
    "MP-204817 and HG-73915",
    "order 4242424242424242424242 is not a card",
    "order #4242424242424242",
    "call +4915112345678 or 010-0000-1234",
    "via credit_card_4190576",
    "the password is wrong",
    "비밀번호를 잊어버렸어요",
    "the code for order MP-204817",
    "zip code 19031, amount 1,240.00",
    "4242 4242 4242 4241 fails the check",
    "0000 0000 0000 0000",
]


@pytest.mark.parametrize(("text", "clean"), SECRETS)
def test_secrets_are_taken_out(text: str, clean: str) -> None:
    assert redact(text) == clean


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


@given(st.integers(10**14, 10**15 - 1), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_found(body: int, between: str) -> None:
    start = f"4{body}"[:15]
    number = next(start + last for last in "0123456789" if passes_luhn(start + last))
    shown = between.join(number[i : i + 4] for i in range(0, 16, 4))
    assert shown not in redact(f"it is {shown} ok")


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_a_long_text_is_quick() -> None:
    text = "1 2 3 4 5 6 7 8 9 " * 5_000
    assert redact(text) == text


def test_every_card_of_a_run_is_found() -> None:
    text = "4242 4242 4242 4242 4111 1111 1111 1111 12/27"
    assert redact(text) == "[card •••• 4242] [card •••• 1111] 12/27"
    assert redact("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2") == "[card •••• 4242]"


ASKED = ["code", "PIN", "pın", "PİN", "otp", "CVV", "cid", "one-time", "verification", "card"]
ASKED += ["password", "pa\u017f\u017fword", "pwd", "pass code", "passphrase", "security", "ship"]
ASKED += ["인증번호", "비밀번호", "패스워드", "보안 코드", "핀번호", "은", "is", ":", " ", "\n"]
TOLD = ["4242 4242 4242 4242", "1234", "123456", "hunter2!", "４２４２", "-", "#"]
WORDS = st.sampled_from([*ASKED, *TOLD])


@given(st.lists(WORDS, max_size=12), st.sampled_from(["", " "]))
def test_what_is_passed_over_holds_no_secret(words: list[str], between: str) -> None:
    text = between.join(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redaction, "_count_digits", lambda _text: 1_000)
        patch.setattr(redaction, "_may_tell_code", lambda _text: True)
        patch.setattr(redaction, "_may_tell_password", lambda _text: True)
        thorough = redaction.redact(text)
    assert redaction.redact(text) == thorough
