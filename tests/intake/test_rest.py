# SPDX-License-Identifier: Apache-2.0
"""Requests to servers that are slow, large, or answer with something else."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic, time
from typing import Any

import pytest

from agentassist.errors import Unavailable, UserError
from agentassist.intake import rest
from agentassist.intake.rest import Missing, Patience, Rest, basic_or_bearer, checked_address
from tests.live_systems import Asked, serving

HASTE = Patience(attempts=2, first_wait=0.01, longest_wait=0.02, timeout=0.3)


def _client(url: str) -> Rest:
    return Rest(url, basic_or_bearer("token"), patience=HASTE)


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    def slow(_data: Any, _asked: Asked) -> dict[str, Any]:
        began = monotonic()
        while monotonic() - began < 0.8:
            pass
        return {}

    began = monotonic()
    with serving({}, slow) as system, _client(system.url) as client:
        with pytest.raises(Unavailable, match="ReadTimeout"):
            client.get("/x")
        assert monotonic() - began < 10
        assert len(system.asked) == 2


def test_an_answer_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "MAX_BODY", 1_000)
    with (
        serving({}, lambda *_: {"x": "y" * 5_000}) as system,
        _client(system.url) as client,
        pytest.raises(Unavailable, match="longer than"),
    ):
        client.get("/x")


@pytest.mark.parametrize("answer", ["text", 5, True])
def test_what_is_no_object_is_no_answer(answer: object) -> None:
    with (
        serving({}, lambda *_: answer) as system,
        _client(system.url) as client,
        pytest.raises(Unavailable, match="no JSON object"),
    ):
        client.get("/x")


def test_a_list_is_an_object_with_items() -> None:
    with serving({}, lambda *_: [1, 2]) as system, _client(system.url) as client:
        assert client.get("/x") == {"items": [1, 2]}


def test_a_server_that_is_not_there_is_told() -> None:
    with _client("http://127.0.0.1:9") as client, pytest.raises(Unavailable, match="does not"):
        client.get("/x")


def test_what_is_gone_is_told_apart_from_a_refusal() -> None:
    with serving({}, lambda *_: None) as system, _client(system.url) as client:
        with pytest.raises(Missing):
            client.get("/x")
        system.troubles = ["403"]
        with pytest.raises(UserError, match="token"):
            client.post("/x", {})
        assert system.asked[-1].headers["Authorization"] == "Bearer token"


def test_what_the_server_asks_to_wait() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=60)
    waits = [
        rest._asked_wait(headers) or 0.0
        for headers in (
            {"Retry-After": "7"},
            {"Retry-After": format_datetime(soon)},
            {"X-RateLimit-Reset": str(time() + 60)},
            {"Retry-After": format_datetime(soon - timedelta(hours=1))},
        )
    ]
    assert waits[0] == 7
    assert all(0 < wait <= 60 for wait in waits[1:3])
    assert waits[3] == 0


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"X-RateLimit-Reset": "x"}])
def test_no_wait_is_asked(headers: dict[str, str]) -> None:
    assert rest._asked_wait(headers) is None


@pytest.mark.parametrize(
    "address",
    ["http://a.com", "ftp://a.com", "a.com", "https://", "https://u:p@a.com", "https://[x", ""],
)
def test_a_token_is_not_sent_there(address: str) -> None:
    with pytest.raises(UserError):
        checked_address(address)


def test_only_the_host_of_an_address_counts() -> None:
    assert checked_address(" https://a.example.com:8443/agent?x=1 ") == "https://a.example.com:8443"
