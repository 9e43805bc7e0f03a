# SPDX-License-Identifier: Apache-2.0
"""The language models of this data folder: exported once, verified at every start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from agentassist.errors import UserError
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.export_process import Export, Progress
from agentassist.retrieval.model_folder import (
    BUNDLED_NAME,
    MANIFEST,
    Manifest,
    bundled_source,
    read_manifest,
    verify,
)


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One exported model, or what is wrong with it."""

    name: str
    folder: Path
    manifest: Manifest | None
    fault: str = ""


class ModelShelf:
    """Exported models under one folder. `chosen` is the model that the settings name.

    `chosen` may be a sentence-transformers folder, a folder that is exported already,
    or None for the bundled model.
    """

    def __init__(self, folder: Path, chosen: Path | None = None) -> None:
        self._folder = folder
        self._chosen = chosen
        self._running: Export | None = None

    @property
    def in_use(self) -> Path:
        """The exported folder of the chosen model; it may not be there yet."""
        if self._chosen is not None and (self._chosen / MANIFEST).is_file():
            return self._chosen
        return self._folder / _name_of(self._chosen)

    @property
    def ready(self) -> bool:
        """Tell whether the chosen model was exported; says nothing about its bytes."""
        return (self.in_use / MANIFEST).is_file()

    def open_encoder(self, *, guard: Callable[[], None] = lambda: None) -> Encoder:
        """Verify and load the chosen model: the encoder factory of the index.

        Raises:
            UserError: it is not exported yet, or a file of it was changed.
        """
        return Encoder.open(self.in_use, guard=guard)

    def export(self, source: Path | None = None, languages: Sequence[str] = ()) -> Export:
        """Start the export of a model in a child process: the chosen one without `source`.

        Raises:
            UserError: there is no such folder, or no bundled model is installed.
        """
        wanted = source or self._chosen
        folder = wanted or bundled_source()
        if folder is None:
            raise UserError(
                "No language model is installed with the program. Give the folder of one: "
                "`agentassist model add FOLDER`."
            )
        if not folder.is_dir():
            raise UserError("There is no folder {folder}.", folder=str(folder))
        return Export(folder, self._folder / _name_of(wanted), languages)

    def prepare(self, progress: Progress) -> None:
        """Export the chosen model and wait for it; `progress` gets step, steps and a text.

        Raises:
            Cancelled: `cancel_export` was called meanwhile.
            UserError or Unavailable: as `export` and `Export.wait`.
        """
        self._running = self.export()
        try:
            self._running.wait(progress)
        finally:
            self._running = None

    def cancel_export(self) -> None:
        """End the child process of `prepare`, if it runs; may be called on any thread."""
        if running := self._running:
            running.cancel()

    def entries(self) -> tuple[ModelEntry, ...]:
        """Return every exported model by name; files are not verified."""
        folders = sorted(self._folder.glob(f"[!.]*/{MANIFEST}")) if self._folder.is_dir() else []
        return tuple(_entry(path.parent) for path in folders)

    def verify(self, name: str = "") -> Manifest:
        """Check every file of a model: the chosen one without `name`.

        Raises:
            UserError: it is not there, or a file is missing or changed.
        """
        return verify(self._folder / Path(name).name if name else self.in_use)


def _name_of(source: Path | None) -> str:
    return source.resolve().name if source is not None else BUNDLED_NAME


def _entry(folder: Path) -> ModelEntry:
    try:
        return ModelEntry(folder.name, folder, read_manifest(folder))
    except UserError as fault:
        return ModelEntry(folder.name, folder, None, str(fault))
