# SPDX-License-Identifier: Apache-2.0
"""What the webhook does with one request: check the sender, read the body, emit."""

import logging
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus

from aiohttp import web

from agentassist.cti.adapter import Clock, Emit, IgnoredReason, Ledger
from agentassist.cti.payload import Fields, read_fields
from agentassist.cti.zammad import OwnCalls, read_event
from agentassist.errors import BadInput

ADDRESS = "127.0.0.1"
PATH = "/cti"
MAX_BODY = 64 * 1024
_log = logging.getLogger(__name__)


class _Refusal(Exception):
    """A request that is answered without a look at what it says."""

    def __init__(self, status: HTTPStatus, reason: IgnoredReason, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Reception:
    """Decides about one request at a time; runs on the event loop of the webhook."""

    token: str
    port: int
    own: OwnCalls
    ledger: Ledger
    emit: Emit
    now: Clock

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Emit the event of a request, or say why not."""
        response = await self._response(request)
        response.force_close()
        return response

    async def _response(self, request: web.BaseRequest) -> web.Response:
        try:
            self._check(request)
            body = await _body(request)
            self._accept(read_fields(body, request.headers.get("Content-Type", "")))
        except _Refusal as refusal:
            self.ledger.ignore(refusal.reason)
            return _error(refusal.status, refusal.sentence)
        except BadInput as error:
            self.ledger.ignore(IgnoredReason.MALFORMED)
            return _error(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except ConnectionError:  # the sender left, or was cut off: nobody reads this
            return _error(HTTPStatus.REQUEST_TIMEOUT, "Too slow.")
        except Exception:
            _log.exception("a call event could not be passed on")
            return _error(HTTPStatus.INTERNAL_SERVER_ERROR, "The event could not be passed on.")
        return web.json_response({})

    def _check(self, request: web.BaseRequest) -> None:
        hosts = request.headers.getall("Host", [])
        if len(hosts) != 1 or hosts[0] not in (f"{ADDRESS}:{self.port}", f"localhost:{self.port}"):
            raise _Refusal(HTTPStatus.FORBIDDEN, IgnoredReason.WRONG_HOST, "Wrong Host.")
        if "Origin" in request.headers:
            raise _Refusal(HTTPStatus.FORBIDDEN, IgnoredReason.FOREIGN_ORIGIN, "Not for web pages.")
        if request.path != PATH and not request.path.startswith(f"{PATH}/"):
            raise _Refusal(
                HTTPStatus.NOT_FOUND, IgnoredReason.WRONG_PATH, f"Post to {PATH}/<token>."
            )
        if request.method != "POST":
            raise _Refusal(HTTPStatus.METHOD_NOT_ALLOWED, IgnoredReason.WRONG_METHOD, "Use POST.")
        if not self._knows_token(request):
            raise _Refusal(HTTPStatus.UNAUTHORIZED, IgnoredReason.BAD_TOKEN, "Wrong token.")

    def _knows_token(self, request: web.BaseRequest) -> bool:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        given = request.path.removeprefix(PATH).removeprefix("/")
        if not given and scheme.lower() == "bearer":
            given = bearer.strip()
        return compare_digest(given.encode("utf-8", "replace"), self.token.encode("utf-8"))

    def _accept(self, fields: Fields) -> None:
        event = self.own.filter(read_event(fields, self.now()))
        if event is None:
            self.ledger.ignore(IgnoredReason.OTHER_AGENT)
        else:
            self.emit(event)
            self.ledger.emitted(event)


async def _body(request: web.BaseRequest) -> bytes:
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise _Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, IgnoredReason.MALFORMED, "Send it uncompressed."
        )
    body = bytearray()
    if (request.content_length or 0) <= MAX_BODY:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MAX_BODY:
                break
        else:
            return bytes(body)
    sentence = f"An event has at most {MAX_BODY} bytes."
    raise _Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, IgnoredReason.TOO_LARGE, sentence)


def _error(status: HTTPStatus, sentence: str) -> web.Response:
    headers = {"Allow": "POST"} if status == HTTPStatus.METHOD_NOT_ALLOWED else None
    return web.json_response({"error": sentence}, status=status, headers=headers)
