# SPDX-License-Identifier: Apache-2.0
"""The documentation is true: what it names is there, and what is there is named."""

import ast
import re
import shlex
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import typer
from PySide6.QtGui import QKeySequence

import agentassist.ui
from agentassist.cli import app, demo
from agentassist.domain.curation import LintRule
from agentassist.intake import articles
from agentassist.settings import Settings
from agentassist.storage.database import Database
from agentassist.ui import suggestion_card

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
IT = ROOT / "docs" / "it.md"
SUPERVISORS = ROOT / "docs" / "supervisors.md"
AGENTS = (ROOT / "docs" / "agents.md", ROOT / "docs" / "agents.ko.md")
UI = Path(agentassist.ui.__file__).parent

_FENCE = re.compile(r"^ *```.*?\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`([^`]+)`")
_PROGRAM = re.compile(r"(?:\.venv/(?:bin|Scripts)/)?agentassist")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_LABEL = re.compile(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)")
_SHORTCUT = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+\w+|F\d{1,2}|Esc")
_SELECT = re.compile(r"SELECT [^;]+;")
_FOREIGN = re.compile(r"/root/|/home/\w|/Users/\w|/tmp/|[A-Z]:\\Users")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path) -> Iterator[str]:
    for found in _FENCE.finditer(text_of(path)):
        yield from found[1].splitlines()


def words(line: str) -> list[str]:
    """Return the arguments of our program in a line of a shell, none when it is another's."""
    try:
        found = shlex.split(line.replace("\\", "/"))
    except ValueError:
        return []
    while found and re.fullmatch(r"[A-Z_]+=.*", found[0]):
        found.pop(0)
    return found if found and _PROGRAM.fullmatch(found[0]) else []


def commands() -> Iterator[tuple[str, list[str]]]:
    for path in DOCS:
        inline = _INLINE.findall(_FENCE.sub("", text_of(path)))
        for line in (*blocks(path), *inline):
            if found := words(line.strip()):
                yield path.name, found[1:]


def tree() -> dict[str, typer.core.TyperCommand]:
    """Return every command by its words."""
    root = typer.main.get_command(app)
    context = typer.Context(root)
    found = {}
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        inner = getattr(command, "commands", None)
        found |= {f"{name} {key}": one for key, one in inner.items()} if inner else {name: command}
    return found


def test_the_documentation_names_commands() -> None:
    assert len(list(commands())) > 60


@pytest.mark.parametrize(
    ("file", "arguments"), [pytest.param(*c, id=f"{c[0]}: {' '.join(c[1])}") for c in commands()]
)
def test_each_command_is_one_that_the_program_knows(file: str, arguments: list[str]) -> None:
    known = tree()
    if not arguments:
        return
    name = next((n for n in (" ".join(arguments[:2]), arguments[0]) if n in known), None)
    assert name is not None, f"{file}: there is no command {' '.join(arguments[:2])}"
    rest = arguments[len(name.split()) :]
    if rest:  # else it is only named
        known[name].make_context(name, rest)


def test_every_command_is_in_the_reference() -> None:
    reference = text_of(IT)
    assert [name for name in tree() if f"| `agentassist {name}` |" not in reference] == []


