# SPDX-License-Identifier: Apache-2.0
"""What a folder of somebody else's model says about itself, and whether it is safe to read.

The layout is that of sentence-transformers: `modules.json`, `config.json`,
`tokenizer.json`, `1_Pooling`, weights as safetensors or as an ONNX graph.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from agentassist.errors import UserError
from agentassist.retrieval.model_folder import (
    GRAPH,
    TOKENIZER,
    Precision,
    Prompts,
    sha256_of,
)

MOST_BYTES = 2 << 30  # what one ONNX file can hold
DEFAULT_TOKENS = 256
_MOST_FILES = 4096
_MOST_TEXT_BYTES = 64 << 20
_RECIPE = 2  # changes with whatever changes the vectors of the same source
_UNSAFE = {
    ".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".py", ".pyc", ".h5", ".msgpack",
    ".joblib", ".npy", ".npz", ".so", ".dll", ".dylib",
}  # fmt: skip
_GRAPHS = (f"onnx/{GRAPH}", GRAPH)
_WEIGHTS = {".safetensors", ".onnx", ".json", ".data", ".onnx_data"}
_KNOWN_MODULES = {"Transformer", "Pooling", "Normalize"}
_CARD = "README.md"


class Pooling(StrEnum):
    """How the vectors of the tokens become one."""

    MEAN = "mean"
    CLS = "cls"


@dataclass(frozen=True, slots=True)
class Source:
    """A model folder that was found safe to read.

    Attributes:
        graph: its own ONNX graph, or None.
        weights: whether sentence-transformers could load it.
        dimension: what its files say, 0 when they say nothing.
        modules: names of the classes of its pipeline.
    """

    folder: Path
    graph: Path | None
    weights: bool
    dimension: int
    max_tokens: int
    pooling: Pooling | None
    modules: tuple[str, ...]
    prompts: Prompts

    @property
    def plain(self) -> bool:
        """Whether pooling and length are all that follows the transformer."""
        return set(self.modules) <= _KNOWN_MODULES


def read_source(folder: Path) -> Source:
    """Check a folder and read what it says.

    Raises:
        UserError: it is no model, may carry code, or leads out of itself.
    """
    _refuse_unsafe(folder)
    graph = next((folder / name for name in _GRAPHS if (folder / name).is_file()), None)
    modules = _modules(folder)
    if not modules and graph is None:
        raise UserError("{folder} is not a sentence-transformers folder.", folder=str(folder))
    weights = any(folder.rglob("*.safetensors")) and bool(modules)
    if graph is None and not weights:
        raise UserError("The folder has neither weights as safetensors nor an ONNX graph.")
    config = _json(modules.get("Transformer", folder) / "config.json")
    _refuse_code(config)
    pooling = _json(modules.get("Pooling", folder / "1_Pooling") / "config.json")
    return Source(
        folder=folder,
        graph=graph,
        weights=weights,
        dimension=_dimension(pooling, config),
        max_tokens=_max_tokens(modules.get("Transformer", folder), config),
        pooling=_pooling(pooling),
        modules=tuple(modules),
        prompts=_prompts(folder, pooling),
    )


def spoken(folder: Path) -> tuple[str, ...]:
    """Return the languages that the model card names, English when it names none."""
    import frontmatter  # noqa: PLC0415 - the child alone needs it
    import yaml  # noqa: PLC0415 - as above

    try:
        card = folder / _CARD
        named: Any = frontmatter.load(str(card)).get("language") if card.is_file() else None
    except (yaml.YAMLError, ValueError):
        named = None
    named = [named] if isinstance(named, str) else named
    return tuple(str(language) for language in named or ()) or ("en",)


def identity(source: Source, precision: Precision) -> str:
    """Digest of the weights and of what shapes the vectors: the same on every machine.

    The exported graph's own bytes would not do, since they differ with the version of torch.
    """
    digest = hashlib.sha256(f"{_RECIPE} {precision} {source.max_tokens}".encode())
    kept = (path for path in source.folder.rglob("*") if path.suffix in _WEIGHTS)
    for path in sorted(kept):
        if path.is_file() and path.name != "data_config.json":
            name = path.relative_to(source.folder).as_posix()
            digest.update(f"{name}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _refuse_unsafe(folder: Path) -> None:
    inside, size = folder.resolve(), 0
    for count, path in enumerate(folder.rglob("*")):
        if path.suffix.lower() in _UNSAFE:
            raise UserError(
                "{file} may carry code. Use a folder with safetensors or ONNX only.",
                file=path.name,
            )
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            raise UserError("{file} is a link to another place.", file=path.name)
        size += path.stat().st_size if path.is_file() else 0
        if count > _MOST_FILES or size > 2 * MOST_BYTES:
            raise UserError("The folder is too large for a model of sentences. Use a smaller one.")
    tokenizer = folder / TOKENIZER
    if tokenizer.is_file() and tokenizer.stat().st_size > _MOST_TEXT_BYTES:
        raise UserError("{file} is too large.", file=TOKENIZER)


def _refuse_code(config: dict[str, Any]) -> None:
    if "auto_map" in config or "trust_remote_code" in config:
        raise UserError("The model wants to run code of its own. Use a model that does not.")


def _modules(folder: Path) -> dict[str, Path]:
    """Return the names of the classes of the pipeline in their order, and where each lies."""
    path = folder / "modules.json"
    if not path.is_file():
        return {}
    modules = _list(path)
    foreign = [one for one in modules if not str(one["type"]).startswith("sentence_transformers.")]
    if foreign:
        raise UserError(
            "The model wants to run code of its own ({names}). Use a model that does not.",
            names=", ".join(str(one["type"]) for one in foreign),
        )
    places = {str(one["type"]).rsplit(".", 1)[-1]: str(one.get("path", "")) for one in modules}
    if any(".." in Path(one).parts or Path(one).is_absolute() for one in places.values()):
        raise UserError("{file} leads to another place.", file=path.name)
    return {name: folder / place for name, place in places.items()}


def _list(path: Path) -> list[dict[str, Any]]:
    found = _read(path)
    if not isinstance(found, list) or not all(
        isinstance(one, dict) and "type" in one for one in found
    ):
        raise UserError("{file} of the model cannot be read.", file=path.name)
    return found


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found = _read(path)
    if not isinstance(found, dict):
        raise UserError("{file} of the model cannot be read.", file=path.name)
    return found


def _read(path: Path) -> Any:
    if path.stat().st_size > _MOST_TEXT_BYTES:
        raise UserError("{file} is too large.", file=path.name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as fault:
        raise UserError("{file} of the model cannot be read.", file=path.name) from fault


def _dimension(pooling: dict[str, Any], config: dict[str, Any]) -> int:
    names = (pooling.get("word_embedding_dimension"), pooling.get("embedding_dimension"))
    found = next((one for one in (*names, config.get("hidden_size")) if one), 0)
    return int(found) if isinstance(found, int | float) else 0


def _max_tokens(folder: Path, config: dict[str, Any]) -> int:
    own = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    positions = config.get("max_position_embeddings")
    given = (own or DEFAULT_TOKENS, positions, 2 * DEFAULT_TOKENS)
    return min(one for one in given if isinstance(one, int) and one > 0)


def _pooling(config: dict[str, Any]) -> Pooling | None:
    if not config:
        return None
    named = config.get("pooling_mode")
    old = [name.removeprefix("pooling_mode_") for name, value in config.items() if value is True]
    modes = {"cls_token": Pooling.CLS, "mean_tokens": Pooling.MEAN}
    chosen = named if isinstance(named, str) else next((one for one in old if one in modes), "")
    return modes.get(chosen) or (Pooling(chosen) if chosen in set(Pooling) else None)


def _prompts(folder: Path, pooling: dict[str, Any]) -> Prompts:
    config = _json(folder / "config_sentence_transformers.json")
    named = config.get("prompts") or {}
    if not isinstance(named, dict):
        raise UserError("The prompts of the model cannot be read.")
    usual = str(named.get(config.get("default_prompt_name") or "", "") or "")
    passage = next((named[one] for one in ("document", "passage", "corpus") if named.get(one)), "")
    prompts = Prompts(str(named.get("query") or usual), str(passage or usual))
    if (prompts.query or prompts.passage) and pooling.get("include_prompt") is False:
        raise UserError("The model leaves its prompt out of the vector, which is not supported.")
    return prompts
