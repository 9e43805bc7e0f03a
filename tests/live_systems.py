# SPDX-License-Identifier: Apache-2.0
"""A real HTTP server that speaks the documented interfaces, and misbehaves when asked to.

It serves the documents of an export, a few on each page. `troubles` are taken one by one: each
spoils the next answer.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass
class Asked:
    """One request as the server got it."""

    method: str
    path: str
    query: dict[str, str]
    body: Json
    headers: dict[str, str]


@dataclass
class LiveSystem:
    """What a test sees of the server: its address, what was asked, and how to disturb it."""

    data: Json
    answer: Callable[[Json, Asked], Json | list[Json] | None]
    name: str = ""
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """Answers for the `system` of its server."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._handle(json.loads(self.rfile.read(length) or b"{}"))

    def _handle(self, body: Json) -> None:
        parts, system = urlsplit(self.path), self.server.system
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        asked = Asked(self.command, parts.path, query, body, dict(self.headers))
        system.asked.append(asked)
        if system.troubles:
            self._trouble(system.troubles.pop(0))
            return
        found = system.answer(system.data, asked)
        status = 404 if found is None else 200
        self._send(status, json.dumps(found or {}, ensure_ascii=False).encode())

    def _trouble(self, name: str) -> None:
        if name == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"half": ')
            self.close_connection = True
        elif name == "garbage":
            self._send(200, b"<html>down for maintenance</html>")
        elif name == "elsewhere":
            self._send(302, b"{}", {"Location": "http://127.0.0.1:1/steal"})
        else:
            status, _, wait = name.partition(" ")
            self._send(int(status), b"{}", {"Retry-After": wait} if wait else {})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    system: LiveSystem


@contextmanager
def serving(
    data: Json, answer: Callable[[Json, Asked], Any], name: str = ""
) -> Iterator[LiveSystem]:
    """Serve `data` on the loopback until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.system = LiveSystem(data, answer, name, f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def zendesk(data: Json, asked: Asked) -> Json | None:
    """Answer as an account of Zendesk does: cursors everywhere, comments by ticket."""
    if asked.path == "/api/v2/organizations.json":
        return _cursor_page("organizations", data["organizations"], asked)
    for what in ("users", "tickets"):
        if asked.path == f"/api/v2/incremental/{what}/cursor.json":
            bare = [_without(item, "comments") for item in data[what]]
            return _incremental(what, bare, asked)
    if asked.path.endswith("/comments.json"):
        number = asked.path.split("/")[4]
        same = [item for item in data["tickets"] if str(item.get("id")) == number]
        ticket = same[-1] if same else None
        if ticket is None:
            return None
        page = _cursor_page("comments", ticket.get("comments", []), asked)
        authors = {comment["author_id"] for comment in page["comments"]}
        return page | {"users": [user for user in data["users"] if user["id"] in authors]}
    return None


def _cursor_page(name: str, items: list[Json], asked: Asked) -> Json:
    start = int(asked.query.get("page[after]", "0"))
    end = start + 2
    return {
        name: items[start:end],
        "meta": {"has_more": end < len(items), "after_cursor": str(end)},
    }


def _incremental(what: str, items: list[Json], asked: Asked) -> Json:
    """The cursor is a place in the order of changes, as opaque as theirs."""
    start = int(asked.query.get("cursor", "c0")[1:])
    end = min(start + 2, len(items))
    return {
        what: items[start:end],
        "after_cursor": f"c{end}",
        "end_of_stream": end == len(items),
    }


def freshdesk(data: Json, asked: Asked) -> list[Json] | None:
    """Answer as an account of Freshdesk does: numbered pages, conversations by ticket."""
    parts = asked.path.split("/")
    if parts[-1] == "conversations":
        ticket = next((item for item in data["tickets"] if str(item["id"]) == parts[4]), None)
        return None if ticket is None else _numbered(ticket["conversations"], asked)
    since = asked.query.get("updated_since") or asked.query.get("_updated_since") or ""
    items = [_without(item, "conversations") for item in data.get(parts[-1], [])]
    changed = [item for item in items if item.get("updated_at", since) >= since]
    return _numbered(sorted(changed, key=lambda item: item.get("updated_at", "")), asked)


def _numbered(items: list[Json], asked: Asked) -> list[Json]:
    size, page = int(asked.query.get("per_page", "30")), int(asked.query.get("page", "1"))
    return items[(page - 1) * size : page * size]


def intercom(data: Json, asked: Asked) -> Json | None:
    """Answer as Intercom does: searches for what changed, parts by conversation."""
    parts = asked.path.split("/")
    if asked.method == "GET":
        return next((item for item in data["conversations"] if item["id"] == parts[2]), None)
    what, name = parts[1], "data" if parts[1] == "contacts" else parts[1]
    since = asked.body["query"]["value"]
    found = [item for item in data[what] if item["updated_at"] > since]
    found = [_without(item, "conversation_parts") for item in found]
    start = int(asked.body["pagination"].get("starting_after", "0"))
    following = {"next": {"starting_after": str(start + 1)}} if start + 1 < len(found) else {}
    return {"type": "list", name: found[start : start + 1], "pages": following}


def hubspot(data: Json, asked: Asked) -> Json | None:
    """Answer as HubSpot does: searches without associations, which are asked for apart."""
    parts = asked.path.split("/")
    if parts[3] == "associations":
        objects, target = data[parts[4]], parts[5]
        wanted = {item["id"] for item in asked.body["inputs"]}
        return {
            "results": [
                {
                    "from": {"id": item["id"]},
                    "to": [
                        {"toObjectId": int(found["id"])}
                        for found in item["associations"].get(target, {}).get("results", [])
                    ],
                }
                for item in objects
                if item["id"] in wanted
            ]
        }
    wanted = asked.body["filterGroups"][0]["filters"][0]
    field, since = wanted["propertyName"], int(wanted["value"])
    found = [item for item in data[parts[4]] if _milliseconds(item, field) >= since]
    bare = [_without(item, "associations") for item in found]
    start = int(asked.body.get("after", "0"))
    more = {"paging": {"next": {"after": str(start + 1)}}} if start + 1 < len(bare) else {}
    return {"total": len(bare), "results": bare[start : start + 1]} | more


def _milliseconds(item: Json, field: str) -> float:
    return datetime.fromisoformat(item["properties"][field]).timestamp() * 1_000


def _without(item: Json, name: str) -> Json:
    return {key: value for key, value in item.items() if key != name}


ANSWERS: dict[str, Callable[[Json, Asked], Any]] = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "intercom": intercom,
    "hubspot": hubspot,
}
