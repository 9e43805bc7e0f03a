# SPDX-License-Identifier: Apache-2.0
"""What a colleague on another channel has to know, in the words that were used."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.loop import Loop
from agentassist.domain.loop_words import own_words
from agentassist.domain.promise import Promise
from agentassist.domain.summary import summarise
from agentassist.domain.verdict import Decision
from agentassist.domain.wrap_up import LineKind, SummaryLine

MOVED_FROM, MOVED_TO, SOURCES = "moved_from", "moved_to", "sources"
"""Attributes of the note that a move leaves on the timeline."""
_LONGEST = 160
_MOST_DONE = 2
_SAID = re.compile(r"^(customer|agent|고객|상담원|상담사)\s*[:：]\s*(.+)$", re.IGNORECASE)
_AGENTS = frozenset({"agent", "상담원", "상담사"})


@dataclass(frozen=True, slots=True)
class MovedSummary:
    """A summary on its way to another channel; every line names its sources."""

    customer_id: UUID | None
    conversation_id: UUID | None
    moved_from: Channel
    moved_to: Channel
    lines: tuple[SummaryLine, ...]


def lines_of_call(
    said: Sequence[Utterance],
    decisions: Sequence[Decision],
    promises: Iterable[Promise],
    loops: Iterable[Loop],
) -> tuple[SummaryLine, ...]:
    """Return what a live contact leaves: asked, done, open, promised."""
    return _in_order([*summarise(said, decisions), *_open(loops), *_promised(promises)])


def lines_of_loop(
    loop: Loop, thread: Sequence[Interaction], promises: Iterable[Promise]
) -> tuple[SummaryLine, ...]:
    """Return what was asked in a thread, what we wrote, and what is open."""
    spoken = [one for item in thread for one in _utterances(item)]
    lines = summarise(spoken, ())
    if not any(line.kind is LineKind.ASKED for line in lines):
        lines += [_line(LineKind.ASKED, item) for item in thread if item.id == loop.origin_id]
    sent = [item for item in thread if item.direction is Direction.OUTBOUND]
    lines += [_line(LineKind.DONE, item) for item in sent[-_MOST_DONE:]]
    return _in_order([*lines, *_open([loop]), *_promised(promises)])


def _in_order(lines: Iterable[SummaryLine]) -> tuple[SummaryLine, ...]:
    order = list(LineKind)
    once = {(line.kind, line.text): line for line in lines if line.text}
    return tuple(sorted(once.values(), key=lambda line: order.index(line.kind)))


def _open(loops: Iterable[Loop]) -> Iterator[SummaryLine]:
    for loop in loops:
        if loop.closed_at is None:
            yield SummaryLine(LineKind.OPEN, loop.subject, (loop.origin_id,))


def _promised(promises: Iterable[Promise]) -> Iterator[SummaryLine]:
    for promise in promises:
        if promise.kept_at is None:
            yield SummaryLine(LineKind.PROMISED, promise.text, (promise.id,))


def _utterances(item: Interaction) -> Iterator[Utterance]:
    """Cut a transcript into its lines; each keeps the interaction as its source."""
    if item.occurred_at is None:
        return
    ours = item.direction is Direction.OUTBOUND
    parts = [_SAID.match(line) for line in item.text.splitlines()]
    found = [(match[1].casefold() in _AGENTS, match[2]) for match in parts if match]
    for agent, text in found or [(ours, own_words(item.text))]:
        speaker = Speaker.AGENT if agent else Speaker.CUSTOMER
        yield Utterance(item.id, item.id, speaker, text, item.occurred_at)


def _line(kind: LineKind, item: Interaction) -> SummaryLine:
    flat = " ".join((item.subject or own_words(item.text)).split())
    shown = flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
    return SummaryLine(kind, shown, (item.id,))
