# SPDX-License-Identifier: Apache-2.0
"""What another process may tell the running desk, and where it finds it.

One JSON object to a line, for example {"command": "pop", "from": "+15550100"}; the
desk answers each with {"ok": true} or {"ok": false, "error": "a sentence"}. All
values are text:

    raise
    pop   from, to, queue, id      announce a call; `id` is the telephone system's,
          context.NAME             and what a bot or menu learnt before (see docs/it.md)
    say   text, speaker, id        speaker: customer (when left out) or agent
    end   id                       without an id: the call on screen
    lab                            open the policy lab beside the desk
"""

import getpass
import hashlib
import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from agentassist.domain.call import Speaker
from agentassist.errors import BadInput, Place, Unavailable, UserError

MAX_LINE = 64 * 1024
MAX_TEXT = 10_000
MAX_VALUE = 250
CONTEXT = "context."
_FIELDS: Mapping[str, frozenset[str]] = {
    "raise": frozenset(),
    "pop": frozenset({"from", "to", "queue", "id"}),
    "say": frozenset({"text", "speaker", "id"}),
    "end": frozenset({"id"}),
    "lab": frozenset(),
}


def read_command(line: bytes) -> dict[str, str]:
    """Check one line and return the command.

    Raises:
        BadInput: it is not a command of the list above.
    """
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _fault("", "Send one JSON object to a line.") from error
    if not isinstance(document, dict):
        raise _fault("", "Send one JSON object to a line.")
    verb = document.get("command")
    if not isinstance(verb, str) or verb not in _FIELDS:
        raise _fault("command", "The command is raise, pop, say, end or lab.")
    given = {key: value for key, value in document.items() if key != "command"}
    return {"command": verb, **_checked(verb, given)}


def write_line(document: Mapping[str, object]) -> bytes:
    """Return a command or an answer as it goes over the line.

    Raises:
        UserError: it is longer than the desk accepts.
    """
    line = json.dumps(document).encode("ascii") + b"\n"
    if len(line) > MAX_LINE:
        raise UserError("This is too long. Send at most {limit} characters.", limit=MAX_TEXT)
    return line


def desk_name(data_dir: Path) -> str:
    """Return the name of the local socket of this user's desk on `data_dir`.

    It depends on nothing else, so that a terminal, a softphone and the desk agree.

    Raises:
        Unavailable: somebody else holds the folder where the socket belongs.
    """
    user = str(os.getuid()) if sys.platform != "win32" else getpass.getuser()
    seed = f"{user}\n{data_dir.expanduser().resolve()}"
    name = f"agentassist-{hashlib.sha256(seed.encode()).hexdigest()[:24]}"
    return name if sys.platform == "win32" else str(_private_folder(user) / name)


def _private_folder(user: str) -> Path:
    """Return a folder that only this user can enter: nobody can pose as the desk there.

    A short path, because socket addresses end at about 100 bytes; not taken from the
    environment, which differs between a session and a job started outside it.
    """
    runtime = Path("/run/user") / user
    if _is_private(runtime, user):
        return runtime
    folder = Path("/tmp") / f"agentassist-{user}"  # noqa: S108 - checked to be ours just below
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_private(folder, user):
        raise Unavailable(
            "The folder {folder} belongs to somebody else or is open to others."
            " Ask IT to remove it.",
            folder=folder,
        )
    return folder


def _is_private(folder: Path, user: str) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and str(found.st_uid) == user and not found.st_mode & 0o077


def _checked(verb: str, given: Mapping[str, object]) -> dict[str, str]:
    values = {key: _text(verb, key, value) for key, value in given.items()}
    if verb == "say" and not values.get("text"):
        raise _fault("text", "Say what is said as text.")
    if values.get("speaker", Speaker.CUSTOMER) not in list(Speaker):
        raise _fault("speaker", "The speaker is customer or agent.")
    return values


def _text(verb: str, key: str, value: object) -> str:
    told = verb == "pop" and key.startswith(CONTEXT)
    if key not in _FIELDS[verb] and not told:
        known = ", ".join(sorted(_FIELDS[verb])) or "none"
        raise _fault(key, "Unknown field; {verb} knows: {known}.", verb=verb, known=known)
    limit = MAX_TEXT if key == "text" or told else MAX_VALUE
    if not isinstance(value, str) or len(value) > limit:
        raise _fault(key, "Give a text of at most {limit} characters.", limit=limit)
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def _fault(field: str, template: str, **values: object) -> BadInput:
    return BadInput(Place("command", field=field[:MAX_VALUE]), template, **values)
