# SPDX-License-Identifier: Apache-2.0
"""Adapters under test; that they leave no thread behind is checked for all tests."""

from collections.abc import Iterator
from queue import Queue

import pytest

from agentassist.cti.webhook import Webhook
from agentassist.domain.call import CallEvent

TOKEN = "a-token-that-only-the-sender-knows"


@pytest.fixture
def events() -> Queue[CallEvent]:
    """Take what an adapter emits, in order."""
    return Queue()


@pytest.fixture
def webhook(events: Queue[CallEvent]) -> Iterator[Webhook]:
    """Listen on a free port, with little patience."""
    adapter = Webhook(TOKEN, deadline=0.5)
    adapter.start(events.put)
    yield adapter
    adapter.close()
