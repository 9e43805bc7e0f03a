# SPDX-License-Identifier: Apache-2.0
"""A summary made only of what was said and done: extractive, each line with its source.

Nothing is paraphrased, so nothing can be invented. Sentences are chosen by cue words
(a request, a commitment) and by how much they say; both word lists are short on purpose
and cover English and Korean.
"""

import re
from collections.abc import Iterable, Sequence

from agentassist.domain.agreement import Agreement, lines
from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.verdict import Answer, Decision
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine

_REQUEST = re.compile(
    r"\?|\b(can|could|may|want|need|would like|how|when|where|why|still|cancel|return|refund|"
    r"change|help|broken|wrong|lost|waiting|not work\w*)\b"
    r"|싶|주세요|가능|까요|나요|어떻게|언제|왜|취소|환불|반품|교환|변경|고장|분실|안 ?[되돼]",
    re.IGNORECASE,
)
_COMMITMENT = re.compile(
    r"\b(I'll|I will|we'll|we will|I am going to|I'm going to|let me (find|check|ask))\b"
    r"|겠습니다|드릴게요|할게요|연락드|보내드|확인해 ?드",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")
_WORD = re.compile(r"\w{2,}")
_ASKED_LINES = 2
_PROMISED_LINES = 3
_LINE_LENGTH = 160


def summarise(
    utterances: Sequence[Utterance],
    decisions: Sequence[Decision],
    agreements: Sequence[Agreement] = (),
) -> list[SummaryLine]:
    """Return lines in the order asked, done, open, promised; empty when nothing was said.

    Steps of what was agreed stand with what is done or open, as they were ticked.
    """
    steps = list(lines(agreements))
    return [
        *_asked(utterances),
        *_decided(decisions, Answer.ACCEPTED, LineKind.DONE),
        *(step for step in steps if step.kind is LineKind.DONE),
        *_decided(decisions, Answer.DECLINED, LineKind.OPEN),
        *(step for step in steps if step.kind is LineKind.OPEN),
        *_to_find_out(decisions),
        *_promised(utterances),
    ]


def suggest_disposition(
    utterances: Sequence[Utterance],
    decisions: Sequence[Decision],
    agreements: Sequence[Agreement] = (),
) -> Disposition:
    """Guess how the contact ended; the agent confirms it."""
    if not utterances and not decisions:
        return Disposition.NO_ANSWER
    if any(item.answer in (Answer.DECLINED, Answer.FOLLOW_UP) for item in decisions):
        return Disposition.FOLLOW_UP
    left = _promised(utterances) or not all(item.settled for item in agreements)
    return Disposition.FOLLOW_UP if left else Disposition.RESOLVED


def _asked(utterances: Iterable[Utterance]) -> list[SummaryLine]:
    said = [item for item in utterances if item.speaker is Speaker.CUSTOMER]
    best = sorted(said, key=lambda item: _weight(item.text), reverse=True)[:_ASKED_LINES]
    return [_line(LineKind.ASKED, item) for item in said if item in best and _weight(item.text)]


def _promised(utterances: Iterable[Utterance]) -> list[SummaryLine]:
    said = [item for item in utterances if item.speaker is Speaker.AGENT]
    kept = [item for item in said if _COMMITMENT.search(item.text)]
    return [_line(LineKind.PROMISED, item, _COMMITMENT) for item in kept[-_PROMISED_LINES:]]


def _decided(decisions: Iterable[Decision], answer: Answer, kind: LineKind) -> list[SummaryLine]:
    return [
        SummaryLine(
            kind, ": ".join(filter(None, (item.title or item.policy_id, item.offer))), (item.id,)
        )
        for item in decisions
        if item.answer is answer
    ]


def _to_find_out(decisions: Iterable[Decision]) -> list[SummaryLine]:
    return [
        SummaryLine(LineKind.PROMISED, item.reason or item.title, (item.id,))
        for item in decisions
        if item.answer is Answer.FOLLOW_UP
    ]


def _weight(text: str) -> int:
    return len(_WORD.findall(text)) if _REQUEST.search(text) else 0


def _line(kind: LineKind, item: Utterance, cue: re.Pattern[str] = _REQUEST) -> SummaryLine:
    sentences = [part for part in _SENTENCE.split(item.text) if cue.search(part)]
    text = " ".join(sentences) or item.text
    shown = text if len(text) <= _LINE_LENGTH else text[: _LINE_LENGTH - 1].rstrip() + "…"
    return SummaryLine(kind, shown, (item.id,))
