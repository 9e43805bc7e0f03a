# SPDX-License-Identifier: Apache-2.0
"""`agentassist call webhook`: the address that the telephone system posts call events to."""

from typing import TYPE_CHECKING

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, print_json, settings
from agentassist.settings import Loaded, machine_policy_file, user_file

if TYPE_CHECKING:
    from agentassist.credentials import WebhookToken


@guarded
def webhook(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Print the address to enter at the telephone system. It holds the token: keep it secret."""
    from agentassist.credentials import Credentials, webhook_token  # noqa: PLC0415  slow to load
    from agentassist.cti.webhook import Webhook  # noqa: PLC0415  as above

    loaded = settings(data_dir)
    chosen = loaded.settings
    kept = webhook_token(Credentials(), chosen.data_dir)
    port = chosen.webhook_port
    address = Webhook(kept.token, port=port).endpoint
    notes = _notes(loaded, kept)
    if as_json:
        known = {"address": address if port else None, "port": port}
        print_json({**known, "token": kept.token, "kept_in": kept.place, "notes": notes})
        return
    typer.echo(address if port else address.replace(":0/", ":PORT/", 1))
    for note in notes:
        typer.echo(note, err=True)


def _notes(loaded: Loaded, kept: "WebhookToken") -> list[str]:
    """Return what stands between this address and a call on the screen."""
    notes, chosen = [], loaded.settings
    if not chosen.webhook:
        notes.append("Call events are switched off by the setting webhook.")
    if not chosen.webhook_port:
        file = machine_policy_file() if "webhook_port" in loaded.locked else user_file()
        notes.append(
            "The port is chosen anew at each start of the desk. To fix it, write"
            f" webhook_port = 8741 in {file} and start the desk again."
        )
    if kept.note:
        notes.append(kept.note)
    return notes
