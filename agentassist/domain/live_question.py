# SPDX-License-Identifier: Apache-2.0
"""What is asked in a live conversation: the open request, kept while other things are said.

A transcript is a stream, not a query. Greetings, thanks, answers and data leave the
request as it is; a detail is put behind it; a new request takes its place. What the agent
says counts only where the customer says yes to it before anything was asked.
"""

from dataclasses import dataclass, field, replace

from agentassist.domain import turn_words as lists
from agentassist.domain.call import Speaker
from agentassist.domain.turn import Turn, read
from agentassist.domain.turn_gate import Attention, Gate, Past

_FEW = 2
_SHORT = 4
_MOST_SHARED = 0.6
_ENOUGH_SHARED = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """What a conversation stands at after a line.

    `text` is what to search for, empty before the first request; `attention` and `score`
    are those of the customer's last turn; `topic` counts the requests, so that two answers
    with one number are about the same.
    """

    text: str = ""
    attention: Attention = Attention.SILENT
    score: float = 0.0
    topic: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that the next line needs: the request and the detail last given to it."""

    past: Past = field(default_factory=Past)
    request: Turn | None = None
    detail: Turn | None = None
    offer: Turn | None = None
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True, slots=True)
class _Line:
    key: object
    speaker: Speaker
    text: str


@dataclass(slots=True)
class LiveQuestion:
    """The question of one conversation. Not safe to share between threads.

    A recogniser may revise a line: the newest text under a key replaces the older one, and
    what followed is read again.
    """

    gate: Gate
    _lines: list[_Line] = field(default_factory=list)
    _states: list[_State] = field(default_factory=lambda: [_State()])

    @property
    def asked(self) -> Asked:
        """What is asked after the last line."""
        return self._states[-1].asked

    def hear(self, speaker: Speaker, text: str, key: object = None) -> Asked:
        """Take in a line, or a revision of one with the same key; None is always a new line."""
        line = _Line(key, speaker, text)
        place = self._place(key)
        later = self._lines[place + 1 :]
        del self._lines[place:], self._states[place + 1 :]
        for item in (line, *later):
            self._lines.append(item)
            self._states.append(_after(self.gate, self._states[-1], item))
        return self.asked

    def peek(self, speaker: Speaker, text: str) -> Asked:
        """Return what would be asked if this were said; nothing is kept."""
        return _after(self.gate, self._states[-1], _Line(None, speaker, text)).asked

    def _place(self, key: object) -> int:
        """Return where a line with this key stands, the end for a new one."""
        if key is None:
            return len(self._lines)
        places = (at for at in reversed(range(len(self._lines))) if self._lines[at].key == key)
        return next(places, len(self._lines))


def _after(gate: Gate, state: _State, line: _Line) -> _State:
    turn = read(line.text)
    if line.speaker is Speaker.AGENT:
        asked = replace(state.asked, attention=Attention.SILENT, score=0.0)
        return replace(state, offer=turn if len(turn.content) >= _FEW else None, asked=asked)
    score = gate.score(turn, state.past)
    attention = gate.attention(turn, score)
    told = replace(state, past=state.past.after(turn), offer=None)
    if attention is Attention.SILENT and _accepts(turn, state):
        return _new(told, state.offer, Attention.QUIET, score)
    if attention is Attention.SILENT:
        return _kept(told, attention, score)
    return _asking(told, turn, attention, score)


def _asking(state: _State, turn: Turn, attention: Attention, score: float) -> _State:
    request = state.request
    if request is None or _says_again(turn, request):
        return _new(state, turn, attention, score, same=request is not None)
    if attention is Attention.SEARCH and _is_new(turn, request):
        return _new(state, turn, attention, score)
    if attention is Attention.SEARCH or turn.weight >= _FEW:
        state = replace(state, detail=turn)
    return _kept(state, attention, score)


def _new(
    state: _State, turn: Turn | None, attention: Attention, score: float, *, same: bool = False
) -> _State:
    """Open a request; the same one said anew keeps its number."""
    topic = state.asked.topic if same else state.asked.topic + 1
    opened = replace(state, request=turn, detail=None)
    return replace(opened, asked=Asked(_text(opened), attention, score, topic))


def _kept(state: _State, attention: Attention, score: float) -> _State:
    asked = Asked(_text(state), attention, score, state.asked.topic)
    return replace(state, asked=asked)


def _text(state: _State) -> str:
    return " ".join(turn.asked for turn in (state.request, state.detail) if turn)


def _accepts(turn: Turn, state: _State) -> bool:
    """Tell whether a customer who asked nothing yet says yes to what the agent offers."""
    first = turn.folded.partition(" ")[0]
    return state.request is None and state.offer is not None and first in lists.YES


def _says_again(turn: Turn, request: Turn) -> bool:
    """Tell whether a turn holds most of what the open request said."""
    return len(turn.terms & request.terms) >= _MOST_SHARED * max(1, len(request.terms))


def _is_new(turn: Turn, request: Turn) -> bool:
    """Tell whether a turn opens another request rather than going on with the open one.

    It says enough to stand alone, shares little with the open request, and wants or asks
    for something or announces another matter: a trouble alone explains what was asked.
    """
    if _leans(turn) or _shared(turn, request) >= _ENOUGH_SHARED:
        return False
    marks = (lists.WANTS, lists.ASKS, lists.MORE)
    return any(mark.search(text) for mark in marks for text in (turn.substance, turn.folded))


def _leans(turn: Turn) -> bool:
    """Tell whether a turn needs what was said before it: it points at it, or says too little.

    Two words are enough where one of them is what is to be done: cancel my order.
    """
    if lists.POINTING & set(turn.substance.split()):
        return turn.weight <= _SHORT
    acts = lists.ACTS.search(turn.substance) is not None
    return turn.weight < _FEW + (not acts)


def _shared(turn: Turn, request: Turn) -> float:
    mine = turn.terms
    return len(mine & request.terms) / max(1, min(len(mine), len(request.terms)))
