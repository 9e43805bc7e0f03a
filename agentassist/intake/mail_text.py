# SPDX-License-Identifier: Apache-2.0
"""What somebody wrote in a mail: without what they quoted, and without their signature.

Quotations are known by `>` in front, by the line that announces them (`On ... wrote:`,
`홍길동님이 작성:`), and by the copied headers that mailers put above them, in English and
Korean. A signature follows the line `-- ` (RFC 3676, section 4.3), or a closing such as
`Best regards` or `감사합니다`. When nothing would be left, everything is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_TEXT = 200_000
"""How much text of a mail is read, in characters."""
MAX_SIGNATURE = 480

_MOST_LINES = 20_000
_LONGEST_LINE = 2_000
_SIGNATURE_LINES = 12
_SIGNATURE_WIDTH = 90
_MOST_BLANKS = 3

_QUOTED = re.compile(r"\s{0,3}[>|｜](?!\s*$)|\s{0,3}>")
_ANNOUNCED = re.compile(
    r"(?:On|Am|Le|El)\b.{6,200}(?:wrote|schrieb.{0,60}|a écrit|escribió)\s?:"
    r"|\d{4}\s?[년./-].{4,200}(?:작성|썼습니다|쓴 글|wrote|보낸 메시지)\s?:?"
    r"|.{2,200}(?:님이 작성(?:한 글|한 내용)?|님이 쓴 글|님께서 작성(?:한 내용)?)\s?:"
)
_LAST = (":", "작성", "썼습니다", "글", "wrote", "메시지")
_ORIGINAL = re.compile(
    r"[-_=*\s]{2,}(?:original message|original appointment|forwarded message|reply message"
    r"|ursprüngliche nachricht|원본\s?(?:메시지|메일|내용)|전달된\s?(?:메시지|메일)|원문)"
    r"[-_=*\s]{2,}|_{20,}",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[*\s]{0,4}(?:from|sender|von|보낸\s?사람|보낸이|발신자?|발신인)[*\s]{0,4}:", re.IGNORECASE
)
_HEADER = re.compile(
    r"[*\s]{0,4}(?:sent|date|to|cc|subject|an|gesendet|betreff"
    r"|보낸\s?(?:날짜|시간)|받는\s?사람|받는이|수신인?|참조|날짜|일시|제목)[*\s]{0,4}:",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:best|kind|warm|many)?\s?(?:regards|thanks|wishes)|sincerely(?: yours)?"
    r"|yours (?:sincerely|truly|faithfully)|cheers|thank you(?: very much)?|thx|br"
    r"|감사(?:합니다|드립니다|해요)|고맙습니다|수고하세요|안녕히 계세요"
    r"|.{1,20}\s(?:드림|올림|배상))"
    r"\s?[,.!~]{0,3}\s*",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:sent from my|sent from|get outlook for|나의 .{2,20}에서 보냄|.{2,20}에서 보낸 메일)"
    r".{0,60}",
    re.IGNORECASE,
)
_MARK = re.compile(r"--\s?|—\s?|-{2,}\s*서명\s*-{2,}")


@dataclass(frozen=True, slots=True)
class Written:
    """A mail in its parts: what was written, the signature, and how many lines were quoted."""

    text: str
    signature: str = ""
    quoted: int = 0


def unfolded(text: str) -> str:
    """Join the lines of a flowed text (RFC 3676): one that ends with a blank goes on."""
    lines: list[str] = []
    goes_on = False
    for line in text[:MAX_TEXT].replace("\r\n", "\n").split("\n"):
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
        lines[-1:] = [lines[-1] + line] if goes_on and line != "-- " else [*lines[-1:], line]
        goes_on = soft and len(lines[-1]) < _LONGEST_LINE
    return "\n".join(lines)


def written(whole: str) -> Written:
    """Take a text apart; see the module."""
    plain = whole[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip()[:_LONGEST_LINE] for line in plain.split("\n")[:_MOST_LINES]]
    own = _without_quotations(lines)
    body, signature = _without_signature(own)
    text = _joined(body) or _joined(own)
    if not text:
        return Written(_joined(lines))
    return Written(text, _joined(signature)[:MAX_SIGNATURE], len(lines) - len(own))


def _without_quotations(lines: Sequence[str]) -> list[str]:
    own: list[str] = []
    within = False
    for index, line in enumerate(lines):
        if _QUOTED.match(line):
            if not within:
                _drop_announcement(own)
            within = True
            continue
        if line and _begins_original(lines, index):
            break
        within = within and not line
        own.append(line)
    return own


def _begins_original(lines: Sequence[str], index: int) -> bool:
    """True where everything below is quoted without marks."""
    line = lines[index].strip()
    if not line:
        return False
    if _ORIGINAL.fullmatch(line):
        return not line.startswith("_") or _are_headers(lines, index + 1)
    if _FROM.match(line) and _are_headers(lines, index):
        return True
    return _is_announcement(lines, index) and not _quoted_follows(lines, index + 1)


def _is_announcement(lines: Sequence[str], index: int) -> bool:
    """True for the line that announces a quotation, or the first of two."""
    for said in (lines[index].strip(), _with_next(lines, index)):
        if said.endswith(_LAST) and _ANNOUNCED.fullmatch(said):
            return True
    return False


def _are_headers(lines: Sequence[str], start: int) -> bool:
    """Copied headers: From, and within the next lines at least one more."""
    near = [line for line in lines[start : start + 6] if line.strip()]
    if not near or not _FROM.match(near[0]):
        return False
    return any(_HEADER.match(line) for line in near[1:5])


def _with_next(lines: Sequence[str], index: int) -> str:
    return f"{lines[index].strip()} {lines[index + 1].strip()}" if index + 1 < len(lines) else ""


def _quoted_follows(lines: Sequence[str], start: int) -> bool:
    near = [line for line in lines[start : start + 4] if line.strip()]
    return any(_QUOTED.match(line) for line in near[:2])


def _drop_announcement(own: list[str]) -> None:
    """Take away the one or two lines that announce a quotation, and the blanks after them."""
    last = len(own)
    while last > max(0, len(own) - _MOST_BLANKS) and not own[last - 1].strip():
        last -= 1
    for count in (1, 2):
        said = " ".join(line.strip() for line in own[max(0, last - count) : last])
        if last >= count and said.endswith(_LAST) and _ANNOUNCED.fullmatch(said):
            del own[last - count :]
            return


def _without_signature(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    begin = max(0, end - _SIGNATURE_LINES)
    for index in range(end - 1, max(0, begin - _SIGNATURE_LINES) - 1, -1):
        if _MARK.fullmatch(lines[index]) and lines[index].strip():
            return lines[:index], lines[index + 1 : end]
    for index in range(begin, end):
        if _DEVICE.fullmatch(lines[index].strip()) or _closes(lines, index, end):
            cut = index if _DEVICE.fullmatch(lines[index].strip()) else index + 1
            return lines[:cut], lines[cut:end]
    return lines[:end], ()


def _closes(lines: Sequence[str], index: int, end: int) -> bool:
    """A closing with only short lines after it."""
    if not _CLOSING.fullmatch(lines[index]):
        return False
    return all(len(line) <= _SIGNATURE_WIDTH for line in lines[index + 1 : end])


def _joined(lines: Sequence[str]) -> str:
    text = "\n".join(lines).strip()
    return re.sub(r"\n{3,}", "\n\n", text)
