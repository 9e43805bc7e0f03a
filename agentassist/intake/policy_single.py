# SPDX-License-Identifier: Apache-2.0
"""One policy of a set of files, read alone: so that it can be tried while others are faulty."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from agentassist.domain.facts import FactSpec
from agentassist.domain.policy import AnyPolicy, Authority
from agentassist.errors import UserError
from agentassist.intake import policy_build, policy_schema
from agentassist.intake.policy_faults import schema_faults
from agentassist.intake.policy_files import AUTHORITY, FACTS
from agentassist.intake.policy_forms import read_toml
from agentassist.intake.toml_outline import Path, outline

_ID = re.compile(r"""^\s*(?:id|"id")\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_LEAST: Mapping[str, Mapping[str, object]] = {
    "decline": {"id": "", "when": [], "reason": ""},
    "yes_with": {"id": "", "when": [], "condition": ""},
    "allow": {"when": []},
    "safe_path": {"id": "", "offer": "", "within_hours": 0},
}
_ALTERNATIVE = {"id": "", "offer": "", "delivers": [], "owner": "us", "within_hours": 0}


def policy_id_of(text: str) -> str:
    """Return the id that a file gives its policy, also where it is not TOML (yet)."""
    head = text.split("\n[", 1)[0]
    found = _ID.search(head)
    return found[1] if found else ""


def title_of(text: str) -> tuple[str, str, str, str, int] | None:
    """Return title, Korean title, sector, category and version; None when it is not TOML."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    if not table:
        return None
    words = (table.get(key) for key in ("title", "title_ko", "sector", "protected"))
    title, korean, sector, category = (w if isinstance(w, str) else "" for w in words)
    version = table.get("version", 1)
    return title, korean, sector, category, version if type(version) is int else 1


def read_policy(text: str, file: str, specs: Mapping[str, FactSpec]) -> AnyPolicy:
    """Read one policy, unproven and without its tests; what is not written yet stays empty.

    Raises BadInput, the first fault, when something in it is wrong.
    """
    table = _filled(read_toml(text, file))
    lines = outline(text, file)
    model = policy_schema.ProtectedFile if "protected" in table else policy_schema.PolicyFile
    try:
        shaped = model.model_validate(table)
    except ValidationError as error:
        raise next(iter(schema_faults(file, lines, error))) from error
    builder = policy_build.Builder(file, lines, specs)
    policy = policy_build.any_policy(builder, shaped)
    if builder.faults:
        raise builder.faults[0]
    return policy


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """Return a policy's table with everything that a half-written one lacks."""
    made = {"title": table.get("id", ""), "sector": "common", **table, "test": []}
    if "protected" not in made:
        made.setdefault("needs", [])
    for name, least in _LEAST.items():
        if isinstance(made.get(name), list):
            made[name] = [_at_least(row, least) for row in made[name]]
    for row in made.get("decline", []):
        if isinstance(row, dict) and isinstance(row.get("alternative"), list):
            row["alternative"] = [_at_least(x, _ALTERNATIVE) for x in row["alternative"]]
    return made


def _at_least(row: object, least: Mapping[str, object]) -> object:
    return {**least, **row} if isinstance(row, dict) else row


def read_facts(files: Mapping[str, str]) -> dict[str, FactSpec]:
    """Return the facts that can be read of all fact files; a faulty one is left out."""
    found: dict[str, FactSpec] = {}
    for file, text in files.items():
        if file.rsplit("/", 1)[-1] == FACTS:
            for row in _fact_rows(text):
                try:
                    spec = policy_build.fact(policy_schema.FactTable.model_validate(row))
                except (ValidationError, UserError):
                    continue
                found[spec.key] = spec
    return found


def read_authority(files: Mapping[str, str]) -> Authority | None:
    """Return the limits that can be read; the last file of that name counts."""
    found = None
    for file, text in files.items():
        if file.rsplit("/", 1)[-1] == AUTHORITY:
            try:
                table = policy_schema.AuthorityFile.model_validate(tomllib.loads(text))
            except (ValidationError, tomllib.TOMLDecodeError, RecursionError):
                continue
            found = policy_build.authority(table)
    return found


def _fact_rows(text: str) -> list[Any]:
    try:
        rows = tomllib.loads(text).get("fact", [])
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
    return rows if isinstance(rows, list) else []


def path_at(text: str, file: str, line: int, field: str) -> Path:
    """Return the path of the key on a line; the one called `field` where there are several."""
    try:
        lines = outline(text, file).lines
    except UserError:
        return ()
    here = [path for path, place in lines.items() if place == line]
    named = [path for path in here if field and field in path[-2:]]
    return max(named or here, key=len, default=())
