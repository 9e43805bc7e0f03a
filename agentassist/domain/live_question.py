# SPDX-License-Identifier: Apache-2.0
"""What is asked in a live conversation: the open request, kept while other things are said.

A transcript is a stream, not a query. Greetings, thanks, answers and data leave the
request as it is; a detail is put behind it; a new request takes its place. What the agent
says is never searched for, except where the customer says yes to it before anything was
asked; but what follows a question for a name or number is an answer, no request.
"""

from dataclasses import dataclass, field, replace

from agentassist.domain import turn_words as lists
from agentassist.domain.call import Speaker
from agentassist.domain.topic import insists, is_new, says_again
from agentassist.domain.turn import Turn, read
from agentassist.domain.turn_gate import Attention, Gate, Past

_FEW = 2


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
    """Everything that the next line needs.

    The request and the detail last given to it; what the agent offers, and whether they
    asked for a name or number.
    """

    past: Past = field(default_factory=Past)
    request: Turn | None = None
    detail: Turn | None = None
    offer: Turn | None = None
    datum_wanted: bool = False
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
        return _told(state, turn)
    score = gate.score(turn, state.past)
    attention = _attention(gate, state, turn, score)
    said = replace(state, past=state.past.after(turn), offer=None, datum_wanted=False)
    if attention is not Attention.SILENT:
        fresh = not state.datum_wanted or insists(turn)
        return _asking(said, turn, attention, score, fresh=fresh)
    if _accepts(turn, state):
        return _new(said, state.offer, Attention.QUIET, score)
    return _kept(said, attention, score)


def _told(state: _State, turn: Turn) -> _State:
    """Take in what the agent says: it asks nothing, but tells what an answer would be."""
    wanted = lists.ASKED_DATUM.search(turn.folded) is not None
    offer = turn if len(turn.content) >= _FEW else None
    asked = replace(state.asked, attention=Attention.SILENT, score=0.0)
    return replace(state, offer=offer, datum_wanted=wanted, asked=asked)


def _attention(gate: Gate, state: _State, turn: Turn, score: float) -> Attention:
    answers = state.datum_wanted and not insists(turn) and not lists.MORE.search(turn.folded)
    return Attention.SILENT if answers else gate.attention(turn, score)


def _asking(
    state: _State, turn: Turn, attention: Attention, score: float, *, fresh: bool
) -> _State:
    request = state.request
    if request is None or says_again(turn, request):
        return _new(state, turn, attention, score, same=request is not None)
    if fresh and attention is Attention.SEARCH and is_new(turn, request):
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
    offered = state.offer is not None and not state.datum_wanted
    return state.request is None and offered and turn.folded.partition(" ")[0] in lists.YES
