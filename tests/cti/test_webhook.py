# SPDX-License-Identifier: Apache-2.0
"""The webhook against senders that mean well, and against those that do not."""

import json
import random
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from queue import Queue
from urllib.parse import urlencode

import psutil
import pytest

from agentassist.cti.adapter import AdapterState, IgnoredReason
from agentassist.cti.reception import MAX_BODY
from agentassist.cti.webhook import MAX_CONNECTIONS, Webhook
from agentassist.domain.call import Call, CallEvent, CallEventKind, CallState, advance, begin
from agentassist.domain.identifiers import new_id
from agentassist.errors import Unavailable
from tests.cti.conftest import TOKEN
from tests.cti.sender import RINGING, post

Events = Queue[CallEvent]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def raw(port: int, request: bytes, *, seconds: float = 5) -> bytes:
    """Send bytes as they are and return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as sender:
        sender.sendall(request)
        return received(sender)


def received(sender: socket.socket) -> bytes:
    answer = b""
    with suppress(ConnectionError):
        while part := sender.recv(65_536):
            answer += part
    return answer


def drip_until_closed(sender: socket.socket, drop: bytes) -> None:
    sender.settimeout(0.05)
    with suppress(ConnectionError):
        while True:
            try:
                if not sender.recv(1):
                    return
            except TimeoutError:
                sender.sendall(drop)


def ignored(webhook: Webhook) -> dict[IgnoredReason, int]:
    return dict(webhook.status().ignored)


def test_json_with_the_token_in_the_path(webhook: Webhook, events: Events) -> None:
    assert post(webhook.port, RINGING) == (200, {})
    event = events.get(timeout=5)
    assert (event.kind, event.reference) == (CallEventKind.RINGING, "307fa962")
    assert event.remote == "493055571600"


def test_a_form_with_the_token_in_a_header(webhook: Webhook, events: Events) -> None:
    body = urlencode({**RINGING, "user": "Alice"}).encode()
    bearer = {**FORM, "Authorization": f"Bearer {TOKEN}"}
    assert post(webhook.port, body, path="/cti", headers=bearer) == (200, {})
    assert events.get(timeout=5).agent == "Alice"


def test_localhost_is_this_machine_too(webhook: Webhook, events: Events) -> None:
    host = {"Host": f"localhost:{webhook.port}"}
    assert post(webhook.port, RINGING, headers=host) == (200, {})
    assert events.get(timeout=5)


def test_the_endpoint_is_what_a_sender_needs(webhook: Webhook) -> None:
    assert webhook.endpoint == f"http://127.0.0.1:{webhook.port}/cti/{TOKEN}"
    assert TOKEN not in webhook.status().address
    assert webhook.status().state is AdapterState.RUNNING


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/cti/", {}),
        ("/cti", {}),
        (f"/cti/{TOKEN}x", {}),
        (f"/cti/{TOKEN[:-1]}", {}),
        ("/cti/%ED%95%9C", {}),
        ("/cti", {"Authorization": "Bearer "}),
        ("/cti", {"Authorization": f"Basic {TOKEN}"}),
        ("/cti", {"Authorization": "Bearer wrong"}),
        ("/cti/wrong", {"Authorization": f"Bearer {TOKEN}"}),
    ],
)
def test_a_bad_token(webhook: Webhook, events: Events, path: str, headers: dict[str, str]) -> None:
    status, answer = post(webhook.port, RINGING, path=path, headers=headers)
    assert (status, answer) == (401, {"error": "Wrong token."})
    assert ignored(webhook) == {IgnoredReason.BAD_TOKEN: 1}
    assert events.empty()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1"])
def test_a_web_page(webhook: Webhook, events: Events, origin: str) -> None:
    status, _ = post(webhook.port, RINGING, headers={"Origin": origin})
    assert status == 403
    assert ignored(webhook) == {IgnoredReason.FOREIGN_ORIGIN: 1}
    assert events.empty()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""]
)
def test_a_rebound_host(webhook: Webhook, events: Events, host: str) -> None:
    status, _ = post(webhook.port, RINGING, headers={"Host": host})
    assert status == 403
    assert ignored(webhook) == {IgnoredReason.WRONG_HOST: 1}
    assert events.empty()


def test_a_request_without_a_host(webhook: Webhook, events: Events) -> None:
    answer = raw(webhook.port, f"POST /cti/{TOKEN} HTTP/1.0\r\n\r\n".encode())
    assert b" 403 " in answer.splitlines()[0]
    assert events.empty()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_a_wrong_method(webhook: Webhook, events: Events, method: str) -> None:
    status, _ = post(webhook.port, b"", method=method)
    assert status == 405
    assert ignored(webhook) == {IgnoredReason.WRONG_METHOD: 1}
    assert events.empty()


def test_a_wrong_path(webhook: Webhook, events: Events) -> None:
    status, answer = post(webhook.port, RINGING, path="/")
    assert (status, answer) == (404, {"error": "Post to /cti/<token>."})
    assert ignored(webhook) == {IgnoredReason.WRONG_PATH: 1}
    assert events.empty()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 50_000, b"{}"])
def test_a_malformed_body(webhook: Webhook, events: Events, body: bytes) -> None:
    status, answer = post(webhook.port, body)
    assert status == 422
    assert answer["error"].startswith("call event")
    assert ignored(webhook) == {IgnoredReason.MALFORMED: 1}
    assert events.empty()


def test_a_compressed_body_is_not_unpacked(webhook: Webhook, events: Events) -> None:
    status, _ = post(webhook.port, b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert status == 415
    assert events.empty()


def test_the_largest_body(webhook: Webhook, events: Events) -> None:
    empty = len(json.dumps({**RINGING, "note": ""}))
    fits = json.dumps({**RINGING, "note": "x" * (MAX_BODY - empty)}).encode()
    assert post(webhook.port, fits)[0] == 200
    assert post(webhook.port, fits + b" ")[0] == 413
    assert ignored(webhook) == {IgnoredReason.TOO_LARGE: 1}
    assert events.qsize() == 1


@pytest.mark.parametrize("framing", ["Content-Length: 104857600", "Transfer-Encoding: chunked"])
def test_a_body_of_100_megabytes(webhook: Webhook, events: Events, framing: str) -> None:
    before = psutil.Process().memory_info().rss
    megabyte = b"x" * 1_048_576
    head = f"POST /cti/{TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{webhook.port}\r\n{framing}\r\n\r\n"
    chunk = b"100000\r\n" + megabyte + b"\r\n" if "chunked" in framing else megabyte
    with socket.create_connection(("127.0.0.1", webhook.port), timeout=5) as sender:
        sender.sendall(head.encode())
        with suppress(ConnectionError):
            for _ in range(100):
                sender.sendall(chunk)
        answer = received(sender)
    assert not answer or b" 413 " in answer.splitlines()[0]
    assert ignored(webhook)[IgnoredReason.TOO_LARGE] == 1
    assert psutil.Process().memory_info().rss - before < 20_000_000
    assert events.empty()
    assert post(webhook.port, RINGING) == (200, {})


@pytest.mark.parametrize(
    "slow",
    [
        "",
        "POST /cti/",
        "POST /cti/{token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Slow:",
        "POST /cti/{token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 50\r\n\r\n{{",
    ],
    ids=["silent", "request line", "headers", "body"],
)
def test_a_slow_sender_is_cut_off(webhook: Webhook, events: Events, slow: str) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", webhook.port)) as sender:
        sender.sendall(slow.format(token=TOKEN, port=webhook.port).encode())
        drip_until_closed(sender, b"x" if slow else b"")
    assert 0.3 < time.monotonic() - began < 3
    assert ignored(webhook) == {IgnoredReason.TOO_SLOW: 1}
    assert events.empty()


def test_slow_senders_do_not_lock_the_others_out(webhook: Webhook, events: Events) -> None:
    crowd = [
        socket.create_connection(("127.0.0.1", webhook.port), timeout=5)
        for _ in range(MAX_CONNECTIONS + 20)
    ]
    deadline = time.monotonic() + 5
    while not events.qsize() and time.monotonic() < deadline:
        with suppress(ConnectionError):
            post(webhook.port, RINGING)
    for sender in crowd:
        sender.close()
    assert events.qsize() == 1
    assert ignored(webhook)[IgnoredReason.TOO_MANY] >= 20


def test_a_sender_that_leaves_in_the_middle(webhook: Webhook, events: Events) -> None:
    host = f"127.0.0.1:{webhook.port}"
    head = f"POST /cti/{TOKEN} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\n{{"
    with socket.create_connection(("127.0.0.1", webhook.port)) as sender:
        sender.sendall(head.encode())
    assert post(webhook.port, RINGING) == (200, {})
    assert events.qsize() == 1


def test_what_is_not_http(webhook: Webhook, events: Events) -> None:
    for garbage in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\x00" * 100_000):
        with suppress(ConnectionError):
            assert b"200" not in raw(webhook.port, garbage)
    assert post(webhook.port, RINGING) == (200, {})
    assert events.qsize() == 1


def test_one_request_for_each_connection(webhook: Webhook, events: Events) -> None:
    body = json.dumps(RINGING).encode()
    head = (
        f"POST /cti/{TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{webhook.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    answer = raw(webhook.port, (head.encode() + body) * 3)
    assert answer.count(b"HTTP/1.1 200") == 1
    assert events.qsize() == 1


def test_only_the_loopback_answers(webhook: Webhook) -> None:
    found = [
        connection.laddr.ip
        for connection in psutil.Process().net_connections("inet")
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == webhook.port
    ]
    assert found == ["127.0.0.1"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", webhook.port), timeout=1)


def test_calls_of_others_are_counted(events: Events) -> None:
    webhook = Webhook(TOKEN, mine=["carol"])
    webhook.start(events.put)
    assert post(webhook.port, RINGING) == (200, {})
    webhook.close()
    assert ignored(webhook) == {IgnoredReason.OTHER_AGENT: 1}
    assert webhook.status().last_ignored is IgnoredReason.OTHER_AGENT
    assert events.empty()


def test_a_port_that_is_taken(webhook: Webhook, events: Events) -> None:
    second = Webhook(TOKEN, port=webhook.port)
    with pytest.raises(Unavailable, match=f"port {webhook.port} is not free"):
        second.start(events.put)
    assert second.status().state is AdapterState.FAILED
    second.close()


def test_the_port_is_free_again_after_close(webhook: Webhook, events: Events) -> None:
    post(webhook.port, RINGING)
    webhook.close()
    again = Webhook(TOKEN, port=webhook.port)
    again.start(events.put)
    assert post(again.port, RINGING) == (200, {})
    again.close()


def test_close_cuts_a_sender_off(events: Events) -> None:
    webhook = Webhook(TOKEN, deadline=30)
    webhook.start(events.put)
    head = (
        f"POST /cti/{TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{webhook.port}\r\nContent-Length: 9\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", webhook.port)) as sender:
        sender.sendall(head.encode())
        time.sleep(0.1)
        began = time.monotonic()
        webhook.close()
        assert time.monotonic() - began < 2


def test_a_token_must_be_long(events: Events) -> None:
    with pytest.raises(ValueError, match="at least 16"):
        Webhook("")


@pytest.mark.logs("could not be passed on")
def test_a_fault_behind_the_webhook_is_ours_to_log(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_event: CallEvent) -> None:
        raise LookupError

    webhook = Webhook(TOKEN)
    webhook.start(refuse)
    status, _ = post(webhook.port, RINGING)
    webhook.close()
    assert status == 500
    assert [record.name for record in caplog.records] == ["agentassist.cti.reception"]


def burst(count: int) -> list[dict[str, object]]:
    """Return doubled events of `count` calls, in no order at all."""
    kinds = ("newCall", "answer", "hangup")
    each = [{**RINGING, "event": kind, "callId": f"c-{n}"} for n in range(count) for kind in kinds]
    doubled = [*each, *each]
    random.Random(7).shuffle(doubled)
    return doubled


def settled(heard: list[CallEvent]) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for event in heard:
        known = calls.get(event.reference)
        calls[event.reference] = advance(known, event) if known else begin(event, new_id())
    return calls


def test_10_000_events_doubled_and_out_of_order_are_the_calls_they_are() -> None:
    now = datetime.now(UTC)
    kinds = {
        k: CallEventKind(v)
        for k, v in zip(("newCall", "answer", "hangup"), CallEventKind, strict=True)
    }
    heard = [
        CallEvent(kinds[str(e["event"])], str(e["callId"]), now, str(e["from"]))
        for e in burst(1_667)
    ]
    assert len(heard) > 10_000
    calls = settled(heard)
    assert Counter(call.state for call in calls.values()) == {CallState.ENDED: 1_667}


def test_a_burst_over_http_loses_nothing(events: Events) -> None:
    webhook = Webhook(TOKEN)
    webhook.start(events.put)
    sent = burst(200)
    with ThreadPoolExecutor(16) as senders:
        answers = Counter(senders.map(lambda event: post(webhook.port, event)[0], sent))
    webhook.close()
    assert answers == {200: 1_200}
    assert (events.qsize(), webhook.status().events) == (1_200, 1_200)
    calls = settled([events.get_nowait() for _ in range(1_200)])
    assert Counter(call.state for call in calls.values()) == {CallState.ENDED: 200}
    assert {call.remote for call in calls.values()} == {"493055571600"}
