# SPDX-License-Identifier: Apache-2.0
"""`agentassist call`: announce a call to the running desk, feed it text, end it.

For softphones that run a program when it rings, and for recognisers that write lines.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from agentassist.cli.call_webhook import webhook
from agentassist.cli.context import AsJson, DataDir, fail, guarded, print_json, settings
from agentassist.domain.call import Speaker
from agentassist.domain.identifiers import new_id

app = typer.Typer(
    help="Announce a call to the running desk, feed it text, end it.", no_args_is_help=True
)

app.command("webhook")(webhook)

CallId = Annotated[
    str, typer.Option("--id", help="The call, as `call pop` named it.", show_default=False)
]


@app.command("pop")
@guarded
def pop(
    caller: Annotated[
        str, typer.Option("--from", help="Number of the caller; leave it out when withheld.")
    ] = "",
    called: Annotated[str, typer.Option("--to", help="Number that was called.")] = "",
    queue: Annotated[str, typer.Option("--queue", help="Queue the call came through.")] = "",
    call_id: Annotated[
        str, typer.Option("--id", help="The telephone system's own name for the call.")
    ] = "",
    context: Annotated[
        list[str] | None,
        typer.Option(
            "--context",
            metavar="KEY=VALUE",
            help="What a bot or menu learnt before: intent, order, account, tried, verified, "
            "transcript ... May be given many times.",
        ),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Announce a call. Doing it twice with one id announces one call."""
    call_id = call_id or f"cli-{new_id()}"
    command = {"command": "pop", "from": caller, "to": called, "queue": queue, "id": call_id}
    _tell(data_dir, {**command, **_context(context or [])})
    _done({"id": call_id}, call_id, as_json=as_json)


@app.command("say")
@guarded
def say(
    text: Annotated[
        str | None,
        typer.Argument(help="What is said; without it, lines are read from standard input."),
    ] = None,
    speaker: Annotated[Speaker, typer.Option("--speaker", help="Who says it.")] = Speaker.CUSTOMER,
    call_id: CallId = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Add what is said to a call: the one on screen unless --id names another."""
    said = 0
    for line in sys.stdin if text is None else [text]:
        if line.strip():
            command = {"command": "say", "text": line.strip(), "speaker": speaker.value}
            _tell(data_dir, {**command, "id": call_id})
            said += 1
    _done({"lines": said}, "", as_json=as_json)


@app.command("end")
@guarded
def end(call_id: CallId = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """End a call: the one on screen unless --id names another."""
    _tell(data_dir, {"command": "end", "id": call_id})
    _done({"id": call_id}, "", as_json=as_json)


def _context(given: list[str]) -> dict[str, str]:
    """Return what was known before as fields of the command; a name given twice has lines."""
    fields: dict[str, str] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter("Write --context as KEY=VALUE, such as intent=return.")
        key = f"context.{name.strip()}"
        fields[key] = f"{fields[key]}\n{value}" if key in fields else value
    return fields


def _tell(data_dir: Path | None, command: Mapping[str, str]) -> None:
    # Qt loads only here, so that `--help` and `--version` stay quick.
    from agentassist.ui.desk_commands import desk_name  # noqa: PLC0415
    from agentassist.ui.instance import send  # noqa: PLC0415

    answer = send(desk_name(settings(data_dir).settings.data_dir), command)
    if not answer.get("ok"):
        fail(str(answer.get("error", "The desk refused the command.")))


def _done(facts: Mapping[str, object], sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, **facts})
    elif sentence:
        typer.echo(sentence)
