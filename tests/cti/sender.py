# SPDX-License-Identifier: Apache-2.0
"""A telephone system that posts to the webhook."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection

from tests.cti.conftest import TOKEN

RINGING = {
    "event": "newCall",
    "from": "493055571600",
    "to": "491711234567890",
    "direction": "in",
    "callId": "307fa962",
    "user": ["Alice Kim", "Bob Lee"],
    "queue": "orders",
}


def post(
    port: int,
    body: bytes | Mapping[str, object],
    *,
    path: str = f"/cti/{TOKEN}",
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
) -> tuple[int, dict[str, str]]:
    """Send one request as JSON and return the status and the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        content = {"Content-Type": "application/json", **(headers or {})}
        connection.request(method, path, raw, content)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()
