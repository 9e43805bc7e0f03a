# SPDX-License-Identifier: Apache-2.0
"""The schema for editors knows every key, and lets nothing past that the check refuses."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agentassist.intake.policy_editor import HELP, KINDS, editor_schema
from agentassist.places import resource

FOLDER = resource("policies")


def kind_of(path: Path, data: dict[str, Any]) -> str:
    if path.parent.name == "wording":
        return "wording"
    if path.stem in KINDS:
        return path.stem
    return "protected" if "protected" in data else "policy"


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    for choice in schema.get("anyOf", []):
        if choice.get("type") != "null":
            schema = choice
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def unknown(value: object, schema: dict[str, Any], root: dict[str, Any]) -> Iterator[str]:
    """Follow a value through the schema; yield the keys that it does not name."""
    schema = resolved(schema, root)
    if isinstance(value, list):
        for item in value:
            yield from unknown(item, schema.get("items", {}), root)
    elif isinstance(value, dict) and "properties" in schema:
        assert schema["additionalProperties"] is False
        assert set(schema.get("required", ())) <= value.keys()
        for key, inner in value.items():
            if key not in schema["properties"]:
                yield key
            else:
                yield from unknown(inner, schema["properties"][key], root)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_file_that_ships_fits(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    schema = editor_schema(kind_of(path, data))
    assert list(unknown(data, schema, schema)) == []


def test_a_key_that_is_not_there_is_not_in_the_schema() -> None:
    schema = editor_schema("policy")
    assert list(unknown({"id": "a", "title": "", "sector": "", "needs": [], "raeson": 1}, schema,
                        schema)) == ["raeson"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str) -> None:
    schema = editor_schema(kind)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"].startswith("https://json-schema.org/")
    for table in (schema, *schema.get("$defs", {}).values()):
        for key, entry in table["properties"].items():
            assert entry["description"].strip(), key


def test_no_explanation_is_left_over() -> None:
    keys = {
        key.removesuffix("_ko")
        for kind in KINDS
        for table in (editor_schema(kind), *editor_schema(kind).get("$defs", {}).values())
        for key in table["properties"]
    }
    assert keys == HELP.keys()
