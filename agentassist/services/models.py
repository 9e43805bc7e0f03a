# SPDX-License-Identifier: Apache-2.0
"""The language models of this data folder: exported once, verified at every start."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from agentassist.errors import NewerData, Problem, UserError
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.export_process import Export, Progress
from agentassist.retrieval.model_folder import (
    BUNDLED_NAME,
    MANIFEST,
    Manifest,
    Precision,
    bundled_source,
    read_manifest,
    verify,
)
from agentassist.retrieval.model_place import recover

_ANSWERING = "answering"


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
    or None for the bundled model. `reread` tells what the settings name now, and `guard`
    refuses threads that must not wait.

    When another model is chosen, the one before answers until the index has gone over:
    the name of the one that answers is kept in the folder, for the next start.
    """

    def __init__(
        self,
        folder: Path,
        chosen: Path | None = None,
        reread: Callable[[], Path | None] | None = None,
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._chosen = chosen
        self._reread = reread
        self._named = reread() if reread else chosen
        self._guard = guard
        self._running: Export | None = None
        self._opened: Path | None = None

    @property
    def in_use(self) -> Path:
        """The exported folder of the chosen model; it may not be there yet."""
        if self._chosen is not None and (self._chosen / MANIFEST).is_file():
            return self._chosen
        return self._folder / _name_of(self._chosen)

    @property
    def ready(self) -> bool:
        """Tell whether the chosen model was exported; says nothing about its bytes."""
        recover(self.in_use)
        return _is_readable(self.in_use)

    @property
    def can_answer(self) -> bool:
        """Tell whether there is a model to begin with: the chosen one, or the one before."""
        return self.ready or _is_readable(self._answering())

    @property
    def waiting(self) -> bool:
        """Tell whether another model answers than the one that is chosen now."""
        return (self._opened or self._answering()) != self.in_use

    def look_again(self) -> bool:
        """Take over what the settings name since; tell whether that is another model."""
        try:
            named = self._reread() if self._reread else self._named
        except Problem:  # somebody is writing the file
            return False
        if named == self._named:
            return False
        self._named = self._chosen = named
        return self.waiting

    def open_encoder(self) -> Encoder:
        """Verify and load the model that answered last, else the chosen one.

        Raises:
            UserError: none is exported yet, or a file was changed.
        """
        last = self._answering()
        if last != self.in_use and _is_readable(last):
            with suppress(UserError):
                encoder = self._load(last)
                self._opened = last
                return encoder
        encoder = self.open_chosen()
        self.settle()
        return encoder

    def open_chosen(self) -> Encoder:
        """Verify and load the chosen model, which may not answer yet.

        Raises:
            UserError: it is not exported yet, or a file of it was changed.
        """
        return self._load(self.in_use)

    def settle(self) -> None:
        """Remember, for the next start too, that the chosen model answers now."""
        self._opened = self.in_use
        with suppress(OSError):  # where it cannot be written, words answer while it is loaded
            fresh = self._folder / f".{_ANSWERING}.{uuid4().hex}"
            fresh.write_text(str(self.in_use), encoding="utf-8")
            fresh.replace(self._folder / _ANSWERING)

    def _load(self, folder: Path) -> Encoder:
        return Encoder.open(folder, guard=self._guard)

    def _answering(self) -> Path:
        try:
            return Path((self._folder / _ANSWERING).read_text(encoding="utf-8").strip())
        except (OSError, ValueError):
            return self.in_use

    def export(
        self,
        source: Path | None = None,
        languages: Sequence[str] = (),
        precision: Precision | None = None,
    ) -> Export:
        """Start the export of a model in a child process: the chosen one without `source`.

        Raises:
            UserError: there is no such folder, or no bundled model is installed.
            NewerData: a newer version of the program has exported this model.
        """
        wanted = source or self._chosen
        folder = wanted or bundled_source()
        if folder is None:
            raise UserError(
                "No language model is installed with the program. Give the folder of one: "
                "`agentassist model add FOLDER`."
            )
        if not folder.is_dir() and folder.name == BUNDLED_NAME:
            folder = bundled_source() or folder
        if not folder.is_dir():
            raise UserError("There is no folder {folder}.", folder=str(folder))
        target = self._folder / _name_of(wanted)
        _refuse_newer(target)
        return Export(folder, target, languages, precision)

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
        return verify(self.place(name) if name else self.in_use)

    def place(self, name: str) -> Path:
        """Return the exported folder of a model by its name; it may not be there."""
        return self._folder.resolve() / Path(name).name


def _name_of(source: Path | None) -> str:
    return source.resolve().name if source is not None else BUNDLED_NAME


def _is_readable(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except UserError:
        return False
    return True


def _refuse_newer(folder: Path) -> None:
    try:
        read_manifest(folder)
    except NewerData:
        raise
    except UserError:
        return


def _entry(folder: Path) -> ModelEntry:
    try:
        return ModelEntry(folder.name, folder, read_manifest(folder))
    except UserError as fault:
        return ModelEntry(folder.name, folder, None, str(fault))