def test_make_has_the_targets_that_are_named() -> None:
    targets = set(re.findall(r"^([\w-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = {m for path in DOCS for m in re.findall(r"(?:^|`)make ([a-z]+)", text_of(path), re.M)}
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_every_setting_is_described() -> None:
    described = text_of(IT)
    assert [key for key in Settings.model_fields if f"| `{key}` |" not in described] == []


def shortcuts(*, lab: bool = False) -> set[str]:
    """Return every shortcut of the desk or of the policy lab, as people write it."""
    found = set()
    for path in (path for path in UI.glob("*.py") if path.name.startswith("lab_") is lab):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if _SHORTCUT.fullmatch(node.value) else set()
                found |= {"Alt+1", "Alt+2"} if node.value == "Alt+" else set()
    return {key.replace("Return", "Enter") for key in found}


def card_keys() -> set[str]:
    names = {QKeySequence(key).toString() for key in suggestion_card._KEYS}
    return {name.replace("Return", "Enter") for name in names}


def timeline_keys() -> set[str]:
    """Return the keys of the list, as people write them."""
    found = re.findall(r"Qt\.Key\.Key_(\w+)", text_of(UI / "timeline_view.py"))
    return set(found) - {"Return", "Escape", "Up", "Down"}


@pytest.mark.parametrize("path", AGENTS, ids=lambda path: path.name)
def test_every_key_is_named(path: Path) -> None:
    keys, text = shortcuts() | card_keys() | timeline_keys(), text_of(path)
    assert {"Ctrl+W", "Alt+1", "F6", "Esc", "L", "Space", "J", "Home"} <= keys
    named = {key for key in keys if re.search(rf"(?<![\w+]){re.escape(key)}(?![A-Za-z0-9+])", text)}
    assert keys - named == set()


def test_every_key_of_the_lab_is_named() -> None:
    keys, text = shortcuts(lab=True), text_of(ROOT / "docs" / "supervisors.md")
    assert {"Ctrl+Z", "Ctrl+E", "F6"} <= keys
    assert {key for key in keys if key not in text} == set()


def spoken(language: str) -> set[str]:
    """Return what the window says in a language, without mnemonics and values."""
    root = ET.parse(ROOT / "resources" / "translations" / "agentassist_ko.ts")
    child = "source" if language == "en" else "translation"
    said = {message.findtext(child) or "" for message in root.iter("message")}
    plain = (re.sub(r"\(&\w\)|&|: \{\w+\}$", "", text).strip().casefold() for text in said)
    return {text for text in plain if text}


@pytest.mark.parametrize(("path", "language"), list(zip(AGENTS, ("en", "ko"), strict=True)))
def test_labels_are_those_of_the_window(path: Path, language: str) -> None:
    labels = {label.strip().casefold() for label in _LABEL.findall(text_of(path))}
    assert len(labels) > 10
    assert labels - spoken(language) == set()


def test_both_guides_for_agents_have_the_same_parts() -> None:
    shapes = [re.findall(r"^#+|^\|---.*|^\| [^-].* \|$", text_of(path), re.M) for path in AGENTS]
    english, korean = (["#" * s.count("#") if s[0] == "#" else "|" for s in one] for one in shapes)
    assert english == korean


def pictures() -> set[str]:
    """Return the names of the files that `make screenshots` writes."""
    scenes = re.findall(r'_shoot\("([\w-]+)"\)', text_of(ROOT / "agentassist" / "screens.py"))
    every = product(scenes, demo._LANGUAGES, demo._THEMES)
    return {f"docs/images/{scene}-{language}-{theme}.png" for scene, language, theme in every}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    made = {(ROOT / name).resolve() for name in pictures()}
    targets = [t for t in _LINK.findall(text_of(path)) if not t.startswith(("https://", "kb:"))]
    files = [(path.parent / target.partition("#")[0]).resolve() for target in targets]
    assert [str(file) for file in files if not file.exists() and file not in made] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_no_paths_of_somebodys_machine(path: Path) -> None:
    assert _FOREIGN.findall(text_of(path)) == []


def test_files_that_are_named_are_there() -> None:
    folders = "agentassist|resources|kb_samples|tests|docs|benchmarks|\\.ci"
    named = {
        name
        for path in DOCS
        for name in _INLINE.findall(text_of(path))
        if re.fullmatch(rf"(?:{folders})/[\w./-]+", name)
    }
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_statements_run(database: Database) -> None:
    found = [s for path in DOCS for s in _SELECT.findall("\n".join(blocks(path)))]
    assert len(found) == 1
    with database.reading() as connection:
        for statement in found:
            connection.exec_driver_sql(statement)


def test_front_matter_and_rules_of_articles_are_explained() -> None:
    text = text_of(SUPERVISORS)
    assert [key for key in sorted(articles._KNOWN) if f"`{key}`" not in text] == []
    assert [rule.value for rule in LintRule if rule.value not in text] == []


def test_every_rule_of_policies_is_explained() -> None:
    floors = ROOT / "agentassist"
    sources = [*(floors / "domain").glob("*.py"), *(floors / "intake").glob("policy_*.py")]
    rules = {rule for path in sources for rule in re.findall(r'"(R\d+)"', text_of(path))}
    assert len(rules) > 15
    assert {rule for rule in rules if f"| {rule} " not in text_of(SUPERVISORS)} == set()


def test_the_numbers_of_samples_are_right() -> None:
    files = (ROOT / "resources" / "policies").rglob("*.toml")
    policies = [path for path in files if "id" in tomllib.loads(text_of(path))]
    samples = list((ROOT / "kb_samples").rglob("*.md"))
    assert f"{len(policies)} policies" in text_of(ROOT / "README.md")
    assert f"{len(samples)} sample articles and {len(policies)} sample policies" in text_of(
        ROOT / "CHANGELOG.md"
    )


def test_the_table_of_figures_has_its_place() -> None:
    readme = text_of(ROOT / "README.md")
    for name in ("bench", "eval", "peers"):
        assert readme.count(f"<!-- {name} -->") == readme.count(f"<!-- /{name} -->") == 1
