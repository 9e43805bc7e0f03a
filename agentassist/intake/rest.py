# SPDX-License-Identifier: Apache-2.0
"""Ask a REST interface for JSON, patiently: time limits, back-off, and what the server says.

The token goes to one address only: redirects are not followed, and an address of the next page
that leads elsewhere is refused. Plain http is for this machine alone.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from agentassist.domain.waiting import never
from agentassist.errors import Cancelled, Unavailable, UserError

if TYPE_CHECKING:
    from httpx2 import Response

MAX_BODY = 64_000_000
"""The longest answer that is read, in bytes."""
LONGEST_WAIT = 900.0
"""How long a server may ask us to wait, in seconds."""

_NOT_KNOWN, _NOT_ALLOWED, _TOO_MANY = 401, 403, 429
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried and how long is waited between, in seconds."""

    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    timeout: float = 30.0


class Forbidden(UserError):
    """The token is known, and may not read this."""


class Missing(UserError):
    """There is no such page: a record is gone, or the address is another system's."""


class _Again(Exception):
    """Worth another attempt, after `wait` seconds where the server said so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class Rest:
    """One address and the token for it; `close` ends its connections.

    `cancelled` is asked before each request, and raises Cancelled. Attributes: `address`.
    """

    def __init__(
        self,
        address: str,
        authorization: str,
        *,
        headers: Mapping[str, str] | None = None,
        patience: Patience | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> None:
        """Raises UserError when the address is none that a token may be sent to."""
        import httpx2  # noqa: PLC0415  slow to load

        self.address = checked_address(address)
        self._patience = patience or Patience()
        self._cancelled = cancelled
        self._client = httpx2.Client(
            base_url=self.address,
            headers={"Accept": "application/json", "Authorization": authorization}
            | dict(headers or {}),
            timeout=self._patience.timeout,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Mapping[str, object]:
        """Return the object that a path answers with; a list comes under "items".

        Raises:
            UserError: the token is refused; Forbidden where it only may not read this.
            Missing: there is no such page.
            Unavailable: it does not answer, however often it is asked.
            Cancelled: the person stopped it.
        """
        return self._ask("GET", path, query or {}, None)

    def post(self, path: str, body: Mapping[str, object]) -> Mapping[str, object]:
        """Search: send an object and return the answer; as `get`."""
        return self._ask("POST", path, {}, body)

    def _ask(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, object] | None
    ) -> Mapping[str, object]:
        import stamina  # noqa: PLC0415  slow to load

        stamina.instrumentation.set_on_retry_hooks([])  # its lines would name addresses
        patience = self._patience
        attempts = stamina.retry_context(
            on=_wait_for,
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.first_wait,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return self._once(method, path, query, body)
        except _Again as error:
            raise Unavailable(
                "{address} does not answer ({why}): it is tried again later.",
                address=self.address,
                why=error.reason,
            ) from error
        raise AssertionError  # an attempt returns or raises

    def _once(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, object] | None
    ) -> Mapping[str, object]:
        import httpx2  # noqa: PLC0415  slow to load

        if self._cancelled():
            raise Cancelled
        try:
            with self._client.stream(method, path, params=dict(query), json=body) as response:
                self._judge(response)
                return _object(_body(response))
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise _Again(type(error).__name__) from error

    def _judge(self, response: "Response") -> None:
        """Raise what the status says; a redirect leads to where the token must not go."""
        status = response.status_code
        if status == _TOO_MANY:
            raise _Again("too many requests", _asked_wait(response.headers))
        if status >= 500:  # noqa: PLR2004 - faults of the server
            raise _Again(f"status {status}", _asked_wait(response.headers))
        if status in {_NOT_KNOWN, _NOT_ALLOWED}:
            raise (Forbidden if status == _NOT_ALLOWED else UserError)(
                "{address} refuses the token ({status}): store another one, or let it read "
                "customers and conversations.",
                address=self.address,
                status=status,
            )
        if status >= 300:  # noqa: PLR2004 - not the answer we asked for
            raise Missing(
                "{address} has no such page ({status}): check the address of the system.",
                address=self.address,
                status=status,
            )


def checked_address(address: str) -> str:
    """Return scheme, host and port; raises UserError for what a token must not be sent to."""
    problem = UserError(
        '"{address}" is no address of a system: write https://company.example.com.',
        address=address[:80],
    )
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise problem from None
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or "@" in parts.netloc or not (parts.scheme == "https" or plain):
        raise problem
    return f"{parts.scheme}://{parts.netloc}"


def basic_or_bearer(token: str) -> str:
    """Return the header for `name:password` or for a bearer token."""
    if ":" in token:
        return f"Basic {b64encode(token.encode()).decode()}"
    return f"Bearer {token}"


def _body(response: "Response") -> bytes:
    pieces, length = [], 0
    for piece in response.iter_bytes():
        length += len(piece)
        if length > MAX_BODY:
            raise Unavailable("An answer is longer than {most} bytes.", most=MAX_BODY)
        pieces.append(piece)
    return b"".join(pieces)


def _object(body: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Again("no JSON") from error
    if isinstance(value, list):
        return {"items": value}
    if not isinstance(value, dict):
        raise _Again("no JSON object")
    return value


def _wait_for(error: Exception) -> bool | float:
    """Tell the retries whether to go on, and after how many seconds."""
    if not isinstance(error, _Again):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= LONGEST_WAIT else False


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After (RFC 9110), in seconds or as a date, else a time of reset."""
    asked = headers.get("Retry-After", "").strip()
    reset = headers.get("X-RateLimit-Reset", "").strip()
    try:
        if asked:
            return _seconds(asked)
        return max(0.0, float(reset) - time()) if reset else None
    except (ValueError, TypeError):
        return None


def _seconds(asked: str) -> float:
    if asked.replace(".", "", 1).isdigit():
        return float(asked)
    return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
