# SPDX-License-Identifier: Apache-2.0
"""The rules of the queue come from the settings."""

from datetime import UTC, datetime, timedelta

import pytest

from agentassist.domain.history import Channel
from agentassist.errors import UserError
from agentassist.services.queue_rules import queue_rules
from agentassist.settings import Settings

FRIDAY = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)


def test_targets_hours_and_days_are_taken_over() -> None:
    rules = queue_rules(
        Settings(
            target_chat_minutes=5, business_hours="09:00-18:00", business_days="12345",
            business_zone="Asia/Seoul", queue_days=7,
        )
    )  # fmt: skip
    assert rules.days == 7
    assert rules.clock.due(Channel.CHAT, FRIDAY) == FRIDAY + timedelta(minutes=5)
    late = FRIDAY + timedelta(hours=1)
    assert rules.clock.due(Channel.CHAT, late) == datetime(2026, 3, 9, 0, 5, tzinfo=UTC)


def test_without_a_zone_it_is_the_machines() -> None:
    due = queue_rules(Settings()).clock.due(Channel.CALL, FRIDAY).astimezone()
    assert (due.hour, due.minute) == (0, 0)
    assert timedelta(0) < due - FRIDAY <= timedelta(hours=25)


@pytest.mark.parametrize(
    "given", [{"business_zone": "Mars/Base"}, {"business_hours": "18:00-09:00"},
              {"business_zone": "../../etc/passwd"}]
)  # fmt: skip
def test_what_cannot_be_is_said(given: dict[str, str]) -> None:
    with pytest.raises(UserError):
        queue_rules(Settings(**given))  # type: ignore[arg-type]
