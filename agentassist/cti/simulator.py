# SPDX-License-Identifier: Apache-2.0
"""A telephone system that plays a call script: for the demo, for training and for tests."""

from collections.abc import Callable
from threading import Event, Thread

from agentassist.cti.adapter import AdapterState, AdapterStatus, Clock, Emit, Ledger, utc_now
from agentassist.cti.call_script import CallScript, EventStep, Step
from agentassist.domain.call import CallEvent, CallEventKind, Speaker
from agentassist.domain.identifiers import new_id

Say = Callable[[Speaker, str, str], None]


class Simulator:
    """Plays one call on a thread of its own, once.

    Call events go to `emit`, spoken lines to `say(speaker, text, reference)`; the
    reference is new for each simulator, so that a script can be played many times.
    `speed` 2 plays twice as fast as written. The owner calls `close()`.
    """

    def __init__(
        self,
        script: CallScript,
        say: Say,
        *,
        speed: float = 1.0,
        agent: str = "",
        now: Clock = utc_now,
    ) -> None:
        if speed <= 0:
            raise ValueError("speed must be above 0")
        self.name = "simulator"
        self.reference = f"simulated-{new_id()}"
        self._script = script
        self._say = say
        self._speed = speed
        self._agent = agent
        self._now = now
        self._ledger = Ledger(self.name, now)
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self, emit: Emit) -> None:
        """Play the script from its first step."""
        self._ledger.begin()
        self._thread = Thread(
            target=self._play, args=(emit,), name="agentassist-simulator", daemon=True
        )
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end of the script; True when it was reached in time."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def status(self) -> AdapterStatus:
        """Return how far it is; `closed` once the script is over."""
        return self._ledger.status()

    def close(self) -> None:
        """Stop between two steps and join the thread."""
        self._stop.set()
        self.wait()
        self._ledger.reached(AdapterState.CLOSED)

    def _play(self, emit: Emit) -> None:
        try:
            for step in self._script.steps:
                if self._stop.wait(step.after / self._speed):
                    break
                self._perform(step, emit)
        except BaseException:
            self._ledger.reached(AdapterState.FAILED)
            raise
        self._ledger.reached(AdapterState.CLOSED)

    def _perform(self, step: Step, emit: Emit) -> None:
        if isinstance(step, EventStep):
            event = self._event(step.kind)
            emit(event)
            self._ledger.emitted(event)
        else:
            self._say(step.speaker, step.text, self.reference)

    def _event(self, kind: CallEventKind) -> CallEvent:
        return CallEvent(
            kind=kind,
            reference=self.reference,
            received_at=self._now(),
            remote=self._script.remote,
            local=self._script.local,
            agent=self._agent,
            queue=self._script.queue,
            reason="normalClearing" if kind is CallEventKind.ENDED else "",
            context=self._context(),
        )

    def _context(self) -> dict[str, str]:
        spoken = {"language": self._script.language} if self._script.language else {}
        return {**spoken, **self._script.context}
