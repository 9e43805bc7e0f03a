# SPDX-License-Identifier: Apache-2.0
"""Collect the strings of the interface and build the translation files.

    python .ci/translations.py            update resources/translations/*.ts, build *.qm
    python .ci/translations.py --check    fail when a string is missing or unfinished

Sentences of errors are made on floors that know no Qt: their templates are collected
from the calls of the exception classes and translated in the context "errors".
"""

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "agentassist"
TARGET = ROOT / "resources" / "translations"
ERRORS = {"UserError", "BadInput", "NewerData", "Unavailable"}
LANGUAGES = ("en", "ko")


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
                "pyside6-lupdate", *sources, "-locations", "none", "-no-obsolete", *plural,
                "-source-language", "en", "-target-language", language, "-ts", str(ts),
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
    templates = sorted({text for path in PACKAGE.rglob("*.py") for text in error_templates(path)})
    return "".join(f'QT_TRANSLATE_NOOP("errors", {text!r})\n' for text in templates)


def error_templates(path: Path) -> Iterator[str]:
    """Yield the literal templates of the errors that a file raises."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name(node.func) in ERRORS:
            texts = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from (text for text in texts if isinstance(text, str))


def name(function: ast.expr) -> str:
    """Return the last part of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))


def run(*command: str) -> None:
    """Run a tool of the environment that this runs in."""
    tool = Path(sys.executable).with_name(command[0])
    subprocess.run([str(tool), *command[1:]], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
