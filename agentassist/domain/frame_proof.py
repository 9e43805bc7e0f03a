# SPDX-License-Identifier: Apache-2.0
"""What must hold of a sentence that verdicts are spoken in, before it goes live."""

from collections.abc import Iterator

from agentassist.domain.facts import Text
from agentassist.domain.findings import Finding, by_language, length, lint
from agentassist.domain.frames import FRAMES, gaps
from agentassist.domain.verdict import Wording


def prove_frame(name: str, text: Text) -> Iterator[Finding]:
    """Return what is wrong with one sentence of a wording file (R7, R10, R19)."""
    if name not in FRAMES:
        known = ", ".join(FRAMES)
        values = {"name": name, "known": known}
        yield Finding("R10", ("name",), "There is no sentence {name}: write {known}.", values)
        return
    yield from _gaps(name, text)
    yield from lint(("text",), text)
    for path, sentence in by_language(("text",), text):
        yield from length(path, Wording(sentence, sentence))


def _gaps(name: str, text: Text) -> Iterator[Finding]:
    wanted = gaps(FRAMES[name].en)
    for path, sentence in by_language(("text",), text):
        if gaps(sentence) != wanted:
            values = {"name": name, "wanted": _listed(wanted), "sentence": sentence}
            template = "{name} has to have {wanted} and nothing else in braces: {sentence}"
            yield Finding("R7", path, template, values)


def _listed(names: frozenset[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(names)) or "no gap"
