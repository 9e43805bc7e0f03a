# SPDX-License-Identifier: Apache-2.0
"""`agentassist model`: list, add and verify language models."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, print_json, print_table, settings

if TYPE_CHECKING:
    from agentassist.retrieval.model_folder import Manifest
    from agentassist.services.models import ModelShelf

app = typer.Typer(help="List, add and verify language models.", no_args_is_help=True)


@app.command("list")
@guarded
def list_models(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the models that were added, and which one is in use."""
    models = shelf(data_dir)
    entries = models.entries()
    if as_json:
        print_json(
            [
                {**_facts(one.manifest), "name": one.name, "fault": one.fault}
                | {"in_use": one.folder == models.in_use}
                for one in entries
            ]
        )
        return
    if not entries:
        typer.echo("No model yet. Add the bundled one with `agentassist model add`.")
        return
    print_table(
        ("", "name", "languages", "dimension", "agreement"),
        [
            (
                "*" if one.folder == models.in_use else "",
                one.name,
                ",".join(one.manifest.languages) if one.manifest else one.fault,
                one.manifest.dimension if one.manifest else "",
                f"{one.manifest.agreement.cosine:.4f}" if one.manifest else "",
            )
            for one in entries
        ],
    )


@app.command("add")
@guarded
def add(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A sentence-transformers folder; the bundled model without it."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", help="A language it speaks (ISO 639-1); may be repeated."),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Export a model for this program, and compare it with the original. Takes half a minute."""
    models = shelf(data_dir)
    export = models.export(folder, language or ())

    def say(step: int, of: int, text: str) -> None:
        typer.echo(f"{step}/{of} {text}", err=True)

    try:
        export.wait(say)
    except KeyboardInterrupt:
        export.cancel()
        raise
    _report(models.verify(export.target.name), as_json=as_json)


@app.command("verify")
@guarded
def verify(
    name: Annotated[str, typer.Argument(help="Name of the model; the one in use without it.")] = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Check every file of a model. Exit code 1 when one is missing or changed."""
    _report(shelf(data_dir).verify(name), as_json=as_json)


def shelf(data_dir: Path | None) -> "ModelShelf":
    """Return the models of this run's data folder."""
    from agentassist.services.models import ModelShelf  # noqa: PLC0415 - loads ONNX Runtime

    chosen = settings(data_dir).settings
    return ModelShelf(chosen.data_dir / "models", chosen.model)


def _report(manifest: "Manifest", *, as_json: bool) -> None:
    if as_json:
        print_json(_facts(manifest))
        return
    agreement = manifest.agreement
    typer.echo(
        f"{manifest.name}: every file is right. Languages {', '.join(manifest.languages)}; "
        f"{manifest.dimension} dimensions; agreement {agreement.cosine:.4f}, "
        f"nearest ten {agreement.overlap:.3f}."
    )


def _facts(manifest: "Manifest | None") -> dict[str, object]:
    return asdict(manifest) if manifest else {}
