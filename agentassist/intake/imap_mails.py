# SPDX-License-Identifier: Apache-2.0
"""What an IMAP server answers to FETCH, taken apart, and the mails in it as records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import Place
from agentassist.intake.mail import COLUMNS, MAX_MAIL, Sight, record_of
from agentassist.intake.mail_files import shortened

_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_BODY = re.compile(rb"BODY\[\]")
_LAST_LINE = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail of a folder, at most MAX_MAIL of it; `size` is the whole, in bytes."""

    uid: int
    raw: bytes
    size: int


def sizes_in(data: Iterable[object]) -> dict[int, int]:
    """Return the sizes that an answer names, by UID."""
    found = ((_UID.search(head), _SIZE.search(head)) for head, _ in _answers(data))
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def mails_in(data: Iterable[object]) -> dict[int, FetchedMail]:
    """Return the mails of an answer, by UID."""
    found: dict[int, FetchedMail] = {}
    for head, raw in _answers(data):
        uid, size = _UID.search(head), _SIZE.search(head)
        if uid and _BODY.search(head):
            whole = max(len(raw), int(size[1]) if size else 0)
            found[int(uid[1])] = FetchedMail(int(uid[1]), raw, whole)
    return found


def _answers(data: Iterable[object]) -> Iterator[tuple[bytes, bytes]]:
    """Join what the library hands out in pieces: items may stand before and after a literal."""
    head, literal = b"", b""
    for piece in data:
        if isinstance(piece, tuple):
            if head and _ends(head):
                yield head, literal
                head, literal = b"", b""
            head += bytes(piece[0]) + b" "
            literal = bytes(piece[1]) if _BODY.search(piece[0]) else literal
        elif isinstance(piece, bytes):
            head += piece
            yield head, literal
            head, literal = b"", b""
    if head:
        yield head, literal


def _ends(head: bytes) -> bool:
    return head.rstrip().endswith(b")")


class FetchedMails:
    """Mails that were fetched, as records. Iterate once; `close` has nothing to do.

    Attributes: `columns`; `size` and `position` are bytes.
    """

    columns = COLUMNS

    def __init__(self, mails: Sequence[FetchedMail], place: Place, sight: Sight) -> None:
        """Take mails; `place` names the mailbox and folder."""
        self._mails = mails
        self._place = place
        self._sight = sight
        self.size = sum(len(mail.raw) for mail in mails)
        self.position = 0

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for mail in self._mails:
            place = Place(self._place.file, min(mail.uid, _LAST_LINE))
            if mail.size > MAX_MAIL:
                yield shortened(place)
            yield record_of(mail.raw, place, self._sight)
            self.position += len(mail.raw)

    def close(self) -> None:
        """End it."""
