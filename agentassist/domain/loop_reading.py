# SPDX-License-Identifier: Apache-2.0
"""From an interaction to what it means for the open loops of its customer."""

from uuid import UUID

from agentassist.domain import loop_words as words
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.loop import Event
from agentassist.domain.order_numbers import normal_numbers
from agentassist.domain.wrap_up import Disposition

PROMISED = "promises"
"""Attribute of a wrapped-up call: how many promises carry on what was left to do."""
_CHANNELS = frozenset({Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.SOCIAL})
_SUBJECT = 160
_HIDDEN = frozenset({"dm", "direct", "direct message", "private", "message", "쪽지", "비공개"})

_SOLVED = frozenset(
    (
        *("solved", "closed", "resolved", "archived", "done", "completed", "complete"),
        *("answered", "handled", "finished", "해결", "해결됨", "완료", "종료", "종결"),
        *("처리완료", "처리 완료", "답변완료", "답변 완료"),
    )
)
_DISCARDED = frozenset(
    ("spam", "junk", "deleted", "trash", "trashed", "blocked", "draft", "스팸", "삭제")
)
_MISSED = frozenset(
    (
        *("missed", "missed call", "abandoned", "unanswered", "not answered", "voicemail"),
        *("busy", "failed", "hangup", "noanswer", "no answer", "no-answer"),
        *("부재중", "부재중 전화", "미응답", "포기", "음성사서함"),
    )
)


def read_event(item: Interaction, person: UUID | None) -> Event | None:
    """Return what a contact means, None where it means nothing: a note, a machine's mail.

    What has no time is left out: a clock cannot tell how long it has waited.
    """
    status = item.status.strip().casefold()
    if (
        item.occurred_at is None
        or item.channel not in _CHANNELS
        or item.direction is Direction.INTERNAL
        or status in _DISCARDED
        or status == Disposition.WRONG_NUMBER
        or words.is_automatic(item.attributes, item.subject, item.author)
    ):
        return None
    said = words.customers_words(item.text)
    inbound = item.direction is Direction.INBOUND
    voiced = inbound and words.complains(f"{item.subject}\n{said}")
    thanks = inbound and not voiced and words.confirms(said)
    answers, asks, solved = _roles(item, status, thanks and words.is_short(said))
    marked = words.marked_as_complaint(status, item.attributes)
    return Event(
        id=item.id,
        at=item.occurred_at,
        channel=item.channel,
        customer_id=item.customer_id,
        person=person,
        conversation_id=item.conversation_id,
        subject=_subject(item, said),
        answers=answers,
        asks=asks,
        solved=solved,
        complains=not solved and (marked or voiced) and (inbound or item.channel is Channel.CALL),
        confirms=thanks,
        public=item.channel is Channel.SOCIAL and not _is_private(item),
        refs=normal_numbers(f"{item.subject}\n{item.text[: words.LOOKED_AT]}"),
    )


def _roles(item: Interaction, status: str, courtesy: bool) -> tuple[bool, bool, bool]:  # noqa: FBT001
    """Return whether we spoke, whether it waits for us, whether its source calls it done.

    Nobody waits for an answer to a message that only thanks: a courtesy.
    """
    missed = status in _MISSED
    if item.channel is Channel.CALL:
        unfinished = status == Disposition.FOLLOW_UP and not item.attributes.get(PROMISED)
        inbound = item.direction is Direction.INBOUND
        return not missed, inbound and (missed or unfinished), False
    if item.direction is Direction.OUTBOUND:
        return not missed, False, False
    if status in _SOLVED:
        return False, False, True
    if words.was_answered_inside(item.text) and not missed:
        return True, False, False
    return False, not courtesy, False


def _is_private(item: Interaction) -> bool:
    named = {str(value).strip().casefold() for value in item.attributes.values()}
    return bool(named & _HIDDEN)


def _subject(item: Interaction, said: str) -> str:
    """Return what it is about: the subject and how the message begins, in one line."""
    begins = next((line for line in said.splitlines() if line.strip()), "") or item.text
    heading = item.subject if item.subject.strip() not in begins else ""
    shown = ": ".join(filter(None, (heading, begins)))
    flat = " ".join(shown[: 2 * _SUBJECT].split())
    return flat if len(flat) <= _SUBJECT else flat[: _SUBJECT - 1].rstrip() + "…"
