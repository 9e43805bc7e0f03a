# SPDX-License-Identifier: Apache-2.0
"""Codes that are told as bare answers are masked; other numbers stay."""

import pytest

from agentassist.domain.call import Speaker
from agentassist.domain.identifiers import new_id
from agentassist.services.calls import CallLog
from agentassist.services.told_codes import redact_answer
from agentassist.storage.database import Database
from tests.services.conftest import NOON


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        ("And your PIN, please?", "2342", "[code]"),
        ("And your PIN, please?", "either 2342 or 4815.", "either [code] or [code]."),
        ("And your PIN, please?", "they took $3000 on 12/05/2024", "they took $3000 on 12/05/2024"),
        ("And your PIN, please?", "my account is 4815162342", "my account is 4815162342"),
        ("비밀번호를 말씀해 주세요", "2342요", "[code]요"),
        ("인증번호를 말씀해 주세요", "123456", "[code]"),
        ("What is the password?", "hunter2", "[password]"),
        ("What is the password?", "I never had one", "I never had one"),
        ("What is your room number?", "2342", "2342"),
    ],
)
def test_the_question_gives_the_code_away(question: str, answer: str, kept: str) -> None:
    assert redact_answer(answer, question) == kept


def test_only_the_answer_to_the_last_question_is_masked(database: Database) -> None:
    log = CallLog(database, lambda: NOON)
    call, other = new_id(), new_id()
    log.hear(call, Speaker.AGENT, "And your PIN, please?")
    assert log.hear(other, Speaker.CUSTOMER, "2342").text == "2342"
    assert log.hear(call, Speaker.CUSTOMER, "2342").text == "[code]"
    log.hear(call, Speaker.AGENT, "Thank you. Which room is it?")
    assert log.hear(call, Speaker.CUSTOMER, "2342").text == "2342"
