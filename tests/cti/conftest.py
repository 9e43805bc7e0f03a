# SPDX-License-Identifier: Apache-2.0
"""Adapters under test, and a guard against threads they leave behind."""

import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from agentassist.cti.webhook import Webhook
from agentassist.domain.call import CallEvent

TOKEN = "a-token-that-only-the-sender-knows"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread of the product running."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before]
    assert [t.name for t in left if t.name.startswith("agentassist")] == []


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
