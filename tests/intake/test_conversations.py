# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.intake.conversations import MAX_MESSAGES, is_conversation, transcript


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("customer", "Customer"),
        ("END_USER", "Customer"),
        ("고객", "Customer"),
        ("assistant", "Agent"),
        ("상담원", "Agent"),
        ("Supervisor Kim", "Supervisor Kim"),
    ],
)
def test_roles_are_kept(role: str, shown: str) -> None:
    assert transcript([{"role": role, "text": " hi "}]) == f"{shown}: hi"


def test_a_message_without_a_role_is_only_its_text() -> None:
    assert transcript([{"body": "hello"}]) == "hello"


@pytest.mark.parametrize("value", [[], ["a"], [{"role": "x"}], [{"text": 5}], [{"text": "a"}, 1]])
def test_other_lists_are_no_conversation(value: list[object]) -> None:
    assert not is_conversation(value)


def test_an_endless_chat_is_cut() -> None:
    assert transcript([{"text": "a"}] * (MAX_MESSAGES + 5)).count("\n") == MAX_MESSAGES - 1
