# SPDX-License-Identifier: Apache-2.0
"""What the many words that systems have for the state of a contact come down to."""

from enum import StrEnum


class StateKind(StrEnum):
    """Whether somebody still waits for something."""

    OPEN = "open"
    ANSWERED = "answered"
    DONE = "done"


_WORDS = {
    StateKind.OPEN: (
        "open, new, unanswered, pending, waiting, on hold, hold, on-hold, in progress, follow-up, "
        "follow up, reopened, escalated, overdue, transferred, unresolved, todo, to do, active, "
        "waiting on us, waiting on contact, snoozed, processing, return requested, "
        "exchange requested, 열림, 미해결, 미답변, 대기, 대기중, 대기 중, 보류, 진행중, 진행 중, "
        "처리중, 처리 중, 접수, 신규, 재오픈"
    ),
    StateKind.ANSWERED: "answered, replied, responded, sent, 답변, 답변완료, 답변 완료, 회신",
    StateKind.DONE: (
        "done, closed, solved, resolved, completed, complete, finished, fixed, declined, archived, "
        "delivered, returned, cancelled, canceled, 완료, 종료, 해결, 해결됨, 닫힘, 처리완료, "
        "처리 완료, 종결"
    ),
}
_KINDS = {word.strip(): kind for kind, words in _WORDS.items() for word in words.split(",")}


def kind_of_state(status: str) -> StateKind | None:
    """Return what a source's status means, None for a word that says neither.

    Case, blanks and underscores do not matter.
    """
    return _KINDS.get(" ".join(status.casefold().replace("_", " ").split()))
