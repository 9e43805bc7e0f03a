# SPDX-License-Identifier: Apache-2.0
"""`agentassist model`: list, add, verify and choose language models."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, print_json, print_table, settings
from agentassist.retrieval.model_folder import Precision
from agentassist.settings import write_user

if TYPE_CHECKING:
    from agentassist.retrieval.model_folder import Manifest
    from agentassist.services.models import ModelShelf

app = typer.Typer(help="List, add, verify and choose language models.", no_args_is_help=True)


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
        ("", "name", "languages", "dimension", "precision", "agreement"),
        [
            (
                "*" if one.folder == models.in_use else "",
                one.name,
                ",".join(one.manifest.languages) if one.manifest else one.fault,
                one.manifest.dimension if one.manifest else "",
                one.manifest.precision.value if one.manifest else "",
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
    precision: Annotated[
        Precision | None,
        typer.Option(help="What to compute with; without it 8 bits where they agree."),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Export a model for this program, and compare it with the original. Takes a minute.

    A folder that brings an ONNX graph is taken as it is.
    """
    models = shelf(data_dir)
    export = models.export(folder, language or (), precision)

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


@app.command("use")
@guarded
def use(
    name: Annotated[str, typer.Argument(help="Name of a model that was added.")],
    data_dir: DataDir = None,
) -> None:
    """Choose a model: it is written into your settings.

    A running desk goes over to it in the background; the model before answers until every
    article has a vector of the new one.
    """
    models = shelf(data_dir)
    manifest, place = models.verify(name), models.place(name)
    file = write_user("model", str(place))
    typer.echo(f"{manifest.name} is the model from now on ({file}).")
    if settings(data_dir).settings.model != place:
        typer.echo("AGENTASSIST_MODEL in the environment still names another one.", err=True)


def shelf(data_dir: Path | None) -> "ModelShelf":
    """Return the models of this run's data folder."""
    from agentassist.services.models import ModelShelf  # noqa: PLC0415 - loads ONNX Runtime

    chosen = settings(data_dir).settings
    return ModelShelf(chosen.data_dir / "models", chosen.model)


def _report(manifest: "Manifest", *, as_json: bool) -> None:
    if as_json:
        print_json(_facts(manifest))
        return
    from agentassist.retrieval.scale import NAME, Scale  # noqa: PLC0415 - loads numpy

    agreement = manifest.agreement
    typer.echo(
        f"{manifest.name}: every file is right. Languages {', '.join(manifest.languages)}; "
        f"{manifest.dimension} dimensions; precision {manifest.precision.value}; agreement with "
        f"{agreement.reference.value} {agreement.cosine:.4f}, "
        f"nearest ten {agreement.overlap:.3f}; "
        f"unlike sentences at {Scale(*manifest.calibration.get(NAME, ())).unlike:.2f}."
    )


def _facts(manifest: "Manifest | None") -> dict[str, object]:
    return asdict(manifest) if manifest else {}
