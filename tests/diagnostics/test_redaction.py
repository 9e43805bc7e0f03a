# SPDX-License-Identifier: Apache-2.0
import time
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.diagnostics import describe, redact
from agentassist.diagnostics.redaction import MAX_TEXT
from agentassist.domain.identifiers import new_id
from agentassist.errors import UserError


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("call from +1 (303) 555-0142 now", "call from [number] now"),
        ("+82 10-5550-0456", "[number]"),
        ("010.5550.0123,ok", "[number],ok"),
        ("030/5557160", "[number]"),
        ("493055571600", "[number]"),
        ("card 4111 1111 1111 1111!", "card [number]!"),
        ("order W4711471100", "order W[number]"),
        ("０１０１２３４５６７", "[number]"),
        ("<noah.brown7922@example.com>", "<[e-mail]>"),
        ("noah+x@sub.example.co.kr wrote", "[e-mail] wrote"),
        ("root@localhost", "[e-mail]"),
        ("김하나@example.com", "[e-mail]"),
        (f"{Path.home()}/x.py", "~/x.py"),
    ],
)
def test_numbers_and_addresses_go(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "article 12 of 345 in 1.25 s",
        "127.0.0.1:54321",
        "2026-03-02 09:30:15,123 INFO",
        "at 2026-03-02T09:30:15.123456+00:00",
        'File "x.py", line 123, in @property',
        "3.11.7 on port 8080",
        "한국어 문장",
        "see crash-20260302-093015-001.txt",
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert redact(text) == text


@given(st.builds(new_id) | st.uuids())
def test_keys_stay(key: UUID) -> None:
    assert redact(f"call {key} ended") == f"call {key} ended"


@given(
    st.text(), st.text("0123456789 -", min_size=1).filter(lambda s: sum(map(str.isdigit, s)) > 0)
)
def test_no_long_run_of_digits_is_left(words: str, number: str) -> None:
    run = "".join(filter(str.isdigit, number)) * 7
    assert run not in redact(f"{words} {run} {words}")


@pytest.mark.parametrize("text", ["a" * 500_000, "1 " * 250_000, "a@" * 250_000, "." * 500_000])
def test_long_text_is_cut_and_takes_no_time(text: str) -> None:
    began = time.monotonic()
    assert len(redact(text)) <= MAX_TEXT * 5
    assert time.monotonic() - began < 1


def quote_the_customer(error: BaseException, cause: BaseException | None) -> None:
    raise error from cause


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    with pytest.raises(type(error)) as caught:
        quote_the_customer(error, cause)
    return caught.value


def test_a_message_that_may_quote_a_customer_is_left_out() -> None:
    text = describe(raised(KeyError("Noah Brown"), raised(ValueError("986 Sunset Drive"))))
    assert "Noah" not in text
    assert "Sunset" not in text
    assert "KeyError" in text
    assert text.index("ValueError") < text.index("which came") < text.index("KeyError")
    assert "in quote_the_customer" in text


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UserError("No customer {name}.", name="Noah"), "UserError: No customer {name}."),
        (FileNotFoundError(2, "No such file", "/home/noah/x"), "FileNotFoundError: No such file"),
        (AttributeError("no attribute 'x'"), "AttributeError: no attribute 'x'"),
        (TypeError("got +1 303 555 0142"), "TypeError: got [number]"),
        (ExceptionGroup("Noah", [KeyError("Noah")]), "ExceptionGroup\n  with KeyError"),
    ],
)
def test_messages_of_known_kinds_stay(error: BaseException, told: str) -> None:
    text = describe(error)
    assert text.rstrip().endswith(told)
    assert "oah" not in text


def test_errors_in_a_circle_end() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert describe(first).count("KeyError") == 1


def endless(n: int) -> int:
    return endless(n + 1)


def test_deep_recursion_is_described_briefly() -> None:
    with pytest.raises(RecursionError) as caught:
        endless(0)
    assert "RecursionError" in describe(caught.value)
