# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb turns`: which turns of conversations the desk would search for."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentassist.cli.context import fail, guarded
from agentassist.domain.call import Speaker
from agentassist.errors import BadInput, Place

if TYPE_CHECKING:
    from agentassist.domain.live_question import LiveQuestion


@dataclass(frozen=True, slots=True)
class _Turn:
    key: str
    conversation: str
    speaker: Speaker
    text: str


@guarded
def turns(
    queries: Annotated[
        Path,
        typer.Option(
            "--queries",
            help="JSON lines in the order they were said: id, conversation, text, and speaker "
            "(customer or agent; customer without).",
        ),
    ],
    run: Annotated[
        Path, typer.Option("--run", help="Where the scores go, as JSON lines: id, score.")
    ],
) -> None:
    """Tell for each turn of a customer how likely it asks for something, and what is asked.

    Every conversation is followed as the desk follows one: the same gate, the same memory.
    No model and no database are needed.
    """
    from agentassist.domain.live_question import LiveQuestion  # noqa: PLC0415 - needed only here
    from agentassist.services.live_text import load_gate  # noqa: PLC0415 - as above

    live: dict[str, LiveQuestion] = defaultdict(lambda: LiveQuestion(load_gate()))
    try:
        with run.open("w", encoding="utf-8") as file:
            for turn in _read(queries):
                if line := _scored(live[turn.conversation], turn):
                    file.write(line + "\n")
    except OSError as fault:
        fail(f"{run}: {fault.strerror}. Choose another place.")


def _scored(live: "LiveQuestion", turn: _Turn) -> str:
    """Return the line of a customer's turn; the agent's are heard and have none."""
    asked = live.hear(turn.speaker, turn.text)
    if turn.speaker is Speaker.AGENT:
        return ""
    facts = {
        "id": turn.key,
        "score": round(asked.score, 5),
        "attention": asked.attention.value,
        "question": asked.text,
        "topic": asked.topic,
    }
    return json.dumps(facts, ensure_ascii=False)


def _read(queries: Path) -> Iterator[_Turn]:
    try:
        lines = queries.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(Place(str(queries)), "The file cannot be read as UTF-8 text.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _turn(line, Place(str(queries), number))


def _turn(line: str, place: Place) -> _Turn:
    try:
        raw: Any = json.loads(line)
        speaker = Speaker(raw.get("speaker", Speaker.CUSTOMER))
        return _Turn(str(raw["id"]), str(raw["conversation"]), speaker, str(raw["text"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(
            place, "Each line must be a JSON object with id, conversation and text."
        ) from None
