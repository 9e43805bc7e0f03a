# SPDX-License-Identifier: Apache-2.0
"""Call events posted to this machine, in the form of Zammad's generic CTI push.

Any program on the machine and any web page in a browser can reach a loopback port, so
nothing is taken on trust: a secret token, the exact Host (against DNS rebinding), no
Origin at all (a browser sends one), a small body and little time. What gets through
can announce a call and nothing else.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Collection
from threading import Event, Thread

from aiohttp import web

from agentassist.cti.adapter import (
    AdapterState,
    AdapterStatus,
    Clock,
    Emit,
    IgnoredReason,
    Ledger,
    utc_now,
)
from agentassist.cti.reception import ADDRESS, PATH, Reception
from agentassist.cti.zammad import OwnCalls
from agentassist.errors import Unavailable

MAX_CONNECTIONS = 256
MIN_TOKEN = 16
_BACKLOG = 1024  # a switchboard that catches up opens hundreds of connections at once
_LINGER_SECONDS = 2  # how long a refused sender may go on, so that it can read our answer
Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
_log = logging.getLogger(__name__)


class Webhook:
    """Listens on the loopback, on a thread of its own, and emits what it is sent.

    Senders post to `/cti/<token>`, or to `/cti` with `Authorization: Bearer <token>`.
    `mine` are the agent's names or extensions (see `OwnCalls`); port 0 chooses a free
    port; `deadline` is the seconds a sender has for one request. The owner calls
    `close()`.
    """

    def __init__(
        self,
        token: str,
        *,
        port: int = 0,
        mine: Collection[str] = (),
        deadline: float = 5.0,
        now: Clock = utc_now,
    ) -> None:
        if len(token) < MIN_TOKEN:
            raise ValueError(f"the token needs at least {MIN_TOKEN} characters")
        self.name = "webhook"
        self.port = port
        self._token = token
        self._own = OwnCalls(mine)
        self._deadline = deadline
        self._now = now
        self._ledger = Ledger(self.name, now)
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = Event()

    @property
    def endpoint(self) -> str:
        """Return the address to enter at the sender, with the token: show it to IT only."""
        return f"http://{ADDRESS}:{self.port}{PATH}/{self._token}"

    def start(self, emit: Emit) -> None:
        """Listen; `port` tells the chosen port afterwards.

        Raises:
            Unavailable: the port is taken.
        """
        self._ledger.begin()
        listener = self._bind()
        self.port = listener.getsockname()[1]
        self._ledger.reached(AdapterState.RUNNING, f"http://{ADDRESS}:{self.port}{PATH}")
        self._thread = Thread(
            target=self._run, args=(listener, emit), name="agentassist-webhook", daemon=True
        )
        self._thread.start()

    def status(self) -> AdapterStatus:
        """Return what arrived and what was ignored."""
        return self._ledger.status()

    def close(self) -> None:
        """Stop listening and join the thread; requests under way are cut off."""
        if self._thread is not None:
            self._ready.wait()
            if self._loop is not None and self._stop is not None and self._thread.is_alive():
                self._wake(self._loop, self._stop)
            self._thread.join()
        self._ledger.reached(AdapterState.CLOSED)

    @staticmethod
    def _wake(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
        try:
            loop.call_soon_threadsafe(stop.set)
        except RuntimeError:  # the loop ended by itself in this very moment
            _log.debug("the webhook had ended before it was closed")

    def _bind(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            # On Windows SO_REUSEADDR would let another program take the port over.
            exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
            listener.setsockopt(socket.SOL_SOCKET, exclusive, 1)
            listener.bind((ADDRESS, self.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            self._ledger.reached(AdapterState.FAILED)
            raise Unavailable(
                "Call events cannot be received: port {port} is not free ({reason})."
                " Close the other program or choose another webhook_port in the settings.",
                port=self.port,
                reason=error.strerror,
            ) from error
        return listener

    def _run(self, listener: socket.socket, emit: Emit) -> None:
        try:
            asyncio.run(self._serve(listener, emit))
        except BaseException:
            self._ledger.reached(AdapterState.FAILED)
            raise
        finally:
            listener.close()
            self._ready.set()

    async def _serve(self, listener: socket.socket, emit: Emit) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        desk = Reception(self._token, self.port, self._own, self._ledger, emit, self._now)
        runner = web.ServerRunner(
            _Server(desk.answer, self._deadline, self._ledger), shutdown_timeout=0.2
        )
        await runner.setup()
        try:
            await web.SockSite(runner, listener, backlog=_BACKLOG).start()
            self._ready.set()
            await self._stop.wait()
        finally:
            await runner.cleanup()


class _Server(web.Server):
    """Gives each connection one request and one deadline, which covers slow headers too."""

    def __init__(self, answer: Answer, deadline: float, ledger: Ledger) -> None:
        # What a stranger sends must not fill the log: the library logs each bad request.
        quiet = logging.Logger("agentassist.cti.http", logging.CRITICAL + 1)
        super().__init__(
            answer,
            access_log=None,
            logger=quiet,
            lingering_time=_LINGER_SECONDS,
            auto_decompress=False,
        )
        self._seconds = deadline
        self._ledger = ledger

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Accept, unless too many are open, and start the clock."""
        super().connection_made(handler, transport)
        loop = asyncio.get_running_loop()
        if len(self.connections) > MAX_CONNECTIONS:
            # Not at once: the library is still setting the connection up.
            loop.call_soon(self._cut, transport, IgnoredReason.TOO_MANY)
        else:
            loop.call_later(self._seconds, self._cut, transport, IgnoredReason.TOO_SLOW)

    def _cut(self, transport: asyncio.Transport, reason: IgnoredReason) -> None:
        if not transport.is_closing():
            self._ledger.ignore(reason)
            transport.abort()
