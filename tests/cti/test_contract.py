# SPDX-License-Identifier: Apache-2.0
"""What the desk relies on, whatever adapter is behind it."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from queue import Empty, Queue

import pytest

from agentassist.cti import call_script
from agentassist.cti.adapter import Adapter, AdapterState
from agentassist.cti.simulator import Simulator
from agentassist.cti.webhook import Webhook
from agentassist.domain.call import CallEvent, CallEventKind
from tests.cti.conftest import TOKEN
from tests.cti.sender import RINGING, post

SCRIPT = """
[call]
from = "+493055571600"
title = "A call"
[[step]]
event = "newCall"
[[step]]
event = "answer"
[[step]]
event = "hangup"
"""


class Line(ABC):
    """A telephone line with an adapter at its end."""

    adapter: Adapter

    @abstractmethod
    def call(self) -> None:
        """Let somebody ring, be answered and hang up, after `start`."""


class SimulatedLine(Line):
    def __init__(self) -> None:
        script = call_script.parse(SCRIPT, "call.toml")
        self.adapter = Simulator(script, lambda _speaker, _text, _reference: None, speed=1000)

    def call(self) -> None:
        """The script starts by itself."""


class PushedLine(Line):
    def __init__(self) -> None:
        self.adapter = Webhook(TOKEN)

    def call(self) -> None:
        for event in ("newCall", "answer", "hangup"):
            post(self.adapter.port, {**RINGING, "event": event})


@pytest.fixture(params=[SimulatedLine, PushedLine])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    line: Line = request.param()
    yield line
    line.adapter.close()


def test_a_call_arrives_in_order_with_one_reference(line: Line, events: Queue[CallEvent]) -> None:
    line.adapter.start(events.put)
    line.call()
    heard = [events.get(timeout=5) for _ in range(3)]
    assert [event.kind for event in heard] == list(CallEventKind)
    assert len({event.reference for event in heard}) == 1
    assert heard[0].remote.endswith("493055571600")


def test_times_are_of_now_and_aware(line: Line, events: Queue[CallEvent]) -> None:
    line.adapter.start(events.put)
    line.call()
    received = events.get(timeout=5).received_at
    assert received.tzinfo is UTC
    assert abs(datetime.now(UTC) - received) < timedelta(seconds=10)


def test_events_come_on_a_thread_of_the_adapter(line: Line) -> None:
    threads: Queue[str] = Queue()
    line.adapter.start(lambda _event: threads.put(threading.current_thread().name))
    line.call()
    assert threads.get(timeout=5) == f"agentassist-{line.adapter.name}"


def test_status_tells_what_happened(line: Line, events: Queue[CallEvent]) -> None:
    assert line.adapter.status().state is AdapterState.READY
    line.adapter.start(events.put)
    line.call()
    last = [events.get(timeout=5) for _ in range(3)][-1]
    line.adapter.close()
    status = line.adapter.status()
    assert (status.name, status.state) == (line.adapter.name, AdapterState.CLOSED)
    assert (status.events, status.last_event, status.ignored) == (3, last, {})


def test_nothing_is_emitted_after_close(line: Line, events: Queue[CallEvent]) -> None:
    line.adapter.start(events.put)
    line.adapter.close()
    while not events.empty():
        events.get_nowait()
    with pytest.raises(Empty):
        events.get(timeout=0.05)


def test_close_is_quick_and_may_come_twice(line: Line, events: Queue[CallEvent]) -> None:
    line.adapter.start(events.put)
    began = time.monotonic()
    line.adapter.close()
    line.adapter.close()
    assert time.monotonic() - began < 2


def test_an_adapter_serves_once(line: Line, events: Queue[CallEvent]) -> None:
    line.adapter.start(events.put)
    with pytest.raises(RuntimeError, match="not ready"):
        line.adapter.start(events.put)
    line.adapter.close()
    with pytest.raises(RuntimeError, match="closed"):
        line.adapter.start(events.put)


def test_close_before_start(line: Line) -> None:
    line.adapter.close()
    assert line.adapter.status().state is AdapterState.CLOSED
