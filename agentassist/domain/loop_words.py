# SPDX-License-Identifier: Apache-2.0
"""What a contact says about itself: does it ask, complain, confirm, or is it a machine's.

Short word lists for English and Korean, each with what takes it back ("no complaints"). They
read the customer's own words: what a mail quotes from the mail before is left out.
"""

import re
from collections.abc import Mapping

LOOKED_AT = 4_000
"""How much of a text is read, in characters."""
_SHORT = 160


class _Cues:
    """Words of two languages, looked for in small letters.

    Korean is looked for only where there is some, and English words only where a letter
    stands that one of them begins with: most texts are over with after a glance.
    """

    def __init__(self, english: str, korean: str) -> None:
        self._english = re.compile(rf"\b(?:{english})\b")
        self._korean = re.compile(korean)

    def found(self, text: str) -> bool:
        """Tell whether one of them stands in the text."""
        return bool(
            self._english.search(text) or (not text.isascii() and self._korean.search(text))
        )

    def without(self, text: str) -> str:
        """Return the text without them."""
        return self._korean.sub(" ", self._english.sub(" ", text))


_COMPLAINT = _Cues(
    r"(?=[acdfilnorstuw0-9])(?:complain(?:t|ts|ing)?|unacceptable|outrageous|ridiculous|"
    r"disgust(?:ed|ing)|furious|appalling|disgraceful|fed up|angry|disappoint(?:ed|ing)|let down|"
    r"rip-?off|scam|worst|terrible|never (?:again|order|buy|shop)|not good enough|incompetent|"
    r"(?:no ?one|nobody) (?:has |ever )?(?:answer|repl|call|car|help)\w*|"
    r"(?:second|third|fourth|fifth|\d+(?:rd|th)) time|"
    r"still (?:waiting|no (?:answer|reply|refund|news))|"
    r"(?:speak|talk) to (?:a|your|the) (?:manager|supervisor))",
    r"불만|항의|실망|화가? ?나|화났|최악|어이가? ?없|짜증|엉망|너무하|책임지|소비자원|소비자보호원"
    r"|몇 ?번째|(?:두|세|네|다섯) ?번째|(?:답변|연락|회신|답장)[이도은]? ?(?:없|안)|황당|불쾌"
    r"|클레임|민원|다시는 .{0,8}(?:안|않)",
)
_NO_COMPLAINT = _Cues(
    r"no complaints?|(?:can(?:no|')?t|nothing to) complain|not (?:at all )?(?:angry|disappointed)|"
    r"(?:isn't|is not|wasn't|was not) (?:at all )?(?:angry|disappointed|terrible)",
    r"불만[은이도]? ?(?:전혀 )?없|실망하지 ?않|화나지 ?않",
)
_THANKS = _Cues(
    r"(?=[acefghprstw])(?:thanks?|thank you|thx|cheers|"
    r"works? (?:now|again|fine|perfectly|great)|working (?:now|again)|(?:all )?sorted|solved|"
    r"resolved|fixed now|all good|perfect|great|wonderful|excellent|got it|received it|arrived|"
    r"that helps|appreciate|happy with)",
    r"감사|고맙|고마워|해결(?:됐|되었|됨)|잘 ?(?:받았|되네|됩니다|돼요|되어요)|확인했|좋습니다"
    r"|좋아요|문제 ?없|만족",
)
_NOT_THANKS = re.compile(
    r"[?？]|\b(but|however|still|yet|not (work|solv|resolv|fix|arriv|receiv)\w*|"
    r"(isn|hasn|doesn|wasn|haven|didn|won)['’]?t|in advance|no thanks|thanks for nothing|"
    r"please|could|can you|would you|need|want|would like|when|why|again and again)\b"
    r"|미리 ?감사|아직|여전히|안 ?[되돼됐]|지만|는데|주세요|싶|부탁|언제|왜|까요|나요"
)
_QUOTE = re.compile(
    r"^\s*(>|-{2,} ?(original|forwarded)|_{5,}|on .{4,80} wrote:\s*$|from: .+@"
    r"|\d{4}년 .{4,60}(작성|씀)\s*:?\s*$)",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(r"^\s*>")
_LINE = re.compile(r"^(customer|agent|bot|system|action|고객|상담원|상담사)\s*[:：]", re.IGNORECASE)
_AGENT_LINE = re.compile(r"^(agent|상담원|상담사)\s*[:：]\s*\S", re.IGNORECASE | re.MULTILINE)
_CUSTOMER_LINE = re.compile(r"^(?:customer|고객)\s*[:：]\s*(.*)$", re.IGNORECASE | re.MULTILINE)
_AUTO_SUBJECT = re.compile(
    r"^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|"
    r"undeliver(able|ed)|delivery (status notification|failure)|mail delivery (failed|subsystem)|"
    r"자동 ?(회신|응답|답장)|부재 ?중 ?(자동)?|수신 ?불가)",
    re.IGNORECASE,
)
_AUTO_AUTHOR = re.compile(
    r"no-?reply|do-?not-?reply|mailer-daemon|postmaster|newsletter|^(bot|system|챗봇|시스템)$",
    re.IGNORECASE,
)
_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_NO = frozenset({"", "0", "no", "false", "n", "none"})
_COMPLAINT_FIELDS = frozenset({"type", "category", "tags", "tag", "label", "labels", "reason"})


def own_words(text: str) -> str:
    """Return what the writer wrote, without the mail that is quoted below it."""
    kept: list[str] = []
    for line in text[:LOOKED_AT].splitlines():
        if _QUOTED_LINE.match(line):
            continue
        if _QUOTE.match(line):
            break
        kept.append(line)
    return "\n".join(kept)


def customers_words(text: str) -> str:
    """Return what the customer says, of a transcript the customer's lines only."""
    if _LINE.match(text):
        return "\n".join(_CUSTOMER_LINE.findall(text[:LOOKED_AT]))
    return own_words(text)


def complains(words: str) -> bool:
    """Tell whether somebody complains in these words."""
    folded = words.lower()
    return _COMPLAINT.found(folded) and _COMPLAINT.found(_NO_COMPLAINT.without(folded))


def marked_as_complaint(status: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether the source calls it a complaint."""
    named = [str(value) for key, value in attributes.items() if key.casefold() in _COMPLAINT_FIELDS]
    return any(
        re.search(r"complaint|불만|민원|클레임|voc", one, re.IGNORECASE) for one in (status, *named)
    )


def confirms(words: str) -> bool:
    """Tell whether the customer says that it is good now."""
    folded = words.lower()
    return _THANKS.found(folded) and not _NOT_THANKS.search(folded)


def is_short(words: str) -> bool:
    """Tell whether a message is so short that thanks are all there is to it."""
    return len(words) <= _SHORT


def was_answered_inside(text: str) -> bool:
    """Tell whether a transcript has a line of ours."""
    return bool(_AGENT_LINE.search(text[:LOOKED_AT]))


def is_automatic(attributes: Mapping[str, str], subject: str, author: str) -> bool:
    """Tell whether a machine wrote it: an absence note, a newsletter, a bounce.

    The header fields are those of RFC 3834 (Auto-Submitted), RFC 2919 (List-Id), RFC 2369
    (List-Unsubscribe) and the usual Precedence.
    """
    given = {key.casefold().replace("_", "-"): str(value).strip().casefold() for key, value in
             attributes.items()}  # fmt: skip
    by_header = (
        given.get("auto-submitted", "no") != "no"
        or given.get("precedence", "") in _BULK
        or any(name in given for name in ("list-id", "list-unsubscribe", "x-autoreply"))
        or any(given.get(name, "") not in _NO for name in ("automatic", "auto-reply", "newsletter"))
    )
    return bool(by_header or _AUTO_SUBJECT.search(subject) or _AUTO_AUTHOR.search(author))
