# SPDX-License-Identifier: Apache-2.0
"""`agentassist doctor`: look at the machine and at every part, and say what to do.

It reads and changes nothing of the data: a database that needs an upgrade is reported,
not upgraded. What may be missing before the first start is no fault.
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import typer

from agentassist import __version__
from agentassist.cli.context import AsJson, DataDir, guarded, print_json, settings
from agentassist.errors import UserError
from agentassist.settings import Loaded, Settings

if TYPE_CHECKING:
    from agentassist.diagnostics import Check, CheckResult, Diagnostics
    from agentassist.services.index_status import IndexStatus

_FRESH = "There is no database yet: the desk makes it when it is first started."
_OLD = "The database needs an upgrade. Run `agentassist db upgrade`."


@guarded
def doctor(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check every part, and say what to do. Exit code 1 when something is wrong."""
    from agentassist import diagnostics  # noqa: PLC0415  keeps `--help` quick

    loaded = settings(data_dir)
    chosen = loaded.settings
    log = diagnostics.Diagnostics(chosen.log_dir, __version__, name="doctor")
    try:
        first = {"logs": partial(check_logs, log), "settings": partial(check_settings, loaded)}
        results = diagnostics.doctor({**first, **checks(chosen)})
    finally:
        log.close()
    if as_json:
        print_json([asdict(result) for result in results])
    else:
        _print(results)
    if not all(result.ok for result in results):
        raise typer.Exit(1)


app = typer.Typer(add_completion=False)
app.command()(doctor)


def checks(chosen: Settings) -> "Mapping[str, Check]":
    """Return what is checked by name, in the order in which a start needs it."""
    from agentassist import diagnostics  # noqa: PLC0415  as above
    from agentassist.credentials import Credentials  # noqa: PLC0415  as above

    return {
        "python": diagnostics.check_python,
        "display": diagnostics.check_display,
        "korean font": diagnostics.check_hangul,
        "disk": partial(diagnostics.check_disk, chosen.data_dir),
        "database": partial(check_database, chosen),
        "model": partial(check_model, chosen),
        "index": partial(check_index, chosen),
        "policies": partial(check_policies, chosen),
        "signers": partial(check_signers, chosen),
        "keyring": Credentials().check,
        "webhook": partial(check_webhook, chosen),
    }


def check_logs(log: "Diagnostics") -> str:
    """Begin to log. Raises UserError when the folder cannot be written."""
    log.start()
    return f"Logs are written to {log.log_file.parent}."


def check_settings(loaded: Loaded) -> str:
    """Warn of names that no setting has; bad values are told before any check is made."""
    from agentassist.diagnostics import Warn  # noqa: PLC0415  as above

    if loaded.unknown:
        return Warn("; ".join(map(str, loaded.unknown)))
    return "Every name is known."


def check_database(chosen: Settings) -> str:
    """Look for damage and a missing upgrade.

    Raises:
        UserError or Unavailable: something is wrong with it, or it does not answer.
    """
    from agentassist.storage.database import opened  # noqa: PLC0415  slow to load

    if _is_fresh(chosen):
        return _FRESH
    with opened(chosen.url) as database:
        if not database.up_to_date:
            raise UserError(_OLD)
        if faults := database.check():
            raise UserError(
                "{fault} Restore a backup with `agentassist db restore FILE`.", fault=faults[0]
            )
        return f"The database is sound: {database.url}."


def check_model(chosen: Settings) -> str:
    """Check every byte of the language model.

    Raises:
        UserError: there is none, or a file of it is missing or changed.
    """
    from agentassist.cli.model import shelf  # noqa: PLC0415  slow to load
    from agentassist.retrieval.model_folder import bundled_source  # noqa: PLC0415  as above

    models = shelf(chosen.data_dir)
    if models.ready:
        manifest = models.verify()
        return f"{manifest.name} is ready; it knows {', '.join(manifest.languages)}."
    if chosen.model and not chosen.model.is_dir():
        raise UserError("There is no folder {folder}. Mend the setting model.", folder=chosen.model)
    if not (chosen.model or bundled_source()):
        raise UserError(
            "No language model is installed: only words are searched."
            " Give the folder of one: `agentassist model add FOLDER`."
        )
    return "The model is prepared at the first start, or now with `agentassist model add`."


