# SPDX-License-Identifier: Apache-2.0
"""Collect the strings of the interface and build the translation files.

    python .ci/translations.py            update resources/translations/*.ts, build *.qm
    python .ci/translations.py --check    fail when a string is missing or unfinished

Sentences of errors are made on floors that know no Qt: what is given as `template` to
an exception class, a record of a fault or a helper that makes one is collected here and
translated in the context "errors".
"""

import ast
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "agentassist"
TARGET = ROOT / "resources" / "translations"
LANGUAGES = ("en", "ko")
TEMPLATE = "template"
SENTENCE = re.compile(r"[.:?{]")  # what has none of these is a note of the program to itself


def main() -> int:
    """Update or check; return the exit code."""
    if "--check" in sys.argv:
        return check()
    update(TARGET)
    for language in LANGUAGES:
        ts = TARGET / f"agentassist_{language}.ts"
        run("pyside6-lrelease", str(ts), "-qm", str(ts.with_suffix(".qm")))
    return 0


def update(target: Path) -> None:
    """Bring the .ts files in `target` up to date with the sources."""
    with tempfile.TemporaryDirectory() as folder:
        collected = Path(folder) / "errors.py"
        collected.write_text(error_source(), encoding="utf-8")
        sources = [str(path) for path in sorted((PACKAGE / "ui").rglob("*.py"))]
        sources += [str(PACKAGE / "app.py"), str(collected)]
        for language in LANGUAGES:
            ts = target / f"agentassist_{language}.ts"
            plural = ["-pluralonly"] if language == "en" else []
            run(
                "pyside6-lupdate",
                *sources,
                "-locations",
                "none",
                "-no-obsolete",
                *plural,
                "-source-language",
                "en",
                "-target-language",
                language,
                "-ts",
                str(ts),
            )


def check() -> int:
    """Print what is missing or unfinished; return 1 if there is anything."""
    faults = list(unfinished(TARGET))
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        for ts in TARGET.glob("*.ts"):
            (fresh / ts.name).write_bytes(ts.read_bytes())
        update(fresh)
        faults += [f for f in unfinished(fresh) if f not in faults]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def unfinished(folder: Path) -> Iterator[str]:
    """Yield the messages without a finished translation."""
    for ts in sorted(folder.glob("*.ts")):
        for context in ET.parse(ts).iter("context"):
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") == "unfinished":
                    yield f"{ts.name}: {context.findtext('name')}: {message.findtext('source')!r}"


def error_source() -> str:
    """Return Python source that names every error template for the collector."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    classes = class_makers(trees)
    templates = {text for tree in trees for text in error_templates(tree, classes)}
    return "".join(f'QT_TRANSLATE_NOOP("errors", {text!r})\n' for text in sorted(templates))


def error_templates(tree: ast.Module, classes: Mapping[str, int]) -> Iterator[str]:
    """Yield the sentences that a file passes as `template` to a class or its own helper."""
    makers = {**classes, **function_makers(tree)}
    variables = named_texts(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name(node.func) in makers:
            given = [word.value for word in node.keywords if word.arg == TEMPLATE]
            given += node.args[makers[name(node.func)] :][:1]
            found = (text for argument in given for text in literals(argument, variables))
            yield from (text for text in found if SENTENCE.search(text))


def named_texts(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """Return what is assigned to each simple name of a file."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def class_makers(trees: Iterable[ast.Module]) -> dict[str, int]:
    """Return, for each class that takes a template, the place of it among the arguments."""
    nodes = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    found: dict[str, int] = {}
    for _ in nodes:  # a class may stand before its base
        before = len(found)
        for node in nodes:
            if node.name not in found and (place := class_place(node, found)) is not None:
                found[node.name] = place
        if len(found) == before:
            break
    return found


def class_place(node: ast.ClassDef, bases: Mapping[str, int]) -> int | None:
    """Return the place of `template` in a class's own constructor, fields or base."""
    functions = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
    if own := functions.get("__init__"):
        return argument_place(own)
    fields = [n.target.id for n in node.body if isinstance(n, ast.AnnAssign)]  # type: ignore[union-attr]
    if TEMPLATE in fields:
        return fields.index(TEMPLATE)
    return next((bases[name(base)] for base in node.bases if name(base) in bases), None)


def function_makers(tree: ast.Module) -> dict[str, int]:
    """Return the same for the functions of a file."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    places = {n.name: argument_place(n) for n in functions if n.name != "__init__"}
    return {key: place for key, place in places.items() if place is not None}


def argument_place(function: ast.FunctionDef) -> int | None:
    """Return the place of `template` among a function's arguments, `self` not counted."""
    names = [argument.arg for argument in function.args.args]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return names.index(TEMPLATE) if TEMPLATE in names else None


def literals(argument: ast.expr, variables: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the text of a literal, of a variable, or of both sides of a choice."""
    if isinstance(argument, ast.IfExp):
        yield from literals(argument.body, variables)
        yield from literals(argument.orelse, variables)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.Name):
        yield from (
            text for value in variables.get(argument.id, ()) for text in literals(value, {})
        )


def name(function: ast.expr) -> str:
    """Return the last part of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))


def run(*command: str) -> None:
    """Run a tool of the environment that this runs in."""
    tool = Path(sys.executable).with_name(command[0])
    subprocess.run([str(tool), *command[1:]], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
