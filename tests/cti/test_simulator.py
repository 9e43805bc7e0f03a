# SPDX-License-Identifier: Apache-2.0
import time
from queue import Queue

import pytest

from agentassist.cti import call_script
from agentassist.cti.adapter import AdapterState
from agentassist.cti.simulator import Simulator
from agentassist.domain.call import CallEvent, CallEventKind, Speaker

SCRIPT = call_script.parse(
    """
[call]
from = "+15550100"
to = "+15550199"
queue = "orders"
language = "en"
title = "A call"
[[step]]
event = "newCall"
[[step]]
after = 0.4
speaker = "customer"
text = "Where is my parcel?"
[[step]]
event = "hangup"
""",
    "call.toml",
)


def test_events_and_lines_come_in_the_order_of_the_script() -> None:
    heard: Queue[object] = Queue()
    simulator = Simulator(SCRIPT, lambda *line: heard.put(line), speed=100, agent="Alice")
    simulator.start(heard.put)
    assert simulator.wait(5)
    simulator.close()
    first, said, last = (heard.get_nowait() for _ in range(3))
    assert said == (Speaker.CUSTOMER, "Where is my parcel?", simulator.reference)
    assert isinstance(first, CallEvent)
    assert isinstance(last, CallEvent)
    assert (first.kind, last.kind) == (CallEventKind.RINGING, CallEventKind.ENDED)
    assert (first.remote, first.local, first.queue) == ("+15550100", "+15550199", "orders")
    assert (first.agent, first.context) == ("Alice", {"language": "en"})


@pytest.mark.parametrize(("speed", "least", "most"), [(1, 0.4, 5), (100, 0, 0.3)])
def test_speed_shortens_the_waits(speed: float, least: float, most: float) -> None:
    simulator = Simulator(SCRIPT, lambda *_: None, speed=speed)
    began = time.monotonic()
    simulator.start(lambda _event: None)
    assert simulator.wait(5)
    simulator.close()
    assert least <= time.monotonic() - began < most


def test_close_does_not_wait_for_the_next_step() -> None:
    simulator = Simulator(SCRIPT, lambda *_: None, speed=0.01)
    simulator.start(lambda _event: None)
    assert not simulator.wait(0.05)
    began = time.monotonic()
    simulator.close()
    assert time.monotonic() - began < 1
    assert simulator.status().state is AdapterState.CLOSED


def test_each_call_has_a_reference_of_its_own() -> None:
    calls = {Simulator(SCRIPT, lambda *_: None).reference for _ in range(3)}
    assert len(calls) == 3


def test_speed_must_be_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Simulator(SCRIPT, lambda *_: None, speed=0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_listener_shows_in_the_status() -> None:
    def refuse(_event: CallEvent) -> None:
        raise LookupError

    simulator = Simulator(SCRIPT, lambda *_: None)
    simulator.start(refuse)
    assert simulator.wait(5)
    assert simulator.status().state is AdapterState.FAILED
    simulator.close()