def check_index(chosen: Settings) -> str:
    """Tell what can be found, and by what.

    Raises:
        UserError or Unavailable: the database cannot be read.
    """
    from agentassist.cli.model import shelf  # noqa: PLC0415  slow to load
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  as above
    from agentassist.services.knowledge_index import KnowledgeIndex  # noqa: PLC0415  as above
    from agentassist.storage.database import opened  # noqa: PLC0415  as above

    if _is_fresh(chosen):
        return _FRESH
    models = shelf(chosen.data_dir)
    with opened(chosen.url) as database:
        if not database.up_to_date:
            raise UserError(_OLD)
        index = KnowledgeIndex(database, chosen.data_dir / "index", models.open_encoder, utc_now)
        try:
            index.open()
            if models.ready:
                index.load_model()
            return _found(index.status())
        finally:
            index.close()


def check_policies(chosen: Settings) -> str:
    """Prove the policies in use. Raises UserError with the first fault."""
    from agentassist.places import resource  # noqa: PLC0415  as above
    from agentassist.services import policy_check  # noqa: PLC0415  slow to load

    folder = chosen.policies or resource("policies")
    loaded = policy_check.check(folder)
    if loaded.faults:
        raise UserError(
            "{fault} ({number} in all: run `agentassist policy check {folder}`.)",
            fault=loaded.faults[0],
            number=len(loaded.faults),
            folder=folder,
        )
    number = len(loaded.bundle.policies) if loaded.bundle else 0
    return f"{number} policies are sound in {folder}."


def check_signers(chosen: Settings) -> str:
    """Warn where nobody could sign what is above an agent's authority.

    Raises:
        UserError or Unavailable: the database cannot be read.
    """
    from agentassist.diagnostics import Warn  # noqa: PLC0415  as above
    from agentassist.domain.staff import SIGNERS  # noqa: PLC0415  as above
    from agentassist.services.staff import Staff  # noqa: PLC0415  as above
    from agentassist.storage.database import opened  # noqa: PLC0415  as above

    if _is_fresh(chosen):
        return _FRESH
    with opened(chosen.url) as database:
        if not database.up_to_date:
            raise UserError(_OLD)
        logins = Staff(database).everybody()
    able = [one for one in logins if one.person.role in SIGNERS and one.disabled_at is None]
    if not able:
        return Warn("Nobody can sign yet. Make a login with `agentassist staff add LOGIN`.")
    if not chosen.agent.strip():
        return Warn("This desk names no agent, so nobody can sign here. Set `agent`.")
    return f"{len(able)} may sign what is above an agent's authority."


def check_webhook(chosen: Settings) -> str:
    """Check that call events can be received, or are by the running desk.

    Raises:
        UserError: another program has the port.
    """
    from agentassist.diagnostics import check_port  # noqa: PLC0415  as above

    if not chosen.webhook:
        return "Call events are switched off by the setting webhook."
    try:
        return check_port(chosen.webhook_port)
    except UserError:
        if not _desk_runs(chosen):
            raise
        return f"Port {chosen.webhook_port} is in use while the desk is running, as it should be."


def _is_fresh(chosen: Settings) -> bool:
    # Opening would make the file, and a check must leave no trace.
    return not chosen.database_url and not (chosen.data_dir / "agentassist.db").exists()


def _desk_runs(chosen: Settings) -> bool:
    from agentassist.ui.instance_lock import InstanceLock  # noqa: PLC0415  as above

    lock = InstanceLock(chosen.data_dir / "desk.lock")
    try:
        return not lock.take()
    finally:
        lock.close()


def _found(status: "IndexStatus") -> str:
    if not status.articles:
        return "There are no articles yet. Add some with `agentassist kb import FOLDER`."
    by = "words and meaning" if status.vectors else "words"
    waiting = (
        f" {status.waiting} texts wait to be encoded: the desk does it between calls, or"
        " run `agentassist index rebuild`."
        if status.model and status.waiting
        else ""
    )
    return f"{status.articles} articles are found by {by}.{waiting}"


def _print(results: "tuple[CheckResult, ...]") -> None:
    width = max(len(result.name) for result in results)
    for result in results:
        word = ("warn" if result.warn else "ok") if result.ok else "fault"
        typer.echo(f"{word:<5}  {result.name:<{width}}  {' '.join(result.sentence.split())}")
