# SPDX-License-Identifier: Apache-2.0
"""Bytes of mails and address books to text, whatever they call their encoding.

Labels lie: a mail says us-ascii and is CP949, or says EUC-KR and uses the letters that
only CP949 has. A label that does not fit the bytes is passed over for what they look like.
"""

import base64
import binascii
import codecs
import quopri
import re
from functools import lru_cache

from agentassist.intake.files import SAMPLE_BYTES, detect_encoding

_WIDER = {
    "euc_kr": "cp949",
    "johab": "johab",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
}
"""Codecs that read all that the named one reads, and what is sent under its name too."""

_NAMES = {
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
}
_NO_TEXT = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
"""Codecs of Python that no mail means: some take quadratic time."""

_LONGEST_WORD = 4_000
_WORD = re.compile(
    rf"=\?([^?\s*]{{1,40}})(?:\*[^?\s]{{0,40}})?\?([bq])\?(.{{0,{_LONGEST_WORD}}}?)\?=",
    re.IGNORECASE | re.DOTALL,
)
_FOLD = re.compile(r"\r?\n[ \t]*|[\x00-\x08\x0b-\x1f\x7f]")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@lru_cache(maxsize=256)
def codec_of(label: str) -> str:
    """Return the codec that a label means, empty where there is none."""
    name = label.strip().strip("\"'").casefold()
    try:
        found = codecs.lookup(_NAMES.get(name, name)).name
        b"".decode(found)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if found in _NO_TEXT else _WIDER.get(found, found)


def decoded(data: bytes, label: str = "") -> str:
    """Return the text of `data`, by its label where that fits, else by how it looks."""
    codec = codec_of(label) if label else ""
    if codec:
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass
    likely = detect_encoding(data[:SAMPLE_BYTES])
    if likely == "cp1252" and codec not in {"", "utf-8"}:
        likely = codec  # one bad byte in what is otherwise of the encoding that it names
    return data.decode(likely, errors="replace")


def header_text(raw: str, most: int) -> str:
    """Return the text of an unstructured header (RFC 2047), also of a broken one.

    `raw` holds bytes above 127 as lone surrogates; `most` is how many of its characters
    are read. Neighbouring words of one encoding are joined before they are decoded, because
    many mailers cut them in the middle of a character.
    """
    if raw.isascii() and raw.isprintable() and "=?" not in raw:
        return " ".join(raw[:most].split())
    raw = _FOLD.sub(lambda found: " " if found[0][:1] in "\r\n\t" else "", raw[:most])
    pieces: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(raw):
        between = raw[end : word.start()]
        if between.strip() or not pieces or not pieces[-1][0]:
            pieces.append(("", _bytes(between)))
        _add(pieces, word[1].casefold(), _word_bytes(word[2], word[3]))
        end = word.end()
    pieces.append(("", _bytes(raw[end:])))
    text = "".join(decoded(data, label) for label, data in pieces if data)
    return " ".join(text.split())


def _add(pieces: list[tuple[str, bytes]], label: str, data: bytes) -> None:
    if pieces and pieces[-1][0] == label:
        data = pieces.pop()[1] + data
    pieces.append((label, data))


def _bytes(raw: str) -> bytes:
    return raw.encode("utf-8", "surrogateescape" if _escaped(raw) else "replace")


def _escaped(raw: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in raw)


def _word_bytes(way: str, encoded: str) -> bytes:
    data = _bytes(encoded)
    if way in "bB":
        return from_base64(data)
    return quopri.decodestring(data.replace(b"\n", b""), header=True)


def from_base64(data: bytes) -> bytes:
    """Return what base64 says, up to where it is torn."""
    kept = _NOT_BASE64.sub(b"", data)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return b""
